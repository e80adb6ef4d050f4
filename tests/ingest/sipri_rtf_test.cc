#include "services/ingest/sources/sipri_rtf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string& Slice() {
  static const auto& bytes = *new std::string([] {
    std::ifstream file(DOSSIER_SOURCE_DIR "/tests/testdata/sipri_register.rtf", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }());
  return bytes;
}

TableReading ReadRtf(std::string_view bytes, size_t chunk_size = 1 << 20) {
  return ReadTable(SipriRtfFormat(), bytes, chunk_size);
}

std::string With(const std::string& from, const std::string& to) {
  EXPECT_THAT(Slice(), HasSubstr(from));
  return absl::StrReplaceAll(Slice(), {{from, to}});
}

// The transfer as a row says it, without what names the parties.
std::string Shown(const EditionRecord& record) {
  v1::Transfer transfer = record.present.transfer();
  transfer.clear_supplier();
  transfer.clear_recipient();
  return transfer.ShortDebugString();
}

std::vector<std::string> Parties(const TableReading& reading) {
  std::vector<std::string> parties;
  for (const EditionRecord& record : reading.records) {
    const v1::Transfer& transfer = record.present.transfer();
    parties.push_back(transfer.supplier().id() + " " + transfer.recipient().id());
  }
  return parties;
}

TEST(SipriRtfTest, EveryShapeOfARowIsReadAsItIsPrinted) {
  const TableReading reading = ReadRtf(Slice());
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  ASSERT_EQ(reading.records.size(), 6u);
  const auto shown = [&](size_t i) { return Shown(reading.records[i]); };
  EXPECT_EQ(shown(0),
            "designation: \"Zephyr-2\" description: \"recce satellite\" order_date { year: 2013 } "
            "number_ordered: 2 delivery { year: 2017 year: 2018 number: 2 years_are_span: true } "
            "comment: \"Part of \\'\\342\\200\\234big\\342\\200\\235\\' deal\"");
  EXPECT_EQ(shown(1),
            "designation: \"Boreas\" description: \"SAM system\" order_date { year: 1973 } "
            "order_date_is_estimate: true number_ordered: 12 number_ordered_is_estimate: true "
            "delivery { year: 1974 number: 10 number_is_estimate: true }");
  EXPECT_EQ(shown(2),
            "designation: \"Zephyr-2\" description: \"recce satellite\" order_date { year: 2021 } "
            "order_date_is_estimate: true comment: \"For S\\303\\266derhamn\"");
  EXPECT_EQ(shown(3),
            "designation: \"Notus\" description: \"SAM\" order_date { year: 1961 } "
            "number_ordered_is_estimate: true delivery { year: 1961 year: 1977 number: 150 "
            "years_are_span: true }");
  EXPECT_EQ(shown(4),
            "designation: \"Notus\" description: \"SAM\" order_date { year: 1961 } delivery { "
            "year: 1962 number: 3 number_is_estimate: true } comment: \"Second-hand\"");
  EXPECT_EQ(shown(5),
            "designation: \"Eurus 35mm\" description: \"AA gun\" number_ordered: 4 delivery { "
            "year: 1999 } comment: \"Two lines\\nof it\"");
  EXPECT_THAT(reading.records[4].raw, ElementsAre("No. ordered . ."));
  for (size_t i : {0u, 1u, 2u, 3u, 5u}) EXPECT_THAT(reading.records[i].raw, IsEmpty()) << i;
}

TEST(SipriRtfTest, ARowWithoutARecipientIsOfTheOneAbove) {
  const TableReading reading = ReadRtf(Slice());
  EXPECT_THAT(Parties(reading),
              ElementsAre("state:FRA state:MAR", "state:FRA state:MAR", "state:FRA state:PER",
                          "state:SUN state:YAR", "state:SUN state:YAR",
                          "state:SUN unresolved:sipri-register-rtf:Anywhere Isles"));
}

TEST(SipriRtfTest, KeysAreThoseOfTheRegister) {
  EXPECT_THAT(ReadRtf(Slice()).Keys(),
              ElementsAre("state:FRA/state:MAR/zephyr2/2013/1", "state:FRA/state:MAR/boreas/1973/1",
                          "state:FRA/state:PER/zephyr2/2021/1", "state:SUN/state:YAR/notus/1961/m1",
                          "state:SUN/state:YAR/notus/1961/m2",
                          "state:SUN/unresolved:sipri-register-rtf:Anywhere Isles/eurus35mm/-/1"));
}

TEST(SipriRtfTest, ARowIsFoundByItsLineAndItsNumber) {
  const TableReading reading = ReadRtf(Slice());
  ASSERT_EQ(reading.records.size(), 6u);
  EXPECT_EQ(reading.records[0].line, 17u);
  EXPECT_EQ(reading.records[2].line, 17u);
  EXPECT_EQ(reading.records[2].line_end, 17u);
  EXPECT_EQ(reading.records[2].element, "row 3");
  EXPECT_EQ(reading.records[3].line, 20u);
  EXPECT_EQ(reading.records[3].element, "row 4");
}

TEST(SipriRtfTest, TheDocumentSaysItsDayAndYearsButNotItsWeapons) {
  const EditionFacts facts = ReadRtf(Slice()).facts;
  EXPECT_EQ(facts.source, "sipri-register-rtf");
  EXPECT_EQ(PrintPublishStamp(facts.stamp), "2024-02-18");
  EXPECT_EQ(facts.stamp.basis(), v1::BASIS_GENERATED);
  EXPECT_EQ(facts.stamp.precision(), v1::PRECISION_DAY);
  EXPECT_EQ(PrintScope(facts.scope), "delivery year 1960..2022 & additions only");
  EXPECT_EQ(PrintDate(facts.covers_until), "2018-12-31");
  EXPECT_THAT(facts.warnings,
              ElementsAre("the document does not say which weapons it selects: what it does not "
                          "hold is not taken as ended"));
}

TEST(SipriRtfTest, WithoutADayThereIsNoStamp) {
  const TableReading reading = ReadRtf(With("Information generated:", "Generated:"));
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_FALSE(reading.facts.stamp.has_time());
  ASSERT_EQ(reading.facts.warnings.size(), 2u);
  EXPECT_EQ(reading.facts.warnings[0],
            "the document has no line \"Information generated:\", so no publish date");
}

TEST(SipriRtfTest, AnyChunkingAndLineEndReadsTheSame) {
  const TableReading whole = ReadRtf(Slice());
  ASSERT_EQ(whole.records.size(), 6u);
  for (size_t chunk_size : {1, 2, 3, 7, 64}) {
    EXPECT_EQ(ReadRtf(Slice(), chunk_size).Digests(), whole.Digests()) << chunk_size;
  }
  EXPECT_EQ(ReadRtf(With("\n", "\r\n"), 5).Digests(), whole.Digests());
}

TEST(SipriRtfTest, SignsAreReadInTheDocumentsCharset) {
  const auto comment = [](const std::string& rtf, const std::string& charset) {
    const TableReading reading =
        ReadRtf(absl::StrReplaceAll(Slice(), {{"Second-hand", rtf}, {"\\mac", charset}}));
    EXPECT_EQ(reading.records.size(), 6u) << reading.status;
    return reading.records.size() == 6 ? reading.records[4].present.transfer().comment() : "";
  };
  EXPECT_EQ(comment("caf\\'8e", "\\mac"), "caf\u00e9");
  EXPECT_EQ(comment("caf\x8e", "\\mac"), "caf\u00e9");
  EXPECT_EQ(comment("caf\\'e9", "\\ansi"), "caf\u00e9");
  EXPECT_EQ(comment("\\u8364?5", "\\mac"), "\u20ac5");
  EXPECT_EQ(comment("{\\uc2\\u8364\\'e2x5}\\u-10179?\\u-8704?", "\\mac"), "\u20ac5\U0001f600");
  EXPECT_EQ(comment("\\u-10179?half\\u-8704?", "\\mac"), "\ufffdhalf\ufffd");
  EXPECT_EQ(comment("a\\{b\\}\\\\\\~\\_\\-c\\emdash d\\unknown7 e", "\\mac"),
            "a{b}\\\u00a0\u2011c\u2014de");
  EXPECT_EQ(comment("a{\\*\\note hidden}{\\pict 00}b", "\\mac"), "ab");
}

TEST(SipriRtfTest, ARowThatCannotBeReadIsRejectedAndSaysWhere) {
  const auto rejected = [](const std::string& from, const std::string& to) {
    const TableReading reading = ReadRtf(With(from, to));
    EXPECT_TRUE(reading.status.ok()) << reading.status;
    EXPECT_EQ(reading.records.size() + reading.rejections.size(), 6u);
    return reading.rejections;
  };
  EXPECT_THAT(rejected("\\tab (12)\\tab", "\\tab (12\\tab"),
              ElementsAre("17:153: No. ordered: number \"(12\": expected a whole number of 0 to "
                          "1000000000, in brackets or not, \". .\" or an empty cell"));
  EXPECT_THAT(rejected("(1973)", "1873"),
              ElementsAre("17:189: Year of order: year \"1873\": expected 1900 to 2100, in "
                          "brackets or not, or an empty cell"));
  EXPECT_THAT(rejected("2017-2018", "2018-2017"),
              ElementsAre("17:84: Year(s) of delivery: year(s) \"2018-2017\": expected as "
                          "\"1973\" or \"1973-1977\", of 1900 to 2100, in brackets or not, or an "
                          "empty cell"));
  EXPECT_THAT(rejected("\\tab 150\\tab", "\\tab -150\\tab"),
              ElementsAre("20:94: No. delivered: number \"-150\": expected a whole number of 0 to "
                          "1000000000, in brackets or not, \". .\" or an empty cell"));
  EXPECT_THAT(rejected("AA gun\\tab ", "AA gun "),
              ElementsAre("20:268: : the row has 7 cells: expected 8"));
  EXPECT_THAT(rejected("\\tab\\tab . .", "\\tab . ."),
              ElementsAre("20:173: : the row has 8 cells: expected 9, of which the first two are "
                          "blank"));
  EXPECT_THAT(rejected("\\tab\\tab . .", "\\tab x\\tab . ."),
              ElementsAre("20:121: : found \"x\": expected a blank cell in a row without a "
                          "recipient"));
}

TEST(SipriRtfTest, WhatIsNotDeliveredLeavesNoDeliveryAndNothingIsLost) {
  const TableReading reading = ReadRtf(With("1962\\tab (3)", "\\tab (0)"));
  ASSERT_EQ(reading.records.size(), 6u);
  EXPECT_EQ(reading.records[4].present.transfer().delivery_size(), 0);
  EXPECT_THAT(reading.records[4].raw, ElementsAre("No. ordered . .", "No. delivered (0)"));
}

TEST(SipriRtfTest, NoDealGoesToTheWrongParty) {
  const std::string unsaid = "no supplier is known: expected one in bold above \"R:\"";
  // A supplier that is not in bold is none.
  EXPECT_THAT(ReadRtf(With("{\\b Soviet Union}", "Soviet Union")).rejections,
              ElementsAre("20:1: : found \"Soviet Union\": expected a supplier in bold, or a row",
                          "20:21: : " + unsaid, "20:115: : " + unsaid, "20:191: : " + unsaid));
  // After a recipient that cannot be read, one must be named before there is one again.
  EXPECT_THAT(ReadRtf(With("R:} North Yemen\\tab", "R:} \\tab\\tab")).rejections,
              ElementsAre("20:34: : no recipient is known: expected one here or in a row above",
                          "20:113: : no recipient is known: expected one here or in a row above"));
}

TEST(SipriRtfTest, ADocumentThatIsNotWhatItShouldBeIsRefused) {
  const auto refused = [](const std::string& bytes) { return Message(ReadRtf(bytes).status); };
  const std::string no_rtf = "line 1: column 1: no RTF: expected {\\rtf at the beginning";
  EXPECT_EQ(refused("Recipient,Supplier"), no_rtf);
  EXPECT_EQ(refused("\\rtf1"), no_rtf);
  EXPECT_EQ(refused("{\\fonttbl;"), "line 1: column 2: no RTF: expected {\\rtf at the beginning");
  EXPECT_EQ(refused(""), "line 1: column 1: the file ends: expected {\\rtf and a document");
  EXPECT_EQ(refused(Slice().substr(0, Slice().find("{\\b Soviet"))),
            "line 20: column 1: the file ends within a group: expected } to the last {, was it cut "
            "off?");
  EXPECT_EQ(refused(Slice() + "}"),
            "line 23: column 1: text behind the document's end: expected nothing more");
  EXPECT_EQ(refused(With("\\'d4No", "\\'dxNo")),
            "line 9: column 24: found \"\\'dx\": expected two hexadecimal digits after \\'");
  EXPECT_EQ(refused(With("Invented\\par", std::string("In\0vented\\par", 13))),
            "line 9: column 100: a NUL byte: expected RTF, which is text");
  EXPECT_EQ(refused(With("Invented\\par", "\\bin3 abc\\par")),
            "line 9: column 98: binary data: expected text alone");
  EXPECT_EQ(refused(With("1960 to 2022", "1960 until 2022")),
            "line 7: column 11: title years \"1960 until 2022\": expected as \"... made for 1950 "
            "to 2022\", of 1900 to 2100");
  EXPECT_EQ(refused(With("18 February", "31 February")),
            "line 9: column 114: date \"31 February 2024\" does not exist: expected as \"18 "
            "February 2024\"");
  EXPECT_EQ(refused(With("Transfers of major", "Movements of major")),
            "line 12: column 1: the header stands without a title: expected \"Transfers of major "
            "weapons: ... made for YEAR to YEAR\" above");
  const std::string header =
      "\"Year(s) Supplier/ No. Weapon Weapon Year of No. recipient (R) ordered designation "
      "description of order delivery delivered Comments\"";
  EXPECT_EQ(refused(With("recipient (R)", "recipient")),
            "line 12: column 1: found \"Year(s) Supplier/ No. Weapon Weapon Year of No. recipient "
            "or...\": expected title and header, " +
                header);
  EXPECT_EQ(refused("{\\rtf1 nothing\\par}"),
            "line 1: no title: expected \"Transfers of major weapons: ... made for YEAR to YEAR\"");
  EXPECT_EQ(refused(Slice().substr(0, Slice().find("\\pard\\plain \\s6\\sl40")) + "}"),
            "line 1: no header: expected " + header);
  EXPECT_EQ(refused(Slice().substr(0, Slice().find("{\\b France}")) + "}"),
            "line 1: no records: expected a row under the header");
}

TEST(SipriRtfTest, WhatHasNoEndIsRefused) {
  const std::string deep(80, '{');
  EXPECT_EQ(Message(ReadRtf("{\\rtf1 " + deep).status),
            "line 1: column 71: a group over 64 deep: expected fewer");
  EXPECT_EQ(Message(ReadRtf("{\\rtf1 " + std::string(70'000, 'x')).status),
            "line 1: column 65544: a paragraph of over 65536 bytes: expected \\par before");
}

TEST(SipriRtfTest, TheFormatIsKnownByItsTitle) {
  const auto recognised = [](std::string_view bytes) {
    return SipriRtfFormat().recognises({bytes, "", ""});
  };
  EXPECT_TRUE(recognised(Slice()));
  EXPECT_FALSE(recognised("{\\rtf1\\ansi A letter\\par}"));
  EXPECT_FALSE(recognised("Transfers of major weapons: Deals"));
}

}  // namespace
}  // namespace dossier
