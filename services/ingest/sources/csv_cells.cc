#include "services/ingest/sources/csv_cells.h"

#include <algorithm>

#include "services/ingest/sources/foreign_text.h"

namespace dossier {

std::optional<CellFault> CellSplitter::Split(std::string_view line) {
  cells_.clear();
  unquoted_.clear();
  for (size_t at = 0;; ++at) {
    if (at < line.size() && line[at] == '"') {
      if (auto fault = ReadQuoted(line, &at)) return fault;
      if (at < line.size() && line[at] != separator_) {
        return CellFault{at, separator_ == ','
                                 ? "text after a closing quote: expected a comma"
                                 : "text after a closing quote: expected a separator"};
      }
    } else {
      const size_t end = std::min(line.find(separator_, at), line.size());
      const std::string_view text = Trimmed(line.substr(at, end - at));
      const size_t begin = text.empty() ? at : static_cast<size_t>(text.data() - line.data());
      cells_.push_back({text, begin});
      at = end;
    }
    if (at >= line.size()) return std::nullopt;
  }
}

std::optional<CellFault> CellSplitter::ReadQuoted(std::string_view line, size_t* at) {
  if (unquoted_.capacity() < line.size()) unquoted_.reserve(line.size());
  const size_t open = *at;
  const size_t begin = unquoted_.size();
  for (size_t from = open + 1;;) {
    const size_t quote = line.find('"', from);
    if (quote == std::string_view::npos) {
      return CellFault{open, "a quote that is not closed: expected \" before the line's end", true};
    }
    unquoted_.append(line, from, quote - from);
    if (quote + 1 >= line.size() || line[quote + 1] != '"') {
      *at = quote + 1;
      break;
    }
    unquoted_.push_back('"');
    from = quote + 2;
  }
  cells_.push_back({Trimmed(std::string_view(unquoted_).substr(begin)), open});
  return std::nullopt;
}

}  // namespace dossier
