// dossier-query: answers from the view that a dossier-projector on this host writes.
#include "CLI/CLI.hpp"
#include "services/metrics.h"
#include "services/process.h"
#include "services/query/audit_service.h"
#include "services/query/feed_service.h"
#include "services/query/query_service.h"
#include "services/query/revisions_service.h"
#include "services/query/sanctions_service.h"
#include "services/query/ties_service.h"
#include "services/wiring/view_metrics.h"
#include "services/wiring/view_threads.h"

namespace dossier {
namespace {

struct Options {
  ServerOptions server;
  std::string view_dir;
  std::string secondary_dir;
};

absl::Status Run(const Options& options, const std::stop_token& signals) {
  ViewsOptions views_options;
  views_options.secondary = true;
  views_options.secondary_dir = options.secondary_dir;
  const auto views = Views::Open(options.view_dir, views_options);
  if (!views.ok()) return views.status();
  std::stop_source stop;
  const std::stop_callback on_signal(signals, [&stop] { stop.request_stop(); });
  const ViewThread following(**views, stop);
  const ActorTable actors;
  UnaryCalls calls(**views);
  QueryServiceImpl query(calls, actors);
  SanctionsServiceImpl sanctions(calls, actors);
  TiesServiceImpl ties(calls, actors);
  RevisionsServiceImpl revisions(calls, actors);
  FeedServiceImpl feed(**views, actors, stop.get_token());
  AuditServiceImpl audit(**views);
  Metrics metrics;
  AddViewMetrics(metrics, **views);
  const auto server = RunningServer::Start(
      options.server, {&query, &sanctions, &ties, &revisions, &feed, &audit}, &metrics);
  if (!server.ok()) return server.status();
  (*server)->ServeUntil(stop.get_token());
  return following.status();
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  dossier::Options options;
  CLI::App app("Answers questions from a view of Dossier's log.");
  dossier::AddServerFlags(app, options.server);
  app.add_option("--view", options.view_dir, "Folder of the view that a projector writes")
      ->required();
  app.add_option("--secondary-dir", options.secondary_dir,
                 "Folder of this process's own, for RocksDB's log files")
      ->required();
  CLI11_PARSE(app, argc, argv);
  dossier::StartLogging("dossier-query", options.server.log_level);
  return dossier::ExitWith(Run(options, dossier::StopOnSignals()));
}
