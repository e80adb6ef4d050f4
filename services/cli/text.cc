#include "services/cli/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_split.h"

namespace dossier {
namespace {

// The next character, from 0 <= *at < text.size(); moves *at past it.
UChar32 NextCharacter(std::string_view text, int32_t* at) {
  UChar32 character = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), *at,
                  static_cast<int32_t>(text.size()), character);
  return character;
}

void AppendCharacter(UChar32 character, std::string* text) {
  uint8_t bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, character);
  text->append(reinterpret_cast<const char*>(bytes), length);
}

int WidthOf(UChar32 character) {
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Controls, line ends, and the marks that turn the direction of text around.
bool MovesCursor(UChar32 character) {
  switch (u_charType(character)) {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return true;
    default:
      return u_hasBinaryProperty(character, UCHAR_BIDI_CONTROL);
  }
}

std::string Blanks(std::string_view text, int columns) {
  return std::string(std::max(0, columns - DisplayWidth(text)), ' ');
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    width += WidthOf(NextCharacter(text, &at));
  }
  return width;
}

std::string Printable(std::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    const UChar32 character = NextCharacter(text, &at);
    AppendCharacter(MovesCursor(character) ? '?' : character, &printable);
  }
  return printable;
}

std::string CutToWidth(std::string_view text, int columns) {
  if (DisplayWidth(text) <= columns) return std::string(text);
  if (columns <= 0) return "";
  int width = 0;
  int32_t end = 0;
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    width += WidthOf(NextCharacter(text, &at));
    if (width > columns - 1) break;
    end = at;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string PadRight(std::string_view text, int columns) {
  return std::string(text) + Blanks(text, columns);
}

std::string PadLeft(std::string_view text, int columns) {
  return Blanks(text, columns) + std::string(text);
}

std::vector<std::string> Wrap(std::string_view text, int columns) {
  std::vector<std::string> lines;
  const std::string whole(text);
  for (const auto& part : absl::StrSplit(whole, absl::ByAnyChar(" \n"), absl::SkipEmpty())) {
    const std::string word(part.data(), part.size());
    if (!lines.empty() && DisplayWidth(lines.back()) + 1 + DisplayWidth(word) <= columns) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

std::string Sparkline(const std::vector<long long>& values) {
  static constexpr const char* kBars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  long long largest = 0;
  for (const long long value : values) largest = std::max(largest, value);
  std::string line;
  for (const long long value : values) {
    if (value <= 0) {
      line += "·";
      continue;
    }
    const double height = static_cast<double>(value) / static_cast<double>(largest);
    line += kBars[std::min(7, static_cast<int>(height * 8))];
  }
  return line;
}

}  // namespace dossier
