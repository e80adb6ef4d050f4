// Views while a primary in another process writes at full speed and is killed at random: every
// state that anybody reads is one that was written, whole.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "storage/view_keys.h"
#include "storage/views.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

constexpr int kRewritten = 20;          // rows that every write sets to its number
constexpr uint64_t kKept = 500;         // a row a write, deleted this many writes later
constexpr uint64_t kSwitchEvery = 100;  // at most so many writes of one way in a row

std::string RewrittenKey(int i) { return absl::StrCat(i % 2 == 0 ? "f" : "z", i); }
std::string OwnKey(uint64_t write) { return absl::StrFormat("u%010d", write); }

absl::Status WriteOne(Views& views, uint64_t write, bool bulk, std::mt19937_64& random) {
  auto batch = views.NewBatch();
  for (int i = 0; i < kRewritten; ++i) batch->Put(RewrittenKey(i), absl::StrCat(write));
  batch->Put(OwnKey(write), std::string(random() % 3000, 'x'));
  if (write > kKept) batch->Delete(OwnKey(write - kKept));
  // Something to compact.
  for (int i = 0; bulk && i < 200; ++i) {
    batch->Put(absl::StrCat("g", random() % 20000), std::string(random() % 500, 'y'));
  }
  LogPosition position;
  position.sequence = write;
  return bulk ? views.IngestSorted(std::move(batch), position)
              : views.Commit(std::move(batch), position);
}

// The program that the test below starts and kills.
TEST(ViewsLoadTest, DISABLED_WritesUntilKilled) {
  const char* dir = getenv("DOSSIER_TEST_DIR");
  ASSERT_NE(dir, nullptr) << "DOSSIER_TEST_DIR is not set: only the test below runs this one";
  auto views = Views::Open(dir, {});
  ASSERT_TRUE(views.ok()) << views.status();
  std::mt19937_64 random(getpid());
  uint64_t left = 0;
  bool bulk = false;
  for (uint64_t write = (*views)->position().sequence + 1;; ++write) {
    if (left == 0) {
      left = 1 + random() % kSwitchEvery;
      bulk = random() % 4 == 0;
    }
    --left;
    const absl::Status written = WriteOne(**views, write, bulk, random);
    ASSERT_TRUE(written.ok()) << written;
  }
}

pid_t StartPrimary() {
  const pid_t child = fork();
  if (child == 0) {
    execl("/proc/self/exe", "storage_test", "--gtest_also_run_disabled_tests",
          "--gtest_filter=ViewsLoadTest.DISABLED_WritesUntilKilled", nullptr);
    _exit(1);
  }
  return child;
}

void Kill(pid_t child) {
  kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the primary ended by itself";
}

// Checks that all rows are of one write, and returns its number.
uint64_t ExpectOneState(RowCursor& rows) {
  auto position = PositionOf(rows);
  EXPECT_TRUE(position.ok()) << position.status();
  const uint64_t write = position.ok() ? position->sequence : 0;
  if (write == 0) return 0;
  for (int i = 0; i < kRewritten; ++i) {
    EXPECT_EQ(rows.Find(RewrittenKey(i)), absl::StrCat(write)) << RewrittenKey(i);
  }
  uint64_t own = write > kKept ? write - kKept + 1 : 1;
  for (rows.Seek("u"); rows.Valid() && rows.key()[0] == 'u'; rows.Next(), ++own) {
    EXPECT_EQ(rows.key(), OwnKey(own)) << "in the state of write " << write;
    if (rows.key() != OwnKey(own)) break;
  }
  EXPECT_EQ(own, write + 1);
  EXPECT_TRUE(rows.status().ok()) << rows.status();
  return write;
}

TEST(ViewsLoadTest, EveryStateReadIsOneThatWasWritten) {
  constexpr int kKills = 4;
  constexpr absl::Duration kBetweenKills = absl::Seconds(1);
  TempDir dir, secondary_dir;
  setenv("DOSSIER_TEST_DIR", dir.path().c_str(), 1);
  { ASSERT_TRUE(Views::Open(dir.path(), {}).ok()); }
  auto secondary =
      Views::Open(dir.path(), {.secondary = true, .secondary_dir = secondary_dir.path()});
  ASSERT_TRUE(secondary.ok()) << secondary.status();
  std::jthread reader([&](std::stop_token stop) {
    uint64_t last = 0;
    while (!stop.stop_requested() && !testing::Test::HasFailure()) {
      auto rows = (*secondary)->Read();
      const uint64_t write = ExpectOneState(*rows);
      EXPECT_GE(write, last);
      last = write;
      absl::SleepFor(absl::Milliseconds(1));
      EXPECT_EQ(ExpectOneState(*rows), write) << "a cursor moved on by itself";
    }
  });
  for (int kills = 0; kills < kKills; ++kills) {
    const uint64_t begin = (*secondary)->position().sequence;
    const pid_t primary = StartPrimary();
    const absl::Time kill_time = absl::Now() + kBetweenKills;
    while (absl::Now() < kill_time) {
      const absl::Status caught_up = (*secondary)->CatchUp();
      ASSERT_TRUE(caught_up.ok()) << caught_up;
      absl::SleepFor(absl::Milliseconds(2));
    }
    Kill(primary);
    EXPECT_GT((*secondary)->position().sequence, begin);
    auto views = Views::Open(dir.path(), {});
    ASSERT_TRUE(views.ok()) << views.status();
    const uint64_t write = ExpectOneState(*(*views)->Read());
    EXPECT_EQ(write, (*views)->position().sequence);
    EXPECT_GE(write, (*secondary)->position().sequence);
  }
}

}  // namespace
}  // namespace dossier
