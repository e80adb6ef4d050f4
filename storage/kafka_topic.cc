#include "storage/kafka_topic.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "librdkafka/rdkafka.h"
#include "storage/kafka_client.h"

namespace dossier {
namespace {

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

// The least that a topic must take, so that a batch of librdkafka's (message.max.bytes) fits.
constexpr int kMaxMessageBytes = 1'048'588;

struct Setting {
  std::string name;
  std::string value;
  bool at_least = false;  // a larger number will do
};

std::vector<Setting> Settings(const KafkaLogOptions& options) {
  return {{"cleanup.policy", "delete"},
          {"retention.ms", "-1"},
          {"retention.bytes", "-1"},
          {"unclean.leader.election.enable", "false"},
          {"min.insync.replicas", absl::StrCat(options.min_insync_replicas), true},
          {"max.message.bytes", absl::StrCat(kMaxMessageBytes), true}};
}

bool Satisfies(const Setting& wanted, const std::string& found) {
  int64_t found_number = 0;
  int64_t wanted_number = 0;
  if (wanted.at_least && absl::SimpleAtoi(found, &found_number) &&
      absl::SimpleAtoi(wanted.value, &wanted_number)) {
    return found_number >= wanted_number;
  }
  return found == wanted.value;
}

absl::Status Refused(const KafkaClient& client, std::string_view setting, std::string_view found,
                     std::string_view expected) {
  const absl::string_view found_view(found.data(), found.size());
  const absl::string_view expected_view(expected.data(), expected.size());
  return client.Error(absl::StatusCode::kFailedPrecondition, setting,
                      absl::StrCat("found ", found_view, ", expected ", expected_view));
}

// Waits for the answer to an admin request and takes it apart.
absl::StatusOr<Owned<rd_kafka_event_t>> Answer(const KafkaClient& client, rd_kafka_queue_t* queue,
                                               std::string_view doing) {
  Owned<rd_kafka_event_t> event(rd_kafka_queue_poll(queue, KafkaMillis(client.timeout())),
                                &rd_kafka_event_destroy);
  if (event == nullptr) return client.Unavailable(doing, "no answer");
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client.Unavailable(doing, rd_kafka_event_error_string(event.get()));
  }
  return event;
}

absl::Status CreateTopic(const KafkaClient& client, const KafkaLogOptions& options) {
  constexpr std::string_view kDoing = "making the topic";
  char error[256];
  Owned<rd_kafka_NewTopic_t> topic(
      rd_kafka_NewTopic_new(options.topic.c_str(), 1, options.replication_factor, error,
                            sizeof error),
      &rd_kafka_NewTopic_destroy);
  if (topic == nullptr) return client.Error(absl::StatusCode::kInvalidArgument, kDoing, error);
  for (const Setting& setting : Settings(options)) {
    rd_kafka_NewTopic_set_config(topic.get(), setting.name.c_str(), setting.value.c_str());
  }
  const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.handle()), &rd_kafka_queue_destroy);
  rd_kafka_NewTopic_t* topics[] = {topic.get()};
  rd_kafka_CreateTopics(client.handle(), topics, 1, nullptr, queue.get());
  auto event = Answer(client, queue.get(), kDoing);
  if (!event.ok()) return event.status();

  size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event->get());
  const rd_kafka_topic_result_t** made = rd_kafka_CreateTopics_result_topics(result, &count);
  if (count != 1) return client.Unavailable(kDoing, "an answer about other topics");
  const rd_kafka_resp_err_t code = rd_kafka_topic_result_error(made[0]);
  // Two that open a new log at once: one makes it.
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
    return absl::OkStatus();
  }
  const char* why = rd_kafka_topic_result_error_string(made[0]);
  return client.Unavailable(kDoing, why != nullptr ? why : rd_kafka_err2str(code));
}

enum class Presence { kMissing, kNotLed, kLed };

// Looks for the topic; where it is there and led, checks its partitions and replicas.
absl::StatusOr<Presence> FindTopic(const KafkaClient& client, const KafkaLogOptions& options) {
  const rd_kafka_metadata_t* metadata = nullptr;
  const rd_kafka_resp_err_t error = rd_kafka_metadata(client.handle(), 0, client.topic(), &metadata,
                                                      KafkaMillis(client.timeout()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client.Unavailable("looking for the topic", rd_kafka_err2str(error));
  }
  const Owned<const rd_kafka_metadata_t> owned(metadata, &rd_kafka_metadata_destroy);
  if (metadata->topic_cnt != 1) return Presence::kMissing;
  const rd_kafka_metadata_topic_t& topic = metadata->topics[0];
  if (topic.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return Presence::kMissing;
  if (topic.err == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE) return Presence::kNotLed;
  if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client.Unavailable("looking for the topic", rd_kafka_err2str(topic.err));
  }
  if (topic.partition_cnt != 1) {
    return Refused(client, "partitions", absl::StrCat(topic.partition_cnt), "1");
  }
  const rd_kafka_metadata_partition_t& partition = topic.partitions[0];
  if (partition.leader < 0) return Presence::kNotLed;
  if (partition.replica_cnt < options.replication_factor) {
    return Refused(client, "replicas", absl::StrCat(partition.replica_cnt),
                   absl::StrCat("at least ", options.replication_factor));
  }
  return Presence::kLed;
}

absl::Status CheckSetting(const KafkaClient& client, const Setting& wanted,
                          const rd_kafka_ConfigEntry_t** entries, size_t count) {
  const std::string expected = absl::StrCat(wanted.at_least ? "at least " : "", wanted.value);
  for (size_t i = 0; i < count; ++i) {
    if (wanted.name != rd_kafka_ConfigEntry_name(entries[i])) continue;
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    const std::string found = value != nullptr ? value : "nothing";
    if (Satisfies(wanted, found)) return absl::OkStatus();
    return Refused(client, wanted.name, found, expected);
  }
  return Refused(client, wanted.name, "no such setting", expected);
}

absl::Status CheckSettings(const KafkaClient& client, const KafkaLogOptions& options) {
  constexpr std::string_view kDoing = "asking for the topic's settings";
  const Owned<rd_kafka_ConfigResource_t> resource(
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, options.topic.c_str()),
      &rd_kafka_ConfigResource_destroy);
  const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.handle()), &rd_kafka_queue_destroy);
  rd_kafka_ConfigResource_t* resources[] = {resource.get()};
  rd_kafka_DescribeConfigs(client.handle(), resources, 1, nullptr, queue.get());
  auto event = Answer(client, queue.get(), kDoing);
  if (!event.ok()) return event.status();

  size_t count = 0;
  const auto* result = rd_kafka_event_DescribeConfigs_result(event->get());
  const rd_kafka_ConfigResource_t** described =
      rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count != 1) return client.Unavailable(kDoing, "an answer about other topics");
  if (rd_kafka_ConfigResource_error(described[0]) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return client.Unavailable(kDoing, rd_kafka_ConfigResource_error_string(described[0]));
  }
  const rd_kafka_ConfigEntry_t** entries = rd_kafka_ConfigResource_configs(described[0], &count);
  for (const Setting& setting : Settings(options)) {
    absl::Status status = CheckSetting(client, setting, entries, count);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status EnsureKafkaTopic(const KafkaLogOptions& options) {
  // A consumer: asked by a producer, brokers may make the topic with settings of their own.
  const auto client = KafkaClient::New(KafkaClient::Kind::kConsumer, options,
                                       {{"allow.auto.create.topics", "false"}});
  if (!client.ok()) return client.status();
  bool made = false;
  const absl::Time deadline = absl::Now() + options.timeout;
  for (;;) {
    const auto presence = FindTopic(**client, options);
    if (!presence.ok()) return presence.status();
    if (*presence == Presence::kLed) return CheckSettings(**client, options);
    if (*presence == Presence::kMissing && !made) {
      if (absl::Status status = CreateTopic(**client, options); !status.ok()) return status;
      made = true;
    } else if (absl::Now() >= deadline) {
      return (*client)->Unavailable("waiting for the topic", "its partition has no leader");
    } else {
      absl::SleepFor(absl::Milliseconds(20));
    }
  }
}

}  // namespace dossier
