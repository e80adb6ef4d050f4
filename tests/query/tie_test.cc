// GetTie and GetTies: given what sources said, at this cut, then this is between two actors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "tests/query/treaty_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kClub[] = "analyst:club";

class TieTest : public TreatyFixture {
 protected:
  v1::GetTieResponse TieOf(const std::string& a, const std::string& b,
                           const std::string& more = "") {
    return Ask(&TiesStub::GetTie, absl::StrCat("a: '", a, "' b: '", b, "' ", more));
  }
  // What one source says; an empty part where it says nothing.
  static v1::SourceTie PartOf(const v1::Tie& tie, const std::string& source) {
    for (const v1::SourceTie& part : tie.source()) {
      if (part.source() == source) return part;
    }
    return {};
  }
  v1::SourceTie Part(const std::string& a, const std::string& b, const std::string& source,
                     const std::string& more = "") {
    return PartOf(TieOf(a, b, more).tie(), source);
  }
  // "treaty:x signed" for each.
  static std::vector<std::string> TreatiesIn(const v1::SourceTie& part) {
    std::vector<std::string> treaties;
    for (const v1::TreatyTie& tie : part.treaty()) {
      treaties.push_back(absl::StrCat(tie.treaty().id(), " ", Words(tie.on())));
    }
    return treaties;
  }
  static std::vector<std::string> Sources(const v1::Tie& tie) {
    std::vector<std::string> sources;
    for (const v1::SourceTie& part : tie.source()) sources.push_back(part.source());
    return sources;
  }
};

Said Present(const std::string& record, const std::string& present) {
  return {record, "", false, present, ""};
}

Said Member(const std::string& record, const std::string& member, const std::string& organisation,
            const std::string& status, const std::string& date) {
  return Present(record, absl::StrCat("membership { member { id: '", member,
                                      "' } organisation { id: '", organisation,
                                      "' } status: MEMBERSHIP_STATUS_", status, " date { ", date,
                                      " } }"));
}

Said Sanctioned(const std::string& record, const std::string& sender, const std::string& target,
                const std::string& designated) {
  return Present(record, absl::StrCat("sanction { part: SANCTION_PART_ENTRY sender { id: '", sender,
                                      "' } target { id: '", target,
                                      "' } measure { kind: MEASURE_KIND_ARMS_EMBARGO } "
                                      "date { kind: SANCTION_DATE_KIND_IN_FORCE date { ",
                                      designated, " } } }"));
}

TEST_F(TieTest, APactIsSignedByBothThenInForce) {
  Report(kClub, "2025-01-01",
         {Describes("treaty:pact", "Pact of mutual help", "obligation: OBLIGATION_DEFENSE"),
          Under("treaty:pact", "state:PRK",
                Act("SIGNATURE", "2024-06-19") + Act("ENTRY_INTO_FORCE", "2024-12-04")),
          Under("treaty:pact", "state:RUS",
                Act("SIGNATURE", "2024-06-19") + Act("RATIFICATION", "2024-11-09") +
                    Act("ENTRY_INTO_FORCE", "2024-12-04"))});
  const auto on = [&](const std::string& day) {
    return TreatiesIn(Part("state:RUS", "state:PRK", kClub, At(day)));
  };
  EXPECT_THAT(on("2024-06-18"), IsEmpty());
  EXPECT_EQ(TieOf("RUS", "PRK", At("2024-06-18")).ended_treaties(), 1);
  EXPECT_THAT(on("2024-06-19"), ElementsAre("treaty:pact signed"));
  // One of them consented: together they have only signed.
  EXPECT_THAT(on("2024-11-10"), ElementsAre("treaty:pact signed"));
  EXPECT_THAT(on("2024-12-04"), ElementsAre("treaty:pact in_force"));
  const v1::SourceTie part = Part("PRK", "RUS", kClub, At("2025-01-01"));
  ASSERT_EQ(part.treaty_size(), 1);
  EXPECT_EQ(part.treaty(0).treaty().title(), "Pact of mutual help");
  EXPECT_THAT(part.treaty(0).a_owes(), ElementsAre(v1::OBLIGATION_DEFENSE));
  EXPECT_THAT(part.treaty(0).b_owes(), ElementsAre(v1::OBLIGATION_DEFENSE));
  ASSERT_EQ(part.treaty(0).ground_size(), 2);
  EXPECT_EQ(part.treaty(0).ground(0).source(), kClub);
  EXPECT_NE(part.treaty(0).ground(0).sequence(), 0);
}

TEST_F(TieTest, NothingIsKnownBeforeItWasPublished) {
  Report(kClub, "2024-06-20",
         {Under("treaty:pact", "state:PRK", Act("SIGNATURE", "2024-06-19")),
          Under("treaty:pact", "state:RUS", Act("SIGNATURE", "2024-06-19"))});
  EXPECT_THAT(TieOf("RUS", "PRK", At("2024-07-01", "2024-06-19")).tie().source(), IsEmpty());
  EXPECT_THAT(TreatiesIn(Part("RUS", "PRK", kClub, At("2024-07-01", "2024-06-20"))),
              ElementsAre("treaty:pact signed"));
}

TEST_F(TieTest, WhatIsOwedInOneDirectionStandsThere) {
  Load("cow-alliances", "2013-01-01",
       {Present("1/2/365/1941", R"(treaty { treaty { id: 'cow:1' } party {
            party { id: 'state:USA' } toward { id: 'state:SUN' }
            spell { from_date { year: 1942 } to_date { year: 1945 }
                    obligation: OBLIGATION_DEFENSE } } })"),
        Present("1/365/2/1941", R"(treaty { treaty { id: 'cow:1' } party {
            party { id: 'state:SUN' } toward { id: 'state:USA' }
            spell { from_date { year: 1942 } to_date { year: 1945 }
                    obligation: OBLIGATION_NEUTRALITY } } })"),
        Present("1/2/200/1941", R"(treaty { treaty { id: 'cow:1' } party {
            party { id: 'state:USA' } toward { id: 'state:GBR' }
            spell { from_date { year: 1942 } } } })"),
        Present("1/200/2/1941", R"(treaty { treaty { id: 'cow:1' } party {
            party { id: 'state:GBR' } toward { id: 'state:USA' }
            spell { from_date { year: 1942 } } } })")},
       "", "2012-12-31");
  const v1::SourceTie part = Part("state:USA", "state:SUN", "cow-alliances", At("1943-06-01"));
  EXPECT_THAT(TreatiesIn(part), ElementsAre("cow:1 in_force"));
  ASSERT_EQ(part.treaty_size(), 1);
  EXPECT_THAT(part.treaty(0).a_owes(), ElementsAre(v1::OBLIGATION_DEFENSE));
  EXPECT_THAT(part.treaty(0).b_owes(), ElementsAre(v1::OBLIGATION_NEUTRALITY));
  // Both are in it with the United States, but nothing is said of the two.
  EXPECT_THAT(TieOf("state:GBR", "state:SUN", At("1943-06-01")).tie().source(), IsEmpty());
  EXPECT_THAT(
      TreatiesIn(Part("state:USA", "state:GBR", "cow-alliances", At("2020-06-01"))),
      ElementsAre("cow:1 in_force, last observed"));
}

TEST_F(TieTest, PartiesOfOneSideAreNotTiedByIt) {
  Load("desta", "2021-01-01", {Present("7", R"(treaty {
      treaty { id: 'desta:7' title: 'Algeria EC' } describes: true
      obligation: OBLIGATION_TRADE
      party { party { id: 'state:DZA' } side: 1
              act { kind: ACT_KIND_ENTRY_INTO_FORCE date { year: 1976 } } }
      party { party { id: 'state:FRA' } side: 2
              act { kind: ACT_KIND_ENTRY_INTO_FORCE date { year: 1976 } } }
      party { party { id: 'state:DEU' } side: 2
              act { kind: ACT_KIND_ENTRY_INTO_FORCE date { year: 1976 } } } })")},
       "", "2020-12-31");
  EXPECT_THAT(TreatiesIn(Part("FRA", "DZA", "desta", At("1980-01-01"))),
              ElementsAre("desta:7 in_force"));
  EXPECT_THAT(TieOf("FRA", "DEU", At("1980-01-01")).tie().source(), IsEmpty());
}

TEST_F(TieTest, SourcesStandBesideEachOther) {
  Load("atop", "2019-01-01",
       {Under("atop:1", "state:RUS", Spell("1950-02-14", "", {"DEFENSE"})),
        Under("atop:1", "state:CHN", Spell("1950-02-14", "", {"DEFENSE"}))},
       "", "2016-12-31");
  Report(kClub, "2020-01-01",
         {Under("treaty:x", "state:RUS", Act("SIGNATURE", "2001-07-16")),
          Under("treaty:x", "state:CHN", Act("SIGNATURE", "2001-07-16"))});
  const v1::Tie tie = TieOf("RUS", "CHN", At("2018-01-01")).tie();
  EXPECT_THAT(Sources(tie), ElementsAre(kClub, "atop"));
  EXPECT_THAT(TreatiesIn(PartOf(tie, "atop")), ElementsAre("atop:1 in_force, last observed"));
  EXPECT_EQ(PrintDate(PartOf(tie, "atop").covers_until()), "2016-12-31");
  EXPECT_THAT(PartOf(tie, "atop").note(), ElementsAre(HasSubstr("2016")));
  EXPECT_THAT(TreatiesIn(PartOf(tie, kClub)), ElementsAre("treaty:x signed"));
}

TEST_F(TieTest, TheTitleOfAnotherSourceOfThePublishersIsShown) {
  Load("untc-index", "2015-03-14", {Describes("untc:26-3", "Convention on something")});
  Load("untc", "2015-03-14",
       {Under("untc:26-3", "state:RUS", Act("RATIFICATION", "1982-06-10")),
        Under("untc:26-3", "state:CHN", Act("RATIFICATION", "1982-04-07"))},
       "treaty: 'untc:26-3'", "2015-03-14");
  const v1::SourceTie part = Part("state:RUS", "CHN", "untc", At("2010-01-01"));
  ASSERT_THAT(TreatiesIn(part), ElementsAre("untc:26-3 consented"));
  EXPECT_EQ(part.treaty(0).treaty().title(), "Convention on something");
}

TEST_F(TieTest, AnOrganisationsSanctionIsItsMembersViaItNeverTheirOwn) {
  Report(kClub, "2020-01-01",
         {Sanctioned("un-prk", "org:UN", "state:PRK", "year: 2006 month: 10 day: 14"),
          Member("m1", "state:CHN", "org:UN", "JOINED", "year: 1945 month: 10 day: 24")});
  EXPECT_THAT(Part("CHN", "PRK", kClub, At("2006-10-13")).sanction(), IsEmpty());
  for (const bool in_order : {true, false}) {
    const v1::SourceTie part = in_order ? Part("CHN", "PRK", kClub, At("2010-01-01"))
                                        : Part("PRK", "CHN", kClub, At("2010-01-01"));
    ASSERT_EQ(part.sanction_size(), 1);
    EXPECT_EQ(part.sanction(0).sender().id(), "state:CHN");
    EXPECT_EQ(part.sanction(0).target().id(), "state:PRK");
    EXPECT_EQ(part.sanction(0).via().id(), "org:UN");
    EXPECT_EQ(part.sanction(0).entry().in_force(), v1::IN_FORCE_YES);
  }
  const auto ties =
      Ask(&TiesStub::GetTies, absl::StrCat("actor: ['CHN', 'PRK'] ", At("2010-01-01")));
  ASSERT_EQ(ties.pair_size(), 1);
  ASSERT_EQ(ties.pair(0).source_size(), 1);
  EXPECT_EQ(ties.pair(0).source(0).sanctions_via(), 1);
  EXPECT_EQ(ties.pair(0).source(0).sanctions_a_on_b(), 0);
  EXPECT_EQ(ties.pair(0).source(0).sanctions_b_on_a(), 0);
}

TEST_F(TieTest, WhoLeftIsNoMemberAndNoOneIsBeforeTheDay) {
  Report(kClub, "2020-01-01",
         {Sanctioned("au-x", "org:AU", "state:PRK", "year: 1990"),
          Member("in", "state:MAR", "org:AU", "JOINED", "year: 1963"),
          Member("out", "state:MAR", "org:AU", "LEFT", "year: 1984 month: 11 day: 12"),
          Member("back", "state:MAR", "org:AU", "JOINED", "year: 2017 month: 1 day: 30")});
  EXPECT_THAT(Part("MAR", "PRK", kClub, At("2000-01-01")).sanction(), IsEmpty());
  EXPECT_EQ(Part("MAR", "PRK", kClub, At("2018-01-01")).sanction_size(), 1);
}

TEST_F(TieTest, SharedOrganisationsAreThoseOfTheDay) {
  Report(kClub, "2024-02-01",
         {Member("rus", "state:RUS", "org:BRICS", "JOINED", "year: 2009 month: 6 day: 16"),
          Member("irn", "state:IRN", "org:BRICS", "JOINED", "year: 2024 month: 1 day: 1")});
  EXPECT_THAT(TieOf("RUS", "IRN", At("2023-12-31")).tie().shared(), IsEmpty());
  const v1::Tie tie = TieOf("RUS", "IRN", At("2024-01-01")).tie();
  ASSERT_EQ(tie.shared_size(), 1);
  EXPECT_EQ(tie.shared(0).organisation().id(), "org:BRICS");
  EXPECT_EQ(tie.shared(0).ground_size(), 2);
}

TEST_F(TieTest, TroopsComeInAPartialMonthAndLeave) {
  Report(kClub, "2025-06-01", {Present("troops", R"(deployment {
      sender { id: 'state:PRK' } supported { id: 'state:RUS' } description: 'troops'
      from_date { year: 2024 month: 10 } to_date { year: 2025 month: 5 day: 1 } })")});
  const auto on = [&](const std::string& day) {
    const v1::SourceTie part = Part("RUS", "PRK", kClub, At(day));
    return part.deployment_size() == 0 ? v1::IN_FORCE_NO : part.deployment(0).in_force();
  };
  EXPECT_EQ(on("2024-09-30"), v1::IN_FORCE_NO);
  EXPECT_EQ(on("2024-10-15"), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(on("2024-11-01"), v1::IN_FORCE_YES);
  EXPECT_EQ(on("2025-05-01"), v1::IN_FORCE_YES);
  EXPECT_EQ(on("2025-05-02"), v1::IN_FORCE_NO);
  const v1::SourceTie ended = Part("RUS", "PRK", kClub, At("2025-05-02") + " include_ended: true");
  ASSERT_EQ(ended.deployment_size(), 1);
  EXPECT_EQ(ended.deployment(0).in_force(), v1::IN_FORCE_NO);
}

TEST_F(TieTest, WhatWasMeasuredIsLastObservedAfterItsPeriod) {
  Report(kClub, "2024-06-01", {Present("trade", R"(indicator {
      actor { id: 'state:PRK' } on { id: 'state:CHN' } name: 'share of foreign trade'
      value_millionths: 90000000 unit: 'percent' is_estimate: true
      from_date { year: 2023 } to_date { year: 2023 } })")});
  EXPECT_THAT(Part("CHN", "PRK", kClub, At("2022-12-31")).indicator(), IsEmpty());
  const v1::SourceTie during = Part("CHN", "PRK", kClub, At("2023-06-01"));
  ASSERT_EQ(during.indicator_size(), 1);
  EXPECT_EQ(during.indicator(0).in_force(), v1::IN_FORCE_POSSIBLY);
  const v1::SourceTie after = Part("CHN", "PRK", kClub, At("2024-06-01"));
  ASSERT_EQ(after.indicator_size(), 1);
  EXPECT_EQ(after.indicator(0).in_force(), v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_EQ(after.indicator(0).indicator().value_millionths(), 90'000'000);
}

TEST_F(TieTest, ArmsGoEachWayAndOpenOrdersAreNamed) {
  Load("sipri-deals", "2024-03-18",
       {{"1/2022", R"(deal_id: '1' supplier { id: 'state:IRN' printed_name: 'Iran' }
           recipient { id: 'state:RUS' printed_name: 'Russia' } designation: 'Shahed-136'
           order_date { year: 2022 } number_ordered: 6000
           delivery { year: 2022 number: 400 } tiv_delivered_thousandths: 80000)"},
        {"2/0", R"(deal_id: '2' supplier { id: 'state:RUS' printed_name: 'Russia' }
           recipient { id: 'state:IRN' printed_name: 'Iran' } designation: 'Su-35'
           order_date { year: 2023 } number_ordered: 24)"}},
       "", "2023-12-31");
  EXPECT_THAT(Part("IRN", "RUS", "sipri-deals", At("2021-12-31")).source(), IsEmpty());
  const v1::SourceTie part = Part("IRN", "RUS", "sipri-deals", At("2023-12-31"));
  EXPECT_EQ(part.a_to_b().summary().total().tiv_thousandths(), 80'000);
  EXPECT_EQ(part.a_to_b().summary().last_five_years().tiv_thousandths(), 80'000);
  ASSERT_EQ(part.b_to_a().open_order_size(), 1);
  EXPECT_EQ(part.b_to_a().open_order(0).transfer().designation(), "Su-35");
  EXPECT_EQ(part.b_to_a().open_order(0).stage(), v1::STAGE_ORDERED);
  // From the other side the same, the other way round.
  const v1::SourceTie back = Part("RUS", "IRN", "sipri-deals", At("2023-12-31"));
  EXPECT_EQ(back.b_to_a().summary().SerializeAsString(),
            part.a_to_b().summary().SerializeAsString());
}

TEST_F(TieTest, TheMatrixHasEachPairOnceInTheOrderAskedFor) {
  Report(kClub, "2024-07-01",
         {Under("treaty:pact", "state:PRK", Act("SIGNATURE", "2024-06-19")),
          Under("treaty:pact", "state:RUS", Act("SIGNATURE", "2024-06-19"))});
  const auto ties = Ask(&TiesStub::GetTies, "actor: ['CHN', 'RUS', 'PRK']");
  ASSERT_EQ(ties.pair_size(), 3);
  EXPECT_EQ(ties.pair(0).a().id() + ties.pair(0).b().id(), "state:CHNstate:RUS");
  EXPECT_EQ(ties.pair(1).a().id() + ties.pair(1).b().id(), "state:CHNstate:PRK");
  EXPECT_EQ(ties.pair(2).a().id() + ties.pair(2).b().id(), "state:RUSstate:PRK");
  EXPECT_THAT(ties.pair(0).source(), IsEmpty());
  ASSERT_EQ(ties.pair(2).source_size(), 1);
  EXPECT_EQ(Words(ties.pair(2).source(0).treaty()), "signed 1");
  EXPECT_FALSE(ties.notice().empty());
}

TEST_F(TieTest, BadRequestsAreRefusedByField) {
  Report(kClub, "2024-07-01", {Under("treaty:pact", "state:PRK", Act("SIGNATURE", "2024-06-19"))});
  const auto message = [&](const std::string& request) {
    const grpc::Status status = Fails(&TiesStub::GetTie, request);
    return absl::StrCat(status.error_code(), " ", status.error_message());
  };
  EXPECT_THAT(message("a: 'RUS' b: 'RUS'"), HasSubstr("3 b: "));
  EXPECT_THAT(message("a: 'RUS'"), HasSubstr("3 b: "));
  EXPECT_THAT(message("a: 'nobody at all' b: 'RUS'"), HasSubstr("5 a: "));
  const grpc::Status few = Fails(&TiesStub::GetTies, "actor: 'RUS'");
  EXPECT_EQ(few.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(few.error_message(), HasSubstr("expected 2 to 12"));
  const grpc::Status twice = Fails(&TiesStub::GetTies, "actor: ['RUS', 'state:RUS']");
  EXPECT_THAT(twice.error_message(), HasSubstr("expected each once"));
}

}  // namespace
}  // namespace dossier
