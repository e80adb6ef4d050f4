#include "services/model/tie_words.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "services/model/message_diff.h"

namespace dossier {
namespace {

constexpr int64_t kMillion = 1'000'000;

// The word of an enumerated value; "" for UNSPECIFIED and for a number that has none.
template <typename Enum>
std::string WordOf(Enum value) {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(value);
  return descriptor != nullptr ? PrintEnum(*descriptor) : "";
}

// "90" for 90,000,000 millionths, "0.25" for 250,000.
std::string MillionthsWords(int64_t millionths) {
  const uint64_t size = millionths < 0 ? -static_cast<uint64_t>(millionths) : millionths;
  std::string fraction = absl::StrCat(absl::Dec(size % kMillion, absl::kZeroPad6));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return absl::StrCat(millionths < 0 ? "-" : "", NumberWords(static_cast<int64_t>(size / kMillion)),
                      fraction.empty() ? "" : ".", fraction);
}

std::string AfterComma(const std::string& text) {
  return text.empty() ? "" : absl::StrCat(", ", text);
}

}  // namespace

std::string NameWords(const v1::ActorRef& actor) {
  return actor.printed_name().empty() ? actor.id() : actor.printed_name();
}

std::string WithoutStop(const std::string& sentence) {
  return sentence.substr(0, sentence.size() - (sentence.ends_with('.') ? 1 : 0));
}

std::string NumberWords(int64_t number) {
  const std::string digits = absl::StrCat(number);
  const size_t first = number < 0 ? 1 : 0;
  std::string words;
  for (size_t at = 0; at < digits.size(); ++at) {
    if (at > first && (digits.size() - at) % 3 == 0) words.push_back(',');
    words.push_back(digits[at]);
  }
  return words;
}

std::string PeriodWords(const v1::Date& from, const v1::Date& to) {
  const std::string begin = PrintDate(from);
  const std::string end = PrintDate(to);
  if (begin.empty()) return end.empty() ? "" : absl::StrCat("until ", end);
  if (end.empty()) return absl::StrCat("from ", begin);
  if (begin != end) return absl::StrCat(begin, " to ", end);
  return absl::StrCat(from.day() != 0 ? "on " : "in ", begin);
}

std::string StandingWords(v1::Standing standing) {
  switch (standing) {
    case v1::STANDING_ENDED:
      return "ended";
    case v1::STANDING_NONE:
      return "not signed";
    case v1::STANDING_SIGNED:
      return "signed; not yet consented";
    case v1::STANDING_SUSPENDED:
      return "suspended";
    case v1::STANDING_APPLIES:
      return "applies it";
    case v1::STANDING_CONSENTED:
      return "consented; entry into force not stated";
    case v1::STANDING_IN_FORCE:
      return "in force";
    default:
      return "";
  }
}

std::string StandingWords(const v1::StandingOn& on) {
  std::string words = StandingWords(on.standing());
  if (on.possible() != on.standing() && on.possible() != v1::STANDING_UNSPECIFIED) {
    absl::StrAppend(&words, ", possibly ", StandingWords(on.possible()));
  }
  return on.last_observed() ? absl::StrCat("last observed ", words) : words;
}

std::string ActWords(v1::ActKind kind) { return WordOf(kind); }

std::string ObligationWords(const google::protobuf::RepeatedField<int>& obligations) {
  std::set<int> sorted(obligations.begin(), obligations.end());
  sorted.erase(v1::OBLIGATION_UNSPECIFIED);
  return absl::StrJoin(sorted, ", ", [](std::string* out, int obligation) {
    absl::StrAppend(out, WordOf(static_cast<v1::Obligation>(obligation)));
  });
}

std::string OwesWords(const v1::TreatyTie& tie, const std::string& a, const std::string& b) {
  const std::string a_owes = ObligationWords(tie.a_owes());
  const std::string b_owes = ObligationWords(tie.b_owes());
  if (a_owes == b_owes) return a_owes.empty() ? "" : absl::StrCat("each owes the other ", a_owes);
  std::string words;
  if (!a_owes.empty()) words = absl::StrCat(a, " owes ", b, " ", a_owes);
  if (!a_owes.empty() && !b_owes.empty()) words += "; ";
  if (!b_owes.empty()) absl::StrAppend(&words, b, " owes ", a, " ", b_owes);
  return words;
}

std::string InForceWords(v1::InForce in_force, const std::string& what) {
  switch (in_force) {
    case v1::IN_FORCE_NO:
      return absl::StrCat(what, "; ended");
    case v1::IN_FORCE_POSSIBLY:
      return absl::StrCat("possibly ", what);
    case v1::IN_FORCE_LAST_OBSERVED:
      return absl::StrCat("last observed ", what);
    default:
      return what;
  }
}

std::string DeploymentWords(const v1::Deployment& deployment) {
  std::string words;
  if (deployment.has_personnel()) words = NumberWords(deployment.personnel());
  if (deployment.has_personnel_max() && deployment.personnel_max() != deployment.personnel()) {
    absl::StrAppend(&words, words.empty() ? "up to " : " to ",
                    NumberWords(deployment.personnel_max()));
  }
  const std::string& who = deployment.description().empty() ? std::string("personnel")
                                                            : deployment.description();
  absl::StrAppend(&words, words.empty() ? "" : " ", who);
  if (deployment.has_location()) {
    absl::StrAppend(&words, " in ", NameWords(deployment.location()));
  }
  return words + AfterComma(PeriodWords(deployment.from_date(), deployment.to_date()));
}

std::string IndicatorWords(const v1::Indicator& indicator) {
  std::string words = WithoutStop(indicator.statement());
  if (indicator.has_value_millionths()) {
    std::string value = absl::StrCat(indicator.is_estimate() ? "about " : "",
                                     MillionthsWords(indicator.value_millionths()),
                                     indicator.unit().empty() ? "" : " ", indicator.unit());
    words = words.empty() ? value : absl::StrCat(value, " (", words, ")");
  }
  return words + AfterComma(PeriodWords(indicator.from_date(), indicator.to_date()));
}

std::string DealingKindWords(v1::DealingKind kind) { return WordOf(kind); }

std::string MeasureWords(const v1::Sanction& sanction) {
  std::vector<std::string> words;
  for (const v1::Measure& measure : sanction.measure()) {
    std::string word = WordOf(measure.kind());
    if (word.empty()) word = measure.detail();
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) {
      words.push_back(std::move(word));
    }
  }
  return absl::StrJoin(words, ", ");
}

std::string ProgressWords(const TransferProgress& progress) {
  std::string words;
  if (!progress.any_delivery) {
    words = "ordered";
    if (progress.has_ordered) absl::StrAppend(&words, " ", NumberWords(progress.ordered));
  } else {
    words = "delivered";
    if (progress.has_delivered) absl::StrAppend(&words, " ", NumberWords(progress.delivered));
    if (progress.has_ordered) {
      absl::StrAppend(&words, progress.has_delivered ? " of " : ", of ",
                      NumberWords(progress.ordered), progress.has_delivered ? "" : " ordered");
    }
  }
  if (progress.disruption != v1::DISRUPTION_UNSPECIFIED) {
    absl::StrAppend(&words, "; ", WordOf(progress.disruption));
  }
  return words;
}

std::string MembershipWords(const v1::Membership& membership) {
  std::string words = WordOf(membership.status());
  if (membership.status() == v1::MEMBERSHIP_STATUS_JOINED) words = "member";
  return membership.role().empty() ? words : absl::StrCat(words, " (", membership.role(), ")");
}

}  // namespace dossier
