// Whether a sanction was in force on a day, and when it began and ended: from the dates that it
// states, and where it states none, from which publications showed it. Pure: no view, no clock.
//
//   began    its IN_FORCE dates, else DESIGNATED, else LISTED, the earliest; but a date of one
//            measure ("EO 14024 Directive 2") only where no publication held the entry before it.
//            With none of them, after the last publication that covered it without holding it, up
//            to the first that held it
//   ended    its EXPIRY, the latest, unless a publication dropped it before; or after the last
//            publication that held it, up to the one that no longer did; or by the statement that
//            gives the reason of its end; else it is open
//
// Bounds that a statement gives of itself (Event.effective, an analyst's) come before all these;
// but what is withdrawn before such an end ends with that. What is listed before it begins has not
// begun, but is listed.
//
// A day on which it may have begun or ended is "possibly". A day after what was observed is "last
// observed": past what its source covers, past its own LAST_OBSERVED date, or after its source was
// closed, which ends the source and not its entries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/sanction.pb.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "dossier/v1/time.pb.h"

namespace dossier {

// What publications showed of an entry, in the order of their stamps.
struct Showing {
  // The last that covered it without holding it, before the first that held it; unset: none did.
  std::optional<v1::Date> unheld_before;
  v1::Date held_from;
  // The last that held it, and the last that said something new of it.
  v1::Date held_until;
  v1::Date last_said;
  // The one that no longer holds it; unset: it is held.
  std::optional<v1::Date> dropped;
  // The last day that the source covers for it; unset: it has no such day (an analyst's feed).
  std::optional<v1::Date> covered_until;
  // The newest publication of its source that covers its kind of record, though not it.
  v1::Date newest;
  // The one that ended an earlier run of publications that held it; unset: this is the first run.
  std::optional<v1::Date> dropped_before;
  // The bounds that its statement gives of itself.
  v1::Effective stated;
};

v1::Effective WindowOf(const v1::Sanction& sanction, const Showing& showing);

// The day in question: the last one of the effective date, or without one of the newest
// publication.
absl::CivilDay DayInQuestion(const v1::Date* effective, const Showing& showing);

struct Judgement {
  v1::InForce in_force = v1::IN_FORCE_UNSPECIFIED;
  // It had ended by the day, or had not begun yet. Both false where it may have held.
  bool ended = false;
  bool not_begun = false;
  // Publications held it on the day, begun or not.
  bool listed = false;
  std::vector<std::string> note;
};

// `closed_date`: as in SourceFacts (services/model/sources.h); empty: open, or not known to be
// closed.
Judgement JudgeOn(absl::CivilDay day, const v1::Sanction& sanction, const Showing& showing,
                  const v1::Effective& window, std::string_view closed_date);

// Whether a day is of this run of publications that held it, or of the time after, and not of an
// earlier run: it comes after the last publication that did not hold it, or after a start that is
// stated and later than the end of the earlier run.
bool IsOfRun(absl::CivilDay day, const v1::Sanction& sanction, const Showing& showing);

// Whether the dates that it states end it before a publication dropped it, or with none that did,
// by a day.
bool Expired(absl::CivilDay day, const v1::Sanction& sanction, const Showing& showing);

}  // namespace dossier
