// The cells of a workbook's first sheet (ECMA-376, "xlsx"), by a plain walk of its own: the parts
// of the zip archive inflated with zlib, their XML read with the walk of XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/ingest/nothing_dropped_walk_fixture.h"

namespace dossier {

// As WalkCells has it, the number of the row as the line.
std::vector<PublishedField> WalkWorkbook(std::string_view bytes, uint32_t heading_row);

// The bytes of one part of a zip archive; a test failure, and "", where there is none.
std::string ZipPart(std::string_view archive, std::string_view name);

}  // namespace dossier
