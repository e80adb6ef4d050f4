// The programs, killed at random points while a client loads editions and appends events: nothing
// acknowledged is lost, nothing is doubled, and all is as if nothing had happened.
//
// Points are drawn from a seed, which is printed; DOSSIER_TEST_SEED in the environment gives one.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "services/wiring/open_log.h"
#include "storage/embedded_log.h"
#include "storage/log_record.h"
#include "tests/integration/kafka_fixture.h"
#include "tests/integration/programs_fixture.h"

namespace dossier {
namespace {

constexpr int kRuns = 20;
constexpr size_t kLoads = 6;
constexpr int kRows = 600;
constexpr int kKillsMax = 3;
constexpr int kMillisAfterStep = 80;   // a kill comes within so long after a step began
constexpr int kMillisOfCatchUp = 400;  // a projector is killed within so long after its start

using Payloads = std::vector<std::string>;  // of one unit

// What a log holds, less what each opening of a writer adds.
struct LogContent {
  std::vector<Payloads> units;
  std::vector<v1::LogEntry> entries;  // by sequence, from 1
};

LogContent ReadLog(EventLog& log) {
  LogContent content;
  content.entries.emplace_back();
  auto reader = log.OpenReader({});
  EXPECT_TRUE(reader.ok()) << reader.status();
  for (bool more = reader.ok(); more;) {
    const auto records = (*reader)->Read(10'000, absl::ZeroDuration());
    EXPECT_TRUE(records.ok()) << records.status();
    if (!records.ok()) break;
    more = !records->empty();
    for (const ReadRecord& read : *records) {
      const auto record = DecodeLogRecord(read.bytes);
      v1::LogEntry& entry = content.entries.emplace_back();
      if (!record.ok() || !entry.ParseFromString(record->payload)) {
        ADD_FAILURE() << "record " << read.after.sequence << " does not decode";
        continue;
      }
      if (entry.has_genesis() || entry.has_writer_opened()) continue;
      if (record->header.unit_index == 0) content.units.emplace_back();
      if (content.units.empty()) content.units.emplace_back();
      EXPECT_EQ(record->header.unit_index, content.units.back().size()) << read.after.sequence;
      content.units.back().push_back(record->payload);
    }
  }
  return content;
}

// The view that these units come to in a log of one writer, at one time.
Digests DigestsOfUnits(const std::vector<Payloads>& units) {
  const TempDir dir;
  const auto log = OpenEmbeddedLog(dir.path() + "/log");
  WriterOptions options;
  options.now = [] { return absl::FromUnixSeconds(1'800'000'000); };
  const auto writer = (*log)->OpenWriter("writer", options);
  for (const Payloads& unit : units) EXPECT_TRUE((*writer)->Append(unit).ok());
  return ProjectedDigests(**log, {});
}

// The work without a crash.
struct Undisturbed {
  std::vector<WorkStep> steps = NewWorkload(kLoads, kRows);
  std::vector<Payloads> units;
  Digests digests;

  Undisturbed() {
    IngestPath path;
    std::vector<Acknowledgement> done;
    for (const WorkStep& step : steps) RunStep(path, step, done);
    units = ReadLog(path.log()).units;
    digests = DigestsOfUnits(units);
    EXPECT_EQ(path.TakeDigests().knowledge, digests.knowledge);
  }
};

const Undisturbed& Expected() {
  static const Undisturbed& expected = *new Undisturbed;
  return expected;
}

class CrashTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* given = getenv("DOSSIER_TEST_SEED");
    if (given == nullptr || !absl::SimpleAtoi(given, &seed_)) seed_ = std::random_device()();
    std::cout << "DOSSIER_TEST_SEED=" << seed_ << std::endl;
    random_.seed(seed_);
  }

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  void SleepUpTo(int millis) { absl::SleepFor(absl::Milliseconds(Below(millis + 1))); }

  // The client's whole work, while `kill` is called at a random point of a random step, once to
  // kKillsMax times; and once more right after the last acknowledgement.
  void WorkWhileKilling(int port, const std::function<void()>& kill_and_restart) {
    std::atomic<size_t> step = 0;
    std::atomic<bool> ended = false;
    PatientClient client(port);
    std::jthread working([&] {
      for (; step < Expected().steps.size(); ++step) {
        if (!client.RunStep(Expected().steps[step], done_)) break;
      }
      ended = true;
    });
    for (int kills = Below(kKillsMax) + 1; kills > 0 && !ended; --kills) {
      const size_t target = step + Below(static_cast<int>(Expected().steps.size() - step) + 1);
      while (step < target && !ended) absl::SleepFor(absl::Milliseconds(1));
      SleepUpTo(kMillisAfterStep);
      kill_and_restart();
    }
    working.join();
    unanswered_ += client.unanswered();
  }

  // With all programs gone: the log, and each view that was kept of it.
  void ExpectUndisturbed(const std::string& log_name, const std::vector<std::string>& views,
                         const std::string& archive_dir) {
    LogOptions log_options;
    log_options.log = log_name;
    const auto log = OpenLog(log_options);
    ASSERT_TRUE(log.ok()) << log.status();
    const LogContent content = ReadLog(**log);
    ASSERT_EQ(done_.size(), Expected().steps.size());
    ExpectAcknowledged(content, archive_dir);
    ASSERT_EQ(content.units.size(), Expected().units.size());
    for (size_t i = 0; i < content.units.size(); ++i) {
      EXPECT_TRUE(content.units[i] == Expected().units[i]) << "unit " << i << " differs";
    }
    EXPECT_EQ(DigestsOfUnits(content.units).view, Expected().digests.view);
    const Digests rebuilt = ProjectedDigests(**log, {});
    EXPECT_EQ(rebuilt.knowledge, Expected().digests.knowledge);
    for (const std::string& dir : views) {
      SCOPED_TRACE(dir);
      const auto view = Views::Open(dir, {});
      ASSERT_TRUE(view.ok()) << view.status();
      const auto projector = Projector::Open(**log, **view);
      ASSERT_TRUE(projector.ok()) << projector.status();
      const absl::Status caught_up = (*projector)->CatchUp();
      ASSERT_TRUE(caught_up.ok()) << caught_up;
      EXPECT_EQ(DigestsOf(**view).view, rebuilt.view);
    }
  }

  // Each acknowledgement names the record that it stands for; editions are in the archive.
  void ExpectAcknowledged(const LogContent& content, const std::string& archive_dir) {
    const auto archive = Archive::Open(archive_dir);
    ASSERT_TRUE(archive.ok()) << archive.status();
    for (const Acknowledgement& done : done_) {
      if (!done.bytes_digest.empty()) {
        const absl::Status read =
            archive->Read(done.bytes_digest, [](std::string_view) { return absl::OkStatus(); });
        EXPECT_TRUE(read.ok()) << read;
      }
      if (done.sequence == 0) continue;
      ASSERT_LT(done.sequence, content.entries.size());
      const v1::LogEntry& entry = content.entries[done.sequence];
      EXPECT_EQ(entry.edition_loaded().edition_id(), done.edition_id);
      EXPECT_EQ(entry.event().id(), done.event_id);
    }
  }

  std::string Dir(const std::string& name) const { return dir_.path() + "/" + name; }

  TempDir dir_;
  uint32_t seed_ = 0;
  std::mt19937 random_;
  std::vector<Acknowledgement> done_;
  int unanswered_ = 0;
};

TEST_F(CrashTest, OfAllInOneOnTheEmbeddedLog) {
  for (int run = 0; run < kRuns / 2; ++run) {
    SCOPED_TRACE(absl::StrCat("seed ", seed_, ", run ", run));
    done_.clear();
    const std::string data = Dir(absl::StrCat("data-", run));
    const int port = FreePort();
    KillableProgram serve("dossier",
                          {"--data", data, "serve", "--listen", absl::StrCat("127.0.0.1:", port)},
                          Dir("serve.out"));
    serve.Start();
    WorkWhileKilling(port, [&] {
      serve.Kill();
      serve.Start();
    });
    serve.Kill();
    ExpectUndisturbed("embedded:" + data + "/log", {data + "/view"}, data + "/archive");
    if (HasFailure()) return;
  }
  EXPECT_GT(unanswered_, 0) << "no kill came between";
}

TEST_F(CrashTest, OfIngestThenOfTheProjectorOnTheEmbeddedLog) {
  for (int run = 0; run < kRuns / 2; ++run) {
    SCOPED_TRACE(absl::StrCat("seed ", seed_, ", run ", run));
    done_.clear();
    const std::string data = Dir(absl::StrCat("data-", run));
    const std::string log = "embedded:" + data + "/log";
    const int port = FreePort();
    std::filesystem::create_directories(data);
    KillableProgram ingest("dossier-ingest",
                           {"--listen", absl::StrCat("127.0.0.1:", port), "--log", log, "--view",
                            data + "/own", "--archive", data + "/archive"},
                           Dir("ingest.out"));
    ingest.Start();
    WorkWhileKilling(port, [&] {
      ingest.Kill();
      ingest.Start();
    });
    ingest.Kill();
    // The embedded log is one process's at a time.
    KillableProgram projector("dossier-projector",
                              {"--listen", "127.0.0.1:0", "--log", log, "--view", data + "/view"},
                              Dir("projector.out"));
    for (int kills = 0; kills < kKillsMax; ++kills) {
      projector.Start();
      SleepUpTo(kMillisOfCatchUp);
      projector.Kill();
    }
    ExpectUndisturbed(log, {data + "/own", data + "/view"}, data + "/archive");
    if (HasFailure()) return;
  }
  EXPECT_GT(unanswered_, 0) << "no kill came between";
}

TEST_F(CrashTest, OfIngestAndProjectorOnKafka) {
  for (int run = 0; run < kRuns; ++run) {
    SCOPED_TRACE(absl::StrCat("seed ", seed_, ", run ", run));
    done_.clear();
    const std::string data = Dir(absl::StrCat("data-", run));
    const std::string log =
        absl::StrCat("kafka:", KafkaBroker::Shared().address(), "/", NewTopicName());
    const int port = FreePort();
    std::filesystem::create_directories(data);
    KillableProgram ingest("dossier-ingest",
                           {"--listen", absl::StrCat("127.0.0.1:", port), "--log", log, "--view",
                            data + "/own", "--archive", data + "/archive"},
                           Dir("ingest.out"));
    KillableProgram projector("dossier-projector",
                              {"--listen", "127.0.0.1:0", "--log", log, "--view", data + "/view"},
                              Dir("projector.out"));
    ingest.Start();
    projector.Start();
    WorkWhileKilling(port, [&] {
      const int which = Below(3);
      for (KillableProgram* program : {&ingest, &projector}) {
        if (which == (program == &ingest ? 1 : 0)) continue;
        program->Kill();
        program->Start();
      }
    });
    ingest.Kill();
    projector.Kill();
    ExpectUndisturbed(log, {data + "/own", data + "/view"}, data + "/archive");
    if (HasFailure()) return;
  }
  EXPECT_GT(unanswered_, 0) << "no kill came between";
}

}  // namespace
}  // namespace dossier
