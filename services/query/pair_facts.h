// What is between two actors beside treaties and transfers: sanctions, deployments, indicators,
// dealings, and the organisations that they belong to. Each by its source, as it stands at the cut.
//
// An organisation's sanction on the one is shown with the other, its member on the day, as "via"
// that organisation: never as the member's own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/query/as_of.h"
#include "services/query/entry_reader.h"
#include "services/query/pair_rows.h"

namespace dossier {

// An organisation that an actor belongs to on the day in question, by one source.
struct Belonging {
  std::string source;
  v1::Membership membership;
  v1::Ground ground;
};

// How a period lies to a day: begun and not ended YES, in the window of either POSSIBLY, else NO.
// An unset beginning counts as begun, an unset end as none.
v1::InForce HoldsOn(const v1::Date& from, const v1::Date& to, const v1::Date& day);

class PairFacts {
 public:
  // `include_ended`: also what has ended, or has not begun, by the cut's date.
  PairFacts(AsOf& as_of, bool include_ended)
      : as_of_(as_of), include_ended_(include_ended), entries_(as_of) {}

  // By source, the parts of a tie that this reads.
  using Parts = std::map<std::string, v1::SourceTie>;
  absl::Status Add(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts);

  // The organisations that both belong to.
  absl::StatusOr<std::vector<v1::SharedMembership>> Shared(const std::string& a,
                                                           const std::string& b);

 private:
  absl::Status AddSanctions(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts);
  absl::Status AddVia(const v1::ActorRef& member, const v1::ActorRef& target, Parts* parts);
  absl::Status AddSanction(const AboutRecord& at, const v1::ActorRef& sender,
                           const v1::ActorRef& target, const v1::ActorRef* via, Parts* parts);
  absl::Status AddDeployments(const std::string& a, const std::string& b, Parts* parts);
  absl::Status AddIndicators(const std::string& a, const std::string& b, Parts* parts);
  absl::Status AddDealings(const std::string& a, const std::string& b, Parts* parts);
  // The memberships that hold on the day; read once an actor.
  absl::StatusOr<const std::vector<Belonging>*> BelongingsOf(const std::string& actor);
  // The date in question of what an event says: the cut's, or that of the event's publication.
  v1::Date DayFor(const v1::Event& event) const;
  // Whether the answer has what holds so on the day; what is over stays of interest where `lasts`.
  bool IsAsked(v1::InForce in_force, const v1::Date& from, const v1::Date& day, bool lasts) const;

  AsOf& as_of_;
  const bool include_ended_;
  EntryReader entries_;
  std::map<std::string, std::vector<Belonging>> belongings_;  // by actor
};

}  // namespace dossier
