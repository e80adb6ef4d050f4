// The reference numbers of the UN Security Council's lists, as the texts of other lists name them.
// One rule for all of these lists.
//
//   QDi.430    today: two letters of the list, i (individual) or e (entity), three digits. Other
//              lists print "QDI.430", "QDi. 430".
//   QI.A.18.01 of the Al-Qaida and Taliban lists until 2014
//   E.29.I.11  and others of before: letters, digits and points; only where the words before it say
//              what it is. As printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/sanction.pb.h"

namespace dossier {

inline constexpr size_t kUnReferencesMax = 100;  // taken from one text

struct UnReference {
  std::string number;        // in the UN's spelling: "QDi.430", "QI.A.18.01"
  std::string_view printed;  // as it stands in the text
  size_t offset = 0;
};

// The first reference number of the first two forms at `from` or behind it.
std::optional<UnReference> FindUnReference(std::string_view text, size_t from = 0);

// Each one that a text names as the party's: behind "UN Ref", "UN reference number" or the like, in
// capitals or not, since a text also mentions the numbers of others; so does one in brackets behind
// a word ("Brother of X (UN Ref QDi.001)"). `printed` begins with these words.
std::vector<UnReference> NamedUnReferences(std::string_view text);

// Adds for each of these, once, the claim that the entry transposes "un:QDi.430".
void ClaimUnReferences(std::string_view text, v1::Sanction& sanction);
void AddUnClaim(std::string_view number, std::string_view printed, v1::Sanction& sanction);

}  // namespace dossier
