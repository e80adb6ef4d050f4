#include "services/cli/table.h"

#include <algorithm>
#include <utility>

#include "glog/logging.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

constexpr int kGap = 2;
constexpr int kShrunkMin = 10;

int TotalWidth(const std::vector<int>& widths) {
  int total = -kGap;
  for (const int width : widths) total += width == 0 ? 0 : width + kGap;
  return total;
}

std::string WithoutTrailingBlanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  CHECK_EQ(cells.size(), columns_.size());
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::NaturalWidths() const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].heading);
    for (const auto& row : rows_) width = std::max(width, DisplayWidth(row[i]));
    widths.push_back(width);
  }
  return widths;
}

std::vector<int> Table::FittedWidths(int width) const {
  std::vector<int> widths = NaturalWidths();
  // Each turn takes a column from the widest, or leaves one out.
  while (TotalWidth(widths) > width) {
    size_t widest = columns_.size();
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (!(columns_[i].traits & kShrinks) || widths[i] <= kShrunkMin) continue;
      if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest < columns_.size()) {
      --widths[widest];
      continue;
    }
    size_t left_out = columns_.size();
    for (size_t i = 0; i < columns_.size(); ++i) {
      if ((columns_[i].traits & kOptional) && widths[i] > 0) left_out = i;
    }
    if (left_out == columns_.size()) break;
    widths[left_out] = 0;
  }
  return widths;
}

void Table::Print(std::ostream& out, int width, int indent) const {
  const std::vector<int> widths = width > 0 ? FittedWidths(width - indent) : NaturalWidths();
  const auto line = [&](const auto& cell_of) {
    std::string text(indent, ' ');
    bool first = true;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (widths[i] == 0) continue;
      if (!std::exchange(first, false)) text.append(kGap, ' ');
      const std::string cell = CutToWidth(cell_of(i), widths[i]);
      text += columns_[i].traits & kNumber ? PadLeft(cell, widths[i]) : PadRight(cell, widths[i]);
    }
    out << WithoutTrailingBlanks(std::move(text)) << '\n';
  };
  line([&](size_t i) { return columns_[i].heading; });
  line([&](size_t i) {
    std::string rule;
    for (int column = 0; column < widths[i]; ++column) rule += "─";
    return rule;
  });
  for (const auto& row : rows_) line([&](size_t i) { return row[i]; });
}

}  // namespace dossier
