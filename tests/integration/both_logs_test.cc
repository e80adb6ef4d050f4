// The same loads through Kafka and through the embedded log come to the same view.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/kafka_log.h"
#include "tests/integration/kafka_fixture.h"
#include "tests/integration/registers_fixture.h"
#include "tests/integration/workload_fixture.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {
namespace {

constexpr size_t kLoads = 6;

ProjectorOptions EventByEvent() {
  ProjectorOptions options;
  options.bulk_records_min = SIZE_MAX;
  return options;
}

// Sorted files, many of them.
ProjectorOptions InBulk() {
  ProjectorOptions options;
  options.bulk_records_min = 0;
  options.bulk_bytes = 64 << 10;
  return options;
}

// A clock that both logs are given: a second a call of Tick.
class GivenClock {
 public:
  std::function<absl::Time()> AsFunction() {
    return [this] { return now_; };
  }
  void Tick() { now_ += absl::Seconds(1); }

 private:
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

void ExpectSameHoweverItIsProjected(IngestPath& path, const Digests& expected) {
  for (const ProjectorOptions& options : {EventByEvent(), InBulk(), ProjectorOptions{}}) {
    const Digests digests = path.RebuiltDigests(options);
    EXPECT_EQ(digests.view, expected.view);
    EXPECT_EQ(digests.rows, expected.rows);
    EXPECT_EQ(digests.knowledge, expected.knowledge);
  }
}

std::unique_ptr<EventLog> NewKafkaLog() {
  auto log = OpenKafkaLog(OptionsFor(KafkaBroker::Shared(), NewTopicName()));
  EXPECT_TRUE(log.ok()) << log.status();
  return log.ok() ? *std::move(log) : nullptr;
}

TEST(BothLogs, GiveOneViewForTheSameSteps) {
  const auto kafka_log = NewKafkaLog();
  ASSERT_NE(kafka_log, nullptr);
  std::vector<Digests> digests;
  for (EventLog* log : {static_cast<EventLog*>(nullptr), kafka_log.get()}) {
    GivenClock clock;
    IngestPath path({.log = log, .now = clock.AsFunction()});
    std::vector<Acknowledgement> done;
    for (const WorkStep& step : NewWorkload(kLoads, 40)) {
      RunStep(path, step, done);
      clock.Tick();
    }
    digests.push_back(path.TakeDigests());
    ExpectSameHoweverItIsProjected(path, digests.back());
  }
  EXPECT_EQ(digests[0].view, digests[1].view);
  EXPECT_EQ(digests[0].rows, digests[1].rows);
  EXPECT_EQ(digests[0].knowledge, digests[1].knowledge);
}

TEST(BothLogs, TellDifferentClocksApart) {
  std::vector<std::string> views;
  for (int ticks : {0, 1}) {
    GivenClock clock;
    for (int i = 0; i < ticks; ++i) clock.Tick();
    IngestPath path({.now = clock.AsFunction()});
    std::vector<Acknowledgement> done;
    RunStep(path, NewWorkload(1, 30).front(), done);
    views.push_back(path.TakeDigests().view);
  }
  EXPECT_NE(views[0], views[1]);
}

class BothLogsRegisters : public RegistersTest {};

TEST_F(BothLogsRegisters, GiveOneViewForThePublishedFiles) {
  const auto kafka_log = NewKafkaLog();
  ASSERT_NE(kafka_log, nullptr);
  std::vector<Digests> digests;
  for (EventLog* log : {static_cast<EventLog*>(nullptr), kafka_log.get()}) {
    GivenClock clock;
    IngestPath path({.log = log, .now = clock.AsFunction()});
    for (const char* name : {"1990-2023_2024-04-13", "2000-2001_2025-02-10",
                             "ukraine_2000-2024_2025-02-17", "1950-1989_2024-04-16"}) {
      Load(path, name);
      clock.Tick();
    }
    digests.push_back(path.TakeDigests());
    EXPECT_EQ(path.RebuiltDigests({}).view, digests.back().view);
  }
  EXPECT_EQ(digests[0].view, digests[1].view);
  EXPECT_EQ(digests[0].knowledge, digests[1].knowledge);
}

}  // namespace
}  // namespace dossier
