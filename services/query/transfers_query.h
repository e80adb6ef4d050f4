// Transfers, record by record, in pages: QueryService.ListTransfers.
//
// In the order of source, then supplier, recipient and record; where recipients are given, in the
// order of source, recipient, supplier, record; where only actors are, first what they supply.
// A record is listed for a span of years if any delivery lies in it, or, with no delivery, its
// order. At an effective date (services/query/measures.h) a record whose deliveries are all later
// is listed as it was published, with the stage ORDERED.
#pragma once

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::ListTransfersResponse> ListTransfers(AsOf& as_of, const ActorTable& table,
                                                        const v1::ListTransfersRequest& request,
                                                        std::string_view after);

}  // namespace dossier
