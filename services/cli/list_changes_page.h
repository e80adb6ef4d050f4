// What changed in a list of sanctions, as `changes` prints it.
#pragma once

#include "absl/status/status.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/cli/list_flags.h"
#include "services/cli/session.h"

namespace dossier {

// Asks page by page, up to the limit, and prints the answer in the session's format: how many of
// each part, then change by change.
absl::Status PrintListChanges(const Session& session, v1::SanctionsService::Stub& sanctions,
                              v1::ListEntryChangesRequest request, const LimitFlags& limit);

}  // namespace dossier
