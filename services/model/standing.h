// How far a treaty binds a party on a day, by what one source says of it. Pure: no view, no clock.
//
// Acts, by the Vienna Convention on the Law of Treaties (1969):
//   signature, succession to a signature          SIGNED: no consent to be bound (art. 12, 18)
//   definitive signature, ratification, accession, acceptance, approval, formal confirmation,
//   consent to be bound, succession               CONSENTED (art. 11 to 16)
//   application, provisional application          APPLIES (art. 25)
//   entry into force                              IN_FORCE (art. 24), never assumed
//   suspension                                    SUSPENDED, until a later act binds anew (art. 57)
//   denunciation, withdrawal, termination         ENDED, until a later act binds anew (art. 54, 56)
// The strongest act after the last end holds.
//
// A spell that the source states is IN_FORCE from its first day to its last. Spells that meet are
// one. A spell without an end goes on. Before a censored begin, and after a censored end, it may
// hold: the observation ends there, not the bond.
//
// A date that is partial is a window, an act without a date may have happened on any day. What is
// certain is the weakest of what the windows allow: binding acts come late, ends early. What is
// possible is the strongest. An end that the source states for the whole treaty ends it for all;
// before the treaty's own entry into force it is in force for nobody.
#pragma once

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "dossier/v1/ties_service.pb.h"
#include "dossier/v1/time.pb.h"
#include "dossier/v1/treaty.pb.h"

namespace dossier {

struct PartyFacts {
  // All that the source says of the party under the treaty; must outlive the call.
  std::vector<const v1::TreatyParty*> part;
  // Of the treaty itself; year 0: not stated.
  v1::Date treaty_in_force;
  v1::Date treaty_end;
  // The last day that the source covers; unset: it has no such day.
  std::optional<v1::Date> covers_until;
  // When it was said: what may have happened by then has. Unset: not known.
  std::optional<absl::CivilDay> said = {};
};

v1::StandingOn StandingAt(const PartyFacts& facts, absl::CivilDay day);

// Of two parties together: the weaker of what is certain, and of what is possible.
v1::StandingOn WeakerOf(const v1::StandingOn& a, const v1::StandingOn& b);

// What the party owes on the day, by the spells that may hold then; where none may, by those that
// came last before it. Each once, ascending.
std::vector<v1::Obligation> OwedAt(const PartyFacts& facts, absl::CivilDay day);

}  // namespace dossier
