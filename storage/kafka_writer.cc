#include "storage/kafka_writer.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/kafka_partition.h"
#include "storage/kafka_producer.h"
#include "storage/log_record.h"
#include "storage/log_unit.h"

namespace dossier {
namespace {

constexpr absl::Duration kVisiblePause = absl::Milliseconds(1);

class KafkaLogWriter : public LogWriter {
 public:
  KafkaLogWriter(std::unique_ptr<KafkaProducer> producer, std::unique_ptr<KafkaPartition> partition)
      : producer_(std::move(producer)), partition_(std::move(partition)) {}

  // Appends the records that open the log, and reads them. First of all.
  absl::Status AppendOpening(const std::string& author, WriterOptions writer_options);

  absl::StatusOr<uint64_t> Append(std::span<const std::string> payloads) override;

 private:
  absl::StatusOr<uint64_t> AppendUnit(std::span<const std::string> payloads);
  // Waits until readers see the last record of the unit, at this offset.
  absl::Status WaitUntilVisible(uint64_t offset);
  // Waits until readers see the last record of the unit, and reads it. Its offset.
  absl::StatusOr<uint64_t> ReadLastRecord();

  std::unique_ptr<KafkaProducer> producer_;
  std::unique_ptr<KafkaPartition> partition_;
  std::optional<UnitEncoder> encoder_;
  absl::Status failure_;
  uint64_t end_ = 0;         // below it stands nothing of this writer's unit under way
  std::string last_record_;  // of that unit, encoded: its salt makes it the only one
};

absl::Status KafkaLogWriter::AppendOpening(const std::string& author,
                                           WriterOptions writer_options) {
  // Fencing has settled every transaction before this one, so that this is the whole log.
  const auto stable = partition_->AskStableOfWhole(0);
  if (!stable.ok()) return stable.status();
  bool log_is_empty = true;
  int64_t recorded_micros = INT64_MIN;
  const auto last = partition_->LastRecord(0, *stable, [&](const KafkaRecord& record) {
    log_is_empty = false;
    const auto decoded = DecodeLogRecord(record.bytes);
    if (decoded.ok()) recorded_micros = decoded->header.recorded_micros;
    return decoded.ok();
  });
  if (!last.ok()) return last.status();

  end_ = *stable;
  encoder_.emplace(author, std::move(writer_options), recorded_micros);
  const auto appended = Append(encoder_->OpeningPayloads(log_is_empty));
  if (!appended.ok()) return appended.status();
  return ReadLastRecord().status();
}

absl::StatusOr<uint64_t> KafkaLogWriter::Append(std::span<const std::string> payloads) {
  if (!failure_.ok()) return failure_;
  if (absl::Status status = encoder_->Check(payloads); !status.ok()) return status;
  auto last_offset = AppendUnit(payloads);
  failure_ = last_offset.status();
  if (!failure_.ok()) return failure_;
  end_ = *last_offset + 1;
  return end_;
}

absl::StatusOr<uint64_t> KafkaLogWriter::AppendUnit(std::span<const std::string> payloads) {
  if (absl::Status status = producer_->Begin(); !status.ok()) return status;
  encoder_->Encode(payloads, [this](std::string record) {
    producer_->Add(record);
    last_record_ = std::move(record);
  });
  const auto committed = producer_->Commit();
  if (!committed.ok()) return committed.status();
  if (!committed->has_value()) return ReadLastRecord();
  if (absl::Status status = WaitUntilVisible(**committed); !status.ok()) return status;
  return **committed;
}

// A commit is acknowledged once it is decided; the marker that shows it to readers comes after.
absl::Status KafkaLogWriter::WaitUntilVisible(uint64_t offset) {
  const absl::Time deadline = absl::Now() + partition_->client().timeout();
  for (;;) {
    const auto stable = partition_->AskStable();
    if (!stable.ok()) return stable.status();
    if (*stable > offset) return absl::OkStatus();
    if (absl::Now() >= deadline) {
      return partition_->client().Unavailable(absl::StrCat("committing offset ", offset),
                                              "readers do not see it");
    }
    absl::SleepFor(kVisiblePause);
  }
}

absl::StatusOr<uint64_t> KafkaLogWriter::ReadLastRecord() {
  const absl::Time deadline = absl::Now() + partition_->client().timeout();
  const uint64_t floor = end_ == 0 ? 0 : end_ - 1;
  for (;;) {
    const auto stable = partition_->AskStable();
    if (!stable.ok()) return stable.status();
    const auto found = partition_->LastRecord(
        floor, *stable, [this](const KafkaRecord& record) { return record.bytes == last_record_; });
    if (!found.ok()) return found.status();
    if (found->has_value()) return (*found)->offset;
    if (absl::Now() >= deadline) {
      return partition_->client().Unavailable(absl::StrCat("reading from offset ", floor),
                                              "the unit's last record is not there");
    }
    absl::SleepFor(kVisiblePause);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogWriter>> OpenKafkaWriter(const KafkaLogOptions& options,
                                                           const std::string& author,
                                                           WriterOptions writer_options) {
  if (absl::Status status = CheckAuthor(author); !status.ok()) return status;
  auto producer = KafkaProducer::Open(options);
  if (!producer.ok()) return producer.status();
  auto partition = KafkaPartition::Open(KafkaPartition::Use::kLookUp, options);
  if (!partition.ok()) return partition.status();
  auto writer = std::make_unique<KafkaLogWriter>(*std::move(producer), *std::move(partition));
  absl::Status status = writer->AppendOpening(author, std::move(writer_options));
  if (!status.ok()) return status;
  return writer;
}

}  // namespace dossier
