#include "services/ingest/sources/csv_records.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsAscii(std::string_view text) {
  char seen = 0;
  for (char c : text) seen |= c;
  return (seen & 0x80) == 0;
}

// The offset of a control character that no text has, or npos.
size_t FindControl(std::string_view text) {
  const auto found = std::find_if(text.begin(), text.end(), [](char c) {
    const uint8_t byte = static_cast<uint8_t>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
  });
  return found == text.end() ? std::string_view::npos : static_cast<size_t>(found - text.begin());
}

// Where an offset lies, in a text that begins in a line.
CsvPlace PlaceIn(std::string_view text, size_t offset, uint32_t line) {
  const std::string_view before = text.substr(0, offset);
  const size_t line_end = before.rfind('\n');
  const size_t begin = line_end == std::string_view::npos ? 0 : line_end + 1;
  line += static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n'));
  return {line, ColumnAt(text.substr(begin), offset - begin)};
}

}  // namespace

bool CsvRecord::IsBlank() const {
  return !fault && std::all_of(cells.begin(), cells.end(),
                               [](const CsvCell& cell) { return Trimmed(cell.text).empty(); });
}

CsvPlace CsvRecord::PlaceAt(size_t offset) const { return PlaceIn(text, offset, line); }

CsvPlace CsvRecord::PlaceOfCell(size_t index) const {
  return PlaceAt(index < cells.size() ? cells[index].offset : text.size());
}

absl::Status CsvRecords::Feed(std::string_view bytes, const Visit& visit) {
  const bool continues = !pending_.empty();
  if (continues) pending_.append(bytes);
  std::string_view rest = continues ? std::string_view(pending_) : bytes;
  while (FindEnd(rest)) {
    const size_t size = scanned_;
    if (auto status = OnRecord(rest.substr(0, size - 1), true, visit); !status.ok()) return status;
    rest.remove_prefix(size);
  }
  if (rest.size() > kCsvRecordBytesMax) return TooLong();
  // `rest` may lie in pending_.
  if (continues) {
    pending_.erase(0, pending_.size() - rest.size());
  } else {
    pending_.assign(rest);
  }
  return absl::OkStatus();
}

absl::Status CsvRecords::Finish(const Visit& visit) {
  if (at_ == At::kQuoted) {
    return ErrorAt(pending_, quote_,
                   "a quote that is not closed: expected \" before the file's end");
  }
  if (pending_.empty()) return absl::OkStatus();
  const std::string last = std::move(pending_);
  pending_.clear();
  return OnRecord(last, false, visit);
}

bool CsvRecords::FindEnd(std::string_view bytes) {
  if (line_ == 1 && scanned_ == 0) {
    if (bytes.starts_with(kByteOrderMark)) {
      scanned_ = kByteOrderMark.size();
    } else if (kByteOrderMark.starts_with(bytes)) {
      return false;  // perhaps the start of one
    }
  }
  while (scanned_ < bytes.size()) {
    const char c = bytes[scanned_];
    switch (at_) {
      case At::kCellStart:
        at_ = c == '"' ? At::kQuoted : At::kText;
        if (c != '"') break;
        quote_ = scanned_++;
        break;
      case At::kQuoted: {
        const void* const quote = std::memchr(&bytes[scanned_], '"', bytes.size() - scanned_);
        if (quote == nullptr) {
          scanned_ = bytes.size();
          return false;
        }
        scanned_ = static_cast<size_t>(static_cast<const char*>(quote) - bytes.data()) + 1;
        at_ = At::kQuoteInQuoted;
        break;
      }
      case At::kQuoteInQuoted:
        at_ = c == '"' ? At::kQuoted : At::kText;
        if (c == '"') ++scanned_;
        break;
      case At::kText:
        while (scanned_ < bytes.size() && bytes[scanned_] != separator_ &&
               bytes[scanned_] != '\n') {
          ++scanned_;
        }
        if (scanned_ == bytes.size()) return false;
        at_ = At::kCellStart;
        if (bytes[scanned_++] == '\n') return true;
        break;
    }
  }
  return false;
}

absl::Status CsvRecords::OnRecord(std::string_view bytes, bool terminated, const Visit& visit) {
  scanned_ = 0;
  at_ = At::kCellStart;
  if (bytes.size() > kCsvRecordBytesMax) return TooLong();
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    return ErrorAt(bytes, nul, "a NUL byte: expected a text file");
  }
  if (!bytes.empty() && bytes.back() == '\r') bytes.remove_suffix(1);
  if (line_ == 1 && bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  record_.text = bytes;
  if (!IsAscii(bytes)) {
    converted_ = ToUtf8(bytes);
    record_.text = converted_;
  }
  record_.line = line_;
  record_.line_end = line_ + static_cast<uint32_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  record_.terminated = terminated;
  line_ = record_.line_end + 1;
  Split();
  return visit(record_);
}

absl::Status CsvRecords::TooLong() const {
  return LineError(line_, 1,
                   absl::StrCat("the record is too long: expected at most ", kCsvRecordBytesMax,
                                " bytes; perhaps a quote in it is not closed"));
}

absl::Status CsvRecords::ErrorAt(std::string_view bytes, size_t offset,
                                 std::string_view problem) const {
  const std::string before = ToUtf8(bytes.substr(0, offset));
  const CsvPlace place = PlaceIn(before, before.size(), line_);
  return LineError(place.line, place.column, problem);
}

void CsvRecords::Split() {
  const std::string_view text = record_.text;
  std::vector<CsvCell>& cells = record_.cells;
  cells.clear();
  unquoted_.clear();
  record_.fault.reset();
  for (size_t at = 0; !record_.fault; ++at) {
    if (cells.size() >= kCsvCellsMax) {
      record_.fault = CsvFault{at, absl::StrCat("too many cells: expected at most ", kCsvCellsMax)};
      return;
    }
    if (at < text.size() && text[at] == '"') {
      SplitQuoted(&at);
    } else {
      const size_t end = std::min(text.find(separator_, at), text.size());
      cells.push_back({text.substr(at, end - at), at});
      at = end;
    }
    if (cells.back().text.size() > kCsvCellBytesMax) {
      record_.fault = CsvFault{
          cells.back().offset,
          absl::StrCat("the cell is too long: expected at most ", kCsvCellBytesMax, " bytes")};
    }
    if (at >= text.size()) break;
  }
  if (record_.fault) return;
  if (const size_t at = FindControl(text); at != std::string_view::npos) {
    record_.fault =
        CsvFault{at, absl::StrCat("a control character, 0x",
                                  absl::Hex(static_cast<uint8_t>(text[at]), absl::kZeroPad2),
                                  ": expected text")};
  }
}

void CsvRecords::SplitQuoted(size_t* at) {
  const std::string_view text = record_.text;
  const size_t open = *at;
  size_t from = open + 1;
  size_t quote = text.find('"', from);
  if (quote + 1 >= text.size() || text[quote + 1] != '"') {
    // The usual cell, which has no quotes in it.
    record_.cells.push_back({text.substr(from, quote - from), open});
  } else {
    if (unquoted_.capacity() < text.size()) unquoted_.reserve(text.size());
    const size_t begin = unquoted_.size();
    while (quote + 1 < text.size() && text[quote + 1] == '"') {
      unquoted_.append(text, from, quote + 1 - from);
      from = quote + 2;
      quote = text.find('"', from);
    }
    unquoted_.append(text, from, quote - from);
    record_.cells.push_back({std::string_view(unquoted_).substr(begin), open});
  }
  *at = quote + 1;
  if (*at < text.size() && text[*at] != separator_) {
    record_.fault = CsvFault{*at, "text after a closing quote: expected a separator or a line end"};
  }
}

}  // namespace dossier
