#include "services/query/treaty_standing.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/time/time.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "services/model/standing.h"
#include "services/query/live_editions.h"
#include "services/query/undated_acts.h"

namespace dossier {
namespace {

absl::CivilDay LastDayOf(const v1::Date& date) {
  return absl::ToCivilDay(EndOf(date), absl::UTCTimeZone());
}

// The last day of what was published last on a treaty, where no edition says what it covers.
absl::CivilDay LastSaid(const std::vector<TreatyStatement>& statements) {
  int64_t micros = 0;
  for (const TreatyStatement& said : statements) {
    micros = std::max(micros, said.statement.version.stamp.micros);
  }
  return absl::ToCivilDay(absl::FromUnixMicros(micros), absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<const std::vector<v1::Edition>*> EditionsBySource::Live(const std::string& source) {
  auto found = live_.find(source);
  if (found == live_.end()) {
    auto live = LiveEditions(as_of_, source);
    if (!live.ok()) return live.status();
    found = live_.emplace(source, *std::move(live)).first;
  }
  return &found->second;
}

absl::StatusOr<v1::Date> EditionsBySource::CoversUntil(const std::string& source,
                                                       const std::string& treaty) {
  auto live = Live(source);
  if (!live.ok()) return live.status();
  v1::Facets facets;
  facets.set_treaty(treaty);
  v1::Date last;
  for (const v1::Edition& edition : **live) {
    const v1::EditionLoaded& loaded = edition.loaded();
    if (!Covers(loaded.scope(), facets)) continue;
    const v1::Date until =
        loaded.has_covers_until() ? loaded.covers_until() : DateOf(loaded.stamp());
    if (last.year() == 0 || EndOf(last) < EndOf(until)) last = until;
  }
  return last;
}

absl::StatusOr<TreatyDay> TreatyDayOf(AsOf& as_of, const TreatyRecords& records,
                                      const std::vector<TreatyStatement>& statements,
                                      const Descriptions& descriptions,
                                      EditionsBySource& editions) {
  auto covers_until = editions.CoversUntil(records.source, records.treaty);
  if (!covers_until.ok()) return covers_until.status();
  TreatyDay at;
  at.covers_until = *std::move(covers_until);
  at.dates = DatesFor(descriptions, records.source);
  at.last_said = LastSaid(statements);
  if (as_of.has_effective_date()) {
    at.day = LastDayOf(as_of.effective_date());
  } else {
    at.day = at.covers_until.year() != 0 ? LastDayOf(at.covers_until) : at.last_said;
  }
  return at;
}

void PartyStandings::Add(v1::TreatyParty party, const v1::Effective& effective) {
  DateActs(effective, &party);
  const v1::TreatyParty* piece = &pieces_.emplace_back(std::move(party));
  by_key_[{piece->party().id(), piece->toward().id()}].push_back(piece);
  by_party_[piece->party().id()].push_back(piece);
}

absl::Status PartyStandings::Add(AsOf& as_of, const TreatyStatement& said, std::string_view party) {
  v1::Effective effective;
  if (day_.covers_until.year() == 0 && HasUndatedAct(said.statement.row)) {
    auto event = EventAt(as_of.rows(), said.statement.version.sequence);
    if (!event.ok()) return event.status();
    effective = event->effective();
  }
  for (const v1::TreatyParty& piece : said.statement.row.treaty_party()) {
    if (party.empty() || piece.party().id() == party) Add(piece, effective);
  }
  return absl::OkStatus();
}

v1::StandingOn PartyStandings::Judge(const Pieces& pieces) const {
  PartyFacts facts;
  facts.part = pieces;
  facts.treaty_in_force = day_.dates.in_force_date();
  facts.treaty_end = day_.dates.end_date();
  if (day_.covers_until.year() != 0) {
    facts.covers_until = day_.covers_until;
  } else {
    facts.said = day_.last_said;
  }
  return StandingAt(facts, day_.day);
}

v1::StandingOn PartyStandings::On(const Key& key) const {
  const auto found = by_key_.find(key);
  return Judge(found != by_key_.end() ? found->second : Pieces());
}

v1::StandingOn PartyStandings::OfParty(const std::string& party) const {
  const auto found = by_party_.find(party);
  return Judge(found != by_party_.end() ? found->second : Pieces());
}

void PartyStandings::CountInto(
    google::protobuf::RepeatedPtrField<v1::StandingCount>* counts) const {
  std::map<v1::Standing, uint64_t, std::greater<>> by_standing;
  for (const auto& [party, pieces] : by_party_) ++by_standing[Judge(pieces).standing()];
  for (const auto& [standing, count] : by_standing) {
    v1::StandingCount& added = *counts->Add();
    added.set_standing(standing);
    added.set_count(count);
  }
}

}  // namespace dossier
