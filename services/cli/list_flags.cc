#include "services/cli/list_flags.h"

#include <algorithm>

#include "CLI/CLI.hpp"
#include "services/cli/enum_flags.h"

namespace dossier {
namespace {

constexpr int kPageMax = 1'000;

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
    filter.add_measure(static_cast<v1::MeasureKind>(
        NumberOfWord(*v1::MeasureKind_descriptor(), kMeasure, word)));
  }
  for (const std::string& word : flags.kind) {
    filter.add_kind(
        static_cast<v1::ActorKind>(NumberOfWord(*v1::ActorKind_descriptor(), kKind, word)));
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
