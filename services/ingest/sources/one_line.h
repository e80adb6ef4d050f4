// Text of a list's field as it is kept: in one line.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// Appends the text with white space at both ends removed, and each run of it (ASCII's) made one
// blank. U+00A0 is removed at the ends, and left within.
void AppendOneLine(std::string_view text, std::string& out);
std::string OneLine(std::string_view text);

// Appends `text`, if there is any, with `between` before it where `out` holds something already.
void AppendPart(std::string_view text, std::string_view between, std::string& out);

}  // namespace dossier
