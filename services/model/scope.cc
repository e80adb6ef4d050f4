#include "services/model/scope.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dossier {
namespace {

// Of longer lists PrintScopeBriefly says only how many they hold.
constexpr size_t kListedBriefly = 3;

template <typename Ids>
bool Admits(const Ids& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Ids of the countries, each once.
void AddCountries(const v1::Sanction& sanction, v1::Facets& facets) {
  const auto add = [&](const v1::ActorRef& country) {
    if (country.id().empty()) return;
    for (const std::string& id : facets.country()) {
      if (id == country.id()) return;
    }
    facets.add_country(country.id());
  };
  for (const v1::Nationality& nationality : sanction.nationality()) add(nationality.country());
  for (const v1::Address& address : sanction.address()) add(address.country());
  add(sanction.craft().flag());
}

void AddSanction(const v1::Sanction& sanction, v1::Facets& facets) {
  facets.set_part(sanction.part());
  facets.set_target_kind(sanction.target_kind());
  if (sanction.target_size() == 1) facets.set_target(sanction.target(0).id());
  *facets.mutable_programme() = sanction.programme();
  *facets.mutable_instrument() = sanction.instrument();
  for (const v1::Measure& measure : sanction.measure()) {
    const auto& kinds = facets.measure();
    if (std::find(kinds.begin(), kinds.end(), measure.kind()) == kinds.end()) {
      facets.add_measure(measure.kind());
    }
  }
  AddCountries(sanction, facets);
}

template <typename Allowed, typename Had>
bool AdmitsAny(const Allowed& allowed, const Had& had) {
  return allowed.empty() || std::any_of(had.begin(), had.end(), [&](const std::string& value) {
           return Admits(allowed, value);
         });
}

// By the delivery years; an order that none was delivered of yet, by its own year.
bool CoversYears(const v1::Scope& scope, const v1::Facets& facets) {
  const int first = facets.has_delivery() ? facets.first_year() : facets.order_year();
  const int last = facets.has_delivery() ? facets.last_year() : facets.order_year();
  if (scope.delivery_year_from() != 0 && first < scope.delivery_year_from()) return false;
  return scope.delivery_year_to() == 0 || (last != 0 && last <= scope.delivery_year_to());
}

const char* PrintPart(int part) {
  switch (part) {
    case v1::SANCTION_PART_ENTRY:
      return "entries";
    case v1::SANCTION_PART_ADDRESSES:
      return "addresses";
    case v1::SANCTION_PART_ALIASES:
      return "aliases";
    case v1::SANCTION_PART_COMMENTS:
      return "comments";
    default:
      return "unknown";
  }
}

// "supplier in {state:RUS, state:IRN}"; of more than `listed_max`: "supplier in {190 actors}".
template <typename Values>
void AddList(const char* what, const Values& values, const char* plural, size_t listed_max,
             std::vector<std::string>* terms) {
  if (values.empty()) return;
  const auto size = static_cast<size_t>(values.size());
  const std::string list = size > listed_max ? absl::StrCat(size, " ", plural)
                                             : absl::StrJoin(values, ", ");
  terms->push_back(absl::StrCat(what, " in {", list, "}"));
}

std::string PrintYears(const v1::Scope& scope) {
  std::string years = "delivery year ";
  if (scope.delivery_year_from() != 0) absl::StrAppend(&years, scope.delivery_year_from());
  years += "..";
  if (scope.delivery_year_to() != 0) absl::StrAppend(&years, scope.delivery_year_to());
  return years;
}

std::string Print(const v1::Scope& scope, size_t listed_max) {
  std::vector<std::string> terms;
  AddList("supplier", scope.supplier(), "actors", listed_max, &terms);
  AddList("recipient", scope.recipient(), "actors", listed_max, &terms);
  if (scope.delivery_year_from() != 0 || scope.delivery_year_to() != 0) {
    terms.push_back(PrintYears(scope));
  }
  if (scope.deliveries_only()) terms.push_back("deliveries only");
  std::vector<std::string> parts;
  for (int part : scope.part()) parts.push_back(PrintPart(part));
  AddList("part", parts, "parts", SIZE_MAX, &terms);
  AddList("programme", scope.programme(), "programmes", listed_max, &terms);
  AddList("instrument", scope.instrument(), "instruments", listed_max, &terms);
  AddList("treaty", scope.treaty(), "treaties", listed_max, &terms);
  if (scope.additions_only()) terms.push_back("additions only");
  return terms.empty() ? "whole" : absl::StrJoin(terms, " & ");
}

}  // namespace

v1::Facets FacetsOf(const v1::Present& present) {
  v1::Facets facets;
  if (present.has_sanction()) AddSanction(present.sanction(), facets);
  if (present.has_treaty()) facets.set_treaty(present.treaty().treaty().id());
  if (!present.has_transfer()) return facets;
  const v1::Transfer& transfer = present.transfer();
  facets.set_supplier(transfer.supplier().id());
  facets.set_recipient(transfer.recipient().id());
  facets.set_has_delivery(transfer.delivery_size() > 0);
  int first = 0;
  int last = 0;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    for (int year : delivery.year()) {
      first = first == 0 ? year : std::min(first, year);
      last = std::max(last, year);
    }
  }
  facets.set_first_year(first);
  facets.set_last_year(last);
  facets.set_order_year(transfer.order_date().year());
  return facets;
}

bool Covers(const v1::Scope& scope, const v1::Facets& facets) {
  if (!Admits(scope.supplier(), facets.supplier())) return false;
  if (!Admits(scope.recipient(), facets.recipient())) return false;
  if (scope.deliveries_only() && !facets.has_delivery()) return false;
  const auto& parts = scope.part();
  if (!parts.empty() && std::find(parts.begin(), parts.end(), facets.part()) == parts.end()) {
    return false;
  }
  if (!AdmitsAny(scope.programme(), facets.programme())) return false;
  if (!AdmitsAny(scope.instrument(), facets.instrument())) return false;
  if (!Admits(scope.treaty(), facets.treaty())) return false;
  return CoversYears(scope, facets);
}

std::string PrintScope(const v1::Scope& scope) { return Print(scope, SIZE_MAX); }

std::string PrintScopeBriefly(const v1::Scope& scope) { return Print(scope, kListedBriefly); }

}  // namespace dossier
