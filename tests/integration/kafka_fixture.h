// A real Kafka broker for tests, through deploy/kafka/broker.sh, and what only an administrator or
// a stranger does to a topic.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "storage/kafka_log.h"
#include "tests/storage/temp_dir.h"

namespace dossier {

// One broker in a folder of its own, on a free port. Failures are test failures.
class KafkaBroker {
 public:
  KafkaBroker();
  ~KafkaBroker();

  // The one that tests share: started at first use, stopped at the end of the program. With
  // DOSSIER_TEST_BROKERS in the environment (host:port) that broker is used in its place, and
  // none is started: so do the child programs of tests.
  static KafkaBroker& Shared();

  const std::string& address() const { return address_; }
  void Start();
  void Kill();  // SIGKILL, as a crash
  // Bytes of a topic's log on the broker's disk; 0 for a broker that is not ours.
  uint64_t LogBytes(const std::string& topic) const;

 private:
  explicit KafkaBroker(const std::string& address) : address_(address) {}
  std::string Script(const std::string& arguments) const;

  TempDir dir_;
  bool started_ = false;
  std::string address_;
};

// A topic name that no test had before.
std::string NewTopicName();

// Options for a log on a broker, with a timeout that suits tests.
KafkaLogOptions OptionsFor(const KafkaBroker& broker, const std::string& topic);

// Behind the log's back.
void CreateTopic(const KafkaLogOptions& options, int partitions,
                 const std::map<std::string, std::string>& settings);
void DeleteTopic(const KafkaLogOptions& options);
void DeleteRecordsBefore(const KafkaLogOptions& options, int64_t offset);
// Outside any transaction.
void ProduceForeignRecord(const KafkaLogOptions& options, const std::string& bytes);

}  // namespace dossier
