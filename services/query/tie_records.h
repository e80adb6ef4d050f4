// What a comparison of ties reads record by record, since a tie has it in sums or not at all:
// transfers, memberships of the actors themselves, acts under treaties.
//
// Each is read at both cuts of knowledge, and judged on both days. One thread: the three cuts share
// one cursor (AsOf::At).
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "dossier/v1/actor.pb.h"
#include "services/query/as_of.h"
#include "services/query/tie_diff.h"
#include "services/query/tie_facts.h"

namespace dossier {

// The facts of a pair or an actor, as in TieDiff, and where they are read.
struct TieSides {
  AsOf& then;  // the earlier cut
  AsOf& now;   // the later one; the earlier day by its knowledge needs no reading of its own
  DaysBetween between;
  TieFacts before, revised, after;

  // The last day of either cut's effective date; unset: it gives none.
  std::optional<absl::CivilDay> EarlierDay() const { return DayOf(then); }
  std::optional<absl::CivilDay> LaterDay() const { return DayOf(now); }

 private:
  static std::optional<absl::CivilDay> DayOf(const AsOf& as_of) {
    if (!as_of.has_effective_date()) return std::nullopt;
    return LastDay(as_of.effective_date());
  }
};

// Transfers of one to the other (actor ids). By year, as the registers give them: a delivery of the
// earlier day's year may lie before or after that day. Records that differ in nothing and of which
// nothing lies between are left out. An order of a deal of several records is told once.
absl::Status AddTransferFacts(const std::string& supplier, const std::string& recipient,
                              TieSides* sides);

// Memberships of an actor in organisations.
absl::Status AddMembershipFacts(const std::string& member, TieSides* sides);

// What both did under the treaties that are among the later cut's facts of the two: adds it to
// these.
absl::Status AddTreatyActs(const v1::ActorRef& a, const v1::ActorRef& b, TieSides* sides);

}  // namespace dossier
