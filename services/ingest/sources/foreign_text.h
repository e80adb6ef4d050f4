// Text out of a publisher's file: its encoding, and how messages point into it and quote it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace dossier {

// The text as UTF-8: well-formed bytes as they are, others as Windows-1252, of which Latin-1's
// printable characters are a part. The five bytes that Windows-1252 leaves undefined become the
// control characters of the same number, as WHATWG's encoding standard has it.
std::string ToUtf8(std::string_view bytes);

// The column, from 1 and in characters, of a byte of a UTF-8 line; past its end: the next column.
uint32_t ColumnAt(std::string_view utf8_line, size_t offset);

// The text in double quotes, for a message; cut to 60 bytes, with "..." where it was longer.
std::string Quoted(std::string_view utf8_text);

// InvalidArgument: "line 12: column 1: PROBLEM". Column 0: the whole line, and left out.
absl::Status LineError(uint32_t line, uint32_t column, std::string_view problem);

// Blanks and tabs at both ends removed.
std::string_view Trimmed(std::string_view text);

}  // namespace dossier
