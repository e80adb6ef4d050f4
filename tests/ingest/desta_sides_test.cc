// Who is on which side of a trade agreement, as DESTA's flags have it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "services/ingest/sources/desta_csv.h"
#include "tests/ingest/desta_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DestaSidesTest, MembersOfARegionStandAgainstWhoIsOutsideIt) {
  const TableReading reading = ReadDesta({kRegionAndState, kTwoRegions});
  EXPECT_THAT(DestaParties(reading, "21"),
              ElementsAre("state:DZA/1 SIGNATURE 1990", "state:FRA/2 SIGNATURE 1990",
                          "state:DEU/2 SIGNATURE 1990"));
  EXPECT_THAT(DestaParties(reading, "31"),
              ElementsAre("state:FJI/1 SIGNATURE 1990", "state:PNG/1 SIGNATURE 1990",
                          "state:FRA/2 SIGNATURE 1990", "state:DEU/2 SIGNATURE 1990",
                          "state:ITA/2 SIGNATURE 1990"));
}

std::vector<int> SidesOf(const DestaExample& row) {
  const TableReading reading = ReadDesta({row});
  EXPECT_THAT(reading.rejections, IsEmpty());
  std::vector<int> sides;
  for (const v1::TreatyParty& party : DestaTreaty(reading, row.number).party()) {
    sides.push_back(party.side());
  }
  return sides;
}

TEST(DestaSidesTest, FlagsThatMakeNoSides) {
  EXPECT_THAT(SidesOf({.number = "1",
                       .base = "1",
                       .kind = "2",
                       .codes = "36 554 242",
                       .flags = "0 1 1"}),
              ElementsAre(0, 0, 0));
  EXPECT_THAT(SidesOf({.number = "1", .base = "1", .flags = "1 1"}), ElementsAre(0, 0));
  EXPECT_THAT(SidesOf({.number = "1", .base = "1", .flags = "NA NA"}), ElementsAre(0, 0));
  EXPECT_THAT(SidesOf({.number = "1",
                       .base = "1",
                       .entry = "negotiation",
                       .year = "NA",
                       .kind = "2",
                       .codes = "840 250 276",
                       .flags = "0 1 1"}),
              ElementsAre(1, 2, 2));
}

TEST(DestaSidesTest, AMemberWithoutAFlagAndOneOnBothSides) {
  EXPECT_THAT(SidesOf({.number = "1",
                       .base = "1",
                       .kind = "3",
                       .codes = "704 112 51 398",
                       .flags = "0 1 NA 1"}),
              ElementsAre(1, 2, 2, 2));
  EXPECT_THAT(SidesOf({.number = "1",
                       .base = "1",
                       .kind = "4",
                       .codes = "84 188 84 320",
                       .flags = "2 2 3 3"}),
              ElementsAre(0, 1, 2));
}

// The sides of those that accede to an agreement, whichever of the two stands first in the file.
std::vector<std::string> JoinedSides(const DestaExample& base, const std::string& kind,
                                     const std::string& codes, const std::string& flags) {
  const DestaExample step = {.number = "99",
                             .base = base.number,
                             .entry = "accession",
                             .year = "1995",
                             .kind = kind,
                             .codes = codes,
                             .flags = flags};
  const auto parties = DestaParties(ReadDesta({base, step}), "99");
  EXPECT_EQ(DestaParties(ReadDesta({step, base}), "99"), parties);
  return parties;
}

TEST(DestaSidesTest, WhoAccedesJoinsTheSideThatTheOthersAreNotOn) {
  EXPECT_THAT(JoinedSides(kRegionAndState, "6", "724 620 12", "2 2 3"),
              ElementsAre("state:ESP/2 ACCESSION 1995", "state:PRT/2 ACCESSION 1995"));
  EXPECT_THAT(JoinedSides(kTwoRegions, "5", "882 250 276", "1 2 2"),
              ElementsAre("state:WSM/1 ACCESSION 1995"));
  EXPECT_THAT(JoinedSides(kTwoRegions, "6", "724 242 598", "2 3 3"),
              ElementsAre("state:ESP/2 ACCESSION 1995"));
}

TEST(DestaSidesTest, WhereTheOthersAreOnBothSides) {
  EXPECT_THAT(JoinedSides(kTwoRegions, "6", "724 242 598 250 276 380", "1 2 2 2 2 2"),
              ElementsAre("state:ESP/2 ACCESSION 1995"));
  EXPECT_THAT(JoinedSides(kTwoRegions, "5", "882 242 598 250 276 380", "1 2 2 2 2 2"),
              ElementsAre("state:WSM/1 ACCESSION 1995"));
  EXPECT_THAT(JoinedSides(kTwoRegions, "5", "882 242 250", "1 2 2"),
              ElementsAre("state:WSM/0 ACCESSION 1995"));
}

TEST(DestaSidesTest, WhereTheAgreementKnowsNoneOfTheOthers) {
  EXPECT_THAT(JoinedSides(kRegionAndState, "6", "724 760", "2 3"),
              ElementsAre("state:ESP/2 ACCESSION 1995"));
  EXPECT_THAT(JoinedSides(kRegionAndState, "5", "724 760", "1 2"),
              ElementsAre("state:ESP/0 ACCESSION 1995"));
  EXPECT_THAT(JoinedSides({.number = "1", .base = "1"}, "6", "724 250 276", "2 3 3"),
              ElementsAre("state:ESP/0 ACCESSION 1995"));
  EXPECT_THAT(DestaParties(ReadDesta({{.number = "9+1",
                                       .base = "9",
                                       .entry = "accession",
                                       .kind = "6",
                                       .codes = "724 250",
                                       .flags = "2 3"}}),
                           "9+1"),
              ElementsAre("state:ESP/0 ACCESSION 1990"));
}

TEST(DestaSidesTest, WhoLeavesWasOnItsSide) {
  const TableReading reading = ReadDesta(
      {{.number = "21_1",
        .base = "21",
        .entry = "withdrawal",
        .year = "1999",
        .kind = "7",
        .codes = "276 724 40 12 250",
        .flags = "1 1 1 2 2"},
       kRegionAndState,
       {.number = "21+1",
        .base = "21",
        .entry = "accession",
        .year = "1995",
        .kind = "6",
        .codes = "724 12",
        .flags = "2 3"}});
  EXPECT_THAT(DestaParties(reading, "21_1"),
              ElementsAre("state:DEU/2 WITHDRAWAL 1999", "state:ESP/2 WITHDRAWAL 1999",
                          "state:AUT/0 WITHDRAWAL 1999"));
}

// Sides of a treaty's parties, over all its records.
std::map<std::string, std::set<int>> SidesOver(const TableReading& reading, std::string_view id) {
  std::map<std::string, std::set<int>> sides;
  for (const EditionRecord& record : reading.records) {
    if (record.present.treaty().treaty().id() != id) continue;
    for (const v1::TreatyParty& party : record.present.treaty().party()) {
      sides[party.party().id()].insert(party.side());
    }
  }
  return sides;
}

TEST(DestaPublishedTest, WhoIsOnWhichSide) {
  const std::string bytes = PublishedList("../treaties/desta_agreements.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(DestaCsvFormat(), bytes);
  auto algeria = SidesOver(reading, "desta:16");
  EXPECT_THAT(algeria["state:DZA"], ElementsAre(1));
  for (const char* member : {"state:FRA", "state:DEU", "state:ESP", "state:SWE"}) {
    EXPECT_THAT(algeria[member], ElementsAre(2)) << member;
  }
  // The European Communities and EFTA; then those that joined the former, and Liechtenstein.
  auto area = SidesOver(reading, "desta:437");
  for (const char* member : {"state:FRA", "state:POL", "state:ROU", "state:HRV"}) {
    EXPECT_THAT(area[member], ElementsAre(1)) << member;
  }
  EXPECT_THAT(area["state:NOR"], ElementsAre(2));
  EXPECT_THAT(area["state:LIE"], ElementsAre(2));
  auto andes = SidesOver(reading, "desta:810");
  EXPECT_EQ(andes["state:ECU"], andes["state:PER"]);
  EXPECT_EQ(andes["state:HRV"], andes["state:FRA"]);
  EXPECT_NE(andes["state:HRV"], andes["state:ECU"]);
  auto pacific = SidesOver(reading, "desta:979");
  EXPECT_EQ(pacific["state:WSM"], pacific["state:FJI"]);
  EXPECT_EQ(pacific["state:SLB"], pacific["state:FJI"]);
  EXPECT_NE(pacific["state:WSM"], pacific["state:FRA"]);
  // Rows that name Syria where Turkey is meant, and a wrong base.
  auto ankara = SidesOver(reading, "desta:357");
  EXPECT_THAT(ankara["state:TUR"], ElementsAre(1));
  for (const char* member : {"state:FRA", "state:CYP", "state:POL", "state:BGR", "state:HRV"}) {
    EXPECT_THAT(ankara[member], ElementsAre(2)) << member;
  }
  EXPECT_THAT(SidesOver(reading, "desta:331")["state:HRV"], ElementsAre(2));
  // One that changed sides: Venezuela left the Andean countries for MERCOSUR.
  EXPECT_THAT(SidesOver(reading, "desta:25")["state:VEN"], ElementsAre(1, 2));
}

}  // namespace
}  // namespace dossier
