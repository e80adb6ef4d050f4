// A field of a Protobuf message, written by hand where what it holds is serialised already.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "google/protobuf/io/coded_stream.h"

namespace dossier {

// Appends a string, bytes or message field to serialised bytes. Fields stand in ascending number.
inline void AppendField(uint32_t number, std::string_view bytes, std::string& out) {
  constexpr uint32_t kLengthDelimited = 2;
  using google::protobuf::io::CodedOutputStream;
  uint8_t head[2 * 5];
  uint8_t* end = CodedOutputStream::WriteVarint32ToArray(number << 3 | kLengthDelimited, head);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(bytes.size()), end);
  out.append(reinterpret_cast<const char*>(head), static_cast<size_t>(end - head));
  out.append(bytes);
}

}  // namespace dossier
