// FoldName: for searching, so it may lose what a reader would call a different spelling.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "services/model/actors.h"

namespace dossier {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

// Letters that Unicode does not take apart, in the spelling of those who have no such key.
const char* PlainSpelling(UChar32 letter) {
  switch (letter) {
    case 0x00e6:
      return "ae";
    case 0x00f0:
    case 0x0111:
      return "d";
    case 0x00f8:
      return "o";
    case 0x00fe:
      return "th";
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    case 0x0142:
      return "l";
    case 0x0153:
      return "oe";
    case 0x0167:
      return "t";
    default:
      return nullptr;
  }
}

// Accents have the script "inherited"; vowel signs of Indian scripts, which are no accents, have
// their own.
bool IsAccent(UChar32 c) {
  if (u_charType(c) != U_NON_SPACING_MARK) return false;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_INHERITED;
}

bool IsKept(UChar32 c) {
  const int8_t type = u_charType(c);
  if (type == U_MODIFIER_LETTER && c < 0x0300) return false;  // apostrophes of transliteration
  return u_isalnum(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

std::string FoldAscii(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  bool is_blank_due = false;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
      is_blank_due = !folded.empty();
      continue;
    }
    if (is_blank_due) folded.push_back(' ');
    is_blank_due = false;
    folded.push_back(c);
  }
  return folded;
}

icu::UnicodeString FoldUnicode(const icu::UnicodeString& decomposed) {
  icu::UnicodeString folded;
  bool is_blank_due = false;
  for (int32_t i = 0; i < decomposed.length();) {
    const UChar32 c = decomposed.char32At(i);
    i += U16_LENGTH(c);
    if (IsAccent(c)) continue;
    if (!IsKept(c)) {
      is_blank_due = !folded.isEmpty();
      continue;
    }
    if (is_blank_due) folded.append(static_cast<UChar32>(' '));
    is_blank_due = false;
    if (const char* plain = PlainSpelling(c)) {
      folded.append(icu::UnicodeString::fromUTF8(plain));
    } else {
      folded.append(c);
    }
  }
  return folded;
}

}  // namespace

std::string FoldName(std::string_view name) {
  if (IsAscii(name)) return FoldAscii(name);
  UErrorCode status = U_ZERO_ERROR;
  // ICU owns these, for all threads.
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return FoldAscii(name);
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  const icu::UnicodeString lower = casefold->normalize(text, status);
  const icu::UnicodeString folded =
      compose->normalize(FoldUnicode(decompose->normalize(lower, status)), status);
  if (U_FAILURE(status)) return FoldAscii(name);
  std::string utf8;
  folded.toUTF8String(utf8);
  return utf8;
}

}  // namespace dossier
