// Shows lines of an archived edition as they were published: of a text its lines; of a workbook
// (xlsx_rows.h) the rows of its first sheet, their cells with tabs between.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/archive.h"

namespace dossier {

inline constexpr uint32_t kOriginalContextMax = 100;
inline constexpr uint32_t kOriginalLinesMax = 1'000;

// The lines that the locator names, and up to `context` before and after. InvalidArgument: the
// locator names no line, more than kOriginalLinesMax, or lines that the edition does not have.
// NotFound, DataLoss: as Archive::Read. ResourceExhausted: the lines are too long to show.
absl::StatusOr<v1::GetOriginalResponse> ReadOriginal(const Archive& archive,
                                                     const v1::Locator& locator, uint32_t context);

}  // namespace dossier
