// A librdkafka client of the log's topic, and how its errors are told. Only storage/kafka_*.cc
// include this, and only they include librdkafka.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/kafka_log.h"

extern "C" {
struct rd_kafka_s;
struct rd_kafka_topic_s;
struct rd_kafka_message_s;
}

namespace dossier {

// The log's one partition.
inline constexpr int kKafkaPartition = 0;

// Owns a handle with its threads and connections. Safe for use by several threads.
class KafkaClient {
 public:
  enum class Kind { kConsumer, kProducer };
  // Told of every produced record once it is delivered or given up, by whoever polls the handle.
  using DeliveryCallback = std::function<void(const rd_kafka_message_s&)>;

  // `properties` win over those in the options. InvalidArgument: a property that is none.
  static absl::StatusOr<std::unique_ptr<KafkaClient>> New(
      Kind kind, const KafkaLogOptions& options,
      const std::map<std::string, std::string>& properties, DeliveryCallback delivered = {});
  ~KafkaClient();

  rd_kafka_s* handle() const { return handle_; }
  rd_kafka_topic_s* topic() const { return topic_; }
  absl::Duration timeout() const { return options_.timeout; }

  // "kafka HOST:PORT: topic NAME: DOING: WHY", with what librdkafka last complained of.
  absl::Status Error(absl::StatusCode code, std::string_view doing, std::string_view why) const;
  absl::Status Unavailable(std::string_view doing, std::string_view why) const {
    return Error(absl::StatusCode::kUnavailable, doing, why);
  }

 private:
  explicit KafkaClient(const KafkaLogOptions& options) : options_(options) {}
  friend struct KafkaCallbacks;

  const KafkaLogOptions options_;
  DeliveryCallback delivered_;
  rd_kafka_s* handle_ = nullptr;
  rd_kafka_topic_s* topic_ = nullptr;
  mutable std::mutex mutex_;
  std::string last_complaint_;  // guarded by mutex_
};

// Whole milliseconds for librdkafka, rounded up, at least 0.
int KafkaMillis(absl::Duration duration);

}  // namespace dossier
