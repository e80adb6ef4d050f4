// The formal alliances of the Correlates of War project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/ingest/sources/cow_alliances_csv.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kHeader[] =
    "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,"
    "dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,"
    "nonaggression,entente,version\r\n";

TableReading Read(const std::string& rows, size_t chunk_size = 50) {
  return ReadTable(CowAlliancesCsvFormat(), kHeader + rows, chunk_size);
}

const v1::Treaty& TreatyOf(const TableReading& reading, std::string_view key) {
  for (const EditionRecord& record : reading.records) {
    if (record.key == key) return record.present.treaty();
  }
  ADD_FAILURE() << "no record " << key;
  return v1::Treaty::default_instance();
}

// "state:FRA>state:POL 1921-02-19..1925-10-16 1" with the obligations' numbers.
std::string PrintParty(const v1::TreatyParty& party) {
  std::string text = absl::StrCat(party.party().id(), ">", party.toward().id());
  for (const v1::TreatySpell& spell : party.spell()) {
    absl::StrAppend(&text, " ", PrintDate(spell.from_date()), spell.from_is_censored() ? "?" : "",
                    "..", PrintDate(spell.to_date()), spell.to_is_censored() ? "?" : "");
    for (const int obligation : spell.obligation()) {
      absl::StrAppend(&text, " ", v1::Obligation_Name(obligation).substr(11));
    }
  }
  return text;
}

std::vector<std::string> PartiesOf(const v1::Treaty& treaty) {
  std::vector<std::string> parties;
  for (const v1::TreatyParty& party : treaty.party()) parties.push_back(PrintParty(party));
  return parties;
}

TEST(CowAlliancesTest, ARowIsWhatOneStateOwedAnother) {
  const TableReading reading = Read(
      "901,220,France,290,Poland,19,2,1921,16,10,1925,0,0,1,0,0,1,4.1\r\n"
      "901,290,Poland,220,France,19,2,1921,16,10,1925,0,0,0,1,1,0,4.1\r\n");
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2012-12-31");
  EXPECT_EQ(PrintScope(reading.facts.scope), "whole");
  EXPECT_FALSE(reading.facts.stamp.has_time());
  EXPECT_THAT(reading.Keys(), ElementsAre("901/220/290/1921-02-19", "901/290/220/1921-02-19"));
  const v1::Treaty treaty = TreatyOf(reading, "901/220/290/1921-02-19");
  EXPECT_EQ(treaty.treaty().id(), "cow:901");
  EXPECT_EQ(treaty.treaty().title(), "");
  EXPECT_FALSE(treaty.describes());
  EXPECT_THAT(PartiesOf(treaty),
              ElementsAre("state:FRA>state:POL 1921-02-19..1925-10-16 DEFENSE ENTENTE"));
  EXPECT_EQ(treaty.party(0).party().printed_name(), "France");
  EXPECT_EQ(treaty.party(0).toward().printed_name(), "Poland");
  EXPECT_THAT(PartiesOf(TreatyOf(reading, "901/290/220/1921-02-19")),
              ElementsAre("state:POL>state:FRA 1921-02-19..1925-10-16 NEUTRALITY NONAGGRESSION"));
  EXPECT_EQ(reading.records[1].line, 3u);
}

TEST(CowAlliancesTest, WhatIsCensoredOrOpen) {
  const TableReading reading = Read(
      "902,200,United Kingdom,235,Portugal,1,1,1816,31,12,2012,1,1,1,0,0,0,4.1\r\n"
      "903,200,United Kingdom,235,Portugal,5,3,1900,,,,0,0,1,0,0,0,4.1\r\n");
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_THAT(PartiesOf(TreatyOf(reading, "902/200/235/1816-01-01")),
              ElementsAre("state:GBR>state:PRT 1816-01-01?..2012-12-31? DEFENSE"));
  const v1::Treaty open = TreatyOf(reading, "903/200/235/1900-03-05");
  EXPECT_THAT(PartiesOf(open), ElementsAre("state:GBR>state:PRT 1900-03-05.. DEFENSE"));
  EXPECT_FALSE(open.party(0).spell(0).has_to_date());
}

TEST(CowAlliancesTest, ARowIsPartedWhereANumberPassedOn) {
  const TableReading reading =
      Read("904,365,Russia,345,Yugoslavia,1,5,1988,4,9,1996,1,1,0,0,1,0,4.1\r\n");
  EXPECT_THAT(PartiesOf(TreatyOf(reading, "904/365/345/1988-05-01")),
              ElementsAre("state:SUN>state:YUG 1988-05-01?..1991-12-25 NONAGGRESSION",
                          "state:RUS>state:YUG 1991-12-26..1992-04-26 NONAGGRESSION",
                          "state:RUS>state:SRB 1992-04-27..1996-09-04? NONAGGRESSION"));
}

TEST(CowAlliancesTest, AStateThatNoActorIsStaysWhatItIsCalled) {
  const TableReading reading =
      Read("905,300,Austria-Hungary,220,France,1,5,1850,4,9,1851,0,0,0,0,0,1,4.1\r\n");
  EXPECT_THAT(PartiesOf(TreatyOf(reading, "905/300/220/1850-05-01")),
              ElementsAre("unresolved:cow-alliances:Austria-Hungary>state:FRA "
                          "1850-05-01..1851-09-04 ENTENTE"));
}

TEST(CowAlliancesTest, AnObligationThatIsNotCodedIsNotDenied) {
  const TableReading reading =
      Read("906,200,United Kingdom,220,France,1,5,1850,4,9,1851,0,0,1,0,,,4.1\r\n");
  const v1::Treaty treaty = TreatyOf(reading, "906/200/220/1850-05-01");
  EXPECT_EQ(treaty.party(0).spell(0).detail(), "nonaggression is not coded; entente is not coded");
  EXPECT_THAT(treaty.party(0).spell(0).obligation(), ElementsAre(v1::OBLIGATION_DEFENSE));
}

TEST(CowAlliancesTest, KeysDoNotDependOnTheOrderOfRows) {
  const std::string rows =
      "907,345,Yugoslavia,640,Turkey,9,8,1950,8,8,1950,0,0,1,0,1,1,4.1\r\n"
      "907,345,Yugoslavia,640,Turkey,9,8,1950,8,8,1950,0,0,0,0,1,,4.1\r\n"
      "907,345,Yugoslavia,640,Turkey,9,8,1950,4,4,1960,0,0,1,0,1,1,4.1\r\n";
  const TableReading reading = Read(rows);
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_THAT(reading.Keys(), ElementsAre("907/345/640/1950-08-09/1950-08-08/1011",
                                          "907/345/640/1950-08-09/1950-08-08/001-",
                                          "907/345/640/1950-08-09"));
  EXPECT_THAT(PartiesOf(reading.records[0].present.treaty()),
              ElementsAre("state:YUG>state:TUR 1950-08-09..1950-08-08 DEFENSE NONAGGRESSION "
                          "ENTENTE"));
  EXPECT_EQ(Read(WithLinesReversed(kHeader + rows, 1).substr(sizeof(kHeader) - 1)).Digests(),
            reading.Digests());
  EXPECT_EQ(Read(rows, 1).Digests(), reading.Digests());
}

TEST(CowAlliancesTest, RowsThatCannotBeReadAreRejectedWithTheirPlace) {
  const TableReading reading = Read(
      "x,200,A,220,B,1,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,0,A,220,B,1,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,22o,B,1,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,,220,B,1,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220, ,1,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,32,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,31,6,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1815,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1850,,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1850,4,9,2013,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1850,4,9,1851,,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1850,4,9,1851,0,0,2,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1850,4,9,1851,0,0,1,0,0,0,4.2\r\n"
      "1,200,A,220,B,1,5,1850,4,9,1851,0,0,1,0,0,0,4.1\r\n"
      "1,200,A,220,B,1,5,1850,4,9,1852,0,0,1,0,0,0,4.1\r\n");
  EXPECT_THAT(reading.Keys(), ElementsAre("1/200/220/1850-05-01"));
  EXPECT_THAT(
      reading.rejections,
      ElementsAre("2:1: version4id: expected a number from 1 to 999999, found \"x\"",
                  "3:3: ccode1: expected a number from 1 to 9999, found \"0\"",
                  "4:9: ccode2: expected a number from 1 to 9999, found \"22o\"",
                  "5:7: state_name1: expected a state's name, found \"\"",
                  "6:13: state_name2: expected a state's name, found \"\"",
                  "7:15: dyad_st_day: expected a number from 1 to 31, found \"32\"",
                  "8:15: dyad_st_day: expected a day of the month, found \"31\"",
                  "9:19: dyad_st_year: expected a number from 1816 to 2012, found \"1815\"",
                  "10:24: dyad_end_day: expected a number from 1 to 31, found \"\"",
                  "11:28: dyad_end_year: expected a number from 1816 to 2012, found \"2013\"",
                  "12:33: left_censor: expected 0 or 1, found \"\"",
                  "13:37: defense: expected 0 or 1, found \"2\"",
                  "14:45: version: expected 4.1, found \"4.2\"",
                  HasSubstr("record 1/200/220/1850-05-01 stands in line 15 already")));
  EXPECT_THAT(reading.rejected_keys,
              ElementsAre("none", "none", "none", "none", "none", "none", "none", "none", "none",
                          "none", "1/200/220/1850-05-01", "1/200/220/1850-05-01",
                          "1/200/220/1850-05-01", "1/200/220/1850-05-01"));
}

TEST(CowAlliancesTest, AFileOfAnotherKindOrWithoutRowsIsRefused) {
  EXPECT_THAT(Message(ReadTable(CowAlliancesCsvFormat(), "version4id,ccode1,state\r\n").status),
              HasSubstr("line 1: column 19: expected header \"state_name1\", found \"state\""));
  EXPECT_THAT(Message(Read("").status), HasSubstr("at least one row after the header"));
  EXPECT_TRUE(CowAlliancesCsvFormat().recognises({kHeader, "", ""}));
  EXPECT_FALSE(CowAlliancesCsvFormat().recognises({"version4id,ss_type", "", ""}));
}

TEST(CowAlliancesPublishedTest, EachRowIsARecordAndNoneIsStillOpen) {
  const std::string bytes = PublishedList("../treaties/cow_alliances_4.1_directed_dyads.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(CowAlliancesCsvFormat(), bytes, 4'099);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.records.size(), 3'252u);
  EXPECT_THAT(reading.rejections, IsEmpty());
  std::string last_day;
  std::set<std::string> unresolved;
  size_t empty_spells = 0, censored = 0, owing_nato = 0;
  for (const EditionRecord& record : reading.records) {
    EXPECT_TRUE(IsWellFormed(record.present)) << record.key;
    for (const v1::TreatyParty& party : record.present.treaty().party()) {
      const v1::TreatySpell& spell = party.spell(0);
      ASSERT_TRUE(spell.has_to_date()) << record.key;
      last_day = std::max(last_day, PrintDate(spell.to_date()));
      empty_spells += Before(spell.to_date(), spell.from_date());
      censored += spell.from_is_censored();
      EXPECT_FALSE(spell.to_is_censored()) << record.key;
      owing_nato += party.party().id() == "state:FRA" && party.toward().id() == "state:USA" &&
                    Before(MakeDate(1975), spell.to_date());
      if (IsUnresolved(party.party().id())) unresolved.insert(party.party().printed_name());
    }
  }
  EXPECT_EQ(last_day, "2012-03-27");
  EXPECT_EQ(empty_spells, 22u);
  EXPECT_EQ(censored, 74u);
  EXPECT_EQ(owing_nato, 0u) << "what was in force at its end is not in the file";
  // What is no actor of the table: states of before 1914.
  EXPECT_THAT(unresolved,
              ElementsAre("Austria-Hungary", "Baden", "Bavaria", "Hanover", "Hesse Electoral",
                          "Hesse Grand Ducal", "Korea", "Mecklenburg Schwerin", "Modena", "Parma",
                          "Saxony", "Tuscany", "Two Sicilies", "Wuerttemburg"));
}

// "1921-02-19" of the cells "19", "2" and "1921".
std::string DateIn(const std::vector<std::string>& cells, size_t day) {
  return absl::StrCat(cells[day + 2], "-", cells[day + 1].size() < 2 ? "0" : "", cells[day + 1],
                      "-", cells[day].size() < 2 ? "0" : "", cells[day]);
}

TEST(CowAlliancesPublishedTest, EachRecordLastsFromItsRowsFirstDayToItsLast) {
  const std::string bytes = PublishedList("../treaties/cow_alliances_4.1_directed_dyads.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const std::vector<std::string> lines = absl::StrSplit(bytes, "\r\n");
  const TableReading reading = ReadTable(CowAlliancesCsvFormat(), bytes);
  ASSERT_EQ(reading.records.size(), 3'252u);
  for (const EditionRecord& record : reading.records) {
    const std::vector<std::string> cells = absl::StrSplit(lines[record.line - 1], ',');
    ASSERT_EQ(cells.size(), 18u) << lines[record.line - 1];
    const auto& parties = record.present.treaty().party();
    EXPECT_EQ(PrintDate(parties.begin()->spell(0).from_date()), DateIn(cells, 5)) << record.key;
    EXPECT_EQ(PrintDate(parties.rbegin()->spell(0).to_date()), DateIn(cells, 8)) << record.key;
  }
}

}  // namespace
}  // namespace dossier
