// Nothing that a publisher prints is dropped: each field of each file that is not empty is found
// again in a record that holds its line. What becomes a date, an enumerated value or pieces, and
// what is no content, stands in tables below, field by field.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "tests/ingest/nothing_dropped_layouts_fixture.h"
#include "tests/ingest/nothing_dropped_rules_fixture.h"
#include "tests/ingest/nothing_dropped_text_fixture.h"
#include "tests/ingest/nothing_dropped_walk_fixture.h"
#include "tests/ingest/nothing_dropped_workbook_fixture.h"

namespace dossier {
namespace {

constexpr char kFolder[] = DOSSIER_SOURCE_DIR "/../shared/data";
constexpr size_t kChunkBytes = 60'013;
constexpr size_t kShownMax = 3;

struct Gathered : RecordSink {
  std::vector<EditionRecord> records;
  std::vector<std::string> rejections;

  absl::Status OnRecord(EditionRecord record) override {
    records.push_back(std::move(record));
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string>) override {
    rejections.push_back(
        absl::StrCat("line ", rejection.line(), ": ", rejection.field(), ": ", rejection.reason()));
    return absl::OkStatus();
  }
};

const ActorTable& Table() {
  static const auto& table = *new ActorTable();
  return table;
}

// Looks the fields of a file up in the records that hold their lines.
class Search {
 public:
  Search(const FieldRules& rules, const std::vector<EditionRecord>& records) : rules_(rules) {
    texts_.reserve(records.size());
    for (const EditionRecord& record : records) {
      for (uint32_t line = record.line; line <= record.line_end; ++line) {
        at_line_[line].push_back(texts_.size());
      }
      for (const uint32_t line : record.more_lines) at_line_[line].push_back(texts_.size());
      texts_.emplace_back(record);
    }
    needed_.resize(texts_.size());
  }

  void LookUp(const PublishedField& field) {
    const auto holders = at_line_.find(field.line);
    const bool is_held = holders != at_line_.end();
    if (rules_.IsNoContent(field.heading, is_held)) {
      ++no_content_[field.heading];
      return;
    }
    ++looked_up_;
    if (!is_held) return Lose(field, "no record holds its line");
    for (const size_t holder : holders->second) {
      if (Count(texts_[holder], field) == 0) continue;
      if (rules_.counts_each) NeedOneMore(holder, field);
      return;
    }
    Lose(field, "not in its record");
  }

  // Of values that stand in a record several times: all of these must be found.
  void CompareCounts() {
    for (size_t i = 0; i < texts_.size(); ++i) {
      for (const auto& [value, need] : needed_[i]) {
        const size_t found = Count(texts_[i], need.first);
        if (found >= need.second) continue;
        Lose(need.first, absl::StrCat("found ", found, " times, stands ", need.second, " times"));
      }
    }
  }

  // By heading.
  const std::map<std::string, std::vector<std::string>>& losses() const { return losses_; }
  size_t looked_up() const { return looked_up_; }
  const std::map<std::string, size_t>& no_content() const { return no_content_; }

 private:
  size_t Count(const RecordText& text, const PublishedField& field) const {
    if (rules_.is_named) return CountNamed(text, field);
    if (const auto numbers = rules_.NumbersOf(field); !numbers.empty()) {
      return CountNumbers(text, field, numbers);
    }
    size_t count = text.Count(field.value);
    for (const std::string& date : rules_.DatesOf(field.value)) count += text.CountDate(date);
    for (const std::string& mark : rules_.MarksOf(field)) count += CountMark(text, mark);
    if (count > 0) return count;
    const std::vector<std::string> pieces = rules_.PiecesOf(field);
    const auto stands = [&](const std::string& piece) {
      const std::vector<std::string> dates = rules_.DatesOf(piece);
      return text.Count(piece) > 0 || text.CountMark(piece) > 0 ||
             std::any_of(dates.begin(), dates.end(),
                         [&](const std::string& date) { return text.CountDate(date) > 0; });
    };
    return !pieces.empty() && std::all_of(pieces.begin(), pieces.end(), stands) ? 1 : 0;
  }

  size_t CountNumbers(const RecordText& text, const PublishedField& field,
                      const std::vector<std::string>& numbers) const {
    for (const std::string& mark : rules_.MarksOf(field)) {
      if (CountMark(text, mark) > 0) return 1;
    }
    return std::all_of(numbers.begin(), numbers.end(), [&](const std::string& mark) {
      return text.CountMark(mark) > 0;
    });
  }

  size_t CountNamed(const RecordText& text, const PublishedField& field) const {
    const std::vector<std::string> marks = rules_.MarksOf(field);
    if (marks.empty()) return text.Count(rules_.NamedText(field));
    size_t count = 0;
    for (const std::string& mark : marks) count += CountMark(text, mark);
    return count;
  }

  // Of a mark that must be missing ("!NAME"): as often as one likes, if it is.
  static size_t CountMark(const RecordText& text, const std::string& mark) {
    if (!mark.starts_with('!')) return text.CountMark(mark);
    return text.CountMark(mark.substr(1)) == 0 ? SIZE_MAX / 2 : 0;
  }

  void NeedOneMore(size_t holder, const PublishedField& field) {
    // The same value under another heading can be another mark.
    const std::string heading = rules_.MarksOf(field).empty() ? "" : field.heading;
    auto [at, is_new] =
        needed_[holder].try_emplace(absl::StrCat(heading, WithoutBlanks(field.value)), field, 0);
    ++at->second.second;
  }

  void Lose(const PublishedField& field, const std::string& why) {
    losses_[field.heading].push_back(
        absl::StrCat("line ", field.line, ": \"", field.value, "\" ", why));
  }

  const FieldRules& rules_;
  std::vector<RecordText> texts_;
  std::map<uint32_t, std::vector<size_t>> at_line_;
  // By record and value: a field that holds it, and how many do.
  std::vector<std::map<std::string, std::pair<PublishedField, size_t>>> needed_;
  std::map<std::string, std::vector<std::string>> losses_;
  std::map<std::string, size_t> no_content_;
  size_t looked_up_ = 0;
};

std::string BytesOf(const std::string& name) {
  std::ifstream file(absl::StrCat(kFolder, "/", name), std::ios::binary);
  EXPECT_TRUE(file.good()) << name << " is missing in " << kFolder;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The first format that recognises the file; nullptr: none.
const EditionFormat* FormatOf(const std::string& name, std::string_view bytes) {
  const std::string file_name = std::filesystem::path(name).filename();
  const Sniff sniff{bytes.substr(0, kSniffBytes), file_name, ""};
  for (const EditionFormat& format : EditionFormats()) {
    if (format.recognises(sniff)) return &format;
  }
  return nullptr;
}

absl::StatusOr<EditionFacts> ReadAll(const EditionFormat& format, const std::string& name,
                                     std::string_view bytes, RecordSink& sink) {
  const auto reader = format.open(Table(), sink, name);
  while (!bytes.empty()) {
    const std::string_view chunk = bytes.substr(0, kChunkBytes);
    if (absl::Status fed = reader->Feed(chunk); !fed.ok()) return fed;
    bytes.remove_prefix(chunk.size());
  }
  return reader->Finish();
}

std::vector<PublishedField> Walk(const FieldRules& rules, std::string_view bytes) {
  if (rules.is_workbook) return WalkWorkbook(bytes, rules.cells.heading_line);
  if (rules.is_xml) return WalkXml(bytes);
  if (rules.is_sipri_rtf) return WalkSipriRtf(bytes);
  if (rules.is_json) return WalkJson(bytes, rules.cells);
  return WalkCells(bytes, rules.cells);
}

// Takes the number of a row ("row 17") for its line, as WalkSipriRtf does.
void PlaceByRow(std::vector<EditionRecord>& records) {
  for (EditionRecord& record : records) {
    uint32_t row = 0;
    EXPECT_EQ(std::sscanf(record.element.c_str(), "row %u", &row), 1) << record.element;
    record.line = record.line_end = row;
  }
}

class NothingDropped : public testing::TestWithParam<PublishedFile> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) {
      GTEST_SKIP() << "the published files are not at hand: expected in ../shared/data beside the "
                      "project's folder";
    }
  }
};

TEST_P(NothingDropped, EachFieldIsFoundAgain) {
  const PublishedFile& file = GetParam();
  const std::string bytes = BytesOf(file.name);
  const EditionFormat* format = FormatOf(file.name, bytes);
  ASSERT_NE(format, nullptr) << "no adapter recognises it";
  EXPECT_EQ(format->source, file.source);
  Gathered gathered;
  const auto facts = ReadAll(*format, file.name, bytes, gathered);
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_EQ(gathered.records.size(), file.records);
  EXPECT_EQ(testing::PrintToString(gathered.rejections), "{}");
  EXPECT_EQ(facts->stamp.has_time() ? PrintPublishStamp(facts->stamp) : "", file.stamp);

  const FieldRules& rules = RulesOf(file.rules);
  if (rules.is_sipri_rtf) PlaceByRow(gathered.records);
  Search search(rules, gathered.records);
  for (const PublishedField& field : Walk(rules, bytes)) search.LookUp(field);
  search.CompareCounts();
  for (const auto& [heading, losses] : search.losses()) {
    ADD_FAILURE() << losses.size() << " of \"" << heading << "\" lost: "
                  << absl::StrJoin(losses.begin(),
                                   losses.begin() + std::min(losses.size(), kShownMax), "; ");
  }
  EXPECT_GE(search.looked_up(), file.records) << "the walk found too little";
  std::cout << file.name << ": " << gathered.records.size() << " records, " << search.looked_up()
            << " fields found again, no content:";
  for (const auto& [heading, count] : search.no_content()) {
    std::cout << " " << heading << " " << count << ",";
  }
  std::cout << "\n";
}

std::string NameOfTest(const testing::TestParamInfo<PublishedFile>& info) {
  std::string name = std::filesystem::path(info.param.name).stem();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, NothingDropped, testing::ValuesIn(PublishedFiles()), NameOfTest);

TEST(NothingDroppedFiles, AreAllThatArePublishedButThoseNamed) {
  if (!std::filesystem::exists(kFolder)) {
    GTEST_SKIP() << "the published files are not at hand: expected in ../shared/data beside the "
                    "project's folder";
  }
  std::set<std::string> known = {
      // Damaged: refused whole (tests/integration/sanctions_changes_test.cc).
      "sanctions/un_sc_consolidated_2025-08-16_corrupt.xml",
      // A researcher's monthly counts: no list, so no adapter.
      "sanctions/us_ofac_monthly_panel_2022-04_2026-03.csv",
  };
  // Walked in sipri_real_files_test.cc.
  for (const char* edition :
       {"1950-1989_2024-04-16", "1990-2023_2024-04-13", "1995-2024_2026-02-12_excel_mangled",
        "2000-2001_2025-02-10", "ukraine_2000-2024_2025-02-17"}) {
    known.insert(absl::StrCat("transfers/sipri_register_17col_id_", edition, ".csv"));
  }
  // Sums and other reports, no registers; and a register as a stranger took it apart.
  for (const char* table :
       {"eu_coarm_caat_broker", "eu_coarm_caat_consult", "eu_coarm_caat_mission",
        "sipri_register_old_rtf_to_csv_us_supplier",
        "sipri_tiv_export_old_CHI_1950-2021_2022-07-28",
        "sipri_tiv_export_old_IRA_1950-2021_2022-07-28",
        "sipri_tiv_export_old_KON_1950-2021_2022-07-28",
        "sipri_tiv_export_old_RUS_1950-2021_2022-07-28",
        "sipri_tiv_export_old_USR_1950-2021_2022-07-28",
        "sipri_tiv_table_exporters_1950-2024_2024-10-13",
        "sipri_tiv_table_regional_1990-2023_2024-04-13"}) {
    const std::string name = absl::StrCat("transfers/", table, ".csv");
    known.insert(name);
    EXPECT_EQ(FormatOf(name, BytesOf(name)), nullptr) << name;
  }
  for (const PublishedFile& file : PublishedFiles()) known.insert(file.name);
  for (const std::string folder : {"sanctions", "transfers", "treaties/untc_2015"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(absl::StrCat(kFolder, "/", folder))) {
      const std::string name = absl::StrCat(folder, "/", entry.path().filename().string());
      EXPECT_TRUE(known.contains(name)) << name << " is not walked";
    }
  }
  EXPECT_EQ(FormatOf("us_ofac_monthly_panel_2022-04_2026-03.csv",
                     BytesOf("sanctions/us_ofac_monthly_panel_2022-04_2026-03.csv")),
            nullptr);
}

constexpr char kEntry[] =
    "Id,City,City 2,Born,Quality\n"
    "7, Port  Example ,PortExample,00/00/1980,Low\n";

// What a search does not find again of a record on line 2.
std::map<std::string, std::vector<std::string>> LossesOf(const EditionRecord& record,
                                                         const FieldRules& rules,
                                                         std::string_view text = kEntry) {
  Search search(rules, {record});
  for (const PublishedField& field : WalkCells(text, {})) search.LookUp(field);
  search.CompareCounts();
  return search.losses();
}

// The search would tell: of a field that is missing, of one of two that are alike, of a date that
// is made more exact than it is.
TEST(NothingDroppedSearch, TellsWhatIsMissing) {
  FieldRules rules;
  rules.dates = {DateStyle::kDayFirst};
  rules.counts_each = true;
  rules.meanings = {{"Quality", "Low", "NAME_QUALITY_LOW"}};
  EditionRecord record;
  record.key = "7";
  record.line = record.line_end = 2;
  v1::Sanction& sanction = *record.present.mutable_sanction();
  sanction.add_address()->set_city("Port Example");
  sanction.add_address()->set_city("Port Example");
  *sanction.add_birth()->mutable_date() = MakeDate(1980);
  sanction.add_name()->set_quality(v1::NAME_QUALITY_LOW);
  EXPECT_EQ(testing::PrintToString(LossesOf(record, rules)), "{}");

  EditionRecord less = record;
  less.present.mutable_sanction()->mutable_address()->RemoveLast();
  EXPECT_EQ(LossesOf(less, rules).size(), 1u);
  less = record;
  *less.present.mutable_sanction()->mutable_birth(0)->mutable_date() = MakeDate(1980, 1, 1);
  EXPECT_EQ(LossesOf(less, rules).count("Born"), 1u);
  less = record;
  less.present.mutable_sanction()->clear_name();
  EXPECT_EQ(LossesOf(less, rules).count("Quality"), 1u);
  less = record;
  less.line_end = less.line = 3;
  EXPECT_EQ(LossesOf(less, rules).size(), 5u);
}

// A number is found as the field that it became, not in a text that happens to have it.
TEST(NothingDroppedSearch, TellsNumbersApart) {
  const FieldRules rules = {.numbers = {{"Ordered", "number_ordered", "number_ordered_is_estimate"},
                                        {"Years", "year", ""},
                                        {"TIV", "tiv_order_thousandths", "", 3}}};
  const char* row =
      "Ordered,Years,TIV\n"
      "(12),2019; 2020,0.5\n";
  EditionRecord record;
  record.key = "12";
  record.line = record.line_end = 2;
  v1::Transfer& transfer = *record.present.mutable_transfer();
  transfer.set_comment("(12) of 2019; 2020 at 0.5");
  transfer.set_number_ordered(12);
  transfer.set_number_ordered_is_estimate(true);
  transfer.add_delivery()->add_year(2019);
  transfer.mutable_delivery(0)->add_year(2020);
  transfer.set_tiv_order_thousandths(500);
  EXPECT_EQ(testing::PrintToString(LossesOf(record, rules, row)), "{}");

  EditionRecord less = record;
  less.present.mutable_transfer()->clear_number_ordered_is_estimate();
  EXPECT_EQ(LossesOf(less, rules, row).count("Ordered"), 1u);
  less = record;
  less.present.mutable_transfer()->mutable_delivery(0)->mutable_year()->RemoveLast();
  EXPECT_EQ(LossesOf(less, rules, row).count("Years"), 1u);
  less = record;
  less.present.mutable_transfer()->set_tiv_order_thousandths(5);
  EXPECT_EQ(LossesOf(less, rules, row).count("TIV"), 1u);
}

}  // namespace
}  // namespace dossier
