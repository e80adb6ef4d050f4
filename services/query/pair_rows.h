// Where the view says to look for what is between two actors: the rows 'y' and 'b'
// (storage/view_keys.h). Whether it holds at the cut is for the records to say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "services/query/sanction_records.h"
#include "storage/view_keys.h"

namespace dossier {

// A treaty that a source ties two actors by, and the records that say so, each once.
struct SharedTreaty {
  std::string source;
  std::string treaty;
  std::vector<std::string> record;
};

// By source and treaty. Records of what one of them owes to a third alone are left out.
absl::StatusOr<std::vector<SharedTreaty>> SharedTreaties(AsOf& as_of, const std::string& a,
                                                         const std::string& b);

// A record between an actor and another.
struct BetweenRecord {
  std::string other;
  AboutRecord at;
};

// Of one family, by the other, source and record; with one other, or ("") with all.
absl::StatusOr<std::vector<BetweenRecord>> RecordsBetween(AsOf& as_of, std::string_view actor,
                                                          BetweenFamily family,
                                                          std::string_view other);

}  // namespace dossier
