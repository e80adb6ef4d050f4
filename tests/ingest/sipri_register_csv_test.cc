#include "services/ingest/sources/sipri_register_csv.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/ingest/sources/sipri_deals_csv.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/sipri_register_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::Transfer TransferOf(const char* text) {
  v1::Transfer transfer;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &transfer));
  return transfer;
}

// The one transfer of an edition with a row of which a part is changed.
v1::Transfer TransferWith(const std::string& from, const std::string& to) {
  const TableReading result = Read(Edition(With(kRow, from, to)));
  EXPECT_EQ(result.records.size(), 1u) << result.status;
  return result.records.empty() ? v1::Transfer() : result.records[0].present.transfer();
}

TEST(SipriRegisterCsvTest, EachCellBecomesItsField) {
  const TableReading result = Read(Slice("sipri_register_plain.csv"));
  ASSERT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.rejections, IsEmpty());
  ASSERT_EQ(result.records.size(), 4u);
  const EditionRecord& record = result.records[0];
  EXPECT_EQ(record.key, "state:BRA/state:PER/trainer1/1999/1");
  EXPECT_EQ(record.line, 8u);
  EXPECT_EQ(record.line_end, 8u);
  EXPECT_THAT(record.raw, IsEmpty());
  EXPECT_EQ(record.present.transfer().DebugString(), TransferOf(R"pb(
              supplier { id: "state:BRA" printed_name: "Brazil" }
              recipient { id: "state:PER" printed_name: "Peru" }
              designation: "Trainer-1"
              description: "trainer aircraft"
              order_date { year: 1999 }
              order_date_is_estimate: true
              number_ordered: 8
              number_ordered_is_estimate: true
              delivery { year: 2000 year: 2001 number: 6 number_is_estimate: true }
              condition: CONDITION_NEW
              comment: "Trainer-1B version; deal worth $1 m"
              tiv_deal_unit_thousandths: 900
              tiv_order_thousandths: 7200
              tiv_delivered_thousandths: 5400)pb")
                                                         .DebugString());
}

TEST(SipriRegisterCsvTest, AnEmptyCellIsUnsetAndAMarkStandsWithoutItsNumber) {
  const TableReading result = Read(Slice("sipri_register_plain.csv"));
  ASSERT_EQ(result.records.size(), 4u);
  EXPECT_EQ(result.records[2].present.transfer().DebugString(), TransferOf(R"pb(
              supplier { id: "state:SWE" printed_name: "Sweden" }
              recipient { id: "state:NOR" printed_name: "Norway" }
              designation: "Båt-2"
              description: "patrol craft"
              order_date { year: 2003 }
              number_ordered_is_estimate: true
              delivery { year: 2004 number: 2 }
              condition: CONDITION_SECOND_HAND
              comment: "Handed over late\nmore may follow"
              tiv_deal_unit_thousandths: 12345
              tiv_delivered_thousandths: 24690)pb")
                                                                    .DebugString());
}

TEST(SipriRegisterCsvTest, ADealWithoutDeliveriesHasNone) {
  const TableReading result = Read(Slice("sipri_register_plain.csv"));
  ASSERT_EQ(result.records.size(), 4u);
  const v1::Transfer& transfer = result.records[1].present.transfer();
  EXPECT_EQ(transfer.delivery_size(), 0);
  EXPECT_EQ(transfer.number_ordered(), 4);
  EXPECT_EQ(transfer.condition(), v1::CONDITION_SECOND_HAND_MODERNIZED);
  EXPECT_TRUE(transfer.has_tiv_delivered_thousandths());
  EXPECT_EQ(TransferWith("6,?,2000; 2001", ",,").delivery_size(), 0);
}

TEST(SipriRegisterCsvTest, AMarkBehindNoDeliveryIsKeptAsRawText) {
  const TableReading zero = Read(Edition(With(kRow, "6,?,2000; 2001", "0,?,")));
  ASSERT_EQ(zero.records.size(), 1u);
  EXPECT_EQ(zero.records[0].present.transfer().delivery_size(), 0);
  EXPECT_THAT(zero.records[0].raw, ElementsAre("Number delivered: 0 ?"));
  const TableReading empty = Read(Edition(With(kRow, "6,?,2000; 2001", ",?,")));
  ASSERT_EQ(empty.records.size(), 1u);
  EXPECT_THAT(empty.records[0].raw, ElementsAre("Number delivered: ?"));
}

TEST(SipriRegisterCsvTest, WhatIsOddInDeliveriesStaysAsItIsSaid) {
  EXPECT_EQ(TransferWith("6,?,2000; 2001", "6,?,").delivery(0).ShortDebugString(),
            "number: 6 number_is_estimate: true");
  EXPECT_EQ(TransferWith("6,?,2000; 2001", ",,2000").delivery(0).ShortDebugString(), "year: 2000");
  EXPECT_EQ(TransferWith("6,?,2000; 2001", "0,,2000").delivery(0).ShortDebugString(),
            "year: 2000 number: 0");
  EXPECT_EQ(TransferWith("2000; 2001", "2002;2000;2000").delivery(0).ShortDebugString(),
            "year: 2000 year: 2000 year: 2002 number: 6 number_is_estimate: true");
  EXPECT_EQ(TransferWith(",8,?,", ",0,,").number_ordered(), 0);
  EXPECT_EQ(TransferWith("1999,?", "2010,?").order_date().year(), 2010);
}

TEST(SipriRegisterCsvTest, ThePreambleStatesScopeAndStamp) {
  const TableReading result = Read(Slice("sipri_register_plain.csv"));
  ASSERT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.facts.source, "sipri-register");
  EXPECT_EQ(result.facts.publisher, "SIPRI");
  EXPECT_EQ(PrintScope(result.facts.scope), "whole");
  EXPECT_EQ(PrintPublishStamp(result.facts.stamp), "2024-03-18 18:13:50");
  EXPECT_EQ(result.facts.stamp.basis(), v1::BASIS_GENERATED);
  EXPECT_EQ(PrintDate(result.facts.covers_until), "2004-12-31");
  EXPECT_FALSE(result.facts.lacks_end_mark);
  EXPECT_THAT(result.facts.warnings, IsEmpty());
}

TEST(SipriRegisterCsvTest, ASpreadsheetsPaddingChangesNothing) {
  const TableReading plain = Read(Slice("sipri_register_plain.csv"));
  const TableReading mangled = Read(Slice("sipri_register_spreadsheet.csv"));
  ASSERT_TRUE(mangled.status.ok()) << mangled.status;
  EXPECT_EQ(Contents(mangled, Lines::kAreNot), Contents(plain, Lines::kAreNot));
  EXPECT_THAT(mangled.rejections, IsEmpty());
  EXPECT_FALSE(mangled.facts.lacks_end_mark);
}

TEST(SipriRegisterCsvTest, EncodingsAndLineEndsChangeNothing) {
  const std::string plain = Slice("sipri_register_plain.csv");
  const TableReading expected = Read(plain);
  const std::string crlf = With(plain, "\n", "\r\n");
  const std::string latin = With(plain, "å", "\xe5");
  for (const std::string& bytes : {crlf, latin, With(latin, "\n", "\r\n"), "\xef\xbb\xbf" + plain,
                                   "\xef\xbb\xbf" + crlf}) {
    const TableReading result = Read(bytes);
    ASSERT_TRUE(result.status.ok()) << result.status;
    EXPECT_EQ(Contents(result), Contents(expected));
    EXPECT_EQ(PrintScope(result.facts.scope), PrintScope(expected.facts.scope));
    EXPECT_EQ(PrintPublishStamp(result.facts.stamp), PrintPublishStamp(expected.facts.stamp));
  }
}

TEST(SipriRegisterCsvTest, ARowBrokenInItsCommentsIsJoined) {
  const TableReading whole = Read(Edition(kRow));
  for (const char* broken :
       {"Two versions\n", "Two versions\r\n", "Two versions \n \n", "\nTwo versions"}) {
    const TableReading result = Read(Edition(With(kRow, "Two versions", broken) + kGoodRow));
    ASSERT_EQ(result.records.size(), 2u) << result.status;
    EXPECT_THAT(result.rejections, IsEmpty());
    EXPECT_EQ(result.records[0].present.ShortDebugString(),
              whole.records[0].present.ShortDebugString());
    EXPECT_EQ(result.records[0].line, 4u);
    EXPECT_EQ(result.records[0].line_end, result.records[1].line - 1);
  }
}

TEST(SipriRegisterCsvTest, ABreakWithinATextStays) {
  EXPECT_EQ(TransferWith("Two versions", "Two; \r\nversions").comment(), "Two; \nversions");
  EXPECT_EQ(TransferWith("Two versions", "Two\n\nversions").comment(), "Two\n\nversions");
  EXPECT_EQ(TransferWith("trainer aircraft", "trainer\naircraft").description(),
            "trainer\naircraft");
  EXPECT_EQ(TransferWith("Trainer-1", "Trainer-1\n").designation(), "Trainer-1");
}

TEST(SipriRegisterCsvTest, QuotedCellsHoldCommasQuotesAndLineEnds) {
  EXPECT_EQ(TransferWith("Two versions", "\"Two, \"\"or\"\" more\"").comment(),
            "Two, \"or\" more");
  EXPECT_EQ(TransferWith("Two versions", "\"Two,\r\n\r\nor more\n\"").comment(),
            "Two,\n\nor more");
  std::string quoted = Edition(kRow);
  quoted = absl::StrReplaceAll(quoted, {{"Recipient,Supplier", "\"Recipient\",\"Supplier\""},
                                        {"Peru,Brazil", "\"Peru\",\"Brazil\""},
                                        {",5.4\n", ",\"5.4\"\n"}});
  EXPECT_EQ(Contents(Read(quoted)), Contents(Read(Edition(kRow))));
}

TEST(SipriRegisterCsvTest, RowsDecideWhetherDealsWithoutDeliveriesAreCovered) {
  const std::string none = With(kRow, "6,?,2000; 2001", "0,,");
  const TableReading with = Read(Edition(none + kGoodRow));
  EXPECT_EQ(PrintScope(with.facts.scope), "whole");
  EXPECT_THAT(with.facts.warnings,
              ElementsAre("preamble says deals with deliveries made, yet 1 rows have no delivery: "
                          "deals without deliveries are taken as covered"));
  const TableReading without = Read(Edition(kRow));
  EXPECT_EQ(PrintScope(without.facts.scope), "deliveries only");
  EXPECT_THAT(without.facts.warnings, IsEmpty());

  const std::string or_orders =
      With(Edition(kRow), "deliveries made for the", "deliveries or orders made for");
  EXPECT_EQ(PrintScope(Read(or_orders).facts.scope), "deliveries only");
  EXPECT_THAT(Read(or_orders).facts.warnings,
              ElementsAre("preamble says deals with deliveries or orders made, yet every row has a "
                          "delivery: deals without deliveries are taken as not covered"));
  EXPECT_THAT(Read(or_orders + none).facts.warnings, IsEmpty());
  EXPECT_EQ(PrintScope(Read(or_orders + none).facts.scope), "whole");
}

TEST(SipriRegisterCsvTest, AnEditionLimitedInYearsSaysSo) {
  const auto warnings = [](const std::string& years) {
    return Read(With(Edition(kRow), "'Not specified' to 'Not specified'", years)).facts.warnings;
  };
  EXPECT_THAT(warnings("'2000' to '2001'"),
              ElementsAre("preamble says 2000 to 2001: numbers and years of delivery are those of "
                          "these years alone, and a deal that was delivered in others too seems "
                          "revised"));
  EXPECT_THAT(warnings("'2000' to '2024'"),
              ElementsAre("preamble says 2000 to 2024, rows end in 2001",
                          HasSubstr("of these years alone")));
  EXPECT_THAT(warnings("'1950' to '2024'"),
              ElementsAre("preamble says 1950 to 2024, rows begin in 2000 and end in 2001"));
  EXPECT_THAT(warnings("'Not specified' to '2001'"),
              ElementsAre(HasSubstr("not specified to 2001:")));
}

TEST(SipriRegisterCsvTest, CoversUntilTheLastDeliveryOrTheStamp) {
  EXPECT_EQ(PrintDate(Read(Edition(kRow)).facts.covers_until), "2001-12-31");
  EXPECT_EQ(PrintDate(Read(Edition(With(kRow, "2000; 2001", "2000; 2025"))).facts.covers_until),
            "2025-03-13");
  EXPECT_EQ(PrintDate(Read(Edition(With(kRow, "6,?,2000; 2001", "0,,"))).facts.covers_until),
            "1999-12-31");
  const TableReading unstamped = Read(absl::StrCat(kTitle, kHeader, kRow));
  EXPECT_FALSE(unstamped.facts.stamp.has_time());
  EXPECT_THAT(unstamped.facts.warnings,
              ElementsAre("the preamble has no line \"Data generated:\", so no publish date"));
}

TEST(SipriRegisterCsvTest, WithoutAPreambleSilenceCountsOnlyAmongTheRowsPartiesAndYears) {
  const TableReading result = Read(absl::StrCat(kHeader, kRow, kGoodRow));
  ASSERT_TRUE(result.status.ok()) << result.status;
  EXPECT_FALSE(result.facts.stamp.has_time());
  EXPECT_EQ(PrintScope(result.facts.scope),
            "supplier in {state:BRA, state:SWE} & recipient in {state:NOR, state:PER} & delivery "
            "year 2000..2004 & deliveries only");
  EXPECT_EQ(PrintDate(result.facts.covers_until), "2004-12-31");
  EXPECT_THAT(result.facts.warnings,
              ElementsAre("no preamble: taken to cover deals between its 2 suppliers and its 2 "
                          "recipients, with deliveries in delivery years 2000 to 2004, those of "
                          "its rows; if it was chosen by anything else, such as categories of "
                          "weapons, load it as an excerpt"));
  const auto ends = [&](const std::string& row) {
    const TableReading other = Read(Edition(row));
    return SilenceEnds(result.facts.scope, FacetsOf(other.records.at(0).present));
  };
  EXPECT_TRUE(ends(kRow));
  EXPECT_TRUE(ends(With(kRow, "Brazil", "Sweden")));
  EXPECT_FALSE(ends(With(kRow, "Peru", "Chile")));
  EXPECT_FALSE(ends(With(kRow, "Brazil", "France")));
  EXPECT_FALSE(ends(With(kRow, "2000; 2001", "1999; 2001")));
  EXPECT_FALSE(ends(With(kRow, "6,?,2000; 2001", "0,,")));
}

TEST(SipriRegisterCsvTest, WithoutAPreambleAndDeliveriesSilenceSaysNothing) {
  const TableReading result = Read(absl::StrCat(kHeader, With(kRow, "6,?,2000; 2001", "0,,")));
  EXPECT_EQ(PrintScope(result.facts.scope), "additions only");
  EXPECT_THAT(result.facts.warnings,
              ElementsAre("no preamble, and no row has a delivery year: what the edition does not "
                          "hold is not taken as ended"));
}

TEST(SipriRegisterCsvTest, WithoutAPreambleAndWithThousandsOfPartiesSilenceSaysNothing) {
  std::string rows;
  for (int i = 0; i < 1'001; ++i) rows += With(kRow, "Peru", absl::StrCat("Party ", i));
  const TableReading result = Read(kHeader + rows);
  EXPECT_TRUE(result.facts.scope.additions_only());
  EXPECT_EQ(result.facts.scope.recipient_size(), 0);
  EXPECT_THAT(result.facts.warnings,
              ElementsAre("no preamble, and over 1000 suppliers or recipients: what the edition "
                          "does not hold is not taken as ended"));
}

TEST(SipriRegisterCsvTest, TheFormatIsRecognisedFromItsFirstBytes) {
  const EditionFormat& format = SipriRegisterCsvFormat();
  EXPECT_EQ(format.adapter, "sipri-register-csv");
  EXPECT_EQ(format.version, 1u);
  EXPECT_EQ(format.source, "sipri-register");
  const auto recognises = [&](std::string_view first_bytes, std::string_view source = "") {
    return format.recognises({first_bytes, "", source});
  };
  const std::string quoted_header = "\"Recipient\",\"Supplier\",\"Year of order\"";
  for (const std::string& bytes :
       {Edition(kRow), std::string(kHeader), absl::StrCat("\xef\xbb\xbf", kHeader),
        absl::StrCat("\xef\xbb\xbf\"", kTitle, kHeader), quoted_header, kTitle + quoted_header,
        Slice("sipri_register_plain.csv"), Slice("sipri_register_spreadsheet.csv")}) {
    EXPECT_TRUE(recognises(bytes)) << bytes;
    EXPECT_FALSE(SipriDealsCsvFormat().recognises({bytes, "", ""})) << bytes;
  }
  // The first line alone is that of both layouts.
  EXPECT_FALSE(recognises(kTitle));
  EXPECT_TRUE(recognises(kTitle, "sipri-register"));
  EXPECT_FALSE(recognises(Slice("sipri_deals_plain.csv")));
  EXPECT_FALSE(recognises("recipient,supplier"));
  EXPECT_FALSE(recognises("\n" + Edition(kRow)));
  EXPECT_FALSE(recognises(""));
}

RC_GTEST_PROP(SipriRegisterCsvTest, ChunkingChangesNothing, ()) {
  const std::string bytes =
      Edition(absl::StrCat(kRow, With(kRow, "New", "Used"), With(kRow, "Two", "\"Two\n\xe9"), kRow,
                           With(kRow, "versions", "\r\n"), kGoodRow, ",\"\n",
                           *rc::gen::arbitrary<std::string>()));
  const size_t size = *rc::gen::inRange<size_t>(1, 60);
  const TableReading whole = Read(bytes);
  const TableReading pieces = Read(bytes, size);
  RC_ASSERT(Contents(whole) == Contents(pieces));
  RC_ASSERT(whole.rejections == pieces.rejections);
  RC_ASSERT(whole.status == pieces.status);
  RC_ASSERT(whole.facts.warnings == pieces.facts.warnings);
}

}  // namespace
}  // namespace dossier
