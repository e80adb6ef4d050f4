// Open orders as their sources report them: `transfers --open`.
//
// What is outstanding is the number ordered less the number delivered, where a source gives both;
// nothing is taken from a comment. An order can be held only because the newest edition does not
// cover it: that is said, with the edition that was the last to report it.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/session.h"

namespace dossier {

// As a table a source, or as CSV. `records`: of stages ordered and partly delivered, in the order
// of the answer, `more` of which were not listed. Asks for the editions of their sources at the
// answer's own cut.
absl::Status PrintOpenOrders(const Session& session, v1::QueryService::Stub& query,
                             const std::vector<v1::TransferRecord>& records,
                             const v1::AnsweredAt& answered_at, bool more);

}  // namespace dossier
