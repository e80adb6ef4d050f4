#include "services/ingest/sources/ofac_file_name.h"

#include <string>

#include "absl/strings/ascii.h"

namespace dossier {

OfacList OfacListOfFileName(std::string_view file_name) {
  const std::string_view base = file_name.substr(file_name.find_last_of("/\\") + 1);
  OfacList list = OfacList::kUnknown;
  std::string word;
  for (size_t i = 0; i <= base.size(); ++i) {
    const auto c = static_cast<unsigned char>(i < base.size() ? base[i] : ' ');
    if (absl::ascii_isalpha(c)) {
      word.push_back(absl::ascii_tolower(c));
      continue;
    }
    if (word == "cons" || word == "consolidated") return OfacList::kConsolidated;
    if (word == "sdn" || word == "add" || word == "alt") list = OfacList::kSdn;
    word.clear();
  }
  return list;
}

}  // namespace dossier
