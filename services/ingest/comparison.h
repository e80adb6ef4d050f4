// What has to be appended when an edition is loaded, read anew or retracted: its records are held,
// one by one, against what is known, so that every other edition goes on saying what it said
// (services/model/replan.h has the rule for one record).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "dossier/v1/event.pb.h"
#include "services/ingest/fill_rate.h"
#include "services/ingest/intake.h"
#include "services/model/replan.h"
#include "storage/views.h"

namespace dossier {

// One statement to be appended, on behalf of `edition` and at its stamp.
struct Change {
  std::string record;
  const v1::EditionLoaded* edition = nullptr;
  bool is_void = false;  // withdraw what was said at the stamp; else say `said`
  Said said;
  v1::Cause cause = v1::CAUSE_UNSPECIFIED;
  // Where present content is from: the edition at hand, or else an event that is known to have it.
  const HeldRecord* held = nullptr;
  uint64_t known_sequence = 0;
};

// What is compared. Pointers are not owned and must outlive the comparison and its changes.
struct ComparisonInput {
  const v1::EditionLoaded* edition = nullptr;     // loaded, or retracted
  bool retracts = false;                          // the edition is to say nothing any more
  bool reads_anew = false;                        // an older reading of it stands
  const std::vector<HeldRecord>* held = nullptr;  // by key; null: none
  const std::vector<v1::Edition>* live = nullptr;  // of the source, by stamp
  // Asked now and then; not OK: the comparison is given up with this status.
  std::function<absl::Status()> proceed;
};

struct Comparison {
  std::vector<Change> changes;  // by record; of one record restatements come before its own
  v1::LoadCounts counts;        // less `read` and `rejected`
  uint64_t covered = 0;         // known records that the edition's silence would end
  FillRates fill_rates;
};

absl::StatusOr<Comparison> Compare(const Views& views, const ComparisonInput& input);

}  // namespace dossier
