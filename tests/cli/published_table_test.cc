// The publisher's own table of exporters comes out of its register, in either order of loading.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Cells = std::map<std::pair<std::string, int>, double>;

const std::string kData = std::string(DOSSIER_SOURCE_DIR) + "/../shared/data/transfers/";
const std::string kEarly = kData + "sipri_register_17col_id_1950-1989_2024-04-16.csv";
const std::string kLate = kData + "sipri_register_17col_id_1990-2023_2024-04-13.csv";
const std::string kSlice = kData + "sipri_register_17col_id_2000-2001_2025-02-10.csv";
const std::string kTable = kData + "sipri_tiv_table_exporters_1950-2024_2024-10-13.csv";

constexpr int kFirstYear = 1950;
constexpr int kLastYear = 2023;
constexpr size_t kCells = 2'668;
// Both sides are rounded: the table to 1, the flows to 0.01.
constexpr double kRounding = 0.5 + 0.005 + 1e-9;

std::vector<std::string> Split(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

Cells Published() {
  Cells cells;
  std::ifstream file(kTable);
  bool in_table = false;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> fields = Split(line);
    if (fields[0] == "Exports by") {
      in_table = true;
      continue;
    }
    if (!in_table || fields[0].empty() || fields[0].rfind("Total", 0) == 0) continue;
    for (int year = kFirstYear; year <= kLastYear; ++year) {
      const size_t column = year - kFirstYear + 1;
      if (column < fields.size() && !fields[column].empty()) {
        cells[{fields[0], year}] = std::stod(fields[column]);
      }
    }
  }
  return cells;
}

Cells FlowsOf(const std::string& csv) {
  Cells cells;
  std::istringstream text(csv);
  std::string line;
  std::getline(text, line);
  EXPECT_EQ(line, "supplier,supplier_name,year,tiv");
  while (std::getline(text, line)) {
    const std::vector<std::string> fields = Split(line);
    if (fields.size() != 4) {
      ADD_FAILURE() << "not four fields: " << line;
      continue;
    }
    const bool first =
        cells.try_emplace({fields[1], std::stoi(fields[2])}, std::stod(fields[3])).second;
    EXPECT_TRUE(first) << line;
  }
  return cells;
}

std::vector<std::string> Flows(const std::string& data) {
  return {"--data",   data,     "flows", "--source", "sipri-deals", "--by",
          "supplier", "--from", "1950",  "--to",     "2023",        "--csv"};
}

class PublishedTable : public testing::TestWithParam<bool> {};

TEST_P(PublishedTable, ComesOutOfTheRegister) {
  if (!fs::exists(kTable)) GTEST_SKIP() << "the publisher's files are not at " << kData;
  std::string root = (fs::temp_directory_path() / "dossier_table_XXXXXX").string();
  ASSERT_NE(mkdtemp(root.data()), nullptr);
  const std::string data = root + "/data";
  const std::vector<std::string> in_order = GetParam() ? std::vector<std::string>{kEarly, kLate}
                                                       : std::vector<std::string>{kLate, kEarly};
  const Ran loaded = RunDossier({"--data", data, "load", in_order[0], in_order[1], kSlice});
  ASSERT_EQ(loaded.status, 0) << loaded.err;

  std::vector<std::string> known_then = Flows(data);
  known_then.insert(known_then.end(), {"--known-by", "2024-10-13"});
  const Ran then = RunDossier(known_then);
  ASSERT_EQ(then.status, 0) << then.err;
  const Cells flows = FlowsOf(then.out);
  const Cells published = Published();
  EXPECT_EQ(published.size(), kCells);
  EXPECT_EQ(flows.size(), kCells);
  for (const auto& [cell, tiv] : published) {
    const auto found = flows.find(cell);
    if (found == flows.end()) {
      ADD_FAILURE() << cell.first << " " << cell.second << " is in the table only";
      continue;
    }
    EXPECT_LE(std::abs(found->second - tiv), kRounding) << cell.first << " " << cell.second;
  }

  const Ran now = RunDossier(Flows(data));
  ASSERT_EQ(now.status, 0) << now.err;
  const auto without_slice = [](Cells cells) {
    std::erase_if(cells, [](const auto& cell) {
      return cell.first.second == 2000 || cell.first.second == 2001;
    });
    return cells;
  };
  EXPECT_EQ(without_slice(FlowsOf(now.out)), without_slice(flows));
  fs::remove_all(root);
}

INSTANTIATE_TEST_SUITE_P(EitherOrder, PublishedTable, testing::Bool());

}  // namespace
}  // namespace dossier
