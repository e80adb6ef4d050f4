// The story of the four as deploy/samples/club.txtpb tells it: each sentence is a question, asked
// at a day before it and at a day after it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "tests/cli/club_fixture.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr char kPact[] = "treaty:prk-rus-2024";
constexpr char kPartnership[] = "treaty:chn-irn-2021";

class Club : public ClubFixture {};

TEST_F(Club, AppendedTwiceItSaysNothingNew) {
  const std::string dir = Root() + "/twice";
  const Ran once = RunDossier({"--data", dir, "append", "--analyst", "club", kStory});
  ASSERT_EQ(once.status, 0) << once.err;
  const Ran twice = RunDossier({"--data", dir, "--csv", "append", "--analyst", "club", kStory});
  EXPECT_EQ(twice.status, 0) << twice.err;
  EXPECT_THAT(twice.out, HasSubstr(",repeated,"));
  EXPECT_THAT(twice.out, Not(HasSubstr(",stored,")));
}

TEST_F(Club, ChinaRussiaIranAndNorthKoreaAreAClubWithUnevenTies) {
  for (const char* pair : {"CHN-RUS", "CHN-IRN", "CHN-PRK", "RUS-IRN", "RUS-PRK", "IRN-PRK"}) {
    const v1::TieCounts before = Counts(pair, On("2019-01-01"));
    EXPECT_EQ(SignedAtLeast(before), 0) << pair;
    EXPECT_EQ(before.a_to_b().records() + before.b_to_a().records(), 0) << pair;
    EXPECT_EQ(before.deployments_a_to_b() + before.deployments_b_to_a(), 0) << pair;
    EXPECT_EQ(before.indicators() + before.dealings(), 0) << pair;
  }
  const std::string after = On("2024-11-01");
  EXPECT_EQ(SignedAtLeast(Counts("CHN-IRN", after)), 1);
  EXPECT_EQ(SignedAtLeast(Counts("RUS-PRK", after)), 1);
  EXPECT_EQ(Counts("RUS-PRK", after).deployments_b_to_a(), 1);
  EXPECT_EQ(Counts("RUS-PRK", after).b_to_a().records(), 1);
  EXPECT_EQ(Counts("RUS-IRN", after).b_to_a().records(), 2);
  EXPECT_EQ(Counts("RUS-IRN", after).open_orders_a_to_b(), 1);
  EXPECT_EQ(Counts("RUS-IRN", after).dealings(), 3);
  for (const char* pair : {"CHN-RUS", "CHN-PRK", "IRN-PRK"}) {
    EXPECT_EQ(SignedAtLeast(Counts(pair, after)), 0) << pair;
    EXPECT_EQ(Counts(pair, after).a_to_b().records(), 0) << pair;
  }
}

TEST_F(Club, InJune2024RussiaAndNorthKoreaSignedATreatyPromisingMutualAssistanceIfAttacked) {
  EXPECT_THAT(Standings(TreatyOf(kPact, On("2024-05-01"))),
              Not(Contains(EndsWith("SIGNED"))));
  const v1::TreatyEntry after = TreatyOf(kPact, On("2024-07-01"));
  EXPECT_THAT(Standings(after), UnorderedElementsAre("PRK SIGNED", "RUS SIGNED"));
  EXPECT_THAT(after.treaty().obligation(), Contains(v1::OBLIGATION_DEFENSE));
  EXPECT_EQ(PrintDate(after.treaty().signed_date()), "2024-06");
  EXPECT_THAT(Treaties(Between("RUS", "PRK", On("2024-05-01"))), IsEmpty());
  EXPECT_THAT(Treaties(Between("RUS", "PRK", On("2024-11-01"))),
              ElementsAre("treaty:prk-rus-2024 SIGNED"));
  EXPECT_THAT(Between("RUS", "PRK", KnownBy("2024-06-19")).treaty(), IsEmpty());
  EXPECT_THAT(Between("RUS", "PRK", KnownBy("2024-06-20")).treaty(), SizeIs(1));
}

TEST_F(Club, InOctober2024PyongyangSentTroopsToRussia) {
  EXPECT_THAT(Between("PRK", "RUS", On("2024-09-30")).deployment(), IsEmpty());
  const v1::SourceTie after = Between("PRK", "RUS", On("2024-11-01"));
  ASSERT_THAT(after.deployment(), SizeIs(1));
  const v1::Deployment& deployment = after.deployment(0).deployment();
  EXPECT_EQ(after.deployment(0).in_force(), v1::IN_FORCE_YES);
  EXPECT_EQ(deployment.sender().id(), "state:PRK");
  EXPECT_EQ(deployment.supported().id(), "state:RUS");
  EXPECT_EQ(deployment.location().id(), "state:RUS");
  EXPECT_EQ(PrintDate(deployment.from_date()), "2024-10") << "the day is not told";
  EXPECT_FALSE(deployment.has_personnel()) << "nor is a number";
  EXPECT_THAT(Between("PRK", "RUS", KnownBy("2024-10-24")).deployment(), IsEmpty());
}

TEST_F(Club, AfterMonthsOfSupplyingWeaponsAndAmmunition) {
  EXPECT_EQ(Between("PRK", "RUS", On("2022-12-31")).a_to_b().summary().total().records(), 0);
  const v1::SourceTie after = Between("PRK", "RUS", On("2024-09-30"));
  EXPECT_EQ(after.a_to_b().summary().total().records(), 1);
  EXPECT_EQ(after.a_to_b().summary().total().units(), 0) << "no number is told";
  EXPECT_THAT(after.a_to_b().open_order(), IsEmpty());
  EXPECT_EQ(after.b_to_a().summary().total().records(), 0);
}

TEST_F(Club, ChinaUneasyMadeNoStatement) {
  for (const char* other : {"PRK", "RUS"}) {
    EXPECT_THAT(Dealings(Between("CHN", other, On("2024-09-30"))), IsEmpty()) << other;
    EXPECT_THAT(Dealings(Between("CHN", other, On("2024-11-01"))),
                ElementsAre(absl::StrCat("CHN SILENCE ", other)));
  }
}

TEST_F(Club, ChinaAccountsFor90PercentOfNorthKoreasForeignTrade) {
  EXPECT_THAT(Indicators(Between("CHN", "PRK", On("2019-01-01"))), IsEmpty());
  const v1::SourceTie after = Between("CHN", "PRK", On("2024-11-01"));
  ASSERT_THAT(Indicators(after), ElementsAre("PRK on CHN: share of foreign trade"));
  EXPECT_EQ(after.indicator(0).indicator().value_millionths(), 90'000'000);
  EXPECT_EQ(after.indicator(0).indicator().unit(), "percent");
  EXPECT_TRUE(after.indicator(0).indicator().is_estimate());
  EXPECT_THAT(Between("CHN", "PRK", KnownBy("2024-10-24")).indicator(), IsEmpty());
}

TEST_F(Club, IranAndChinaSignedA25YearStrategicPartnershipIn2021) {
  EXPECT_THAT(Treaties(Between("IRN", "CHN", On("2020-12-31"))), IsEmpty());
  EXPECT_THAT(Treaties(Between("IRN", "CHN", On("2022-01-01"))),
              ElementsAre("treaty:chn-irn-2021 SIGNED"));
  const v1::TreatyEntry entry = TreatyOf(kPartnership, On("2022-01-01"));
  EXPECT_EQ(PrintDate(entry.treaty().signed_date()), "2021");
  EXPECT_THAT(entry.treaty().obligation(), ElementsAre(v1::OBLIGATION_COOPERATION));
}

TEST_F(Club, LittleOfItHasBeenCarriedOutSince) {
  EXPECT_THAT(Dealings(Between("IRN", "CHN", On("2020-12-31"))), IsEmpty());
  const v1::SourceTie after = Between("IRN", "CHN", On("2024-11-01"));
  ASSERT_THAT(Dealings(after), ElementsAre("CHN IMPLEMENTATION IRN"));
  EXPECT_EQ(after.dealing(0).dealing().treaty().id(), kPartnership);
}

TEST_F(Club, WhichPushedTehranTowardsMoscow) {
  EXPECT_THAT(Dealings(Between("IRN", "RUS", On("2020-12-31"))), IsEmpty());
  const v1::SourceTie after = Between("IRN", "RUS", On("2022-06-01"));
  ASSERT_THAT(Dealings(after), ElementsAre("IRN STATEMENT RUS"));
  EXPECT_EQ(after.dealing(0).dealing().treaty().id(), kPartnership) << "what pushed it";
  EXPECT_EQ(after.dealing(0).ground().credibility(), v1::CREDIBILITY_POSSIBLY_TRUE);
}

TEST_F(Club, ChinaIsAMajorBuyerOfIranianOil) {
  EXPECT_THAT(Indicators(Between("IRN", "CHN", On("2020-12-31"))), IsEmpty());
  const v1::SourceTie after = Between("IRN", "CHN", On("2024-11-01"));
  ASSERT_THAT(Indicators(after), ElementsAre("IRN on CHN: oil bought"));
  EXPECT_FALSE(after.indicator(0).indicator().has_value_millionths());
  EXPECT_EQ(after.indicator(0).indicator().statement(), "China is a major buyer of Iranian oil.");
}

TEST_F(Club, IranSuppliedShahed136DronesAndMunitionsToRussia) {
  EXPECT_EQ(Between("IRN", "RUS", On("2021-12-31")).a_to_b().summary().total().records(), 0);
  EXPECT_EQ(Between("IRN", "RUS", On("2024-11-01")).a_to_b().summary().total().records(), 2);
  EXPECT_EQ(Between("IRN", "RUS", KnownBy("2022-10-19")).a_to_b().summary().total().records(), 0);
}

TEST_F(Club, WhichBroughtSanctionsFromTheUnitedStates) {
  EXPECT_THAT(Sanctions(Between("USA", "IRN", On("2021-12-31"))), IsEmpty());
  EXPECT_THAT(Sanctions(Between("USA", "IRN", On("2024-11-01"))), ElementsAre("USA on IRN"));
  EXPECT_THAT(ReasonsOfSanctionsOn("IRN", On("2021-12-31")), IsEmpty());
  EXPECT_THAT(ReasonsOfSanctionsOn("IRN", On("2024-11-01")),
              ElementsAre("Iran supplied Shahed-136 drones and munitions to Russia."));
}

TEST_F(Club, AJointDroneFactoryWasBuiltOnRussianTerritory) {
  EXPECT_THAT(Dealings(Between("IRN", "RUS", On("2022-12-31"))),
              Not(Contains("IRN JOINT_PROJECT RUS")));
  const v1::SourceTie after = Between("IRN", "RUS", On("2024-01-01"));
  EXPECT_THAT(Dealings(after), Contains("IRN JOINT_PROJECT RUS"));
  const auto is_factory = [](const v1::DealingTie& dealing) {
    return dealing.dealing().place() == "Russia";
  };
  EXPECT_EQ(std::count_if(after.dealing().begin(), after.dealing().end(), is_factory), 1);
}

TEST_F(Club, RussiaOffersIranHelpWithBallisticMissilesAndAirDefence) {
  EXPECT_THAT(Dealings(Between("RUS", "IRN", On("2022-12-31"))), Not(Contains("RUS OFFER IRN")));
  EXPECT_THAT(Dealings(Between("RUS", "IRN", On("2024-11-01"))), Contains("RUS OFFER IRN"));
}

TEST_F(Club, WhileTheDeliveryOfSu35FightersWasPostponed) {
  EXPECT_THAT(Between("RUS", "IRN", On("2022-12-31")).a_to_b().open_order(), IsEmpty());
  const v1::SourceTie after = Between("RUS", "IRN", On("2024-11-01"));
  ASSERT_THAT(after.a_to_b().open_order(), SizeIs(1));
  const v1::Transfer& transfer = after.a_to_b().open_order(0).transfer();
  EXPECT_EQ(transfer.designation(), "Su-35");
  EXPECT_EQ(transfer.disruption(), v1::DISRUPTION_POSTPONED);
  EXPECT_THAT(transfer.delivery(), IsEmpty());
  const v1::SourceTie told_before = Between("RUS", "IRN", KnownBy("2024-06-19"));
  ASSERT_THAT(told_before.a_to_b().open_order(), SizeIs(1)) << "ordered, as it was known then";
  EXPECT_EQ(told_before.a_to_b().open_order(0).transfer().disruption(),
            v1::DISRUPTION_UNSPECIFIED);
}

TEST_F(Club, TheUnitedNationsSanctionsOnNorthKoreaAreItsMembersOnlyViaIt) {
  EXPECT_THAT(Sanctions(Between("CHN", "PRK", On("2006-01-01"))), IsEmpty());
  EXPECT_THAT(Sanctions(Between("CHN", "PRK", On("2024-11-01"))),
              ElementsAre("CHN on PRK via UN"));
  EXPECT_THAT(Sanctions(Between("RUS", "PRK", On("2024-11-01"))),
              ElementsAre("RUS on PRK via UN"));
  EXPECT_THAT(Sanctions(Between("CHN", "RUS", On("2024-11-01"))), IsEmpty());
  const v1::TieCounts counts = Counts("CHN-PRK", On("2024-11-01"));
  EXPECT_EQ(counts.sanctions_via(), 1);
  EXPECT_EQ(counts.sanctions_a_on_b(), 0) << "never counted as the member's own";
}

TEST_F(Club, IranJoinsWhatChinaAndRussiaBelongTo) {
  EXPECT_THAT(Shared("CHN", "IRN", On("2023-07-03")), ElementsAre("UN"));
  EXPECT_THAT(Shared("CHN", "IRN", On("2023-07-04")), UnorderedElementsAre("SCO", "UN"));
  EXPECT_THAT(Shared("RUS", "IRN", On("2024-11-01")), UnorderedElementsAre("BRICS", "SCO", "UN"));
  EXPECT_THAT(Shared("IRN", "PRK", On("2024-11-01")), ElementsAre("UN"));
}

TEST_F(Club, WhatChangedBetweenTwoDaysIsTheStoryInBetween) {
  EXPECT_THAT(Changes("2019-01-01", "2024-11-01"),
              UnorderedElementsAre("CHN-IRN TREATY 2021", "CHN-IRN DEALING 2021",
                                   "IRN-CHN INDICATOR 2021", "IRN-RUS DEALING 2021",
                                   "IRN-RUS TRANSFER 2022", "IRN-RUS DEALING 2023",
                                   "RUS-IRN DEALING 2023", "RUS-IRN TRANSFER 2023",
                                   "PRK-CHN INDICATOR 2023", "PRK-RUS TRANSFER 2023",
                                   "IRN-SCO MEMBERSHIP 2023-07-04",
                                   "IRN-BRICS MEMBERSHIP 2024-01-01",
                                   "RUS-PRK TREATY 2024-06", "PRK-RUS DEPLOYMENT 2024-10",
                                   "CHN-PRK DEALING 2024-10", "CHN-RUS DEALING 2024-10"));
  EXPECT_THAT(Changes("2024-05-01", "2024-11-01"),
              UnorderedElementsAre("PRK-RUS TRANSFER 2024",  // may lie before: no day of it is told
                                   "RUS-PRK TREATY 2024-06", "PRK-RUS DEPLOYMENT 2024-10",
                                   "CHN-PRK DEALING 2024-10", "CHN-RUS DEALING 2024-10"));
  EXPECT_THAT(Changes("2024-11-01", "2024-12-31"), Not(Contains(HasSubstr("TREATY"))));
}

}  // namespace
}  // namespace dossier
