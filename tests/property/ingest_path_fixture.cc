#include "tests/property/ingest_path_fixture.h"

#include <stop_token>
#include <utility>

#include "glog/logging.h"
#include "services/query/as_of.h"
#include "storage/embedded_log.h"

namespace dossier {
namespace {

template <typename T>
T Opened(absl::StatusOr<T> opened) {
  CHECK(opened.ok()) << opened.status();
  return *std::move(opened);
}

}  // namespace

const ActorTable& Actors() {
  static const ActorTable& table = *new ActorTable;
  return table;
}

Digests DigestsOf(Views& views) {
  AsOf as_of = Opened(AsOf::Open(views, {}, {}));
  return Opened(DigestRows(as_of));
}

Digests ProjectedDigests(EventLog& log, const ProjectorOptions& options) {
  const TempDir dir;
  const auto views = Opened(Views::Open(dir.path() + "/view", {}));
  const auto projector = Opened(Projector::Open(log, *views, options));
  const absl::Status projected = projector->CatchUp();
  CHECK(projected.ok()) << projected;
  return DigestsOf(*views);
}

IngestPath::IngestPath(Options options) : log_(options.log) {
  const std::string folder = options.folder.empty() ? dir_.path() : options.folder;
  if (log_ == nullptr) {
    own_log_ = Opened(OpenEmbeddedLog(folder + "/log"));
    log_ = own_log_.get();
  }
  views_ = Opened(Views::Open(folder + "/view", {}));
  archive_ = std::make_unique<Archive>(Opened(Archive::Open(folder + "/archive")));
  projector_ = std::jthread([projector = Opened(Projector::Open(
                                 *log_, *views_, options.projector))](std::stop_token stop) {
    const absl::Status status = projector->Run(stop);
    EXPECT_TRUE(status.ok()) << status;
  });
  LedgerOptions ledger_options;
  ledger_options.catch_up_max = absl::Seconds(60);
  ledger_options.writer.now = std::move(options.now);
  ledger_ = std::make_unique<Ledger>(*log_, *views_, std::move(ledger_options));
  ReadWith(EditionFormats());
  analysts_ = std::make_unique<Analysts>(*ledger_, Actors());
}

IngestPath::~IngestPath() {
  analysts_.reset();
  loader_.reset();
  ledger_.reset();
  projector_ = std::jthread();  // stops and joins
}

void IngestPath::ReadWith(const std::vector<EditionFormat>& formats) {
  loader_ = std::make_unique<Loader>(*ledger_, *archive_, formats, Actors());
}

absl::StatusOr<v1::LoadReport> IngestPath::Load(const std::string& bytes,
                                                const v1::LoadOptions& options) {
  auto intake = loader_->Begin(options);
  if (!intake.ok()) return intake.status();
  if (absl::Status status = (*intake)->Write(bytes); !status.ok()) return status;
  v1::LoadReport report;
  const absl::Status loaded = loader_->Load(
      options, **intake, [](const v1::LoadProgress&) { return absl::OkStatus(); }, report);
  if (!loaded.ok()) return loaded;
  return report;
}

absl::StatusOr<v1::RetractEditionResponse> IngestPath::Retract(const v1::EditionLoaded& edition) {
  return loader_->Retract(edition.edition_id(), "loaded by mistake");
}

absl::StatusOr<std::vector<v1::AppendEventsResponse>> IngestPath::Append(
    const std::vector<v1::AppendEventsRequest>& requests) {
  return analysts_->Append(requests);
}

}  // namespace dossier
