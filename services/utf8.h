// Text from outside as text that JSON and Protobuf accept.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

// Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above
// U+10FFFF).
bool IsUtf8(std::string_view bytes);

// The bytes with everything that is not well-formed UTF-8 replaced by U+FFFD, one for each
// offending byte.
std::string ValidUtf8(std::string_view bytes);

// The text's first bytes, at most `bytes_max`, that end with a whole character.
inline std::string_view FrontOf(std::string_view utf8_text, size_t bytes_max) {
  if (utf8_text.size() <= bytes_max) return utf8_text;
  size_t size = bytes_max;
  while (size > 0 && (static_cast<unsigned char>(utf8_text[size]) & 0xc0) == 0x80) --size;
  return utf8_text.substr(0, size);
}

}  // namespace dossier
