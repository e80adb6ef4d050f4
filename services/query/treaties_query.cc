#include "services/query/treaties_query.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/sources.h"
#include "services/query/field_error.h"
#include "services/query/tie_notice.h"
#include "services/query/treaty_descriptions.h"
#include "services/query/treaty_said.h"
#include "services/query/treaty_standing.h"

namespace dossier {
namespace {

// By their start, those without a date last.
bool IsEarlier(const v1::Date& a, const v1::Date& b) {
  if ((a.year() == 0) != (b.year() == 0)) return a.year() != 0;
  return a.year() != 0 && StartOf(a) < StartOf(b);
}

// The pieces of each party, joined.
using Parties = std::map<PartyStandings::Key, v1::PartyStanding>;

void AddPiece(const v1::TreatyParty& piece, const v1::Ground& ground, Parties* parties) {
  v1::PartyStanding& party = (*parties)[{piece.party().id(), piece.toward().id()}];
  v1::TreatyParty& facts = *party.mutable_facts();
  *party.mutable_party() = piece.party();
  *facts.mutable_party() = piece.party();
  if (piece.has_toward()) *facts.mutable_toward() = piece.toward();
  facts.mutable_act()->MergeFrom(piece.act());
  facts.mutable_spell()->MergeFrom(piece.spell());
  if (piece.side() != 0) facts.set_side(piece.side());
  const auto& grounds = party.ground();
  if (grounds.empty() || grounds.rbegin()->record() != ground.record()) {
    *party.add_ground() = ground;
  }
}

void SortFacts(v1::TreatyParty* facts) {
  std::stable_sort(facts->mutable_act()->begin(), facts->mutable_act()->end(),
                   [](const v1::TreatyAct& a, const v1::TreatyAct& b) {
                     return IsEarlier(a.date(), b.date());
                   });
  std::stable_sort(facts->mutable_spell()->begin(), facts->mutable_spell()->end(),
                   [](const v1::TreatySpell& a, const v1::TreatySpell& b) {
                     return StartOf(a.from_date()) < StartOf(b.from_date());
                   });
}

// What one source has of the treaty.
class EntryOfSource {
 public:
  EntryOfSource(AsOf& as_of, const TreatyRecords& records, const Descriptions& descriptions)
      : as_of_(as_of), records_(records), descriptions_(descriptions) {}

  // An entry without a source: it says nothing at the cut.
  absl::StatusOr<v1::TreatyEntry> Read(EditionsBySource& editions,
                                       const v1::GetTreatyRequest& request);

 private:
  absl::Status AddParties(const std::vector<TreatyStatement>& said, TreatyDay day,
                          const v1::GetTreatyRequest& request);
  void AddDescription();
  absl::Status AddBaseTitle();
  absl::Status AddNotes();

  AsOf& as_of_;
  const TreatyRecords& records_;
  const Descriptions& descriptions_;
  v1::TreatyEntry entry_;
};

absl::StatusOr<v1::TreatyEntry> EntryOfSource::Read(EditionsBySource& editions,
                                                    const v1::GetTreatyRequest& request) {
  auto said = StatementsOf(as_of_, records_);
  if (!said.ok()) return said.status();
  AddDescription();
  if (absl::Status s = AddNotes(); !s.ok()) return s;
  if (said->empty() && entry_.note().empty()) return v1::TreatyEntry();
  auto day = TreatyDayOf(as_of_, records_, *said, descriptions_, editions);
  if (!day.ok()) return day.status();
  entry_.set_source(records_.source);
  if (day->covers_until.year() != 0) *entry_.mutable_covers_until() = day->covers_until;
  if (absl::Status s = AddBaseTitle(); !s.ok()) return s;
  if (absl::Status s = AddParties(*said, *std::move(day), request); !s.ok()) return s;
  const TreatySourceFacts* facts = FindTreatySource(records_.source);
  if (facts != nullptr && !facts->note.empty()) {
    auto* notes = entry_.mutable_note();
    notes->Add(std::string(facts->note));
    std::rotate(notes->begin(), notes->end() - 1, notes->end());
  }
  return std::move(entry_);
}

void EntryOfSource::AddDescription() {
  if (const auto own = descriptions_.find(records_.source); own != descriptions_.end()) {
    *entry_.mutable_treaty() = own->second.treaty;
    for (const v1::Ground& ground : own->second.ground) *entry_.add_ground() = ground;
  }
  v1::TreatyRef& ref = *entry_.mutable_treaty()->mutable_treaty();
  ref.set_id(records_.treaty);
  ref.set_title(TitleFor(descriptions_, records_.source));
}

absl::Status EntryOfSource::AddBaseTitle() {
  if (!entry_.treaty().has_base() || !entry_.treaty().base().title().empty()) {
    return absl::OkStatus();
  }
  v1::TreatyRef& base = *entry_.mutable_treaty()->mutable_base();
  auto descriptions = DescriptionsOf(as_of_, base.id());
  if (!descriptions.ok()) return descriptions.status();
  base.set_title(TitleFor(*descriptions, records_.source));
  return absl::OkStatus();
}

absl::Status EntryOfSource::AddParties(const std::vector<TreatyStatement>& said, TreatyDay day,
                                       const v1::GetTreatyRequest& request) {
  PartyStandings standings(std::move(day));
  Parties parties;
  for (const TreatyStatement& one : said) {
    if (one.statement.row.treaty_party().empty()) continue;
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    auto event = EventAt(as_of_.rows(), one.statement.version.sequence);
    if (!event.ok()) return event.status();
    const v1::Ground ground = GroundOf(*event, one.statement.version.sequence);
    for (const v1::TreatyParty& piece : event->present().treaty().party()) {
      AddPiece(piece, ground, &parties);
      standings.Add(piece, event->effective());
    }
    // Where it does not describe the treaty, it may yet give its title.
    std::string& title = *entry_.mutable_treaty()->mutable_treaty()->mutable_title();
    if (title.empty()) title = event->present().treaty().treaty().title();
  }
  standings.CountInto(entry_.mutable_count());
  const auto& asked = request.standing();
  for (auto& [key, party] : parties) {
    *party.mutable_on() = standings.On(key);
    const bool fits = asked.empty() || std::find(asked.begin(), asked.end(),
                                                 party.on().standing()) != asked.end();
    if (!fits) continue;
    SortFacts(party.mutable_facts());
    *entry_.add_party() = std::move(party);
  }
  return absl::OkStatus();
}

absl::Status EntryOfSource::AddNotes() {
  auto based = EventsOf(as_of_, records_, kBasedOnIt);
  if (!based.ok()) return based.status();
  for (const HeldEvent& held : *based) {
    const v1::TreatyRef& treaty = held.event.present().treaty().treaty();
    entry_.add_note(treaty.title().empty()
                        ? absl::StrCat("amended or supplemented by ", treaty.id())
                        : absl::StrCat("amended or supplemented by ", treaty.title(), " (",
                                       treaty.id(), ")"));
  }
  auto dealings = EventsOf(as_of_, records_, kDealingAboutIt);
  if (!dealings.ok()) return dealings.status();
  std::stable_sort(dealings->begin(), dealings->end(), [](const HeldEvent& a, const HeldEvent& b) {
    return IsEarlier(a.event.present().dealing().from_date(),
                     b.event.present().dealing().from_date());
  });
  for (const HeldEvent& held : *dealings) {
    const v1::Dealing& dealing = held.event.present().dealing();
    const std::string date = PrintDate(dealing.from_date());
    entry_.add_note(absl::StrCat(date, date.empty() ? "" : ": ", dealing.description()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::GetTreatyResponse> GetTreaty(AsOf& as_of, const ActorTable&,
                                                const v1::GetTreatyRequest& request) {
  if (request.treaty().empty()) return InvalidField("treaty", "empty; expected a treaty's id");
  v1::GetTreatyResponse response;
  if (FitsKey(request.treaty())) {
    auto descriptions = DescriptionsOf(as_of, request.treaty());
    if (!descriptions.ok()) return descriptions.status();
    EditionsBySource editions(as_of);
    TreatyRange range = OfTreaty(request.treaty());
    for (;;) {
      auto records = NextTreaty(as_of, &range);
      if (!records.ok()) return records.status();
      if (!records->has_value()) break;
      auto entry = EntryOfSource(as_of, **records, *descriptions).Read(editions, request);
      if (!entry.ok()) return entry.status();
      if (!entry->source().empty()) *response.add_entry() = *std::move(entry);
    }
  }
  if (response.entry().empty()) {
    return FieldError(absl::StatusCode::kNotFound, "treaty",
                      absl::StrCat("\"", request.treaty(), "\" is no treaty that is known here"));
  }
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_notice(kTiesNotice);
  return response;
}

}  // namespace dossier
