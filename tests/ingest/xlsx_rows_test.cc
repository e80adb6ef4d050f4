#include "services/ingest/sources/xlsx_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "tests/ingest/workbook_bytes.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Rows {
  std::vector<std::string> printed;  // "3: a|b"
  absl::Status status;
};

Rows Read(std::string_view workbook) {
  Rows rows;
  rows.status = ReadXlsxRows(workbook, [&](const XlsxRow& row) {
    const std::vector<std::string> cells(row.cells.begin(), row.cells.end());
    rows.printed.push_back(absl::StrCat(row.number, ": ", absl::StrJoin(cells, "|")));
    return absl::OkStatus();
  });
  return rows;
}

std::string Fault(const WorkbookParts& parts) {
  return std::string(Read(ZipBytes(parts)).status.message());
}

TEST(XlsxRowsTest, SharedInlineAndNumberCellsStandUnderTheirColumns) {
  const std::string strings =
      "<si><t>Köln &amp; Bonn</t></si>"
      "<si><r><t>two </t></r><r><t>runs</t></r><rPh><t>spoken</t></rPh></si>";
  const std::string rows =
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\"><v>12.5</v></c></row>"
      "<row r=\"5\"><c r=\"AB5\" t=\"inlineStr\"><is><t> in line </t></is></c>"
      "<c r=\"AJ5\" t=\"s\"><v>1</v></c></row>"
      "<row><c><v>1</v></c><c t=\"str\"><v>text</v></c></row>";
  EXPECT_THAT(Read(ZipBytes(Workbook(rows, strings))).printed,
              ElementsAre("2: Köln & Bonn||12.5",
                          absl::StrCat("5: ", std::string(27, '|'), " in line ",
                                       std::string(8, '|'), "two runs"),
                          "6: 1|text"));
}

TEST(XlsxRowsTest, AWorkbookIsRecognisedByItsParts) {
  EXPECT_TRUE(IsXlsx(ZipBytes(Workbook(""))));
  EXPECT_FALSE(IsXlsx(ZipBytes({{"a.txt", "text"}})));
  EXPECT_TRUE(IsZip(ZipBytes({{"a.txt", "text"}})));
  EXPECT_FALSE(IsZip("PK"));
}

TEST(XlsxRowsTest, WhatIsNoWholeWorkbookIsRefused) {
  EXPECT_THAT(Read("").status.ToString(), HasSubstr("xl/workbook.xml: it does not open"));
  const std::string whole = ZipBytes(Workbook("<row r=\"1\"/>"));
  EXPECT_THAT(Read(std::string_view(whole).substr(0, whole.size() - 9)).status.ToString(),
              HasSubstr("workbook: the archive: it does not open"));
  EXPECT_THAT(Fault({{"a.txt", "text"}}), HasSubstr("workbook: xl/workbook.xml: it does not open"));
  WorkbookParts parts = Workbook("<row r=\"1\"/>");
  parts[1].second = "<workbook/>";
  EXPECT_THAT(Fault(parts), HasSubstr("no first sheet"));
}

TEST(XlsxRowsTest, DamagedBytesAreRefused) {
  std::string bytes = ZipBytes(Workbook(InlineRow(1, {std::string(400, 'x'), "yz"})));
  const size_t at = bytes.find("xl/worksheets/one.xml") + 21;
  for (size_t i = 0; i < 8; ++i) bytes[at + i + 4] = static_cast<char>(~bytes[at + i + 4]);
  EXPECT_TRUE(absl::IsInvalidArgument(Read(bytes).status)) << Read(bytes).status;
}

TEST(XlsxRowsTest, FaultsOfCellsHaveTheirPlace) {
  const auto fault = [](std::string_view rows) {
    return Fault(Workbook(rows, "<si><t>a</t></si>"));
  };
  EXPECT_EQ(fault("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c></row>"),
            "workbook: xl/worksheets/one.xml: row 3: cell B3: expected the number of a shared "
            "string below 1");
  EXPECT_THAT(fault("<row r=\"3\"><c r=\"B3\"/><c r=\"A3\"/></row>"),
              HasSubstr("row 3: cell A3: expected a reference such as AJ20"));
  EXPECT_THAT(fault("<row r=\"3\"><c r=\"ZZZ3\"/></row>"), HasSubstr("cell ZZZ3"));
  EXPECT_THAT(fault("<row r=\"3\"/><row r=\"2\"/>"), HasSubstr("row 2: expected a number above 3"));
  EXPECT_THAT(fault("<row r=\"1\"><c>"), HasSubstr("workbook: xl/worksheets/one.xml: line 1: "));
}

TEST(XlsxRowsTest, HostileXmlIsRefused) {
  WorkbookParts parts = Workbook("<row r=\"1\"/>");
  parts.back().second =
      "<!DOCTYPE x [<!ENTITY e \"eeeeeeeeee\">]><worksheet><row r=\"1\"/></worksheet>";
  EXPECT_THAT(Fault(parts), HasSubstr("workbook: xl/worksheets/one.xml: line 1"));
}

TEST(XlsxRowsTest, ABombIsRefusedBeforeItIsUnpacked) {
  WorkbookParts parts = Workbook("");
  const std::string item = "<si><t>" + std::string(1'000, ' ') + "</t></si>";
  parts[3].second = "<sst>";
  for (int i = 0; i < 20'000; ++i) parts[3].second += item;
  parts[3].second += "</sst>";
  const std::string bytes = ZipBytes(parts);
  ASSERT_LT(bytes.size(), size_t{100} << 10);
  const Rows rows = Read(bytes);
  EXPECT_TRUE(absl::IsResourceExhausted(rows.status)) << rows.status;
  EXPECT_THAT(rows.status.ToString(), HasSubstr("unpacks to over 100 times its size"));
  EXPECT_THAT(rows.printed, IsEmpty());
}

TEST(XlsxRowsTest, CellsAreTrimmedOnceForAllThatReferToThem) {
  const std::string rows =
      "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t> b </t></is></c></row>";
  std::vector<std::string> trimmed;
  const auto status =
      ReadXlsxRows(ZipBytes(Workbook(rows, "<si><t>\n a </t></si>")), [&](const XlsxRow& row) {
        EXPECT_EQ(row.cells[0], "\n a ");
        trimmed.assign(row.trimmed.begin(), row.trimmed.end());
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(trimmed, ElementsAre("a", "b"));
}

TEST(XlsxRowsTest, CellsReferToABoundedAmountOfText) {
  constexpr size_t kStringBytes = 1'000'000;
  const auto read = [&](int cells) {
    std::string rows;
    for (int i = 0; i < cells; ++i) rows += "<row><c t=\"s\"><v>0</v></c></row>";
    const std::string string = "<si><t>x" + std::string(kStringBytes - 1, ' ') + "</t></si>";
    const std::string bytes = ZipBytes(Workbook(rows, string));
    EXPECT_LT(bytes.size(), size_t{10'000});
    return ReadXlsxRows(bytes, [](const XlsxRow& row) {
      EXPECT_EQ(row.trimmed[0], "x");
      return absl::OkStatus();
    });
  };
  EXPECT_TRUE(read(268).ok());
  const absl::Status status = read(269);
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
  EXPECT_EQ(
      status.message(),
      "workbook: row 269: cell : too much text in shared strings up to here: expected at most "
      "268435456 bytes");
}

TEST(XlsxRowsTest, AVisitThatRefusesStopsTheReading) {
  const std::string bytes = ZipBytes(Workbook("<row r=\"1\"/><row r=\"2\"/>"));
  int seen = 0;
  const auto status = ReadXlsxRows(bytes, [&](const XlsxRow&) {
    ++seen;
    return absl::CancelledError("enough");
  });
  EXPECT_EQ(status.message(), "enough");
  EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace dossier
