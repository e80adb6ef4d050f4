#include "services/model/transfers.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <limits>

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Transfer Transfer(const char* text) {
  v1::Transfer transfer;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &transfer));
  return transfer;
}

std::vector<std::string> Changes(const v1::Transfer* before, const v1::Transfer* after) {
  std::vector<std::string> lines;
  for (const v1::FieldChange& change : DiffTransfers(before, after)) {
    lines.push_back(change.field() + ": " + change.before() + " -> " + change.after());
  }
  return lines;
}

TEST(TransfersTest, StageIsWhatWasDeliveredAgainstWhatWasOrdered) {
  EXPECT_EQ(StageOf(Transfer("number_ordered: 5")), v1::STAGE_ORDERED);
  EXPECT_EQ(StageOf(Transfer("number_ordered: 5 delivery { number: 0 }")), v1::STAGE_ORDERED);
  EXPECT_EQ(StageOf(Transfer("number_ordered: 5 delivery { number: 2 } delivery { number: 2 }")),
            v1::STAGE_PARTLY_DELIVERED);
  EXPECT_EQ(StageOf(Transfer("number_ordered: 5 delivery { year: 2001 }")), v1::STAGE_DELIVERED);
  EXPECT_EQ(StageOf(Transfer("number_ordered: 5 delivery { number: 2 } delivery { year: 2001 }")),
            v1::STAGE_DELIVERED);
  EXPECT_EQ(StageOf(Transfer("number_ordered: 4 delivery { number: 2 } delivery { number: 2 }")),
            v1::STAGE_DELIVERED);
  EXPECT_EQ(StageOf(Transfer("delivery { year: 2001 }")), v1::STAGE_DELIVERED);
}

TEST(TransfersTest, UnitsAreTheSumOfTheNumbersGiven) {
  int64_t units = -1;
  EXPECT_FALSE(UnitsOf(Transfer("delivery { year: 2001 }"), &units));
  EXPECT_EQ(units, -1);
  EXPECT_TRUE(
      UnitsOf(Transfer("delivery { number: 3 } delivery {} delivery { number: 4 }"), &units));
  EXPECT_EQ(units, 7);
  EXPECT_TRUE(
      UnitsOf(Transfer("delivery { number: 9223372036854775807 } delivery { number: 1 }"), &units));
  EXPECT_EQ(units, std::numeric_limits<int64_t>::max());
}

TEST(TransfersTest, AnyOfThreeFlagsMakesAnEstimate) {
  EXPECT_FALSE(IsEstimated(Transfer("number_ordered_is_estimate: true")));
  EXPECT_FALSE(IsEstimated(Transfer("delivery { number_is_estimate: false }")));
  EXPECT_TRUE(IsEstimated(Transfer("order_date_is_estimate: true")));
  EXPECT_TRUE(IsEstimated(Transfer("delivery {} delivery { number_is_estimate: true }")));
  EXPECT_TRUE(IsEstimated(Transfer("delivery { year_is_estimate: true }")));
}

TEST(TransfersTest, TheRowHoldsWhatListsAndFlowsNeed) {
  const v1::TransferRow row = TransferRowOf(Transfer(R"pb(
    deal_id: "7"
    supplier { printed_name: "Brazil" }
    recipient { printed_name: "Peru" }
    category: "Aircraft"
    order_date { year: 1998 month: 2 }
    delivery { year: 2002 year: 2004 number: 3 }
    delivery { year: 2001 number: 1 }
    tiv_delivered_thousandths: 0)pb"));
  EXPECT_EQ(row.ShortDebugString(),
            "deal_id: \"7\" supplier_name: \"Brazil\" recipient_name: \"Peru\" "
            "category: \"Aircraft\" first_year: 2001 last_year: 2004 order_year: 1998 units: 4 "
            "tiv_delivered_thousandths: 0 stage: STAGE_DELIVERED");
  EXPECT_FALSE(TransferRowOf(Transfer("")).has_units());
  EXPECT_FALSE(TransferRowOf(Transfer("")).has_tiv_delivered_thousandths());
}

TEST(TransfersTest, ADiffNamesEachFieldThatChanged) {
  const v1::Transfer before = Transfer(R"pb(
    supplier { id: "state:BRA" printed_name: "Brazil" }
    order_date { year: 1998 }
    order_date_is_estimate: true
    condition: CONDITION_NEW
    delivery { year: 2001 number: 1 }
    tiv_deal_unit_thousandths: 250
    designation: "T-27")pb");
  const v1::Transfer after = Transfer(R"pb(
    supplier { id: "state:BRA" printed_name: "Brasil" }
    order_date { year: 1998 month: 4 }
    condition: CONDITION_SECOND_HAND
    delivery { year: 2001 year: 2002 number: 2 }
    delivery { number: 0 year_is_estimate: false }
    tiv_deal_unit_thousandths: 8100
    designation: "T-27")pb");
  EXPECT_THAT(Changes(&before, &after),
              ElementsAre("supplier.printed_name: Brazil -> Brasil", "order_date: 1998 -> 1998-04",
                          "order_date_is_estimate: yes -> ", "delivery[0].year[1]:  -> 2002",
                          "delivery[0].number: 1 -> 2", "delivery[1].number:  -> 0",
                          "delivery[1].year_is_estimate:  -> no", "condition: new -> second hand",
                          "tiv_deal_unit_thousandths: 0.25 -> 8.1"));
  EXPECT_THAT(Changes(&before, &before), IsEmpty());
}

TEST(TransfersTest, ADiffAgainstNothingListsAllThatIsSet) {
  const v1::Transfer transfer = Transfer(R"pb(deal_id: "7"
                                              order_date { year: 1998 })pb");
  EXPECT_THAT(Changes(nullptr, &transfer), ElementsAre("deal_id:  -> 7", "order_date:  -> 1998"));
  EXPECT_THAT(Changes(&transfer, nullptr), ElementsAre("deal_id: 7 -> ", "order_date: 1998 -> "));
  EXPECT_THAT(Changes(nullptr, nullptr), IsEmpty());
}

TEST(TransfersTest, TivPrintsAsMillionsWithoutTrailingZeros) {
  EXPECT_EQ(PrintTiv(0), "0");
  EXPECT_EQ(PrintTiv(8100), "8.1");
  EXPECT_EQ(PrintTiv(250), "0.25");
  EXPECT_EQ(PrintTiv(1), "0.001");
  EXPECT_EQ(PrintTiv(-1500), "-1.5");
  EXPECT_EQ(PrintTiv(1234567000), "1234567");
  EXPECT_EQ(PrintTiv(std::numeric_limits<int64_t>::min()), "-9223372036854775.808");
}

}  // namespace
}  // namespace dossier
