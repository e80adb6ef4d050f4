// Treaties at a cut, source by source: TiesService.GetTreaty and ListTreaties.
//
// What two sources say of one treaty stands beside each other. Only a source of the same
// publisher's ("untc-index" of "untc:26-3", whose parties are source "untc"'s) lends its title and
// its dates to the other's parties.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// InvalidArgument, by the request's field; NotFound: no source speaks of the treaty at the cut.
absl::StatusOr<v1::GetTreatyResponse> GetTreaty(AsOf& as_of, const ActorTable& table,
                                                const v1::GetTreatyRequest& request);

// By id, then source. `after`: the place of the request's page token; "": the first page.
// InvalidArgument and NotFound name the field.
absl::StatusOr<v1::ListTreatiesResponse> ListTreaties(AsOf& as_of, const ActorTable& table,
                                                      const v1::ListTreatiesRequest& request,
                                                      std::string_view after);

}  // namespace dossier
