#include "tests/integration/killed_loads_fixture.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "storage/views.h"
#include "tests/integration/programs_fixture.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {
namespace {

constexpr int kKills = 3;
constexpr int kMillisOfLoad = 700;

}  // namespace

KilledLoads::KilledLoads() {
  uint32_t seed = 0;
  const char* given = getenv("DOSSIER_TEST_SEED");
  if (given == nullptr || !absl::SimpleAtoi(given, &seed)) seed = std::random_device()();
  std::cout << "DOSSIER_TEST_SEED=" << seed << std::endl;
  random_.seed(seed);
}

void KilledLoads::Load(const std::string& file, const std::vector<std::string>& flags) {
  std::vector<std::string> arguments = {"--data", data_, "load"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.push_back(file);
  const std::string output = dir_.path() + "/load.out";
  for (int kill = 0; kill < kKills; ++kill) {
    KillableProgram load("dossier", arguments, output);
    load.Start();
    absl::SleepFor(absl::Milliseconds(random_() % kMillisOfLoad));
    load.KillUnlessDone();
  }
  const std::string whole = absl::StrCat(DOSSIER_PROGRAMS_DIR, "/dossier ",
                                         absl::StrJoin(arguments, " "), " > ", output, " 2>&1");
  ASSERT_EQ(std::system(whole.c_str()), 0) << file;
}

void KilledLoads::ExpectKnowledge(const std::string& knowledge) const {
  const auto log = OpenEmbeddedLog(data_ + "/log");
  ASSERT_TRUE(log.ok()) << log.status();
  const Digests rebuilt = ProjectedDigests(**log, {});
  EXPECT_EQ(rebuilt.knowledge, knowledge);
  const auto view = Views::Open(data_ + "/view", {});
  ASSERT_TRUE(view.ok()) << view.status();
  const auto projector = Projector::Open(**log, **view);
  ASSERT_TRUE(projector.ok()) << projector.status();
  ASSERT_TRUE((*projector)->CatchUp().ok());
  EXPECT_EQ(DigestsOf(**view).view, rebuilt.view);
}

}  // namespace dossier
