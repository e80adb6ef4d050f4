// The reference numbers of the UN Security Council's lists, as texts mention them.
//
//   QDi.430    today: two letters of the list, i (individual) or e (entity), three digits. Other
//              lists print "QDI.430", "QDi. 430".
//   QI.A.18.01 of the Al-Qaida and Taliban lists until 2014
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier {

struct UnReference {
  std::string number;        // in the UN's spelling: "QDi.430", "QI.A.18.01"
  std::string_view printed;  // as it stands in the text
  size_t offset = 0;
};

// The first reference number at `from` or behind it.
std::optional<UnReference> FindUnReference(std::string_view text, size_t from = 0);

// The same of what a text calls its own: the words before it are "UN Ref", "UN reference number" or
// the like, since a remark also mentions the numbers of others. `printed` begins with these words.
std::optional<UnReference> FindOwnUnReference(std::string_view text, size_t from = 0);

}  // namespace dossier
