#include "services/ingest/sources/one_line.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace dossier {
namespace {

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

static_assert(std::endian::native == std::endian::little);

bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view WithoutEnds(std::string_view text) {
  const auto is_plain = [](char c) { return c > ' ' && c < 0x7f; };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  for (;;) {
    if (!text.empty() && IsBlank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  for (;;) {
    if (!text.empty() && IsBlank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      return text;
    }
  }
}

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighs = 0x8080808080808080;

// The high bit of each byte that is ASCII and below `limit`, which is at most 0x80.
uint64_t BytesBelow(uint64_t limit, uint64_t word) {
  return ~((word & ~kHighs) + kOnes * (0x80 - limit)) & ~word & kHighs;
}

// Where the text, from `from` on, first has white space other than single blanks; or another
// control character. Eight bytes at a time. Before `from` stands no blank.
size_t FindToMend(std::string_view text, size_t from) {
  uint64_t blank_before = 0;  // 0x80: the byte before the word is a blank
  size_t at = from;
  for (; at + sizeof(uint64_t) <= text.size(); at += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof(word));
    const uint64_t blanks = BytesBelow(' ' + 1, word);
    const uint64_t found = BytesBelow(' ', word) | (blanks & (blanks << 8 | blank_before));
    if (found != 0) return at + std::countr_zero(found) / 8;
    blank_before = blanks >> 56;
  }
  for (; at < text.size(); ++at) {
    const unsigned char c = text[at];
    if (c < ' ' || (c == ' ' && at > from && text[at - 1] == ' ')) return at;
  }
  return text.size();
}

}  // namespace

void AppendOneLine(std::string_view text, std::string& out) {
  text = WithoutEnds(text);
  for (size_t from = 0; from < text.size();) {
    const size_t found = FindToMend(text, from);
    out.append(text, from, found - from);
    if (found == text.size()) return;
    from = found;
    if (!IsBlank(text[found])) {
      out.push_back(text[from++]);
      continue;
    }
    while (IsBlank(text[from])) ++from;  // the last character is none
    if (text[found - 1] != ' ') out.push_back(' ');
  }
}

std::string OneLine(std::string_view text) {
  std::string line;
  AppendOneLine(text, line);
  return line;
}

void AppendPart(std::string_view text, std::string_view between, std::string& out) {
  if (text.empty()) return;
  if (!out.empty()) out.append(between);
  out.append(text);
}

}  // namespace dossier
