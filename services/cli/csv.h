// CSV for programs: RFC 4180, but lines end in LF, as other tools of the shell expect.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// A field as it stands in a row: quoted where it holds a comma, a quote or a line end, or has a
// blank at either end.
std::string CsvField(std::string_view field);

void PrintCsvRow(std::ostream& out, const std::vector<std::string>& fields);

}  // namespace dossier
