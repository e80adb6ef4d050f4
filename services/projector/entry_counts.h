// How many entries each list has, as 'l' rows: by how much each unit changed the count from a
// publish stamp on. The sum over the rows up to a stamp and a sequence is the count at that cut.
//
// A unit's changes are gathered and written once it has ended: Flush before another unit, and
// after the last. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "storage/timeline.h"
#include "storage/views.h"

namespace dossier {

class EntryCounts {
 public:
  // From `stamp` to that of `after` (null: from there on) the winner was `was`, and is `is` (null:
  // nothing was said).
  void Change(const std::string& source, const StampKey& stamp, const Statement* was,
              const Statement* is, const Statement* after);

  // Writes the changes of the unit that began at this sequence.
  void Flush(uint64_t unit_sequence, RowBatch& batch);

  // Forgets what was not written: its batch was given up.
  void Clear() { changes_.clear(); }

 private:
  std::map<std::pair<std::string, StampKey>, int64_t> changes_;
};

}  // namespace dossier
