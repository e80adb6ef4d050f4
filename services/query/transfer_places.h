// Which places a request asks about: from its suppliers, recipients and actors to ranges to scan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "services/query/place_scan.h"

namespace dossier {

// Actor ids, sorted, each once; an empty list: any. All that are set must hold.
struct PlaceSelection {
  std::vector<std::string> suppliers;
  std::vector<std::string> recipients;
  std::vector<std::string> actors;  // on either side

  bool Holds(std::string_view supplier, std::string_view recipient) const;
};

// Ranges of a source that hold every place of the selection, no place twice; places in them may
// lie outside it. The same ranges in the same order at every later state of the view, but for new
// ones of pairs that had no rows before.
absl::StatusOr<std::vector<PlaceRange>> RangesOf(AsOf& as_of, const std::string& source,
                                                 const PlaceSelection& selection);

}  // namespace dossier
