#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Records(const v1::ListTransfersResponse& response) {
  std::vector<std::string> records;
  for (const v1::TransferRecord& one : response.transfer()) records.push_back(one.record());
  return records;
}

class TransfersQueryTest : public QueryFixture {
 protected:
  std::vector<std::string> List(const std::string& request) {
    return Records(Ask(&Stub::ListTransfers, request));
  }
  void LoadUsual() {
    Load("toy", "2024-03-01",
         {{"1", Delivered("1", "state:RUS", "state:IND", 2000, 10, 1,
                          "category: 'Aircraft' designation: 'Su-30' order_date { year: 1999 }")},
          {"2", Delivered("2", "state:RUS", "state:CHN", 2001, 20, 1, "category: 'Ships'")},
          {"3", Delivered("3", "state:USA", "state:IND", 2002, 30, 1,
                          "number_ordered: 5 description: 'Transport aircraft'")},
          {"4", Delivered("4", "state:IND", "state:USA", 0, 0, 0,
                          "order_date { year: 2003 } category: 'ships'")}});
  }
};

TEST_F(TransfersQueryTest, ARecordSaysWhatItRestsOn) {
  LoadUsual();
  const auto response = Ask(&Stub::ListTransfers, "filter { supplier: 'Russia' recipient: 'IND' }");
  ASSERT_EQ(response.transfer_size(), 1);
  const v1::TransferRecord& record = response.transfer(0);
  EXPECT_EQ(record.source(), "toy");
  EXPECT_EQ(record.transfer().designation(), "Su-30");
  EXPECT_EQ(record.stage(), v1::STAGE_DELIVERED);
  EXPECT_EQ(record.event_id().size(), 16u);
  EXPECT_EQ(record.edition_id().size(), 16u);
  EXPECT_EQ(record.stamp().time().seconds(), 1709251200);
  EXPECT_EQ(record.sequence(), response.answered_at().sequence() - 3);
}

TEST_F(TransfersQueryTest, EachFilterHolds) {
  LoadUsual();
  EXPECT_THAT(List(""), ElementsAre("4", "2", "1", "3"));
  EXPECT_THAT(List("filter { supplier: 'RUS' }"), ElementsAre("2", "1"));
  EXPECT_THAT(List("filter { recipient: 'IND' }"), ElementsAre("1", "3"));
  EXPECT_THAT(List("filter { recipient: 'IND' supplier: 'USA' }"), ElementsAre("3"));
  EXPECT_THAT(List("filter { actor: 'India' }"), ElementsAre("4", "1", "3"));
  EXPECT_THAT(List("filter { actor: ['IND', 'CHN'] }"), ElementsAre("4", "2", "1", "3"));
  EXPECT_THAT(List("filter { actor: 'IND' supplier: ['RUS', 'IND'] }"), ElementsAre("4", "1"));
  EXPECT_THAT(List("filter { category: 'SHIPS' }"), ElementsAre("4", "2"));
  EXPECT_THAT(List("filter { year_from: 2001 year_to: 2002 }"), ElementsAre("2", "3"));
  EXPECT_THAT(List("filter { year_from: 2003 }"), ElementsAre("4"));
  EXPECT_THAT(List("filter { stage: STAGE_ORDERED }"), ElementsAre("4"));
  EXPECT_THAT(List("filter { stage: STAGE_PARTLY_DELIVERED }"), ElementsAre("3"));
  EXPECT_THAT(List("filter { text: 'AIRCRAFT' }"), ElementsAre("3"));
  EXPECT_THAT(List("filter { text: 'su-3' }"), ElementsAre("1"));
  EXPECT_THAT(List("filter { source: 'toy' supplier: 'CHN' }"), IsEmpty());
}

TEST_F(TransfersQueryTest, PagesContinueOneAnswerWhileTheLogGrows) {
  std::vector<Said> said;
  for (int i = 10; i < 35; ++i) {
    said.push_back({absl::StrCat(i), Delivered(absl::StrCat(i), "state:RUS",
                                               i % 2 == 0 ? "state:IND" : "state:CHN", 2000, 1)});
  }
  Load("toy", "2024-03-01", said);
  for (const std::string filter :
       {"", "actor: 'IND' actor: 'CHN'", "recipient: ['CHN', 'IND']", "supplier: 'RUS'"}) {
    const auto whole = List(absl::StrCat("page_size: 1000 filter { ", filter, " }"));
    ASSERT_EQ(whole.size(), 25u);
    std::vector<std::string> paged;
    std::string token;
    int pages = 0;
    do {
      const auto page = Ask(&Stub::ListTransfers, absl::StrCat("page_size: 4 filter { ", filter,
                                                               " } page_token: '", token, "'"));
      for (const std::string& record : Records(page)) paged.push_back(record);
      token = page.next_page_token();
      // New records in between, new pairs, and withdrawals of what is yet to be listed.
      const std::string name = absl::StrCat(filter.size(), "-", ++pages);
      Load("toy", absl::StrCat("2024-04-", 10 + pages),
           {{"2" + name, Delivered(name, "state:RUS", "state:IND", 2000, 1)},
            {"3" + name, Delivered(name, "state:USA", "state:CHN", 2000, 1)},
            {"34", ""},
            {"33", pages % 2 == 0 ? "" : said[23].transfer}});
    } while (!token.empty() && pages < 20);
    EXPECT_EQ(pages, 7);
    EXPECT_EQ(paged, whole) << filter;
    for (int day = 11; day <= 10 + pages; ++day) {
      const std::string name = absl::StrCat(filter.size(), "-", day - 10);
      Retract("toy", absl::StrCat("2024-04-", day), {"2" + name, "3" + name, "33", "34"});
    }
  }
}

TEST_F(TransfersQueryTest, ATokenIsBoundToItsRequest) {
  LoadUsual();
  const auto page = Ask(&Stub::ListTransfers, "page_size: 1");
  ASSERT_FALSE(page.next_page_token().empty());
  const grpc::Status foreign =
      Fails(&Stub::ListTransfers,
            absl::StrCat("filter { actor: 'IND' } page_token: '", page.next_page_token(), "'"));
  EXPECT_EQ(foreign.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(foreign.error_message(), HasSubstr("page_token"));
}

TEST_F(TransfersQueryTest, APageThatEndsTheListHasNoToken) {
  LoadUsual();
  EXPECT_EQ(Ask(&Stub::ListTransfers, "page_size: 4").next_page_token(), "");
  EXPECT_EQ(Ask(&Stub::ListTransfers, "page_size: 1 filter { text: 'Su-30' }").next_page_token(),
            "");
}

TEST_F(TransfersQueryTest, PastKnowledgeShowsWhatWasPublishedThen) {
  Load("toy", "2023-01-01", {{"1", Delivered("1", "state:RUS", "state:IND", 2000, 10)}});
  const uint64_t first = views_->position().sequence;
  Load("toy", "2024-01-01", {{"1", Delivered("1", "state:RUS", "state:PAK", 2000, 10)}});
  Load("toy", "2025-01-01", {{"1", ""}});
  EXPECT_THAT(List(""), IsEmpty());
  const auto recipient = [&](const std::string& cut) {
    const auto response = Ask(&Stub::ListTransfers, absl::StrCat("read_at { cut { ", cut, " } }"));
    return response.transfer_size() == 1 ? response.transfer(0).transfer().recipient().id() : "";
  };
  EXPECT_EQ(recipient("known_by_date { year: 2023 }"), "state:IND");
  EXPECT_EQ(recipient("known_by_date { year: 2024 month: 6 }"), "state:PAK");
  EXPECT_EQ(recipient(absl::StrCat("sequence: ", first)), "state:IND");
}

TEST_F(TransfersQueryTest, ARetractedEditionStillAnswersForItsTime) {
  Load("toy", "2023-01-01", {{"1", Delivered("1", "state:RUS", "state:IND", 2000, 10)}});
  const uint64_t loaded = views_->position().sequence;
  Retract("toy", "2023-01-01", {"1"});
  EXPECT_THAT(List(""), IsEmpty());
  EXPECT_THAT(List("read_at { cut { known_by_date { year: 2024 } } }"), IsEmpty());
  EXPECT_THAT(List(absl::StrCat("read_at { cut { sequence: ", loaded, " } }")), ElementsAre("1"));
}

TEST_F(TransfersQueryTest, AnEffectiveDateLimitsTheWorld) {
  LoadUsual();
  Load("toy", "2024-03-02",
       {{"5", Delivered("5", "state:RUS", "state:VNM", 2005, 1, 1, "order_date { year: 2000 }")},
        {"6", Delivered("6", "state:RUS", "state:VNM", 2005, 1)}});
  const auto on = [&](int year) {
    return Ask(&Stub::ListTransfers,
               absl::StrCat("read_at { cut { effective_date { year: ", year, " } } }"));
  };
  EXPECT_THAT(Records(on(1999)), ElementsAre("1"));
  EXPECT_EQ(on(1999).transfer(0).stage(), v1::STAGE_ORDERED);
  EXPECT_EQ(on(2000).transfer(0).stage(), v1::STAGE_DELIVERED);
  EXPECT_THAT(Records(on(2001)), ElementsAre("2", "1", "5"));
  EXPECT_EQ(on(2001).transfer(2).stage(), v1::STAGE_ORDERED);
  EXPECT_THAT(Records(on(2005)), ElementsAre("4", "2", "1", "5", "6", "3"));
}

TEST_F(TransfersQueryTest, WhatCannotBeAskedIsRefusedByField) {
  LoadUsual();
  const auto message = [&](const std::string& request) {
    return Fails(&Stub::ListTransfers, request).error_message();
  };
  EXPECT_THAT(message("page_size: 1001"), HasSubstr("page_size: 1001; expected 1 to 1000"));
  EXPECT_THAT(message("page_size: -1"), HasSubstr("page_size"));
  EXPECT_THAT(message("filter { year_from: 2001 year_to: 2000 }"), HasSubstr("filter.year_from"));
  EXPECT_THAT(message("filter { year_to: -1 }"), HasSubstr("filter.year_to"));
  EXPECT_THAT(message("filter { supplier: 'Atlantis' }"),
              HasSubstr("filter.supplier: \"Atlantis\""));
  EXPECT_THAT(message("filter { recipient: '' }"), HasSubstr("filter.recipient: empty"));
  EXPECT_THAT(message("filter { source: 'nobody' }"), HasSubstr("filter.source"));
  EXPECT_EQ(Fails(&Stub::ListTransfers, "filter { actor: 'Atlantis' }").error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(TransfersQueryTest, AnUnresolvedNameIsAnActorLikeAnyOther) {
  Load("toy", "2024-03-01",
       {{"1",
         "supplier { id: 'unresolved:toy:Atlantis' printed_name: 'Atlantis' } "
         "recipient { id: 'state:IND' printed_name: 'India' }"}});
  EXPECT_THAT(List("filter { supplier: 'atlantis' }"), ElementsAre("1"));
  EXPECT_THAT(List("filter { supplier: 'unresolved:toy:Atlantis' }"), ElementsAre("1"));
}

}  // namespace
}  // namespace dossier
