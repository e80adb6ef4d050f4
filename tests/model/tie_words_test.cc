#include "services/model/tie_words.h"

#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/text_format.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

template <typename Message>
Message Parsed(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

TEST(TieWordsTest, NumbersAreGrouped) {
  EXPECT_EQ(NumberWords(0), "0");
  EXPECT_EQ(NumberWords(999), "999");
  EXPECT_EQ(NumberWords(1'200), "1,200");
  EXPECT_EQ(NumberWords(-123'456), "-123,456");
  EXPECT_EQ(NumberWords(1'234'567), "1,234,567");
}

TEST(TieWordsTest, PeriodsKeepPartialDates) {
  EXPECT_EQ(PeriodWords(MakeDate(2022), v1::Date()), "from 2022");
  EXPECT_EQ(PeriodWords(v1::Date(), MakeDate(2024, 10)), "until 2024-10");
  EXPECT_EQ(PeriodWords(MakeDate(2022), MakeDate(2024, 10, 2)), "2022 to 2024-10-02");
  EXPECT_EQ(PeriodWords(MakeDate(2022), MakeDate(2022)), "in 2022");
  EXPECT_EQ(PeriodWords(MakeDate(2022, 1, 2), MakeDate(2022, 1, 2)), "on 2022-01-02");
  EXPECT_EQ(PeriodWords(v1::Date(), v1::Date()), "");
}

TEST(TieWordsTest, EveryStandingHasWords) {
  for (int i = v1::STANDING_ENDED; i <= v1::STANDING_IN_FORCE; ++i) {
    EXPECT_NE(StandingWords(static_cast<v1::Standing>(i)), "") << i;
  }
  EXPECT_EQ(StandingWords(v1::STANDING_UNSPECIFIED), "");
  EXPECT_EQ(StandingWords(Parsed<v1::StandingOn>(
                "standing: STANDING_SIGNED possible: STANDING_IN_FORCE last_observed: true")),
            "last observed signed; not yet consented, possibly in force");
  EXPECT_EQ(StandingWords(Parsed<v1::StandingOn>(
                "standing: STANDING_IN_FORCE possible: STANDING_IN_FORCE")),
            "in force");
}

TEST(TieWordsTest, ObligationsEachOrEqually) {
  v1::TreatyTie tie = Parsed<v1::TreatyTie>(
      "a_owes: OBLIGATION_CONSULTATION a_owes: OBLIGATION_DEFENSE "
      "b_owes: OBLIGATION_DEFENSE b_owes: OBLIGATION_CONSULTATION");
  EXPECT_EQ(OwesWords(tie, "A", "B"), "each owes the other defense, consultation");
  tie.clear_b_owes();
  EXPECT_EQ(OwesWords(tie, "A", "B"), "A owes B defense, consultation");
  tie.add_b_owes(v1::OBLIGATION_NEUTRALITY);
  EXPECT_EQ(OwesWords(tie, "A", "B"), "A owes B defense, consultation; B owes A neutrality");
  EXPECT_EQ(OwesWords({}, "A", "B"), "");
}

TEST(TieWordsTest, DeploymentsGiveWhatIsStated) {
  EXPECT_EQ(DeploymentWords(Parsed<v1::Deployment>(
                "personnel: 10000 personnel_max: 12000 description: 'troops' "
                "location { printed_name: 'Toyland' } from_date { year: 2024 month: 10 }")),
            "10,000 to 12,000 troops in Toyland, from 2024-10");
  EXPECT_EQ(DeploymentWords(Parsed<v1::Deployment>("personnel_max: 50")), "up to 50 personnel");
  EXPECT_EQ(DeploymentWords({}), "personnel");
}

TEST(TieWordsTest, IndicatorsWithNumbersAndWithout) {
  EXPECT_EQ(IndicatorWords(Parsed<v1::Indicator>("value_millionths: 90000000 unit: 'percent' "
                                                 "is_estimate: true from_date { year: 2023 } "
                                                 "to_date { year: 2023 }")),
            "about 90 percent, in 2023");
  EXPECT_EQ(IndicatorWords(Parsed<v1::Indicator>("value_millionths: -1250000 unit: 'points'")),
            "-1.25 points");
  EXPECT_EQ(IndicatorWords(Parsed<v1::Indicator>("value_millionths: 1234567000000 unit: 'barrels "
                                                 "a day' statement: 'most of it'")),
            "1,234,567 barrels a day (most of it)");
  EXPECT_EQ(IndicatorWords(Parsed<v1::Indicator>("statement: 'a major buyer'")), "a major buyer");
  EXPECT_EQ(IndicatorWords(
                Parsed<v1::Indicator>("statement: 'A buyer.' from_date { year: 2021 }")),
            "A buyer, from 2021");
}

TEST(TieWordsTest, HowFarAThingHolds) {
  EXPECT_EQ(InForceWords(v1::IN_FORCE_YES, "troops"), "troops");
  EXPECT_EQ(InForceWords(v1::IN_FORCE_NO, "troops"), "troops; ended");
  EXPECT_EQ(InForceWords(v1::IN_FORCE_POSSIBLY, "troops"), "possibly troops");
  EXPECT_EQ(InForceWords(v1::IN_FORCE_LAST_OBSERVED, "troops"), "last observed troops");
}

TEST(TieWordsTest, TransfersSayWhatIsKnown) {
  TransferProgress progress;
  EXPECT_EQ(ProgressWords(progress), "ordered");
  progress.has_ordered = true;
  progress.ordered = 6'000;
  progress.disruption = v1::DISRUPTION_POSTPONED;
  EXPECT_EQ(ProgressWords(progress), "ordered 6,000; postponed");
  progress.disruption = v1::DISRUPTION_UNSPECIFIED;
  progress.any_delivery = true;
  EXPECT_EQ(ProgressWords(progress), "delivered, of 6,000 ordered");
  progress.has_delivered = true;
  progress.delivered = 1'200;
  EXPECT_EQ(ProgressWords(progress), "delivered 1,200 of 6,000");
  progress.has_ordered = false;
  EXPECT_EQ(ProgressWords(progress), "delivered 1,200");
}

TEST(TieWordsTest, SanctionsMembershipsAndKinds) {
  EXPECT_EQ(MeasureWords(Parsed<v1::Sanction>("measure { kind: MEASURE_KIND_TRAVEL_BAN } "
                                              "measure { kind: MEASURE_KIND_ASSET_FREEZE } "
                                              "measure { kind: MEASURE_KIND_TRAVEL_BAN } "
                                              "measure { detail: 'no toys' }")),
            "travel ban, asset freeze, no toys");
  EXPECT_EQ(MembershipWords(Parsed<v1::Membership>("status: MEMBERSHIP_STATUS_JOINED")), "member");
  EXPECT_EQ(MembershipWords(
                Parsed<v1::Membership>("status: MEMBERSHIP_STATUS_JOINED role: 'observer'")),
            "member (observer)");
  EXPECT_EQ(MembershipWords(Parsed<v1::Membership>("status: MEMBERSHIP_STATUS_LEFT")), "left");
  EXPECT_EQ(ActWords(v1::ACT_KIND_DEFINITIVE_SIGNATURE), "definitive signature");
  EXPECT_EQ(DealingKindWords(v1::DEALING_KIND_JOINT_PROJECT), "joint project");
  EXPECT_EQ(NameWords(Parsed<v1::ActorRef>("id: 'state:TOY' printed_name: 'Toyland'")), "Toyland");
  EXPECT_EQ(NameWords(Parsed<v1::ActorRef>("id: 'state:TOY'")), "state:TOY");
}

}  // namespace
}  // namespace dossier
