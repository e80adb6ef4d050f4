// All that is known of one actor at a cut: QueryService.GetDossier.
#pragma once

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// InvalidArgument, NotFound: the actor. With predecessors: theirs too, back to the first.
absl::StatusOr<v1::GetDossierResponse> GetDossier(AsOf& as_of, const ActorTable& table,
                                                  const v1::GetDossierRequest& request);

}  // namespace dossier
