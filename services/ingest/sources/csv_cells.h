// The cells of one line of comma-separated values, as RFC 4180 has them, save that no cell spans
// lines, that a quote inside an unquoted cell stands for itself, and that another character may
// stand for the comma.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct Cell {
  std::string_view text;  // unquoted; blanks at both ends removed
  size_t offset = 0;      // in bytes, of the text (or its quote) in the line
};

// What makes a line unreadable, and where.
struct CellFault {
  size_t offset = 0;
  std::string reason;
  bool is_open_quote = false;  // it may be closed on a later line
};

// Splits one line after the other, reusing its memory. One thread at a time.
class CellSplitter {
 public:
  explicit CellSplitter(char separator = ',') : separator_(separator) {}

  // The cells, at least one. Texts are valid until the next call, and as long as the line.
  std::optional<CellFault> Split(std::string_view line);
  const std::vector<Cell>& cells() const { return cells_; }

 private:
  // Reads the quoted cell at `at` and moves `at` behind its closing quote.
  std::optional<CellFault> ReadQuoted(std::string_view line, size_t* at);

  const char separator_;
  std::vector<Cell> cells_;
  std::string unquoted_;  // texts with doubled quotes undone; reserved for a line, so never moved
};

}  // namespace dossier
