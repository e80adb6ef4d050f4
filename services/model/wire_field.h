// A field of a Protobuf message, written by hand where what it holds is serialised already.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier {

inline void AppendVarint(uint32_t number, std::string& out) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(number | 0x80));
  out.push_back(static_cast<char>(number));
}

// Appends a string, bytes or message field to serialised bytes. Fields stand in ascending number.
inline void AppendField(uint32_t number, std::string_view bytes, std::string& out) {
  constexpr uint32_t kLengthDelimited = 2;
  AppendVarint(number << 3 | kLengthDelimited, out);
  AppendVarint(static_cast<uint32_t>(bytes.size()), out);
  out.append(bytes);
}

}  // namespace dossier
