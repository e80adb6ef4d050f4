#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"
#include "services/query/pair_rows.h"
#include "services/query/sanction_records.h"
#include "services/query/tie_records.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// The memberships of one actor in one organisation, as one source has them.
struct Known {
  v1::Membership membership;
  v1::Ground ground;
};
using Memberships = std::map<TieFactKey, std::vector<Known>>;

absl::StatusOr<Memberships> MembershipsAt(AsOf& as_of, const std::string& member,
                                          const std::vector<BetweenRecord>& records) {
  Memberships memberships;
  for (const BetweenRecord& record : records) {
    auto held = HeldAt(as_of, record.at);
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    const v1::Event& event = (*held)->event;
    const v1::Membership& membership = event.present().membership();
    if (membership.member().id() != member) continue;
    memberships[{v1::TIE_FAMILY_MEMBERSHIP, event.source(), member,
                 membership.organisation().id(), ""}]
        .push_back({membership, GroundOf(event, (*held)->statement.version.sequence)});
  }
  // By what each says to begin; what is undated may have been at any time, so it decides last.
  for (auto& [key, all] : memberships) {
    std::stable_sort(all.begin(), all.end(), [](const Known& a, const Known& b) {
      return StartOf(a.membership.date()) < StartOf(b.membership.date());
    });
  }
  return memberships;
}

// What certainly held on the day, and what possibly did since a partial date's period has begun.
std::string StateOn(const std::optional<absl::CivilDay>& day, const std::vector<Known>& all) {
  std::string certain, possible;
  for (const Known& known : all) {
    const v1::Membership& membership = known.membership;
    const bool is_dated = membership.date().year() != 0;
    if (is_dated && day.has_value() && FirstDay(membership.date()) > *day) continue;
    possible = MembershipWords(membership);
    if (!is_dated || !day.has_value() || LastDay(membership.date()) <= *day) certain = possible;
  }
  if (certain == possible) return certain;
  return absl::StrCat(certain, certain.empty() ? "" : ", ", "possibly ", possible);
}

void AddFact(const TieFactKey& key, const std::vector<Known>& all,
             const std::optional<absl::CivilDay>& day, TieFacts* facts) {
  TieFact& fact = (*facts)[key];
  const v1::Membership& last = all.back().membership;
  fact.a = last.member();
  fact.b = last.organisation();
  fact.subject = NameWords(last.organisation());
  fact.record = all.back().ground.record();
  fact.state = StateOn(day, all);
  for (const Known& known : all) {
    fact.ground.push_back(known.ground);
    const v1::Date& date = known.membership.date();
    if (date.year() == 0) continue;
    fact.happening.push_back({date, date, date, "", MembershipWords(known.membership)});
  }
}

}  // namespace

absl::Status AddMembershipFacts(const std::string& member, TieSides* sides) {
  AsOf& wider = sides->then.sequence() > sides->now.sequence() ? sides->then : sides->now;
  auto records = RecordsBetween(wider, member, kMembershipBetween, "");
  if (!records.ok()) return records.status();
  auto then = MembershipsAt(sides->then, member, *records);
  if (!then.ok()) return then.status();
  auto now = MembershipsAt(sides->now, member, *records);
  if (!now.ok()) return now.status();
  for (const auto& [key, all] : *then) AddFact(key, all, sides->EarlierDay(), &sides->before);
  for (const auto& [key, all] : *now) {
    AddFact(key, all, sides->EarlierDay(), &sides->revised);
    AddFact(key, all, sides->LaterDay(), &sides->after);
  }
  return absl::OkStatus();
}

}  // namespace dossier
