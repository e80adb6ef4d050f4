#include "services/projector/projector.h"

#include <utility>
#include <vector>

#include "services/projector/fold.h"
#include "storage/log_record.h"

namespace dossier {
namespace {

constexpr size_t kReadRecordsMax = 10'000;
constexpr absl::Duration kWait = absl::Milliseconds(200);
constexpr absl::Duration kRetryPause = absl::Seconds(1);
constexpr absl::Duration kNoWait = absl::ZeroDuration();

class LogProjector : public Projector {
 public:
  LogProjector(EventLog& log, Views& views, const ProjectorOptions& options)
      : log_(log), views_(views), options_(options) {}

  // Reads on from the view's position. Position and fold come from one state of the rows.
  absl::Status Reopen() {
    const auto rows = views_.Read();
    const auto position = PositionOf(*rows);
    if (!position.ok()) return position.status();
    auto reader = log_.OpenReader(*position);
    if (!reader.ok()) return reader.status();
    reader_ = *std::move(reader);
    position_ = *position;
    read_to_ = position->offset;
    unit_.clear();
    return fold_.Start(*rows);
  }

  absl::Status CatchUp() override {
    auto end = reader_->EndOffset();
    if (!end.ok()) return end.status();
    while (read_to_ < *end) {
      auto read = Step(kWait);
      if (!read.ok()) return read.status();
    }
    return absl::OkStatus();
  }

  absl::Status Run(std::stop_token stop) override {
    while (!stop.stop_requested()) {
      auto read = Step(kWait);
      if (read.ok()) continue;
      // Only the log comes back by itself. A view that cannot be written is an end.
      absl::Status status = read.status();
      if (!log_failed_) return status;
      while (absl::IsUnavailable(status) && !stop.stop_requested()) {
        absl::SleepFor(kRetryPause);
        status = Reopen();
      }
      if (!status.ok() && !stop.stop_requested()) return status;
    }
    return absl::OkStatus();
  }

  // Reads what is there, waiting up to `wait` for the first record, and commits whole units.
  // Returns how many records were read.
  absl::StatusOr<size_t> Step(absl::Duration wait) {
    auto batch = views_.NewBatch();
    size_t read = 0;
    size_t applied = 0;
    do {
      auto records = reader_->Read(kReadRecordsMax, read == 0 ? wait : kNoWait);
      log_failed_ = !records.ok();
      if (log_failed_) return records.status();
      if (records->empty()) break;
      read += records->size();
      read_to_ = records->back().after.offset;
      for (ReadRecord& record : *records) {
        auto closed = TakeIn(std::move(record), *batch);
        if (!closed.ok()) return closed.status();
        if (*closed > 0) position_ = unit_end_;
        applied += *closed;
      }
    } while (batch->bytes() < options_.bulk_bytes);
    if (applied == 0) return read;
    fold_.WriteCounters(*batch);
    const bool bulk = applied >= options_.bulk_records_min;
    const absl::Status written = bulk ? views_.IngestSorted(std::move(batch), position_)
                                      : views_.Commit(std::move(batch), position_);
    if (!written.ok()) return written;
    return read;
  }

  // Adds a record to the unit being read, and applies the unit when it is whole. Returns how many
  // records were dealt with.
  absl::StatusOr<size_t> TakeIn(ReadRecord read, RowBatch& batch) {
    size_t dealt_with = 0;
    DecodedRecord record = Decode(std::move(read));
    const auto& header = record.header;
    const bool continues = header.has_value() && header->unit_index == unit_.size() &&
                           (unit_.empty() || header->unit_count == unit_count_);
    if (!continues && !unit_.empty()) {
      // The rest of this unit never came: no part of it may count.
      fold_.SetAside(unit_, batch);
      dealt_with += CloseUnit();
    }
    const bool begins = header.has_value() && header->unit_index == 0;
    unit_count_ = begins ? header->unit_count : continues ? unit_count_ : 1;
    unit_.push_back(std::move(record));
    if (!continues && !begins) {
      fold_.SetAside(unit_, batch);
      return dealt_with + CloseUnit();
    }
    if (unit_.size() < unit_count_) return dealt_with;
    if (absl::Status status = fold_.ApplyUnit(unit_, batch); !status.ok()) return status;
    return dealt_with + CloseUnit();
  }

  // Returns how many records it had.
  size_t CloseUnit() {
    const size_t records = unit_.size();
    unit_end_ = unit_.back().read.after;
    unit_.clear();
    return records;
  }

  EventLog& log_;
  Views& views_;
  const ProjectorOptions options_;
  std::unique_ptr<LogReader> reader_;
  bool log_failed_ = false;  // the last step ended because the log could not be read
  LogPosition position_;     // of the last unit that was applied
  uint64_t read_to_ = 0;     // the offset after the last record read, also of a unit not yet whole
  Fold fold_;
  std::vector<DecodedRecord> unit_;  // of the unit that is not whole yet
  uint32_t unit_count_ = 0;
  LogPosition unit_end_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Projector>> Projector::Open(EventLog& log, Views& views,
                                                           const ProjectorOptions& options) {
  auto projector = std::make_unique<LogProjector>(log, views, options);
  if (absl::Status status = projector->Reopen(); !status.ok()) return status;
  return projector;
}

}  // namespace dossier
