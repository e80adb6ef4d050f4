// The Global Sanctions Database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/gsdb_csv.h"
#include "services/ingest/sources/gsdb_states.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kHeader[] =
    "case_id,sanctioned_state,sanctioning_state,begin,end,trade,descr_trade,arms,military,"
    "financial,travel,other,target_mult,sender_mult,objective,success\r\n";

TableReading Read(const std::string& rows) {
  return ReadTable(GsdbCsvFormat(), kHeader + rows, 50);
}

std::vector<std::string> IdsIn(std::string_view cell) {
  static const auto& table = *new ActorTable();
  std::vector<std::string> ids;
  for (const v1::ActorRef& actor : GsdbStates(table, "gsdb").Split(cell)) ids.push_back(actor.id());
  return ids;
}

TEST(GsdbStatesTest, NamesWithCommasInThem) {
  EXPECT_THAT(IdsIn("Korea, North, El Salvador"), ElementsAre("state:PRK", "state:SLV"));
  EXPECT_THAT(IdsIn("Saudi Arabia, Bahrain, Egypt, Arab Rep."),
              ElementsAre("state:SAU", "state:BHR", "state:EGY"));
  EXPECT_THAT(IdsIn("Gambia, The, Russia"), ElementsAre("state:GMB", "state:RUS"));
  EXPECT_THAT(IdsIn("Congo, Democratic Republic of the, Eritrea"),
              ElementsAre("state:COD", "state:ERI"));
  EXPECT_THAT(IdsIn("Libya, Yemen, North, Niger"),
              ElementsAre("state:LBY", "state:YAR", "state:NER"));
  EXPECT_THAT(IdsIn("Bosnia and Herzegovina,Iceland,  Norway"),
              ElementsAre("state:BIH", "state:ISL", "state:NOR"));
}

TEST(GsdbStatesTest, OrganisationsAndNamesThatNobodyKnows) {
  EXPECT_THAT(IdsIn("EU, UN, EEC, League of Arab States"),
              ElementsAre("org:EU", "org:UN", "org:EEC", "org:LAS"));
  EXPECT_THAT(IdsIn("Western countries, Japan"),
              ElementsAre("unresolved:gsdb:Western countries", "state:JPN"));
  EXPECT_THAT(IdsIn(" , "), IsEmpty());
}

TEST(GsdbCsvTest, ACaseOfACoalition) {
  const TableReading reading = Read(
      "901,\"Iran, Malaya, Indonesia, Hong Kong\",\"United Kingdom, France\",1951,1953,1,"
      "\"exp_part,imp_part\",1,1,1,1,1,1,1,\"policy_change,other\",\"success_part,failed\"\r\n");
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2023-12-31");
  EXPECT_EQ(PrintScope(reading.facts.scope), "whole");
  const v1::Sanction sanction = reading.Sanction("901");
  ASSERT_EQ(sanction.target_size(), 4);
  EXPECT_EQ(sanction.target(1).id(), "state:MYS");
  EXPECT_EQ(sanction.target(1).printed_name(), "Malaya");
  EXPECT_EQ(sanction.target_kind(), v1::ACTOR_KIND_STATE);
  ASSERT_EQ(sanction.sender_size(), 2);
  EXPECT_EQ(OtherOf(sanction, "sanctioning_state"), "United Kingdom, France");
  EXPECT_EQ(sanction.authority(), "coded by researchers");
  EXPECT_EQ(sanction.list(), "Global Sanctions Database v4");
  std::vector<int> kinds;
  for (const v1::Measure& measure : sanction.measure()) kinds.push_back(measure.kind());
  EXPECT_THAT(kinds, ElementsAre(v1::MEASURE_KIND_TRADE, v1::MEASURE_KIND_ARMS_EMBARGO,
                                 v1::MEASURE_KIND_MILITARY, v1::MEASURE_KIND_FINANCIAL,
                                 v1::MEASURE_KIND_TRAVEL_BAN, v1::MEASURE_KIND_OTHER));
  EXPECT_EQ(sanction.measure(0).detail(), "exp_part,imp_part");
  EXPECT_EQ(OtherOf(sanction, "objective"), "policy_change,other");
  EXPECT_EQ(OtherOf(sanction, "success"), "success_part,failed");
}

// The kinds of a case's dates, by its end and outcome.
std::vector<int> DatesOf(const std::string& end, const std::string& success) {
  const TableReading reading =
      Read(absl::StrCat("7,Cuba,Peru,1990,", end, ",0,,0,1,0,0,0,0,0,other,\"", success, "\"\r\n"));
  std::vector<int> kinds;
  for (const v1::SanctionDate& date : reading.Sanction("7").date()) kinds.push_back(date.kind());
  return kinds;
}

TEST(GsdbCsvTest, AnEndInTheLastYearIsOneOnlyWhereItsOutcomeSaysSo) {
  constexpr int kFrom = v1::SANCTION_DATE_KIND_IN_FORCE;
  constexpr int kEnded = v1::SANCTION_DATE_KIND_EXPIRY;
  constexpr int kSeen = v1::SANCTION_DATE_KIND_LAST_OBSERVED;
  EXPECT_THAT(DatesOf("1994", "failed"), ElementsAre(kFrom, kEnded));
  EXPECT_THAT(DatesOf("2023", "ongoing,ongoing"), ElementsAre(kFrom, kSeen));
  EXPECT_THAT(DatesOf("2023", "ongoing,failed"), ElementsAre(kFrom, kEnded));
  EXPECT_THAT(DatesOf("2022", "ongoing"), ElementsAre(kFrom, kEnded));
}

TEST(GsdbCsvTest, MilitaryIsNotArms) {
  const v1::Sanction sanction =
      Read("7,Cuba,Peru,1990,1991,0,,0,1,0,0,0,0,0,other,failed\r\n").Sanction("7");
  ASSERT_EQ(sanction.measure_size(), 1);
  EXPECT_EQ(sanction.measure(0).kind(), v1::MEASURE_KIND_MILITARY);
}

TEST(GsdbCsvTest, RowsThatCannotBeReadAreRejectedWithTheirPlace) {
  const TableReading reading = Read(
      "x,Cuba,Peru,1990,1991,0,,0,1,0,0,0,0,0,other,failed\r\n"
      "1,Cuba,,1990,1991,0,,0,1,0,0,0,0,0,other,failed\r\n"
      "2,Cuba,Peru,199,1991,0,,0,1,0,0,0,0,0,other,failed\r\n"
      "3,Cuba,Peru,1990,1989,0,,0,1,0,0,0,0,0,other,failed\r\n"
      "4,Cuba,Peru,1990,2024,0,,0,1,0,0,0,0,0,other,failed\r\n"
      "5,Cuba,Peru,1990,1991,0,,2,1,0,0,0,0,0,other,failed\r\n"
      "6,Cuba,Peru,1990,1991,0,,0,1,0,0,0,0,0,other,failed\r\n"
      "6,Cuba,Peru,1990,1992,0,,0,1,0,0,0,0,0,other,failed\r\n");
  EXPECT_THAT(reading.Keys(), ElementsAre("6"));
  EXPECT_THAT(reading.rejections,
              ElementsAre("2:1: case_id: expected a case's number, found \"x\"",
                          "3:8: sanctioning_state: expected states parted by commas, found \"\"",
                          "4:13: begin: expected a year from 1900 to 2023, found \"199\"",
                          "5:18: end: expected a year from 1990, found \"1989\"",
                          "6:18: end: expected a year from 1900 to 2023, found \"2024\"",
                          "7:26: arms: expected 0 or 1, found \"2\"",
                          HasSubstr("record 6 stands in line 8 already")));
  EXPECT_THAT(reading.rejected_keys, ElementsAre("none", "1", "2", "3", "4", "5", "6"));
  EXPECT_THAT(Message(ReadTable(GsdbCsvFormat(), "case_id,target\r\n").status),
              HasSubstr("line 1: column 9: expected header \"sanctioned_state\""));
}

TEST(GsdbPublishedTest, OnlyWhatIsNoStateNorOrganisationStaysUnresolved) {
  std::string bytes = PublishedList("../treaties/gsdb_v4_cases.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(GsdbCsvFormat(), bytes);
  EXPECT_EQ(reading.records.size(), 1'547u);
  EXPECT_THAT(reading.rejections, IsEmpty());
  size_t unresolved = 0;
  for (const EditionRecord& record : reading.records) {
    const v1::Sanction& sanction = record.present.sanction();
    for (const v1::ActorRef& target : sanction.target()) unresolved += IsUnresolved(target.id());
    for (const v1::ActorRef& sender : sanction.sender()) unresolved += IsUnresolved(sender.id());
  }
  // "Western countries", "Balkans", signatories of three agreements, four terrorist organisations,
  // "EEU".
  EXPECT_EQ(unresolved, 10u);
}

}  // namespace
}  // namespace dossier
