#include "services/query/transfer_record.h"

#include <utility>

#include "services/query/measures.h"

namespace dossier {

std::optional<v1::Stage> StageAt(const v1::TransferRow& row, int effective_year) {
  const Standing standing = StandingAt(row, effective_year);
  if (standing == Standing::kNotYet) return std::nullopt;
  return standing == Standing::kOrdered ? v1::STAGE_ORDERED : row.stage();
}

v1::TransferRecord TransferRecordOf(v1::Event event, v1::Stage stage, uint64_t sequence) {
  v1::TransferRecord record;
  record.set_source(event.source());
  record.set_record(event.record());
  *record.mutable_transfer() = std::move(*event.mutable_present()->mutable_transfer());
  record.set_stage(stage);
  record.set_event_id(event.id());
  record.set_sequence(sequence);
  *record.mutable_stamp() = event.stamp();
  record.set_edition_id(event.edition_id());
  *record.mutable_locator() = event.locator();
  record.set_cause(event.cause());
  record.set_adapter_version(event.adapter_version());
  record.set_reliability(event.reliability());
  record.set_credibility(event.credibility());
  return record;
}

}  // namespace dossier
