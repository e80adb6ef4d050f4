// dossier-projector: folds the log into a view that dossier-query reads.
#include "CLI/CLI.hpp"
#include "services/metrics.h"
#include "services/process.h"
#include "services/projector/projector.h"
#include "services/wiring/open_log.h"
#include "services/wiring/view_metrics.h"
#include "services/wiring/view_threads.h"

namespace dossier {
namespace {

struct Options {
  ServerOptions server;
  LogOptions log;
  std::string view_dir;
};

absl::Status Run(const Options& options, const std::stop_token& signals) {
  const auto log = OpenLog(options.log);
  if (!log.ok()) return log.status();
  const auto views = Views::Open(options.view_dir, {});
  if (!views.ok()) return views.status();
  const auto projector = Projector::Open(**log, **views);
  if (!projector.ok()) return projector.status();
  std::stop_source stop;
  const std::stop_callback on_signal(signals, [&stop] { stop.request_stop(); });
  const ViewThread projecting(**projector, stop);
  Metrics metrics;
  AddViewMetrics(metrics, **views);
  const auto server = RunningServer::Start(options.server, {}, &metrics);
  if (!server.ok()) return server.status();
  (*server)->ServeUntil(stop.get_token());
  return projecting.status();
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  dossier::Options options;
  options.server.listen = "127.0.0.1:7402";
  CLI::App app("Folds Dossier's log into a view. Serves health and metrics.");
  dossier::AddServerFlags(app, options.server);
  dossier::AddLogFlags(app, options.log);
  app.add_option("--view", options.view_dir, "Folder of the view, made where missing")->required();
  CLI11_PARSE(app, argc, argv);
  dossier::StartLogging("dossier-projector", options.server.log_level);
  return dossier::ExitWith(Run(options, dossier::StopOnSignals()));
}
