#include "services/cli/list_flags.h"

#include <algorithm>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace dossier {
namespace {

constexpr int kPageMax = 1'000;

// "ASSET_FREEZE" of "asset-freeze".
std::string EnumName(const std::string& prefix, const std::string& word) {
  return absl::StrCat(prefix,
                      absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}, {" ", "_"}})));
}

// The words of an enum's values but the first: "asset-freeze", "travel-ban" ...
std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& values,
                                 const std::string& prefix) {
  std::vector<std::string> words;
  for (int i = 1; i < values.value_count(); ++i) {
    const std::string name = values.value(i)->name().substr(prefix.size());
    words.push_back(absl::AsciiStrToLower(absl::StrReplaceAll(name, {{"_", "-"}})));
  }
  return words;
}

CLI::Validator IsWordOf(const google::protobuf::EnumDescriptor& values, const std::string& prefix) {
  return CLI::Validator(
      [&values, prefix](std::string& word) {
        if (values.FindValueByName(EnumName(prefix, word)) != nullptr) return std::string();
        return absl::StrCat("\"", word, "\": expected one of ",
                            absl::StrJoin(WordsOf(values, prefix), ", "));
      },
      "");
}

constexpr char kMeasure[] = "MEASURE_KIND_";
constexpr char kKind[] = "ACTOR_KIND_";

}  // namespace

void AddFilterFlags(CLI::App& command, FilterFlags& flags) {
  command.add_option("--programme", flags.programme, "Programme or regime as printed; any of them");
  command.add_option("--country", flags.country,
                     "Of a nationality, address or flag: id, code or name; any of them");
  command
      .add_option("--measure", flags.measure,
                  "asset-freeze, travel-ban, arms-embargo, trade ...; any of them")
      ->check(IsWordOf(*v1::MeasureKind_descriptor(), kMeasure));
  command.add_option("--kind", flags.kind, "person, company, vessel, aircraft ...; any of them")
      ->check(IsWordOf(*v1::ActorKind_descriptor(), kKind));
}

v1::EntryFilter FilterOf(const FilterFlags& flags) {
  v1::EntryFilter filter;
  filter.mutable_programme()->Assign(flags.programme.begin(), flags.programme.end());
  filter.mutable_country()->Assign(flags.country.begin(), flags.country.end());
  for (const std::string& word : flags.measure) {
    v1::MeasureKind measure = v1::MEASURE_KIND_UNSPECIFIED;
    v1::MeasureKind_Parse(EnumName(kMeasure, word), &measure);
    filter.add_measure(measure);
  }
  for (const std::string& word : flags.kind) {
    v1::ActorKind kind = v1::ACTOR_KIND_UNSPECIFIED;
    v1::ActorKind_Parse(EnumName(kKind, word), &kind);
    filter.add_kind(kind);
  }
  return filter;
}

int LimitFlags::PageSize(int listed) const {
  return all ? kPageMax : std::min(kPageMax, limit - listed);
}

void AddLimitFlags(CLI::App& command, LimitFlags& flags, const std::string& what) {
  CLI::Option* limit = command.add_option("--limit", flags.limit, what + " at most")
                           ->check(CLI::PositiveNumber)
                           ->capture_default_str();
  command.add_flag("--all", flags.all, "All of them")->excludes(limit);
}

}  // namespace dossier
