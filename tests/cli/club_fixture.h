// The story of deploy/samples/club.txtpb in a system of its own, which every test asks; and answers
// in a few words each, to compare.
//
//   EXPECT_THAT(Dealings(Between("CHN", "PRK", On("2024-11-01"))), ElementsAre("CHN SILENCE PRK"));
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "services/cli/local_system.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {

inline constexpr char kStory[] = DOSSIER_SOURCE_DIR "/deploy/samples/club.txtpb";

// A cut as text proto: what held on a day, by what is known now; or all that was known on a day.
std::string On(const std::string& day);
std::string KnownBy(const std::string& day);

// "PRK SIGNED" of each party.
std::vector<std::string> Standings(const v1::TreatyEntry& entry);
// "treaty:NAME SIGNED" of each treaty that both have signed, or more.
std::vector<std::string> Treaties(const v1::SourceTie& tie);
// How many such treaties.
uint64_t SignedAtLeast(const v1::TieCounts& counts);
// "CHN SILENCE PRK" of each dealing that is going on.
std::vector<std::string> Dealings(const v1::SourceTie& tie);
// "IRN on CHN: oil bought" of each indicator whose period the day lies in.
std::vector<std::string> Indicators(const v1::SourceTie& tie);
// "USA on IRN", "CHN on PRK via UN" of each sanction in force.
std::vector<std::string> Sanctions(const v1::SourceTie& tie);

class ClubFixture : public testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  void SetUp() override { ASSERT_EQ(appended_.status, 0) << appended_.err; }

  // A folder of the suite's own.
  static const std::string& Root() { return root_; }

  static v1::Tie TieOf(const std::string& a, const std::string& b, const std::string& cut);
  // What the analyst says of two; empty where he says nothing.
  static v1::SourceTie Between(const std::string& a, const std::string& b, const std::string& cut);
  // The same in counts, of a pair of the four: "CHN-RUS", in the order of China, Russia, Iran and
  // North Korea.
  static v1::TieCounts Counts(const std::string& pair, const std::string& cut);
  // Organisations that both belong to.
  static std::vector<std::string> Shared(const std::string& a, const std::string& b,
                                         const std::string& cut);
  static v1::TreatyEntry TreatyOf(const std::string& id, const std::string& cut);
  // Of those in force.
  static std::vector<std::string> ReasonsOfSanctionsOn(const std::string& actor,
                                                       const std::string& cut);
  // "RUS-PRK DEPLOYMENT 2024-10" of each change among the four from one day to another.
  static std::set<std::string> Changes(const std::string& from, const std::string& to);

 private:
  static inline std::string root_;
  static inline Ran appended_;
  static inline std::unique_ptr<LocalSystem> system_;
  static inline std::unique_ptr<v1::TiesService::Stub> ties_;
  static inline std::unique_ptr<v1::SanctionsService::Stub> sanctions_;
};

}  // namespace dossier
