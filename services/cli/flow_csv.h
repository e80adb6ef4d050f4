// Flows as CSV: a row for each row of the answer, in its order.
//
//   by supplier   supplier,supplier_name,year,tiv
//   by recipient  recipient,recipient_name,year,tiv
//   by pair       supplier,supplier_name,recipient,recipient_name,year,tiv
//   full adds     share,units,deals,records,tiv_estimated
//
// year: "2004"; a window, or deliveries over several years, "2000-2004"; empty where no year is
// given. TIV in millions with two decimals. share: of all TIV in that span, from 0 to 1 with six
// decimals; empty where that is 0.
#pragma once

#include <ostream>

#include "dossier/v1/query_service.pb.h"

namespace dossier {

void PrintFlowsCsv(std::ostream& out, v1::FlowGrouping grouping, bool full,
                   const v1::GetFlowsResponse& flows);

}  // namespace dossier
