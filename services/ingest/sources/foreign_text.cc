#include "services/ingest/sources/foreign_text.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "services/model/front_of.h"
#include "services/utf8.h"

namespace dossier {
namespace {

constexpr size_t kQuotedBytesMax = 60;

// Windows-1252 from 0x80 to 0x9f: https://encoding.spec.whatwg.org/index-windows-1252.txt
constexpr std::array<uint16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

// Of a character below U+10000.
void AppendUtf8(uint32_t character, std::string& out) {
  if (character < 0x80) {
    out.push_back(static_cast<char>(character));
    return;
  }
  if (character < 0x800) {
    out.push_back(static_cast<char>(0xc0 | character >> 6));
  } else {
    out.push_back(static_cast<char>(0xe0 | character >> 12));
    out.push_back(static_cast<char>(0x80 | (character >> 6 & 0x3f)));
  }
  out.push_back(static_cast<char>(0x80 | (character & 0x3f)));
}

}  // namespace

std::string ToUtf8(std::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (char c : bytes) {
    const uint8_t byte = static_cast<uint8_t>(c);
    AppendUtf8(byte >= 0x80 && byte < 0xa0 ? kWindows1252[byte - 0x80] : byte, text);
  }
  return text;
}

uint32_t ColumnAt(std::string_view utf8_line, size_t offset) {
  const std::string_view before = utf8_line.substr(0, offset);
  return 1 + static_cast<uint32_t>(std::count_if(before.begin(), before.end(),
                                                 [](char c) { return !IsContinuation(c); }));
}

std::string Quoted(std::string_view utf8_text) {
  const std::string shown(FrontOf(utf8_text, kQuotedBytesMax));
  return absl::StrCat("\"", shown, shown.size() < utf8_text.size() ? "...\"" : "\"");
}

absl::Status LineError(uint32_t line, uint32_t column, std::string_view problem) {
  std::string message = absl::StrCat("line ", line, ": ");
  if (column != 0) absl::StrAppend(&message, "column ", column, ": ");
  message += problem;
  return absl::InvalidArgumentError(message);
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return text.substr(text.size());
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace dossier
