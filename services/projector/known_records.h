// Which records surely have no statement in the view: their first one then needs no look at it.
//
//   if (!known.AddNew(event.source(), event.record(), batch)) ...   // look for its neighbours
//
// Knows all records of a source from the first one on that it is asked of while the view has none;
// of a source that was there before, it knows nothing. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "storage/views.h"

namespace dossier {

class KnownRecords {
 public:
  // Notes the record. True: it has no statement in `rows`, live or voided. May move the cursor.
  bool AddNew(const std::string& source, std::string_view record, RowCursor& rows);

  void Clear();

 private:
  struct Source {
    bool complete = false;
    absl::flat_hash_set<uint64_t> records;  // digests: two that share one are looked at in vain
  };

  absl::flat_hash_map<std::string, Source> sources_;
  size_t records_ = 0;
};

}  // namespace dossier
