// The same loads through Kafka and through the embedded log come to the same view.
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/kafka_log.h"
#include "tests/integration/kafka_fixture.h"
#include "tests/integration/registers_fixture.h"
#include "tests/integration/workload_fixture.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_register_fixture.h"

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

// The samples that the demo loads, and editions that contradict each other; one is taken back.
TEST(BothLogs, GiveOneViewForRegistersOfDealsWithoutNumbers) {
  const auto kafka_log = NewKafkaLog();
  ASSERT_NE(kafka_log, nullptr);
  std::vector<std::pair<std::string, v1::LoadOptions>> editions;
  for (const ToyRegister& edition : ToyRegisters(6, 60)) {
    editions.emplace_back(edition.Text(), edition.Options());
  }
  for (const char* name :
       {"register-2025-03-13.csv", "register-2024-03-18.csv", "register-2025-10-23.csv"}) {
    std::ifstream file(absl::StrCat(DOSSIER_SOURCE_DIR, "/deploy/samples/", name));
    std::stringstream bytes;
    bytes << file.rdbuf();
    editions.emplace_back(bytes.str(), v1::LoadOptions());
    editions.back().second.set_file_name(name);
    editions.back().second.set_accept_ending(true);
  }
  std::vector<Digests> digests;
  for (EventLog* log : {static_cast<EventLog*>(nullptr), kafka_log.get()}) {
    GivenClock clock;
    IngestPath path({.log = log, .now = clock.AsFunction()});
    v1::EditionLoaded first;
    for (const auto& [bytes, options] : editions) {
      const auto report = path.Load(bytes, options);
      ASSERT_TRUE(report.ok()) << options.file_name() << ": " << report.status();
      EXPECT_EQ(report->edition().source(), kToyRegisterSource);
      if (first.edition_id().empty()) first = report->edition();
      clock.Tick();
    }
    ASSERT_TRUE(path.Retract(first).ok());
    digests.push_back(path.TakeDigests());
    ExpectSameHoweverItIsProjected(path, digests.back());
  }
  EXPECT_GT(digests[0].records, 60u);
  EXPECT_EQ(digests[0].view, digests[1].view);
  EXPECT_EQ(digests[0].rows, digests[1].rows);
  EXPECT_EQ(digests[0].knowledge, digests[1].knowledge);
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
