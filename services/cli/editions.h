// Editions by the ids that people type, and those that stand behind a record.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/session.h"

namespace dossier {

// The edition whose id, in hexadecimal, begins with `id_prefix` (at least 4 digits). NotFound;
// InvalidArgument: too short, no hexadecimal, or more than one edition fits.
absl::StatusOr<v1::Edition> FindEdition(const Session& session, v1::QueryService::Stub& query,
                                        const std::string& id_prefix);

// The live editions of a source at the cut and sequence of an answer, oldest first.
absl::StatusOr<std::vector<v1::Edition>> LiveEditionsAt(const Session& session,
                                                        v1::QueryService::Stub& query,
                                                        const v1::AnsweredAt& answered_at,
                                                        const std::string& source);

// The newest of these that holds a record of their source: that says it, or covers it and had
// nothing else to say. Null: none, as of an analyst's feed.
const v1::Edition* LastToReport(const std::vector<v1::Edition>& live,
                                const v1::TransferRecord& record);

}  // namespace dossier
