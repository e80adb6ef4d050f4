#include "storage/embedded_log.h"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "gtest/gtest.h"
#include "tests/storage/event_log_suite.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

class EmbeddedSite : public LogSite {
 public:
  EmbeddedSite() { Reopen(); }

  EventLog& log() override { return *log_; }
  void Reopen() override {
    log_.reset();
    auto log = OpenEmbeddedLog(dir_.path() + "/log");
    EXPECT_TRUE(log.ok()) << log.status();
    if (log.ok()) log_ = *std::move(log);
  }

 private:
  TempDir dir_;
  std::unique_ptr<EventLog> log_;
};

INSTANTIATE_TEST_SUITE_P(Embedded, EventLogSuite,
                         testing::Values([] { return std::make_unique<EmbeddedSite>(); }),
                         [](const auto&) { return std::string("Log"); });

TEST(EmbeddedLogTest, ASecondHolderOfTheFolderIsRefused) {
  TempDir dir;
  auto held = OpenEmbeddedLog(dir.path());
  ASSERT_TRUE(held.ok()) << held.status();
  const absl::Status refused = OpenEmbeddedLog(dir.path()).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(refused.message()), testing::HasSubstr(dir.path()));
}

// The program that the test below starts and kills: appends for ever, one byte out for each unit.
TEST(EmbeddedLogTest, DISABLED_AppendsUntilKilled) {
  const char* dir = getenv("DOSSIER_TEST_DIR");
  ASSERT_NE(dir, nullptr) << "DOSSIER_TEST_DIR is not set: only the test below runs this one";
  auto log = OpenEmbeddedLog(dir);
  ASSERT_TRUE(log.ok()) << log.status();
  auto writer = (*log)->OpenWriter("child", {});
  ASSERT_TRUE(writer.ok()) << writer.status();
  const std::vector<std::string> unit(10, "payload");
  while (true) {
    ASSERT_TRUE((*writer)->Append(unit).ok());
    ASSERT_EQ(write(3, "u", 1), 1);
  }
}

TEST(EmbeddedLogTest, AcknowledgedUnitsSurviveAKill) {
  TempDir dir;
  int acknowledged[2];
  ASSERT_EQ(pipe(acknowledged), 0);
  setenv("DOSSIER_TEST_DIR", dir.path().c_str(), 1);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    dup2(acknowledged[1], 3);
    execl("/proc/self/exe", "storage_test", "--gtest_also_run_disabled_tests",
          "--gtest_filter=EmbeddedLogTest.DISABLED_AppendsUntilKilled", nullptr);
    _exit(1);
  }
  close(acknowledged[1]);
  char unit;
  size_t units = 0;
  while (units < 200 && read(acknowledged[0], &unit, 1) == 1) ++units;
  ASSERT_EQ(units, 200u) << "the child ended early";
  kill(child, SIGKILL);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  while (read(acknowledged[0], &unit, 1) == 1) ++units;
  close(acknowledged[0]);
  auto log = OpenEmbeddedLog(dir.path());
  ASSERT_TRUE(log.ok()) << log.status();
  auto reader = (*log)->OpenReader({});
  ASSERT_TRUE(reader.ok());
  auto end = (*reader)->EndOffset();
  ASSERT_TRUE(end.ok());
  EXPECT_GE(*end, 2 + 10 * units);
  EXPECT_EQ((*end - 2) % 10, 0u) << "a unit in part";
}

TEST(EmbeddedLogTest, BytesThatAreNoRecordAreDataLoss) {
  TempDir dir;
  {
    std::ofstream current(dir.path() + "/CURRENT");
    current << "MANIFEST-000001\n";
    std::ofstream manifest(dir.path() + "/MANIFEST-000001");
    manifest << std::string(100, 'x');
  }
  EXPECT_EQ(OpenEmbeddedLog(dir.path()).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace dossier
