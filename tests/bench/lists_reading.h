// An edition through its adapter alone, into records that nobody keeps.
#pragma once

#include <cstddef>
#include <string_view>

#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

// The format that reads the file; null: none.
const EditionFormat* FormatOf(std::string_view bytes, const v1::LoadOptions& options);

// How many records it has, once all are read, and (if asked) made ready to be compared. An edition
// that is refused, or rejects a record, ends the program.
size_t ReadRecords(std::string_view bytes, const v1::LoadOptions& options, bool digest);

}  // namespace dossier
