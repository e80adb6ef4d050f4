// The table against what publishers print. Reads ../shared/data; skipped where it is not.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/model/actors.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

const fs::path kPublished = fs::path(DOSSIER_SOURCE_DIR) / ".." / "shared" / "data";

std::vector<std::string> LinesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Cells of a line by commas; no cell that these tests look at is quoted.
std::vector<std::string> CellsOf(std::string line) {
  line.erase(
      std::find_if(line.rbegin(), line.rend(), [](char c) { return c != '\r' && c != ';'; }).base(),
      line.end());
  std::vector<std::string> cells(1);
  for (char c : line) {
    if (c == ',') {
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

std::vector<fs::path> FilesLike(const std::string& folder, const std::string& beginning) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(kPublished / folder)) {
    if (entry.path().filename().string().starts_with(beginning)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Supplier and recipient names of a trade register of either layout.
std::set<std::string> RegisterNames(const fs::path& path) {
  std::set<std::string> names;
  int supplier = -1, recipient = -1;
  for (const std::string& line : LinesOf(path)) {
    const std::vector<std::string> cells = CellsOf(line);
    if (cells.size() < 12) continue;  // the preamble, or the rest of a broken record
    if (supplier < 0) {
      const auto column = [&](const char* heading) {
        return static_cast<int>(std::find(cells.begin(), cells.end(), heading) - cells.begin());
      };
      if (column("Supplier") >= 3) continue;
      supplier = column("Supplier");
      recipient = column("Recipient");
      continue;
    }
    names.insert(cells[supplier]);
    names.insert(cells[recipient]);
  }
  return names;
}

// Names in the rows of a table of trend-indicator values.
std::set<std::string> TivTableNames(const fs::path& path) {
  const size_t column = path.string().find("regional") != std::string::npos ? 1 : 0;
  std::set<std::string> names;
  bool is_below_header = false;
  for (const std::string& line : LinesOf(path)) {
    const std::vector<std::string> cells = CellsOf(line);
    if (is_below_header && cells.size() > column + 1) names.insert(cells[column]);
    if (cells.size() > column + 1 && (cells[column + 1] == "1950" || cells[column + 1] == "1990")) {
      is_below_header = true;
    }
  }
  for (const char* total : {"", "Total", "Total world export", "Regional total"}) {
    names.erase(total);
  }
  return names;
}

class ActorsDataTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kPublished)) GTEST_SKIP() << "no published files at " << kPublished;
  }

  // Every name resolves, and no two names of one file are one actor.
  void ExpectResolved(const fs::path& path, const std::set<std::string>& names) {
    EXPECT_GT(names.size(), 10u) << path;
    std::map<std::string, std::string> name_of;
    for (const std::string& name : names) {
      const std::string id = table_.Resolve("sipri-deals", name);
      EXPECT_FALSE(IsUnresolved(id)) << path.filename() << ": \"" << name << "\"";
      const auto [it, is_new] = name_of.try_emplace(id, name);
      EXPECT_TRUE(is_new) << path.filename() << ": \"" << name << "\" and \"" << it->second
                          << "\" are both " << id;
    }
  }

  const ActorTable table_;
};

TEST_F(ActorsDataTest, EveryNameInARegisterIsAnActorOfItsOwn) {
  const std::vector<fs::path> registers = FilesLike("transfers", "sipri_register_1");
  EXPECT_EQ(registers.size(), 9u);
  for (const fs::path& path : registers) ExpectResolved(path, RegisterNames(path));
}

TEST_F(ActorsDataTest, EveryNameInATableOfValuesIsAnActorOfItsOwn) {
  const std::vector<fs::path> tables = FilesLike("transfers", "sipri_tiv_");
  EXPECT_EQ(tables.size(), 7u);
  for (const fs::path& path : tables) ExpectResolved(path, TivTableNames(path));
}

TEST_F(ActorsDataTest, EveryMemberOfTheCowStateSystemSince1945IsFound) {
  int members = 0;
  for (const std::string& line : LinesOf(kPublished / "treaties" / "cow_state_system_2016.csv")) {
    const std::vector<std::string> cells = CellsOf(line);
    if (cells.size() < 9 || cells[0] == "stateabb" || std::stoi(cells[6]) < 1946) continue;
    ++members;
    const int number = std::stoi(cells[1]);
    const v1::Actor* actor = table_.Find("cow:" + cells[1]);
    ASSERT_NE(actor, nullptr) << line;
    EXPECT_NE(std::count(actor->cow_number().begin(), actor->cow_number().end(), number), 0);
    const v1::Actor* named = table_.Find(cells[2]);
    ASSERT_NE(named, nullptr) << line;
    EXPECT_NE(std::count(named->cow_number().begin(), named->cow_number().end(), number), 0)
        << line << " finds " << named->id();
    if (cells[6] == "2016") {
      EXPECT_FALSE(actor->has_to_date()) << line;
    } else if (named->has_to_date()) {
      EXPECT_EQ(named->to_date().year(), std::stoi(cells[6])) << line;
    }
  }
  EXPECT_GT(members, 190);
}

TEST_F(ActorsDataTest, EveryNameOfTheCowPanelSince1950BearsItsNumber) {
  int rows = 0;
  for (const std::string& line : LinesOf(kPublished / "treaties" / "countrycode_cow_panel.csv")) {
    const std::vector<std::string> cells = CellsOf(line);
    if (cells.size() != 5 || cells[4] < "1950" || cells[0] == "country") continue;
    const v1::Actor* actor = table_.Find(cells[3]);
    ASSERT_NE(actor, nullptr) << line;
    EXPECT_NE(
        std::count(actor->cow_number().begin(), actor->cow_number().end(), std::stoi(cells[2])), 0)
        << line << " finds " << actor->id();
    ++rows;
  }
  EXPECT_GT(rows, 10'000);
}

}  // namespace
}  // namespace dossier
