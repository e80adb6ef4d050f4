// The published registers, read whole: every row, and every cell of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/sipri_reading.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;

// Every cell of the raw file, found again in what was read, without the reader's own splitting.
class RealFile {
 public:
  explicit RealFile(const std::string& bytes) {
    std::istringstream lines(bytes);
    std::string line;
    for (uint32_t number = 1; std::getline(lines, line); ++number) {
      while (!line.empty() && (line.back() == '\r' || line.back() == ';')) line.pop_back();
      if (number > 12 && !line.empty()) cells_of_line_[number] = Split(line);
    }
  }

  size_t rows() const { return cells_of_line_.size(); }

  // The cells that a record has not kept.
  std::vector<std::string> Lost(const EditionRecord& record) const {
    const std::vector<std::string>& cells = cells_of_line_.at(record.line);
    const std::vector<std::string> kept = Kept(record.present.transfer());
    std::vector<std::string> lost;
    for (size_t i = 0; i < cells.size() || i < kept.size(); ++i) {
      if (cells.at(i) != kept.at(i)) lost.push_back(cells.at(i) + " -> " + kept.at(i));
    }
    return lost;
  }

 private:
  static std::vector<std::string> Split(const std::string& line) {
    std::vector<std::string> cells(1);
    for (char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back().push_back(c);
      }
    }
    for (std::string& cell : cells) cell.erase(cell.find_last_not_of(' ') + 1);
    return cells;
  }

  static std::string Flag(bool has, bool value) { return has ? value ? "Yes" : "No" : ""; }

  static std::string Tiv(bool has, int64_t thousandths) {
    if (!has) return "";
    std::string text = std::to_string(thousandths / 1000);
    std::string decimals = std::to_string(1000 + thousandths % 1000).substr(1);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    return decimals.empty() ? text : text + "." + decimals;
  }

  static std::vector<std::string> Kept(const v1::Transfer& t) {
    static const std::map<v1::Condition, std::string> kStatus = {
        {v1::CONDITION_UNSPECIFIED, ""},
        {v1::CONDITION_NEW, "New"},
        {v1::CONDITION_SECOND_HAND, "Second hand"},
        {v1::CONDITION_SECOND_HAND_MODERNIZED, "Second hand but modernized"}};
    const v1::Delivery& d = t.delivery(0);
    return {t.deal_id(),
            t.supplier().printed_name(),
            t.recipient().printed_name(),
            t.designation(),
            t.description(),
            t.category(),
            t.has_order_date() ? std::to_string(t.order_date().year()) : "",
            Flag(t.has_order_date_is_estimate(), t.order_date_is_estimate()),
            d.has_number() ? std::to_string(d.number()) : "",
            Flag(d.has_number_is_estimate(), d.number_is_estimate()),
            std::to_string(d.year(0)),
            Flag(d.has_year_is_estimate(), d.year_is_estimate()),
            kStatus.at(t.condition()),
            Tiv(t.has_tiv_new_unit_thousandths(), t.tiv_new_unit_thousandths()),
            Tiv(t.has_tiv_deal_unit_thousandths(), t.tiv_deal_unit_thousandths()),
            Tiv(t.has_tiv_delivered_thousandths(), t.tiv_delivered_thousandths()),
            Flag(t.has_local_production(), t.local_production())};
  }

  std::map<uint32_t, std::vector<std::string>> cells_of_line_;
};

struct RealEdition {
  const char* file;
  size_t rows;
  const char* scope;
  const char* stamp;
  const char* covers_until;
};

class SipriRealFilesTest : public testing::TestWithParam<RealEdition> {};

TEST_P(SipriRealFilesTest, EveryRowIsReadAndNoCellIsLost) {
  const std::string bytes =
      FileBytes(absl::StrCat(DOSSIER_SOURCE_DIR, "/../shared/data/transfers/", GetParam().file));
  if (bytes.empty()) GTEST_SKIP() << GetParam().file << " is not beside the project";
  const auto result = Read(bytes, {64 << 10});
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  EXPECT_EQ(result->records.size(), GetParam().rows);
  EXPECT_EQ(PrintScope(result->facts.scope), GetParam().scope);
  EXPECT_EQ(PrintPublishStamp(result->facts.stamp), GetParam().stamp);
  EXPECT_EQ(PrintDate(result->facts.covers_until), GetParam().covers_until);
  const RealFile raw(bytes);
  EXPECT_EQ(raw.rows(), GetParam().rows);
  for (const EditionRecord& record : result->records) {
    ASSERT_THAT(raw.Lost(record), IsEmpty()) << "line " << record.line;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Editions, SipriRealFilesTest,
    testing::Values(RealEdition{"sipri_register_17col_id_1950-1989_2024-04-16.csv", 31319,
                                "delivery year 1950..1989 & deliveries only", "2024-04-16 22:05:18",
                                "1989-12-31"},
                    RealEdition{"sipri_register_17col_id_1990-2023_2024-04-13.csv", 27838,
                                "delivery year 1990..2023 & deliveries only", "2024-04-13 15:44:54",
                                "2023-12-31"},
                    RealEdition{"sipri_register_17col_id_2000-2001_2025-02-10.csv", 1414,
                                "delivery year 2000..2001 & deliveries only", "2025-02-10 10:52:58",
                                "2001-12-31"},
                    RealEdition{"sipri_register_17col_id_ukraine_2000-2024_2025-02-17.csv", 382,
                                "recipient in {state:UKR} & delivery year 2000..2024 & deliveries "
                                "only",
                                "2025-02-17 19:10:21", "2023-12-31"},
                    RealEdition{"sipri_register_17col_id_1995-2024_2026-02-12_excel_mangled.csv",
                                25024, "delivery year 1995..2025 & deliveries only",
                                "2026-02-12 12:26:12", "2024-12-31"}));

}  // namespace
}  // namespace dossier
