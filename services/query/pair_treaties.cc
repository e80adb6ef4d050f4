#include "services/query/pair_treaties.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/time/time.h"
#include "services/model/dates.h"
#include "services/model/standing.h"
#include "services/query/sanction_records.h"
#include "services/query/tie_facts.h"
#include "services/query/undated_acts.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

bool HasEnded(const v1::StandingOn& on) { return on.possible() <= v1::STANDING_NONE; }

}  // namespace

// What one source says of either party, and the statements that say it.
struct PairTreaties::Sides {
  std::deque<v1::StatementRow> rows;  // what the pieces point into; one a sequence
  std::vector<const v1::TreatyParty*> a, b;
  std::vector<uint64_t> sequences;
  StampKey last_stamp{};

  void Take(const Statement& statement, const std::string& id_a, const std::string& id_b) {
    const v1::StatementRow& row = rows.emplace_back(statement.row);
    bool is_taken = false;
    for (const v1::TreatyParty& party : row.treaty_party()) {
      const auto is_of = [&](const std::string& one, const std::string& other) {
        return party.party().id() == one &&
               (!party.has_toward() || party.toward().id() == other);
      };
      if (is_of(id_a, id_b)) a.push_back(&party);
      if (is_of(id_b, id_a)) b.push_back(&party);
      is_taken = is_taken || is_of(id_a, id_b) || is_of(id_b, id_a);
    }
    if (!is_taken) {
      rows.pop_back();
      return;
    }
    sequences.push_back(statement.version.sequence);
    last_stamp = std::max(last_stamp, statement.version.stamp);
  }

  // What an analyst's event says of when it holds counts for its acts without a date.
  absl::Status DateUndatedActs(AsOf& as_of) {
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!HasUndatedAct(rows[i])) continue;
      auto event = EventAt(as_of.rows(), sequences[i]);
      if (!event.ok()) return event.status();
      for (v1::TreatyParty& party : *rows[i].mutable_treaty_party()) {
        DateActs(event->effective(), &party);
      }
    }
    return absl::OkStatus();
  }

  v1::Date LastSaid() const { return DateOf(absl::FromUnixMicros(last_stamp.micros)); }

  // A directed dyad may tell of one of them alone.
  bool AreTied() const {
    const auto side = [](const std::vector<const v1::TreatyParty*>& pieces) {
      for (const v1::TreatyParty* piece : pieces) {
        if (piece->side() != 0) return piece->side();
      }
      return 0;
    };
    const auto is_directed = [](const v1::TreatyParty* piece) { return piece->has_toward(); };
    const bool has_dyad = std::any_of(a.begin(), a.end(), is_directed) ||
                          std::any_of(b.begin(), b.end(), is_directed);
    if (!has_dyad && (a.empty() || b.empty())) return false;
    return side(a) == 0 || side(a) != side(b);
  }
};

absl::StatusOr<const Descriptions*> PairTreaties::DescriptionOf(const std::string& treaty) {
  const auto known = descriptions_.find(treaty);
  if (known != descriptions_.end()) return &known->second;
  auto read = DescriptionsOf(as_of_, treaty);
  if (!read.ok()) return read.status();
  return &descriptions_.emplace(treaty, *std::move(read)).first->second;
}

absl::Status PairTreaties::AddGrounds(const std::vector<uint64_t>& sequences,
                                      v1::TreatyTie* tie) {
  for (const uint64_t sequence : sequences) {
    auto event = EventAt(as_of_.rows(), sequence);
    if (!event.ok()) return event.status();
    *tie->add_ground() = GroundOf(*event, sequence);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<PairTreaties::Tied>> PairTreaties::Read(const SharedTreaty& shared,
                                                                     const std::string& a,
                                                                     const std::string& b,
                                                                     const Options& options) {
  Sides sides;
  for (const std::string& record : shared.record) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of_.rows(), shared.source, record, as_of_.known());
    if (!statement.ok()) return statement.status();
    const bool speaks = statement->has_value() && (*statement)->row.present() &&
                        (*statement)->row.facets().treaty() == shared.treaty;
    if (speaks) sides.Take(**statement, a, b);
  }
  if (!sides.AreTied()) return std::nullopt;
  auto covers_until = editions_.CoversUntil(shared.source, shared.treaty);
  if (!covers_until.ok()) return covers_until.status();
  if (covers_until->year() == 0) {
    if (absl::Status s = sides.DateUndatedActs(as_of_); !s.ok()) return s;
  }
  const absl::CivilDay day = LastDay(as_of_.has_effective_date() ? as_of_.effective_date()
                                     : covers_until->year() != 0 ? *covers_until
                                                                 : sides.LastSaid());
  PartyFacts of_a{sides.a, {}, {}, std::nullopt};
  if (covers_until->year() != 0) {
    of_a.covers_until = *covers_until;
  } else {
    of_a.said = LastDay(sides.LastSaid());
  }
  PartyFacts of_b = of_a;
  of_b.part = sides.b;

  Tied tied;
  tied.source = shared.source;
  v1::TreatyTie& tie = tied.tie;
  *tie.mutable_a() = StandingAt(of_a, day);
  *tie.mutable_b() = StandingAt(of_b, day);
  *tie.mutable_on() = WeakerOf(tie.a(), tie.b());
  // The treaty's own dates can only take from that: what is left out needs no more reading.
  if (!options.with_ended && HasEnded(tie.on())) return tied;
  auto descriptions = DescriptionOf(shared.treaty);
  if (!descriptions.ok()) return descriptions.status();
  const v1::Treaty dates = DatesFor(**descriptions, shared.source);
  if (dates.has_in_force_date() || dates.has_end_date()) {
    for (PartyFacts* facts : {&of_a, &of_b}) {
      facts->treaty_in_force = dates.in_force_date();
      facts->treaty_end = dates.end_date();
    }
    *tie.mutable_a() = StandingAt(of_a, day);
    *tie.mutable_b() = StandingAt(of_b, day);
    *tie.mutable_on() = WeakerOf(tie.a(), tie.b());
  }
  if (!options.with_ended && HasEnded(tie.on())) return tied;
  tie.mutable_treaty()->set_id(shared.treaty);
  tie.mutable_treaty()->set_title(TitleFor(**descriptions, shared.source));
  for (const v1::Obligation owed : OwedAt(of_a, day)) tie.add_a_owes(owed);
  for (const v1::Obligation owed : OwedAt(of_b, day)) tie.add_b_owes(owed);
  const auto described = (*descriptions)->find(shared.source);
  if (described != (*descriptions)->end()) {
    AddObligations(described->second.treaty.obligation(), tie.mutable_a_owes());
    AddObligations(described->second.treaty.obligation(), tie.mutable_b_owes());
  }
  if (options.with_grounds) {
    if (absl::Status s = AddGrounds(sides.sequences, &tie); !s.ok()) return s;
  }
  return tied;
}

absl::StatusOr<std::vector<PairTreaties::Tied>> PairTreaties::Between(const std::string& a,
                                                                      const std::string& b,
                                                                      const Options& options,
                                                                      uint64_t* ended) {
  auto shared = SharedTreaties(as_of_, a, b);
  if (!shared.ok()) return shared.status();
  std::vector<Tied> tied;
  for (const SharedTreaty& treaty : *shared) {
    auto read = Read(treaty, a, b, options);
    if (!read.ok()) return read.status();
    if (!read->has_value()) continue;
    if (!options.with_ended && HasEnded((*read)->tie.on())) {
      ++*ended;
    } else {
      tied.push_back(**std::move(read));
    }
  }
  std::sort(tied.begin(), tied.end(), [](const Tied& one, const Tied& other) {
    const auto rank = [](const Tied& t) {
      return std::make_tuple(std::string_view(t.source), -t.tie.on().standing(),
                             -t.tie.on().possible(), std::string_view(t.tie.treaty().id()));
    };
    return rank(one) < rank(other);
  });
  return tied;
}

}  // namespace dossier
