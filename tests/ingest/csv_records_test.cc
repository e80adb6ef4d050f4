#include "services/ingest/sources/csv_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// "[first-last] cell|cell", with "<" where no line end follows and "!line:column reason" of a
// fault.
std::string Print(const CsvRecord& record) {
  const auto text = [](std::string* out, const CsvCell& cell) {
    out->append(cell.text.data(), cell.text.size());
  };
  std::string printed = absl::StrCat("[", record.line, "-", record.line_end, "] ",
                                     absl::StrJoin(record.cells, "|", text));
  if (!record.terminated) printed += "<";
  if (record.fault) {
    const CsvPlace place = record.PlaceAt(record.fault->offset);
    absl::StrAppend(&printed, "!", place.line, ":", place.column, " ", record.fault->reason);
  }
  return printed;
}

struct Records {
  std::vector<std::string> printed;
  absl::Status status;
};

Records Read(std::string_view bytes, size_t chunk_size = 1 << 20, char separator = ',') {
  Records records;
  CsvRecords csv(separator);
  const auto visit = [&](const CsvRecord& record) {
    records.printed.push_back(Print(record));
    return absl::OkStatus();
  };
  while (!bytes.empty() && records.status.ok()) {
    records.status = csv.Feed(bytes.substr(0, chunk_size), visit);
    bytes.remove_prefix(std::min(chunk_size, bytes.size()));
  }
  if (records.status.ok()) records.status = csv.Finish(visit);
  return records;
}

std::vector<std::string> Cells(std::string_view bytes) { return Read(bytes).printed; }
std::string Fault(std::string_view bytes) { return std::string(Read(bytes).status.message()); }

// What Python's csv module makes of the same bytes, written down by hand.
TEST(CsvRecordsTest, QuotesAndSeparatorsAreAsPythonHasThem) {
  EXPECT_THAT(Cells("a,b,c\n"), ElementsAre("[1-1] a|b|c"));
  EXPECT_THAT(Cells("a,,\n,,c\n"), ElementsAre("[1-1] a||", "[2-2] ||c"));
  EXPECT_THAT(Cells("\"a,b\",c\n"), ElementsAre("[1-1] a,b|c"));
  EXPECT_THAT(Cells("\"a\"\"b\",\"\",\"\"\"\"\n"), ElementsAre("[1-1] a\"b||\""));
  EXPECT_THAT(Cells("a\"b\",c\"\"\n"), ElementsAre("[1-1] a\"b\"|c\"\""));
  EXPECT_THAT(Cells(" \"a\",b \n"), ElementsAre("[1-1]  \"a\"|b "));
  EXPECT_THAT(Cells("\"\"\"x\"\",\"\"y\"\"\",\"z\"\n"), ElementsAre("[1-1] \"x\",\"y\"|z"));
}

TEST(CsvRecordsTest, QuotedCellsGoOnOverLines) {
  EXPECT_THAT(Cells("a,\"b\nc\r\nd\",e\r\nf,g,h\r\n"),
              ElementsAre("[1-3] a|b\nc\r\nd|e", "[4-4] f|g|h"));
}

TEST(CsvRecordsTest, LinesEndInLfOrCrlfOrWithTheFile) {
  EXPECT_THAT(Cells("a\r\nb\nc"), ElementsAre("[1-1] a", "[2-2] b", "[3-3] c<"));
  EXPECT_THAT(Cells("a\n\n\"b\""), ElementsAre("[1-1] a", "[2-2] ", "[3-3] b<"));
  EXPECT_THAT(Cells(""), IsEmpty());
}

TEST(CsvRecordsTest, TheSeparatorIsAChoice) {
  EXPECT_THAT(Read("a,b;c\td\n", 99, ';').printed, ElementsAre("[1-1] a,b|c\td"));
  EXPECT_THAT(Read("\"a\tb\"\tc\n", 99, '\t').printed, ElementsAre("[1-1] a\tb|c"));
}

TEST(CsvRecordsTest, TextIsUtf8OrWindows1252RecordByRecord) {
  EXPECT_THAT(Cells("\xef\xbb\xbf\"K\xc3\xb6ln\",1\nK\xf6ln,\x96\n"),
              ElementsAre("[1-1] Köln|1", "[2-2] Köln|–"));
}

TEST(CsvRecordsTest, AFaultOfARecordHasItsPlaceAndTheNextOneIsRead) {
  EXPECT_THAT(Cells("\"ü\" x,b\nc\n"),
              ElementsAre("[1-1] ü!1:4 text after a closing quote: expected a separator or a line "
                          "end",
                          "[2-2] c"));
  EXPECT_THAT(Cells("\"a\nb\"c\n"), ElementsAre(StartsWith("[1-2] a\nb!2:3 text after")));
  EXPECT_THAT(Cells("a,\x1a"), ElementsAre(HasSubstr("!1:3 a control character, 0x1a")));
}

TEST(CsvRecordsTest, LimitsHoldForCellsAndTheirNumber) {
  EXPECT_THAT(Cells(std::string(kCsvCellBytesMax, 'x') + "\n"), ElementsAre(StartsWith("[1-1] x")));
  EXPECT_THAT(Cells("a," + std::string(kCsvCellBytesMax + 1, 'x') + "\nb\n"),
              ElementsAre(HasSubstr("!1:3 the cell is too long"), "[2-2] b"));
  EXPECT_THAT(Cells(std::string(kCsvCellsMax, ',') + "\n"),
              ElementsAre(HasSubstr("!1:1025 too many cells: expected at most 1024")));
}

TEST(CsvRecordsTest, WhatIsNoTableIsRefusedWithItsPlace) {
  EXPECT_EQ(Fault("a\nb,\"c\nd\n"),
            "line 2: column 3: a quote that is not closed: expected \" before the file's end");
  const std::string too_long =
      absl::StrCat("line 2: column 1: the record is too long: expected at most ",
                   kCsvRecordBytesMax, " bytes; ", "perhaps a quote in it is not closed");
  for (const char* start : {"a\n\"", "a\n"}) {
    const std::string bytes = absl::StrCat(start, std::string(kCsvRecordBytesMax + 1, ','), "\"\n");
    EXPECT_EQ(Fault(bytes), too_long);
    EXPECT_EQ(Read(bytes, 5'000).status.message(), too_long);
  }
  EXPECT_EQ(Fault(std::string_view("a\nb\0c\n", 6)),
            "line 2: column 2: a NUL byte: expected a text file");
}

TEST(CsvRecordsTest, AVisitThatRefusesStopsTheReading) {
  CsvRecords csv(',');
  int seen = 0;
  const auto status = csv.Feed("a\nb\n", [&](const CsvRecord&) {
    ++seen;
    return absl::CancelledError("enough");
  });
  EXPECT_EQ(status.message(), "enough");
  EXPECT_EQ(seen, 1);
}

RC_GTEST_PROP(CsvRecordsTest, ChunkingChangesNothing, ()) {
  const auto bytes = *rc::gen::container<std::string>(
      rc::gen::element('a', ',', '"', '\n', '\r', ' ', '\xef', '\xbb', '\xbf'));
  const Records whole = Read(bytes);
  const Records pieces = Read(bytes, *rc::gen::inRange<size_t>(1, 7));
  RC_ASSERT(whole.printed == pieces.printed);
  RC_ASSERT(whole.status == pieces.status);
}

}  // namespace
}  // namespace dossier
