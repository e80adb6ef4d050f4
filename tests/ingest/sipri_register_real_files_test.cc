// The published 16-column registers, read whole: every row, and every cell of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/sipri_register_csv.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr size_t kCells = 16;
constexpr char kFolder[] = DOSSIER_SOURCE_DIR "/../shared/data/transfers/sipri_register_16col_";

std::string RegisterBytes(const std::string& name) {
  std::ifstream file(kFolder + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string FromLatin1(const std::string& bytes) {
  std::string text;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text.push_back(c);
    } else {
      text.push_back(static_cast<char>(0xc0 | byte >> 6));
      text.push_back(static_cast<char>(0x80 | (byte & 0x3f)));
    }
  }
  return text;
}

std::string Bare(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \n") - begin + 1);
}

// The raw file cut into cells without the reader's own splitting: at every comma, lines joined
// until they have 16 cells, which fits these files alone.
class RawRegister {
 public:
  explicit RawRegister(const std::string& bytes) {
    std::istringstream lines(FromLatin1(bytes));
    std::string line;
    bool in_rows = false;
    std::string row;
    uint32_t first = 0;
    for (uint32_t number = 1; std::getline(lines, line); ++number) {
      while (!line.empty() && (line.back() == '\r' || line.back() == ';')) line.pop_back();
      if (in_rows && (!line.empty() || !row.empty())) {
        if (row.empty()) first = number;
        row += row.empty() ? line : "\n" + line;
        if (std::count(row.begin(), row.end(), ',') >= static_cast<long>(kCells) - 1) {
          cells_of_line_[first] = Split(row);
          joined_ += number > first;
          row.clear();
        }
      }
      in_rows = in_rows || line.starts_with("Recipient,");
    }
    leftover_ = row;
  }

  size_t rows() const { return cells_of_line_.size(); }
  size_t joined() const { return joined_; }
  const std::string& leftover() const { return leftover_; }

  size_t Count(size_t column, const std::string& text) const {
    return static_cast<size_t>(
        std::count_if(cells_of_line_.begin(), cells_of_line_.end(),
                      [&](const auto& row) { return row.second.at(column) == text; }));
  }

  // The cells that a record has not kept.
  std::vector<std::string> Lost(const EditionRecord& record) const {
    const auto row = cells_of_line_.find(record.line);
    if (row == cells_of_line_.end()) return {"the row"};
    const std::vector<std::string> kept = Kept(record.present.transfer());
    std::vector<std::string> lost;
    if (row->second.size() != kept.size()) lost.push_back("cells");
    for (size_t i = 0; i < std::min(row->second.size(), kept.size()); ++i) {
      if (row->second[i] != kept[i]) lost.push_back(row->second[i] + " -> " + kept[i]);
    }
    return lost;
  }

 private:
  static std::vector<std::string> Split(const std::string& row) {
    std::vector<std::string> cells;
    std::istringstream parts(row);
    for (std::string cell; std::getline(parts, cell, ',');) cells.push_back(Bare(cell));
    // One blank behind each semicolon, however many there are in the file.
    std::string& years = cells.at(10);
    std::erase(years, ' ');
    for (size_t at = years.find(';'); at != std::string::npos; at = years.find(';', at + 1)) {
      years.insert(at + 1, " ");
    }
    return cells;
  }

  static std::string Mark(bool has, bool value) { return has && value ? "?" : ""; }
  static std::string Number(bool has, int64_t value) { return has ? std::to_string(value) : ""; }

  static std::string Tiv(bool has, int64_t thousandths) {
    if (!has) return "";
    const std::string text = std::to_string(thousandths / 1000);
    std::string decimals = std::to_string(1000 + thousandths % 1000).substr(1);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    return decimals.empty() ? text : text + "." + decimals;
  }

  static std::vector<std::string> Kept(const v1::Transfer& t) {
    static const std::map<v1::Condition, std::string> kStatus = {
        {v1::CONDITION_NEW, "New"},
        {v1::CONDITION_SECOND_HAND, "Second hand"},
        {v1::CONDITION_SECOND_HAND_MODERNIZED, "Second hand but modernized"}};
    const bool none = t.delivery().empty();
    const v1::Delivery& d = none ? v1::Delivery::default_instance() : t.delivery(0);
    std::string years;
    for (int year : d.year()) years += (years.empty() ? "" : "; ") + std::to_string(year);
    return {t.recipient().printed_name(),
            t.supplier().printed_name(),
            Number(t.has_order_date(), t.order_date().year()),
            Mark(t.has_order_date_is_estimate(), t.order_date_is_estimate()),
            Number(t.has_number_ordered(), t.number_ordered()),
            Mark(t.has_number_ordered_is_estimate(), t.number_ordered_is_estimate()),
            t.designation(),
            t.description(),
            none ? "0" : Number(d.has_number(), d.number()),
            Mark(d.has_number_is_estimate(), d.number_is_estimate()),
            years,
            kStatus.at(t.condition()),
            t.comment(),
            Tiv(t.has_tiv_deal_unit_thousandths(), t.tiv_deal_unit_thousandths()),
            Tiv(t.has_tiv_order_thousandths(), t.tiv_order_thousandths()),
            Tiv(t.has_tiv_delivered_thousandths(), t.tiv_delivered_thousandths())};
  }

  std::map<uint32_t, std::vector<std::string>> cells_of_line_;
  size_t joined_ = 0;
  std::string leftover_;
};

struct RealRegister {
  const char* file;
  size_t rows;
  size_t joined;
  size_t without_delivery;
  size_t delivered_marks;
  const char* scope;  // the end of it
  const char* stamp;  // "": none
  std::vector<std::string> warnings;
};

class SipriRegisterRealFilesTest : public testing::TestWithParam<RealRegister> {};

TEST_P(SipriRegisterRealFilesTest, EveryRowIsReadAndNoCellIsLost) {
  const RealRegister& expected = GetParam();
  const std::string bytes = RegisterBytes(expected.file);
  if (bytes.empty()) GTEST_SKIP() << expected.file << " is not beside the project";
  const TableReading result = ReadTable(SipriRegisterCsvFormat(), bytes, 64 << 10);
  ASSERT_TRUE(result.status.ok()) << result.status;
  EXPECT_THAT(result.rejections, IsEmpty());

  const RawRegister raw(bytes);
  EXPECT_EQ(raw.leftover(), "");
  EXPECT_EQ(raw.rows(), expected.rows);
  EXPECT_EQ(raw.joined(), expected.joined);
  ASSERT_EQ(result.records.size(), raw.rows());
  size_t without_delivery = 0;
  size_t delivered_marks = 0;
  size_t joined = 0;
  std::set<std::string> keys;
  for (const EditionRecord& record : result.records) {
    ASSERT_THAT(raw.Lost(record), IsEmpty()) << "line " << record.line;
    EXPECT_THAT(record.raw, IsEmpty()) << "line " << record.line;
    const v1::Transfer& transfer = record.present.transfer();
    ASSERT_LE(transfer.delivery_size(), 1);
    without_delivery += transfer.delivery().empty();
    delivered_marks += !transfer.delivery().empty() && transfer.delivery(0).number_is_estimate();
    joined += record.line_end > record.line;
    keys.insert(record.key);
  }
  EXPECT_THAT(keys, SizeIs(result.records.size()));
  EXPECT_EQ(without_delivery, expected.without_delivery);
  EXPECT_EQ(without_delivery, raw.Count(10, ""));
  EXPECT_EQ(delivered_marks, expected.delivered_marks);
  EXPECT_EQ(delivered_marks, raw.Count(9, "?"));
  EXPECT_EQ(joined, expected.joined);

  EXPECT_THAT(PrintScope(result.facts.scope), testing::EndsWith(expected.scope));
  EXPECT_EQ(result.facts.stamp.has_time() ? PrintPublishStamp(result.facts.stamp) : "",
            expected.stamp);
  EXPECT_THAT(result.facts.warnings, ElementsAreArray(expected.warnings));
  EXPECT_FALSE(result.facts.lacks_end_mark);
}

INSTANTIATE_TEST_SUITE_P(
    Editions, SipriRegisterRealFilesTest,
    testing::Values(
        RealRegister{"2024-03-18.csv", 29'056, 2, 1'105, 16'252, "whole", "2024-03-18 18:13:50",
                     {}},
        // Of the 1,166, two are broken in their comments.
        RealRegister{"2025-03-13.csv",
                     29'515,
                     4,
                     1'166,
                     2'595,
                     "whole",
                     "2025-03-13 10:02:49",
                     {"preamble says deals with deliveries made, yet 1166 rows have no delivery: "
                      "deals without deliveries are taken as covered"}},
        RealRegister{"2025-10-23.csv",
                     28'348,
                     2,
                     0,
                     16'515,
                     "delivery year 1950..2025 & deliveries only",
                     "2025-10-23 17:22:49",
                     {"preamble says 1950 to 2025, rows end in 2024"}},
        RealRegister{"mideast_excel_mangled.csv",
                     5'946,
                     0,
                     0,
                     4'030,
                     "} & delivery year 1950..2024 & deliveries only",
                     "",
                     {"no preamble: taken to cover deals between its 69 suppliers and its 20 "
                      "recipients, with deliveries in delivery years 1950 to 2024, those of its "
                      "rows; if it was chosen by anything else, such as categories of weapons, "
                      "load it as an excerpt"}}));

// Key and content of the transfers of a weapon between two, with the line of each.
std::map<std::string, std::string> DealsOf(const TableReading& reading, const std::string& supplier,
                                           const std::string& recipient,
                                           const std::string& designation) {
  std::map<std::string, std::string> deals;
  for (const EditionRecord& record : reading.records) {
    v1::Transfer transfer = record.present.transfer();
    if (transfer.supplier().id() != supplier || transfer.recipient().id() != recipient ||
        transfer.designation() != designation) {
      continue;
    }
    transfer.clear_supplier();
    transfer.clear_recipient();
    transfer.clear_comment();
    deals[record.key] = transfer.ShortDebugString();
  }
  return deals;
}

TEST(SipriRegisterDealsRealFilesTest, TheShahedsReadAsEachEditionSays) {
  const std::map<std::string, std::vector<std::string>> expected = {
      {"2024-03-18.csv",
       {"description: \"SSM\"", "number: 1200 number_is_estimate: true", "year: 2022 year: 2023 n",
        "tiv_deal_unit_thousandths: 200 ", "tiv_delivered_thousandths: 240000"}},
      {"2025-03-13.csv",
       {"number_ordered: 6600", "number: 4600 }", "year: 2022 year: 2023 year: 2024 n",
        "tiv_deal_unit_thousandths: 100 ", "tiv_delivered_thousandths: 460000"}},
      {"2025-10-23.csv",
       {"number_ordered: 6600", "number: 4600 number_is_estimate: true",
        "year: 2022 year: 2023 year: 2024 n", "tiv_deal_unit_thousandths: 100 ",
        "tiv_delivered_thousandths: 460000"}}};
  for (const auto& [file, parts] : expected) {
    const std::string bytes = RegisterBytes(file);
    if (bytes.empty()) GTEST_SKIP() << file << " is not beside the project";
    const auto deals = DealsOf(ReadTable(SipriRegisterCsvFormat(), bytes), "state:IRN",
                               "state:RUS", "Shahed-136");
    ASSERT_THAT(deals, SizeIs(1)) << file;
    EXPECT_EQ(deals.begin()->first, "state:IRN/state:RUS/shahed136/2022/m1");
    for (const std::string& part : parts) EXPECT_THAT(deals.begin()->second, HasSubstr(part));
  }
}

TEST(SipriRegisterDealsRealFilesTest, TheSu35OfIranAreOutsideTheOctoberEditionsScope) {
  const std::string march = RegisterBytes("2025-03-13.csv");
  const std::string october = RegisterBytes("2025-10-23.csv");
  if (march.empty() || october.empty()) GTEST_SKIP() << "the registers are not beside the project";
  const TableReading before = ReadTable(SipriRegisterCsvFormat(), march);
  const TableReading after = ReadTable(SipriRegisterCsvFormat(), october);
  EXPECT_THAT(DealsOf(before, "state:RUS", "state:IRN", "Su-35S"),
              UnorderedElementsAre(Pair("state:RUS/state:IRN/su35s/2023/1",
                                        AllOf(HasSubstr("number_ordered: 24"),
                                              HasSubstr("tiv_order_thousandths: 1440000"),
                                              testing::Not(HasSubstr("delivery"))))));
  EXPECT_THAT(DealsOf(after, "state:RUS", "state:IRN", "Su-35S"), IsEmpty());
  for (const EditionRecord& record : before.records) {
    const v1::Facets facets = FacetsOf(record.present);
    EXPECT_TRUE(SilenceEnds(before.facts.scope, facets)) << record.key;
    EXPECT_EQ(SilenceEnds(after.facts.scope, facets), facets.has_delivery()) << record.key;
  }
}

// The spreadsheet's copy was made from what the edition of October says too, so that nothing may be
// left of what the spreadsheet did to it.
TEST(SipriRegisterDealsRealFilesTest, TheMiddleEastFileSaysWhatTheOctoberEditionSays) {
  const std::string mangled = RegisterBytes("mideast_excel_mangled.csv");
  const std::string october = RegisterBytes("2025-10-23.csv");
  if (mangled.empty() || october.empty()) {
    GTEST_SKIP() << "the registers are not beside the project";
  }
  const auto region = ReadTable(SipriRegisterCsvFormat(), mangled).Digests();
  const auto whole = ReadTable(SipriRegisterCsvFormat(), october).Digests();
  EXPECT_THAT(region, SizeIs(5'946));
  for (const auto& [key, digest] : region) {
    const auto same = whole.find(key);
    ASSERT_NE(same, whole.end()) << key;
    EXPECT_EQ(digest, same->second) << key;
  }
}

TEST(SipriRegisterDealsRealFilesTest, TheMiddleEastFileEndsNoDealOfOthers) {
  const std::string mangled = RegisterBytes("mideast_excel_mangled.csv");
  const std::string march = RegisterBytes("2025-03-13.csv");
  if (mangled.empty() || march.empty()) GTEST_SKIP() << "the registers are not beside the project";
  const TableReading region = ReadTable(SipriRegisterCsvFormat(), mangled);
  const TableReading whole = ReadTable(SipriRegisterCsvFormat(), march);
  std::set<std::string> recipients;
  for (const EditionRecord& record : region.records) {
    recipients.insert(record.present.transfer().recipient().id());
    EXPECT_TRUE(Covers(region.facts.scope, FacetsOf(record.present))) << record.key;
  }
  EXPECT_THAT(recipients, AllOf(SizeIs(20), Contains("state:IRN"), Contains("state:ISR")));
  for (const EditionRecord& record : whole.records) {
    if (recipients.contains(record.present.transfer().recipient().id())) continue;
    EXPECT_FALSE(SilenceEnds(region.facts.scope, FacetsOf(record.present))) << record.key;
  }
}

}  // namespace
}  // namespace dossier
