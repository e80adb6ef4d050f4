// The rows by which names and identifiers are found ('f', 'n' and 'k' in storage/view_keys.h). They
// say where to look: what holds at the cut is for the records to say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "storage/views.h"

namespace dossier {

// The views are valid until the cursor moves.
struct NameIndexRow {
  std::string_view text;   // 'f': a name, folded; 'n': a word of it; 'k': an identifier, folded
  std::string_view words;  // 'n' alone: the 8 bytes that stand for all words of the name
  std::string_view actor;
  std::string_view source;
  uint64_t first_sequence = 0;
};

// The row at the cursor, which is of one of the three kinds. DataLoss.
absl::StatusOr<NameIndexRow> ReadNameIndexRow(const RowCursor& rows);

// The same, kept.
struct IndexedName {
  std::string place;  // what stands behind the prefix that the rows were read by
  std::string text;
  std::string words;
  std::string actor;
  std::string source;
  uint64_t first_sequence = 0;
};

// Rows whose keys begin with `prefix`, from the one at or after `prefix` + `from` on; as many as
// asked for, or fewer where there are no more.
absl::StatusOr<std::vector<IndexedName>> ReadIndexRows(AsOf& as_of, const std::string& prefix,
                                                       const std::string& from, size_t rows_max);

}  // namespace dossier
