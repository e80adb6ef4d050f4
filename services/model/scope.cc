#include "services/model/scope.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dossier {
namespace {

template <typename Ids>
bool Admits(const Ids& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

v1::Facets FacetsOf(const v1::Present& present) {
  v1::Facets facets;
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
  return facets;
}

bool Covers(const v1::Scope& scope, const v1::Facets& facets) {
  if (!Admits(scope.supplier(), facets.supplier())) return false;
  if (!Admits(scope.recipient(), facets.recipient())) return false;
  if (scope.deliveries_only() && !facets.has_delivery()) return false;
  if (scope.delivery_year_from() != 0 && facets.first_year() < scope.delivery_year_from()) {
    return false;
  }
  if (scope.delivery_year_to() != 0 &&
      (facets.last_year() == 0 || facets.last_year() > scope.delivery_year_to())) {
    return false;
  }
  return true;
}

std::string PrintScope(const v1::Scope& scope) {
  std::vector<std::string> terms;
  if (scope.supplier_size() > 0) {
    terms.push_back(absl::StrCat("supplier in {", absl::StrJoin(scope.supplier(), ", "), "}"));
  }
  if (scope.recipient_size() > 0) {
    terms.push_back(absl::StrCat("recipient in {", absl::StrJoin(scope.recipient(), ", "), "}"));
  }
  if (scope.delivery_year_from() != 0 || scope.delivery_year_to() != 0) {
    std::string years = "delivery year ";
    if (scope.delivery_year_from() != 0) absl::StrAppend(&years, scope.delivery_year_from());
    years += "..";
    if (scope.delivery_year_to() != 0) absl::StrAppend(&years, scope.delivery_year_to());
    terms.push_back(years);
  }
  if (scope.deliveries_only()) terms.push_back("deliveries only");
  if (scope.additions_only()) terms.push_back("additions only");
  return terms.empty() ? "whole" : absl::StrJoin(terms, " & ");
}

}  // namespace dossier
