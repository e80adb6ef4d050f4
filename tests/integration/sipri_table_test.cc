// SIPRI's own table of exporters comes out of its registers.
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "services/query/as_of.h"
#include "tests/integration/registers_fixture.h"

namespace dossier {
namespace {

constexpr char kOld[] = "1950-1989_2024-04-16";
constexpr char kNew[] = "1990-2023_2024-04-13";
constexpr char kSlice[] = "2000-2001_2025-02-10";
constexpr char kUkraine[] = "ukraine_2000-2024_2025-02-17";
constexpr char kMangled[] = "1995-2024_2026-02-12_excel_mangled";

constexpr int kFirstYear = 1950;
constexpr int kLastYear = 2023;
constexpr size_t kCells = 2'668;  // of those years, filled in the published table

using Cell = std::pair<std::string, int>;    // name as printed, year
using Table = std::map<Cell, int64_t>;       // TIV in thousandths of a million
using PublishedTable = std::map<Cell, int>;  // in millions; 0: below a half

class SipriTableTest : public RegistersTest {
 protected:
  static Table Flows(IngestPath& path, v1::FlowGrouping grouping, const std::string& known_by) {
    v1::GetFlowsRequest request;
    request.set_source("sipri-deals");
    request.set_grouping(grouping);
    request.set_year_from(kFirstYear);
    request.set_year_to(kLastYear);
    if (!known_by.empty()) {
      *request.mutable_read_at()->mutable_cut()->mutable_known_by_date() = *ParseDate(known_by);
    }
    Table table;
    auto as_of = AsOf::Open(path.views(), request.read_at(), {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    if (!as_of.ok()) return table;
    const auto flows = GetFlows(*as_of, Actors(), request);
    EXPECT_TRUE(flows.ok()) << flows.status();
    if (!flows.ok()) return table;
    for (const v1::FlowRow& row : flows->row()) {
      EXPECT_EQ(row.year_from(), row.year_to());
      const std::string& name = grouping == v1::FLOW_GROUPING_SUPPLIER
                                    ? row.supplier().printed_name()
                                    : row.recipient().printed_name();
      const bool is_new =
          table.emplace(Cell(name, row.year_from()), row.measures().tiv_thousandths()).second;
      EXPECT_TRUE(is_new) << name << " has two rows for " << row.year_from();
    }
    return table;
  }

  // The exporters' table: a header that begins "Exports by,1950", rows to the world's total.
  static PublishedTable Published() {
    PublishedTable table;
    std::istringstream lines(Bytes("tiv_table_exporters_1950-2024_2024-10-13"));
    bool in_table = false;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream cells(line);
      std::string name;
      std::getline(cells, name, ',');
      if (name == "Total world export") break;
      if (!in_table) {
        in_table = line.starts_with("Exports by,1950,1951,");
        continue;
      }
      for (int year = kFirstYear; year <= kLastYear; ++year) {
        std::string cell;
        std::getline(cells, cell, ',');
        if (!cell.empty()) table.emplace(Cell(name, year), std::atoi(cell.c_str()));
      }
    }
    return table;
  }

  static void ExpectPublished(const Table& table) {
    const PublishedTable published = Published();
    EXPECT_EQ(published.size(), kCells);
    for (const auto& [cell, millions] : published) {
      const auto ours = table.find(cell);
      if (ours == table.end()) {
        ADD_FAILURE() << cell.first << " " << cell.second << " is missing, published: " << millions;
        continue;
      }
      EXPECT_LE(std::abs(ours->second - int64_t{millions} * 1'000), 500)
          << cell.first << " " << cell.second << ", published: " << millions;
    }
    for (const auto& [cell, tiv] : table) {
      EXPECT_TRUE(published.contains(cell))
          << cell.first << " " << cell.second << " has " << tiv << " that was not published";
    }
  }

  // The cells in which two tables differ.
  static std::vector<Cell> Differences(const Table& a, const Table& b) {
    std::vector<Cell> cells;
    for (const auto& [cell, tiv] : a) {
      const auto other = b.find(cell);
      if (other == b.end() || other->second != tiv) cells.push_back(cell);
    }
    for (const auto& [cell, tiv] : b) {
      if (!a.contains(cell)) cells.push_back(cell);
    }
    return cells;
  }
};

TEST_F(SipriTableTest, TheExportersTableComesOutInEitherOrder) {
  std::string knowledge;
  for (const auto& [first, second] : {std::pair(kOld, kNew), std::pair(kNew, kOld)}) {
    SCOPED_TRACE(first);
    IngestPath path;
    Load(path, first);
    Load(path, second);
    const Table before = Flows(path, v1::FLOW_GROUPING_SUPPLIER, "");
    ExpectPublished(before);
    Load(path, kSlice);
    EXPECT_EQ(Flows(path, v1::FLOW_GROUPING_SUPPLIER, "2024-10-13"), before);
    const Table now = Flows(path, v1::FLOW_GROUPING_SUPPLIER, "");
    for (const auto& [name, year] : Differences(before, now)) {
      EXPECT_TRUE(year == 2000 || year == 2001) << name << " " << year;
    }
    const Digests digests = path.TakeDigests();
    EXPECT_EQ(digests.view, path.RebuiltDigests({}).view);
    if (knowledge.empty()) knowledge = digests.knowledge;
    EXPECT_EQ(digests.knowledge, knowledge);
  }
}

TEST_F(SipriTableTest, AFileOfOneRecipientChangesNothingElse) {
  IngestPath path;
  for (const char* name : {kNew, kOld, kSlice}) Load(path, name);
  const Table before = Flows(path, v1::FLOW_GROUPING_RECIPIENT, "");
  const v1::LoadReport report = Load(path, kUkraine);
  EXPECT_EQ(report.scope(),
            "recipient in {state:UKR} & delivery year 2000..2024 & deliveries only");
  for (const auto& [name, year] :
       Differences(before, Flows(path, v1::FLOW_GROUPING_RECIPIENT, ""))) {
    EXPECT_EQ(name, "Ukraine") << year;
  }
  EXPECT_EQ(Load(path, kMangled).edition().counts().read(), 25'024u);
  EXPECT_EQ(Flows(path, v1::FLOW_GROUPING_RECIPIENT, "2025-03-01").size(), before.size());
}

}  // namespace
}  // namespace dossier
