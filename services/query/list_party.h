// Who an actor id is: as the table has it, or, of a party on a list, as its list's records name it.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// Of a listed party: the primary name and the kind that its entry gives at the cut, or gave last.
// Of any other id that the table does not have: what the id says by itself.
absl::StatusOr<v1::Actor> ActorAt(AsOf& as_of, const ActorTable& table, std::string_view id);

// The name that an entry's content gives first: the primary one, or as the target is printed.
std::string PrimaryName(const v1::Sanction& sanction);

}  // namespace dossier
