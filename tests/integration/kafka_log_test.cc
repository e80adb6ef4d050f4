#include "storage/kafka_log.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/kafka_producer.h"
#include "tests/integration/child_process.h"
#include "tests/integration/kafka_fixture.h"
#include "tests/storage/event_log_suite.h"

namespace dossier {
namespace {

using testing::HasSubstr;

class KafkaSite : public LogSite {
 public:
  KafkaSite() { Reopen(); }

  EventLog& log() override { return *log_; }
  void Reopen() override {
    auto log = OpenKafkaLog(OptionsFor(KafkaBroker::Shared(), topic_));
    EXPECT_TRUE(log.ok()) << log.status();
    if (log.ok()) log_ = *std::move(log);
  }

 private:
  const std::string topic_ = NewTopicName();
  std::unique_ptr<EventLog> log_;
};

INSTANTIATE_TEST_SUITE_P(Kafka, EventLogSuite,
                         testing::Values([] { return std::make_unique<KafkaSite>(); }),
                         [](const auto&) { return std::string("Log"); });

// More than librdkafka's queue holds: once the last is handed over, the broker has the first.
constexpr size_t kMoreThanAQueue = 150'000;

class KafkaLogTest : public testing::Test {
 protected:
  static constexpr uint64_t kOpening = 2;  // records that open an empty log

  std::unique_ptr<EventLog> Open() {
    auto log = OpenKafkaLog(options_);
    EXPECT_TRUE(log.ok()) << log.status();
    return log.ok() ? *std::move(log) : nullptr;
  }

  static std::unique_ptr<LogWriter> WriterOf(EventLog& log) {
    auto writer = log.OpenWriter("writer", {});
    EXPECT_TRUE(writer.ok()) << writer.status();
    return writer.ok() ? *std::move(writer) : nullptr;
  }

  static std::unique_ptr<LogReader> ReaderOf(EventLog& log, const LogPosition& from = {}) {
    auto reader = log.OpenReader(from);
    EXPECT_TRUE(reader.ok()) << reader.status();
    return reader.ok() ? *std::move(reader) : nullptr;
  }

  static uint64_t Append(LogWriter& writer, const std::vector<std::string>& payloads) {
    auto end = writer.Append(payloads);
    EXPECT_TRUE(end.ok()) << end.status();
    return end.value_or(0);
  }

  // What there is, without waiting for anything.
  static std::vector<ReadRecord> ReadAll(LogReader& reader) {
    std::vector<ReadRecord> all;
    for (;;) {
      auto records = reader.Read(1000, absl::ZeroDuration());
      EXPECT_TRUE(records.ok()) << records.status();
      if (!records.ok() || records->empty()) return all;
      all.insert(all.end(), records->begin(), records->end());
    }
  }

  static void ExpectDense(const std::vector<ReadRecord>& records, uint64_t first = 1) {
    for (size_t i = 0; i < records.size(); ++i) {
      ASSERT_EQ(records[i].after.sequence, first + i);
    }
  }

  // Leaves a transaction open, records of it on the broker.
  void LeaveAUnitOpen() {
    auto producer = KafkaProducer::Open(options_);
    ASSERT_TRUE(producer.ok()) << producer.status();
    ASSERT_TRUE((*producer)->Begin().ok());
    for (size_t i = 0; i < kMoreThanAQueue; ++i) (*producer)->Add("never committed");
  }

  const KafkaLogOptions options_ = OptionsFor(KafkaBroker::Shared(), NewTopicName());
};

TEST_F(KafkaLogTest, OffsetsHaveGapsButSequencesAreDense) {
  const auto log = Open();
  Append(*WriterOf(*log), {"a", "b"});
  LeaveAUnitOpen();
  const uint64_t end = Append(*WriterOf(*log), {"c"});
  const auto records = ReadAll(*ReaderOf(*log));
  ASSERT_EQ(records.size(), kOpening + 4);
  ExpectDense(records);
  EXPECT_EQ(records.back().after.offset, end);
  EXPECT_GT(end, kMoreThanAQueue / 4) << "the aborted records took no offsets";
}

TEST_F(KafkaLogTest, AUnitIsThereForEveryReaderOnceItIsAcknowledged) {
  const auto log = Open();
  const auto writer = WriterOf(*log);
  const auto reader = ReaderOf(*log);
  EXPECT_EQ(ReadAll(*reader).size(), kOpening);
  for (size_t i = 0; i < 50; ++i) {
    const uint64_t end = Append(*writer, {"a", "b", "c"});
    EXPECT_EQ(reader->EndOffset().value_or(0), end);
    const auto records = ReadAll(*reader);
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records.back().after.offset, end);
    EXPECT_EQ(reader->EndOffset().value_or(0), end);
  }
}

TEST_F(KafkaLogTest, AnAbortedUnitAtTheEndIsNotTheEnd) {
  const auto log = Open();
  const uint64_t end = Append(*WriterOf(*log), {"a"});
  LeaveAUnitOpen();
  const auto behind = ReaderOf(*log);
  EXPECT_EQ(behind->EndOffset().value_or(0), end);
  ASSERT_TRUE(KafkaProducer::Open(options_).ok());  // aborts it
  EXPECT_EQ(behind->EndOffset().value_or(0), end);
  EXPECT_EQ(ReadAll(*behind).size(), kOpening + 1);
  EXPECT_EQ(behind->EndOffset().value_or(0), end);
  EXPECT_EQ(ReaderOf(*log)->EndOffset().value_or(0), end);
}

TEST_F(KafkaLogTest, AnEmptyTopicEndsAtNought) {
  const auto reader = ReaderOf(*Open());
  EXPECT_EQ(reader->EndOffset().value_or(1), 0u);
  EXPECT_TRUE(ReadAll(*reader).empty());
}

TEST_F(KafkaLogTest, AForeignRecordKeepsItsSequence) {
  const auto log = Open();
  Append(*WriterOf(*log), {"a"});
  ProduceForeignRecord(options_, "no record of ours");
  ProduceForeignRecord(options_, "");
  Append(*WriterOf(*log), {"b"});
  const auto records = ReadAll(*ReaderOf(*log));
  ASSERT_EQ(records.size(), kOpening + 5);
  ExpectDense(records);
  EXPECT_EQ(records[3].bytes, "no record of ours");
  EXPECT_EQ(records[4].bytes, "");
  ExpectDense(ReadAll(*ReaderOf(*log, records[4].after)), 6);
}

TEST_F(KafkaLogTest, RecordsAreCompressed) {
  const auto log = Open();
  constexpr size_t kCount = 10'000;
  Append(*WriterOf(*log), std::vector<std::string>(kCount, std::string(300, 'x')));
  const uint64_t bytes = KafkaBroker::Shared().LogBytes(options_.topic);
  EXPECT_GT(bytes, kCount * sizeof(Salt));
  EXPECT_LT(bytes, kCount * 100);
}

TEST_F(KafkaLogTest, TheLargestRecordFits) {
  const auto log = Open();
  std::string largest(kMaxRecordBytes - 100, '\0');
  uint32_t noise = 1;
  for (char& byte : largest) byte = static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24);
  Append(*WriterOf(*log), {largest, largest});
  const auto records = ReadAll(*ReaderOf(*log));
  ASSERT_EQ(records.size(), kOpening + 2);
  EXPECT_EQ(DecodeLogRecord(records.back().bytes)->payload, largest);
}

TEST_F(KafkaLogTest, ATopicThatWouldLoseRecordsIsRefused) {
  const std::map<std::string, std::string> safe = {{"retention.ms", "-1"},
                                                   {"retention.bytes", "-1"},
                                                   {"cleanup.policy", "delete"},
                                                   {"unclean.leader.election.enable", "false"}};
  const std::map<std::string, std::string> unsafe = {{"retention.ms", "604800000"},
                                                     {"retention.bytes", "1000000"},
                                                     {"cleanup.policy", "compact"},
                                                     {"unclean.leader.election.enable", "true"},
                                                     {"max.message.bytes", "1000"}};
  for (const auto& [name, value] : unsafe) {
    KafkaLogOptions options = options_;
    options.topic = NewTopicName();
    auto settings = safe;
    settings[name] = value;
    CreateTopic(options, 1, settings);
    const absl::Status refused = OpenKafkaLog(options).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << name;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(name + ": found " + value));
  }
}

TEST_F(KafkaLogTest, ATopicOfAnotherShapeIsRefused) {
  CreateTopic(options_, 2, {{"retention.ms", "-1"}});
  absl::Status refused = OpenKafkaLog(options_).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("partitions: found 2, expected 1"));

  KafkaLogOptions options = options_;
  options.topic = NewTopicName();
  ASSERT_TRUE(OpenKafkaLog(options).ok());
  options.min_insync_replicas = 2;
  refused = OpenKafkaLog(options).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()),
              HasSubstr("min.insync.replicas: found 1, expected at least 2"));
  options.replication_factor = 2;
  EXPECT_THAT(std::string(OpenKafkaLog(options).status().message()),
              HasSubstr("replicas: found 1, expected at least 2"));
}

TEST_F(KafkaLogTest, ALogWithItsBeginningCutAwayIsRefused) {
  const auto log = Open();
  Append(*WriterOf(*log), {"a", "b"});
  const auto reader = ReaderOf(*log);
  const auto records = ReadAll(*reader);
  DeleteRecordsBefore(options_, 2);
  EXPECT_EQ(log->OpenReader({}).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(log->OpenReader(records.back().after).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(log->OpenWriter("writer", {}).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(reader->EndOffset().status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(KafkaLogTest, ATopicDeletedAndMadeAgainIsRefused) {
  LogPosition position;
  {
    const auto log = Open();
    Append(*WriterOf(*log), {"a", "b"});
    position = ReadAll(*ReaderOf(*log)).back().after;
  }
  DeleteTopic(options_);
  const auto log = Open();
  EXPECT_EQ(log->OpenReader(position).status().code(), absl::StatusCode::kFailedPrecondition);
  Append(*WriterOf(*log), {"a", "b", "c"});
  const absl::Status refused = log->OpenReader(position).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("record 4 at offset 4"));
}

TEST_F(KafkaLogTest, ARunningReaderNoticesThatTheTopicWasMadeAgain) {
  const auto log = Open();
  Append(*WriterOf(*log), {"a", "b"});
  const auto reader = ReaderOf(*log);
  ASSERT_EQ(ReadAll(*reader).size(), kOpening + 2);
  DeleteTopic(options_);
  const auto again = Open();
  absl::StatusOr<std::vector<ReadRecord>> records;
  const absl::Time deadline = absl::Now() + absl::Seconds(60);
  do {
    records = reader->Read(10, absl::Milliseconds(200));
    ASSERT_FALSE(records.ok() && !records->empty()) << "a record of another log";
  } while (!absl::IsDataLoss(records.status()) && absl::Now() < deadline);
  EXPECT_EQ(records.status().code(), absl::StatusCode::kDataLoss) << records.status();
}

TEST_F(KafkaLogTest, OptionsThatAreNoneAreRefused) {
  KafkaLogOptions options = options_;
  options.properties = {{"ssl.no.such.thing", "1"}};
  const absl::Status refused = OpenKafkaLog(options).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("ssl.no.such.thing"));
  options = options_;
  options.topic = "";
  EXPECT_EQ(OpenKafkaLog(options).status().code(), absl::StatusCode::kInvalidArgument);
  options = options_;
  options.timeout = absl::Minutes(3);
  EXPECT_EQ(OpenKafkaLog(options).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(KafkaLogTest, WithoutABrokerItSaysWhomItCannotReach) {
  KafkaLogOptions options = options_;
  options.brokers = "127.0.0.1:1";
  options.timeout = absl::Seconds(1);
  const absl::Status status = OpenKafkaLog(options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("kafka 127.0.0.1:1: "));
  EXPECT_THAT(std::string(status.message()), HasSubstr("Connection refused"));
}

}  // namespace
}  // namespace dossier
