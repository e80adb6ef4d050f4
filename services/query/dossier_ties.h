// How many treaties, memberships, deployments, indicators and dealings there are of an actor at a
// cut, source by source: the counts of its dossier.
//
// A treaty is counted once, by what is certain of the actor's standing under it on the day in
// question (treaty_standing.h). Read from the rows of the actor alone, in one pass for all sources;
// events only of what the rows do not keep.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/query/as_of.h"
#include "services/query/treaty_descriptions.h"
#include "services/query/treaty_said.h"
#include "services/query/treaty_standing.h"

namespace dossier {

// One thread; `as_of` must outlive it. What is the same for all actors is read once.
class TieCounter {
 public:
  explicit TieCounter(AsOf& as_of) : as_of_(as_of), editions_(as_of) {}

  // By source; of each, the counts alone. Sources that say nothing of the actor are left out.
  using Counts = std::map<std::string, v1::SourceDossier>;
  absl::StatusOr<Counts> Count(const std::string& actor);

 private:
  absl::Status CountTreaties(const std::string& actor, Counts* counts);
  absl::StatusOr<v1::Standing> StandingUnder(const TreatyRecords& treaty, const std::string& actor);
  absl::Status CountMemberships(const std::string& actor, Counts* counts);
  absl::Status CountBetween(const std::string& actor, Counts* counts);
  absl::StatusOr<const Descriptions*> DescriptionsFor(const std::string& treaty);
  // Whether a thing had begun by the cut's date, or may have.
  bool MayHaveBegun(const v1::Date& from) const;

  AsOf& as_of_;
  EditionsBySource editions_;
  std::map<std::string, Descriptions> descriptions_;  // by treaty
};

}  // namespace dossier
