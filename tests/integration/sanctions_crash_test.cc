// Published lists loaded by the program, which is killed at random points and started again: what
// is known in the end is what is known of them undisturbed.
//
// Points are drawn from a seed, which is printed; DOSSIER_TEST_SEED in the environment gives one.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "storage/views.h"
#include "tests/integration/lists_fixture.h"
#include "tests/integration/programs_fixture.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

constexpr int kKills = 3;  // of each load
constexpr int kMillisOfLoad = 700;

// Out of order, so that later editions are restated and ended too.
constexpr const char* kNames[] = {
    "us_ofac_sdn_2021-07-07.csv",        "us_ofac_add_2021-07-07.csv",
    "un_sc_consolidated_2018-10-29.xml", "us_ofac_sdn_2021-04-25.csv",
    "us_ofac_add_2021-04-25.csv",        "un_sc_consolidated_2018-08-24.xml"};

class SanctionsCrashTest : public ListsTest {
 protected:
  void SetUp() override {
    ListsTest::SetUp();
    const char* given = getenv("DOSSIER_TEST_SEED");
    if (given == nullptr || !absl::SimpleAtoi(given, &seed_)) seed_ = std::random_device()();
    std::cout << "DOSSIER_TEST_SEED=" << seed_ << std::endl;
  }

  uint32_t seed_ = 0;
};

TEST_F(SanctionsCrashTest, LoadsThatAreKilledAndRunAgainComeToTheSame) {
  IngestPath undisturbed;
  for (const char* name : kNames) Load(undisturbed, name);
  const Digests expected = undisturbed.TakeDigests();

  std::mt19937 random(seed_);
  const TempDir dir;
  const std::string data = dir.path() + "/data";
  for (const char* name : kNames) {
    const std::string file = PathOf(name);
    for (int kill = 0; kill < kKills; ++kill) {
      KillableProgram load("dossier", {"--data", data, "load", file}, dir.path() + "/load.out");
      load.Start();
      absl::SleepFor(absl::Milliseconds(random() % kMillisOfLoad));
      load.KillUnlessDone();
    }
    const std::string whole = absl::StrCat(DOSSIER_PROGRAMS_DIR, "/dossier --data ", data, " load ",
                                           file, " > ", dir.path(), "/load.out 2>&1");
    ASSERT_EQ(std::system(whole.c_str()), 0) << name;
  }

  const auto log = OpenEmbeddedLog(data + "/log");
  ASSERT_TRUE(log.ok()) << log.status();
  const Digests rebuilt = ProjectedDigests(**log, {});
  EXPECT_EQ(rebuilt.knowledge, expected.knowledge);
  const auto view = Views::Open(data + "/view", {});
  ASSERT_TRUE(view.ok()) << view.status();
  const auto projector = Projector::Open(**log, **view);
  ASSERT_TRUE(projector.ok()) << projector.status();
  ASSERT_TRUE((*projector)->CatchUp().ok());
  EXPECT_EQ(DigestsOf(**view).view, rebuilt.view);
}

}  // namespace
}  // namespace dossier
