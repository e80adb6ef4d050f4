// What is between two actors at a cut: TiesService.GetTie and GetTies.
//
// Treaties are read in pair_treaties.h; sanctions, deployments, indicators, dealings and
// memberships in pair_facts.h; transfers by place_scan.h. What sources say is never added.
#pragma once

#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// InvalidArgument: one actor twice, or a name of several; NotFound. By the field.
absl::StatusOr<v1::GetTieResponse> GetTie(AsOf& as_of, const ActorTable& table,
                                          const v1::GetTieRequest& request);

// InvalidArgument: not 2 to 12 actors, or one twice; NotFound. By the field.
absl::StatusOr<v1::GetTiesResponse> GetTies(AsOf& as_of, const ActorTable& table,
                                            const v1::GetTiesRequest& request);

}  // namespace dossier
