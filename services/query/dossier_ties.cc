#include "services/query/dossier_ties.h"

#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "services/model/dates.h"
#include "services/query/pair_rows.h"
#include "services/query/sanction_records.h"
#include "storage/view_keys.h"

namespace dossier {

namespace {

// What decides of the memberships of one in one organisation: the last by the day.
bool Decides(const v1::Membership& membership, const v1::Membership& before) {
  return StartOf(membership.date()) >= StartOf(before.date());
}

// What the actor has to do with, and from when on; nullopt: not what the family of rows is of.
struct Fact {
  std::string_view actor, other;
  const v1::Date* from;
  int64_t (v1::SourceDossier::*get)() const;
  void (v1::SourceDossier::*set)(int64_t);
};

std::optional<Fact> FactOf(const v1::Present& present) {
  using Counts = v1::SourceDossier;
  if (present.has_deployment()) {
    const v1::Deployment& one = present.deployment();
    return Fact{one.sender().id(), one.supported().id(), &one.from_date(), &Counts::deployments,
                &Counts::set_deployments};
  }
  if (present.has_indicator()) {
    const v1::Indicator& one = present.indicator();
    return Fact{one.actor().id(), one.on().id(), &one.from_date(), &Counts::indicators,
                &Counts::set_indicators};
  }
  if (present.has_dealing()) {
    const v1::Dealing& one = present.dealing();
    return Fact{one.actor().id(), one.toward().id(), &one.from_date(), &Counts::dealings,
                &Counts::set_dealings};
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<TieCounter::Counts> TieCounter::Count(const std::string& actor) {
  Counts counts;
  if (!FitsKey(actor)) return counts;
  if (absl::Status s = CountTreaties(actor, &counts); !s.ok()) return s;
  if (absl::Status s = CountMemberships(actor, &counts); !s.ok()) return s;
  if (absl::Status s = CountBetween(actor, &counts); !s.ok()) return s;
  return counts;
}

bool TieCounter::MayHaveBegun(const v1::Date& from) const {
  if (!as_of_.has_effective_date() || from.year() == 0) return true;
  return StartOf(from) <= EndOf(as_of_.effective_date());
}

absl::StatusOr<const Descriptions*> TieCounter::DescriptionsFor(const std::string& treaty) {
  const auto known = descriptions_.find(treaty);
  if (known != descriptions_.end()) return &known->second;
  auto read = DescriptionsOf(as_of_, treaty);
  if (!read.ok()) return read.status();
  return &descriptions_.emplace(treaty, *std::move(read)).first->second;
}

absl::Status TieCounter::CountTreaties(const std::string& actor, Counts* counts) {
  auto treaties = TreatyRecordsOf(as_of_, actor);
  if (!treaties.ok()) return treaties.status();
  std::map<std::string, std::map<v1::Standing, uint64_t, std::greater<>>> by_source;
  for (const TreatyRecords& treaty : *treaties) {
    auto standing = StandingUnder(treaty, actor);
    if (!standing.ok()) return standing.status();
    if (*standing != v1::STANDING_UNSPECIFIED) ++by_source[treaty.source][*standing];
  }
  for (const auto& [source, by_standing] : by_source) {
    for (const auto& [standing, count] : by_standing) {
      v1::StandingCount& added = *(*counts)[source].add_treaty();
      added.set_standing(standing);
      added.set_count(count);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Standing> TieCounter::StandingUnder(const TreatyRecords& treaty,
                                                       const std::string& actor) {
  auto said = StatementsOf(as_of_, treaty);
  if (!said.ok()) return said.status();
  if (said->empty()) return v1::STANDING_UNSPECIFIED;
  auto descriptions = DescriptionsFor(treaty.treaty);
  if (!descriptions.ok()) return descriptions.status();
  auto day = TreatyDayOf(as_of_, treaty, *said, **descriptions, editions_);
  if (!day.ok()) return day.status();
  PartyStandings standings(*std::move(day));
  for (const TreatyStatement& one : *said) {
    if (absl::Status s = standings.Add(as_of_, one, actor); !s.ok()) return s;
  }
  // It may be only one that others owe, or have been struck out since.
  if (!standings.Has(actor)) return v1::STANDING_UNSPECIFIED;
  return standings.OfParty(actor).standing();
}

absl::Status TieCounter::CountMemberships(const std::string& actor, Counts* counts) {
  auto records = RecordsBetween(as_of_, actor, kMembershipBetween, "");
  if (!records.ok()) return records.status();
  // By source, member and organisation: what decides.
  std::map<std::tuple<std::string, std::string, std::string>, v1::Membership> last;
  for (const BetweenRecord& record : *records) {
    auto held = HeldAt(as_of_, record.at);
    if (!held.ok()) return held.status();
    if (!held->has_value() || !(*held)->event.present().has_membership()) continue;
    const v1::Membership& membership = (*held)->event.present().membership();
    const std::string& member = membership.member().id();
    const std::string& organisation = membership.organisation().id();
    if (member != actor && organisation != actor) continue;
    const bool is_later = as_of_.has_effective_date() && membership.date().year() != 0 &&
                          EndOf(as_of_.effective_date()) < EndOf(membership.date());
    if (is_later) continue;
    const auto [at, is_first] =
        last.try_emplace({record.at.source, member, organisation}, membership);
    if (!is_first && Decides(membership, at->second)) at->second = membership;
  }
  for (const auto& [key, membership] : last) {
    if (membership.status() != v1::MEMBERSHIP_STATUS_JOINED) continue;
    v1::SourceDossier& source = (*counts)[std::get<0>(key)];
    source.set_memberships(source.memberships() + 1);
  }
  return absl::OkStatus();
}

absl::Status TieCounter::CountBetween(const std::string& actor, Counts* counts) {
  for (BetweenFamily family : {kDeploymentBetween, kIndicatorBetween, kDealingBetween}) {
    auto records = RecordsBetween(as_of_, actor, family, "");
    if (!records.ok()) return records.status();
    std::set<std::pair<std::string, std::string>> seen;  // one that was revised has rows by others
    for (const BetweenRecord& record : *records) {
      if (!seen.insert({record.at.source, record.at.record}).second) continue;
      auto held = HeldAt(as_of_, record.at);
      if (!held.ok()) return held.status();
      if (!held->has_value()) continue;
      const std::optional<Fact> fact = FactOf((*held)->event.present());
      const bool concerns = fact.has_value() && (fact->actor == actor || fact->other == actor);
      if (!concerns || !MayHaveBegun(*fact->from)) continue;
      v1::SourceDossier& source = (*counts)[record.at.source];
      (source.*fact->set)((source.*fact->get)() + 1);
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
