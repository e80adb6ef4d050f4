// ListTreaties: given what sources said, at this cut, these lines; filtered, and page by page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/query/treaty_fixture.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ListTreatiesTest : public TreatyFixture {
 protected:
  using Lines = std::vector<std::string>;

  // "ID by SOURCE" of each line.
  static Lines LinesIn(const v1::ListTreatiesResponse& response) {
    EXPECT_FALSE(response.notice().empty());
    Lines lines;
    for (const auto& line : response.line()) {
      lines.push_back(absl::StrCat(line.treaty().treaty().id(), " by ", line.source()));
    }
    return lines;
  }
  Lines List(const std::string& request) { return LinesIn(Treaties(request)); }

  Lines AllPages(const std::string& request) {
    Lines lines;
    std::string token;
    do {
      const auto page = Treaties(absl::StrCat(request, " page_token: '", token, "'"));
      for (std::string& line : LinesIn(page)) lines.push_back(std::move(line));
      token = page.next_page_token();
    } while (!token.empty());
    return lines;
  }

  void LoadUsual() {
    Load("untc-index", "2015-03-14",
         {Describes("untc:26-3", "Convention on arms", "subject: 'Disarmament'"),
          Describes("untc:4-9", "Convention against torture")},
         "", "2015-03-14");
    Load("untc", "2015-03-14",
         {Under("untc:26-3", "state:CHN", Act("RATIFICATION", "1982-04-07")),
          Under("untc:26-3", "state:FRA", Act("SIGNATURE", "1981-04-10")),
          Under("untc:4-9", "state:CHN", Act("SIGNATURE", "1986-12-12"))},
         "", "2015-03-14");
    Load("atop", "2018-05-01",
         {Under("atop:3", "state:CHN", Spell("1961-07-11", "", {"DEFENSE", "CONSULTATION"})),
          Under("atop:3", "state:PRK", Spell("1961-07-11", "", {"DEFENSE"}))},
         "", "2016-12-31");
  }
};

TEST_F(ListTreatiesTest, AllAreListedByIdThenSource) {
  LoadUsual();
  EXPECT_THAT(List(""), ElementsAre("atop:3 by atop", "untc:26-3 by untc",
                                    "untc:26-3 by untc-index", "untc:4-9 by untc",
                                    "untc:4-9 by untc-index"));
}

TEST_F(ListTreatiesTest, ALineHasTitleObligationsAndCounts) {
  LoadUsual();
  const auto response = Treaties(At("2000-01-01"));
  ASSERT_EQ(response.line_size(), 5);
  const v1::TreatyLine& atop = response.line(0);
  EXPECT_THAT(atop.treaty().obligation(),
              ElementsAre(v1::OBLIGATION_DEFENSE, v1::OBLIGATION_CONSULTATION));
  EXPECT_EQ(Words(atop.count()), "in_force 2");
  const v1::TreatyLine& untc = response.line(1);
  EXPECT_EQ(untc.treaty().treaty().title(), "Convention on arms");  // the index's
  EXPECT_EQ(Words(untc.count()), "consented 1, signed 1");
  EXPECT_EQ(untc.treaty().party_size(), 0);
  EXPECT_FALSE(untc.has_on());
  EXPECT_EQ(response.line(2).treaty().subject(), "Disarmament");
  EXPECT_THAT(response.coverage(), Contains(HasSubstr("untc: whole; 1 edition")));
}

TEST_F(ListTreatiesTest, OfAPartyWithItsStanding) {
  LoadUsual();
  const auto response = Treaties("party: 'China' " + At("2000-01-01"));
  EXPECT_THAT(LinesIn(response),
              ElementsAre("atop:3 by atop", "untc:26-3 by untc", "untc:4-9 by untc"));
  EXPECT_EQ(Words(response.line(0).on()), "in_force");
  EXPECT_EQ(Words(response.line(1).on()), "consented");
  EXPECT_EQ(Words(response.line(2).on()), "signed");
  EXPECT_THAT(List("party: 'China' standing: STANDING_SIGNED " + At("2000-01-01")),
              ElementsAre("untc:4-9 by untc"));
  EXPECT_THAT(List("party: 'China' standing: STANDING_SIGNED " + At("1986-12-11")), IsEmpty());
  EXPECT_THAT(List("party: 'China' standing: STANDING_SIGNED standing: STANDING_CONSENTED " +
                   At("2000-01-01")),
              ElementsAre("untc:26-3 by untc", "untc:4-9 by untc"));
  EXPECT_THAT(List("party: 'Brazil'"), IsEmpty());
}

TEST_F(ListTreatiesTest, WithoutAPartyAStandingIsThatOfAny) {
  LoadUsual();
  EXPECT_THAT(List("standing: STANDING_CONSENTED " + At("2000-01-01")),
              ElementsAre("untc:26-3 by untc"));
}

TEST_F(ListTreatiesTest, TextSourcesAndObligationsMustAllHold) {
  LoadUsual();
  EXPECT_THAT(List("text: 'TORTURE'"), ElementsAre("untc:4-9 by untc", "untc:4-9 by untc-index"));
  EXPECT_THAT(List("text: '26-3' source: 'untc'"), ElementsAre("untc:26-3 by untc"));
  EXPECT_THAT(List("source: 'atop' source: 'untc-index'"),
              ElementsAre("atop:3 by atop", "untc:26-3 by untc-index", "untc:4-9 by untc-index"));
  EXPECT_THAT(List("obligation: OBLIGATION_CONSULTATION obligation: OBLIGATION_TRADE"),
              ElementsAre("atop:3 by atop"));
  EXPECT_THAT(List("obligation: OBLIGATION_DEFENSE text: 'arms'"), IsEmpty());
}

TEST_F(ListTreatiesTest, ATreatyThatNobodyDescribesIsNamedByARecordOfParties) {
  Said signed_by = Under("treaty:pact", "state:PRK", Act("SIGNATURE", "2024-06-19"));
  signed_by.present = "treaty { treaty { id: 'treaty:pact' title: 'The pact' } party { "
                      "party { id: 'state:PRK' } act { kind: ACT_KIND_SIGNATURE } } }";
  Report("analyst:ann", "2024-06-20", {signed_by});
  const auto response = Treaties("text: 'the pact'");
  ASSERT_EQ(response.line_size(), 1);
  EXPECT_EQ(response.line(0).treaty().treaty().title(), "The pact");
}

TEST_F(ListTreatiesTest, AnActWithoutADateTakesThatOfItsReport) {
  Said joined = Under("treaty:pact", "state:PRK", Act("ACCESSION"));
  joined.effective = "from { earliest_date { year: 2024 month: 6 } "
                     "latest_date { year: 2024 month: 6 } }";
  Report("analyst:ann", "2024-06-20", {joined});
  const auto on = [&](const std::string& day) {
    const auto response = Treaties("party: 'PRK' " + At(day));
    return response.line_size() == 1 ? Words(response.line(0).on()) : "no line";
  };
  EXPECT_EQ(on("2024-05-31"), "none");
  EXPECT_EQ(on("2024-06-15"), "none..consented");
  EXPECT_EQ(on("2024-07-01"), "consented");
}

TEST_F(ListTreatiesTest, WhatIsOnlyReferredToIsNotListed) {
  Load("untc-index", "2015-03-14", {Describes("untc:1-b", "Protocol", "base { id: 'untc:1' }")});
  EXPECT_THAT(List(""), ElementsAre("untc:1-b by untc-index"));
}

TEST_F(ListTreatiesTest, OnlyWhatWasKnownByTheCut) {
  LoadUsual();
  EXPECT_THAT(List(At("", "2015-03-13")), IsEmpty());
  EXPECT_THAT(List(At("", "2016")),
              ElementsAre("untc:26-3 by untc", "untc:26-3 by untc-index", "untc:4-9 by untc",
                          "untc:4-9 by untc-index"));
  Load("untc", "2016-01-01", {GoneRecord("untc:4-9/state:CHN")}, "", "2016-01-01");
  EXPECT_THAT(List("text: '4-9'"), ElementsAre("untc:4-9 by untc-index"));
  EXPECT_THAT(List("party: 'CHN' source: 'untc'"), ElementsAre("untc:26-3 by untc"));
  EXPECT_EQ(List("text: '4-9' " + At("", "2015")).size(), 2u);
}

TEST_F(ListTreatiesTest, PagesGoOnAsTheyBeganWhileTheLogGrows) {
  LoadUsual();
  for (const std::string filter : {"", "party: 'CHN' "}) {
    const Lines whole = List(filter);
    EXPECT_EQ(AllPages(filter + "page_size: 1"), whole);
    EXPECT_EQ(AllPages(filter + "page_size: 2"), whole);
  }
  const auto first = Treaties("page_size: 2");
  ASSERT_FALSE(first.next_page_token().empty());
  Load("atop", "2019-01-01", {Under("atop:9", "state:CHN", Spell("1950-02-14", ""))});
  Load("untc", "2014-01-01", {Under("untc:26-4", "state:CHN", Act("SIGNATURE", "1990"))});  // late
  const auto rest =
      Treaties(absl::StrCat("page_size: 9 page_token: '", first.next_page_token(), "'"));
  EXPECT_THAT(LinesIn(rest), ElementsAre("untc:26-3 by untc-index", "untc:4-9 by untc",
                                         "untc:4-9 by untc-index"));
  EXPECT_EQ(rest.answered_at().sequence(), first.answered_at().sequence());
  EXPECT_TRUE(rest.next_page_token().empty());
  EXPECT_EQ(List("").size(), 7u);
}

TEST_F(ListTreatiesTest, AFaultNamesItsField) {
  LoadUsual();
  const auto fails = [&](const std::string& request) {
    const grpc::Status status = FailsTreaties(request);
    return absl::StrCat(status.error_code(), " ", status.error_message());
  };
  EXPECT_THAT(fails("source: 'nobody'"), HasSubstr("5 source: \"nobody\""));
  EXPECT_THAT(fails("source: ''"), HasSubstr("3 source: "));
  EXPECT_THAT(fails("party: 'Atlantis'"), HasSubstr("5 party: "));
  EXPECT_THAT(fails("page_size: 1001"), HasSubstr("3 page_size: "));
  EXPECT_THAT(fails("page_token: 'x'"), HasSubstr("3 page_token: "));
  const std::string token = Treaties("page_size: 1").next_page_token();
  EXPECT_THAT(fails(absl::StrCat("text: 'a' page_token: '", token, "'")),
              HasSubstr("3 page_token: "));
}

}  // namespace
}  // namespace dossier
