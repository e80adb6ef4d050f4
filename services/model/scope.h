// What an edition covers, and what its silence means.
#pragma once

#include <string>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/view_rows.pb.h"

namespace dossier {

// The facets of a content, which a scope can ask about.
v1::Facets FacetsOf(const v1::Present& present);

// Whether a record with this content lies in the scope (additions_only aside).
bool Covers(const v1::Scope& scope, const v1::Facets& facets);

// Whether an edition of this scope, by not holding the record, says that it is absent.
inline bool SilenceEnds(const v1::Scope& scope, const v1::Facets& facets) {
  return !scope.additions_only() && Covers(scope, facets);
}

// As the grammar at v1::Scope has it: "whole", "recipient in {state:UKR} & delivery year
// 2000..2024".
std::string PrintScope(const v1::Scope& scope);

// The same for a line that people read: of a list of more than three only how many it has,
// "supplier in {190 actors}".
std::string PrintScopeBriefly(const v1::Scope& scope);

}  // namespace dossier
