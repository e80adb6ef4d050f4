// A row of SIPRI's register as RTF: from its cells to a transfer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/v1/ingest_service.pb.h"
#include "dossier/v1/transfer.pb.h"
#include "services/ingest/sources/sipri_rtf_paragraphs.h"

namespace dossier {

// Recipient, number ordered, designation, description, year of order, year(s) of delivery, number
// delivered, comments.
inline constexpr size_t kSipriRtfCells = 8;

// Fills all but the parties, or says what is wrong with the leftmost cell that cannot be read. What
// was printed and has no field goes to `raw`. `cells` has kSipriRtfCells.
std::optional<v1::Rejection> ReadSipriRtfRow(std::span<const RtfCell> cells, v1::Transfer& transfer,
                                             std::vector<std::string>& raw);

}  // namespace dossier
