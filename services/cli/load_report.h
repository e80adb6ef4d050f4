// What a load did, file by file: for people, as JSON, as CSV.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

void PrintReportCsvHeading(const Session& session);

void PrintReport(const Session& session, const std::string& file, const v1::LoadReport& report);

// On stderr: why, and each record that could not be read as "file:line:column: field: reason".
// `report` has no edition where the load ended before it could be made.
void PrintFailedLoad(const Session& session, const std::string& file, const absl::Status& status,
                     const v1::LoadReport& report);

}  // namespace dossier
