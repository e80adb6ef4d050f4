#include "services/query/list_filter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"

namespace dossier {
namespace {

constexpr int kValuesMax = 200;

template <typename Asked, typename Had, typename Same>
bool AnyOf(const Asked& asked, const Had& had, const Same& same) {
  return asked.empty() || std::any_of(std::begin(had), std::end(had), [&](const auto& value) {
           return std::any_of(asked.begin(), asked.end(),
                              [&](const auto& one) { return same(one, value); });
         });
}

constexpr auto kSame = [](const auto& a, const auto& b) { return a == b; };

absl::Status CheckCount(const char* field, int count) {
  if (count <= kValuesMax) return absl::OkStatus();
  return InvalidField(field, absl::StrCat(count, " values; expected at most ", kValuesMax));
}

}  // namespace

absl::StatusOr<ListFilter> ListFilter::Open(AsOf& as_of, const ActorTable& table,
                                            const v1::EntryFilter& filter) {
  for (const auto& [field, count] : {std::pair{"filter.programme", filter.programme_size()},
                                     {"filter.measure", filter.measure_size()},
                                     {"filter.kind", filter.kind_size()}}) {
    if (absl::Status s = CheckCount(field, count); !s.ok()) return s;
  }
  ListFilter opened;
  opened.filter_ = filter;
  auto countries = ResolveActors(as_of, table, {{"filter.country", filter.country()}});
  if (!countries.ok()) return countries.status();
  opened.countries_ = std::move(countries->front());
  return opened;
}

bool ListFilter::empty() const { return Fits(Met(v1::Facets())); }

uint32_t ListFilter::Met(const v1::Facets& facets) const {
  const auto is_named = [](const std::string& one, const std::string& value) {
    return absl::EqualsIgnoreCase(one, value);
  };
  uint32_t met = 0;
  if (AnyOf(filter_.programme(), facets.programme(), is_named)) met |= kProgramme;
  if (AnyOf(filter_.measure(), facets.measure(), kSame)) met |= kMeasure;
  if (AnyOf(countries_, facets.country(), kSame)) met |= kCountry;
  const v1::ActorKind kinds[] = {facets.target_kind()};
  const bool has_kind = facets.part() == v1::SANCTION_PART_ENTRY;
  if (filter_.kind().empty() || (has_kind && AnyOf(filter_.kind(), kinds, kSame))) met |= kKind;
  return met;
}

}  // namespace dossier
