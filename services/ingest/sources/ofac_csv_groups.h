// Rows of one entry that stand on several lines of a file of addresses or aliases, gathered into
// one record each. What a record says does not depend on the order of the lines.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/ofac_csv_entry.h"
#include "services/ingest/sources/ofac_csv_row.h"

namespace dossier {

class OfacCsvGroups {
 public:
  static constexpr size_t kCellsMax = 6;
  static constexpr size_t kRowsMax = 10'000;  // of one entry

  // A row's cells, packed: editions have hundreds of thousands of rows.
  struct Row {
    uint64_t number = 0;  // within the entry
    uint32_t line = 0;
    uint8_t nulls = 0;                                // a bit for each cell that is null
    std::array<uint32_t, kCellsMax> cell_sizes = {};  // in `text`, one behind the other
    std::string text;
  };
  struct Group {
    uint64_t entry = 0;
    std::vector<Row> rows;
    bool is_rejected = false;  // a row could not be read
  };

  // The entry's group, made where it is new. Valid until the next call.
  Group& GroupOf(uint64_t entry);

  // In the order of their first rows.
  std::vector<Group>& groups() { return groups_; }

 private:
  std::vector<Group> groups_;
  absl::flat_hash_map<uint64_t, size_t> group_of_entry_;
};

// Two rows of one number, the earlier line first; two nullptr: there are none.
std::pair<const OfacCsvGroups::Row*, const OfacCsvGroups::Row*> RepeatedRows(
    const OfacCsvGroups::Group& group);

// A row of at most kCellsMax cells.
OfacCsvGroups::Row PackedRow(uint64_t number, uint32_t line, std::span<const OfacCell> cells);

// A record of the group's rows in the order of their numbers, with their lines (as many as
// v1::Locator holds), and without key. Takes the rows; there must be one, and none repeated.
EditionRecord RecordOf(const OfacCsvLayout& layout, OfacCsvGroups::Group& group);

}  // namespace dossier
