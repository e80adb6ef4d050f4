#include "services/model/name_words.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "services/model/event_id.h"

namespace dossier {

NameWords WordsOf(std::string_view folded_name) {
  NameWords name;
  while (!folded_name.empty()) {
    const size_t end = std::min(folded_name.find(' '), folded_name.size());
    if (end > 0) name.words.emplace_back(folded_name.substr(0, end));
    folded_name.remove_prefix(std::min(end + 1, folded_name.size()));
  }
  std::sort(name.words.begin(), name.words.end());
  name.digest = Sha256(absl::StrJoin(name.words, " ")).substr(0, kWordsDigestSize);
  name.words.erase(std::unique(name.words.begin(), name.words.end()), name.words.end());
  if (name.words.size() > kNameWordsMax) name.words.resize(kNameWordsMax);
  return name;
}

}  // namespace dossier
