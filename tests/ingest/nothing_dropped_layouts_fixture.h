// What a published file holds, field by field, where it is neither a table of cells nor XML: by
// plain tokenizers that share nothing with the adapters.
#pragma once

#include <string_view>
#include <vector>

#include "tests/ingest/nothing_dropped_walk_fixture.h"

namespace dossier {

// The rows of SIPRI's register as RTF, below its headings. `line` is the number of the row in the
// document, from 1: many stand on one line. Supplier and recipient are repeated in every row.
std::vector<PublishedField> WalkSipriRtf(std::string_view bytes);

// The keys of flat JSON objects and what they hold, but for `nulls`.
std::vector<PublishedField> WalkJson(std::string_view bytes, const CellLayout& layout);

}  // namespace dossier
