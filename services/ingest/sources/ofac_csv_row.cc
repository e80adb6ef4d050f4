#include "services/ingest/sources/ofac_csv_row.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

constexpr std::string_view kNull = "-0-";

}  // namespace

std::optional<CellFault> OfacRowSplitter::Split(std::string_view line) {
  size_ = 0;
  unquoted_.clear();
  for (size_t at = 0;; ++at) {
    if (size_ == kOfacCellsMax) {
      return CellFault{at, absl::StrCat("more than ", kOfacCellsMax, " cells: expected the end")};
    }
    if (at < line.size() && line[at] == '"') {
      if (auto fault = ReadQuoted(line, &at)) return fault;
    } else {
      const size_t end = std::min(line.find(',', at), line.size());
      const std::string_view text = Trimmed(line.substr(at, end - at));
      const bool is_null = text.empty() || text == kNull;
      cells_[size_++] = {is_null ? std::string_view() : text, at, is_null};
      at = end;
    }
    if (at >= line.size()) return std::nullopt;
  }
}

std::optional<CellFault> OfacRowSplitter::ReadQuoted(std::string_view line, size_t* at) {
  const size_t open = *at;
  size_t quote = line.find('"', open + 1);
  std::string_view text = line.substr(open + 1, quote - open - 1);
  if (quote != std::string_view::npos && line.substr(quote).starts_with("\"\"")) {
    if (unquoted_.capacity() < line.size()) unquoted_.reserve(line.size());
    const size_t begin = unquoted_.size();
    size_t from = open + 1;
    for (; quote != std::string_view::npos && line.substr(quote).starts_with("\"\"");
         quote = line.find('"', from)) {
      unquoted_.append(line, from, quote + 1 - from);
      from = quote + 2;
    }
    if (quote != std::string_view::npos) unquoted_.append(line, from, quote - from);
    text = std::string_view(unquoted_).substr(begin);
  }
  if (quote == std::string_view::npos) {
    return CellFault{open, "a quote that is not closed: expected \" before the line's end"};
  }
  cells_[size_++] = {text, open, false};
  *at = std::min(line.find_first_not_of(" \t", quote + 1), line.size());
  if (*at == line.size() || line[*at] == ',') return std::nullopt;
  return CellFault{*at, "text after a closing quote: expected a comma"};
}

}  // namespace dossier
