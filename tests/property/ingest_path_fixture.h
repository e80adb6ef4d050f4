// The whole path from an edition's bytes to the views, in one process and without gRPC: archive,
// loader, ledger, log, a projector that follows it, views. What is not given stands in a folder
// that goes with the object. A part that cannot be opened ends the program.
//
//   IngestPath path;
//   auto report = path.Load(bytes, options);
//   path.TakeDigests() == path.RebuiltDigests({});
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/ingest/analyst.h"
#include "services/ingest/archive.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/ledger.h"
#include "services/ingest/loader.h"
#include "services/model/actors.h"
#include "services/projector/projector.h"
#include "services/query/audit.h"
#include "storage/event_log.h"
#include "storage/views.h"
#include "tests/storage/temp_dir.h"

namespace dossier {

// Built once: it never changes.
const ActorTable& Actors();

// What the view's rows and what it knows come to.
Digests DigestsOf(Views& views);

// The digests of a view that is projected anew from a log, in a folder of its own.
Digests ProjectedDigests(EventLog& log, const ProjectorOptions& options);

class IngestPath {
 public:
  struct Options {
    EventLog* log = nullptr;  // not owned, must outlive the path; null: an embedded one
    std::function<absl::Time()> now = absl::Now;
    ProjectorOptions projector = {};
    // Of archive, view and own log, as an earlier path may have left it; empty: a new one.
    std::string folder = {};
  };

  IngestPath() : IngestPath(Options{}) {}
  explicit IngestPath(Options options);
  ~IngestPath();

  absl::StatusOr<v1::LoadReport> Load(const std::string& bytes, const v1::LoadOptions& options);
  absl::StatusOr<v1::RetractEditionResponse> Retract(const v1::EditionLoaded& edition);
  absl::StatusOr<std::vector<v1::AppendEventsResponse>> Append(
      const std::vector<v1::AppendEventsRequest>& requests);

  // From here on editions are read with these formats, which must outlive the path.
  void ReadWith(const std::vector<EditionFormat>& formats);

  EventLog& log() { return *log_; }
  Views& views() { return *views_; }
  uint64_t head() const { return views_->position().sequence; }

  Digests TakeDigests() { return DigestsOf(*views_); }
  Digests RebuiltDigests(const ProjectorOptions& options) {
    return ProjectedDigests(*log_, options);
  }

 private:
  TempDir dir_;
  std::unique_ptr<EventLog> own_log_;
  EventLog* log_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Loader> loader_;
  std::unique_ptr<Analysts> analysts_;
  std::jthread projector_;
};

}  // namespace dossier
