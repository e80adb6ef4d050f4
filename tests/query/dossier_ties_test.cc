// What a dossier counts of treaties, memberships and what is between actors, at a cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/query/treaty_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;

class DossierTiesTest : public TreatyFixture {
 protected:
  // A source's part of an actor's dossier; an empty one where it has none.
  v1::SourceDossier Of(const std::string& actor, const std::string& source,
                       const std::string& cut = "") {
    const auto response =
        Ask(&Stub::GetDossier, absl::StrCat("actor: '", actor, "' ", cut));
    for (const auto& part : response.dossier(0).source()) {
      if (part.source() == source) return part;
    }
    return {};
  }
  std::string TreatiesOf(const std::string& actor, const std::string& cut = "") {
    return Words(Of(actor, "untc", cut).treaty());
  }

  static Said Member(const std::string& record, const std::string& status,
                     const std::string& date) {
    return Content(record, absl::StrCat("membership { member { id: 'state:IRN' } organisation { "
                                        "id: 'org:SCO' } status: MEMBERSHIP_STATUS_",
                                        status, " date { ", date, " } }"));
  }
  static Said Content(const std::string& record, const std::string& present) {
    Said said{record, ""};
    said.present = present;
    return said;
  }
};

TEST_F(DossierTiesTest, TreatiesAreCountedByTheActorsStanding) {
  Load("untc", "2015-03-14",
       {Under("untc:1", "state:CHN", Act("SIGNATURE", "1981-09-14") + Act("RATIFICATION", "1982")),
        Under("untc:1", "state:FRA", Act("SIGNATURE", "1981-04-10")),
        Under("untc:2", "state:CHN", Act("SIGNATURE", "1990-01-01")),
        Under("untc:3", "state:CHN", Act("ACCESSION", "1990-01-01"))},
       "", "2015-03-14");
  EXPECT_EQ(TreatiesOf("CHN"), "consented 2, signed 1");
  EXPECT_EQ(TreatiesOf("CHN", At("1985-01-01")), "consented 1, none 2");
  EXPECT_EQ(TreatiesOf("FRA"), "signed 1");
  EXPECT_EQ(TreatiesOf("CHN", At("", "2015-03-13")), "");
  EXPECT_EQ(TreatiesOf("BRA"), "");
}

TEST_F(DossierTiesTest, SeveralRecordsOfOneTreatyAreOneTreaty) {
  Load("untc", "2015-03-14",
       {Under("untc:1", "state:CHN", Act("SIGNATURE", "1981-09-14")),
        {"other", "", false,
         "treaty { treaty { id: 'untc:1' } party { party { id: 'state:CHN' } toward { id: "
         "'state:FRA' } spell { from_date { year: 1990 } } } }"}});
  EXPECT_EQ(TreatiesOf("CHN"), "in_force 1");
  EXPECT_EQ(TreatiesOf("FRA"), "");  // it is owed, and owes nothing
  Load("untc", "2016-03-14",
       {GoneRecord("untc:1/state:CHN"), GoneRecord("other")});
  EXPECT_EQ(TreatiesOf("CHN"), "");
  EXPECT_EQ(TreatiesOf("CHN", At("", "2015")), "in_force 1");
}

TEST_F(DossierTiesTest, ATreatysEndCountsForAllOfItsPublishersSources) {
  Load("untc", "2015-03-14", {Under("untc:1", "state:CHN", Act("RATIFICATION", "1981-09-14"))});
  Load("untc-index", "2015-03-14", {Describes("untc:1", "Pact", "end_date { year: 2000 }")});
  EXPECT_EQ(TreatiesOf("CHN", At("2001-01-01")), "ended 1");
  EXPECT_EQ(TreatiesOf("CHN", At("1999-01-01")), "consented 1");
}

TEST_F(DossierTiesTest, TheLastMembershipByTheDayDecides) {
  Report("analyst:ann", "2024-01-01",
         {Member("1", "JOINED", "year: 2005"), Member("2", "SUSPENDED", "year: 2010"),
          Member("3", "JOINED", "year: 2023 month: 7 day: 4")});
  const auto count = [&](const std::string& actor, const std::string& cut) {
    return Of(actor, "analyst:ann", cut).memberships();
  };
  EXPECT_EQ(count("IRN", At("2004-01-01")), 0);
  EXPECT_EQ(count("IRN", At("2006-01-01")), 1);
  EXPECT_EQ(count("IRN", At("2023-07-03")), 0);
  EXPECT_EQ(count("IRN", At("2023-07-04")), 1);
  EXPECT_EQ(count("IRN", ""), 1);
  // Of the organisation, its members.
  EXPECT_EQ(count("org:SCO", At("2006-01-01")), 1);
  EXPECT_EQ(count("org:SCO", At("2011-01-01")), 0);
}

TEST_F(DossierTiesTest, WhatIsBetweenActorsIsCountedOfBothOnceItHasBegun) {
  const std::string from = " from_date { year: 2024 month: 10 } ";
  Report("analyst:ann", "2024-11-01",
         {Content("d", "deployment { sender { id: 'state:PRK' } supported { id: 'state:RUS' }" +
                           from + "}"),
          Content("i", "indicator { actor { id: 'state:PRK' } on { id: 'state:CHN' } }"),
          Content("q", "dealing { actor { id: 'state:RUS' } toward { id: 'state:RUS' }" + from +
                           "to_date { year: 2024 month: 10 } }")});
  const auto counts = [&](const std::string& actor, const std::string& cut = "") {
    const v1::SourceDossier part = Of(actor, "analyst:ann", cut);
    return std::vector<int64_t>{part.deployments(), part.indicators(), part.dealings()};
  };
  EXPECT_THAT(counts("PRK"), ElementsAre(1, 1, 0));
  EXPECT_THAT(counts("RUS"), ElementsAre(1, 0, 1));
  EXPECT_THAT(counts("CHN"), ElementsAre(0, 1, 0));
  EXPECT_THAT(counts("RUS", At("2024-09-30")), ElementsAre(0, 0, 0));
  EXPECT_THAT(counts("RUS", At("2024-10-01")), ElementsAre(1, 0, 1));  // possibly
  EXPECT_THAT(counts("RUS", At("2025-01-01")), ElementsAre(1, 0, 1));
  EXPECT_THAT(counts("RUS", At("", "2024-10-31")), ElementsAre(0, 0, 0));
}

TEST_F(DossierTiesTest, ARecordThatIsRevisedIsCountedOfThoseItIsAboutNow) {
  const auto deployed = [&](const std::string& by) {
    return Content("d", "deployment { sender { id: '" + by + "' } supported { id: 'state:RUS' } }");
  };
  Report("analyst:ann", "2024-11-01", {deployed("state:PRK")});
  Report("analyst:ann", "2024-11-02", {deployed("state:IRN")});
  EXPECT_EQ(Of("RUS", "analyst:ann").deployments(), 1);
  EXPECT_EQ(Of("IRN", "analyst:ann").deployments(), 1);
  EXPECT_EQ(Of("PRK", "analyst:ann").deployments(), 0);
  EXPECT_EQ(Of("PRK", "analyst:ann", At("", "2024-11-01")).deployments(), 1);
}

}  // namespace
}  // namespace dossier
