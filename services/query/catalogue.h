// What the views hold: QueryService.ListSources, ListEditions and GetStatus.
//
// Editions, and what follows from them (the newest one, what is covered until when), are as they
// stood at the cut. Counts of events, records and repeats, and what GetStatus counts, are kept for
// the view's head alone, and are the head's at any cut.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/query/as_of.h"

namespace dossier {

// In the order of ids; sources that had said nothing by the cut are left out.
absl::StatusOr<v1::ListSourcesResponse> ListSources(AsOf& as_of);

// `after`: the place of the request's page token; "": the first page. NotFound: no such source.
absl::StatusOr<v1::ListEditionsResponse> ListEditions(AsOf& as_of,
                                                      const v1::ListEditionsRequest& request,
                                                      std::string_view after);

absl::StatusOr<v1::GetStatusResponse> GetStatus(AsOf& as_of);

}  // namespace dossier
