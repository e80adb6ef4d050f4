#include "services/ingest/sources/printed_countries.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/nationalities.h"

namespace dossier {
namespace {

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

// What a bracket behind a country's name begins with, where it does not say which country.
constexpr std::string_view kCircumstances[] = {
    "alternative", "as at",        "as of",        "at time of listing", "between",
    "branch",      "citizenship",  "domicile",     "former location",    "from ",
    "head office", "headquarters", "in detention", "in prison",          "islamic republic of",
    "location",    "possible",     "previous",     "reportedly",         "residence",
    "since"};

// The name before such a bracket, or before "citizenship"; empty: there is none.
std::string_view BeforeCircumstance(std::string_view printed) {
  constexpr std::string_view kCitizenship = " citizenship";
  if (printed.ends_with(kCitizenship)) {
    return printed.substr(0, printed.size() - kCitizenship.size());
  }
  const size_t open = printed.find(" (");
  if (open == std::string_view::npos) return {};
  const std::string_view inside = printed.substr(open + 2);
  for (std::string_view words : kCircumstances) {
    if (absl::StartsWithIgnoreCase(ToAbsl(inside), ToAbsl(words))) {
      return Trimmed(printed.substr(0, open));
    }
  }
  return {};
}

bool IsInCapitals(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void PrintedCountries::Set(std::string_view printed, v1::ActorRef& country) const {
  country.mutable_printed_name()->assign(printed);
  const auto known = id_of_.find(ToAbsl(printed));
  if (known != id_of_.end()) {
    country.set_id(known->second);
    return;
  }
  if (id_of_.size() >= kNamesMax) id_of_.clear();
  std::string id = Find(printed);
  if (id.empty()) id = UnresolvedId(source_, printed);
  country.set_id(id_of_.emplace(printed, std::move(id)).first->second);
}

std::string PrintedCountries::Find(std::string_view printed) const {
  while (!printed.empty() && printed.back() == '.') printed.remove_suffix(1);
  std::string id = FindBare(printed);
  if (!id.empty()) return id;
  const std::string_view bare = BeforeCircumstance(printed);
  return bare.empty() ? "" : FindBare(bare);
}

std::string PrintedCountries::FindBare(std::string_view name) const {
  if (name.empty()) return "";
  std::string id = table_.Resolve(source_, name);
  if (!IsUnresolved(id)) return id;
  const std::string_view code = CountryOfNationality(name);
  if (code.empty() && (!IsInCapitals(name) || name.size() <= 3)) return "";
  const v1::Actor* const actor = table_.Find(code.empty() ? name : code);
  return actor != nullptr ? actor->id() : "";
}

}  // namespace dossier
