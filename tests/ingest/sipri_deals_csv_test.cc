#include "services/ingest/sources/sipri_deals_csv.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/sipri_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kTitle[] =
    "Transfers of major conventional arms from All countries  to All countries . Deals with "
    "deliveries made for the year range '2000' to '2001' \n";
constexpr char kGenerated[] = "Data generated: 10 Feb 2025 10:52:58 AM\n";
constexpr char kHeader[] =
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order "
    "date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery "
    "year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local "
    "production\n";
constexpr char kRow[] =
    "90001,Brazil,Peru,Trainer-1,trainer aircraft,Aircraft,1999,Yes,8,Yes,2000,No,New,0.9,0.9,7.2,"
    "No\n";
// A second row, so that the first can be rejected and the edition still has a record.
constexpr char kGoodRow[] = "90009,Sweden,Norway,,,,,,,,2001,,,,,,No\n";

std::string Edition(const std::string& rows) {
  return absl::StrCat(kTitle, kGenerated, kHeader, rows);
}

std::string With(const std::string& text, const std::string& from, const std::string& to) {
  EXPECT_THAT(text, HasSubstr(from));
  return absl::StrReplaceAll(text, {{from, to}});
}

// The rejection that a row with one cell changed gives.
std::string RejectionOf(const std::string& from, const std::string& to) {
  const auto result = Read(Edition(With(kRow, from, to) + kGoodRow));
  EXPECT_TRUE(result->status.ok()) << result->status;
  EXPECT_EQ(result->records.size(), 1u);
  return result->rejections.size() == 1 ? result->rejections[0] : "not one rejection";
}

std::string Refusal(const std::string& bytes) {
  const auto result = Read(bytes);
  EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(result->status.message());
}

std::string Slice(const std::string& name) {
  const std::string bytes = FileBytes(DOSSIER_SOURCE_DIR "/tests/testdata/" + name);
  EXPECT_THAT(bytes, Not(IsEmpty())) << name;
  return bytes;
}

std::vector<std::string> Contents(const Collected& collected) {
  std::vector<std::string> contents;
  for (const EditionRecord& record : collected.records) {
    contents.push_back(absl::StrCat(record.key, " ", record.line, " ", record.line_end, " ",
                                    record.present.ShortDebugString()));
  }
  return contents;
}

TEST(SipriDealsCsvTest, EachCellBecomesItsField) {
  const auto result = Read(Slice("sipri_deals_plain.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  ASSERT_EQ(result->records.size(), 3u);
  v1::Transfer expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        deal_id: "90001"
        supplier { id: "state:BRA" printed_name: "Brazil" }
        recipient { id: "state:PER" printed_name: "Peru" }
        designation: "Trainer-1"
        description: "trainer aircraft"
        category: "Aircraft"
        order_date { year: 1999 }
        order_date_is_estimate: true
        delivery { year: 2001 number: 9 number_is_estimate: false year_is_estimate: true }
        condition: CONDITION_NEW
        local_production: false
        tiv_new_unit_thousandths: 900
        tiv_deal_unit_thousandths: 900
        tiv_delivered_thousandths: 8100)pb",
      &expected));
  const EditionRecord& record = result->records[1];
  EXPECT_EQ(record.key, "90001/2001");
  EXPECT_EQ(record.line, 9u);
  EXPECT_EQ(record.line_end, 9u);
  EXPECT_EQ(record.present.transfer().DebugString(), expected.DebugString());
}

TEST(SipriDealsCsvTest, AnEmptyCellIsUnsetAndAZeroIsZero) {
  const auto result = Read(Slice("sipri_deals_plain.csv"));
  ASSERT_EQ(result->records.size(), 3u);
  v1::Transfer expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        deal_id: "90002"
        supplier { id: "state:SWE" printed_name: "Sweden" }
        recipient { id: "state:NOR" printed_name: "Norway" }
        designation: "Boat-2"
        description: "patrol craft"
        category: "Ships"
        delivery { year: 2001 }
        condition: CONDITION_SECOND_HAND_MODERNIZED
        local_production: true
        tiv_new_unit_thousandths: 12250
        tiv_delivered_thousandths: 0)pb",
      &expected));
  EXPECT_EQ(result->records[2].present.transfer().DebugString(), expected.DebugString());
}

TEST(SipriDealsCsvTest, ThePreambleStatesScopeAndStamp) {
  const auto result = Read(Slice("sipri_deals_plain.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_EQ(result->facts.source, "sipri-deals");
  EXPECT_EQ(result->facts.publisher, "SIPRI");
  EXPECT_EQ(PrintScope(result->facts.scope), "delivery year 2000..2001 & deliveries only");
  EXPECT_EQ(PrintPublishStamp(result->facts.stamp), "2025-02-10 10:52:58");
  EXPECT_EQ(result->facts.stamp.basis(), v1::BASIS_GENERATED);
  EXPECT_EQ(result->facts.stamp.precision(), v1::PRECISION_SECOND);
  EXPECT_EQ(PrintDate(result->facts.covers_until), "2001-12-31");
  EXPECT_THAT(result->facts.warnings, IsEmpty());
}

TEST(SipriDealsCsvTest, ASpreadsheetsPaddingChangesNothing) {
  const auto plain = Read(Slice("sipri_deals_plain.csv"));
  const auto mangled = Read(Slice("sipri_deals_spreadsheet.csv"));
  ASSERT_TRUE(mangled->status.ok()) << mangled->status;
  EXPECT_EQ(Contents(*mangled), Contents(*plain));
  EXPECT_EQ(PrintScope(mangled->facts.scope), PrintScope(plain->facts.scope));
  EXPECT_EQ(PrintPublishStamp(mangled->facts.stamp), PrintPublishStamp(plain->facts.stamp));
}

TEST(SipriDealsCsvTest, AByteOrderMarkAndQuotesAreUnderstood) {
  const auto result =
      Read(absl::StrCat("\xef\xbb\xbf", Edition(With(kRow, "Trainer-1", "\"T, \"\"one\"\"\""))));
  ASSERT_TRUE(result->status.ok()) << result->status;
  ASSERT_EQ(result->records.size(), 1u);
  EXPECT_EQ(result->records[0].present.transfer().designation(), "T, \"one\"");
}

TEST(SipriDealsCsvTest, LatinBytesAndUtf8GiveTheSameText) {
  for (const char* name : {"Bel\xe9m \x96 1", "Bel\xc3\xa9m \xe2\x80\x93 1"}) {
    const auto result = Read(Edition(With(kRow, "Trainer-1", name)));
    ASSERT_EQ(result->records.size(), 1u);
    EXPECT_EQ(result->records[0].present.transfer().designation(), "Bel\xc3\xa9m \xe2\x80\x93 1");
  }
}

TEST(SipriDealsCsvTest, AnUnknownNameIsKeptAsPrinted) {
  const auto result = Read(Edition(With(kRow, "Peru", " Atlantis  Nova ")));
  ASSERT_EQ(result->records.size(), 1u);
  const v1::ActorRef& recipient = result->records[0].present.transfer().recipient();
  EXPECT_EQ(recipient.printed_name(), "Atlantis  Nova");
  EXPECT_THAT(recipient.id(), StartsWith("unresolved:sipri-deals:Atlantis"));
}

TEST(SipriDealsCsvTest, QuotesOfAnyKindStandAroundTheYears) {
  for (const char* years :
       {"for year range '2000' to '2001'", "for the year range ?2000? to ?2001?",
        "for the year range 2000 to 2001",
        "for the year range \xe2\x80\x98"
        "2000\xe2\x80\x99 to \xe2\x80\x9c"
        "2001\xe2\x80\x9d",
        "for the year range \x93"
        "2000\x94 to \x91"
        "2001\x92"}) {
    const auto result = Read(With(Edition(kRow), "for the year range '2000' to '2001'", years));
    ASSERT_TRUE(result->status.ok()) << years << result->status;
    EXPECT_EQ(PrintScope(result->facts.scope), "delivery year 2000..2001 & deliveries only");
  }
}

TEST(SipriDealsCsvTest, PartiesOfTheFirstLineLimitTheScope) {
  const std::string one = With(Edition(kRow), "to All countries .", "to Peru  .");
  EXPECT_EQ(PrintScope(Read(one)->facts.scope),
            "recipient in {state:PER} & delivery year 2000..2001 & deliveries only");
  const std::string several =
      "\"" + With(Edition(kRow), "from All countries ", "from Sweden, Brazil; Sweden");
  EXPECT_EQ(PrintScope(Read(several)->facts.scope),
            "supplier in {state:BRA, state:SWE} & delivery year 2000..2001 & deliveries only");
}

TEST(SipriDealsCsvTest, CoversUntilTheRowsEndOrTheStamp) {
  const auto open = Read(With(Edition(kRow), "'2001'", "'Not specified'"));
  EXPECT_EQ(PrintScope(open->facts.scope), "delivery year 2000.. & deliveries only");
  EXPECT_EQ(PrintDate(open->facts.covers_until), "2000-12-31");
  const auto beyond = Read(With(Edition(kRow), "'2001'", "'2030'"));
  EXPECT_EQ(PrintDate(beyond->facts.covers_until), "2000-12-31");
  const std::string of_this_year =
      With(Edition(With(kRow, ",2000,No,", ",2025,No,")), "'2001'", "'2025'");
  EXPECT_EQ(PrintDate(Read(of_this_year)->facts.covers_until), "2025-02-10");
  const auto unstamped = Read(absl::StrCat(kTitle, kHeader, kRow));
  EXPECT_FALSE(unstamped->facts.stamp.has_time());
  EXPECT_EQ(PrintDate(unstamped->facts.covers_until), "2000-12-31");
  EXPECT_THAT(unstamped->facts.warnings, testing::Contains(HasSubstr("Data generated")));
}

TEST(SipriDealsCsvTest, ARangeWiderThanTheRowsIsAWarning) {
  const auto result = Read(With(Edition(kRow), "'2000' to '2001'", "'1995' to '2001'"));
  EXPECT_THAT(result->facts.warnings,
              ElementsAre("preamble says 1995 to 2001, rows begin in 2000 and end in 2000"));
  EXPECT_EQ(PrintScope(result->facts.scope), "delivery year 1995..2001 & deliveries only");
}

TEST(SipriDealsCsvTest, WithoutAPreambleTheRowsAreTheScope) {
  const auto result = Read(absl::StrCat(kHeader, kRow, kGoodRow));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_EQ(result->records.size(), 2u);
  EXPECT_FALSE(result->facts.stamp.has_time());
  EXPECT_EQ(PrintScope(result->facts.scope), "delivery year 2000..2001 & deliveries only");
  EXPECT_EQ(PrintDate(result->facts.covers_until), "2001-12-31");
  EXPECT_THAT(result->facts.warnings, ElementsAre(HasSubstr("no preamble")));
}

TEST(SipriDealsCsvTest, TheFormatIsRecognisedFromItsFirstBytes) {
  const EditionFormat& format = *std::find_if(
      EditionFormats().begin(), EditionFormats().end(),
      [](const EditionFormat& format) { return format.adapter == "sipri-deals-csv"; });
  EXPECT_EQ(format.version, 1u);
  EXPECT_EQ(format.source, "sipri-deals");
  const auto recognises = [&](std::string_view first_bytes) {
    return format.recognises({first_bytes, "", ""});
  };
  EXPECT_TRUE(recognises(Edition(kRow)));
  EXPECT_TRUE(recognises(kTitle));
  EXPECT_TRUE(recognises(kHeader));
  EXPECT_TRUE(recognises(absl::StrCat("\xef\xbb\xbf\"", kTitle)));
  EXPECT_TRUE(recognises(Slice("sipri_deals_spreadsheet.csv")));
  EXPECT_FALSE(recognises(absl::StrCat(kTitle, kGenerated, "Recipient,Supplier,Year of")));
  EXPECT_FALSE(recognises("\n" + Edition(kRow)));
  EXPECT_FALSE(recognises(""));
}

TEST(SipriDealsCsvTest, ABadCellRejectsItsRowAndNoOther) {
  struct Case {
    const char* from;
    const char* to;
    const char* rejection;
  };
  for (const Case& c : {
           Case{"90001", "9OOO1", "4:1: SIPRI AT Database ID: deal id \"9OOO1\": expected a whole"},
           Case{"90001", "", "4:1: SIPRI AT Database ID: deal id \"\": expected"},
           Case{"90001", "007", "4:1: SIPRI AT Database ID: deal id \"007\": expected"},
           Case{"90001", "1234567890123", "4:1: SIPRI AT Database ID: deal id"},
           Case{"Brazil", " ", "4:7: Supplier: the cell is empty: expected a name"},
           Case{"Peru", "", "4:14: Recipient: the cell is empty"},
           Case{"1999", "1899",
                "4:55: Order date: year \"1899\": expected 1900 to 2100 or an empty"},
           Case{"1999", "199", "4:55: Order date: year \"199\""},
           Case{",Yes,8,", ",yes,8,",
                "4:60: Order date is estimate: flag \"yes\": expected Yes, No"},
           Case{",8,", ",-8,", "4:64: Numbers delivered: number \"-8\" is negative: expected"},
           Case{",8,", ",8.5,", "4:64: Numbers delivered: number \"8.5\": expected a whole number"},
           Case{",8,", ",1000000001,", "4:64: Numbers delivered: number \"1000000001\""},
           Case{",Yes,2000", ",?,2000", "4:66: Numbers delivered is estimate: flag \"?\""},
           Case{"2000", "2101", "4:70: Delivery year: year \"2101\": expected 1900 to 2100"},
           Case{"2000", "", "4:70: Delivery year: year \"\": expected 1900 to 2100"},
           Case{",No,New", ",Maybe,New", "4:75: Delivery year is estimate: flag \"Maybe\""},
           Case{"New", "Used", "4:78: Status: status \"Used\": expected New, Second hand"},
           Case{",0.9,0.9", ",0.9001,0.9", "4:82: SIPRI estimate: TIV \"0.9001\": expected"},
           Case{",0.9,0.9", ",0.9,.9", "4:86: TIV deal unit: TIV \".9\": expected a number"},
           Case{"7.2", "-7.2", "4:90: TIV delivery values: TIV \"-7.2\" is negative: expected"},
           Case{"7.2", "7.", "4:90: TIV delivery values: TIV \"7.\""},
           Case{"7.2", "1234567890123", "4:90: TIV delivery values: TIV \"1234567890123\""},
           Case{"7.2", "7e2", "4:90: TIV delivery values: TIV \"7e2\""},
           Case{",No\n", ",N\n", "4:94: Local production: flag \"N\""},
           Case{"Trainer-1", "Tr\xc3\xa9ner\x01",
                "4:25: : a control character, 0x01: expected text"},
           Case{"Trainer-1", "\"Trainer-1", "4:19: : a quote that is not closed"},
           Case{"Trainer-1", "\"Tra\"iner-1",
                "4:24: : text after a closing quote: expected a comma"},
           Case{",No\n", "\n", "4:93: Local production: the row ends after 16 cells: expected 17"},
           Case{",No\n", ",No,No\n", "4:97: : the row has 18 cells: expected 17"},
           Case{"2000", "2002",
                "4:70: Delivery year: \"2002\" is outside the edition's scope: expected "
                "a year in the range of line 1, 2000 to 2001"},
       }) {
    EXPECT_THAT(RejectionOf(c.from, c.to), StartsWith(c.rejection)) << c.to;
  }
}

TEST(SipriDealsCsvTest, AColumnCountsCharactersNotBytes) {
  EXPECT_THAT(RejectionOf("Brazil,Peru,Trainer-1,trainer aircraft,Aircraft,1999",
                          "Brazil,Peru,Tr\xc3\xa9ner-1,trainer aircraft,Aircraft,x"),
              StartsWith("4:54: Order date: year \"x\""));
}

TEST(SipriDealsCsvTest, PartiesOutsideTheScopeAreRejected) {
  const auto recipients =
      Read(With(Edition(absl::StrCat(kRow, kGoodRow)), "to All countries .", "to Norway ."));
  EXPECT_THAT(recipients->rejections,
              ElementsAre("4:14: Recipient: \"Peru\" is outside the edition's scope: expected a "
                          "recipient that line 1 names"));
  EXPECT_THAT(recipients->rejected_keys, ElementsAre("90001/2000"));
  const auto suppliers =
      Read(With(Edition(absl::StrCat(kRow, kGoodRow)), "from All countries ", "from Brazil"));
  EXPECT_THAT(suppliers->rejections,
              ElementsAre(StartsWith("5:7: Supplier: \"Sweden\" is outside")));
}

TEST(SipriDealsCsvTest, ASecondRowOfOneKeyIsRejectedAndNamesTheFirst) {
  const auto result = Read(Edition(absl::StrCat(kRow, kGoodRow, kRow)));
  EXPECT_EQ(result->records.size(), 2u);
  EXPECT_THAT(result->rejections,
              ElementsAre("6:1: SIPRI AT Database ID: record 90001/2000 stands in line 4 already: "
                          "expected one row for a deal and delivery year"));
  EXPECT_THAT(result->rejected_keys, ElementsAre("90001/2000"));
}

TEST(SipriDealsCsvTest, AFaultyRowKeepsItsKeyWhereThatCanBeRead) {
  const auto result =
      Read(Edition(absl::StrCat(With(kRow, "New", "Used"), With(kRow, "90001", "x"), kGoodRow)));
  EXPECT_THAT(result->rejected_keys, ElementsAre("90001/2000", "none"));
}

TEST(SipriDealsCsvTest, AHeaderMustHaveItsColumns) {
  EXPECT_EQ(Refusal(With(Edition(kRow), "SIPRI AT Database ID", "Id")),
            "line 3: column 1: expected header \"SIPRI AT Database ID\", found \"Id\"");
  EXPECT_EQ(Refusal(With(Edition(kRow), "Description", "Descr")),
            "line 3: column 53: expected header \"Description\", found \"Descr\"");
  EXPECT_THAT(Refusal(With(Edition(kRow), ",Local production", "")),
              HasSubstr("expected header \"Local production\", found the end of the line"));
  EXPECT_THAT(Refusal(With(Edition(kRow), ",Local production", ",Local production,X")),
              HasSubstr("expected the end of the line after header \"Local production\", found "
                        "\"X\""));
  EXPECT_THAT(Refusal(With(Edition(kRow), "Supplier", "\"Supplier")),
              HasSubstr("a quote that is not closed"));
  EXPECT_THAT(Refusal(absl::StrCat(kTitle, kGenerated, kRow)),
              StartsWith("line 3: column 1: expected header \"SIPRI AT Database ID\", found "
                         "\"90001\""));
  EXPECT_THAT(Refusal(absl::StrCat(kTitle, kRow)), StartsWith("line 2: column 1: expected header"));
}

TEST(SipriDealsCsvTest, AFirstLineMustReadAsAScope) {
  EXPECT_THAT(Refusal("<html>\n"),
              StartsWith("line 1: column 1: expected \"Transfers of major conventional arms\" or "
                         "header \"SIPRI AT Database ID\", found \"<html>\""));
  const std::string edition = Edition(kRow);
  EXPECT_THAT(Refusal(With(edition, "to All countries .", "to Atlantis, Peru .")),
              StartsWith("line 1: column 61: party \"Atlantis\" is not known: expected"));
  EXPECT_THAT(Refusal(With(edition, "to All countries .", "to Peru,, .")),
              HasSubstr("an empty name"));
  EXPECT_THAT(Refusal(With(edition, "'2001'", "'20x1'")),
              HasSubstr("year \"20x1\": expected 1900 to 2100 or \"Not specified\""));
  EXPECT_THAT(Refusal(With(edition, "'2000' to '2001'", "'2001' to '2000'")),
              HasSubstr("ends in 2000: expected a year not before 2001"));
  EXPECT_THAT(Refusal(With(edition, "deliveries made for", "deliveries cancelled for")),
              HasSubstr("expected \"made for the\""));
  for (const char* words : {" from ", " to ", ". Deals with deliveries", "year range "}) {
    EXPECT_THAT(Refusal(With(edition, words, "_")), StartsWith("line 1: column ")) << words;
  }
}

TEST(SipriDealsCsvTest, AGeneratedTimeMustExist) {
  for (const char* time : {"31 Feb 2025 10:52:58 AM", "10 Feb 2025 13:52:58 PM", "soon", "",
                           "10 Feb 0025 10:52:58 AM", "10 Feb 2025 10:52:58 AM CET"}) {
    EXPECT_THAT(Refusal(With(Edition(kRow), "10 Feb 2025 10:52:58 AM", time)),
                testing::AllOf(StartsWith("line 2: column 1"),
                               HasSubstr("expected as \"16 Apr 2024 10:05:18 PM\"")))
        << time;
  }
  const auto day = Read(With(Edition(kRow), "10 Feb 2025 10:52:58 AM", "10 Feb 2025"));
  EXPECT_EQ(PrintPublishStamp(day->facts.stamp), "2025-02-10");
  const auto noon = Read(With(Edition(kRow), "10:52:58 AM", "12:05:09 PM"));
  EXPECT_EQ(PrintPublishStamp(noon->facts.stamp), "2025-02-10 12:05:09");
}

TEST(SipriDealsCsvTest, AFileWithoutRecordsIsRefused) {
  EXPECT_THAT(Refusal(""), StartsWith("line 1: column 1: the file is empty"));
  EXPECT_THAT(Refusal(absl::StrCat(kTitle, kGenerated)),
              StartsWith("line 3: column 1: the file ends before the table"));
  EXPECT_THAT(Refusal(Edition("")), StartsWith("line 4: column 1: no records"));
  EXPECT_THAT(Refusal(Edition(";\n\n")), StartsWith("line 6: column 1: no records"));
  EXPECT_THAT(Refusal(Edition(With(kRow, "New", "Used"))),
              StartsWith("line 4: column 78: none of the 1 rows could be read; the first: Status: "
                         "status \"Used\""));
}

TEST(SipriDealsCsvTest, AFileThatIsCutOffIsRefused) {
  const std::string edition = Edition(absl::StrCat(kGoodRow, kRow));
  const size_t row = edition.find("90001");
  const std::string whole = edition.substr(0, edition.size() - 1);
  EXPECT_EQ(Read(whole)->records.size(), 2u);
  for (size_t size = row + 1; size < whole.size(); ++size) {
    EXPECT_THAT(Refusal(edition.substr(0, size)),
                testing::AllOf(StartsWith("line 5: column "),
                               HasSubstr("the file ends inside this row: expected 17 cells")))
        << size;
  }
}

TEST(SipriDealsCsvTest, WhatIsNoTextIsRefused) {
  EXPECT_EQ(Refusal(Edition(With(kRow, "Peru", std::string("Pe\0ru", 5)))),
            "line 4: column 16: a NUL byte: expected a text file");
  EXPECT_EQ(Refusal(Edition(std::string((64 << 10) + 1, 'x') + "\n")),
            "line 4: column 65537: the line is too long: expected at most 65536 bytes");
  EXPECT_THAT(Refusal(std::string("\x7f"
                                  "ELF\x02\x01\x01",
                                  7)),
              StartsWith("line 1: column 1: "));
  EXPECT_THAT(Refusal("\xff\xfeT\0r\0"), StartsWith("line 1: column 1: "));
}

TEST(SipriDealsCsvTest, ASinkThatRefusesStopsTheReading) {
  struct Full : RecordSink {
    int seen = 0;
    absl::Status OnRecord(EditionRecord) override {
      ++seen;
      return absl::ResourceExhaustedError("full");
    }
    absl::Status OnRejection(v1::Rejection, std::optional<std::string>) override {
      return absl::OkStatus();
    }
  } sink;
  auto reader = SipriDealsCsvFormat().open(Table(), sink, "");
  EXPECT_EQ(reader->Feed(Edition(absl::StrCat(kRow, kGoodRow))).message(), "full");
  EXPECT_EQ(reader->Feed(kRow).message(), "full");
  EXPECT_EQ(reader->Finish().status().message(), "full");
  EXPECT_EQ(sink.seen, 1);
}

RC_GTEST_PROP(SipriDealsCsvTest, ChunkingChangesNothing, ()) {
  const std::string bytes = Edition(absl::StrCat(kRow, With(kRow, "New", "Used"), "\xe9,\"\n",
                                                 kGoodRow, *rc::gen::arbitrary<std::string>()));
  const auto sizes =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(1, 40)));
  const auto whole = Read(bytes);
  const auto pieces = Read(bytes, sizes);
  RC_ASSERT(Contents(*whole) == Contents(*pieces));
  RC_ASSERT(whole->rejections == pieces->rejections);
  RC_ASSERT(whole->status == pieces->status);
  RC_ASSERT(whole->facts.warnings == pieces->facts.warnings);
}

}  // namespace
}  // namespace dossier
