// Rows of one entry that stand on several lines of a file of addresses or aliases, gathered into
// one record each. What a record says does not depend on the order of the lines.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/sanction.pb.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

class OfacCsvGroups {
 public:
  // What one row says, in a sanction that holds no more.
  struct Row {
    uint64_t number = 0;  // within the entry
    uint32_t line = 0;
    v1::Sanction says;
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

// A record of the group's rows in the order of their numbers, with their lines (as many as
// v1::Locator holds), and without key. Takes the rows; there must be one, and none repeated.
EditionRecord RecordOf(OfacCsvGroups::Group& group);

}  // namespace dossier
