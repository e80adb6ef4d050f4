#include "services/query/tie.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"
#include "services/query/pair_reader.h"
#include "services/query/tie_notice.h"

namespace dossier {
namespace {

constexpr int kGroupMin = 2;
constexpr int kGroupMax = 12;

v1::ActorRef RefOf(const v1::Actor& actor) {
  v1::ActorRef ref;
  ref.set_id(actor.id());
  ref.set_printed_name(actor.name());
  return ref;
}

// Whether the day lies in what holds: in force, possibly, or last observed so.
bool MayHold(v1::InForce in_force) { return in_force != v1::IN_FORCE_NO; }

void CountTreaties(const v1::SourceTie& part, v1::TieCounts* counts) {
  std::map<v1::Standing, uint64_t, std::greater<>> by_standing;
  std::set<int> a_owes, b_owes;
  for (const v1::TreatyTie& treaty : part.treaty()) {
    ++by_standing[treaty.on().standing()];
    if (treaty.on().standing() != v1::STANDING_IN_FORCE) continue;
    a_owes.insert(treaty.a_owes().begin(), treaty.a_owes().end());
    b_owes.insert(treaty.b_owes().begin(), treaty.b_owes().end());
  }
  for (const auto& [standing, count] : by_standing) {
    v1::StandingCount& added = *counts->add_treaty();
    added.set_standing(standing);
    added.set_count(count);
  }
  for (int owed : a_owes) counts->add_a_owes(static_cast<v1::Obligation>(owed));
  for (int owed : b_owes) counts->add_b_owes(static_cast<v1::Obligation>(owed));
}

void CountTransfers(const v1::SourceTie& part, v1::TieCounts* counts) {
  if (part.has_a_to_b()) {
    const v1::TradeSummary& sent = part.a_to_b().summary();
    *counts->mutable_a_to_b() = sent.total();
    *counts->mutable_a_to_b_last_five_years() = sent.last_five_years();
    counts->set_open_orders_a_to_b(sent.open_orders());
  }
  if (part.has_b_to_a()) {
    const v1::TradeSummary& sent = part.b_to_a().summary();
    *counts->mutable_b_to_a() = sent.total();
    *counts->mutable_b_to_a_last_five_years() = sent.last_five_years();
    counts->set_open_orders_b_to_a(sent.open_orders());
  }
}

void CountFacts(const v1::SourceTie& part, const std::string& a, v1::TieCounts* counts) {
  int64_t on_b = 0, on_a = 0, via = 0, sent = 0, received = 0;
  for (const v1::SanctionTie& sanction : part.sanction()) {
    if (!MayHold(sanction.entry().in_force())) continue;
    ++(sanction.has_via() ? via : sanction.sender().id() == a ? on_b : on_a);
  }
  for (const v1::DeploymentTie& tie : part.deployment()) {
    if (!MayHold(tie.in_force())) continue;
    ++(tie.deployment().sender().id() == a ? sent : received);
  }
  counts->set_sanctions_a_on_b(on_b);
  counts->set_sanctions_b_on_a(on_a);
  counts->set_sanctions_via(via);
  counts->set_deployments_a_to_b(sent);
  counts->set_deployments_b_to_a(received);
  counts->set_indicators(part.indicator_size());
  counts->set_dealings(part.dealing_size());
}

void CountPair(const v1::Tie& tie, v1::PairTie* pair) {
  *pair->mutable_a() = tie.a();
  *pair->mutable_b() = tie.b();
  for (const v1::SourceTie& part : tie.source()) {
    v1::TieCounts& counts = *pair->add_source();
    counts.set_source(part.source());
    CountTreaties(part, &counts);
    CountTransfers(part, &counts);
    CountFacts(part, tie.a().id(), &counts);
  }
  std::set<std::string> seen;
  for (const v1::SharedMembership& shared : tie.shared()) {
    if (!seen.insert(shared.organisation().id()).second) continue;
    *pair->add_shared_organisation() = shared.organisation();
  }
}

absl::StatusOr<std::vector<v1::ActorRef>> GroupOf(AsOf& as_of, const ActorTable& table,
                                                  const v1::GetTiesRequest& request) {
  if (request.actor_size() < kGroupMin || request.actor_size() > kGroupMax) {
    return InvalidField("actor", absl::StrCat(request.actor_size(), " actors; expected ",
                                              kGroupMin, " to ", kGroupMax));
  }
  std::vector<v1::ActorRef> group;
  for (const std::string& text : request.actor()) {
    auto actor = ResolveActor(as_of, table, text, "actor");
    if (!actor.ok()) return actor.status();
    const bool is_known = std::any_of(group.begin(), group.end(), [&](const v1::ActorRef& known) {
      return known.id() == actor->id();
    });
    if (is_known) {
      return InvalidField("actor", absl::StrCat("\"", text, "\" names ", actor->id(),
                                                ", which is named before; expected each once"));
    }
    group.push_back(RefOf(*actor));
  }
  return group;
}

}  // namespace

absl::StatusOr<v1::GetTieResponse> GetTie(AsOf& as_of, const ActorTable& table,
                                          const v1::GetTieRequest& request) {
  auto a = ResolveActor(as_of, table, request.a(), "a");
  if (!a.ok()) return a.status();
  auto b = ResolveActor(as_of, table, request.b(), "b");
  if (!b.ok()) return b.status();
  if (a->id() == b->id()) {
    return InvalidField("b", absl::StrCat("it names ", b->id(), " as a does; expected another"));
  }
  v1::GetTieResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_notice(kTiesNotice);
  PairReader reader(as_of, {.include_ended = request.include_ended(),
                            .include_ended_treaties = request.include_ended(),
                            .in_detail = true});
  uint64_t ended_treaties = 0;
  if (absl::Status s = reader.Read(RefOf(*a), RefOf(*b), response.mutable_tie(), &ended_treaties);
      !s.ok()) {
    return s;
  }
  response.set_ended_treaties(ended_treaties);
  return response;
}

absl::StatusOr<v1::GetTiesResponse> GetTies(AsOf& as_of, const ActorTable& table,
                                            const v1::GetTiesRequest& request) {
  auto group = GroupOf(as_of, table, request);
  if (!group.ok()) return group.status();
  v1::GetTiesResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_notice(kTiesNotice);
  PairReader reader(as_of, {.include_ended = false,
                            .include_ended_treaties = true,
                            .in_detail = false});
  std::set<std::string> sources;
  for (size_t i = 0; i < group->size(); ++i) {
    for (size_t j = i + 1; j < group->size(); ++j) {
      v1::Tie tie;
      uint64_t ended_treaties = 0;
      absl::Status read = reader.Read((*group)[i], (*group)[j], &tie, &ended_treaties);
      if (!read.ok()) return read;
      for (const v1::SourceTie& part : tie.source()) sources.insert(part.source());
      CountPair(tie, response.add_pair());
    }
  }
  for (const std::string& source : sources) {
    auto head = reader.HeadOf(source);
    if (!head.ok()) return head.status();
    for (const std::string& scope : (*head)->coverage()) {
      response.add_coverage(absl::StrCat(source, ": ", scope));
    }
  }
  return response;
}

}  // namespace dossier
