#include "services/ingest/sources/ofac_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/ingest/sources/ofac_csv_groups.h"
#include "services/model/scope.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const EditionFormat& Sdn() { return OfacSdnCsvFormat(); }

// A row of the primary file, with a name.
std::string Row(int entry, std::string_view remarks = "-0- ") {
  return absl::StrCat(entry, ",\"NAME ", entry, "\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,",
                      std::string(remarks), "\r\n");
}

std::vector<std::string> Keys(const Collected& result) {
  std::vector<std::string> keys;
  for (const EditionRecord& record : result.records) keys.push_back(record.key);
  return keys;
}

TEST(OfacCsvTest, PrimaryRows) {
  const auto result = ReadAs(Sdn(), TestFile("ofac_sdn.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  ASSERT_THAT(Keys(*result), ElementsAre("101", "102", "205", "206"));
  EXPECT_EQ(PrintScope(result->facts.scope), "part in {entries}");
  EXPECT_FALSE(result->facts.stamp.has_time());
  EXPECT_FALSE(result->facts.lacks_end_mark);
  const v1::Sanction& firm = result->records[0].present.sanction();
  EXPECT_EQ(firm.part(), v1::SANCTION_PART_ENTRY);
  ASSERT_THAT(firm.target(), SizeIs(1));
  EXPECT_EQ(firm.target(0).id(), "ofac:101");
  EXPECT_EQ(firm.target(0).printed_name(), "HARBOUR TRADING CO., LTD.");
  EXPECT_EQ(firm.target_kind(), v1::ACTOR_KIND_UNSPECIFIED);
  EXPECT_EQ(firm.identifier(0).country().id(), "state:BGR");
  EXPECT_EQ(firm.link(0).other().printed_name(), "OLD BANK, S.A.");
  ASSERT_THAT(firm.measure(), SizeIs(1));
  EXPECT_EQ(firm.measure(0).rule(), "ofac-sdn-blocking");
  EXPECT_EQ(result->records[0].line, 1u);
}

TEST(OfacCsvTest, PersonVesselAircraft) {
  const auto result = ReadAs(Sdn(), TestFile("ofac_sdn.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  const v1::Sanction& person = result->records[1].present.sanction();
  EXPECT_EQ(person.target_kind(), v1::ACTOR_KIND_PERSON);
  EXPECT_THAT(person.programme(), ElementsAre("SDGT", "RURITANIA"));
  EXPECT_THAT(person.title(), ElementsAre("Keeper of the Seal"));
  EXPECT_THAT(person.position(), ElementsAre("Keeper of the Seal"));
  EXPECT_EQ(person.nationality(0).country().id(), "state:BGR");
  EXPECT_THAT(result->records[1].raw, ElementsAre("a person of note"));
  const v1::Sanction& vessel = result->records[2].present.sanction();
  EXPECT_EQ(vessel.target_kind(), v1::ACTOR_KIND_VESSEL);
  EXPECT_EQ(vessel.craft().type(), "Crude Oil Tanker");
  EXPECT_EQ(vessel.craft().tonnage(), "159,758");
  EXPECT_EQ(vessel.craft().gross_registered_tonnage(), "81,479");
  EXPECT_EQ(vessel.craft().flag().id(), "state:MLT");
  EXPECT_EQ(vessel.craft().owner(), "Harbour Trading");
  ASSERT_THAT(vessel.identifier(), SizeIs(2));
  EXPECT_EQ(vessel.identifier(0).kind(), v1::IDENTIFIER_KIND_CALL_SIGN);
  EXPECT_EQ(vessel.identifier(1).number(), "9187629");
  EXPECT_EQ(result->records[3].present.sanction().target_kind(), v1::ACTOR_KIND_AIRCRAFT);
  EXPECT_FALSE(result->records[3].present.sanction().has_craft());
}

TEST(OfacCsvTest, TheConsolidatedListImpliesNoMeasure) {
  const auto result = ReadAs(OfacConsolidatedCsvFormat(), TestFile("ofac_sdn.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->records[0].present.sanction().measure(), IsEmpty());
  EXPECT_EQ(result->facts.source, "ofac-consolidated");
}

TEST(OfacCsvTest, AddressesOfAnEntryAreOneRecord) {
  const auto result = ReadAs(Sdn(), TestFile("ofac_add.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  ASSERT_THAT(Keys(*result), ElementsAre("101/addresses", "102/addresses"));
  EXPECT_EQ(PrintScope(result->facts.scope), "part in {addresses}");
  const EditionRecord& record = result->records[0];
  EXPECT_EQ(record.line, 1u);
  EXPECT_EQ(record.line_end, 2u);
  const v1::Sanction& firm = record.present.sanction();
  EXPECT_EQ(firm.target(0).id(), "ofac:101");
  ASSERT_THAT(firm.address(), SizeIs(2));
  EXPECT_EQ(firm.address(0).id(), "5001");
  EXPECT_EQ(firm.address(0).street(), "12 Quay Street, Floor 2");
  EXPECT_EQ(firm.address(0).city(), "Old Harbour 1000");
  EXPECT_EQ(firm.address(0).country().id(), "state:BGR");
  EXPECT_EQ(firm.address(1).country().id(), "unresolved:ofac-sdn:Ruritania");
  EXPECT_EQ(firm.address(1).note(), "closed");
  const v1::Sanction& person = result->records[1].present.sanction();
  ASSERT_THAT(person.address(), SizeIs(1));
  EXPECT_EQ(person.address(0).id(), "5003");
  EXPECT_FALSE(person.address(0).has_country());
}

TEST(OfacCsvTest, TheOrderOfRowsDoesNotMatter) {
  const auto result = ReadAs(Sdn(),
                             "101,5002,-0- ,\"B\",-0- ,-0- \n"
                             "102,5003,-0- ,-0- ,-0- ,-0- \n"
                             "101,5001,-0- ,\"A\",-0- ,-0- \n");
  const auto sorted = ReadAs(Sdn(),
                             "101,5001,-0- ,\"A\",-0- ,-0- \n"
                             "101,5002,-0- ,\"B\",-0- ,-0- \n");
  ASSERT_TRUE(result->status.ok() && sorted->status.ok());
  EXPECT_TRUE(result->facts.lacks_end_mark);
  EXPECT_EQ(result->records[0].present.SerializeAsString(),
            sorted->records[0].present.SerializeAsString());
  EXPECT_EQ(result->records[0].line, 1u);
  EXPECT_EQ(result->records[0].line_end, 1u);
  EXPECT_THAT(result->records[0].more_lines, ElementsAre(3u));
}

TEST(OfacCsvTest, Aliases) {
  const auto result = ReadAs(Sdn(), TestFile("ofac_alt.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  ASSERT_THAT(Keys(*result), ElementsAre("101/aliases", "205/aliases"));
  const v1::Sanction& firm = result->records[0].present.sanction();
  ASSERT_THAT(firm.name(), SizeIs(2));
  EXPECT_EQ(firm.name(0).whole(), "HARBOUR TRADE");
  EXPECT_EQ(firm.name(0).id(), "7001");
  EXPECT_EQ(firm.name(0).kind(), v1::NAME_KIND_ALIAS);
  EXPECT_EQ(firm.name(1).kind(), v1::NAME_KIND_FORMER);
  const v1::Sanction& vessel = result->records[1].present.sanction();
  EXPECT_EQ(vessel.name(0).kind(), v1::NAME_KIND_NEW);
  EXPECT_EQ(vessel.name(0).note(), "from May");
}

TEST(OfacCsvTest, Comments) {
  const auto result = ReadAs(Sdn(), TestFile("ofac_comments.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  ASSERT_THAT(Keys(*result), ElementsAre("101/comments"));
  const v1::Sanction& firm = result->records[0].present.sanction();
  EXPECT_EQ(firm.remarks(), "ber 10 (Bulgaria); a.k.a. 'QUAY'.");
  EXPECT_EQ(firm.name(0).whole(), "QUAY");
  EXPECT_THAT(result->records[0].raw, ElementsAre("ber 10 (Bulgaria)"));
}

TEST(OfacCsvTest, RemarksOfAThousandCharactersAreCut) {
  std::string remarks(990, 'x');
  remarks += "; DOB 1960";
  const auto cut = ReadAs(Sdn(), Row(1, absl::StrCat("\"", remarks, "\"")));
  ASSERT_TRUE(cut->status.ok()) << cut->status;
  EXPECT_TRUE(cut->records[0].present.sanction().remarks_cut());
  EXPECT_THAT(cut->records[0].present.sanction().birth(), IsEmpty());
  remarks.erase(0, 1);
  const auto whole = ReadAs(Sdn(), Row(1, absl::StrCat("\"", remarks, "\"")));
  EXPECT_FALSE(whole->records[0].present.sanction().remarks_cut());
  EXPECT_THAT(whole->records[0].present.sanction().birth(), SizeIs(1));
}

TEST(OfacCsvTest, EndsOfLinesAndFilesDoNotMatter) {
  const std::string bytes = TestFile("ofac_sdn.csv");
  std::string plain = absl::StrReplaceAll(bytes, {{"\r\n", "\n"}, {"\x1a", ""}, {"-0- ", "-0-"}});
  const std::string records = TranscriptOf(*ReadAs(Sdn(), bytes));
  EXPECT_EQ(TranscriptOf(*ReadAs(Sdn(), plain)), records);
  EXPECT_TRUE(ReadAs(Sdn(), plain)->facts.lacks_end_mark);
  plain.pop_back();  // the last line's end
  EXPECT_EQ(TranscriptOf(*ReadAs(Sdn(), plain)), records);
  plain.pop_back();  // "-0-" is "-0" then, as in the addresses of 2019
  EXPECT_EQ(TranscriptOf(*ReadAs(Sdn(), plain)), records);
  EXPECT_EQ(TranscriptOf(*ReadAs(Sdn(), bytes, {1})), records);
  EXPECT_EQ(TranscriptOf(*ReadAs(Sdn(), bytes, {7, 64})), records);
}

TEST(OfacCsvTest, DoubledQuotesStandForOne) {
  const auto result = ReadAs(Sdn(), Row(1, "\"a.k.a. '\"\"X\"\" Y'.\""));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_EQ(result->records[0].present.sanction().name(1).whole(), "\"X\" Y");
}

TEST(OfacCsvTest, ABadRowIsRejected) {
  const auto result =
      ReadAs(Sdn(), absl::StrCat(Row(1), "2,\"SHORT\",-0- \r\n", "x3", Row(3), Row(4, "\"open"),
                                 absl::StrReplaceAll(Row(5), {{"\"NAME 5\"", "-0- "}}),
                                 absl::StrReplaceAll(Row(6), {{"NAME", "NA\x01ME"}}), Row(1),
                                 Row(7, "\"a\" b"), Row(8)));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(Keys(*result), ElementsAre("1", "8"));
  EXPECT_THAT(
      result->rejections,
      ElementsAre("2:15: : 3 cells: expected 12, as in the first row",
                  "3:1: ent_num: \"x33\": expected an entry's number",
                  "4:56: : a quote that is not closed: expected \" before the line's end",
                  "5:3: SDN_Name: empty: expected text",
                  "6:6: : a control character, 0x01: expected text",
                  "7:1: ent_num: entry 1 stands in line 1 already: expected one row for an entry",
                  "8:60: : text after a closing quote: expected a comma"));
  EXPECT_THAT(result->rejected_keys, ElementsAre("2", "none", "4", "5", "6", "1", "7"));
}

TEST(OfacCsvTest, ABadRowRejectsItsEntrysAddresses) {
  const auto result = ReadAs(Sdn(),
                             "101,5001,-0- ,\"A\",-0- ,-0- \r\n"
                             "101,x,-0- ,\"B\",-0- ,-0- \r\n"
                             "101,y,-0- ,\"B\",-0- ,-0- \r\n"
                             "102,5003,-0- ,-0- ,-0- ,-0- \r\n"
                             "103,5004,-0- ,\"C\",-0- ,-0- \r\n"
                             "103,5004,-0- ,\"D\",-0- ,-0- \r\n\x1a");
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(Keys(*result), ElementsAre("102/addresses"));
  EXPECT_THAT(result->rejections,
              ElementsAre("2:5: Add_num: \"x\": expected a number",
                          "6:1: Add_num: 5004 stands in line 5 already: expected one row of a "
                          "number in an entry"));
  EXPECT_THAT(result->rejected_keys, ElementsAre("101/addresses", "103/addresses"));
}

std::string Refusal(std::string_view bytes) {
  const auto result = ReadAs(Sdn(), bytes);
  EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument) << result->status;
  return std::string(result->status.message());
}

TEST(OfacCsvTest, AnEditionThatIsNotWholeIsRefused) {
  EXPECT_EQ(Refusal(""),
            "line 1: column 1: the file has no rows: expected an entry's number and its cells");
  EXPECT_THAT(Refusal("\x1a"), HasSubstr("the file has no rows"));
  EXPECT_THAT(Refusal("name;programme\n"),
              HasSubstr("expected an entry's number and 12, 6, 5 or 2 cells, found"));
  EXPECT_THAT(Refusal("1,2,3\n"), HasSubstr("line 1: column 1: expected an entry's number"));
  EXPECT_EQ(Refusal(Row(1) + "2,\"NA"),
            "line 2: column 6: the file ends inside this row: expected 12 cells");
  EXPECT_EQ(Refusal(Row(1) + "2,\"NAME\",-0- ,-0- "),
            "line 2: column 19: the file ends inside this row: expected 12 cells");
  EXPECT_THAT(Refusal("1,7,-0- ,\"A\",\"B\",-0- \n1,8,-0- ,\"A\",\"B\","),
              HasSubstr("line 2: column 18: the file ends inside this row: expected 6 cells"));
  EXPECT_THAT(Refusal(Row(1) + "\x1a\r\n" + Row(2)),
              HasSubstr("line 3: column 1: text after the mark 0x1A"));
  EXPECT_THAT(Refusal("1,x,-0- ,-0- ,-0- ,-0- \n"),
              HasSubstr("line 1: column 3: none of the 1 rows could be read; the first: Add_num"));
  EXPECT_THAT(Refusal(Row(1) + std::string("\0", 1) + Row(2)), HasSubstr("a NUL byte"));
}

TEST(OfacCsvTest, TheFileNameTellsTheListAndTheColumnsThePart) {
  const std::string row = Row(1);
  const auto found = [&](std::string_view name, std::string_view source,
                         std::string_view bytes) -> std::string {
    for (const EditionFormat* format : {&OfacSdnCsvFormat(), &OfacConsolidatedCsvFormat()}) {
      if (!source.empty() && source != format->source) continue;
      if (format->recognises({bytes, name, source})) return format->source;
    }
    return "none";
  };
  EXPECT_EQ(found("SDN.CSV", "", row), "ofac-sdn");
  EXPECT_EQ(found("lists/us_ofac_add_2019-01-15.csv", "", row), "ofac-sdn");
  EXPECT_EQ(found("sdn_comments.csv", "", row), "ofac-sdn");
  EXPECT_EQ(found("CONS_PRIM.CSV", "", row), "ofac-consolidated");
  EXPECT_EQ(found("us_ofac_cons_alt_2025-12-19.csv", "", row), "ofac-consolidated");
  EXPECT_EQ(found("sdn/address.csv", "", row), "none");
  EXPECT_EQ(found("list.csv", "ofac-consolidated", row), "ofac-consolidated");
  EXPECT_EQ(found("sdn.csv", "", "1,2,3\n"), "none");
  EXPECT_EQ(found("sdn.csv", "", "a,\"b\"\n"), "none");
}

TEST(OfacCsvTest, ARecordHasAtMostTenThousandRows) {
  const auto rows = [](int count) {
    std::string text;
    for (int i = 1; i <= count; ++i) {
      absl::StrAppend(&text, "301,", i, ",\"aka\",\"NAME ", i, "\",-0- \r\n");
    }
    return text + "302,1,\"fka\",\"OTHER\",\"once\"\r\n";
  };
  const auto most = ReadAs(Sdn(), rows(10'000));
  ASSERT_TRUE(most->status.ok()) << most->status;
  ASSERT_THAT(most->records, SizeIs(2));
  ASSERT_THAT(most->records[0].present.sanction().name(), SizeIs(10'000));
  EXPECT_EQ(most->records[0].present.sanction().name(9'999).whole(), "NAME 10000");
  EXPECT_EQ(most->records[1].present.sanction().name(0).note(), "once");
  const auto over = ReadAs(Sdn(), rows(10'002));
  ASSERT_TRUE(over->status.ok()) << over->status;
  EXPECT_THAT(Keys(*over), ElementsAre("302/aliases"));
  EXPECT_THAT(over->rejections,
              ElementsAre("10001:1: ent_num: one more row of entry 301: expected at most 10000"));
}

TEST(OfacCsvTest, AGatheredRowIsSmall) { EXPECT_LE(sizeof(OfacCsvGroups::Row), 96u); }

}  // namespace
}  // namespace dossier
