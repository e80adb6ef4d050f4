#include "services/ingest/sources/un_reference.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace dossier {
namespace {

// Between "UN" and the number.
constexpr size_t kWordsBytesMax = 40;

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
char Lower(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }

size_t DigitsAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsDigit(text[end])) ++end;
  return end - at;
}

// Length of "QDi.430" at `at`; 0: none.
size_t NewForm(std::string_view text, size_t at) {
  if (at + 7 > text.size() || !IsUpper(text[at]) || !IsUpper(text[at + 1])) return 0;
  const char kind = Lower(text[at + 2]);
  if ((kind != 'i' && kind != 'e') || text[at + 3] != '.') return 0;
  size_t digits = at + 4;
  if (text[digits] == ' ') ++digits;
  return DigitsAt(text, digits) == 3 ? digits + 3 - at : 0;
}

// Length of "QI.A.18.01" at `at`; 0: none.
size_t OldForm(std::string_view text, size_t at) {
  if (at + 9 > text.size() || (text[at] != 'Q' && text[at] != 'T') ||
      (text[at + 1] != 'I' && text[at + 1] != 'E') || text[at + 2] != '.' ||
      !IsUpper(text[at + 3]) || text[at + 4] != '.') {
    return 0;
  }
  const size_t number = DigitsAt(text, at + 5);
  const size_t point = at + 5 + number;
  if (number < 1 || number > 3 || point >= text.size() || text[point] != '.') return 0;
  return DigitsAt(text, point + 1) == 2 ? point + 3 - at : 0;
}

}  // namespace

std::optional<UnReference> FindUnReference(std::string_view text, size_t from) {
  for (size_t at = from; at + 7 <= text.size(); ++at) {
    if (!IsUpper(text[at]) || (at > 0 && (IsLetter(text[at - 1]) || IsDigit(text[at - 1])))) {
      continue;
    }
    size_t length = NewForm(text, at);
    const bool is_new_form = length != 0;
    if (!is_new_form) length = OldForm(text, at);
    if (length == 0) continue;
    UnReference reference;
    reference.offset = at;
    reference.printed = text.substr(at, length);
    reference.number = reference.printed;
    std::erase(reference.number, ' ');
    if (is_new_form) reference.number[2] = Lower(reference.number[2]);
    return reference;
  }
  return std::nullopt;
}

std::optional<UnReference> FindOwnUnReference(std::string_view text, size_t from) {
  for (std::optional<UnReference> found = FindUnReference(text, from); found;
       found = FindUnReference(text, found->offset + found->printed.size())) {
    const size_t begin = found->offset - std::min(found->offset - from, kWordsBytesMax);
    const std::string_view before = text.substr(begin, found->offset - begin);
    const size_t un = before.rfind("UN");
    if (un == std::string_view::npos || (un > 0 && IsLetter(before[un - 1]))) continue;
    const std::string words = absl::AsciiStrToLower(std::string(before.substr(un)));
    // "UN Ref", "UN SC reference no.", and nothing that begins another thought.
    if (words.find("ref") == std::string::npos ||
        words.find_first_of(";,)]") != std::string::npos) {
      continue;
    }
    const size_t end = found->offset + found->printed.size();
    found->offset = begin + un;
    found->printed = text.substr(found->offset, end - found->offset);
    return found;
  }
  return std::nullopt;
}

}  // namespace dossier
