// The cells of one row of OFAC's CSV files, in which an unquoted "-0-" is null.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/ingest/sources/csv_cells.h"

namespace dossier {

inline constexpr size_t kOfacCellsMax = 12;

struct OfacCell {
  // Of a quoted cell all that stands between the quotes; of another one without the blanks at its
  // ends. Empty if null.
  std::string_view text;
  size_t offset = 0;  // in bytes, of the cell in the line
  bool is_null = false;
};

// Splits one row after the other, reusing its memory. One thread at a time.
class OfacRowSplitter {
 public:
  // A quote that does not close, text after one that did, or more than kOfacCellsMax cells is a
  // fault. Texts are valid until the next call, and as long as the line.
  std::optional<CellFault> Split(std::string_view line);
  std::span<const OfacCell> cells() const { return {cells_.data(), size_}; }

 private:
  // Reads the quoted cell at `at` and moves `at` behind it, to a comma or the line's end.
  std::optional<CellFault> ReadQuoted(std::string_view line, size_t* at);

  std::array<OfacCell, kOfacCellsMax> cells_;
  size_t size_ = 0;
  std::string unquoted_;  // texts with doubled quotes undone; reserved for a line, so never moved
};

}  // namespace dossier
