// A text cut short for a message.
#pragma once

#include <cstddef>
#include <string_view>

namespace dossier {

// The text's first bytes, at most `bytes_max`, that end with a whole character.
inline std::string_view FrontOf(std::string_view utf8_text, size_t bytes_max) {
  if (utf8_text.size() <= bytes_max) return utf8_text;
  size_t size = bytes_max;
  while (size > 0 && (static_cast<unsigned char>(utf8_text[size]) & 0xc0) == 0x80) --size;
  return utf8_text.substr(0, size);
}

}  // namespace dossier
