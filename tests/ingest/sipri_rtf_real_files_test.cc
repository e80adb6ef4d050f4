// The published registers as RTF, read whole: every row, and every cell of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/ingest/sources/sipri_rtf.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;

std::string RealFile(const std::string& name) {
  std::ifstream file(absl::StrCat(DOSSIER_SOURCE_DIR, "/../shared/data/transfers/", name),
                     std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The cells of each row of the raw file, without the reader's own splitting: rows begin with a
// group in bold and end with the next \par.
std::vector<std::vector<std::string>> RowsOf(const std::string& bytes) {
  const std::string text = absl::StrReplaceAll(bytes, {{"\n", ""},
                                                       {"\\u0180?", "\u00b4"},
                                                       {"\\u0228?", "\u00e4"},
                                                       {"\\u0233?", "\u00e9"},
                                                       {"\\u0235?", "\u00eb"},
                                                       {"\\u0246?", "\u00f6"}});
  std::vector<std::vector<std::string>> rows;
  size_t at = 0;
  const auto next = [&] {
    return std::min(text.find("{\\b R:} ", at), text.find("{\\b     } ", at));
  };
  for (at = next(); at != std::string::npos; at = next()) {
    const size_t begin = text.find("} ", at) + 2;
    at = text.find("\\par", begin);
    std::vector<std::string> cells = absl::StrSplit(text.substr(begin, at - begin), "\\tab");
    if (cells[0].empty()) cells.erase(cells.begin());
    for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

std::string Bracketed(const std::string& text, bool is_uncertain) {
  return is_uncertain ? "(" + text + ")" : text;
}

// The cells as a record has kept them.
std::vector<std::string> Kept(const EditionRecord& record) {
  const v1::Transfer& t = record.present.transfer();
  EXPECT_LE(t.delivery_size(), 1);
  const v1::Delivery d = t.delivery_size() > 0 ? t.delivery(0) : v1::Delivery();
  EXPECT_EQ(d.years_are_span(), d.year_size() == 2);
  std::string ordered = t.has_number_ordered() ? absl::StrCat(t.number_ordered()) : "";
  if (!record.raw.empty()) ordered = ". .";
  std::string years = d.year_size() > 0 ? absl::StrCat(d.year(0)) : "";
  if (d.year_size() == 2) absl::StrAppend(&years, "-", d.year(1));
  return {t.recipient().printed_name(),
          Bracketed(ordered, t.number_ordered_is_estimate()),
          t.designation(),
          t.description(),
          Bracketed(t.has_order_date() ? absl::StrCat(t.order_date().year()) : "",
                    t.order_date_is_estimate()),
          Bracketed(years, d.year_is_estimate()),
          Bracketed(d.has_number() ? absl::StrCat(d.number()) : "", d.number_is_estimate()),
          t.comment()};
}

struct RealEdition {
  const char* file;
  size_t rows;
  size_t suppliers;
  size_t without_delivery;
  size_t not_available;  // ". ." for the number ordered
};

class SipriRtfRealFilesTest : public testing::TestWithParam<RealEdition> {};

TEST_P(SipriRtfRealFilesTest, EveryRowIsReadAndNoCellIsLost) {
  const std::string bytes = RealFile(GetParam().file);
  if (bytes.empty()) GTEST_SKIP() << GetParam().file << " is not beside the project";
  const TableReading reading = ReadTable(SipriRtfFormat(), bytes, 64 << 10);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_EQ(reading.records.size(), GetParam().rows);
  EXPECT_EQ(PrintScope(reading.facts.scope), "delivery year 1950..2022 & additions only");
  EXPECT_EQ(PrintPublishStamp(reading.facts.stamp), "2024-02-18");
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2022-12-31");
  const std::vector<std::vector<std::string>> rows = RowsOf(bytes);
  ASSERT_EQ(rows.size(), reading.records.size());
  std::map<std::string, size_t> suppliers;
  std::string recipient;
  size_t without_delivery = 0;
  size_t not_available = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const EditionRecord& record = reading.records[i];
    std::vector<std::string> printed = rows[i];
    if (!printed[0].empty()) recipient = printed[0];
    printed[0] = recipient;
    ASSERT_EQ(Kept(record), printed) << record.element;
    ASSERT_TRUE(IsWellFormed(record.present)) << record.element;
    ++suppliers[record.present.transfer().supplier().printed_name()];
    without_delivery += record.present.transfer().delivery_size() == 0;
    not_available += !record.raw.empty();
    EXPECT_FALSE(IsUnresolved(record.present.transfer().supplier().id())) << record.key;
    EXPECT_FALSE(IsUnresolved(record.present.transfer().recipient().id())) << record.key;
  }
  EXPECT_EQ(suppliers.size(), GetParam().suppliers);
  for (const auto& [supplier, count] : suppliers) {
    EXPECT_NE(bytes.find(absl::StrCat("{\\b ", supplier, "}\\par{\\b R:} ")), std::string::npos)
        << supplier;
  }
  EXPECT_EQ(without_delivery, GetParam().without_delivery);
  EXPECT_EQ(not_available, GetParam().not_available);
}

INSTANTIATE_TEST_SUITE_P(
    Editions, SipriRtfRealFilesTest,
    testing::Values(
        RealEdition{"sipri_register_rtf_air_defence_1950-2022_2024-02-18.rtf", 713, 31, 22, 0},
        RealEdition{"sipri_register_rtf_missiles_1950-2022_2024-02-18.rtf", 4565, 59, 227, 7},
        RealEdition{"sipri_register_rtf_satellites_1950-2022_2024-02-18.rtf", 10, 5, 0, 0}));

}  // namespace
}  // namespace dossier
