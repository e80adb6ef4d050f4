#include "services/ingest/sources/cow_numbers.h"

#include <glog/logging.h>

#include <algorithm>
#include <utility>

#include "services/model/dates.h"

namespace dossier {
namespace {

v1::Date DayAfter(const v1::Date& date) { return DateOf(EndOf(date) + absl::Hours(1)); }
v1::Date DayBefore(const v1::Date& date) { return DateOf(StartOf(date) - absl::Hours(1)); }

bool IsSet(const v1::Date& date) { return date.year() != 0; }

// Unset dates are infinite, on the side where they stand.
absl::Time BeginOf(const CowBearer& bearer) {
  return IsSet(bearer.from_date) ? StartOf(bearer.from_date) : absl::InfinitePast();
}
absl::Time FinishOf(const CowBearer& bearer) {
  return IsSet(bearer.to_date) ? EndOf(bearer.to_date) : absl::InfiniteFuture();
}

// Appends a bearer's time; right after its own one, it goes on.
void Append(CowBearer bearer, std::vector<CowBearer>& bearers) {
  if (!bearers.empty() && bearers.back().actor == bearer.actor) {
    bearers.back().to_date = bearer.to_date;
  } else {
    bearers.push_back(std::move(bearer));
  }
}

// What the table says of a number's bearers, made to last over all time: what nobody bore goes to
// the last one, and where two meet, the later one counts from its first day.
std::vector<CowBearer> WithoutGaps(std::vector<CowBearer> stated) {
  std::sort(stated.begin(), stated.end(), [](const CowBearer& a, const CowBearer& b) {
    return std::pair(BeginOf(a), a.actor) < std::pair(BeginOf(b), b.actor);
  });
  const std::string& last = stated.back().actor;
  std::vector<CowBearer> bearers;
  if (stated.size() > 1 && IsSet(stated.front().from_date)) {
    bearers.push_back({last, {}, DayBefore(stated.front().from_date)});
  }
  for (size_t i = 0; i + 1 < stated.size(); ++i) {
    CHECK(IsSet(stated[i + 1].from_date)) << "table of actors: " << stated[i + 1].actor;
    const v1::Date border = DayBefore(stated[i + 1].from_date);
    CowBearer bearer = stated[i];
    const bool has_gap = IsSet(bearer.to_date) && Before(bearer.to_date, border);
    if (!has_gap) bearer.to_date = border;
    const v1::Date after = DayAfter(bearer.to_date);
    Append(std::move(bearer), bearers);
    if (has_gap) Append({last, after, border}, bearers);
  }
  CowBearer open = stated.back();
  open.to_date.Clear();
  Append(std::move(open), bearers);
  bearers.front().from_date.Clear();
  return bearers;
}

}  // namespace

bool CowBearer::operator==(const CowBearer& other) const {
  return actor == other.actor && PrintDate(from_date) == PrintDate(other.from_date) &&
         PrintDate(to_date) == PrintDate(other.to_date);
}

CowNumbers::CowNumbers(const ActorTable& table) {
  for (const v1::Actor& actor : table.actors()) {
    for (const int number : actor.cow_number()) {
      bearers_[number].push_back({actor.id(), actor.from_date(), actor.to_date()});
    }
  }
  for (auto& [number, bearers] : bearers_) bearers = WithoutGaps(std::move(bearers));
}

std::vector<CowBearer> CowNumbers::BearersOf(int number, const v1::Date& from,
                                             const v1::Date& to) const {
  std::vector<CowBearer> parts;
  const auto found = bearers_.find(number);
  if (found == bearers_.end()) return parts;
  const absl::Time begin = IsSet(from) ? StartOf(from) : absl::InfinitePast();
  const absl::Time finish = std::max(begin, IsSet(to) ? EndOf(to) : absl::InfiniteFuture());
  for (const CowBearer& bearer : found->second) {
    if (FinishOf(bearer) < begin || finish < BeginOf(bearer)) continue;
    parts.push_back({bearer.actor, begin < BeginOf(bearer) ? bearer.from_date : from,
                     FinishOf(bearer) < finish ? bearer.to_date : to});
  }
  return parts;
}

}  // namespace dossier
