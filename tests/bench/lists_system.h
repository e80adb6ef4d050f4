// All that a load goes through, in one process and without gRPC: an embedded log, its view with a
// projector that follows it, an archive, a loader. In a folder that goes with the object.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "services/ingest/archive.h"
#include "services/ingest/ledger.h"
#include "services/ingest/loader.h"
#include "services/model/actors.h"
#include "storage/event_log.h"
#include "storage/views.h"
#include "tests/bench/bench_events.h"
#include "tests/bench/lists_timing.h"

namespace dossier {

// Built once.
const ActorTable& ListActors();

class ListsSystem {
 public:
  // Its writer is open.
  ListsSystem();
  ~ListsSystem();

  struct Outcome {
    v1::LoadReport report;
    Elapsed until_visible;
    // Nothing, where nothing was appended.
    std::optional<Elapsed> until_appended;
  };
  // A status of the loader comes back as it is.
  absl::StatusOr<Outcome> Load(std::string_view bytes, const v1::LoadOptions& options);

  // What editions and events in the log are, as payloads.
  std::vector<std::string> Payloads();

  Views& views() { return *views_; }
  const Archive& archive() const { return *archive_; }

 private:
  class NotingLog;

  BenchDir dir_;
  std::unique_ptr<NotingLog> log_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Loader> loader_;
  std::jthread projecting_;
};

}  // namespace dossier
