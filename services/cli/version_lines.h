// The versions of one record, and what the editions mean that do not state it, as `history` prints
// them.
#pragma once

#include <ostream>
#include <span>
#include <vector>

#include "dossier/v1/query_service.pb.h"

namespace dossier {

// In publish order, each an item of the list; of many silent editions in a row one line.
void PrintVersionLines(std::ostream& out, std::span<const v1::Version> versions,
                       std::span<const v1::EditionSilence> silences);

// A row for each field that a version changed, and one for each silent edition.
void PrintVersionsCsvHeading(std::ostream& out);
void PrintVersionCsv(std::ostream& out, const v1::Version& version);
void PrintSilenceCsv(std::ostream& out, const v1::EditionSilence& silence);

}  // namespace dossier
