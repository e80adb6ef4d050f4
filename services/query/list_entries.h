// What a list was on a day: SanctionsService.ListEntries.
//
// By the keys of the entries' own records. The first page of an unfiltered list costs its own
// entries, however long the list: the count stands in rows of its own ('l' in view_keys.h). With a
// filter the first page scans the list once, to count; later pages scan on from where they are,
// and the count comes with their token.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::ListEntriesResponse> ListEntries(AsOf& as_of, const ActorTable& table,
                                                    const v1::ListEntriesRequest& request,
                                                    std::string_view after);

// How many entries a list had at the cut.
absl::StatusOr<int64_t> CountEntries(AsOf& as_of, std::string_view source);

// Whether it had ever had any by the cut.
absl::StatusOr<bool> HasEntries(AsOf& as_of, std::string_view source);

}  // namespace dossier
