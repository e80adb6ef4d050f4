// Text as a terminal shows it: widths in columns, not bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// Columns that a UTF-8 text takes: 2 for wide East Asian characters, 0 for combining ones.
int DisplayWidth(std::string_view text);

// The text without control characters, each shown as "?": what a publisher prints must not move
// the cursor. Bytes that are not UTF-8 become U+FFFD.
std::string Printable(std::string_view text);

// The text cut to at most `columns` columns, the last of them "…" where something was cut.
std::string CutToWidth(std::string_view text, int columns);

// Filled with blanks to `columns`, on the right or on the left. A wider text stays as it is.
std::string PadRight(std::string_view text, int columns);
std::string PadLeft(std::string_view text, int columns);

// Lines of at most `columns` columns, broken at blanks; a longer word stands on a line of its own.
std::vector<std::string> Wrap(std::string_view text, int columns);

// A row of bars, one for each value, the highest for the largest; values of 0 or less show as "·".
std::string Sparkline(const std::vector<long long>& values);

}  // namespace dossier
