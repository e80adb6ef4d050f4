// The columns of the EU's list as CSV, and a row of it as the parts of an entity.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/eu_fsf_entity.h"

namespace dossier {

inline constexpr size_t kEuFsfColumns = 59;
inline constexpr size_t kEuFsfRowsMax = 10'000;  // of one entity
enum EuFsfColumn : size_t {
  kEuFsfDate = 0,  // headed "Date_file", with something behind it or not
  kEuFsfEntityId = 1,
  kEuFsfType = 2,
  kEuFsfListing = 3,  // legal act, its date, link, programme; remark
  kEuFsfFirstPart = 8,
  kEuFsfReference = 58,
};
extern const std::array<std::string_view, kEuFsfColumns> kEuFsfHeader;

// The rows of one entity so far.
struct EuFsfRows {
  EuFsfEntity entity;  // points into texts
  std::deque<std::string> texts;
  absl::flat_hash_set<std::string> seen;  // listings and parts, by their cells
  std::vector<uint32_t> lines;            // ascending
  std::optional<v1::Rejection> fault;     // of the first row that could not be read
};

// A line without what a spreadsheet wrapped it in (eu_fsf_csv.h); nullopt: it is not wrapped whole.
std::optional<std::string> UnwrapEuFsfLine(std::string_view line);

// Adds what a row of kEuFsfColumns cells says. The index of the cell that contradicts an earlier
// row, or the row itself, and why; nullopt: none does. `bytes` grows by what was kept.
struct EuFsfConflict {
  size_t column = 0;
  std::string reason;
};
std::optional<EuFsfConflict> AddEuFsfRow(const std::vector<Cell>& cells, EuFsfRows& rows,
                                         size_t& bytes);

}  // namespace dossier
