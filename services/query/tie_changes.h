// What changed between the actors of a group from one cut to another: TiesService.ListTieChanges.
//
// Each pair is read at both cuts, and on the earlier day by what the later cut knows
// (services/query/tie_diff.h says what then counts as a change, and as one by knowledge). What lies
// between the cuts' effective dates is told even where the ends of it look alike: signed and ended,
// sent and withdrawn. Where the earlier cut gives no effective date, nothing lies between; where
// the later one gives none, all that comes after.
//
// A change is told once for each pair it is a change of; a membership once for its member. `a` acts
// upon `b`: sender and target, sender and supported, supplier and recipient, member and
// organisation; of treaties they stand in the order asked for.
//
// Where `from` does not say what was accepted, that of the later cut holds for it too. All changes
// are worked out for each page, as they are ordered by date over all pairs.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::ListTieChangesResponse> ListTieChanges(AsOf& as_of, const ActorTable& table,
                                                          const v1::ListTieChangesRequest& request,
                                                          std::string_view after);

}  // namespace dossier
