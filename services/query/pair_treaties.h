// Treaties between two actors at a cut, source by source.
//
// Two actors are tied by a treaty if one source tells of both under it, and does not put them on
// one side of it (v1::TreatyParty.side). What holds is worked out from what the view keeps beside
// each statement: events are read only for their place.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/query/as_of.h"
#include "services/query/pair_rows.h"
#include "services/query/treaty_descriptions.h"
#include "services/query/treaty_standing.h"

namespace dossier {

// Reads the treaties of pairs; what is the same for all of a request is read once. `editions` must
// outlive it.
class PairTreaties {
 public:
  PairTreaties(AsOf& as_of, EditionsBySource& editions) : as_of_(as_of), editions_(editions) {}

  struct Tied {
    std::string source;
    v1::TreatyTie tie;
  };

  struct Options {
    // Also those that have surely ended, or that nobody has signed, by the day.
    bool with_ended = false;
    // Also where the statements stand: that reads the events.
    bool with_grounds = true;
  };

  // By source, then the strongest first, then id. Adds to `ended` those that are left out.
  absl::StatusOr<std::vector<Tied>> Between(const std::string& a, const std::string& b,
                                            const Options& options, uint64_t* ended);

 private:
  struct Sides;

  // Nullopt: they are not tied by it. One that is left out as ended has its standing alone.
  absl::StatusOr<std::optional<Tied>> Read(const SharedTreaty& shared, const std::string& a,
                                           const std::string& b, const Options& options);
  absl::Status AddGrounds(const std::vector<uint64_t>& sequences, v1::TreatyTie* tie);
  absl::StatusOr<const Descriptions*> DescriptionOf(const std::string& treaty);

  AsOf& as_of_;
  EditionsBySource& editions_;
  std::map<std::string, Descriptions> descriptions_;  // by treaty
};

}  // namespace dossier
