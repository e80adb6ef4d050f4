// What changed in a register of transfers, as `changes` prints it.
#pragma once

#include "absl/status/status.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "services/cli/list_flags.h"
#include "services/cli/session.h"

namespace dossier {

// Asks page by page, up to the limit, and prints the answer in the session's format: how many of
// each verb and class, then deal by deal, and what the newest edition does not cover. Nothing was
// printed where the first page fails.
absl::Status PrintTransferChanges(const Session& session, v1::RevisionsService::Stub& revisions,
                                  v1::ListTransferChangesRequest request, const LimitFlags& limit);

}  // namespace dossier
