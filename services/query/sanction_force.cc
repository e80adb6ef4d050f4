#include "services/query/sanction_force.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

absl::CivilDay FirstDay(const v1::Date& date) {
  return absl::ToCivilDay(StartOf(date), absl::UTCTimeZone());
}

absl::CivilDay LastDay(const v1::Date& date) {
  return absl::ToCivilDay(EndOf(date), absl::UTCTimeZone());
}

// Nullptr: it states none of the kind.
const v1::SanctionDate* Earliest(const v1::Sanction& sanction, v1::SanctionDateKind kind) {
  const v1::SanctionDate* earliest = nullptr;
  for (const v1::SanctionDate& one : sanction.date()) {
    if (one.kind() != kind || one.date().year() == 0) continue;
    if (earliest == nullptr || FirstDay(one.date()) < FirstDay(earliest->date())) earliest = &one;
  }
  return earliest;
}

const v1::Date* Latest(const v1::Sanction& sanction, v1::SanctionDateKind kind) {
  const v1::Date* latest = nullptr;
  for (const v1::SanctionDate& one : sanction.date()) {
    if (one.kind() != kind || one.date().year() == 0) continue;
    if (latest == nullptr || LastDay(*latest) < LastDay(one.date())) latest = &one.date();
  }
  return latest;
}

// Nullptr also where the entry was seen before: the date is then one measure's, not the entry's.
const v1::Date* StatedStart(const v1::Sanction& sanction, const Showing& showing) {
  for (v1::SanctionDateKind kind :
       {v1::SANCTION_DATE_KIND_IN_FORCE, v1::SANCTION_DATE_KIND_DESIGNATED,
        v1::SANCTION_DATE_KIND_LISTED}) {
    const v1::SanctionDate* stated = Earliest(sanction, kind);
    if (stated == nullptr) continue;
    const bool was_seen_before = LastDay(showing.held_from) < FirstDay(stated->date());
    if (stated->detail().empty() || !was_seen_before) return &stated->date();
  }
  return nullptr;
}

void SetStated(const v1::Date& date, v1::Bound* bound) {
  *bound->mutable_earliest_date() = date;
  *bound->mutable_latest_date() = date;
  bound->set_basis(v1::BASIS_STATED);
}

bool IsGiven(const v1::Bound& bound) {
  return bound.has_earliest_date() || bound.has_latest_date();
}

// The end that the statement gives of itself, or the expiry, where no publication dropped it
// before.
std::optional<v1::Bound> StatedEnd(const v1::Sanction& sanction, const Showing& showing) {
  v1::Bound end = showing.stated.to();
  if (!IsGiven(end)) {
    const v1::Date* expiry = Latest(sanction, v1::SANCTION_DATE_KIND_EXPIRY);
    if (expiry == nullptr) return std::nullopt;
    SetStated(*expiry, &end);
  }
  const bool dropped_before =
      showing.dropped.has_value() &&
      (!end.has_latest_date() || LastDay(*showing.dropped) < FirstDay(end.latest_date()));
  if (dropped_before) return std::nullopt;
  return end;
}

bool MayHaveBegun(absl::CivilDay day, const v1::Bound& from) {
  return !from.has_earliest_date() || FirstDay(from.earliest_date()) <= day;
}

bool HasBegun(absl::CivilDay day, const v1::Bound& from) {
  return from.has_latest_date() && LastDay(from.latest_date()) <= day;
}

// A stated end is the last day of what it ends; a publication that no longer holds it ends it on
// its own day.
bool HasEnded(absl::CivilDay day, const v1::Bound& to, bool is_stated) {
  if (!to.has_latest_date()) return false;
  const absl::CivilDay last = LastDay(to.latest_date());
  return is_stated ? last < day : last <= day;
}

bool MayHaveEnded(absl::CivilDay day, const v1::Bound& to) {
  if (!IsGiven(to)) return false;
  return !to.has_earliest_date() || FirstDay(to.earliest_date()) < day;
}

std::optional<absl::CivilDay> ClosedOn(std::string_view closed_date) {
  const auto date = ParseDate(closed_date);
  if (closed_date.empty() || !date.ok()) return std::nullopt;
  return FirstDay(*date);
}

// "2026-08-23", "between 2026-08-01 and 2026-08-23".
std::string BeginsOn(const v1::Bound& from) {
  const std::string earliest = PrintDate(from.earliest_date());
  const std::string latest = PrintDate(from.latest_date());
  if (latest.empty() || latest == earliest) return earliest;
  return absl::StrCat("between ", earliest, " and ", latest);
}

bool IsListedOn(absl::CivilDay day, const Showing& showing) {
  return LastDay(showing.held_from) <= day &&
         (!showing.dropped.has_value() || day < LastDay(*showing.dropped));
}

// The last day on which it was observed; unset: no limit.
std::optional<absl::CivilDay> ObservedUntil(const v1::Sanction& sanction, const Showing& showing) {
  std::optional<absl::CivilDay> until;
  if (showing.covered_until.has_value()) until = LastDay(*showing.covered_until);
  if (const v1::Date* last = Latest(sanction, v1::SANCTION_DATE_KIND_LAST_OBSERVED)) {
    if (!until.has_value() || LastDay(*last) < *until) until = LastDay(*last);
  }
  return until;
}

}  // namespace

v1::Effective WindowOf(const v1::Sanction& sanction, const Showing& showing) {
  v1::Effective window;
  if (IsGiven(showing.stated.from())) {
    *window.mutable_from() = showing.stated.from();
  } else if (const v1::Date* start = StatedStart(sanction, showing); start != nullptr) {
    SetStated(*start, window.mutable_from());
  } else {
    v1::Bound& from = *window.mutable_from();
    if (showing.unheld_before.has_value()) *from.mutable_earliest_date() = *showing.unheld_before;
    *from.mutable_latest_date() = showing.held_from;
    from.set_basis(v1::BASIS_ASSUMED);
  }
  if (std::optional<v1::Bound> end = StatedEnd(sanction, showing); end.has_value()) {
    *window.mutable_to() = *std::move(end);
  } else if (showing.dropped.has_value()) {
    *window.mutable_to()->mutable_earliest_date() = showing.held_until;
    *window.mutable_to()->mutable_latest_date() = *showing.dropped;
    window.mutable_to()->set_basis(v1::BASIS_ASSUMED);
  } else if (sanction.end_reason() != v1::END_REASON_UNSPECIFIED) {
    *window.mutable_to()->mutable_latest_date() = showing.last_said;
    window.mutable_to()->set_basis(v1::BASIS_ASSUMED);
  }
  return window;
}

absl::CivilDay DayInQuestion(const v1::Date* effective, const Showing& showing) {
  return LastDay(effective != nullptr ? *effective : showing.newest);
}

Judgement JudgeOn(absl::CivilDay day, const v1::Sanction& sanction, const Showing& showing,
                  const v1::Effective& window, std::string_view closed_date) {
  Judgement judged;
  judged.listed = IsListedOn(day, showing);
  judged.not_begun = !MayHaveBegun(day, window.from());
  judged.ended = HasEnded(day, window.to(), StatedEnd(sanction, showing).has_value());
  if (judged.not_begun || judged.ended) {
    judged.in_force = v1::IN_FORCE_NO;
    if (judged.listed && !judged.ended) {
      judged.note.push_back("listed; begins " + BeginsOn(window.from()));
    }
    return judged;
  }
  const std::optional<absl::CivilDay> closed = ClosedOn(closed_date);
  const bool after_closing = closed.has_value() && *closed < day;
  std::optional<absl::CivilDay> observed = ObservedUntil(sanction, showing);
  if (after_closing && (!observed.has_value() || *closed < *observed)) observed = closed;
  // Where publications alone say when it began, they observed it.
  const bool is_start_said = window.from().basis() != v1::BASIS_ASSUMED;
  if (observed.has_value() && *observed < day && is_start_said &&
      !MayHaveBegun(*observed, window.from())) {
    judged.in_force = v1::IN_FORCE_POSSIBLY;
    judged.note.push_back("listed, begins after what was last observed");
  } else if (observed.has_value() && *observed < day) {
    judged.in_force = v1::IN_FORCE_LAST_OBSERVED;
    judged.note.push_back(absl::StrCat("last observed ", absl::FormatCivilTime(*observed)));
  } else {
    const bool surely = HasBegun(day, window.from()) && !MayHaveEnded(day, window.to());
    judged.in_force = surely ? v1::IN_FORCE_YES : v1::IN_FORCE_POSSIBLY;
  }
  return judged;
}

bool IsOfRun(absl::CivilDay day, const v1::Sanction& sanction, const Showing& showing) {
  if (FirstDay(showing.unheld_before.value_or(showing.held_from)) <= day) return true;
  const v1::Bound from = WindowOf(sanction, showing).from();
  if (!from.has_earliest_date() || FirstDay(from.earliest_date()) > day) return false;
  return !showing.dropped_before.has_value() ||
         LastDay(*showing.dropped_before) < FirstDay(from.earliest_date());
}

bool Expired(absl::CivilDay day, const v1::Sanction& sanction, const Showing& showing) {
  const std::optional<v1::Bound> end = StatedEnd(sanction, showing);
  if (!end.has_value() || !end->has_latest_date()) return false;
  return showing.dropped.has_value() || LastDay(end->latest_date()) < day;
}

}  // namespace dossier
