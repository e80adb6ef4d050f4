// The log's one transactional producer: records in, all or none of them committed.
//
//   auto producer = KafkaProducer::Open(options);   // fences the producer before it
//   producer->Begin();
//   for (...) producer->Add(record);
//   auto offset = producer->Commit();
//
// After any failure it is done for: a retry could doubt what is in the log. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/kafka_client.h"

struct rd_kafka_error_s;

namespace dossier {

class KafkaProducer {
 public:
  // Takes the transactional id over: whoever had it is fenced, what it had not committed is
  // aborted. Unavailable.
  static absl::StatusOr<std::unique_ptr<KafkaProducer>> Open(const KafkaLogOptions& options);
  ~KafkaProducer();

  absl::Status Begin();

  // Hands a record over; waits while librdkafka's queue is full. A failure is told by Commit.
  void Add(std::string_view record);

  // Commits what was added since Begin. The offset of the last record; nullopt where the broker
  // did not say (it had the record already from an attempt whose answer was lost). Aborted:
  // fenced. Unavailable: whether the records are in is not known. Readers may see the records a
  // moment later.
  absl::StatusOr<std::optional<uint64_t>> Commit();

 private:
  KafkaProducer() = default;

  absl::Status TakeOver();
  void OnDelivery(const rd_kafka_message_s& message);
  absl::Status CommitTransaction();
  void AbortTransaction();
  // Remembers the first failure, its most telling cause, and that no more is written.
  absl::Status Fail(std::string_view doing, int code, std::string_view why);

  std::unique_ptr<KafkaClient> client_;
  absl::Status failure_;
  bool fenced_ = false;
  // Of the transaction under way.
  std::optional<uint64_t> last_offset_;
  bool offset_missing_ = false;
};

}  // namespace dossier
