// What stands in a cell of a table or CSV row about a transfer.
#pragma once

#include <string>

#include "dossier/v1/transfer.pb.h"

namespace dossier {

// With `mark`, for people: digits in groups, and "?" after an estimate. All: "" where not given.
std::string OrderedCell(const v1::Transfer& transfer, bool mark);
std::string DeliveredCell(const v1::Transfer& transfer, bool mark);
std::string OrderDateCell(const v1::Transfer& transfer, bool mark);
// "2001, 2005?; 2007": a delivery's years, then the next delivery's; "1973-1977" of a span too.
std::string DeliveryYearsCell(const v1::Transfer& transfer, bool mark);
std::string StageCell(v1::Stage stage);

// Whether the source marks the number, or the year, of any delivery as an estimate.
bool AnyNumberIsEstimate(const v1::Transfer& transfer);
bool AnyYearIsEstimate(const v1::Transfer& transfer);
// "yes" or "no", for CSV; what a source says nothing of is not marked.
std::string YesOrNo(bool is_so);

}  // namespace dossier
