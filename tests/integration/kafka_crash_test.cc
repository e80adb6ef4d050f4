// Writers and brokers that die at the wrong moment.
#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/kafka_log.h"
#include "storage/kafka_producer.h"
#include "storage/log_record.h"
#include "tests/integration/child_process.h"
#include "tests/integration/kafka_fixture.h"

namespace dossier {
namespace {

constexpr uint64_t kOpening = 2;        // records that open an empty log
constexpr size_t kUnitSize = 10;        // of units that the child programs append
constexpr size_t kLargeUnit = 150'000;  // more than librdkafka's queue holds

class KafkaCrashTest : public testing::Test {
 protected:
  std::unique_ptr<EventLog> Open() {
    auto log = OpenKafkaLog(options_);
    EXPECT_TRUE(log.ok()) << log.status();
    return log.ok() ? *std::move(log) : nullptr;
  }

  static std::unique_ptr<LogWriter> WriterOf(EventLog& log) {
    auto writer = log.OpenWriter("parent", {});
    EXPECT_TRUE(writer.ok()) << writer.status();
    return writer.ok() ? *std::move(writer) : nullptr;
  }

  static std::vector<LogRecord> ReadAll(EventLog& log) {
    std::vector<LogRecord> all;
    auto reader = log.OpenReader({});
    EXPECT_TRUE(reader.ok()) << reader.status();
    while (reader.ok()) {
      auto records = (*reader)->Read(10'000, absl::ZeroDuration());
      EXPECT_TRUE(records.ok()) << records.status();
      if (!records.ok() || records->empty()) break;
      for (const ReadRecord& record : *records) {
        EXPECT_EQ(record.after.sequence, all.size() + 1);
        all.push_back(DecodeLogRecord(record.bytes).value_or(LogRecord{}));
      }
    }
    return all;
  }

  // Checks that every unit is whole; counts those that `author` appended, its opening not among
  // them.
  static size_t WholeUnits(const std::vector<LogRecord>& records, const std::string& author) {
    size_t units = 0;
    for (size_t first = 0; first < records.size();) {
      const RecordHeader& header = records[first].header;
      EXPECT_LE(first + header.unit_count, records.size()) << "a unit in part at the end";
      for (uint32_t i = 0; i < header.unit_count && first + i < records.size(); ++i) {
        EXPECT_EQ(records[first + i].header.unit_index, i) << "a unit in part at " << first;
        EXPECT_EQ(records[first + i].header.unit_count, header.unit_count);
      }
      if (header.author == author && header.unit_count == kUnitSize) ++units;
      first += std::max<uint32_t>(header.unit_count, 1);
    }
    return units;
  }

  // For a child program: where this test's log is.
  std::string BrokersSetting() const { return "DOSSIER_TEST_BROKERS=" + options_.brokers; }
  std::string TopicSetting() const { return "DOSSIER_TEST_TOPIC=" + options_.topic; }

  KafkaLogOptions options_;  // each test says of which broker
};

// Programs that the tests below start: they find their log in the environment.
class KafkaChild : public testing::Test {
 protected:
  void SetUp() override {
    const char* topic = getenv("DOSSIER_TEST_TOPIC");
    ASSERT_NE(topic, nullptr) << "DOSSIER_TEST_TOPIC is not set: only other tests run this one";
    options_ = OptionsFor(KafkaBroker::Shared(), topic);
  }

  KafkaLogOptions options_;
};

TEST_F(KafkaChild, DISABLED_AppendsUntilFenced) {
  auto log = OpenKafkaLog(options_);
  ASSERT_TRUE(log.ok()) << log.status();
  auto writer = (*log)->OpenWriter("child", {});
  ASSERT_TRUE(writer.ok()) << writer.status();
  const std::vector<std::string> unit(kUnitSize, "child");
  absl::Status status;
  while ((status = (*writer)->Append(unit).status()).ok()) ChildProcess::Report();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ((*writer)->Append(unit).status().code(), absl::StatusCode::kAborted);
}

TEST_F(KafkaChild, DISABLED_StopsInTheMiddleOfAUnit) {
  auto producer = KafkaProducer::Open(options_);
  ASSERT_TRUE(producer.ok()) << producer.status();
  ASSERT_TRUE((*producer)->Begin().ok());
  for (size_t i = 0; i < kLargeUnit; ++i) (*producer)->Add("never committed");
  ChildProcess::Report();
  pause();
}

TEST_F(KafkaCrashTest, AWriterKilledInTheMiddleOfAUnitLeavesNothing) {
  options_ = OptionsFor(KafkaBroker::Shared(), NewTopicName());
  const auto log = Open();
  ASSERT_TRUE(WriterOf(*log)->Append(std::vector<std::string>{"before"}).ok());
  ChildProcess child("KafkaChild.DISABLED_StopsInTheMiddleOfAUnit", BrokersSetting(),
                     TopicSetting());
  ASSERT_TRUE(child.WaitForReports(1)) << "the child ended early";
  child.Kill();
  EXPECT_EQ(ReadAll(*log).size(), kOpening + 1);
  ASSERT_TRUE(WriterOf(*log)->Append(std::vector<std::string>{"after"}).ok());
  const auto records = ReadAll(*log);
  ASSERT_EQ(records.size(), kOpening + 3);
  EXPECT_EQ(records[kOpening].payload, "before");
  EXPECT_EQ(records.back().payload, "after");
}

TEST_F(KafkaCrashTest, AKilledWriterLosesNothingAcknowledged) {
  options_ = OptionsFor(KafkaBroker::Shared(), NewTopicName());
  const auto log = Open();
  ChildProcess child("KafkaChild.DISABLED_AppendsUntilFenced", BrokersSetting(), TopicSetting());
  ASSERT_TRUE(child.WaitForReports(20)) << "the child ended early";
  child.Kill();
  const size_t acknowledged = child.AllReports();
  WriterOf(*log);
  const size_t units = WholeUnits(ReadAll(*log), "child");
  EXPECT_GE(units, acknowledged);
  EXPECT_LE(units, acknowledged + 1);
}

TEST_F(KafkaCrashTest, AWriterOfAnotherProcessIsFenced) {
  options_ = OptionsFor(KafkaBroker::Shared(), NewTopicName());
  const auto log = Open();
  ChildProcess child("KafkaChild.DISABLED_AppendsUntilFenced", BrokersSetting(), TopicSetting());
  ASSERT_TRUE(child.WaitForReports(5)) << "the child ended early";
  const auto writer = WriterOf(*log);
  EXPECT_EQ(child.Wait(), 0) << "the child was not told that it was fenced";
  ASSERT_TRUE(writer->Append(std::vector<std::string>{"mine"}).ok());
  const auto records = ReadAll(*log);
  EXPECT_EQ(WholeUnits(records, "child"), child.AllReports());
  const auto first_of_parent =
      std::find_if(records.begin(), records.end(),
                   [](const LogRecord& record) { return record.header.author == "parent"; });
  EXPECT_EQ(records.end() - first_of_parent, 2) << "the child wrote after it was fenced";
}

TEST_F(KafkaCrashTest, ACrashOfTheBrokerLosesNothingAcknowledged) {
  KafkaBroker broker;
  options_ = OptionsFor(broker, NewTopicName());
  options_.timeout = absl::Seconds(90);  // a broker takes a while to start on a busy machine
  const auto log = Open();
  auto reader = log->OpenReader({});
  ASSERT_TRUE(reader.ok()) << reader.status();
  size_t acknowledged = 0;
  for (int crash = 0; crash < 3; ++crash) {
    std::jthread crasher([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      broker.Kill();
      broker.Start();
    });
    const auto writer = WriterOf(*log);
    ASSERT_NE(writer, nullptr);
    const std::vector<std::string> unit(kUnitSize, "parent");
    const absl::Time end = absl::Now() + absl::Seconds(3);
    while (absl::Now() < end && writer->Append(unit).ok()) ++acknowledged;
  }
  EXPECT_GT(acknowledged, 0u);
  // A unit whose acknowledgement was lost may be in, at most one for each crash.
  const auto records = ReadAll(*log);
  const size_t units = WholeUnits(records, "parent");
  EXPECT_GE(units, acknowledged);
  EXPECT_LE(units, acknowledged + 3);
  // A reader that was there all the time sees the same.
  size_t seen = 0;
  for (;;) {
    auto more = (*reader)->Read(10'000, absl::ZeroDuration());
    ASSERT_TRUE(more.ok()) << more.status();
    if (more->empty()) break;
    seen += more->size();
    EXPECT_EQ(more->back().after.sequence, seen);
  }
  EXPECT_EQ(seen, records.size());
}

TEST_F(KafkaCrashTest, WhileTheBrokerIsAwayCallsSaySo) {
  KafkaBroker broker;
  options_ = OptionsFor(broker, NewTopicName());
  options_.timeout = absl::Seconds(2);
  const auto log = Open();
  const auto writer = WriterOf(*log);
  const std::vector<std::string> unit = {"a"};
  ASSERT_TRUE(writer->Append(unit).ok());
  auto reader = log->OpenReader({});
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ((*reader)->Read(10, absl::Seconds(10)).value().size(), kOpening + 1);
  broker.Kill();
  EXPECT_EQ(writer->Append(unit).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ((*reader)->Read(10, absl::ZeroDuration()).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ((*reader)->EndOffset().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(log->OpenWriter("parent", {}).status().code(), absl::StatusCode::kUnavailable);
  broker.Start();
  EXPECT_EQ(writer->Append(unit).status().code(), absl::StatusCode::kUnavailable)
      << "what is in the log is not known to this writer: it must not go on";
  options_.timeout = absl::Seconds(20);
  ASSERT_TRUE(WriterOf(*Open())->Append(unit).ok());
  auto records = (*reader)->Read(10, absl::Seconds(10));
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_FALSE(records->empty());
}

}  // namespace
}  // namespace dossier
