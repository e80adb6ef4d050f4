// Every version of a record, or of the records of a deal: QueryService.GetHistory.
//
// By record, and of each record in publish order. What arrived by the cut is listed, with what was
// withdrawn by then (VOIDED); the other verbs are derived from the version before, of those that
// stand at the cut. `change` is filled in where a standing version and the one before it both have
// content; of `change_class`, REPARSED also where one of them has none, and of what was withdrawn
// because its edition was read anew. A page costs its own versions, however many the record has;
// at a cut by sequence, also those in between that arrived later. Silences:
// services/query/silences.h.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::GetHistoryResponse> GetHistory(AsOf& as_of, const v1::GetHistoryRequest& request,
                                                  std::string_view after);

}  // namespace dossier
