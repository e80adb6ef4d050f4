// What follows from a transfer's content alone.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/transfer.pb.h"
#include "dossier/v1/view_rows.pb.h"

namespace dossier {

// By the units delivered against the number ordered. Where any delivery states no number, the order
// counts as delivered in full; deliveries that all state 0 are none.
v1::Stage StageOf(const v1::Transfer& transfer);

// Whether order date, number delivered or delivery year is marked as an estimate.
bool IsEstimated(const v1::Transfer& transfer);

// Units delivered over all deliveries that give a number, at most INT64_MAX; false: none does.
bool UnitsOf(const v1::Transfer& transfer, int64_t* units);

v1::TransferRow TransferRowOf(const v1::Transfer& transfer);

// Field by field; lists element by element. TIV fields print as millions ("8.1"), flags as
// "yes" / "no", dates as ISO 8601, enumerated values in words ("second hand"). Either side may be
// null: all fields of the other.
std::vector<v1::FieldChange> DiffTransfers(const v1::Transfer* before, const v1::Transfer* after);

// "8.1" for 8100, "0.25" for 250: millions without trailing zeros.
std::string PrintTiv(int64_t thousandths);

}  // namespace dossier
