#include "services/cli/flow_matrix.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/cli/numbers.h"
#include "services/cli/table.h"

namespace dossier {
namespace {

using Span = std::pair<int, int>;

constexpr int kUsualWidth = 100;
constexpr int kNameWidth = 24;
constexpr int kCellWidth = 9;
constexpr int kSums = 3;  // total, share, estimated

struct Line {
  std::string name;
  std::vector<int64_t> cells;
  int64_t total = 0;
  int64_t estimated = 0;
};

// The columns: the answer's own windows, or its years, joined to as many as fit.
std::vector<Span> ColumnsFor(const v1::GetFlowsRequest& request, const v1::GetFlowsResponse& flows,
                             int columns_max) {
  const int window = std::max(1, request.window_years());
  std::set<Span> spans;
  for (const v1::FlowRow& row : flows.row()) {
    if (row.year_from() == 0) continue;
    if (window > 1 || row.year_from() == row.year_to()) {
      spans.insert({row.year_from(), row.year_to()});
    }
  }
  if (window > 1) {
    std::erase_if(spans, [&](const Span& span) {
      return (span.first - request.year_from()) % window != 0 || span.second - span.first >= window;
    });
  }
  if (static_cast<int>(spans.size()) <= columns_max || window > 1) {
    return {spans.begin(), spans.end()};
  }
  const int first = spans.begin()->first;
  const int last = spans.rbegin()->second;
  int step = 1;
  for (const int wider : {2, 5, 10, 20, 50, 100, 1'000, 10'000}) {
    step = wider;
    if (last / step - first / step + 1 <= columns_max) break;
  }
  std::vector<Span> joined;
  for (int year = first / step * step; year <= last; year += step) {
    joined.push_back({std::max(first, year), std::min(last, year + step - 1)});
  }
  return joined;
}

std::string Heading(const Span& span) {
  if (span.first == span.second) return std::to_string(span.first);
  const std::string to = std::to_string(span.second);
  const bool same_century = span.first / 100 == span.second / 100;
  return std::to_string(span.first) + "-" + (same_century ? to.substr(to.size() - 2) : to);
}

std::string NameOf(const v1::FlowRow& row, v1::FlowGrouping grouping) {
  switch (grouping) {
    case v1::FLOW_GROUPING_RECIPIENT:
      return row.recipient().printed_name();
    case v1::FLOW_GROUPING_PAIR:
      return row.supplier().printed_name() + " to " + row.recipient().printed_name();
    default:
      return row.supplier().printed_name();
  }
}

// Lines by TIV, largest first. `outside`: TIV that fits no column.
std::vector<Line> LinesOf(const v1::GetFlowsResponse& flows, v1::FlowGrouping grouping,
                          const std::vector<Span>& columns, int64_t* outside) {
  std::map<std::pair<std::string, std::string>, Line> by_key;
  for (const v1::FlowRow& row : flows.row()) {
    Line& line = by_key[{row.supplier().id(), row.recipient().id()}];
    line.name = NameOf(row, grouping);
    line.cells.resize(columns.size());
    const int64_t tiv = row.measures().tiv_thousandths();
    line.total += tiv;
    line.estimated += row.measures().tiv_estimated_thousandths();
    const auto column = std::find_if(columns.begin(), columns.end(), [&](const Span& span) {
      return row.year_from() >= span.first && row.year_to() <= span.second;
    });
    if (column == columns.end()) {
      *outside += tiv;
    } else {
      line.cells[column - columns.begin()] += tiv;
    }
  }
  std::vector<Line> lines;
  for (auto& [key, line] : by_key) lines.push_back(std::move(line));
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.total > b.total; });
  return lines;
}

Line SumOf(std::string name, std::vector<Line>::const_iterator begin,
           std::vector<Line>::const_iterator end, size_t columns) {
  Line sum{std::move(name), std::vector<int64_t>(columns), 0, 0};
  for (auto line = begin; line != end; ++line) {
    for (size_t i = 0; i < columns; ++i) sum.cells[i] += line->cells[i];
    sum.total += line->total;
    sum.estimated += line->estimated;
  }
  return sum;
}

void AddTo(const Line& line, int64_t all, Table* table) {
  std::vector<std::string> cells = {line.name};
  for (const int64_t tiv : line.cells) cells.push_back(tiv == 0 ? "" : TivForPeople(tiv));
  cells.push_back(TivForPeople(line.total));
  cells.push_back(Percent(line.total, all));
  cells.push_back(Percent(line.estimated, line.total));
  table->AddRow(std::move(cells));
}

void PrintNotes(std::ostream& out, const v1::GetFlowsResponse& flows, int64_t outside) {
  const v1::Measures& grand = flows.grand_total();
  out << '\n'
      << flows.source() << ": " << Counted(grand.deals(), "deal", "deals") << ", "
      << Counted(grand.records(), "record", "records") << ", " << Grouped(grand.units())
      << " units. est.: share of the TIV that rests on estimates.\n";
  if (grand.records_without_tiv() > 0) {
    out << Counted(grand.records_without_tiv(), "record gives", "records give")
        << " no TIV and count as 0.\n";
  }
  if (outside != 0) {
    out << TivForPeople(outside)
        << " million of deliveries whose years fit no column stand in the total only.\n";
  }
}

}  // namespace

void PrintFlowMatrix(const Session& session, const v1::GetFlowsRequest& request, int rows_max,
                     const v1::GetFlowsResponse& flows) {
  std::ostream& out = session.out();
  if (flows.row().empty()) {
    out << "No deliveries in what " << flows.source() << " covers fit.\n";
    return;
  }
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  const int columns_max = std::max(1, (width - kNameWidth) / kCellWidth - kSums);
  const std::vector<Span> columns = ColumnsFor(request, flows, columns_max);
  int64_t outside = 0;
  const std::vector<Line> lines = LinesOf(flows, request.grouping(), columns, &outside);
  std::vector<Table::Column> headings = {{"TIV, millions", Table::kShrinks}};
  for (const Span& span : columns) headings.push_back({Heading(span), Table::kNumber});
  headings.push_back({"total", Table::kNumber});
  headings.push_back({"share", Table::kNumber});
  headings.push_back({"est.", Table::kNumber});
  Table table(headings);
  const auto shown = lines.begin() + std::min<size_t>(lines.size(), rows_max);
  const Line all = SumOf("all", lines.begin(), lines.end(), columns.size());
  for (auto line = lines.begin(); line != shown; ++line) AddTo(*line, all.total, &table);
  if (shown != lines.end()) {
    AddTo(
        SumOf(Counted(lines.end() - shown, "other", "others"), shown, lines.end(), columns.size()),
        all.total, &table);
  }
  AddTo(all, all.total, &table);
  table.Print(out, session.width());
  PrintNotes(out, flows, outside);
}

}  // namespace dossier
