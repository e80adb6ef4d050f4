#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// "RUS>IND 2000 10": names, years (a span as 2000-2004), TIV.
std::string Print(const v1::FlowRow& row) {
  std::string text = row.supplier().printed_name();
  if (row.has_recipient()) absl::StrAppend(&text, ">", row.recipient().printed_name());
  absl::StrAppend(&text, " ", row.year_from());
  if (row.year_to() != row.year_from()) absl::StrAppend(&text, "-", row.year_to());
  return absl::StrCat(text, " ", row.measures().tiv_thousandths());
}

std::vector<std::string> Rows(const v1::GetFlowsResponse& response) {
  std::vector<std::string> rows;
  for (const v1::FlowRow& row : response.row()) rows.push_back(Print(row));
  return rows;
}

class FlowsTest : public QueryFixture {
 protected:
  std::vector<std::string> Flows(const std::string& request) {
    return Rows(Ask(&Stub::GetFlows, request));
  }
  void LoadUsual() {
    Load("toy", "2024-03-01",
         {{"1/2000", Delivered("1", "state:RUS", "state:IND", 2000, 10, 2)},
          {"1/2001", Delivered("1", "state:RUS", "state:IND", 2001, 15, 3, "category: 'Ships'")},
          {"2/2001", Delivered("2", "state:RUS", "state:CHN", 2001, 5, 1,
                               "order_date { year: 1999 } order_date_is_estimate: true")},
          {"3/2001", Delivered("3", "state:USA", "state:IND", 2001, 20, 4)},
          {"4", Delivered("4", "state:USA", "state:IND", 0, 0)}},
         "delivery_year_from: 2000 delivery_year_to: 2023");
  }
};

TEST_F(FlowsTest, RowsAreOrderedByNameAndYear) {
  LoadUsual();
  EXPECT_THAT(Flows("grouping: FLOW_GROUPING_SUPPLIER"),
              ElementsAre("RUS 2000 10", "RUS 2001 20", "USA 2001 20"));
  EXPECT_THAT(Flows("grouping: FLOW_GROUPING_RECIPIENT"),
              ElementsAre(">CHN 2001 5", ">IND 2000 10", ">IND 2001 35"));
  EXPECT_THAT(
      Flows("grouping: FLOW_GROUPING_PAIR"),
      ElementsAre("RUS>CHN 2001 5", "RUS>IND 2000 10", "RUS>IND 2001 15", "USA>IND 2001 20"));
}

TEST_F(FlowsTest, ATableHasTotalsSharesAndCoverage) {
  LoadUsual();
  const auto flows = Ask(&Stub::GetFlows, "grouping: FLOW_GROUPING_SUPPLIER");
  EXPECT_EQ(flows.source(), "toy");
  EXPECT_THAT(flows.coverage(), ElementsAre("delivery year 2000..2023"));
  ASSERT_EQ(flows.total_size(), 2);
  EXPECT_EQ(flows.total(1).year_from(), 2001);
  EXPECT_EQ(flows.total(1).measures().tiv_thousandths(), 40);
  EXPECT_EQ(flows.total(1).measures().deals(), 3);
  EXPECT_EQ(flows.total(1).measures().units(), 8);
  EXPECT_EQ(flows.grand_total().tiv_thousandths(), 50);
  EXPECT_EQ(flows.grand_total().records(), 4);
  EXPECT_EQ(flows.grand_total().deals(), 3);
  const v1::FlowRow& russia = flows.row(1);
  EXPECT_EQ(russia.share_millionths(), 500'000);
  EXPECT_EQ(russia.measures().tiv_estimated_thousandths(), 5);
  EXPECT_EQ(russia.measures().records_estimated(), 1);
}

TEST_F(FlowsTest, FiltersHold) {
  LoadUsual();
  const std::string by = "grouping: FLOW_GROUPING_PAIR ";
  EXPECT_THAT(Flows(by + "supplier: 'USA'"), ElementsAre("USA>IND 2001 20"));
  EXPECT_THAT(Flows(by + "recipient: 'China'"), ElementsAre("RUS>CHN 2001 5"));
  EXPECT_THAT(Flows(by + "supplier: ['USA', 'RUS'] recipient: 'IND' year_to: 2000"),
              ElementsAre("RUS>IND 2000 10"));
  EXPECT_THAT(Flows(by + "category: 'ships'"), ElementsAre("RUS>IND 2001 15"));
  EXPECT_THAT(Flows(by + "year_from: 2002"), IsEmpty());
}

TEST_F(FlowsTest, ADeliveryWithoutTivHasItsRowAndAnOrderHasNone) {
  Load("toy", "2024-03-01",
       {{"1/2000",
         "supplier { id: 'state:RUS' printed_name: 'RUS' } recipient { id: 'state:IND' } "
         "delivery { year: 2000 }"},
        {"2", Delivered("2", "state:USA", "state:IND", 0, 0)}});
  const auto flows = Ask(&Stub::GetFlows, "grouping: FLOW_GROUPING_SUPPLIER");
  EXPECT_THAT(Rows(flows), ElementsAre("RUS 2000 0"));
  EXPECT_FALSE(flows.row(0).has_share_millionths());
  EXPECT_EQ(flows.row(0).measures().records_without_tiv(), 1);
  EXPECT_EQ(flows.row(0).measures().records_without_number(), 1);
}

TEST_F(FlowsTest, YearsTogetherAreNeverSplit) {
  Load("toy", "2024-03-01",
       {{"1",
         "supplier { id: 'state:RUS' printed_name: 'RUS' } recipient { id: 'state:IND' } "
         "delivery { year: 2003 year: 2006 number: 7 } tiv_delivered_thousandths: 70"},
        {"2", Delivered("2", "state:RUS", "state:IND", 2003, 1)}});
  const std::string by = "grouping: FLOW_GROUPING_SUPPLIER ";
  EXPECT_THAT(Flows(by), ElementsAre("RUS 2003 1", "RUS 2003-2006 70"));
  EXPECT_THAT(Flows(by + "year_from: 2000 window_years: 5"),
              ElementsAre("RUS 2000-2004 1", "RUS 2003-2006 70"));
  EXPECT_THAT(Flows(by + "year_from: 2002 window_years: 5 year_to: 2007"),
              ElementsAre("RUS 2002-2006 71"));
  EXPECT_THAT(Flows(by + "year_from: 2001 window_years: 10 year_to: 2007"),
              ElementsAre("RUS 2001-2007 71"));
  EXPECT_THAT(Flows(by + "year_to: 2005"), ElementsAre("RUS 2003 1"));
}

TEST_F(FlowsTest, AnActorBearsTheNewestNameInTheTable) {
  Load("toy", "2020-01-01",
       {{"1",
         "supplier { id: 'state:TUR' printed_name: 'Turkey' } recipient { id: 'state:IND' } "
         "delivery { year: 2003 number: 7 }"}});
  Load("toy", "2024-01-01",
       {{"2",
         "supplier { id: 'state:TUR' printed_name: 'Turkiye' } recipient { id: 'state:IND' } "
         "delivery { year: 2001 number: 7 }"}});
  const std::string by = "grouping: FLOW_GROUPING_SUPPLIER ";
  EXPECT_THAT(Flows(by), ElementsAre("Turkiye 2001 0", "Turkiye 2003 0"));
  EXPECT_THAT(Flows(by + "read_at { cut { known_by_date { year: 2020 } } }"),
              ElementsAre("Turkey 2003 0"));
}

TEST_F(FlowsTest, SourcesAreNeverAdded) {
  LoadUsual();
  Report("analyst:ann", "2024-05-01", {{"a", Delivered("", "state:RUS", "state:PRK", 2024, 100)}});
  const grpc::Status status = Fails(&Stub::GetFlows, "");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("analyst:ann, toy"));
  EXPECT_THAT(Flows("source: 'analyst:ann'"), ElementsAre("RUS>PRK 2024 100"));
  EXPECT_THAT(Flows("source: 'toy' year_to: 2000"), ElementsAre("RUS>IND 2000 10"));
}

TEST_F(FlowsTest, AnEffectiveDateCountsWhatWasDelivered) {
  LoadUsual();
  EXPECT_THAT(Flows("read_at { cut { effective_date { year: 2000 month: 3 } } }"),
              ElementsAre("RUS>IND 2000 10"));
}

TEST_F(FlowsTest, WhatCannotBeAskedIsRefusedByField) {
  const auto message = [&](const std::string& request) {
    return Fails(&Stub::GetFlows, request).error_message();
  };
  EXPECT_THAT(message(""), HasSubstr("no source holds transfers"));
  LoadUsual();
  EXPECT_THAT(message("window_years: 5"), HasSubstr("window_years: windows begin at year_from"));
  EXPECT_THAT(message("window_years: -5"), HasSubstr("window_years"));
  EXPECT_THAT(message("year_from: 2001 year_to: 2000"), HasSubstr("year_from"));
  EXPECT_THAT(message("year_from: 10000"), HasSubstr("year_from"));
  EXPECT_THAT(message("source: 'nobody'"), HasSubstr("source: \"nobody\""));
  EXPECT_THAT(message("supplier: 'Atlantis'"), HasSubstr("supplier"));
}

}  // namespace
}  // namespace dossier
