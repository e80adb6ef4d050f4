// dossier-ingest: the one writer of the log. Compares editions against a view of its own, and
// answers QueryService from it, so that whoever loads and retracts can look at one address.
//
// Ends with status 1 when another writer takes over the log. A supervisor may start it again: it
// takes the log back only at its next write.
#include "CLI/CLI.hpp"
#include "services/ingest/ingest_service.h"
#include "services/metrics.h"
#include "services/process.h"
#include "services/projector/projector.h"
#include "services/query/query_service.h"
#include "services/wiring/open_log.h"
#include "services/wiring/view_metrics.h"
#include "services/wiring/view_threads.h"

namespace dossier {
namespace {

struct Options {
  ServerOptions server;
  LogOptions log;
  std::string view_dir;
  std::string archive_dir;
  std::string author = "ingest";
};

absl::Status Run(const Options& options, const std::stop_token& signals) {
  const auto archive = Archive::Open(options.archive_dir);
  if (!archive.ok()) return archive.status();
  const auto log = OpenLog(options.log);
  if (!log.ok()) return log.status();
  const auto views = Views::Open(options.view_dir, {});
  if (!views.ok()) return views.status();
  const auto projector = Projector::Open(**log, **views);
  if (!projector.ok()) return projector.status();
  std::stop_source stop;
  const std::stop_callback on_signal(signals, [&stop] { stop.request_stop(); });
  const ViewThread projecting(**projector, stop);
  LedgerOptions ledger_options;
  ledger_options.author = options.author;
  ledger_options.stop = stop.get_token();
  ledger_options.on_fenced = [&stop] { stop.request_stop(); };
  Ledger ledger(**log, **views, ledger_options);
  const ActorTable actors;
  IngestServer ingest(ledger, *archive, actors);
  UnaryCalls calls(**views);
  QueryServiceImpl query(calls, actors);
  Metrics metrics;
  AddViewMetrics(metrics, **views);
  const auto server = RunningServer::Start(options.server, {&ingest, &query}, &metrics);
  if (!server.ok()) return server.status();
  (*server)->ServeUntil(stop.get_token());
  return projecting.status().ok() ? ledger.status() : projecting.status();
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  dossier::Options options;
  options.server.listen = "127.0.0.1:7401";
  CLI::App app("Loads editions and analysts' events into Dossier's log.");
  dossier::AddServerFlags(app, options.server);
  dossier::AddLogFlags(app, options.log);
  app.add_option("--view", options.view_dir, "Folder of ingest's own view, made where missing")
      ->required();
  app.add_option("--archive", options.archive_dir,
                 "Folder of the editions' bytes, made where missing")
      ->required();
  app.add_option("--author", options.author, "Who writes, for every record's header")
      ->capture_default_str()
      ->check([](const std::string& author) {
        return author.size() <= 255 ? "" : "expected at most 255 bytes";
      });
  CLI11_PARSE(app, argc, argv);
  dossier::StartLogging("dossier-ingest", options.server.log_level);
  return dossier::ExitWith(Run(options, dossier::StopOnSignals()));
}
