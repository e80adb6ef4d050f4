#include "services/query/tie_diff.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr char kNothing[] = "nothing";
constexpr char kGone[] = "no longer reported";

// The three sides of one fact; null: nothing is known of it there.
struct Sides {
  const TieFact* before = nullptr;
  const TieFact* revised = nullptr;
  const TieFact* after = nullptr;
};

const TieFact* Find(const TieFacts& facts, const TieFactKey& key) {
  const auto found = facts.find(key);
  return found == facts.end() ? nullptr : &found->second;
}

std::string StateOf(const TieFact* fact) { return fact == nullptr ? "" : fact->state; }

class FactDiff {
 public:
  FactDiff(const TieFactKey& key, const Sides& sides, const DaysBetween& between,
           std::vector<v1::TieChange>* changes)
      : key_(key), sides_(sides), between_(between), changes_(changes) {}

  void Run();

 private:
  std::vector<TieHappening> HappenedBetween() const;
  // Whether it may have happened on the earlier day, or before.
  bool MayBeEarlier(const TieHappening& happening) const {
    return happening.FirstDayOf() <= *between_.from;
  }
  bool MayBeLater(const TieHappening& happening) const {
    return between_.until.has_value() && happening.LastDayOf() > *between_.until;
  }
  std::string MarkOf(const TieHappening& happening) const;
  void TellHappenings(const std::vector<TieHappening>& happened, std::string state);
  v1::TieChange& Tell(const std::string& before, const std::string& after);

  const TieFactKey& key_;
  const Sides& sides_;
  const DaysBetween& between_;
  std::vector<v1::TieChange>* const changes_;
};

void FactDiff::Run() {
  const std::string before = StateOf(sides_.before);
  const std::string revised = StateOf(sides_.revised);
  const std::string after = StateOf(sides_.after);
  const std::vector<TieHappening> happened = HappenedBetween();
  // What may have happened before the earlier day is in `revised` already, or half in it.
  const bool is_blurred = std::any_of(happened.begin(), happened.end(),
                                      [&](const TieHappening& h) { return MayBeEarlier(h); });
  if (before != revised && !is_blurred) {
    Tell(before, sides_.revised == nullptr ? kGone : revised).set_by_knowledge(true);
  }
  if (happened.empty()) {
    if (revised != after) Tell(revised, after);
    return;
  }
  TellHappenings(happened, is_blurred ? before : revised);
}

std::vector<TieHappening> FactDiff::HappenedBetween() const {
  std::vector<TieHappening> happened;
  if (sides_.after == nullptr) return happened;
  for (const TieHappening& happening : sides_.after->happening) {
    if (between_.Overlap(happening)) happened.push_back(happening);
  }
  std::stable_sort(happened.begin(), happened.end(),
                   [](const TieHappening& a, const TieHappening& b) {
                     return a.FirstDayOf() < b.FirstDayOf();
                   });
  return happened;
}

// Of a partial date of which a part alone lies between the days.
std::string FactDiff::MarkOf(const TieHappening& happening) const {
  const v1::Date& date = happening.date;
  const bool lies_within = !MayBeEarlier(happening) && !MayBeLater(happening);
  if (date.year() == 0 || date.day() != 0 || lies_within) return "";
  return date.month() != 0 ? " (known by the month only)" : " (known by the year only)";
}

// `state`: from which the first of them leads on. What is left of the way to the later cut's state
// stands apart.
void FactDiff::TellHappenings(const std::vector<TieHappening>& happened, std::string state) {
  const std::string after = StateOf(sides_.after);
  for (size_t i = 0; i < happened.size(); ++i) {
    const TieHappening& happening = happened[i];
    const std::string before = state;
    const bool is_last = i + 1 == happened.size();
    if (MayBeLater(happening) || (is_last && !happening.state.has_value())) {
      state = after;  // in so far as it has come about by the later day
    } else if (happening.state.has_value()) {
      state = *happening.state;
    }
    if (!happening.is_told) continue;
    std::string told = state.empty() ? kNothing : state;
    if (!happening.what.empty()) absl::StrAppend(&told, " ", happening.what);
    v1::TieChange& change = Tell(before, told + MarkOf(happening));
    if (happening.date.year() != 0) *change.mutable_date() = happening.date;
  }
  if (state != after) Tell(state, after);
}

v1::TieChange& FactDiff::Tell(const std::string& before, const std::string& after) {
  v1::TieChange& change = changes_->emplace_back();
  const TieFact& fact = sides_.after != nullptr     ? *sides_.after
                        : sides_.before != nullptr  ? *sides_.before
                                                    : *sides_.revised;
  *change.mutable_a() = fact.a;
  *change.mutable_b() = fact.b;
  change.set_source(key_.source);
  change.set_family(key_.family);
  change.set_before(before.empty() ? kNothing : before);
  change.set_after(after.empty() ? kNothing : after);
  change.set_subject(fact.subject);
  change.set_record(fact.record);
  if (sides_.before != nullptr) {
    change.mutable_before_ground()->Add(sides_.before->ground.begin(),
                                        sides_.before->ground.end());
  }
  if (sides_.after != nullptr) {
    change.mutable_after_ground()->Add(sides_.after->ground.begin(), sides_.after->ground.end());
  }
  return change;
}

absl::Time DayOf(const v1::TieChange& change) {
  return change.has_date() ? StartOf(change.date()) : absl::InfiniteFuture();
}

auto OrderOf(const v1::TieChange& change) {
  return std::make_tuple(DayOf(change), std::string_view(change.a().id()),
                         std::string_view(change.b().id()), std::string_view(change.source()),
                         static_cast<int>(change.family()), std::string_view(change.record()),
                         std::string_view(change.subject()), !change.by_knowledge());
}

}  // namespace

bool DaysBetween::Overlap(const TieHappening& happening) const {
  if (!from.has_value() || (until.has_value() && *until <= *from)) return false;
  return happening.LastDayOf() > *from && (!until.has_value() || happening.FirstDayOf() <= *until);
}

std::vector<v1::TieChange> DiffTies(const TieDiff& diff) {
  std::vector<v1::TieChange> changes;
  const auto run = [&](const TieFactKey& key) {
    const Sides sides = {Find(*diff.before, key), Find(*diff.revised, key),
                         Find(*diff.after, key)};
    FactDiff(key, sides, diff.between, &changes).Run();
  };
  for (const auto& [key, fact] : *diff.before) run(key);
  for (const auto& [key, fact] : *diff.after) {
    if (!diff.before->contains(key)) run(key);
  }
  return changes;
}

void SortTieChanges(std::vector<v1::TieChange>* changes) {
  std::stable_sort(changes->begin(), changes->end(),
                   [](const v1::TieChange& a, const v1::TieChange& b) {
                     return OrderOf(a) < OrderOf(b);
                   });
}

}  // namespace dossier
