#include "services/cli/csv.h"

namespace dossier {

std::string CsvField(std::string_view field) {
  const bool padded = !field.empty() && (field.front() == ' ' || field.back() == ' ');
  if (!padded && field.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(field);
  }
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

void PrintCsvRow(std::ostream& out, const std::vector<std::string>& fields) {
  for (size_t i = 0; i < fields.size(); ++i) out << (i > 0 ? "," : "") << CsvField(fields[i]);
  out << '\n';
}

}  // namespace dossier
