// Flows as a matrix for people: the rows with most TIV, a column for each year or window.
//
// Where there are more years than columns, neighbouring years are shown together ("1990-99"): their
// TIV is added, which leaves out nothing. What fits no column (years not given, deliveries over
// several years that cross a column's edge) stands in the total only, and is said below.
#pragma once

#include "dossier/v1/query_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

void PrintFlowMatrix(const Session& session, const v1::GetFlowsRequest& request, int rows_max,
                     const v1::GetFlowsResponse& flows);

}  // namespace dossier
