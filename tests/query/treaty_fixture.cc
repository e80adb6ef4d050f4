#include "tests/query/treaty_fixture.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

std::string DateText(const std::string& date) {
  const auto parsed = ParseDate(date);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? parsed->ShortDebugString() : "";
}

std::string DateField(const std::string& field, const std::string& date) {
  return date.empty() ? "" : absl::StrCat(field, " { ", DateText(date), " } ");
}

std::string NameOf(v1::Standing standing) {
  return absl::AsciiStrToLower(v1::Standing_Name(standing).substr(sizeof("STANDING_") - 1));
}

}  // namespace

std::string Act(const std::string& kind, const std::string& date, const std::string& more) {
  return absl::StrCat("act { kind: ACT_KIND_", kind, " ", DateField("date", date), more, " } ");
}

std::string Spell(const std::string& from, const std::string& to,
                  const std::vector<std::string>& obligations, const std::string& more) {
  std::string text =
      absl::StrCat("spell { ", DateField("from_date", from), DateField("to_date", to));
  for (const std::string& obligation : obligations) {
    absl::StrAppend(&text, "obligation: OBLIGATION_", obligation, " ");
  }
  return absl::StrCat(text, more, " } ");
}

Said Under(const std::string& treaty, const std::string& party, const std::string& facts) {
  Said said{absl::StrCat(treaty, "/", party), ""};
  said.present = absl::StrCat("treaty { treaty { id: '", treaty, "' } party { party { id: '", party,
                              "' printed_name: '", party, "' } ", facts, "} }");
  return said;
}

Said Describes(const std::string& treaty, const std::string& title, const std::string& more) {
  Said said{treaty, ""};
  said.present = absl::StrCat("treaty { describes: true treaty { id: '", treaty, "' title: '",
                              title, "' } ", more, " }");
  return said;
}

Said GoneRecord(const std::string& record) { return {record, ""}; }

std::string Words(const v1::StandingOn& on) {
  std::string words = NameOf(on.standing());
  if (on.possible() != on.standing()) absl::StrAppend(&words, "..", NameOf(on.possible()));
  return on.last_observed() ? absl::StrCat(words, ", last observed") : words;
}

std::string Words(const google::protobuf::RepeatedPtrField<v1::StandingCount>& counts) {
  return absl::StrJoin(counts, ", ", [](std::string* out, const v1::StandingCount& count) {
    absl::StrAppend(out, NameOf(count.standing()), " ", count.count());
  });
}

std::string At(const std::string& effective, const std::string& known_by) {
  return absl::StrCat("read_at { cut { ", DateField("effective_date", effective),
                      DateField("known_by_date", known_by), "} } ");
}

}  // namespace dossier
