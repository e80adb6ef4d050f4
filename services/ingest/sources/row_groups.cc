#include "services/ingest/sources/row_groups.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

constexpr size_t kBlockBytes = 1 << 20;
// As v1::Locator.more_line.
constexpr size_t kMoreLinesMax = 1'000;

using Cells = std::span<const std::string_view>;

// Rows of a group share the texts that they have in common: most comparisons end at once.
bool AreOne(std::string_view a, std::string_view b) {
  return a.data() == b.data() && a.size() == b.size();
}

bool IsBefore(const Cells& a, const Cells& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (AreOne(a[i], b[i])) continue;
    const int order = a[i].compare(b[i]);
    if (order != 0) return order < 0;
  }
  return false;
}

bool AreAlike(const Cells& a, const Cells& b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](std::string_view one, std::string_view two) {
    return AreOne(one, two) || one == two;
  });
}

}  // namespace

std::vector<std::string_view> RowGroup::Values(size_t column) const {
  std::vector<std::string_view> values;
  for (const auto& row : rows) {
    const std::string_view value = row[column];
    if (value.empty() || (!values.empty() && AreOne(values.back(), value))) continue;
    values.push_back(value);
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

absl::Status RowGroups::Add(std::string_view key, std::span<const std::string_view> cells,
                            uint32_t line, uint32_t line_end) {
  Group& group = GroupOf(key);
  if (group.is_dropped) return absl::OkStatus();
  if (group.rows.size() >= kRowsOfGroupMax) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "line ", line, ": too many rows of one record: expected at most ", kRowsOfGroupMax));
  }
  const size_t before = group.rows.empty() ? cells_.size() : group.rows.back().first_cell;
  group.rows.push_back({cells_.size(), line, line_end});
  for (size_t i = 0; i < columns_; ++i) {
    const std::string_view text = XmlTrimmed(cells[i]);
    const bool is_known = before + i < cells_.size() && cells_[before + i] == text;
    cells_.push_back(is_known ? cells_[before + i] : Keep(text));
  }
  bytes_ += cells.size() * sizeof(std::string_view);
  return CheckSize(line);
}

absl::Status RowGroups::Drop(std::string_view key, uint32_t line) {
  GroupOf(key).is_dropped = true;
  return CheckSize(line);
}

RowGroups::Group& RowGroups::GroupOf(std::string_view key) {
  auto found = index_.find(key);
  if (found == index_.end()) {
    const std::string_view kept = Keep(key);
    found = index_.emplace(kept, groups_.size()).first;
    groups_.push_back({kept, {}});
  }
  return groups_[found->second];
}

absl::Status RowGroups::CheckSize(uint32_t line) const {
  if (bytes_ <= kRowGroupBytesMax) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("line ", line, ": the table is too large: ", "expected at most ",
                   kRowGroupBytesMax, " bytes"));
}

std::string_view RowGroups::Keep(std::string_view text) {
  if (text.empty()) return {};
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < text.size()) {
    blocks_.emplace_back().reserve(std::max(kBlockBytes, text.size()));
  }
  std::string& block = blocks_.back();
  const size_t begin = block.size();
  block.append(text);
  bytes_ += text.size();
  return std::string_view(block).substr(begin);
}

absl::Status RowGroups::ForEach(const Visit& visit) {
  RowGroup group;
  for (const Group& gathered : groups_) {
    if (gathered.is_dropped) continue;
    group.key = gathered.key;
    group.rows.clear();
    for (const Row& row : gathered.rows) {
      group.rows.push_back(std::span(cells_).subspan(row.first_cell, columns_));
    }
    std::sort(group.rows.begin(), group.rows.end(), IsBefore);
    group.rows.erase(std::unique(group.rows.begin(), group.rows.end(), AreAlike), group.rows.end());
    EditionRecord record;
    record.key = std::string(gathered.key);
    FillLines(gathered, record);
    if (auto status = visit(group, std::move(record)); !status.ok()) return status;
  }
  return absl::OkStatus();
}

void RowGroups::FillLines(const Group& group, EditionRecord& record) const {
  record.line = group.rows.front().line;
  record.line_end = group.rows.front().line_end;
  for (size_t i = 1; i < group.rows.size(); ++i) {
    for (uint32_t line = group.rows[i].line; line <= group.rows[i].line_end; ++line) {
      // Rows that follow each other are one range.
      if (record.more_lines.empty() && line == record.line_end + 1) {
        record.line_end = line;
      } else if (record.more_lines.size() < kMoreLinesMax) {
        record.more_lines.push_back(line);
      }
    }
  }
}

}  // namespace dossier
