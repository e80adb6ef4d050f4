// Supplier x recipient x year: QueryService.GetFlows.
//
// Only deliveries flow: records that are ordered and not delivered are in no cell. A span of years
// holds a record whose delivery years all lie in it. At an effective date, deliveries count once
// their last year has come (services/query/measures.h).
#pragma once

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// InvalidArgument and NotFound name the field.
absl::StatusOr<v1::GetFlowsResponse> GetFlows(AsOf& as_of, const ActorTable& table,
                                              const v1::GetFlowsRequest& request);

}  // namespace dossier
