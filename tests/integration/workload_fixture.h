// Work for ingest, the same at each run: editions that come late and change each other, analyst's
// events, a retraction. Some thousands of events in some tens of units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dossier/v1/ingest_service.pb.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_editions_fixture.h"

namespace dossier {

// One of: load an edition, append an event, retract the edition of an earlier step.
struct WorkStep {
  std::optional<ToyEdition> edition = std::nullopt;
  std::optional<v1::AppendEventsRequest> append = std::nullopt;
  size_t retracted_step = 0;
};

// What a step was answered with.
struct Acknowledgement {
  uint64_t sequence = 0;     // of the unit's first record; 0: it was done by an attempt before
  std::string edition_id;    // of a load
  std::string bytes_digest;  // of a load
  std::string event_id;      // of an append
};

// `loads` editions of about `rows` rows each, with what stands between them.
std::vector<WorkStep> NewWorkload(size_t loads, int rows);

// Carries out the step after those in `done`, and adds its acknowledgement. Failures are test
// failures.
void RunStep(IngestPath& path, const WorkStep& step, std::vector<Acknowledgement>& done);

}  // namespace dossier
