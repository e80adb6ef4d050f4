#include "services/cli/treaty_words.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/cli/numbers.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

std::string Dated(const char* word, const v1::Date& date) {
  return date.year() == 0 ? "" : absl::StrCat(word, " ", PrintDate(date));
}

// Pages go source by source: the source is not said again.
std::string Place(const v1::Ground& ground) {
  const std::string place = PrintLocator(ground.locator());
  if (!place.empty()) return place;
  return absl::StrCat(ground.record(), ", published ", PrintStamp(ground.stamp()));
}

// Short, so that several can stand beside each other.
std::string CountedStanding(v1::Standing standing) {
  switch (standing) {
    case v1::STANDING_SIGNED:
      return "signed only";
    case v1::STANDING_CONSENTED:
      return "consented";
    case v1::STANDING_APPLIES:
      return "applied";
    default:
      return StandingWords(standing);
  }
}

}  // namespace

std::string SpanWords(const v1::StandingOn& on) {
  return JoinGiven({Dated("since", on.since_date()), Dated("until", on.until_date())});
}

std::string CountWords(const google::protobuf::RepeatedPtrField<v1::StandingCount>& counts) {
  std::vector<const v1::StandingCount*> strongest_first;
  for (const v1::StandingCount& count : counts) {
    if (count.count() > 0) strongest_first.push_back(&count);
  }
  std::stable_sort(strongest_first.begin(), strongest_first.end(),
                   [](const auto* a, const auto* b) { return a->standing() > b->standing(); });
  std::vector<std::string> words;
  for (const v1::StandingCount* count : strongest_first) {
    words.push_back(absl::StrCat(Grouped(static_cast<int64_t>(count->count())), " ",
                                 CountedStanding(count->standing())));
  }
  return JoinGiven(words);
}

std::string TreatyName(const v1::TreatyRef& treaty) {
  if (treaty.title().empty()) return treaty.id();
  return absl::StrCat(treaty.title(), " (", treaty.id(), ")");
}

std::string DatedActWords(const v1::TreatyAct& act) {
  const std::string date = PrintDate(act.date());
  return absl::StrCat(ActWords(act.kind()), " ", date.empty() ? "(no date stated)" : date);
}

std::string SpellWords(const v1::TreatySpell& spell) {
  std::string words = "bound";
  if (spell.has_from_date()) absl::StrAppend(&words, " from ", PrintDate(spell.from_date()));
  if (spell.from_is_censored()) absl::StrAppend(&words, " or before");
  if (spell.has_to_date()) absl::StrAppend(&words, " to ", PrintDate(spell.to_date()));
  if (spell.to_is_censored()) {
    absl::StrAppend(&words, spell.has_to_date() ? " or later" : ", still so when last observed");
  }
  const std::string owed = ObligationWords(spell.obligation());
  const std::string more = JoinGiven({spell.end_reason(), spell.detail()});
  return absl::StrCat(words, owed.empty() ? "" : ": ", owed, more.empty() ? "" : " (", more,
                      more.empty() ? "" : ")");
}

std::string FactWords(const v1::TreatyParty& facts) {
  std::vector<std::string> words;
  for (const v1::TreatyAct& act : facts.act()) words.push_back(DatedActWords(act));
  for (const v1::TreatySpell& spell : facts.spell()) words.push_back(SpellWords(spell));
  return JoinGiven(words, "; ");
}

std::string ShortName(const v1::ActorRef& actor) {
  if (absl::StartsWith(actor.id(), "state:")) {
    return std::string(absl::StripPrefix(actor.id(), "state:"));
  }
  return actor.printed_name().empty() ? actor.id() : actor.printed_name();
}

std::string GroundMark(const v1::Ground& ground) { return absl::StrCat("[", Place(ground), "]"); }

std::string GroundMarks(const google::protobuf::RepeatedPtrField<v1::Ground>& grounds) {
  if (grounds.empty()) return "";
  const std::string more =
      grounds.size() == 1 ? "" : absl::StrCat(" and ", grounds.size() - 1, " more");
  return absl::StrCat("[", Place(grounds[0]), more, "]");
}

std::string JoinGiven(const std::vector<std::string>& texts, const std::string& divider) {
  std::string joined;
  for (const std::string& text : texts) {
    if (!text.empty()) absl::StrAppend(&joined, joined.empty() ? "" : divider, text);
  }
  return joined;
}

}  // namespace dossier
