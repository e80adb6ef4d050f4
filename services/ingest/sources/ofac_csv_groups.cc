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

EditionRecord RecordOf(OfacCsvGroups::Group& group) {
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
  for (const Row* row : ByNumber(group)) sanction.MergeFrom(row->says);
  group.rows = {};
  return record;
}

}  // namespace dossier
