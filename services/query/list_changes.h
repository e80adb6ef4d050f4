// What changed in a list between two cuts, record by record and field by field:
// SanctionsService.ListEntryChanges.
//
// Each record of the source is looked at once, at both cuts: what one of them holds and the other
// does not, or holds with another content, is a change, whatever was published between. A filter
// asks for entries, by what their parts say at either cut. Of what was added or removed, `change`
// has all fields; `before` and `after` are the statements that decided, so of a removal the one
// by which it ended.
//
// Where `from` does not say what was accepted, that of the later cut holds for it too. It is
// refused where it knows all that the later cut does, and more. The first page scans the list, to
// count; later pages scan on from where they are.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::ListEntryChangesResponse> ListEntryChanges(
    AsOf& as_of, const ActorTable& table, const v1::ListEntryChangesRequest& request,
    std::string_view after);

}  // namespace dossier
