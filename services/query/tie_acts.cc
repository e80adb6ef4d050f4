#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "services/model/standing.h"
#include "services/model/tie_words.h"
#include "services/query/pair_rows.h"
#include "services/query/tie_records.h"
#include "services/query/treaty_descriptions.h"
#include "services/query/treaty_standing.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

using Pieces = std::vector<const v1::TreatyParty*>;

// What happened under one treaty on one date: "signature by" whom.
struct Dated {
  v1::Date date;
  bool is_last_day = false;  // of what ends with it
  std::map<std::string, std::set<std::string>> who;
};

class TreatyActs {
 public:
  TreatyActs(const v1::ActorRef& a, const v1::ActorRef& b, TieSides* sides)
      : a_(a), b_(b), sides_(*sides), editions_(sides->now) {}

  absl::Status Add(const SharedTreaty& shared);

 private:
  // What a source says of both under one treaty.
  struct Said {
    std::deque<v1::StatementRow> rows;  // what the pieces point into
    Pieces a, b;
    v1::Treaty dates;
    google::protobuf::RepeatedField<int> owed_by_all;
    std::optional<v1::Date> covers_until;
  };

  absl::Status Read(const SharedTreaty& shared, Said* said);
  Pieces PiecesOf(const v1::StatementRow& row, const v1::ActorRef& party,
                  const v1::ActorRef& other) const;
  void AddDated(const v1::Date& date, const std::string& what, const std::string& who,
                bool is_last_day = false);
  void AddActsOf(const Pieces& pieces, const std::string& who);
  std::string StateOn(const Said& said, absl::CivilDay day) const;

  const v1::ActorRef& a_;
  const v1::ActorRef& b_;
  TieSides& sides_;
  EditionsBySource editions_;
  // Of the treaty at hand, by the date as printed; the ends of that day apart.
  std::map<std::pair<std::string, bool>, Dated> acts_;
};

absl::Status TreatyActs::Add(const SharedTreaty& shared) {
  const auto fact = sides_.after.find(
      {v1::TIE_FAMILY_TREATY, shared.source, a_.id(), b_.id(), shared.treaty});
  if (fact == sides_.after.end()) return absl::OkStatus();
  Said said;
  if (absl::Status s = Read(shared, &said); !s.ok()) return s;
  acts_.clear();
  AddActsOf(said.a, ShortNameOf(a_));
  AddActsOf(said.b, ShortNameOf(b_));
  AddDated(said.dates.in_force_date(), "entry into force", "");
  AddDated(said.dates.end_date(), "end of the treaty", "", /*is_last_day=*/true);
  for (const auto& [at, dated] : acts_) {
    std::vector<std::string> parts;
    for (const auto& [what, who] : dated.who) {
      parts.push_back(absl::StrCat(what, *who.begin() == "" ? "" : " ", absl::StrJoin(who, ", ")));
    }
    TieHappening happening{dated.date, dated.date, dated.date, "", std::nullopt};
    happening.what = absl::StrCat("(", absl::StrJoin(parts, "; "), ")");
    happening.is_last_day = dated.is_last_day;
    happening.state = StateOn(said, happening.LastDayOf());
    fact->second.happening.push_back(std::move(happening));
  }
  return absl::OkStatus();
}

absl::Status TreatyActs::Read(const SharedTreaty& shared, Said* said) {
  AsOf& as_of = sides_.now;
  for (const std::string& record : shared.record) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of.rows(), shared.source, record, as_of.known());
    if (!statement.ok()) return statement.status();
    if (!statement->has_value() || (*statement)->row.facets().treaty() != shared.treaty) continue;
    const v1::StatementRow& row = said->rows.emplace_back(std::move((*statement)->row));
    for (const v1::TreatyParty* piece : PiecesOf(row, a_, b_)) said->a.push_back(piece);
    for (const v1::TreatyParty* piece : PiecesOf(row, b_, a_)) said->b.push_back(piece);
  }
  auto descriptions = DescriptionsOf(as_of, shared.treaty);
  if (!descriptions.ok()) return descriptions.status();
  said->dates = DatesFor(*descriptions, shared.source);
  if (const auto own = descriptions->find(shared.source); own != descriptions->end()) {
    said->owed_by_all = own->second.treaty.obligation();
  }
  auto covers_until = editions_.CoversUntil(shared.source, shared.treaty);
  if (!covers_until.ok()) return covers_until.status();
  if (covers_until->year() != 0) said->covers_until = *covers_until;
  return absl::OkStatus();
}

// What the record says of the party toward the other, or toward all.
Pieces TreatyActs::PiecesOf(const v1::StatementRow& row, const v1::ActorRef& party,
                            const v1::ActorRef& other) const {
  Pieces pieces;
  for (const v1::TreatyParty& piece : row.treaty_party()) {
    if (piece.party().id() != party.id()) continue;
    if (!piece.has_toward() || piece.toward().id() == other.id()) pieces.push_back(&piece);
  }
  return pieces;
}

void TreatyActs::AddDated(const v1::Date& date, const std::string& what, const std::string& who,
                          bool is_last_day) {
  if (date.year() == 0) return;
  Dated& dated = acts_[{PrintDate(date), is_last_day}];
  dated.date = date;
  dated.is_last_day = is_last_day;
  dated.who[what].insert(who);
}

void TreatyActs::AddActsOf(const Pieces& pieces, const std::string& who) {
  for (const v1::TreatyParty* piece : pieces) {
    for (const v1::TreatyAct& act : piece->act()) {
      AddDated(act.date(), absl::StrCat(ActWords(act.kind()), " by"), who);
    }
    for (const v1::TreatySpell& spell : piece->spell()) {
      if (!spell.from_is_censored()) AddDated(spell.from_date(), "bound from then on:", who);
      if (!spell.to_is_censored()) {
        AddDated(spell.to_date(), "bound until then:", who, /*is_last_day=*/true);
      }
    }
  }
}

std::string TreatyActs::StateOn(const Said& said, absl::CivilDay day) const {
  const PartyFacts of_a{said.a, said.dates.in_force_date(), said.dates.end_date(),
                        said.covers_until};
  const PartyFacts of_b{said.b, said.dates.in_force_date(), said.dates.end_date(),
                        said.covers_until};
  v1::TreatyTie tie;
  *tie.mutable_on() = WeakerOf(StandingAt(of_a, day), StandingAt(of_b, day));
  for (const v1::Obligation owed : OwedAt(of_a, day)) tie.add_a_owes(owed);
  for (const v1::Obligation owed : OwedAt(of_b, day)) tie.add_b_owes(owed);
  AddObligations(said.owed_by_all, tie.mutable_a_owes());
  AddObligations(said.owed_by_all, tie.mutable_b_owes());
  return TreatyState(tie, a_, b_);
}

}  // namespace

absl::Status AddTreatyActs(const v1::ActorRef& a, const v1::ActorRef& b, TieSides* sides) {
  auto shared = SharedTreaties(sides->now, a.id(), b.id());
  if (!shared.ok()) return shared.status();
  TreatyActs acts(a, b, sides);
  for (const SharedTreaty& treaty : *shared) {
    if (absl::Status s = acts.Add(treaty); !s.ok()) return s;
  }
  return absl::OkStatus();
}

}  // namespace dossier
