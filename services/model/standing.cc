#include "services/model/standing.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr absl::CivilDay kNever = absl::CivilDay::min();
constexpr absl::CivilDay kForever = absl::CivilDay::max();

// The days on which something may have happened.
struct Window {
  absl::CivilDay first = kNever;
  absl::CivilDay last = kForever;
};

Window WindowOf(const v1::Date& date) {
  if (date.year() == 0) return {};
  return {absl::ToCivilDay(StartOf(date), absl::UTCTimeZone()),
          absl::ToCivilDay(EndOf(date), absl::UTCTimeZone())};
}

// What an act makes of a party.
v1::Standing MadeBy(v1::ActKind kind) {
  switch (kind) {
    case v1::ACT_KIND_SIGNATURE:
    case v1::ACT_KIND_SUCCESSION_TO_SIGNATURE:
      return v1::STANDING_SIGNED;
    case v1::ACT_KIND_DEFINITIVE_SIGNATURE:
    case v1::ACT_KIND_RATIFICATION:
    case v1::ACT_KIND_ACCESSION:
    case v1::ACT_KIND_ACCEPTANCE:
    case v1::ACT_KIND_APPROVAL:
    case v1::ACT_KIND_FORMAL_CONFIRMATION:
    case v1::ACT_KIND_CONSENT_TO_BE_BOUND:
    case v1::ACT_KIND_SUCCESSION:
      return v1::STANDING_CONSENTED;
    case v1::ACT_KIND_APPLICATION:
    case v1::ACT_KIND_PROVISIONAL_APPLICATION:
      return v1::STANDING_APPLIES;
    case v1::ACT_KIND_ENTRY_INTO_FORCE:
      return v1::STANDING_IN_FORCE;
    case v1::ACT_KIND_SUSPENSION:
      return v1::STANDING_SUSPENDED;
    case v1::ACT_KIND_DENUNCIATION:
    case v1::ACT_KIND_WITHDRAWAL:
    case v1::ACT_KIND_TERMINATION:
      return v1::STANDING_ENDED;
    default:
      return v1::STANDING_NONE;
  }
}

bool Loosens(v1::Standing made) {
  return made == v1::STANDING_SUSPENDED || made == v1::STANDING_ENDED;
}

// One of the two orders of events that the windows leave open: the weakest for the party, or the
// strongest.
enum class World { kWeakest, kStrongest };

struct Step {
  absl::CivilDay at;
  v1::Standing made = v1::STANDING_NONE;
  const v1::TreatyAct* act = nullptr;
};

// The acts that have happened by a day in a world, in its order.
std::vector<Step> StepsBy(const PartyFacts& facts, absl::CivilDay day, World world) {
  std::vector<Step> steps;
  for (const v1::TreatyParty* part : facts.part) {
    for (const v1::TreatyAct& act : part->act()) {
      const v1::Standing made = MadeBy(act.kind());
      if (made == v1::STANDING_NONE) continue;
      Window window = WindowOf(act.date());
      if (facts.said.has_value() && act.has_date() && window.first <= *facts.said) {
        window.last = std::min(window.last, *facts.said);
      }
      // In the weakest world what loosens happens as soon as it may, and after all that binds; in
      // the strongest what binds does. What binds and has no date comes first.
      const bool is_free = (world == World::kWeakest) == Loosens(made);
      if ((is_free ? window.first : window.last) > day) continue;
      const bool is_first = !act.has_date() && !Loosens(made);
      steps.push_back({is_first ? kNever : is_free ? window.last : window.first, made, &act});
    }
  }
  // On one day the last word is the weakest, or the strongest.
  std::stable_sort(steps.begin(), steps.end(), [&](const Step& a, const Step& b) {
    if (a.at != b.at) return a.at < b.at;
    if (Loosens(a.made) != Loosens(b.made)) return Loosens(b.made) == (world == World::kWeakest);
    return world == World::kWeakest ? a.made > b.made : a.made < b.made;
  });
  return steps;
}

// What acts make of a party, and the one that made it.
struct Made {
  v1::Standing standing = v1::STANDING_NONE;
  const v1::TreatyAct* by = nullptr;
};

Made MadeByActs(const PartyFacts& facts, absl::CivilDay day, World world) {
  Made made;
  for (const Step& step : StepsBy(facts, day, world)) {
    const bool begins_anew = Loosens(step.made) || Loosens(made.standing);
    if (begins_anew || step.made > made.standing) made = {step.made, step.act};
  }
  return made;
}

// Spells that meet or overlap, as one.
struct Bond {
  Window from;
  Window to;
  bool is_open = false;  // has no end
  bool from_is_censored = false;
  bool to_is_censored = false;
  v1::Date from_date;
  v1::Date to_date;
};

Bond BondOf(const v1::TreatySpell& spell) {
  Bond bond;
  bond.from = WindowOf(spell.from_date());
  bond.is_open = spell.to_date().year() == 0;
  bond.to = bond.is_open ? Window{kForever, kForever} : WindowOf(spell.to_date());
  bond.from_is_censored = spell.from_is_censored();
  bond.to_is_censored = spell.to_is_censored();
  bond.from_date = spell.from_date();
  bond.to_date = spell.to_date();
  return bond;
}

void Extend(const Bond& next, Bond* bond) {
  if (next.to.last < bond->to.last) return;
  bond->to = next.to;
  bond->is_open = next.is_open;
  bond->to_is_censored = next.to_is_censored;
  bond->to_date = next.to_date;
}

std::vector<Bond> BondsOf(const PartyFacts& facts) {
  std::vector<Bond> spells;
  for (const v1::TreatyParty* part : facts.part) {
    for (const v1::TreatySpell& spell : part->spell()) spells.push_back(BondOf(spell));
  }
  const auto place = [](const Bond& bond) {
    return std::make_tuple(bond.from.first, !bond.from_is_censored, bond.from.last, bond.to.first,
                           bond.to.last, bond.to_is_censored);
  };
  std::stable_sort(spells.begin(), spells.end(),
                   [&](const Bond& a, const Bond& b) { return place(a) < place(b); });
  std::vector<Bond> bonds;
  for (const Bond& spell : spells) {
    const bool meets = !bonds.empty() &&
                       (bonds.back().is_open || spell.from.first <= bonds.back().to.last + 1);
    if (meets) {
      Extend(spell, &bonds.back());
    } else {
      bonds.push_back(spell);
    }
  }
  return bonds;
}

bool HoldsSurely(const Bond& bond, absl::CivilDay day) {
  return bond.from.last <= day && day <= bond.to.first;
}

bool MayHold(const Bond& bond, absl::CivilDay day) {
  return (bond.from.first <= day || bond.from_is_censored) &&
         (day <= bond.to.last || bond.to_is_censored);
}

// The bond of spells that says most of a day: the one that holds then, or may, or the last before
// it; null: all come later.
const Bond* BondOn(const std::vector<Bond>& bonds, absl::CivilDay day) {
  const Bond* last = nullptr;
  for (const Bond& bond : bonds) {
    if (HoldsSurely(bond, day)) return &bond;
    const bool is_first = last == nullptr && (MayHold(bond, day) || bond.from.first <= day);
    if (is_first || bond.from.first <= day) last = &bond;
  }
  return last;
}

void JudgeBySpells(const std::vector<Bond>& bonds, absl::CivilDay day, v1::StandingOn* on) {
  const Bond* bond = BondOn(bonds, day);
  if (bond == nullptr) {
    on->set_basis("it has not begun");
    return;
  }
  const bool surely = HoldsSurely(*bond, day);
  const bool is_past = bond->to.first < day && bond->from.first <= day;
  on->set_standing(surely    ? v1::STANDING_IN_FORCE
                   : is_past ? v1::STANDING_ENDED
                             : v1::STANDING_NONE);
  on->set_possible(MayHold(*bond, day) ? v1::STANDING_IN_FORCE : on->standing());
  if (bond->from_date.year() != 0) *on->mutable_since_date() = bond->from_date;
  if (!bond->is_open && !bond->to_is_censored) *on->mutable_until_date() = bond->to_date;
  on->set_basis(absl::StrCat("its source states it ",
                             PeriodWords(bond->from_date, bond->to_date)));
  if (bond->to_is_censored && bond->to.first < day) {
    on->set_standing(v1::STANDING_IN_FORCE);
    on->set_possible(v1::STANDING_IN_FORCE);
    on->set_last_observed(true);
  }
}

std::string BasisOf(const Made& made) {
  if (made.by == nullptr) return "";
  std::string words = ActWords(made.by->kind());
  absl::StrAppend(&words, made.by->has_date() ? " " : ", its date not stated",
                  PrintDate(made.by->date()));
  if (made.standing == v1::STANDING_CONSENTED) {
    words += "; entry into force for the party is not stated";
  } else if (made.by->kind() == v1::ACT_KIND_DENUNCIATION) {
    words += ": notice given; when it takes effect is not stated";
  }
  return words;
}

v1::StandingOn JudgeByActs(const PartyFacts& facts, absl::CivilDay day) {
  const Made weakest = MadeByActs(facts, day, World::kWeakest);
  const Made strongest = MadeByActs(facts, day, World::kStrongest);
  v1::StandingOn on;
  // An act that may have ended what may not have begun leaves the weaker of both.
  on.set_standing(std::min(weakest.standing, strongest.standing));
  on.set_possible(std::max(weakest.standing, strongest.standing));
  const Made& told = weakest.by != nullptr ? weakest : strongest;
  if (told.by != nullptr && told.by->has_date()) *on.mutable_since_date() = told.by->date();
  on.set_basis(BasisOf(told));
  return on;
}

// What is said of the whole treaty.
void LimitToTreaty(const PartyFacts& facts, absl::CivilDay day, v1::StandingOn* on) {
  if (facts.treaty_in_force.year() != 0) {
    const Window begins = WindowOf(facts.treaty_in_force);
    const auto at_most_consented = [](v1::Standing standing) {
      return std::min(standing, v1::STANDING_CONSENTED);
    };
    if (day < begins.last) on->set_standing(at_most_consented(on->standing()));
    if (day < begins.first) on->set_possible(at_most_consented(on->possible()));
  }
  if (facts.treaty_end.year() == 0 || on->possible() <= v1::STANDING_NONE) return;
  const Window ends = WindowOf(facts.treaty_end);
  if (day > ends.first) on->set_standing(v1::STANDING_ENDED);
  if (day > ends.last) on->set_possible(v1::STANDING_ENDED);
  if (!on->has_until_date()) *on->mutable_until_date() = facts.treaty_end;
  if (day > ends.last) on->set_basis(absl::StrCat("it ended ", PrintDate(facts.treaty_end)));
}

}  // namespace

v1::StandingOn StandingAt(const PartyFacts& facts, absl::CivilDay day) {
  v1::StandingOn on = JudgeByActs(facts, day);
  const std::vector<Bond> bonds = BondsOf(facts);
  if (!bonds.empty() && !Loosens(on.standing())) {
    v1::StandingOn by_spells;
    by_spells.set_standing(v1::STANDING_NONE);
    by_spells.set_possible(v1::STANDING_NONE);
    JudgeBySpells(bonds, day, &by_spells);
    if (on.possible() > v1::STANDING_NONE) {
      by_spells.set_possible(std::max(by_spells.possible(), on.possible()));
    }
    const bool acts_say_more = on.standing() > by_spells.standing() &&
                               by_spells.standing() != v1::STANDING_ENDED;
    if (acts_say_more) {
      on.set_possible(by_spells.possible());
    } else {
      on = std::move(by_spells);
    }
  }
  LimitToTreaty(facts, day, &on);
  const bool goes_on = on.possible() != v1::STANDING_ENDED && on.possible() != v1::STANDING_NONE;
  if (goes_on && facts.covers_until.has_value() && day > WindowOf(*facts.covers_until).last) {
    on.set_last_observed(true);
  }
  return on;
}

v1::StandingOn WeakerOf(const v1::StandingOn& a, const v1::StandingOn& b) {
  v1::StandingOn weaker = b.standing() < a.standing() ? b : a;
  weaker.set_possible(std::min(a.possible(), b.possible()));
  weaker.set_last_observed(a.last_observed() || b.last_observed());
  const bool both_hold = a.standing() == b.standing();
  if (both_hold && Before(a.since_date(), b.since_date())) {
    *weaker.mutable_since_date() = b.since_date();
  }
  if (both_hold && b.has_until_date() &&
      (!a.has_until_date() || Before(b.until_date(), a.until_date()))) {
    *weaker.mutable_until_date() = b.until_date();
  }
  return weaker;
}

std::vector<v1::Obligation> OwedAt(const PartyFacts& facts, absl::CivilDay day) {
  std::set<v1::Obligation> owed;
  std::set<v1::Obligation> owed_last;
  absl::CivilDay last = kNever;
  for (const v1::TreatyParty* part : facts.part) {
    for (const v1::TreatySpell& spell : part->spell()) {
      const Bond bond = BondOf(spell);
      if (bond.from.first > day && !bond.from_is_censored) continue;
      std::set<v1::Obligation>& into = MayHold(bond, day) ? owed : owed_last;
      if (&into == &owed_last && bond.to.last > last) owed_last.clear();
      if (&into == &owed_last && bond.to.last < last) continue;
      if (&into == &owed_last) last = bond.to.last;
      for (const int obligation : spell.obligation()) {
        into.insert(static_cast<v1::Obligation>(obligation));
      }
    }
  }
  const std::set<v1::Obligation>& told = owed.empty() ? owed_last : owed;
  return {told.begin(), told.end()};
}

}  // namespace dossier
