// Rows of the 16-column register out of its lines: joins those that a line break runs through.
//
//   SipriRegisterRows rows(is_padded);
//   for (line : lines) rows.Take(text, number, visit);
//   rows.Finish(visit);
//
// A cell in quotes goes on over line ends to the closing quote (RFC 4180). Comments are printed as
// they were typed, without quotes, with a line end in them here and there; so a line that ends
// within the designation, the description or the comments is joined with those that follow, where
// they make 16 cells together, as 13 and 4 do: the comments' cell is cut in two. A line with 16
// cells of its own is never joined to one before it, and a row has at most kSipriRowLinesMax lines.
// A line that cannot be made whole is a row for itself, and the next one is read anew.
//
// The break stays as "\n" within the cell. At a cell's end, where all have stood that were seen so
// far, it goes as blanks there do, so that the text is that of an edition without the break.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/ingest/sources/csv_cells.h"

namespace dossier {

inline constexpr size_t kSipriRowLinesMax = 8;

// Valid during the visit.
struct SipriRegisterRow {
  std::string_view text;  // its lines with "\n" between them, without padding at its end
  const std::vector<Cell>& cells;  // of no use where there is a fault
  std::optional<CellFault> fault;
  uint32_t line = 0;  // first and last
  uint32_t line_end = 0;
  // It is not whole, and the file ends before a line that could make it so.
  bool is_cut_off = false;
};

// One thread at a time.
class SipriRegisterRows {
 public:
  using Visit = std::function<absl::Status(const SipriRegisterRow& row)>;

  // `is_padded`: ";" and blanks at the end of any line are a spreadsheet's padding. Else they are
  // where a row ends, after a number, but belong to the text where a line ends within it.
  explicit SipriRegisterRows(bool is_padded) : is_padded_(is_padded) {}

  // Takes the next line, in UTF-8; visits the rows that end with it or before. Lines between rows
  // that hold padding alone are passed over. Not OK: the visit's status.
  absl::Status Take(std::string_view text, uint32_t number, const Visit& visit);
  // After the last line.
  absl::Status Finish(const Visit& visit);

 private:
  struct Pending {
    std::string text;
    uint32_t number = 0;
  };
  enum class Fit { kWhole, kOpen, kNever };

  absl::Status Advance(bool is_end, const Visit& visit);
  // How many pending lines make a whole row; 0: none, and `*open` tells if more could.
  size_t FindRow(bool* open);
  Fit FitOf(std::string_view text);
  absl::Status VisitRow(size_t lines, bool is_cut_off, const Visit& visit);

  const bool is_padded_;
  CellSplitter splitter_;
  std::optional<CellFault> fault_;  // of what was split last
  std::deque<Pending> pending_;  // at most kSipriRowLinesMax
  std::string joined_;
};

}  // namespace dossier
