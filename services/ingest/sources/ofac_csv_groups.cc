#include "services/ingest/sources/ofac_csv_groups.h"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

constexpr size_t kMoreLinesMax = 1'000;

using Row = OfacCsvGroups::Row;

bool IsBefore(const Row* a, const Row* b) {
  return std::pair(a->number, a->line) < std::pair(b->number, b->line);
}

std::vector<const Row*> ByNumber(const OfacCsvGroups::Group& group) {
  std::vector<const Row*> sorted;
  sorted.reserve(group.rows.size());
  for (const Row& row : group.rows) sorted.push_back(&row);
  std::sort(sorted.begin(), sorted.end(), IsBefore);
  return sorted;
}

// Fills in the cells of a row; how many there are.
size_t Unpack(const Row& row, const OfacCsvLayout& layout, std::span<OfacCell> cells) {
  std::string_view rest = row.text;
  for (size_t i = 0; i < layout.headings.size(); ++i) {
    cells[i].text = rest.substr(0, row.cell_sizes[i]);
    cells[i].is_null = (row.nulls >> i & 1) != 0;
    rest.remove_prefix(row.cell_sizes[i]);
  }
  return layout.headings.size();
}

}  // namespace

OfacCsvGroups::Group& OfacCsvGroups::GroupOf(uint64_t entry) {
  if (!groups_.empty() && groups_.back().entry == entry) return groups_.back();
  const auto [it, is_new] = group_of_entry_.try_emplace(entry, groups_.size());
  if (is_new) groups_.emplace_back().entry = entry;
  return groups_[it->second];
}

std::pair<const Row*, const Row*> RepeatedRows(const OfacCsvGroups::Group& group) {
  const std::vector<const Row*> sorted = ByNumber(group);
  const auto found =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const Row* a, const Row* b) { return a->number == b->number; });
  if (found == sorted.end()) return {nullptr, nullptr};
  return {*found, *(found + 1)};
}

Row PackedRow(uint64_t number, uint32_t line, std::span<const OfacCell> cells) {
  Row row;
  row.number = number;
  row.line = line;
  size_t size = 0;
  for (const OfacCell& cell : cells) size += cell.text.size();
  row.text.reserve(size);
  for (size_t i = 0; i < cells.size(); ++i) {
    row.text.append(cells[i].text);
    row.cell_sizes[i] = static_cast<uint32_t>(cells[i].text.size());
    if (cells[i].is_null) row.nulls |= 1 << i;
  }
  return row;
}

EditionRecord RecordOf(const OfacCsvLayout& layout, OfacCsvGroups::Group& group) {
  EditionRecord record;
  // As they were read, the lines go up.
  record.line = record.line_end = group.rows.front().line;
  for (const Row& row : group.rows) {
    if (record.more_lines.empty() && row.line <= record.line_end + 1) {
      record.line_end = row.line;
    } else if (record.more_lines.size() < kMoreLinesMax) {
      record.more_lines.push_back(row.line);
    }
  }
  v1::Sanction& sanction = *record.present.mutable_sanction();
  std::array<OfacCell, OfacCsvGroups::kCellsMax> cells;
  for (const Row* row : ByNumber(group)) {
    const std::span<const OfacCell> unpacked(cells.data(), Unpack(*row, layout, cells));
    AddOfacRow(layout, unpacked, "", sanction, nullptr);
  }
  group.rows = {};
  return record;
}

}  // namespace dossier
