#include "storage/kafka_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/kafka_partition.h"
#include "storage/log_unit.h"

namespace dossier {
namespace {

using Step = KafkaPartition::Step;

bool Any(const KafkaRecord&) { return true; }

class KafkaLogReader : public LogReader {
 public:
  static absl::StatusOr<std::unique_ptr<LogReader>> Open(const KafkaLogOptions& options,
                                                         const LogPosition& from);

  absl::StatusOr<std::vector<ReadRecord>> Read(size_t max_records, absl::Duration wait) override;
  absl::StatusOr<uint64_t> EndOffset() override;

 private:
  KafkaLogReader(KafkaLogOptions options, const LogPosition& from)
      : options_(std::move(options)), position_(from) {}

  // Reads the record before the position again. FailedPrecondition: it is another one.
  absl::Status CheckRecordBefore();
  // The next record, waiting until a time; nullopt: none came.
  absl::StatusOr<std::optional<KafkaRecord>> NextUntil(absl::Time until);
  // The same, until it is certain that nothing more was committed when it was called.
  absl::StatusOr<std::optional<KafkaRecord>> NextCommitted();
  ReadRecord Count(KafkaRecord record);

  const KafkaLogOptions options_;
  LogPosition position_;
  absl::Status lost_;  // DataLoss, from which there is no going on
  RecordDigester digester_;
  std::unique_ptr<KafkaPartition> partition_;
  // For EndOffset: a second look at the partition, up to which offset it has looked, and the
  // offset after the last record that it found there.
  std::unique_ptr<KafkaPartition> tail_;
  uint64_t tail_stable_ = 0;
  uint64_t tail_end_ = 0;
};

absl::StatusOr<std::unique_ptr<LogReader>> KafkaLogReader::Open(const KafkaLogOptions& options,
                                                                const LogPosition& from) {
  if (from.sequence > from.offset || (from.sequence == 0 && from.offset != 0)) {
    return absl::FailedPreconditionError(absl::StrCat("log position: sequence ", from.sequence,
                                                      " cannot stand at offset ", from.offset));
  }
  auto reader = absl::WrapUnique(new KafkaLogReader(options, from));
  auto partition = KafkaPartition::Open(KafkaPartition::Use::kFollow, options);
  if (!partition.ok()) return partition.status();
  reader->partition_ = *std::move(partition);
  const auto stable = reader->partition_->AskStableOfWhole(from.offset);
  if (!stable.ok()) return stable.status();
  const bool at_beginning = from.sequence == 0;
  absl::Status status = reader->partition_->StartAt(at_beginning ? 0 : from.offset - 1);
  if (status.ok() && !at_beginning) status = reader->CheckRecordBefore();
  if (!status.ok()) return status;
  return reader;
}

absl::Status KafkaLogReader::CheckRecordBefore() {
  const uint64_t offset = position_.offset - 1;
  auto step = partition_->Next(options_.timeout);
  if (!step.ok()) return step.status();
  const KafkaClient& client = partition_->client();
  const std::string doing = absl::StrCat("the log was cut or replaced: record ", position_.sequence,
                                         " at offset ", offset);
  if (step->kind == Step::Kind::kNothing) {
    return client.Unavailable(absl::StrCat("reading offset ", offset), "no answer");
  }
  if (step->kind == Step::Kind::kEnd || step->record.offset != offset) {
    return client.Error(absl::StatusCode::kFailedPrecondition, doing, "is not there");
  }
  if (digester_.Digest(step->record.bytes) != position_.last_digest) {
    return client.Error(absl::StatusCode::kFailedPrecondition, doing,
                        "is not the one that was read");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ReadRecord>> KafkaLogReader::Read(size_t max_records,
                                                             absl::Duration wait) {
  std::vector<ReadRecord> records;
  if (max_records == 0) return records;
  if (!lost_.ok()) return lost_;
  auto first = NextUntil(absl::Now() + wait);
  if (first.ok() && !first->has_value()) first = NextCommitted();
  if (!first.ok()) return first.status();
  if (!first->has_value()) return records;
  records.push_back(Count(**std::move(first)));
  while (records.size() < max_records) {
    auto next = NextUntil(absl::InfinitePast());
    // What was counted is handed out; an error that lasts comes again with the next call.
    if (!next.ok() || !next->has_value()) break;
    records.push_back(Count(**std::move(next)));
  }
  return records;
}

absl::StatusOr<std::optional<KafkaRecord>> KafkaLogReader::NextUntil(absl::Time until) {
  for (;;) {
    const absl::Duration left = std::max(until - absl::Now(), absl::ZeroDuration());
    auto step = partition_->Next(left);
    // After bytes that do not read, librdkafka would go on behind them, and the count be wrong.
    if (absl::IsDataLoss(step.status())) lost_ = step.status();
    if (!step.ok()) return step.status();
    if (step->kind == Step::Kind::kRecord) return std::move(step->record);
    if (step->kind == Step::Kind::kNothing && left == absl::ZeroDuration()) return std::nullopt;
  }
}

absl::StatusOr<std::optional<KafkaRecord>> KafkaLogReader::NextCommitted() {
  // That nothing has come says little: the broker may be slow, or away. And that offsets are left
  // says little either: markers and aborted records take some.
  const auto end = EndOffset();
  if (!end.ok()) return end.status();
  if (*end <= position_.offset) return std::nullopt;
  auto next = NextUntil(absl::Now() + options_.timeout);
  if (!next.ok() || next->has_value()) return next;
  return partition_->client().Unavailable(
      absl::StrCat("reading offsets ", position_.offset, " to ", *end),
      "the broker does not deliver");
}

ReadRecord KafkaLogReader::Count(KafkaRecord record) {
  position_.sequence += 1;
  position_.offset = record.offset + 1;
  position_.last_digest = digester_.Digest(record.bytes);
  return ReadRecord{position_, std::move(record.bytes)};
}

absl::StatusOr<uint64_t> KafkaLogReader::EndOffset() {
  if (tail_ == nullptr) {
    auto tail = KafkaPartition::Open(KafkaPartition::Use::kLookUp, options_);
    if (!tail.ok()) return tail.status();
    tail_ = *std::move(tail);
  }
  const auto stable = tail_->AskStableOfWhole(position_.offset);
  if (absl::IsFailedPrecondition(stable.status())) {
    return absl::DataLossError(stable.status().message());
  }
  if (!stable.ok()) return stable.status();
  const uint64_t known = std::max(position_.offset, tail_stable_);
  if (*stable > known) {
    auto last = tail_->LastRecord(known, *stable, Any);
    if (!last.ok()) return last.status();
    if (last->has_value()) tail_end_ = (*last)->offset + 1;
    tail_stable_ = *stable;
  }
  return std::max(position_.offset, tail_end_);
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogReader>> OpenKafkaReader(const KafkaLogOptions& options,
                                                           const LogPosition& from) {
  return KafkaLogReader::Open(options, from);
}

}  // namespace dossier
