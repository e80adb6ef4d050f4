// The editions of a source that were loaded, as the view holds them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "storage/view_keys.h"
#include "storage/views.h"

namespace dossier {

// The live editions of a source by stamp, ascending; of several readings at one stamp the newest.
absl::StatusOr<std::vector<v1::Edition>> LiveEditions(RowCursor& rows, std::string_view source);

// How often an edition was loaded at a stamp, whatever became of it.
absl::StatusOr<uint32_t> LoadsAt(RowCursor& rows, std::string_view source, const StampKey& stamp);

// The source of the edition of this id, live or not; nullopt: never loaded.
absl::StatusOr<std::optional<std::string>> SourceOfEdition(RowCursor& rows,
                                                           std::string_view edition_id);

}  // namespace dossier
