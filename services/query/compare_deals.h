// What several sources of transfers say of the same deals, side by side, never added:
// RevisionsService.CompareDeals.
//
// A deal is what has the same supplier, recipient, order year and DesignationStem, a missile and
// its system (IsMunition) apart. The designation is in no row, so the events of what passes are
// read: pair by pair and, within a pair, order year by order year. What is held meanwhile is the
// rows of one pair. A page ends early, with a token, once it has read some 20,000 events.
//
// Of differences_only: a source that reports deliveries and no number of them agrees with any
// number but 0.
//
// At an effective date, records count as in ListTransfers: what was ordered later is left out, and
// deliveries of later years have not come. Records without an order year are left out where order
// years are asked for.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/revisions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::CompareDealsResponse> CompareDeals(AsOf& as_of, const ActorTable& table,
                                                      const v1::CompareDealsRequest& request,
                                                      std::string_view after);

}  // namespace dossier
