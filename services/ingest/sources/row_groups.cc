#include "services/ingest/sources/row_groups.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

constexpr size_t kBlockBytes = 1 << 20;
// As v1::Locator.more_line.
constexpr size_t kMoreLinesMax = 1'000;

}  // namespace

std::vector<std::string_view> RowGroup::Values(size_t column) const {
  std::vector<std::string_view> values;
  for (const auto& row : rows) {
    if (!row[column].empty()) values.push_back(row[column]);
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

absl::Status RowGroups::Add(std::string_view key, std::span<const std::string_view> cells,
                            uint32_t line, uint32_t line_end) {
  auto found = index_.find(key);
  if (found == index_.end()) {
    const std::string_view kept = Keep(key);
    found = index_.emplace(kept, groups_.size()).first;
    groups_.push_back({kept, {}});
  }
  Group& group = groups_[found->second];
  if (group.rows.size() >= kRowsOfGroupMax) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "line ", line, ": too many rows of one record: expected at most ", kRowsOfGroupMax));
  }
  group.rows.push_back({cells_.size(), line, line_end});
  for (std::string_view cell : cells) cells_.push_back(Keep(XmlTrimmed(cell)));
  bytes_ += cells.size() * sizeof(std::string_view);
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
    group.key = gathered.key;
    group.rows.clear();
    for (const Row& row : gathered.rows) {
      group.rows.push_back(std::span(cells_).subspan(row.first_cell, columns_));
    }
    std::sort(group.rows.begin(), group.rows.end(), [](const auto& a, const auto& b) {
      return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    });
    group.rows.erase(std::unique(group.rows.begin(), group.rows.end(),
                                 [](const auto& a, const auto& b) {
                                   return std::equal(a.begin(), a.end(), b.begin());
                                 }),
                     group.rows.end());
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
