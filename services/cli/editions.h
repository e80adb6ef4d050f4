// Editions by the ids that people type.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/session.h"

namespace dossier {

// The edition whose id, in hexadecimal, begins with `id_prefix` (at least 4 digits). NotFound;
// InvalidArgument: too short, no hexadecimal, or more than one edition fits.
absl::StatusOr<v1::Edition> FindEdition(const Session& session, v1::QueryService::Stub& query,
                                        const std::string& id_prefix);

}  // namespace dossier
