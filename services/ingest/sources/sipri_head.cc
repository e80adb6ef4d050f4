#include "services/ingest/sources/sipri_head.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/sipri_cells.h"
#include "services/ingest/sources/sipri_preamble.h"

namespace dossier {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr uint32_t kPreambleLinesMax = 64;
// No line of prose in a preamble has as many commas; a damaged header still has.
constexpr int kHeaderCommasMin = 10;

// A preamble line without the commas with which a spreadsheet fills it up, and a closing quote.
std::string_view PreambleText(std::string_view line) {
  return line.substr(0, line.find_last_not_of(",;\" \t") + 1);
}

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

std::string FoundCell(const std::vector<Cell>& cells, size_t column) {
  return column < cells.size() ? Quoted(cells[column].text) : "the end of the line";
}

bool IsAscii(std::string_view line) {
  char seen = 0;
  for (char c : line) seen |= c;
  return (seen & 0x80) == 0;
}

}  // namespace

std::string_view FirstSipriLine(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes.substr(0, bytes.find('\n'));
}

bool BeginsWithHeading(std::string_view line, std::string_view heading) {
  if (line.starts_with('"')) line.remove_prefix(1);
  return line.starts_with(heading);
}

bool BeginsWithPreamble(std::string_view first_bytes) {
  return IsSipriScopeLine(PreambleText(FirstSipriLine(first_bytes)));
}

bool HoldsSipriRegisterHeader(std::string_view first_bytes) {
  for (std::string_view header : {"Recipient,Supplier,", "\"Recipient\",\"Supplier\","}) {
    if (FirstSipriLine(first_bytes).starts_with(header)) return true;
    if (first_bytes.find(absl::StrCat("\n", Absl(header))) != std::string_view::npos) return true;
  }
  return false;
}

std::string_view SipriLineText::Of(const Line& line) {
  std::string_view text = line.text;
  if (line.number == 1 && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  if (IsAscii(text)) return text;
  converted_ = ToUtf8(text);
  return converted_;
}

std::string_view WithoutSipriPadding(std::string_view line) {
  return line.substr(0, line.find_last_not_of("; \t") + 1);
}

size_t FindSipriControl(std::string_view row) {
  const auto found = std::find_if(row.begin(), row.end(), [](char c) {
    return (static_cast<uint8_t>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
  });
  return found == row.end() ? std::string_view::npos : static_cast<size_t>(found - row.begin());
}

v1::Rejection RejectSipriControl(std::string_view row, size_t offset) {
  return RejectSipriRow(row, offset, "",
                        absl::StrCat("a control character, 0x",
                                     absl::Hex(static_cast<uint8_t>(row[offset]), absl::kZeroPad2),
                                     ": expected text"));
}

absl::Status SipriHead::Take(std::string_view text, uint32_t number) {
  return expecting_ == Expecting::kFirstLine ? TakeFirstLine(text) : TakePreambleLine(text, number);
}

absl::Status SipriHead::TakeFirstLine(std::string_view text) {
  if (BeginsWithHeading(text, headings_.front())) return TakeHeadings(text, 1);
  const std::string_view title = PreambleText(text);
  if (!IsSipriScopeLine(title)) {
    return LineError(1, 1,
                     absl::StrCat("expected \"Transfers of major conventional arms\" or header ",
                                  Quoted(headings_.front()), ", found ", Quoted(title)));
  }
  auto scope = ReadSipriScope(title, source_, table_);
  if (!scope.ok()) return scope.status();
  coverage_.SetScope(*std::move(scope));
  expecting_ = Expecting::kPreamble;
  return absl::OkStatus();
}

absl::Status SipriHead::TakePreambleLine(std::string_view text, uint32_t number) {
  const std::string_view prose = PreambleText(text);
  if (prose.empty()) return absl::OkStatus();
  if (expecting_ == Expecting::kHeadings || BeginsWithHeading(text, headings_.front()) ||
      number > kPreambleLinesMax ||
      std::count(prose.begin(), prose.end(), ',') >= kHeaderCommasMin) {
    return TakeHeadings(text, number);
  }
  auto stamp = ReadSipriGenerated(prose, number);
  if (!stamp.ok()) return stamp.status();
  if (stamp->has_value()) {
    coverage_.SetStamp(**stamp);
    expecting_ = Expecting::kHeadings;
  }
  return absl::OkStatus();
}

absl::Status SipriHead::TakeHeadings(std::string_view line, uint32_t number) {
  const std::string_view text = WithoutSipriPadding(line);
  if (auto fault = splitter_.Split(text)) {
    return LineError(number, ColumnAt(text, fault->offset), fault->reason);
  }
  const std::vector<Cell>& cells = splitter_.cells();
  for (size_t i = 0; i < headings_.size(); ++i) {
    if (i < cells.size() && cells[i].text == headings_[i]) continue;
    return LineError(
        number, ColumnAt(text, i < cells.size() ? cells[i].offset : text.size()),
        absl::StrCat("expected header ", headings_[i].empty() ? "" : Quoted(headings_[i]),
                     headings_[i].empty() ? "of a blank" : "", ", found ", FoundCell(cells, i)));
  }
  if (cells.size() > headings_.size()) {
    return LineError(number, ColumnAt(text, cells[headings_.size()].offset),
                     absl::StrCat("expected the end of the line after header ",
                                  Quoted(headings_.back()), ", found ",
                                  FoundCell(cells, headings_.size())));
  }
  expecting_ = Expecting::kNothing;
  return absl::OkStatus();
}

absl::Status SipriHead::CheckDone(uint32_t last_line) const {
  if (last_line == 0) {
    return LineError(1, 1,
                     absl::StrCat("the file is empty: expected \"Transfers of major conventional "
                                  "arms\" or header ",
                                  Quoted(headings_.front())));
  }
  if (is_done()) return absl::OkStatus();
  return LineError(last_line + 1, 1,
                   absl::StrCat("the file ends before the table: expected header ",
                                Quoted(headings_.front())));
}

}  // namespace dossier
