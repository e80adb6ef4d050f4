#include "services/query/compare_deals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/query/page_token.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A row of a register: one deal, with all its deliveries.
std::string Row(const std::string& supplier, const std::string& recipient,
                const std::string& designation, int order_year, const std::string& more = "") {
  return absl::StrCat("supplier { id: '", supplier, "' printed_name: '", supplier,
                      "' } recipient { id: '", recipient, "' printed_name: '", recipient,
                      "' } designation: '", designation, "' ",
                      order_year == 0 ? "" : absl::StrCat("order_date { year: ", order_year, " } "),
                      more);
}

// "units/ordered/TIV years xRECORDS stage", "-" for what is not given.
std::string Told(const v1::SourceDeal& deal) {
  const auto number = [](bool given, int64_t value) {
    return given ? absl::StrCat(value) : std::string("-");
  };
  return absl::StrCat(
      deal.source(), " ", number(deal.has_units_delivered(), deal.units_delivered()), "/",
      number(deal.has_number_ordered(), deal.number_ordered()), "/",
      number(deal.has_tiv_delivered_thousandths(), deal.tiv_delivered_thousandths()), " ",
      deal.first_year(), "-", deal.last_year(), " x", deal.records(), " ",
      v1::Stage_Name(deal.stage()).substr(6));
}

// "1999 Su-30: toy 5/8/...; other ..." of each deal; the designation is the first source's.
std::vector<std::string> Told(const v1::CompareDealsResponse& response) {
  std::vector<std::string> deals;
  for (const v1::ComparedDeal& deal : response.deal()) {
    std::vector<std::string> sources;
    for (const v1::SourceDeal& one : deal.source()) sources.push_back(Told(one));
    deals.push_back(absl::StrCat(deal.order_year(), " ", deal.source(0).designation(), ": ",
                                 absl::StrJoin(sources, "; ")));
  }
  return deals;
}

// "RUS-IND 1999 Su-30".
std::vector<std::string> Keys(const v1::CompareDealsResponse& response) {
  std::vector<std::string> keys;
  for (const v1::ComparedDeal& deal : response.deal()) {
    keys.push_back(absl::StrCat(deal.supplier().id().substr(6), "-",
                                deal.recipient().id().substr(6), " ", deal.order_year(), " ",
                                deal.source(0).designation()));
  }
  return keys;
}

class CompareDealsTest : public QueryFixture {
 protected:
  absl::StatusOr<v1::CompareDealsResponse> TryCompare(const std::string& text) {
    v1::CompareDealsRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    auto from = ReadPageToken(request);
    if (!from.ok()) return from.status();
    const bool is_first = !from->has_value();
    auto as_of =
        AsOf::Open(*views_, request.read_at(), {}, is_first ? nullptr : &(*from)->cut);
    if (!as_of.ok()) return as_of.status();
    return CompareDeals(*as_of, table_, request, is_first ? "" : (*from)->place);
  }
  v1::CompareDealsResponse Compare(const std::string& text) {
    auto response = TryCompare(text);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : v1::CompareDealsResponse();
  }

  // One deal in two layouts: a row a deal, and a row for each year of it.
  void LoadTwoLayouts() {
    Load("rows", "2024-03-01",
         {{"a", Row("state:IRN", "state:RUS", "Drone-136", 2022,
                    "number_ordered: 6000 delivery { year: 2022 year: 2023 number: 1200 } "
                    "tiv_delivered_thousandths: 240")},
          {"b", Row("state:IRN", "state:RUS", "Drone-131", 2022,
                    "delivery { year: 2022 number: 100 } tiv_delivered_thousandths: 10")}});
    Load("years", "2024-03-01",
         {{"9/2022", Row("state:IRN", "state:RUS", "Drone-136 Pelargonium", 2022,
                         "deal_id: '9' delivery { year: 2022 number: 400 } "
                         "tiv_delivered_thousandths: 80")},
          {"9/2023", Row("state:IRN", "state:RUS", "Drone-136 Pelargonium", 2022,
                         "deal_id: '9' delivery { year: 2023 number: 900 } "
                         "tiv_delivered_thousandths: 180")}});
  }
};

TEST_F(CompareDealsTest, EachSourceStandsBesideTheOthersAndIsAddedUpForItself) {
  LoadTwoLayouts();
  const auto response = Compare("supplier: 'Iran' recipient: 'RUS'");
  EXPECT_THAT(Told(response),
              ElementsAre("2022 Drone-131: rows 100/-/10 2022-2022 x1 DELIVERED",
                          "2022 Drone-136: rows 1200/6000/240 2022-2023 x1 PARTLY_DELIVERED; "
                          "years 1300/-/260 2022-2023 x2 DELIVERED"));
  const v1::ComparedDeal& deal = response.deal(1);
  EXPECT_EQ(deal.supplier().id(), "state:IRN");
  EXPECT_EQ(deal.recipient().printed_name(), "state:RUS");
  EXPECT_THAT(deal.source(1).record(), ElementsAre("9/2022", "9/2023"));
  EXPECT_EQ(deal.source(1).designation(), "Drone-136 Pelargonium");
  EXPECT_EQ(response.answered_at().sequence(), views_->position().sequence);
}

TEST_F(CompareDealsTest, OnlyDifferencesBetweenSourcesThatBothReport) {
  LoadTwoLayouts();
  Load("years", "2024-03-02",
       {{"7", Row("state:IRN", "state:RUS", "Boat-1", 2020, "delivery { year: 2021 number: 3 }")},
        {"8", Row("state:IRN", "state:RUS", "Boat-2", 2020, "number_ordered: 4")},
        {"10", Row("state:IRN", "state:RUS", "Boat-3", 2020, "delivery { year: 2021 }")},
        {"11", Row("state:IRN", "state:RUS", "Boat-4", 2020, "delivery { year: 2021 }")}});
  Load("rows", "2024-03-02",
       {{"7", Row("state:IRN", "state:RUS", "Boat-1", 2020, "delivery { year: 2020 number: 3 }")},
        {"8", Row("state:IRN", "state:RUS", "Boat-2", 2020, "delivery { number: 0 }")},
        {"10", Row("state:IRN", "state:RUS", "Boat-3", 2020, "delivery { year: 2021 number: 9 }")},
        {"11", Row("state:IRN", "state:RUS", "Boat-4", 2020, "number_ordered: 9")}});
  // Boat-2: none is none, whether or not it says 0. Boat-3: a delivery without a number may be of
  // any. Boat-4: but not of none.
  EXPECT_THAT(Keys(Compare("supplier: 'IRN' differences_only: true")),
              ElementsAre("IRN-RUS 2020 Boat-4", "IRN-RUS 2022 Drone-136"));
  EXPECT_THAT(Keys(Compare("supplier: 'IRN' differences_only: true source: 'rows'")), IsEmpty());
}

TEST_F(CompareDealsTest, TheSourcesAskedForAndNoOthers) {
  LoadTwoLayouts();
  Load("third", "2024-03-01", {{"1", Row("state:IRN", "state:RUS", "Drone-136", 2022)}});
  EXPECT_THAT(Told(Compare("actor: 'IRN' source: 'years' source: 'third' source: 'years'")),
              ElementsAre("2022 Drone-136: third -/-/- 0-0 x1 ORDERED; "
                          "years 1300/-/260 2022-2023 x2 DELIVERED"));
}

TEST_F(CompareDealsTest, RecordsThatCannotBeToldApartAreOneDeal) {
  Load("rows", "2024-03-01",
       {{"1", Row("state:RUS", "state:IND", "Su-30", 1999,
                  "number_ordered: 10 delivery { year: 2000 number: 10 }")},
        {"2", Row("state:RUS", "state:IND", "Su-30", 1999, "number_ordered: 8")},
        {"3", Row("state:RUS", "state:IND", "Su-30", 2000, "number_ordered: 8")}});
  // Each is judged by itself: the first is complete, the second has not begun.
  EXPECT_THAT(Told(Compare("supplier: 'RUS'")),
              ElementsAre("1999 Su-30: rows 10/18/- 2000-2000 x2 PARTLY_DELIVERED",
                          "2000 Su-30: rows -/8/- 0-0 x1 ORDERED"));
}

TEST_F(CompareDealsTest, RecordsOfOneDealNumberRepeatItsOrder) {
  Load("years", "2024-03-01",
       {{"4/2000", Row("state:RUS", "state:IND", "Su-30", 1999,
                       "deal_id: '4' number_ordered: 10 delivery { year: 2000 number: 6 }")},
        {"4/2001", Row("state:RUS", "state:IND", "Su-30", 1999,
                       "deal_id: '4' number_ordered: 10 delivery { year: 2001 number: 4 }")}});
  EXPECT_THAT(Told(Compare("supplier: 'RUS'")),
              ElementsAre("1999 Su-30: years 10/10/- 2000-2001 x2 DELIVERED"));
}

TEST_F(CompareDealsTest, TheNewestRecordGivesTheWords) {
  Load("rows", "2024-03-01", {{"1", Row("state:RUS", "state:IND", "Su-30 Old", 1999)},
                              {"2", Row("state:RUS", "state:IND", "Su-30 Older", 1999)}});
  Load("rows", "2025-03-01", {{"1", Row("state:RUS", "state:IND", "Su-30 New", 1999)}});
  EXPECT_THAT(Keys(Compare("supplier: 'RUS'")), ElementsAre("RUS-IND 1999 Su-30 New"));
}

TEST_F(CompareDealsTest, AtMostFiftyRecordKeysAreShownAndAllAreCounted) {
  std::vector<Said> said;
  for (int i = 100; i < 160; ++i) {
    said.push_back({absl::StrCat(i), Row("state:RUS", "state:IND", "Su-30", 1999)});
  }
  Load("rows", "2024-03-01", said);
  const auto response = Compare("supplier: 'RUS'");
  ASSERT_EQ(response.deal_size(), 1);
  EXPECT_EQ(response.deal(0).source(0).records(), 60u);
  ASSERT_EQ(response.deal(0).source(0).record_size(), 50);
  EXPECT_EQ(response.deal(0).source(0).record(49), "149");
}

TEST_F(CompareDealsTest, OrderYearsBoundWhatIsCompared) {
  Load("rows", "2024-03-01",
       {{"1", Row("state:RUS", "state:IND", "A-1", 1999)},
        {"2", Row("state:RUS", "state:IND", "A-2", 2000)},
        {"3", Row("state:RUS", "state:IND", "A-3", 2001)},
        {"4", Row("state:RUS", "state:IND", "A-4", 0)}});
  EXPECT_THAT(Keys(Compare("supplier: 'RUS'")),
              ElementsAre("RUS-IND 0 A-4", "RUS-IND 1999 A-1", "RUS-IND 2000 A-2",
                          "RUS-IND 2001 A-3"));
  EXPECT_THAT(Keys(Compare("supplier: 'RUS' order_year_from: 2000 order_year_to: 2000")),
              ElementsAre("RUS-IND 2000 A-2"));
  EXPECT_THAT(Keys(Compare("supplier: 'RUS' order_year_to: 1999")),
              ElementsAre("RUS-IND 1999 A-1"));
}

TEST_F(CompareDealsTest, AnEffectiveDateLimitsTheWorld) {
  Load("rows", "2024-03-01",
       {{"1", Row("state:RUS", "state:IND", "A-1", 1999,
                  "number_ordered: 9 delivery { year: 2001 number: 4 } tiv_delivered_thousandths: "
                  "40")},
        {"2", Row("state:RUS", "state:IND", "A-2", 2000,
                  "number_ordered: 9 delivery { year: 2001 year: 2003 number: 9 }")},
        {"3", Row("state:RUS", "state:IND", "A-3", 2002)}});
  const auto on = [&](int year) {
    return Told(Compare(absl::StrCat("supplier: 'RUS' read_at { cut { effective_date { year: ",
                                     year, " } } }")));
  };
  EXPECT_THAT(on(1999), ElementsAre("1999 A-1: rows -/9/- 0-0 x1 ORDERED"));
  // A total over several years counts once the last has come.
  EXPECT_THAT(on(2001), ElementsAre("1999 A-1: rows 4/9/40 2001-2001 x1 PARTLY_DELIVERED",
                                    "2000 A-2: rows -/9/- 2001-2003 x1 PARTLY_DELIVERED"));
  EXPECT_THAT(on(2003), ElementsAre("1999 A-1: rows 4/9/40 2001-2001 x1 PARTLY_DELIVERED",
                                    "2000 A-2: rows 9/9/- 2001-2003 x1 DELIVERED",
                                    "2002 A-3: rows -/-/- 0-0 x1 ORDERED"));
}

TEST_F(CompareDealsTest, PastKnowledgeShowsWhatWasPublishedThen) {
  LoadTwoLayouts();
  const uint64_t first = views_->position().sequence;
  Load("rows", "2025-03-01",
       {{"a", Row("state:IRN", "state:RUS", "Drone-136", 2022,
                  "number_ordered: 6000 delivery { year: 2022 year: 2024 number: 4600 }")},
        {"b", ""}});
  Retract("years", "2024-03-01", {"9/2022", "9/2023"});
  EXPECT_THAT(Told(Compare("supplier: 'IRN'")),
              ElementsAre("2022 Drone-136: rows 4600/6000/- 2022-2024 x1 PARTLY_DELIVERED"));
  EXPECT_THAT(
      Keys(Compare("supplier: 'IRN' read_at { cut { known_by_date { year: 2024 month: 6 } } }")),
      ElementsAre("IRN-RUS 2022 Drone-131", "IRN-RUS 2022 Drone-136"));
  EXPECT_THAT(Told(Compare(absl::StrCat("supplier: 'IRN' read_at { cut { sequence: ", first,
                                        " } }")))[1],
              HasSubstr("years 1300/-/260"));
}

TEST_F(CompareDealsTest, PagesContinueOneAnswerWhileTheLogGrows) {
  std::vector<Said> rows, years;
  for (int i = 0; i < 40; ++i) {
    const std::string supplier = i % 3 == 0 ? "state:USA" : "state:RUS";
    const std::string recipient = i % 2 == 0 ? "state:IND" : "state:CHN";
    const auto text = Row(supplier, recipient, absl::StrCat("A-", i), 2000 + i % 5);
    if (i % 4 != 0) rows.push_back({absl::StrCat(i), text});
    if (i % 4 != 1) years.push_back({absl::StrCat(i), text});
  }
  Load("rows", "2024-03-01", rows);
  Load("years", "2024-03-01", years);
  int day = 10;
  for (const std::string parties :
       {"supplier: 'RUS' supplier: 'USA'", "recipient: ['CHN', 'IND']", "actor: 'IND' actor: 'RUS'",
        "actor: 'CHN'", "supplier: 'RUS' actor: 'IND'", "recipient: 'CHN' supplier: 'USA'"}) {
    const auto whole = Told(Compare(absl::StrCat(parties, " page_size: 1000")));
    ASSERT_GT(whole.size(), 5u) << parties;
    std::vector<std::string> paged;
    std::string token;
    do {
      const auto page =
          Compare(absl::StrCat(parties, " page_size: 3 page_token: '", token, "'"));
      for (const std::string& deal : Told(page)) paged.push_back(deal);
      ASSERT_LE(paged.size(), whole.size()) << parties;
      token = page.next_page_token();
      EXPECT_EQ(page.coverage_size(), 2);
      // A new pair, a new deal of an old one, and one that is yet to come is withdrawn.
      const std::string date = absl::StrCat("2024-04-", ++day % 20 + 10);
      Report("analyst:x", date, {{absl::StrCat(day), Row("state:CHN", "state:RUS", "B-1", 2001)}});
      Load("rows", date, {{absl::StrCat("n", day), Row("state:USA", "state:CHN", "B-2", 2001)},
                          {"39", ""}});
      Retract("rows", date, {absl::StrCat("n", day), "39"});
    } while (!token.empty());
    EXPECT_EQ(paged, whole) << parties;
    Report("analyst:x", "2024-05-01", {{"gone", ""}});
  }
}

TEST_F(CompareDealsTest, PairsComeInOrderWhateverTheSource) {
  Load("a", "2024-03-01", {{"1", Row("state:RUS", "state:VNM", "A-1", 2000)},
                           {"2", Row("state:CHN", "state:RUS", "A-1", 2000)}});
  Load("b", "2024-03-01", {{"1", Row("state:RUS", "state:IND", "A-1", 2000)},
                           {"2", Row("state:USA", "state:RUS", "A-1", 2000)}});
  EXPECT_THAT(Keys(Compare("actor: 'RUS'")),
              ElementsAre("CHN-RUS 2000 A-1", "RUS-IND 2000 A-1", "RUS-VNM 2000 A-1",
                          "USA-RUS 2000 A-1"));
  EXPECT_THAT(Keys(Compare("supplier: 'RUS'")),
              ElementsAre("RUS-IND 2000 A-1", "RUS-VNM 2000 A-1"));
  EXPECT_THAT(Keys(Compare("supplier: 'RUS' actor: 'VNM'")), ElementsAre("RUS-VNM 2000 A-1"));
}

TEST_F(CompareDealsTest, ASourceSaysWhatItCovers) {
  LoadTwoLayouts();
  Report("analyst:x", "2024-03-01", {{"1", Row("state:IRN", "state:RUS", "Drone-136", 2022)}});
  Load("rows", "2025-03-01", {}, "deliveries_only: true");
  const auto response = Compare("supplier: 'IRN' source: 'years' source: 'rows'");
  ASSERT_EQ(response.coverage_size(), 2);
  EXPECT_EQ(response.coverage(0).source(), "rows");
  EXPECT_THAT(response.coverage(0).scope(), ElementsAre("whole", "deliveries only"));
  EXPECT_THAT(response.coverage(1).scope(), ElementsAre("whole"));
  // What has no editions claims to cover nothing.
  EXPECT_EQ(Compare("supplier: 'IRN'").coverage_size(), 2);
  EXPECT_THAT(Compare("supplier: 'IRN' source: 'analyst:x'").coverage(0).scope(), IsEmpty());
}

// So many records that a page stops for the events it read: no deal is lost, none told twice.
TEST_F(CompareDealsTest, APageThatReadEnoughEndsEarly) {
  std::vector<Said> said;
  for (int i = 0; i < 24'000; ++i) {
    said.push_back({absl::StrCat(i), Row("state:RUS", i % 2 == 0 ? "state:IND" : "state:CHN",
                                         "A-1", 2000 + i / 2 % 10)});
  }
  Load("rows", "2024-03-01", said);
  Load("years", "2024-03-01", {{"1", Row("state:RUS", "state:IND", "A-1", 2009,
                                         "delivery { year: 2010 number: 1 }")}});
  const auto first = Compare("supplier: 'RUS' differences_only: true");
  EXPECT_EQ(first.deal_size(), 0);
  ASSERT_NE(first.next_page_token(), "");
  const auto second = Compare(absl::StrCat("supplier: 'RUS' differences_only: true page_token: '",
                                           first.next_page_token(), "'"));
  EXPECT_THAT(Keys(second), ElementsAre("RUS-IND 2009 A-1"));
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(CompareDealsTest, WhatCannotBeAskedIsRefusedByField) {
  LoadTwoLayouts();
  const auto refused = [&](const std::string& request) {
    return std::string(TryCompare(request).status().message());
  };
  EXPECT_THAT(refused(""), HasSubstr("supplier: not given"));
  EXPECT_THAT(refused("supplier: 'IRN' page_size: 1001"), HasSubstr("page_size: 1001"));
  EXPECT_THAT(refused("supplier: 'IRN' order_year_from: -1"), HasSubstr("order_year_from: -1"));
  EXPECT_THAT(refused("supplier: 'IRN' order_year_to: 10000"), HasSubstr("order_year_to: 10000"));
  EXPECT_THAT(refused("supplier: 'IRN' order_year_from: 2001 order_year_to: 2000"),
              HasSubstr("order_year_from: 2001 is after order_year_to, 2000"));
  EXPECT_THAT(refused("supplier: 'IRN' source: 'nobody'"), HasSubstr("source: \"nobody\""));
  EXPECT_THAT(refused("recipient: 'Atlantis'"), HasSubstr("recipient: \"Atlantis\""));
  std::string sources = "supplier: 'IRN'";
  for (int i = 0; i < 21; ++i) absl::StrAppend(&sources, " source: 'rows'");
  EXPECT_THAT(refused(sources), HasSubstr("source: 21 sources; expected at most 20"));
  const auto page = Compare("supplier: 'IRN' page_size: 1");
  EXPECT_THAT(refused(absl::StrCat("supplier: 'RUS' page_size: 1 page_token: '",
                                   page.next_page_token(), "'")),
              HasSubstr("page_token: it belongs to another request"));
}

}  // namespace
}  // namespace dossier
