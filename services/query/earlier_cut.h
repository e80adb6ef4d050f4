// The earlier of two cuts that an answer compares, and what a record is from one to the other: what
// the changes of lists and of registers share.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/as_of.h"
#include "services/query/list_scan.h"

namespace dossier {

// What the field `from` of a request asks for. On the first page sets `sequence` to the one that
// the cut was resolved to; on later pages it is the first page's, and the cut stays there.
// InvalidArgument, naming both: it knows all that the answer's own cut does, and more. Else as
// AsOf::Resolve.
absl::StatusOr<KnowledgeCut> EarlierCut(AsOf& as_of, const v1::Cut& from, bool is_first_page,
                                        uint64_t* sequence);

// The earlier cut as an answer echoes it.
v1::AnsweredAt AnsweredAtEarlier(const AsOf& as_of, const v1::Cut& from, uint64_t sequence);

// What a record is by what held of it at both cuts. REPEATED: there is no difference. `before`
// counts only where anything was said by then; both are decoded where something was.
v1::Verb VerbBetween(const HeldStatement& held_before, const v1::StatementRow& before,
                     const v1::StatementRow& after);

}  // namespace dossier
