// The log's partition as a reader sees it: committed records from an offset on, and where they end.
// One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/kafka_client.h"

namespace dossier {

struct KafkaRecord {
  uint64_t offset = 0;
  std::string bytes;
};

class KafkaPartition {
 public:
  // What one look at the partition brings.
  struct Step {
    enum class Kind {
      kNothing,  // in the time given
      kRecord,   // the next committed one
      kEnd,      // no committed record is left below `record.offset`
    };
    Kind kind = Kind::kNothing;
    KafkaRecord record;
  };

  // To follow the log, which is told of news by the broker, or to look something up, which is told
  // at once when there is no more.
  enum class Use { kFollow, kLookUp };

  static absl::StatusOr<std::unique_ptr<KafkaPartition>> Open(Use use,
                                                              const KafkaLogOptions& options);
  ~KafkaPartition();

  // Asks the broker for the last stable offset: below it everything is committed or aborted.
  absl::StatusOr<uint64_t> AskStable();

  // The same, of a log from which nothing was cut away and which reaches up to `offset`.
  // FailedPrecondition: it was cut, or is another one.
  absl::StatusOr<uint64_t> AskStableOfWhole(uint64_t offset);

  // Goes on from this offset, wherever it was before.
  absl::Status StartAt(uint64_t offset);

  // Needs StartAt. DataLoss: the offset is not in the log, or bytes do not read. Unavailable.
  absl::StatusOr<Step> Next(absl::Duration wait);

  // The last record in [floor, end) that satisfies `accept`, if any; `end` at most the last stable
  // offset. Looks from the end backwards in growing steps. Moves the partition's place.
  absl::StatusOr<std::optional<KafkaRecord>> LastRecord(
      uint64_t floor, uint64_t end, const std::function<bool(const KafkaRecord&)>& accept);

  const KafkaClient& client() const { return *client_; }

 private:
  explicit KafkaPartition(std::unique_ptr<KafkaClient> client) : client_(std::move(client)) {}
  void Stop();
  // `which`: the first or the last, as librdkafka names them.
  absl::StatusOr<uint64_t> AskOffset(int64_t which);
  absl::StatusOr<uint64_t> AskOffsetOnce(int64_t which, absl::Duration wait);
  absl::StatusOr<std::optional<KafkaRecord>> LastOfRange(
      uint64_t start, uint64_t end, const std::function<bool(const KafkaRecord&)>& accept);

  std::unique_ptr<KafkaClient> client_;
  bool started_ = false;
};

}  // namespace dossier
