// Appends an analyst's own events: each batch one unit, each event stored once.
//
// An analyst's statements are ordered by their stamps, as an edition's are. A later one of the same
// record corrects, an absence ends, a void withdraws a statement by its id (and with it any other
// that the analyst put at the very same stamp). Where no stamp is given it is the time of
// acceptance, to the second. Where only a time is known, given or not, the statement comes after
// what the analyst has standing of the record at that time: it takes the next ordinal.
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/ledger.h"
#include "services/model/actors.h"

namespace dossier {

inline constexpr size_t kAnalystBatchMax = 500;

class Analysts {
 public:
  // Both must outlive this.
  Analysts(Ledger& ledger, const ActorTable& table) : ledger_(ledger), table_(table) {}

  // Checks each event, appends those that are right as one unit, and answers for each in order.
  // At most kAnalystBatchMax. Not ok: what Ledger::Write returns; then nothing is acknowledged.
  // Safe for use by several threads.
  absl::StatusOr<std::vector<v1::AppendEventsResponse>> Append(
      std::span<const v1::AppendEventsRequest> requests);

 private:
  Ledger& ledger_;
  const ActorTable& table_;
};

}  // namespace dossier
