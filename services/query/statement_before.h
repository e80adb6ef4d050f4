// What a record said right before an event of the log, in publish order, as of that event.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "storage/views.h"

namespace dossier {

// The sequence of the statement before the event of `sequence`; for a void, of the statement that
// it withdrew. Nullopt: there was none. Steps over what arrived, or was voided, between: nothing
// at the head of the log, and as many rows as came in since for an old event. `check` is asked
// every few hundred rows, and ends the search with its status.
absl::StatusOr<std::optional<uint64_t>> StatementBefore(RowCursor& rows, const v1::Event& event,
                                                        uint64_t sequence,
                                                        absl::FunctionRef<absl::Status()> check);

}  // namespace dossier
