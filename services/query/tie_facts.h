// What is between actors at one cut, fact by fact and in words (services/model/tie_words.h): what a
// comparison of two cuts compares. Pure: no view, no clock.
//
// A fact goes from the one who acts to the one who is acted upon: sender and target of a sanction,
// sender and supported, supplier and recipient, member and organisation. Of a treaty, `a` and `b`
// are those of the tie.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "dossier/v1/ties_service.pb.h"
#include "dossier/v1/time.pb.h"

namespace dossier {

// A dated thing in a fact: it begins or ends, a party acts, a year's units are delivered.
struct TieHappening {
  // When, as stated, be it partial; of several years, the first. Unset: it is known only to lie
  // between two days.
  v1::Date date;
  // The first and the last that it can be; both set.
  v1::Date earliest;
  v1::Date latest;
  // What happened, where the state alone does not say it: "(signature by RUS)", "in 2024".
  std::string what;
  // How the fact stands from then on; unset: it is not looked up, only what happened is known.
  std::optional<std::string> state;
  // False: it stands for the state alone, as another record tells of it.
  bool is_told = true;
  // The date is the last day of what ends with it: the new state is that of the day after.
  bool is_last_day = false;

  // The first and the last day on which the new state can begin.
  absl::CivilDay FirstDayOf() const;
  absl::CivilDay LastDayOf() const;
};

struct TieFactKey {
  v1::TieFamily family = v1::TIE_FAMILY_UNSPECIFIED;
  std::string source;
  std::string a, b;  // actor ids
  // Within these: a record, a treaty's id.
  std::string of;

  auto operator<=>(const TieFactKey&) const = default;
};

struct TieFact {
  v1::ActorRef a, b;
  std::string subject;
  std::string record;
  // How it stands on the day; empty: it has not begun.
  std::string state;
  // In no order.
  std::vector<TieHappening> happening;
  std::vector<v1::Ground> ground;
};

using TieFacts = std::map<TieFactKey, TieFact>;

// Adds treaties, sanctions, deployments, indicators and dealings of a tie that was read with all
// that has ended or not begun. `day`: the one that it was read for; unset: none was asked for.
// Transfers, memberships and acts under treaties are not in a tie one by one: see tie_records.h.
void AddFacts(const v1::Tie& tie, const std::optional<absl::CivilDay>& day, TieFacts* facts);

// How a treaty stands between two, with what they owe each other; empty: it does not yet.
std::string TreatyState(const v1::TreatyTie& treaty, const v1::ActorRef& a, const v1::ActorRef& b);

// The first or last day of a date's period. `date` is set.
absl::CivilDay FirstDay(const v1::Date& date);
absl::CivilDay LastDay(const v1::Date& date);

// "RUS" of a state; of others the name, or the id.
std::string ShortNameOf(const v1::ActorRef& actor);

}  // namespace dossier
