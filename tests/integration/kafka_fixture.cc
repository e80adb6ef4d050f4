#include "tests/integration/kafka_fixture.h"

#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "librdkafka/rdkafka.h"

namespace dossier {
namespace {

constexpr int kTimeoutMillis = 30'000;

using Client = std::unique_ptr<rd_kafka_t, decltype(&rd_kafka_destroy)>;
using Queue = std::unique_ptr<rd_kafka_queue_t, decltype(&rd_kafka_queue_destroy)>;

Client NewProducer(const KafkaLogOptions& options) {
  char error[256];
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  EXPECT_EQ(
      rd_kafka_conf_set(conf, "bootstrap.servers", options.brokers.c_str(), error, sizeof error),
      RD_KAFKA_CONF_OK)
      << error;
  rd_kafka_t* handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
  EXPECT_NE(handle, nullptr) << error;
  return {handle, &rd_kafka_destroy};
}

// Sends an admin request and expects an answer without an error in it as a whole.
void Ask(const KafkaLogOptions& options,
         const std::function<void(rd_kafka_t*, rd_kafka_queue_t*)>& request,
         const std::function<rd_kafka_resp_err_t(rd_kafka_event_t*)>& verdict) {
  const Client client = NewProducer(options);
  const Queue queue(rd_kafka_queue_new(client.get()), &rd_kafka_queue_destroy);
  request(client.get(), queue.get());
  rd_kafka_event_t* answer = rd_kafka_queue_poll(queue.get(), kTimeoutMillis);
  ASSERT_NE(answer, nullptr) << "no answer from " << options.brokers;
  ASSERT_EQ(rd_kafka_event_error(answer), RD_KAFKA_RESP_ERR_NO_ERROR)
      << rd_kafka_event_error_string(answer);
  const rd_kafka_resp_err_t error = verdict(answer);
  EXPECT_EQ(error, RD_KAFKA_RESP_ERR_NO_ERROR) << rd_kafka_err2str(error);
  rd_kafka_event_destroy(answer);
}

}  // namespace

KafkaBroker::KafkaBroker() { Start(); }

KafkaBroker::~KafkaBroker() {
  if (started_) Script("stop");
}

KafkaBroker& KafkaBroker::Shared() {
  static const std::unique_ptr<KafkaBroker> broker = [] {
    const char* address = getenv("DOSSIER_TEST_BROKERS");
    return std::unique_ptr<KafkaBroker>(address != nullptr ? new KafkaBroker(address)
                                                           : new KafkaBroker);
  }();
  return *broker;
}

void KafkaBroker::Start() {
  const char* version = getenv("DOSSIER_TEST_KAFKA_VERSION");
  started_ = true;
  address_ =
      Script(absl::StrCat("start --owner ", getpid(), version == nullptr ? "" : " --version ",
                          version == nullptr ? "" : version));
  EXPECT_NE(address_.find(':'), std::string::npos) << "the broker did not start: see above";
}

void KafkaBroker::Kill() { Script("kill"); }

uint64_t KafkaBroker::LogBytes(const std::string& topic) const {
  uint64_t bytes = 0;
  const std::string folder = absl::StrCat(dir_.path(), "/log/", topic, "-0");
  if (!std::filesystem::exists(folder)) return 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".log") bytes += file.file_size();
  }
  return bytes;
}

std::string KafkaBroker::Script(const std::string& arguments) const {
  const size_t verb_end = arguments.find(' ');
  const std::string command = absl::StrCat(
      "'" DOSSIER_SOURCE_DIR "/deploy/kafka/broker.sh' ", arguments.substr(0, verb_end), " '",
      dir_.path(), "'", verb_end == std::string::npos ? "" : arguments.substr(verb_end));
  FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) {
    ADD_FAILURE() << "cannot run " << command;
    return "";
  }
  std::array<char, 256> line{};
  std::string printed;
  while (fgets(line.data(), line.size(), output) != nullptr) printed += line.data();
  EXPECT_EQ(pclose(output), 0) << command;
  while (!printed.empty() && printed.back() == '\n') printed.pop_back();
  return printed;
}

std::string NewTopicName() {
  static std::atomic<int> count = 0;
  return absl::StrCat("dossier-test-", getpid(), "-", ++count);
}

KafkaLogOptions OptionsFor(const KafkaBroker& broker, const std::string& topic) {
  KafkaLogOptions options;
  options.brokers = broker.address();
  options.topic = topic;
  options.timeout = absl::Seconds(20);
  return options;
}

void CreateTopic(const KafkaLogOptions& options, int partitions,
                 const std::map<std::string, std::string>& settings) {
  char error[256];
  rd_kafka_NewTopic_t* topic =
      rd_kafka_NewTopic_new(options.topic.c_str(), partitions, 1, error, sizeof error);
  ASSERT_NE(topic, nullptr) << error;
  for (const auto& [name, value] : settings) {
    rd_kafka_NewTopic_set_config(topic, name.c_str(), value.c_str());
  }
  Ask(
      options,
      [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_CreateTopics(client, &topic, 1, nullptr, queue);
      },
      [](rd_kafka_event_t* answer) {
        size_t count = 0;
        const auto* result = rd_kafka_event_CreateTopics_result(answer);
        return rd_kafka_topic_result_error(rd_kafka_CreateTopics_result_topics(result, &count)[0]);
      });
  rd_kafka_NewTopic_destroy(topic);
}

void DeleteTopic(const KafkaLogOptions& options) {
  rd_kafka_DeleteTopic_t* topic = rd_kafka_DeleteTopic_new(options.topic.c_str());
  Ask(
      options,
      [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_DeleteTopics(client, &topic, 1, nullptr, queue);
      },
      [](rd_kafka_event_t* answer) {
        size_t count = 0;
        const auto* result = rd_kafka_event_DeleteTopics_result(answer);
        return rd_kafka_topic_result_error(rd_kafka_DeleteTopics_result_topics(result, &count)[0]);
      });
  rd_kafka_DeleteTopic_destroy(topic);
}

void DeleteRecordsBefore(const KafkaLogOptions& options, int64_t offset) {
  rd_kafka_topic_partition_list_t* partitions = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(partitions, options.topic.c_str(), 0)->offset = offset;
  rd_kafka_DeleteRecords_t* request = rd_kafka_DeleteRecords_new(partitions);
  Ask(
      options,
      [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_DeleteRecords(client, &request, 1, nullptr, queue);
      },
      [](rd_kafka_event_t* answer) {
        const auto* result = rd_kafka_event_DeleteRecords_result(answer);
        return rd_kafka_DeleteRecords_result_offsets(result)->elems[0].err;
      });
  rd_kafka_DeleteRecords_destroy(request);
  rd_kafka_topic_partition_list_destroy(partitions);
}

void ProduceForeignRecord(const KafkaLogOptions& options, const std::string& bytes) {
  const Client client = NewProducer(options);
  ASSERT_EQ(rd_kafka_producev(client.get(), RD_KAFKA_V_TOPIC(options.topic.c_str()),
                              RD_KAFKA_V_PARTITION(0), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                              RD_KAFKA_V_VALUE(const_cast<char*>(bytes.data()), bytes.size()),
                              RD_KAFKA_V_END),
            RD_KAFKA_RESP_ERR_NO_ERROR);
  ASSERT_EQ(rd_kafka_flush(client.get(), kTimeoutMillis), RD_KAFKA_RESP_ERR_NO_ERROR);
}

}  // namespace dossier
