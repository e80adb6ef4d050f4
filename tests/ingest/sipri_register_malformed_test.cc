#include "services/ingest/sources/sipri_register_csv.h"

#include "services/model/scope.h"
#include "tests/ingest/sipri_register_reading.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The rejection that a row with a part changed gives; the row after it is read.
std::string RejectionOf(const std::string& from, const std::string& to) {
  const TableReading result = Read(Edition(With(kRow, from, to) + kGoodRow));
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.Keys(), ElementsAre("state:SWE/state:NOR/boat2/2003/1"));
  return result.rejections.size() == 1 ? result.rejections[0] : "not one rejection";
}

std::string Refusal(const std::string& bytes) {
  const TableReading result = Read(bytes);
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument) << result.status;
  return Message(result.status);
}

TEST(SipriRegisterMalformedTest, AShortLineIsRejectedAloneAndTheNextReadForItself) {
  const std::string start = "Peru,Brazil,1999,?,8,?,Trainer-1,trainer aircraft,6,?,2000,New,Two\n";
  const TableReading before_whole = Read(Edition(start + kGoodRow));
  EXPECT_THAT(before_whole.rejections,
              ElementsAre("4:67: SIPRI TIV per unit: the row ends after 13 cells: expected 16"));
  EXPECT_EQ(before_whole.records.size(), 1u);

  const TableReading before_broken = Read(Edition(start + start + ",1,1,1\n" + kGoodRow));
  EXPECT_THAT(before_broken.rejections,
              ElementsAre("4:67: SIPRI TIV per unit: the row ends after 13 cells: expected 16"));
  ASSERT_EQ(before_broken.records.size(), 2u);
  EXPECT_EQ(before_broken.records[0].line, 5u);
  EXPECT_EQ(before_broken.records[0].line_end, 6u);

  // A line that ends within a number goes on in no other.
  const TableReading in_number = Read(Edition("Peru,Brazil,19\n99,?,8\n" + std::string(kGoodRow)));
  EXPECT_THAT(in_number.rejections,
              ElementsAre("4:15: Year of order [?]: the row ends after 3 cells: expected 16",
                          "5:7: Year of order [?]: the row ends after 3 cells: expected 16"));
  EXPECT_THAT(in_number.rejected_keys, ElementsAre("none", "none"));
}

TEST(SipriRegisterMalformedTest, ARowHasAFewLinesAtMost) {
  const std::string start = "Peru,Brazil,1999,?,8,?,Trainer-1,trainer aircraft,6,?,2000,New,Two";
  const auto with_lines = [&](int lines) {
    std::string row = start;
    for (int i = 1; i < lines; ++i) row += "\nmore";
    return Read(Edition(row + ",1,1,1\n" + kGoodRow));
  };
  EXPECT_EQ(with_lines(8).records.size(), 2u);
  const TableReading nine = with_lines(9);
  EXPECT_EQ(nine.records.size(), 1u);
  EXPECT_EQ(nine.rejections.size(), 9u);
  EXPECT_EQ(nine.rejections[0],
            "4:67: SIPRI TIV per unit: the row ends after 13 cells: expected 16");
  EXPECT_EQ(nine.rejections[1], "5:5: Supplier: the row ends after 1 cells: expected 16");
}

TEST(SipriRegisterMalformedTest, AQuoteThatIsNotClosedTakesNoOtherRow) {
  EXPECT_EQ(RejectionOf("Two versions", "\"Two versions"),
            "4:70: : a quote that is not closed: expected \" before the line's end");
}

TEST(SipriRegisterMalformedTest, ABadCellRejectsItsRowAndNoOther) {
  struct Case {
    const char* from;
    const char* to;
    const char* rejection;
  };
  for (const Case& c : {
           Case{"Peru", "", "4:1: Recipient: the cell is empty: expected a name"},
           Case{"Brazil", " ", "4:6: Supplier: the cell is empty: expected a name"},
           Case{"1999", "199",
                "4:13: Year of order: year \"199\": expected 1900 to 2100 or an empty cell"},
           Case{"1999,?", "1999,yes",
                "4:18: Year of order [?]: mark \"yes\": expected ? or an empty cell"},
           Case{",8,", ",-8,",
                "4:20: Number ordered: number \"-8\" is negative: expected a whole number of 0 to "
                "1000000000 or an empty cell"},
           Case{",8,?", ",8,!",
                "4:22: Number ordered [?]: mark \"!\": expected ? or an empty cell"},
           Case{",6,", ",6.5,",
                "4:51: Number delivered: number \"6.5\": expected a whole number of 0 to "
                "1000000000 or an empty cell"},
           Case{",6,?", ",6,X",
                "4:53: Number delivered [?]: mark \"X\": expected ? or an empty cell"},
           Case{"2000; 2001", "2000; 201",
                "4:55: Year(s) of delivery: year \"201\" of \"2000; 201\": expected 1900 to 2100, "
                "with semicolons between years, or an empty cell"},
           Case{"2000; 2001", "2000;",
                "4:55: Year(s) of delivery: year \"\" of \"2000;\": expected 1900 to 2100, with "
                "semicolons between years, or an empty cell"},
           Case{"2000; 2001", "2000-2001",
                "4:55: Year(s) of delivery: year \"2000-2001\" of \"2000-2001\": expected 1900 to "
                "2100, with semicolons between years, or an empty cell"},
           Case{"New", "Used",
                "4:66: status: status \"Used\": expected New, Second hand, Second hand but "
                "modernized or an empty cell"},
           Case{",0.9,", ",0.9001,",
                "4:83: SIPRI TIV per unit: TIV \"0.9001\": expected a number of at most 12 digits, "
                "with a point and 1 to 3 decimals or without, or an empty cell"},
           Case{"7.2", "-7.2",
                "4:87: SIPRI TIV for total order: TIV \"-7.2\" is negative: expected a number of "
                "at most 12 digits, with a point and 1 to 3 decimals or without, or an empty cell"},
           Case{"5.4\n", "5,4\n",
                "4:93: : the row has 17 cells: expected 16, and quotes around a text with a comma "
                "in it"},
           Case{"5.4\n", "5.\n",
                "4:91: SIPRI TIV of delivered weapons: TIV \"5.\": expected a number of at most 12 "
                "digits, with a point and 1 to 3 decimals or without, or an empty cell"},
           Case{",5.4\n", "\n",
                "4:90: SIPRI TIV of delivered weapons: the row ends after 15 cells: expected 16"},
           Case{"Two versions", "Tw\xc3\xb6 \x01",
                "4:74: : a control character, 0x01: expected text"},
           Case{"Two versions", "\"Two\" versions",
                "4:75: : text after a closing quote: expected a comma"},
           // Of a row over two lines, the line of the cell.
           Case{"Two versions,0.9", "Two\nversions,x",
                "5:10: SIPRI TIV per unit: TIV \"x\": expected a number of at most 12 digits, with "
                "a point and 1 to 3 decimals or without, or an empty cell"},
       }) {
    EXPECT_EQ(RejectionOf(c.from, c.to), c.rejection) << c.to;
  }
}

TEST(SipriRegisterMalformedTest, ARowOutsideThePreamblesScopeIsRejected) {
  const auto of = [](const std::string& from, const std::string& to) {
    return Read(With(Edition(absl::StrCat(kRow, kGoodRow)), from, to));
  };
  const TableReading supplier = of("from All countries", "from Sweden");
  EXPECT_THAT(supplier.rejections,
              ElementsAre("4:6: Supplier: \"Brazil\" is outside the edition's scope: expected a "
                          "supplier that line 1 names"));
  EXPECT_EQ(PrintScope(supplier.facts.scope), "supplier in {state:SWE} & deliveries only");
  const TableReading recipient = of("to All countries", "to Norway");
  EXPECT_THAT(recipient.rejections,
              ElementsAre("4:1: Recipient: \"Peru\" is outside the edition's scope: expected a "
                          "recipient that line 1 names"));
  const TableReading years = of("'Not specified' to 'Not specified'", "'2001' to '2004'");
  EXPECT_THAT(years.rejections,
              ElementsAre("4:55: Year(s) of delivery: \"2000; 2001\" is outside the edition's "
                          "scope: expected years in the range of line 1, 2001 to 2004"));
  EXPECT_THAT(years.rejected_keys, ElementsAre("state:BRA/state:PER/trainer1/1999/1"));
  const std::string none = With(kRow, "6,?,2000; 2001", "0,,");
  EXPECT_THAT(Read(With(Edition(none + kGoodRow), "'Not specified' to 'Not specified'",
                        "'2001' to '2004'"))
                  .rejections,
              IsEmpty());
}

TEST(SipriRegisterMalformedTest, AHeaderThatDiffersIsRefused) {
  EXPECT_EQ(Refusal(With(Edition(kRow), ",Comments,", ",Remarks,")),
            "line 3: column 137: expected header \"Comments\", found \"Remarks\"");
  EXPECT_EQ(Refusal(With(Edition(kRow), "order, ,", "order,x,")),
            "line 3: column 34: expected header of a blank, found \"x\"");
  EXPECT_EQ(Refusal(With(Edition(kRow), ",SIPRI TIV of delivered weapons", "")),
            "line 3: column 190: expected header \"SIPRI TIV of delivered weapons\", found the end "
            "of the line");
  EXPECT_EQ(Refusal(With(Edition(kRow), " weapons\n", " weapons,More\n")),
            "line 3: column 222: expected the end of the line after header \"SIPRI TIV of "
            "delivered weapons\", found \"More\"");
  EXPECT_EQ(Refusal("Suppliers\n"),
            "line 1: column 1: expected \"Transfers of major conventional arms\" or header "
            "\"Recipient\", found \"Suppliers\"");
  EXPECT_THAT(Refusal(With(Edition(kRow), "Mar 2025", "Abc 2025")),
              StartsWith("line 2: column 17: time \"13 Abc 2025 10:02:49 AM\" does not exist"));
}

TEST(SipriRegisterMalformedTest, AFileWithoutRecordsIsRefused) {
  EXPECT_EQ(Refusal(""),
            "line 1: column 1: the file is empty: expected \"Transfers of major conventional "
            "arms\" or header \"Recipient\"");
  EXPECT_EQ(Refusal(absl::StrCat(kTitle, kGenerated)),
            "line 3: column 1: the file ends before the table: expected header \"Recipient\"");
  EXPECT_EQ(Refusal(Edition("")),
            "line 4: column 1: no records: expected at least one row after the header");
  EXPECT_EQ(Refusal(Edition(";\n\n")),
            "line 6: column 1: no records: expected at least one row after the header");
  EXPECT_EQ(Refusal(Edition(With(kRow, "New", "Used"))),
            "line 4: column 66: none of the 1 rows could be read; the first: status: status "
            "\"Used\": expected New, Second hand, Second hand but modernized or an empty cell");
}

TEST(SipriRegisterMalformedTest, AFileThatIsCutOffIsRefused) {
  const std::string edition =
      Edition(kGoodRow + With(kRow, "Two versions", "Two\nversions"));
  const size_t row = edition.find("Peru");
  const size_t second_line = edition.find("versions");
  const std::string whole = edition.substr(0, edition.size() - 1);
  // Of a last number, digits may be missing, and nobody can tell.
  const size_t last_number = whole.size() - 3;
  for (size_t size = row + 1; size < whole.size(); ++size) {
    const TableReading result = Read(edition.substr(0, size));
    if (size > last_number && edition[size - 1] != '.') {
      EXPECT_TRUE(result.status.ok()) << result.status;
      EXPECT_TRUE(result.facts.lacks_end_mark);
      continue;
    }
    EXPECT_THAT(Message(result.status),
                AllOf(StartsWith(size > second_line ? "line 6: column " : "line 5: column "),
                      HasSubstr("the file ends inside this row: expected 16 cells and a line end")))
        << size;
  }
  const TableReading result = Read(whole);
  EXPECT_EQ(result.records.size(), 2u);
  EXPECT_TRUE(result.facts.lacks_end_mark);
  EXPECT_THAT(result.facts.warnings,
              ElementsAre("the last row, line 6, has no line end: the file may have been cut off "
                          "there"));
  EXPECT_FALSE(Read(edition).facts.lacks_end_mark);
}

TEST(SipriRegisterMalformedTest, PaddingTellsWhetherALastRowIsWhole) {
  const std::string bytes = Slice("sipri_register_spreadsheet.csv");
  ASSERT_TRUE(bytes.ends_with(",12.35;;;;;;;;"));
  const TableReading fewer = Read(bytes.substr(0, bytes.size() - 1));
  EXPECT_TRUE(fewer.status.ok()) << fewer.status;
  EXPECT_TRUE(fewer.facts.lacks_end_mark);
  EXPECT_EQ(Refusal(bytes.substr(0, bytes.size() - 8)),
            "line 7: column 88: the file ends inside this row: expected 16 cells and a line end");
}

TEST(SipriRegisterMalformedTest, WhatIsNoTextIsRefused) {
  EXPECT_EQ(Refusal(Edition(With(kRow, "Brazil", std::string("Br\0zil", 6)))),
            "line 4: column 8: a NUL byte: expected a text file");
  EXPECT_EQ(Refusal(Edition(absl::StrCat(std::string((64 << 10) + 1, 'x'), "\n"))),
            "line 4: column 65537: the line is too long: expected at most 65536 bytes");
}

TEST(SipriRegisterMalformedTest, ASinkThatRefusesStopsTheReading) {
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
  const ActorTable table;
  auto reader = SipriRegisterCsvFormat().open(table, sink, "");
  EXPECT_TRUE(reader->Feed(Edition(absl::StrCat(kRow, kGoodRow))).ok());
  EXPECT_EQ(Message(reader->Finish().status()), "full");
  EXPECT_EQ(Message(reader->Feed(kRow)), "full");
  EXPECT_EQ(sink.seen, 1);
}

}  // namespace
}  // namespace dossier
