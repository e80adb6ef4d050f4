#include "services/cli/local_system.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/ingest_service.h"
#include "services/metrics.h"
#include "services/projector/projector.h"
#include "services/query/audit_service.h"
#include "services/query/feed_service.h"
#include "services/query/query_service.h"
#include "services/query/revisions_service.h"
#include "services/query/sanctions_service.h"
#include "services/query/ties_service.h"
#include "services/wiring/open_log.h"
#include "services/wiring/view_metrics.h"
#include "services/wiring/view_threads.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// As storage/rocks_status.cc words a lock that is held.
bool IsInUse(const absl::Status& status) {
  return absl::IsUnavailable(status) && absl::StrContains(status.message(), "in use by");
}

// The log, whose lock keeps every other process out of the whole folder.
absl::StatusOr<std::unique_ptr<EventLog>> OpenLogOf(const std::string& dir, bool create) {
  std::error_code error;
  if (!fs::exists(fs::path(dir) / "log", error)) {
    if (!create) {
      return absl::NotFoundError(absl::StrCat(
          dir, ": no Dossier data there; load an edition into it first, or name another folder"));
    }
    fs::create_directories(dir, error);
    if (error) return absl::UnavailableError(absl::StrCat(dir, ": ", error.message()));
  }
  LogOptions options;
  options.log = "embedded:" + (fs::path(dir) / "log").string();
  auto log = OpenLog(options);
  if (IsInUse(log.status())) {
    return absl::UnavailableError(absl::StrCat(
        dir, " is being served by another process; use --server ADDR to ask that one"));
  }
  return log;
}

}  // namespace

// In the order of use: what stands further down uses what stands above.
struct LocalSystem::State {
  ActorTable actors;
  std::unique_ptr<EventLog> log;
  std::unique_ptr<Views> views;
  std::optional<Archive> archive;
  std::unique_ptr<Projector> projector;
  std::stop_source stop;
  std::optional<ViewThread> projecting;
  std::optional<Ledger> ledger;
  std::optional<IngestServer> ingest;
  std::optional<UnaryCalls> calls;
  std::optional<QueryServiceImpl> query;
  std::optional<SanctionsServiceImpl> sanctions;
  std::optional<TiesServiceImpl> ties;
  std::optional<RevisionsServiceImpl> revisions;
  std::optional<FeedServiceImpl> feed;
  std::optional<AuditServiceImpl> audit;
  Metrics metrics;
  std::unique_ptr<RunningServer> server;

  absl::Status OpenData(const std::string& dir, bool create) {
    auto opened_log = OpenLogOf(dir, create);
    if (!opened_log.ok()) return opened_log.status();
    log = *std::move(opened_log);
    auto opened_views = Views::Open((fs::path(dir) / "view").string(), {});
    if (!opened_views.ok()) return opened_views.status();
    views = *std::move(opened_views);
    auto opened_archive = Archive::Open((fs::path(dir) / "archive").string());
    if (!opened_archive.ok()) return opened_archive.status();
    archive = *std::move(opened_archive);
    auto opened_projector = Projector::Open(*log, *views);
    if (!opened_projector.ok()) return opened_projector.status();
    projector = *std::move(opened_projector);
    return projector->CatchUp();
  }

  absl::Status Serve(const ServerOptions& options) {
    projecting.emplace(*projector, stop);
    LedgerOptions ledger_options;
    ledger_options.stop = stop.get_token();
    ledger.emplace(*log, *views, std::move(ledger_options));
    ingest.emplace(*ledger, *archive, actors);
    calls.emplace(*views);
    query.emplace(*calls, actors);
    sanctions.emplace(*calls, actors);
    ties.emplace(*calls, actors);
    revisions.emplace(*calls, actors);
    feed.emplace(*views, actors, stop.get_token());
    audit.emplace(*views);
    AddViewMetrics(metrics, *views);
    auto started = RunningServer::Start(
        options, {&*ingest, &*query, &*sanctions, &*ties, &*revisions, &*feed, &*audit}, &metrics);
    if (!started.ok()) return started.status();
    server = *std::move(started);
    return absl::OkStatus();
  }
};

LocalSystem::LocalSystem(std::unique_ptr<State> state) : state_(std::move(state)) {}

LocalSystem::~LocalSystem() { state_->stop.request_stop(); }

absl::StatusOr<std::unique_ptr<LocalSystem>> LocalSystem::Open(const std::string& dir,
                                                               const LocalOptions& options) {
  auto state = std::make_unique<State>();
  const absl::Status opened = state->OpenData(dir, options.create);
  if (!opened.ok()) return opened;
  ServerOptions no_socket;
  no_socket.listen = "";
  const absl::Status serving = state->Serve(options.server.value_or(no_socket));
  if (!serving.ok()) {
    state->stop.request_stop();
    return serving;
  }
  return std::unique_ptr<LocalSystem>(new LocalSystem(std::move(state)));
}

std::shared_ptr<grpc::Channel> LocalSystem::Channel() { return state_->server->InProcessChannel(); }

int LocalSystem::port() const { return state_->server->port(); }

absl::Status LocalSystem::ServeUntil(std::stop_token stop) {
  const std::stop_callback on_stop(std::move(stop), [this] { state_->stop.request_stop(); });
  state_->server->ServeUntil(state_->stop.get_token());
  return state_->projecting->status();
}

absl::Status LocalSystem::RemoveView(const std::string& dir) {
  const auto log = OpenLogOf(dir, /*create=*/false);
  if (!log.ok()) return log.status();
  std::error_code error;
  fs::remove_all(fs::path(dir) / "view", error);
  if (error) return absl::UnavailableError(absl::StrCat(dir, "/view: ", error.message()));
  return absl::OkStatus();
}

}  // namespace dossier
