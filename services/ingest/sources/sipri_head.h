// What comes before the rows of an export from SIPRI's arms-transfer database: a preamble
// (sipri_preamble.h) or none, and the column headings. And how such a file writes its lines.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/sipri_coverage.h"
#include "services/model/actors.h"

namespace dossier {

// The first line of a file, without byte order mark and line end.
std::string_view FirstSipriLine(std::string_view bytes);
// Whether a line begins with a heading, in quotes or not.
bool BeginsWithHeading(std::string_view line, std::string_view heading);
// Whether a file's first bytes begin with the first line of a preamble.
bool BeginsWithPreamble(std::string_view first_bytes);
// Whether among a file's first bytes a line begins with the headings of the layout with a row a
// deal: Recipient, Supplier.
bool HoldsSipriRegisterHeader(std::string_view first_bytes);

// A line in UTF-8, without byte order mark. One line at a time: the text of the one before is gone.
class SipriLineText {
 public:
  std::string_view Of(const Line& line);

 private:
  std::string converted_;
};

// Without ";" and blanks at its end, with which a spreadsheet fills lines up.
std::string_view WithoutSipriPadding(std::string_view line);

// The offset of a control character in a row in UTF-8, or npos. Tabs and line ends count as blanks.
size_t FindSipriControl(std::string_view row);
v1::Rejection RejectSipriControl(std::string_view row, size_t offset);

// Reads the lines above the rows, one after the other.
class SipriHead {
 public:
  // All must outlive it.
  SipriHead(std::span<const std::string_view> headings, std::string_view source,
            const ActorTable& table, SipriCoverage& coverage)
      : headings_(headings), source_(source), table_(table), coverage_(coverage) {}

  // Takes the next line. InvalidArgument "line 1: column 42: ...": it does not read.
  absl::Status Take(std::string_view text, uint32_t number);
  // The headings have come: what follows are rows.
  bool is_done() const { return expecting_ == Expecting::kNothing; }
  // InvalidArgument: the file ends, after so many lines, before the headings came.
  absl::Status CheckDone(uint32_t last_line) const;

 private:
  enum class Expecting { kFirstLine, kPreamble, kHeadings, kNothing };

  absl::Status TakeFirstLine(std::string_view text);
  absl::Status TakePreambleLine(std::string_view text, uint32_t number);
  absl::Status TakeHeadings(std::string_view text, uint32_t number);

  const std::span<const std::string_view> headings_;
  const std::string_view source_;
  const ActorTable& table_;
  SipriCoverage& coverage_;
  CellSplitter splitter_;
  Expecting expecting_ = Expecting::kFirstLine;
};

}  // namespace dossier
