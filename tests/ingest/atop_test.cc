// The tables of the Alliance Treaty Obligations and Provisions project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <map>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/ingest/sources/atop_alliance_csv.h"
#include "services/ingest/sources/atop_member_csv.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/atop_sample.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr size_t kChunkBytes = 37;

TableReading ReadMembers(const std::string& rows) {
  return ReadTable(AtopMemberCsvFormat(), AtopMemberHeader() + rows, kChunkBytes);
}

TableReading ReadAlliances(const std::string& rows) {
  return ReadTable(AtopAllianceCsvFormat(), AtopAllianceHeader() + rows, kChunkBytes);
}

const EditionRecord& RecordOf(const TableReading& reading, std::string_view key) {
  static const auto& none = *new EditionRecord();
  for (const EditionRecord& record : reading.records) {
    if (record.key == key) return record;
  }
  ADD_FAILURE() << "no record " << std::string(key);
  return none;
}

// "state:SUN as 365: 1961-07-06..1991-12-25".
std::vector<std::string> PartiesOf(const EditionRecord& record) {
  std::vector<std::string> parties;
  for (const v1::TreatyParty& party : record.present.treaty().party()) {
    std::string text = absl::StrCat(party.party().id(), " as ", party.party().printed_name(), ":");
    for (const v1::TreatySpell& spell : party.spell()) {
      absl::StrAppend(&text, " ", PrintDate(spell.from_date()), "..", PrintDate(spell.to_date()));
    }
    parties.push_back(std::move(text));
  }
  return parties;
}

std::vector<int> Owed(const EditionRecord& record, int party) {
  const auto& owed = record.present.treaty().party(party).spell(0).obligation();
  return {owed.begin(), owed.end()};
}

TEST(AtopMembersTest, AMemberOfAnAllianceThatEnded) {
  const TableReading reading = ReadMembers(AtopMember({{"atopid", "7010"},
                                                       {"member", "220"},
                                                       {"yrent", "1891"},
                                                       {"moent", "8"},
                                                       {"dayent", "27"},
                                                       {"yrexit", "1917"},
                                                       {"moexit", "11"},
                                                       {"dayexit", ""},
                                                       {"ineffect", "0"},
                                                       {"phase", "1"},
                                                       {"maxphase", "2"},
                                                       {"term", "2"},
                                                       {"termcaus", "4"},
                                                       {"defense", "1"},
                                                       {"consul", "1"},
                                                       {"defcon", "1"},
                                                       {"concon", "1"},
                                                       {"milaid", "3"},
                                                       {"cowid", ""}}));
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.facts.source, "atop");
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2016-12-31");
  EXPECT_EQ(PrintScope(reading.facts.scope), "whole");
  EXPECT_FALSE(reading.facts.stamp.has_time());
  const EditionRecord& record = RecordOf(reading, "7010/220/1/1891");
  EXPECT_EQ(record.line, 2u);
  EXPECT_EQ(record.present.treaty().treaty().id(), "atop:7010");
  EXPECT_FALSE(record.present.treaty().describes());
  EXPECT_THAT(PartiesOf(record), ElementsAre("state:FRA as 220: 1891-08-27..1917-11"));
  EXPECT_THAT(Owed(record, 0), ElementsAre(v1::OBLIGATION_DEFENSE, v1::OBLIGATION_CONSULTATION));
  const v1::TreatySpell& spell = record.present.treaty().party(0).spell(0);
  EXPECT_EQ(spell.end_reason(), "term=2, termcaus=4");
  EXPECT_EQ(spell.detail(), "phase 1 of 2; defense and consultation are conditional");
  EXPECT_THAT(record.raw, Contains("milaid=3"));
  EXPECT_THAT(record.raw, Contains("termmode=0"));
  EXPECT_THAT(record.raw, Contains("version=4.01"));
  EXPECT_THAT(absl::StrJoin(record.raw, " "), Not(HasSubstr("cowid=")));
}

TEST(AtopMembersTest, AMemberThatWasStillThereHasNoEnd) {
  const TableReading reading =
      ReadMembers(AtopMember({{"atopid", "7020"}, {"member", "2"}, {"yrent", "1950"}}));
  const EditionRecord& record = RecordOf(reading, "7020/2/0/1950");
  ASSERT_THAT(PartiesOf(record), ElementsAre("state:USA as 2: 1950-01-01.."));
  EXPECT_FALSE(record.present.treaty().party(0).spell(0).has_to_date());
  EXPECT_EQ(record.present.treaty().party(0).spell(0).end_reason(), "");
  EXPECT_EQ(record.present.treaty().party(0).spell(0).detail(), "");
  EXPECT_THAT(Owed(record, 0), IsEmpty());
  EXPECT_THAT(record.raw, Contains("term=0"));
}

TEST(AtopMembersTest, ANumberIsWhoeverBoreItThen) {
  const TableReading reading = ReadMembers(AtopMember({{"atopid", "7030"},
                                                       {"member", "365"},
                                                       {"yrent", "1961"},
                                                       {"yrexit", "1996"},
                                                       {"moexit", "9"},
                                                       {"dayexit", "10"},
                                                       {"ineffect", "0"},
                                                       {"term", "1"},
                                                       {"nonagg", "1"}}) +
                                           AtopMember({{"atopid", "7030"},
                                                       {"member", "345"},
                                                       {"yrent", "2000"}}) +
                                           AtopMember({{"atopid", "7030"},
                                                       {"member", "260"},
                                                       {"yrent", "1955"}}) +
                                           AtopMember({{"atopid", "7030"},
                                                       {"member", "300"},
                                                       {"yrent", "1879"}}));
  const EditionRecord& soviet = RecordOf(reading, "7030/365/0/1961");
  EXPECT_THAT(PartiesOf(soviet), ElementsAre("state:SUN as 365: 1961-01-01..1991-12-25",
                                             "state:RUS as 365: 1991-12-26..1996-09-10"));
  EXPECT_EQ(soviet.present.treaty().party(0).spell(0).end_reason(), "");
  EXPECT_EQ(soviet.present.treaty().party(1).spell(0).end_reason(), "term=1");
  EXPECT_THAT(Owed(soviet, 0), ElementsAre(v1::OBLIGATION_NONAGGRESSION));
  EXPECT_THAT(Owed(soviet, 1), ElementsAre(v1::OBLIGATION_NONAGGRESSION));
  EXPECT_THAT(PartiesOf(RecordOf(reading, "7030/345/0/2000")),
              ElementsAre("state:SRB as 345: 2000-01-01.."));
  EXPECT_THAT(PartiesOf(RecordOf(reading, "7030/260/0/1955")),
              ElementsAre("state:DEU as 260: 1955-01-01.."));
  EXPECT_THAT(RecordOf(reading, "7030/300/0/1879").present.treaty().party(0).party().id(),
              "unresolved:atop:300");
}

TEST(AtopMembersTest, AStateThatCameBackHasTwoRecords) {
  const TableReading reading = ReadMembers(
      AtopMember({{"member", "651"},
                  {"yrent", "1950"},
                  {"yrexit", "1979"},
                  {"moexit", "3"},
                  {"dayexit", "31"},
                  {"ineffect", "0"}}) +
      AtopMember({{"member", "651"}, {"yrent", "1989"}}));
  EXPECT_THAT(reading.Keys(), ElementsAre("7000/651/0/1950", "7000/651/0/1989"));
}

TEST(AtopMembersTest, RowsThatCannotBeReadAreRejectedWithTheirPlace) {
  using Cells = std::map<std::string, std::string>;
  const std::pair<Cells, const char*> faulty[] = {
      {{{"atopid", "x"}}, "2:1: atopid: expected a number from 1 to 999999, found \"x\""},
      {{{"member", ""}}, "3:8: member: expected a number from 1 to 9999, found \"\""},
      {{{"yrent", "1814"}}, "4:14: yrent: expected a number from 1815 to 2016, found \"1814\""},
      {{{"moent", "13"}}, "5:19: moent: expected a number from 1 to 12, found \"13\""},
      {{{"moent", "2"}, {"dayent", "30"}},
       "6:21: dayent: expected a day of the month, found \"30\""},
      {{{"yrexit", "2017"}}, "7:23: yrexit: expected a number from 1815 to 2016, found \"2017\""},
      {{{"moexit", "5"}}, "8:25: moexit: expected 0, found \"5\""},
      {{{"yrexit", "1899"}, {"moexit", "1"}, {"dayexit", "1"}},
       "9:23: yrexit: expected no exit before the entry, found \"1899\""},
      {{{"ineffect", "0"}}, "10:29: ineffect: expected 1, as there is no exit, found \"0\""},
      {{{"phase", "-1"}}, "11:33: phase: expected a number from 0 to 99, found \"-1\""},
      {{{"defense", "2"}}, "12:67: defense: expected 0 or 1, found \"2\""},
      {{{"version", "5.1"}}, "13:215: version: expected 4.01, found \"5.1\""},
      {{}, ""},
      {{}, "15:0: : record 7000/200/0/1900 stands in line 14 already: expected one of each"},
  };
  std::string rows;
  std::vector<std::string> expected;
  for (const auto& [cells, message] : faulty) {
    rows += AtopMember(cells);
    if (*message != '\0') expected.push_back(message);
  }
  const TableReading reading = ReadMembers(rows + "7000,,,200\n");
  expected.push_back("16:11: : expected 105 cells, found 4");
  EXPECT_THAT(reading.Keys(), ElementsAre("7000/200/0/1900"));
  EXPECT_THAT(reading.rejections, testing::ElementsAreArray(expected));
  ASSERT_GE(reading.rejected_keys.size(), 6u);
  EXPECT_EQ(reading.rejected_keys[2], "none");
  EXPECT_EQ(reading.rejected_keys[5], "7000/200/0/1900");
}

TEST(AtopMembersTest, AnotherTableIsRefused) {
  const std::string header = AtopMemberHeader();
  const auto refusal = [](const std::string& bytes) {
    return Message(ReadTable(AtopMemberCsvFormat(), bytes).status);
  };
  EXPECT_THAT(refusal("atopid,member\n"),
              HasSubstr("line 1: column 8: expected header \"cowid\", found \"member\""));
  EXPECT_THAT(refusal(header), HasSubstr("no records: expected at least one row"));
  EXPECT_THAT(refusal(""), HasSubstr("the file is empty: expected header \"atopid\""));
  EXPECT_THAT(refusal(header + "7000,,,200,1"), HasSubstr("the file ends inside this row"));
  EXPECT_THAT(refusal(header + AtopMember({{"version", "5.1"}})),
              HasSubstr("none of the 1 records could be read; the first: version"));
  EXPECT_FALSE(AtopMemberCsvFormat().recognises({AtopAllianceHeader(), "", ""}));
  EXPECT_FALSE(AtopAllianceCsvFormat().recognises({AtopMemberHeader(), "", ""}));
  EXPECT_TRUE(AtopMemberCsvFormat().recognises({AtopMemberHeader(), "", ""}));
  EXPECT_TRUE(AtopAllianceCsvFormat().recognises({AtopAllianceHeader(), "", ""}));
}

TEST(AtopAlliancesTest, AnAllianceIsDescribed) {
  const TableReading reading = ReadAlliances(AtopAlliance({{"atopid", "7010"},
                                                           {"begyr", "1891"},
                                                           {"begmo", "8"},
                                                           {"begday", "27"},
                                                           {"endyr", "1917"},
                                                           {"endmo", "11"},
                                                           {"endday", ""},
                                                           {"ineffect", "0"},
                                                           {"bilat", "1"},
                                                           {"maxphase", "2"},
                                                           {"wartime", "1"},
                                                           {"pubsecr", "2"},
                                                           {"term", "2"},
                                                           {"defense", "1"},
                                                           {"defcon", "1"},
                                                           {"asymm", "1"},
                                                           {"mem1", "220"},
                                                           {"mem2", "365"}}));
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.facts.source, "atop-alliances");
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2016-12-31");
  const EditionRecord& record = RecordOf(reading, "7010");
  const v1::Treaty& treaty = record.present.treaty();
  EXPECT_EQ(treaty.treaty().id(), "atop:7010");
  EXPECT_EQ(treaty.treaty().title(), "Alliance of France and Russia, 1891");
  EXPECT_TRUE(treaty.describes());
  EXPECT_EQ(treaty.subject(), "bilateral");
  EXPECT_EQ(PrintDate(treaty.signed_date()), "1891-08-27");
  EXPECT_EQ(PrintDate(treaty.end_date()), "1917-11");
  EXPECT_EQ(treaty.end_reason(), "term=2");
  EXPECT_FALSE(treaty.has_in_force_date());
  EXPECT_THAT(treaty.obligation(), ElementsAre(v1::OBLIGATION_DEFENSE));
  EXPECT_EQ(
      treaty.detail(),
      "defense is conditional; obligations differ by member; secret; made in a war; 2 phases");
  EXPECT_THAT(treaty.party(), IsEmpty());
  EXPECT_THAT(record.raw, Contains("mem1=220"));
  EXPECT_THAT(record.raw, Contains("mem2=365"));
  EXPECT_THAT(record.raw, Contains("pubsecr=2"));
}

std::string TitleWith(std::initializer_list<std::string> members) {
  std::map<std::string, std::string> cells = {{"begyr", "1975"}};
  for (const std::string& member : members) {
    const std::string heading = absl::StrCat("mem", cells.size());
    cells[heading] = member;
  }
  const TableReading reading = ReadAlliances(AtopAlliance(cells));
  return RecordOf(reading, "7000").present.treaty().treaty().title();
}

TEST(AtopAlliancesTest, TitlesAreMadeOfTheMembersNames) {
  EXPECT_EQ(TitleWith({"365", "731"}), "Alliance of Soviet Union and North Korea, 1975");
  EXPECT_EQ(TitleWith({"2", "20", "345"}),
            "Alliance of United States, Canada and Yugoslavia, 1975");
  EXPECT_EQ(TitleWith({"2", "20", "70", "300"}),
            "Alliance of United States, Canada, Mexico and COW 300, 1975");
  EXPECT_EQ(TitleWith({"2", "20", "70", "90", "91"}),
            "Alliance of United States, Canada, Mexico and 2 others, 1975");
}

TEST(AtopAlliancesTest, RowsThatCannotBeReadAreRejectedWithTheirPlace) {
  const TableReading reading = ReadAlliances(
      AtopAlliance({{"atopid", "0"}}) + AtopAlliance({{"begday", "0"}}) +
      AtopAlliance({{"endyr", "1899"}, {"endmo", "2"}, {"endday", ""}}) +
      AtopAlliance({{"mem2", "n"}}) + AtopAlliance({{"mem1", ""}}) +
      AtopAlliance({{"consul", ""}}) + AtopAlliance({{"ineffect", ""}}) + AtopAlliance({}));
  EXPECT_THAT(
      reading.rejections,
      ElementsAre("2:1: atopid: expected a number from 1 to 999999, found \"0\"",
                  "3:15: begday: expected a number from 1 to 31, found \"0\"",
                  "4:17: endyr: expected no end before the beginning, found \"1899\"",
                  "5:151: mem2: expected a state's number, found \"n\"",
                  "6:147: mem1: expected a state's number, found \"\"",
                  "7:61: consul: expected 0 or 1, found \"\"",
                  "8:23: ineffect: expected 1, as there is no end, found \"\""));
  EXPECT_THAT(reading.rejected_keys,
              ElementsAre("none", "7000", "7000", "7000", "7000", "7000", "7000"));
  EXPECT_THAT(reading.Keys(), ElementsAre("7000"));
}

// The published files, cell by cell, by a reading of lines that shares nothing with the adapter.
std::vector<std::map<std::string, std::string>> PlainRows(const std::string& bytes) {
  std::vector<std::map<std::string, std::string>> rows;
  std::istringstream lines(bytes);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> headings = absl::StrSplit(line, ',');
  while (std::getline(lines, line)) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    EXPECT_EQ(cells.size(), headings.size()) << line;
    auto& row = rows.emplace_back();
    for (size_t i = 0; i < cells.size(); ++i) row[headings[i]] = cells[i];
  }
  return rows;
}

std::string PlainDate(const std::string& year, const std::string& month, const std::string& day) {
  if (year == "0") return "";
  std::string date = absl::StrCat(year, month.size() == 1 ? "-0" : "-", month);
  if (!day.empty()) absl::StrAppend(&date, day.size() == 1 ? "-0" : "-", day);
  return date;
}

TEST(AtopPublishedTest, EveryMembershipHasTheDatesThatItsRowHas) {
  const std::string bytes = PublishedList("../treaties/atop_4.01_member_level.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(AtopMemberCsvFormat(), bytes);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  const auto rows = PlainRows(bytes);
  ASSERT_EQ(rows.size(), 2'398u);
  ASSERT_EQ(reading.records.size(), 2'398u);
  size_t parted = 0, unresolved = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    auto row = rows[i];
    const auto& parties = reading.records[i].present.treaty().party();
    ASSERT_FALSE(parties.empty());
    const v1::TreatySpell& first = parties.begin()->spell(0);
    const v1::TreatySpell& last = parties.rbegin()->spell(0);
    EXPECT_EQ(PrintDate(first.from_date()), PlainDate(row["yrent"], row["moent"], row["dayent"]));
    EXPECT_EQ(PrintDate(last.to_date()), PlainDate(row["yrexit"], row["moexit"], row["dayexit"]));
    parted += parties.size() > 1;
    unresolved += IsUnresolved(parties[0].party().id());
  }
  // Those that Russia went on with after the Soviet Union, and Serbia after Yugoslavia; those of
  // states that ended before the actor table begins.
  EXPECT_EQ(parted, 22u);
  EXPECT_EQ(unresolved, 96u);
}

TEST(AtopPublishedTest, EveryAllianceHasTheDatesThatItsRowHas) {
  const std::string bytes = PublishedList("../treaties/atop_4.01_alliance_level.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(AtopAllianceCsvFormat(), bytes);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  const auto rows = PlainRows(bytes);
  ASSERT_EQ(rows.size(), 745u);
  ASSERT_EQ(reading.records.size(), 745u);
  for (size_t i = 0; i < rows.size(); ++i) {
    auto row = rows[i];
    const v1::Treaty& treaty = reading.records[i].present.treaty();
    EXPECT_EQ(treaty.treaty().id(), "atop:" + row["atopid"]);
    EXPECT_EQ(PrintDate(treaty.signed_date()),
              PlainDate(row["begyr"], row["begmo"], row["begday"]));
    EXPECT_EQ(PrintDate(treaty.end_date()), PlainDate(row["endyr"], row["endmo"], row["endday"]));
  }
  EXPECT_EQ(RecordOf(reading, "3180").present.treaty().treaty().title(),
            "Alliance of United States, Canada, United Kingdom and 27 others, 1949");
}

}  // namespace
}  // namespace dossier
