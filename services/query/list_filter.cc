#include "services/query/list_filter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"
#include "services/query/sanction_records.h"

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
                                            std::string_view source, const v1::EntryFilter& filter,
                                            std::span<const KnowledgeCut> cuts) {
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
  for (const std::string& country : opened.countries_) {
    for (const KnowledgeCut& cut : cuts) {
      absl::Status added = opened.AddTargeting(as_of, source, country, cut);
      if (!added.ok()) return added;
    }
  }
  return opened;
}

absl::Status ListFilter::AddTargeting(AsOf& as_of, std::string_view source,
                                      const std::string& country, const KnowledgeCut& cut) {
  auto records = RecordsAbout(as_of, country, source);
  if (!records.ok()) return records.status();
  for (const AboutRecord& about : *records) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of.rows(), source, about.record, cut);
    if (!statement.ok()) return statement.status();
    if (!statement->has_value() || !(*statement)->row.present()) continue;
    const v1::Facets& facets = (*statement)->row.facets();
    const bool has_several =
        facets.part() != v1::SANCTION_PART_UNSPECIFIED && facets.target().empty();
    if (!has_several) continue;
    auto event = EventAt(as_of.rows(), (*statement)->version.sequence);
    if (!event.ok()) return event.status();
    if (IsAmong(event->present().sanction().target(), country)) targeting_.insert(about.record);
  }
  return absl::OkStatus();
}

bool ListFilter::empty() const { return Fits(Met("", v1::Facets())); }

uint32_t ListFilter::Met(std::string_view record, const v1::Facets& facets) const {
  const auto is_named = [](const std::string& one, const std::string& value) {
    return absl::EqualsIgnoreCase(one, value);
  };
  uint32_t met = 0;
  if (AnyOf(filter_.programme(), facets.programme(), is_named)) met |= kProgramme;
  if (AnyOf(filter_.measure(), facets.measure(), kSame)) met |= kMeasure;
  const bool is_target =
      std::binary_search(countries_.begin(), countries_.end(), facets.target()) ||
      (facets.target().empty() && targeting_.contains(record));
  if (is_target || AnyOf(countries_, facets.country(), kSame)) met |= kCountry;
  const v1::ActorKind kinds[] = {facets.target_kind()};
  const bool has_kind = facets.part() == v1::SANCTION_PART_ENTRY;
  if (filter_.kind().empty() || (has_kind && AnyOf(filter_.kind(), kinds, kSame))) met |= kKind;
  return met;
}

}  // namespace dossier
