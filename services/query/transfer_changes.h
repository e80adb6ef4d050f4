// What changed in a register of transfers between two cuts, record by record and field by field:
// RevisionsService.ListTransferChanges.
//
// Each record of the source is looked at once, at both cuts: what one of them holds and the other
// does not, or holds with another content, is a change, whatever was published between. Records
// that are no transfers, as an analyst's feed has them too, are left out; a source of which none
// ever was one is refused.
//
// A filter of parties asks for records whose supplier and recipient, at either cut, are those. One
// of classes has the events of every revision read: the class is in no row.
//
// A change is the reading's alone, of the class REPARSED whatever its verb, where both statements
// were published within the earlier cut and a newer adapter's reading is what tells them apart.
//
// Where `from` does not say what was accepted, that of the later cut holds for it too. It is
// refused where it knows all that the later cut does, and more. The first page scans the register,
// and reads the events of all revisions, to count; later pages go on from where they are.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/revisions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::ListTransferChangesResponse> ListTransferChanges(
    AsOf& as_of, const ActorTable& table, const v1::ListTransferChangesRequest& request,
    std::string_view after);

}  // namespace dossier
