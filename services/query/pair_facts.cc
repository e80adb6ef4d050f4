#include "services/query/pair_facts.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "services/model/dates.h"
#include "services/query/sanctions_query.h"

namespace dossier {
namespace {

bool IsBegun(const v1::Date& from, const v1::Date& day) { return !Before(day, from); }

// Whether a change of membership has surely come by the day in question. Without one in the cut it
// is the day on which it was said: what may have come by then has.
bool HasCome(const Belonging& one, const AsOf& as_of) {
  const v1::Date& date = one.membership.date();
  if (date.year() == 0) return true;
  if (as_of.has_effective_date()) return EndOf(date) <= EndOf(as_of.effective_date());
  return IsBegun(date, DateOf(one.ground.stamp()));
}

// What certainly held last of the memberships of one actor in one organisation.
const Belonging* LastBy(const std::vector<Belonging>& all, const AsOf& as_of) {
  const Belonging* last = nullptr;
  for (const Belonging& one : all) {
    if (!HasCome(one, as_of)) continue;
    const bool is_later = last == nullptr || StartOf(last->membership.date()) <=
                                                 StartOf(one.membership.date());
    if (is_later) last = &one;
  }
  return last;
}

}  // namespace

v1::InForce HoldsOn(const v1::Date& from, const v1::Date& to, const v1::Date& day) {
  if (!IsBegun(from, day)) return v1::IN_FORCE_NO;
  const bool has_end = to.year() != 0;
  if (has_end && Before(to, day)) return v1::IN_FORCE_NO;
  const bool surely_begun = from.year() == 0 || EndOf(from) <= EndOf(day);
  const bool may_have_ended = has_end && StartOf(to) < StartOf(day);
  return surely_begun && !may_have_ended ? v1::IN_FORCE_YES : v1::IN_FORCE_POSSIBLY;
}

v1::Date PairFacts::DayFor(const v1::Event& event) const {
  return as_of_.has_effective_date() ? as_of_.effective_date() : DateOf(event.stamp());
}

bool PairFacts::IsAsked(v1::InForce in_force, const v1::Date& from, const v1::Date& day,
                        bool lasts) const {
  if (include_ended_ || in_force != v1::IN_FORCE_NO) return true;
  return lasts && IsBegun(from, day);
}

absl::StatusOr<const std::vector<Belonging>*> PairFacts::BelongingsOf(const std::string& actor) {
  const auto known = belongings_.find(actor);
  if (known != belongings_.end()) return &known->second;
  auto records = RecordsBetween(as_of_, actor, kMembershipBetween, "");
  if (!records.ok()) return records.status();
  std::map<std::pair<std::string, std::string>, std::vector<Belonging>> all;
  for (const BetweenRecord& record : *records) {
    auto held = HeldAt(as_of_, record.at);
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    const v1::Event& event = (*held)->event;
    const v1::Membership& membership = event.present().membership();
    if (membership.member().id() != actor) continue;
    all[{event.source(), membership.organisation().id()}].push_back(
        {event.source(), membership, GroundOf(event, (*held)->statement.version.sequence)});
  }
  std::vector<Belonging>& belongings = belongings_[actor];
  for (const auto& [organisation, statements] : all) {
    const Belonging* last = LastBy(statements, as_of_);
    if (last == nullptr || last->membership.status() != v1::MEMBERSHIP_STATUS_JOINED) continue;
    belongings.push_back(*last);
  }
  return &belongings;
}

absl::StatusOr<std::vector<v1::SharedMembership>> PairFacts::Shared(const std::string& a,
                                                                    const std::string& b) {
  auto of_a = BelongingsOf(a);
  if (!of_a.ok()) return of_a.status();
  auto of_b = BelongingsOf(b);
  if (!of_b.ok()) return of_b.status();
  std::vector<v1::SharedMembership> shared;
  for (const Belonging& one : **of_a) {
    for (const Belonging& other : **of_b) {
      const std::string& organisation = one.membership.organisation().id();
      if (one.source != other.source || organisation != other.membership.organisation().id()) {
        continue;
      }
      v1::SharedMembership& added = shared.emplace_back();
      added.set_source(one.source);
      *added.mutable_organisation() = one.membership.organisation();
      *added.mutable_a() = one.membership;
      *added.mutable_b() = other.membership;
      *added.add_ground() = one.ground;
      *added.add_ground() = other.ground;
    }
  }
  return shared;
}

absl::Status PairFacts::AddSanction(const AboutRecord& at, const v1::ActorRef& sender,
                                    const v1::ActorRef& target, const v1::ActorRef* via,
                                    Parts* parts) {
  auto read = entries_.Read(at.source, at.record);
  if (!read.ok()) return read.status();
  if (!read->has_value() || !dossier::IsAsked(as_of_, **read, include_ended_)) {
    return absl::OkStatus();
  }
  const v1::Sanction& sanction = (*read)->entry.sanction();
  const std::string& by = via != nullptr ? via->id() : sender.id();
  if (!IsAmong(sanction.sender(), by) || !IsAmong(sanction.target(), target.id())) {
    return absl::OkStatus();
  }
  if (absl::Status s = entries_.AddEndReason(&**read); !s.ok()) return s;
  v1::SanctionTie& added = *(*parts)[at.source].add_sanction();
  *added.mutable_sender() = sender;
  *added.mutable_target() = target;
  if (via != nullptr) *added.mutable_via() = *via;
  *added.mutable_entry() = std::move((*read)->entry);
  return absl::OkStatus();
}

absl::Status PairFacts::AddVia(const v1::ActorRef& member, const v1::ActorRef& target,
                               Parts* parts) {
  auto belongings = BelongingsOf(member.id());
  if (!belongings.ok()) return belongings.status();
  std::set<std::string> seen;  // several sources may know of one membership
  for (const Belonging& belonging : **belongings) {
    const v1::ActorRef& organisation = belonging.membership.organisation();
    if (organisation.id() == target.id() || !seen.insert(organisation.id()).second) continue;
    auto records = RecordsBetween(as_of_, organisation.id(), kSanctionBetween, target.id());
    if (!records.ok()) return records.status();
    for (const BetweenRecord& record : *records) {
      absl::Status added = AddSanction(record.at, member, target, &organisation, parts);
      if (!added.ok()) return added;
    }
  }
  return absl::OkStatus();
}

absl::Status PairFacts::AddSanctions(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts) {
  auto records = RecordsBetween(as_of_, a.id(), kSanctionBetween, b.id());
  if (!records.ok()) return records.status();
  for (const BetweenRecord& record : *records) {
    if (absl::Status s = AddSanction(record.at, a, b, nullptr, parts); !s.ok()) return s;
    if (absl::Status s = AddSanction(record.at, b, a, nullptr, parts); !s.ok()) return s;
  }
  if (absl::Status s = AddVia(a, b, parts); !s.ok()) return s;
  return AddVia(b, a, parts);
}

absl::Status PairFacts::AddDeployments(const std::string& a, const std::string& b, Parts* parts) {
  auto records = RecordsBetween(as_of_, a, kDeploymentBetween, b);
  if (!records.ok()) return records.status();
  for (const BetweenRecord& record : *records) {
    auto held = HeldAt(as_of_, record.at);
    if (!held.ok()) return held.status();
    if (!held->has_value() || !(*held)->event.present().has_deployment()) continue;
    const v1::Event& event = (*held)->event;
    const v1::Deployment& deployment = event.present().deployment();
    const v1::Date day = DayFor(event);
    const v1::InForce in_force = HoldsOn(deployment.from_date(), deployment.to_date(), day);
    if (!IsAsked(in_force, deployment.from_date(), day, /*lasts=*/false)) continue;
    v1::DeploymentTie& added = *(*parts)[event.source()].add_deployment();
    *added.mutable_deployment() = deployment;
    added.set_in_force(in_force);
    *added.mutable_ground() = GroundOf(event, (*held)->statement.version.sequence);
  }
  return absl::OkStatus();
}

absl::Status PairFacts::AddIndicators(const std::string& a, const std::string& b, Parts* parts) {
  auto records = RecordsBetween(as_of_, a, kIndicatorBetween, b);
  if (!records.ok()) return records.status();
  for (const BetweenRecord& record : *records) {
    auto held = HeldAt(as_of_, record.at);
    if (!held.ok()) return held.status();
    if (!held->has_value() || !(*held)->event.present().has_indicator()) continue;
    const v1::Event& event = (*held)->event;
    const v1::Indicator& indicator = event.present().indicator();
    const v1::Date day = DayFor(event);
    v1::InForce in_force = HoldsOn(indicator.from_date(), indicator.to_date(), day);
    if (!IsAsked(in_force, indicator.from_date(), day, /*lasts=*/true)) continue;
    // What was measured over a period that is past is the last that is known.
    if (in_force == v1::IN_FORCE_NO && IsBegun(indicator.from_date(), day)) {
      in_force = v1::IN_FORCE_LAST_OBSERVED;
    }
    v1::IndicatorTie& added = *(*parts)[event.source()].add_indicator();
    *added.mutable_indicator() = indicator;
    added.set_in_force(in_force);
    *added.mutable_ground() = GroundOf(event, (*held)->statement.version.sequence);
  }
  return absl::OkStatus();
}

absl::Status PairFacts::AddDealings(const std::string& a, const std::string& b, Parts* parts) {
  auto records = RecordsBetween(as_of_, a, kDealingBetween, b);
  if (!records.ok()) return records.status();
  for (const BetweenRecord& record : *records) {
    auto held = HeldAt(as_of_, record.at);
    if (!held.ok()) return held.status();
    if (!held->has_value() || !(*held)->event.present().has_dealing()) continue;
    const v1::Event& event = (*held)->event;
    const v1::Dealing& dealing = event.present().dealing();
    const v1::Date day = DayFor(event);
    const v1::InForce in_force = HoldsOn(dealing.from_date(), dealing.to_date(), day);
    if (!IsAsked(in_force, dealing.from_date(), day, /*lasts=*/true)) continue;
    v1::DealingTie& added = *(*parts)[event.source()].add_dealing();
    *added.mutable_dealing() = dealing;
    added.set_in_force(in_force);
    *added.mutable_ground() = GroundOf(event, (*held)->statement.version.sequence);
  }
  return absl::OkStatus();
}

absl::Status PairFacts::Add(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts) {
  if (absl::Status s = AddSanctions(a, b, parts); !s.ok()) return s;
  if (absl::Status s = AddDeployments(a.id(), b.id(), parts); !s.ok()) return s;
  if (absl::Status s = AddIndicators(a.id(), b.id(), parts); !s.ok()) return s;
  return AddDealings(a.id(), b.id(), parts);
}

}  // namespace dossier
