#include "services/query/tie_facts.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

using Day = std::optional<absl::CivilDay>;

std::string InParentheses(const std::string& text) {
  return text.empty() ? "" : absl::StrCat(" (", text, ")");
}

// Whether what is not in force is still to come. Without a day: whether no end of it is stated.
bool IsYetToBegin(const v1::Date& from, const v1::Date& to, const Day& day) {
  if (!day.has_value()) return to.year() == 0;
  return from.year() != 0 && FirstDay(from) > *day;
}

// How a lasting thing stands, in words: nothing before it begins.
std::string LastingState(v1::InForce in_force, const v1::Date& from, const v1::Date& to,
                         const Day& day, const std::string& words) {
  if (in_force == v1::IN_FORCE_NO && IsYetToBegin(from, to, day)) return "";
  return InForceWords(in_force, words);
}

// How a thing stands that is not over when its time is: it was measured, or it happened.
std::string StateOfMoment(v1::InForce in_force, const v1::Date& from, const v1::Date& to,
                          const Day& day, const std::string& words) {
  if (in_force == v1::IN_FORCE_LAST_OBSERVED) return words;
  const bool is_over = in_force == v1::IN_FORCE_NO && !IsYetToBegin(from, to, day);
  return is_over ? words : LastingState(in_force, from, to, day, words);
}

void AddBegin(const v1::Date& date, const std::string& state, TieFact* fact) {
  if (date.year() != 0) fact->happening.push_back({date, date, date, "", state});
}

TieFact& Add(v1::TieFamily family, const std::string& source, const v1::ActorRef& a,
             const v1::ActorRef& b, const std::string& of, TieFacts* facts) {
  TieFact& fact = (*facts)[{family, source, a.id(), b.id(), of}];
  fact.a = a;
  fact.b = b;
  return fact;
}

void AddTreaty(const v1::Tie& tie, const std::string& source, const v1::TreatyTie& treaty,
               TieFacts* facts) {
  const v1::TreatyRef& ref = treaty.treaty();
  TieFact& fact = Add(v1::TIE_FAMILY_TREATY, source, tie.a(), tie.b(), ref.id(), facts);
  fact.subject = ref.title().empty() ? ref.id() : absl::StrCat(ref.title(), " (", ref.id(), ")");
  fact.ground.assign(treaty.ground().begin(), treaty.ground().end());
  fact.record = fact.ground.empty() ? ref.id() : fact.ground.front().record();
  fact.state = TreatyState(treaty, tie.a(), tie.b());
}

// A bound that its source gives, or that lies between two of its publications.
void AddBound(const v1::Bound& bound, const char* verb, const std::string& state, bool is_end,
              TieFact* fact) {
  if (bound.earliest_date().year() == 0 || bound.latest_date().year() == 0) return;
  const std::string first = PrintDate(bound.earliest_date());
  const std::string last = PrintDate(bound.latest_date());
  const bool is_date = first == last;
  std::string what;
  if (!is_date) what = absl::StrCat("(", verb, " between ", first, " and ", last, ")");
  // A publication that no longer holds it ends it on its own day (sanction_force.h).
  const bool is_last_day = is_end && bound.basis() != v1::BASIS_ASSUMED;
  fact->happening.push_back({is_date ? bound.earliest_date() : v1::Date(), bound.earliest_date(),
                             bound.latest_date(), std::move(what), state, /*is_told=*/true,
                             is_last_day});
}

void AddSanction(const std::string& source, const v1::SanctionTie& sanction, const Day& day,
                 TieFacts* facts) {
  const v1::SanctionEntry& entry = sanction.entry();
  const std::string of = absl::StrCat(entry.record(), " ", sanction.via().id());
  TieFact& fact =
      Add(v1::TIE_FAMILY_SANCTION, source, sanction.sender(), sanction.target(), of, facts);
  const std::string measures = MeasureWords(entry.sanction());
  fact.subject =
      absl::StrCat(measures.empty() ? "sanction" : measures, InParentheses(entry.list()));
  if (sanction.has_via()) absl::StrAppend(&fact.subject, ", via ", NameWords(sanction.via()));
  fact.record = entry.record();
  fact.ground.assign(entry.ground().begin(), entry.ground().end());
  const std::string holds = absl::StrCat("in force", measures.empty() ? "" : ": ", measures);
  const v1::Bound& from = entry.window().from();
  const v1::Bound& to = entry.window().to();
  fact.state = LastingState(entry.in_force(), from.earliest_date(), to.latest_date(), day, holds);
  AddBound(from, "began", holds, /*is_end=*/false, &fact);
  AddBound(to, "ended", InForceWords(v1::IN_FORCE_NO, holds), /*is_end=*/true, &fact);
}

// Both ends of what lasts.
void AddEnds(const v1::Date& from, const v1::Date& to, const std::string& words, TieFact* fact) {
  AddBegin(from, words, fact);
  if (to.year() == 0) return;
  fact->happening.push_back({to, to, to, "", InForceWords(v1::IN_FORCE_NO, words),
                             /*is_told=*/true, /*is_last_day=*/true});
}

void AddDeployment(const std::string& source, const v1::DeploymentTie& tie, const Day& day,
                   TieFacts* facts) {
  const v1::Deployment& deployment = tie.deployment();
  TieFact& fact = Add(v1::TIE_FAMILY_DEPLOYMENT, source, deployment.sender(),
                      deployment.supported(), tie.ground().record(), facts);
  fact.subject = deployment.description().empty() ? "personnel" : deployment.description();
  fact.record = tie.ground().record();
  fact.ground.push_back(tie.ground());
  const std::string words = DeploymentWords(deployment);
  fact.state =
      LastingState(tie.in_force(), deployment.from_date(), deployment.to_date(), day, words);
  AddEnds(deployment.from_date(), deployment.to_date(), words, &fact);
}

// A measure stays what was last measured: its period's end changes nothing.
void AddIndicator(const std::string& source, const v1::IndicatorTie& tie, const Day& day,
                  TieFacts* facts) {
  const v1::Indicator& indicator = tie.indicator();
  TieFact& fact = Add(v1::TIE_FAMILY_INDICATOR, source, indicator.actor(), indicator.on(),
                      tie.ground().record(), facts);
  fact.subject = indicator.name();
  fact.record = tie.ground().record();
  fact.ground.push_back(tie.ground());
  const std::string words = IndicatorWords(indicator);
  fact.state =
      StateOfMoment(tie.in_force(), indicator.from_date(), indicator.to_date(), day, words);
  AddBegin(indicator.from_date(), words, &fact);
}

void AddDealing(const std::string& source, const v1::DealingTie& tie, const Day& day,
                TieFacts* facts) {
  const v1::Dealing& dealing = tie.dealing();
  TieFact& fact = Add(v1::TIE_FAMILY_DEALING, source, dealing.actor(), dealing.toward(),
                      tie.ground().record(), facts);
  fact.subject = DealingKindWords(dealing.kind());
  fact.record = tie.ground().record();
  fact.ground.push_back(tie.ground());
  const std::string period = PeriodWords(dealing.from_date(), dealing.to_date());
  const std::string words = absl::StrCat(WithoutStop(dealing.description()),
                                         period.empty() ? "" : ", ", period);
  // What was done and over on one day, or in one month, happened; it does not end.
  const std::string end = PrintDate(dealing.to_date());
  const bool is_moment = !end.empty() && end == PrintDate(dealing.from_date());
  const auto state_of = is_moment ? StateOfMoment : LastingState;
  fact.state = state_of(tie.in_force(), dealing.from_date(), dealing.to_date(), day, words);
  if (is_moment) {
    AddBegin(dealing.from_date(), words, &fact);
  } else {
    AddEnds(dealing.from_date(), dealing.to_date(), words, &fact);
  }
}

}  // namespace

absl::CivilDay TieHappening::FirstDayOf() const {
  return FirstDay(earliest) + (is_last_day ? 1 : 0);
}

absl::CivilDay TieHappening::LastDayOf() const { return LastDay(latest) + (is_last_day ? 1 : 0); }

absl::CivilDay FirstDay(const v1::Date& date) {
  return absl::ToCivilDay(StartOf(date), absl::UTCTimeZone());
}

absl::CivilDay LastDay(const v1::Date& date) {
  return absl::ToCivilDay(EndOf(date), absl::UTCTimeZone());
}

std::string TreatyState(const v1::TreatyTie& treaty, const v1::ActorRef& a, const v1::ActorRef& b) {
  const v1::StandingOn& on = treaty.on();
  if (on.standing() == v1::STANDING_NONE && on.possible() <= v1::STANDING_NONE) return "";
  const std::string words = StandingWords(on);
  const std::string owes = OwesWords(treaty, ShortNameOf(a), ShortNameOf(b));
  if (owes.empty() || on.standing() == v1::STANDING_ENDED) return words;
  return absl::StrCat(words, "; ", owes);
}

std::string ShortNameOf(const v1::ActorRef& actor) {
  std::string_view id = actor.id();
  constexpr std::string_view kState = "state:";
  if (id.starts_with(kState)) return std::string(id.substr(kState.size()));
  return NameWords(actor);
}

void AddFacts(const v1::Tie& tie, const std::optional<absl::CivilDay>& day, TieFacts* facts) {
  for (const v1::SourceTie& part : tie.source()) {
    for (const v1::TreatyTie& treaty : part.treaty()) AddTreaty(tie, part.source(), treaty, facts);
    for (const auto& sanction : part.sanction()) AddSanction(part.source(), sanction, day, facts);
    for (const auto& one : part.deployment()) AddDeployment(part.source(), one, day, facts);
    for (const auto& one : part.indicator()) AddIndicator(part.source(), one, day, facts);
    for (const auto& one : part.dealing()) AddDealing(part.source(), one, day, facts);
  }
}

}  // namespace dossier
