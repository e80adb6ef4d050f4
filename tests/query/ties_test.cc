// GetTie and GetTies where one part of an answer must agree with another: a tie with its treaty,
// open orders with their count, a matrix with its ties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/query/treaty_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kClub[] = "analyst:club";

class TiesTest : public TreatyFixture {
 protected:
  v1::Tie TieOf(const std::string& a, const std::string& b, const std::string& more = "") {
    return Ask(&TiesStub::GetTie, absl::StrCat("a: '", a, "' b: '", b, "' ", more)).tie();
  }
  // The standing of each treaty of the tie, as one source has them.
  std::vector<std::string> Standings(const std::string& more) {
    std::vector<std::string> standings;
    const v1::Tie tie = TieOf("RUS", "PRK", more);
    for (const v1::SourceTie& part : tie.source()) {
      for (const v1::TreatyTie& treaty : part.treaty()) standings.push_back(Words(treaty.on()));
    }
    return standings;
  }
};

// "1/2010 PARTLY_DELIVERED" for each open order that Russia has from North Korea's orders.
std::vector<std::string> OpenOrders(const v1::Tie& tie) {
  std::vector<std::string> orders;
  for (const v1::SourceTie& part : tie.source()) {
    for (const v1::TransferRecord& order : part.a_to_b().open_order()) {
      orders.push_back(absl::StrCat(order.record(), " ", v1::Stage_Name(order.stage())));
    }
  }
  return orders;
}

std::string Deal(const std::string& deal, const std::string& more) {
  return absl::StrCat("deal_id: '", deal,
                      "' supplier { id: 'state:RUS' } recipient { id: 'state:PRK' } ", more);
}

TEST_F(TiesTest, AnUndatedActHasTheDateThatItsEventGives) {
  Said signed_by_rus = Under("treaty:pact", "state:RUS", Act("SIGNATURE"));
  Said signed_by_prk = Under("treaty:pact", "state:PRK", Act("SIGNATURE"));
  for (Said* said : {&signed_by_rus, &signed_by_prk}) {
    said->effective = R"(from { earliest_date { year: 2024 month: 6 }
                                latest_date { year: 2024 month: 6 } })";
  }
  Report(kClub, "2025-01-01", {signed_by_rus, signed_by_prk});
  for (const auto& [day, standing] : std::vector<std::pair<std::string, std::string>>{
           {"2024-06-15", "none..signed"}, {"2024-07-01", "signed"}}) {
    const v1::GetTreatyResponse treaty = Treaty("treaty: 'treaty:pact' " + At(day));
    ASSERT_EQ(treaty.entry_size(), 1);
    EXPECT_EQ(Words(treaty.entry(0).party(0).on()), standing);
    EXPECT_THAT(Standings(At(day)), ElementsAre(standing)) << day;
  }
  EXPECT_THAT(Standings(At("2024-05-31")), IsEmpty());
}

TEST_F(TiesTest, ADealThatAllItsRecordsDeliveredIsNoOpenOrder) {
  Load("sipri-deals", "2024-03-18",
       {{"1/2010", Deal("1", "number_ordered: 10 order_date { year: 2009 } "
                             "delivery { year: 2010 number: 4 }")},
        {"1/2011", Deal("1", "number_ordered: 10 order_date { year: 2009 } "
                             "delivery { year: 2011 number: 6 }")},
        {"2/2012", Deal("2", "number_ordered: 5 order_date { year: 2012 } "
                             "delivery { year: 2012 number: 1 }")},
        {"3/0", Deal("3", "number_ordered: 7 order_date { year: 2013 }")}},
       "", "2023-12-31");
  const v1::Tie tie = TieOf("RUS", "PRK", At("2023-12-31"));
  EXPECT_THAT(OpenOrders(tie),
              ElementsAre("2/2012 STAGE_PARTLY_DELIVERED", "3/0 STAGE_ORDERED"));
  ASSERT_EQ(tie.source_size(), 1);
  EXPECT_EQ(tie.source(0).a_to_b().summary().open_orders(), 2);
}

TEST_F(TiesTest, AMembershipAnnouncedForLaterIsNotYetOne) {
  const auto joins = [](const std::string& record, const std::string& member) {
    Said said;
    said.record = record;
    said.present = absl::StrCat("membership { member { id: '", member,
                                "' } organisation { id: 'org:BRICS' } "
                                "status: MEMBERSHIP_STATUS_JOINED date { year: 2024 } }");
    return said;
  };
  Report(kClub, "2023-09-01", {joins("rus", "state:RUS"), joins("irn", "state:IRN")});
  EXPECT_THAT(TieOf("RUS", "IRN").shared(), IsEmpty());
  EXPECT_EQ(TieOf("RUS", "IRN", At("2024-12-31")).shared_size(), 1);
}

TEST_F(TiesTest, TheMatrixCountsWhatItsTiesShow) {
  Report(kClub, "2024-12-01",
         {Under("treaty:a", "state:RUS", Act("SIGNATURE", "2024-06-19")),
          Under("treaty:a", "state:PRK", Act("SIGNATURE", "2024-06-19")),
          Under("treaty:b", "state:RUS", Act("ENTRY_INTO_FORCE", "1961-07-06") +
                                             Act("TERMINATION", "1996-09-10")),
          Under("treaty:b", "state:PRK", Act("ENTRY_INTO_FORCE", "1961-07-06"))});
  const auto tie = Ask(&TiesStub::GetTie, "a: 'RUS' b: 'PRK' " + At("2024-11-01"));
  ASSERT_EQ(tie.tie().source_size(), 1);
  EXPECT_EQ(tie.tie().source(0).treaty_size(), 1);
  EXPECT_EQ(tie.ended_treaties(), 1);
  const auto ties = Ask(&TiesStub::GetTies, "actor: ['RUS', 'PRK'] " + At("2024-11-01"));
  ASSERT_EQ(ties.pair_size(), 1);
  ASSERT_EQ(ties.pair(0).source_size(), 1);
  EXPECT_EQ(Words(ties.pair(0).source(0).treaty()), "signed 1, ended 1");
}

}  // namespace
}  // namespace dossier
