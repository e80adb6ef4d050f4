#include "tests/bench/folded_view.h"

#include <glog/logging.h>

#include <utility>
#include <vector>

#include "storage/log_record.h"

namespace dossier {

FoldedView::FoldedView() {
  auto views = Views::Open(dir_.path() + "/view", {});
  CHECK(views.ok()) << views.status();
  views_ = *std::move(views);
  CHECK(fold_.Start(*views_->Read()).ok());
  v1::LogEntry genesis;
  genesis.mutable_genesis()->set_log_id("0123456789abcdef");
  FoldUnit(std::vector<std::string>{genesis.SerializeAsString()});
}

uint64_t FoldedView::FoldUnit(std::span<const std::string> payloads) {
  return Write(payloads, /*one_unit=*/true);
}

uint64_t FoldedView::FoldEach(std::span<const std::string> payloads) {
  return Write(payloads, /*one_unit=*/false);
}

uint64_t FoldedView::Write(std::span<const std::string> payloads, bool one_unit) {
  RecordHeader header;
  header.recorded_micros = static_cast<int64_t>(sequence_);
  header.unit_count = one_unit ? static_cast<uint32_t>(payloads.size()) : 1;
  header.author = "bench";
  std::vector<DecodedRecord> unit;
  unit.reserve(payloads.size());
  for (const std::string& payload : payloads) {
    ++sequence_;
    unit.push_back(Decode({{sequence_, sequence_, {}}, EncodeLogRecord(header, payload)}));
    if (one_unit) ++header.unit_index;
  }
  auto batch = views_->NewBatch();
  CHECK(fold_.ApplyUnit(unit, *batch).ok());
  fold_.WriteCounters(*batch);
  const absl::Status written =
      views_->IngestSorted(std::move(batch), LogPosition{sequence_, sequence_, {}});
  CHECK(written.ok()) << written;
  return sequence_;
}

}  // namespace dossier
