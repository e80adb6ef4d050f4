// Records of separated values out of chunks of bytes, in bounded memory: RFC 4180, with a choice of
// the separator. A cell that begins with a quote goes on to the closing one, over line ends; a
// quote inside it is doubled. A quote elsewhere in a cell stands for itself.
//
//   CsvRecords records(',');
//   for (chunk : chunks) records.Feed(chunk, visit);
//   records.Finish(visit);
//
// Lines end in LF or CRLF; the last one may end with the file. A byte order mark is passed over.
// Text is UTF-8, or else Windows-1252, record by record. The records are the same for any chunking.
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace dossier {

inline constexpr size_t kCsvRecordBytesMax = 1 << 20;
inline constexpr size_t kCsvCellBytesMax = 256 << 10;
inline constexpr size_t kCsvCellsMax = 1'024;

struct CsvCell {
  std::string_view text;  // unquoted; blanks as they are
  size_t offset = 0;      // in bytes, of the cell (or its quote) in CsvRecord.text
};

// What makes a record unreadable, and where.
struct CsvFault {
  size_t offset = 0;
  std::string reason;
};

// From 1; the column in characters.
struct CsvPlace {
  uint32_t line = 0;
  uint32_t column = 0;
};

// Valid during the visit.
struct CsvRecord {
  std::string_view text;  // in UTF-8, without its line end
  std::vector<CsvCell> cells;
  uint32_t line = 0;  // first and last
  uint32_t line_end = 0;
  bool terminated = true;  // false: the file ended before a line end
  // Text after a closing quote, a control character, a cell or a number of cells over its limit.
  // The cells before it are there.
  std::optional<CsvFault> fault;

  // Nothing but blanks and separators.
  bool IsBlank() const;
  CsvPlace PlaceAt(size_t offset) const;
  // Of a cell, or of the record's end where it has no such cell.
  CsvPlace PlaceOfCell(size_t index) const;
};

class CsvRecords {
 public:
  using Visit = std::function<absl::Status(const CsvRecord& record)>;

  explicit CsvRecords(char separator) : separator_(separator) {}

  // Visits each record that ends in these bytes, empty lines too. Not OK: the visit's status, or
  // InvalidArgument "line 12: column 5: ...": a record over its limit, or a NUL byte.
  absl::Status Feed(std::string_view bytes, const Visit& visit);
  // Visits what stands after the last line end. Also InvalidArgument: a quote is still open.
  absl::Status Finish(const Visit& visit);

  // Of the last record visited; 0: none.
  uint32_t last_line() const { return line_ - 1; }

 private:
  enum class At { kCellStart, kText, kQuoted, kQuoteInQuoted };

  // Moves `scanned_` on in `bytes`, which begin with the record; whether its line end was reached.
  bool FindEnd(std::string_view bytes);
  absl::Status OnRecord(std::string_view bytes, bool terminated, const Visit& visit);
  absl::Status TooLong() const;
  absl::Status ErrorAt(std::string_view bytes, size_t offset, std::string_view problem) const;
  void Split();
  // Reads the quoted cell at `*at` and moves it behind the closing quote.
  void SplitQuoted(size_t* at);

  const char separator_;
  std::string pending_;  // the start of a record whose end was not fed yet
  size_t scanned_ = 0;
  size_t quote_ = 0;  // offset of the last quote that opened a cell
  At at_ = At::kCellStart;
  uint32_t line_ = 1;  // of the next record's start
  CsvRecord record_;
  std::string converted_;
  std::string unquoted_;  // cells with doubled quotes undone; reserved for a record, so never moved
};

}  // namespace dossier
