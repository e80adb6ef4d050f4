// The Design of Trade Agreements database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/desta_actors.h"
#include "services/ingest/sources/desta_csv.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/desta_reading.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(DestaTest, AnAgreementSignedAndInForce) {
  const TableReading reading = ReadDesta({{.number = "11", .base = "11", .in_force = "1992"},
                                          {.number = "12",
                                           .base = "11",
                                           .entry = "protocol or amendment",
                                           .year = "1995"}});
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(PrintScope(reading.facts.scope), "whole");
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "1995-12-31");
  const v1::Treaty treaty = DestaTreaty(reading, "11");
  EXPECT_EQ(treaty.treaty().id(), "desta:11");
  EXPECT_EQ(treaty.treaty().title(), "Examples");
  EXPECT_TRUE(treaty.describes());
  EXPECT_FALSE(treaty.has_base());
  EXPECT_EQ(treaty.subject(), "base_treaty (typememb 1)");
  EXPECT_EQ(PrintDate(treaty.signed_date()), "1990");
  EXPECT_EQ(PrintDate(treaty.in_force_date()), "1992");
  EXPECT_THAT(treaty.obligation(), ElementsAre(v1::OBLIGATION_TRADE));
  EXPECT_THAT(DestaParties(reading, "11"),
              ElementsAre("state:FRA/0 SIGNATURE 1990 ENTRY_INTO_FORCE 1992",
                          "state:DEU/0 SIGNATURE 1990 ENTRY_INTO_FORCE 1992"));
  EXPECT_EQ(treaty.party(0).party().printed_name(), "250");
  EXPECT_THAT(DestaRaw(reading, "11"),
              ElementsAre("consolidated=0", "language=English", "regioncon=Europe", "wto_listed=1",
                          "wto_name=Examples of Trade", "mc1-mc2=0,0"));
  EXPECT_EQ(DestaTreaty(reading, "12").base().id(), "desta:11");
  EXPECT_FALSE(DestaTreaty(reading, "12").has_in_force_date());
  EXPECT_THAT(DestaParties(reading, "12"),
              ElementsAre("state:FRA/0 SIGNATURE 1995", "state:DEU/0 SIGNATURE 1995"));
}

TEST(DestaTest, AnAgreementIsNotInForceBeforeItIsSigned) {
  const TableReading reading =
      ReadDesta({{.number = "11", .base = "11", .year = "1990", .in_force = "1972"}});
  EXPECT_THAT(DestaParties(reading, "11"),
              ElementsAre("state:FRA/0 SIGNATURE 1990", "state:DEU/0 SIGNATURE 1990"));
  EXPECT_THAT(DestaRaw(reading, "11"), Contains("entryforceyear=1972"));
}

TEST(DestaTest, NothingIsSignedByNegotiating) {
  const TableReading reading =
      ReadDesta({{.number = "11", .base = "11", .entry = "negotiation", .year = "NA"}});
  EXPECT_THAT(DestaParties(reading, "11"), ElementsAre("state:FRA/0", "state:DEU/0"));
  const v1::Treaty treaty = DestaTreaty(reading, "11");
  EXPECT_TRUE(treaty.describes());
  EXPECT_FALSE(treaty.has_signed_date());
  EXPECT_THAT(treaty.obligation(), IsEmpty());
}

TEST(DestaTest, WhoIsListedTwiceIsOneParty) {
  const TableReading reading = ReadDesta({{.number = "11",
                                           .base = "11",
                                           .kind = "4",
                                           .codes = "84 188 84 320",
                                           .flags = "2 2 3 3"}});
  EXPECT_THAT(DestaParties(reading, "11"),
              ElementsAre("state:BLZ/0 SIGNATURE 1990", "state:CRI/1 SIGNATURE 1990",
                          "state:GTM/2 SIGNATURE 1990"));
  EXPECT_THAT(DestaRaw(reading, "11"), Contains("c1-c4=84,188,84,320"));
}

TEST(DestaTest, AConsolidatedTextIsNoSecondAgreement) {
  const TableReading reading = ReadDesta(
      {{.number = "11", .base = "11"}, {.number = "11a", .base = "11", .entry = "consolidated"}});
  const v1::Treaty treaty = DestaTreaty(reading, "11a");
  EXPECT_EQ(treaty.treaty().id(), "desta:11a");
  EXPECT_EQ(treaty.base().id(), "desta:11");
  EXPECT_TRUE(treaty.describes());
  EXPECT_THAT(treaty.party(), IsEmpty());
  EXPECT_THAT(DestaRaw(reading, "11a"), Contains("c1-c2=250,276"));
}

TEST(DestaTest, AStepIsOfItsBase) {
  const TableReading reading = ReadDesta(
      {{.number = "11", .base = "11", .kind = "2"},
       {.number = "11+1",
        .base = "11",
        .entry = "accession",
        .year = "1991",
        .in_force = "1993",
        .kind = "5",
        .codes = "724 620 250 276",
        .flags = "1 1 2 2",
        .name = "Two join"},
       {.number = "11_1",
        .base = "11",
        .entry = "withdrawal",
        .year = "1999",
        .in_force = "2000",
        .kind = "7",
        .codes = "250 276",
        .flags = "1 2",
        .name = "One leaves"}});
  const v1::Treaty accession = DestaTreaty(reading, "11+1");
  EXPECT_EQ(accession.treaty().id(), "desta:11");
  EXPECT_EQ(accession.treaty().title(), "");
  EXPECT_FALSE(accession.describes());
  EXPECT_THAT(DestaParties(reading, "11+1"),
              ElementsAre("state:ESP/0 ACCESSION 1991 ENTRY_INTO_FORCE 1993",
                          "state:PRT/0 ACCESSION 1991 ENTRY_INTO_FORCE 1993"));
  EXPECT_EQ(accession.party(0).act(0).printed(), "Two join");
  EXPECT_EQ(accession.party(0).act(0).column(), "accession");
  EXPECT_THAT(DestaRaw(reading, "11+1"), Contains("typememb=5"));
  EXPECT_THAT(DestaRaw(reading, "11+1"), Contains("c1-c4=724,620,250,276"));
  EXPECT_THAT(DestaParties(reading, "11_1"), ElementsAre("state:FRA/0 WITHDRAWAL 1999"));
  EXPECT_EQ(DestaTreaty(reading, "11_1").treaty().id(), "desta:11");
  EXPECT_THAT(DestaRaw(reading, "11_1"), Contains("entryforceyear=2000"));
}

TEST(DestaActorsTest, ANumberIsWhoBoreItThen) {
  const ActorTable table;
  const DestaActors actors(table);
  EXPECT_EQ(actors.IdOf(688, 1967), "state:YUG");
  EXPECT_EQ(actors.IdOf(688, 2006), "state:SRB");
  EXPECT_EQ(actors.IdOf(688, 0), "state:SRB");
  EXPECT_EQ(actors.IdOf(643, 1960), "state:SUN");
  EXPECT_EQ(actors.IdOf(643, 1993), "state:RUS");
  EXPECT_EQ(actors.IdOf(276, 1957), "state:DEU");
  EXPECT_EQ(actors.IdOf(308, 1965), "state:GRD");  // not independent yet
  EXPECT_EQ(actors.IdOf(180, 1983), "state:COD");  // 3166-3 has it as Zaire's
  EXPECT_EQ(actors.IdOf(530, 1983), "state:ANT");
  EXPECT_EQ(actors.IdOf(900, 2006), "state:XKX");
  EXPECT_EQ(actors.IdOf(997, 2006), "unresolved:desta:997");
}

TEST(DestaTest, TheSameRecordsInAnyOrderAndChunks) {
  const std::vector<DestaExample> rows = {
      kRegionAndState,
      kTwoRegions,
      {.number = "21+1",
       .base = "21",
       .entry = "accession",
       .kind = "6",
       .codes = "724 12",
       .flags = "2 3"}};
  const TableReading reading = ReadDesta(rows);
  EXPECT_THAT(reading.Keys(), ElementsAre("21", "31", "21+1"));
  EXPECT_EQ(reading.records[2].line, 4u);
  EXPECT_EQ(ReadDesta({rows[2], rows[1], rows[0]}).Digests(), reading.Digests());
  EXPECT_EQ(ReadDesta(rows, 1).Digests(), reading.Digests());
}

TEST(DestaTest, RowsThatCannotBeReadAreRejectedWithTheirPlace) {
  const TableReading reading = ReadDesta({
      {.number = "x1", .base = "1"},
      {.number = "2", .base = "1?"},
      {.number = "3", .base = "3", .name = " "},
      {.number = "4", .base = "4", .entry = "treaty"},
      {.number = "5", .base = "5", .year = "NA"},
      {.number = "6", .base = "6", .in_force = "199"},
      {.number = "7", .base = "7", .kind = "8"},
      {.number = "8", .base = "8", .codes = "250 DEU"},
      {.number = "9", .base = "9", .flags = "0 4"},
      {.number = "10", .base = "10", .codes = "250", .flags = "0"},
      {.number = "11", .base = "11", .codes = "250 276 12", .flags = "0 1 2"},
      {.number = "12+1", .base = "12+1", .entry = "accession", .flags = "1 2"},
      {.number = "13+1", .base = "13", .entry = "accession", .flags = "2 2"},
      {.number = "14+1", .base = "14", .entry = "withdrawal", .flags = "0 1"},
      {.number = "15", .base = "15", .name = std::string(2'001, 'n')},
      {.number = "16", .base = "16"},
      {.number = "16", .base = "16", .year = "1991"},
  });
  EXPECT_THAT(reading.Keys(), ElementsAre("16"));
  EXPECT_THAT(
      reading.rejections,
      ElementsAre(
          "2:1: number: expected a number such as 17, 17+1, 22_1 or 44a, found \"x1\"",
          "3:5: base_treaty: expected a number such as 17, 17+1, 22_1 or 44a, found \"1?\"",
          "4:7: name: expected a name, found \"\"",
          "5:18: entry_type: expected an entry type, found \"treaty\"",
          "6:34: year: expected a year, found \"NA\"",
          "7:39: entryforceyear: expected NA or a year from 1900 to 2100, found \"199\"",
          "8:52: typememb: expected a kind from 1 to 7, found \"8\"",
          "9:89: c2: expected NA or a state's number from 1 to 999, found \"DEU\"",
          "10:362: mc2: expected NA or a flag from 0 to 3, found \"4\"",
          "11:87: c1: expected two members or more, found \"250\"",
          "12:362: mc1: expected flags of at most two kinds, found \"0\"",
          "13:8: base_treaty: expected another treaty than its own, found \"12+1\"",
          "14:362: mc1: expected members flagged 1 and others 2, or 2 and others 3, found \"2\"",
          "15:363: mc1: expected members flagged 1 and others 2, or 2 and others 3, found \"0\"",
          HasSubstr("16:9: name: expected at most 2000 bytes, found \"nnn"),
          HasSubstr("record 16 stands in line 17 already")));
  EXPECT_THAT(reading.rejected_keys,
              ElementsAre("none", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12+1",
                          "13+1", "14+1", "15", "16"));
}

TEST(DestaTest, AFileOfAnotherKindOrTooLongIsRefused) {
  EXPECT_THAT(Message(ReadTable(DestaCsvFormat(), "\"number\";\"name\"\n").status),
              HasSubstr("line 1: column 10: expected header \"base_treaty\", found \"name\""));
  EXPECT_THAT(Message(ReadDesta({}).status), HasSubstr("at least one row after the header"));
  EXPECT_TRUE(DestaCsvFormat().recognises({DestaHeader(), "", ""}));
  EXPECT_FALSE(DestaCsvFormat().recognises({"\"number\";\"name\"", "", ""}));
  std::vector<DestaExample> rows;
  for (int i = 1; i <= 10'001; ++i) rows.push_back({.number = absl::StrCat(i), .base = "1"});
  const absl::Status status = ReadDesta(rows, 1 << 20).status;
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(Message(status), HasSubstr("line 10002: too many records"));
}

TEST(DestaPublishedTest, EachRowIsARecordAndEachStateIsKnown) {
  const std::string bytes = PublishedList("../treaties/desta_agreements.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(DestaCsvFormat(), bytes, 4'099);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.records.size(), 1'217u);
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2020-12-31");
  std::map<v1::ActKind, size_t> records_of_act;
  for (const EditionRecord& record : reading.records) {
    EXPECT_TRUE(IsWellFormed(record.present)) << record.key;
    const v1::Treaty& treaty = record.present.treaty();
    for (const v1::TreatyParty& party : treaty.party()) {
      EXPECT_FALSE(IsUnresolved(party.party().id())) << record.key << party.party().id();
    }
    if (treaty.party_size() == 0) continue;
    for (const v1::TreatyAct& act : treaty.party(0).act()) ++records_of_act[act.kind()];
  }
  EXPECT_EQ(records_of_act[v1::ACT_KIND_SIGNATURE], 842u + 34);
  EXPECT_EQ(records_of_act[v1::ACT_KIND_ACCESSION], 199u);
  EXPECT_EQ(records_of_act[v1::ACT_KIND_WITHDRAWAL], 30u);
}

}  // namespace
}  // namespace dossier
