// Which entries a request asks for (v1::EntryFilter), judged by the facets of an entry's parts: an
// entry fits if for each field that is set one of its parts has one of the values. A country is one
// of a nationality, an address or a flag, or the target itself.
//
//   uint32_t met = 0;
//   for (each part) met |= filter.Met(record, facets);
//   if (filter.Fits(met)) ...
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"
#include "storage/timeline.h"

namespace dossier {

class ListFilter {
 public:
  // For records of a source at these cuts. Resolves the countries as named_actors.h does, and reads
  // the records about them. InvalidArgument, NotFound: by field.
  static absl::StatusOr<ListFilter> Open(AsOf& as_of, const ActorTable& table,
                                         std::string_view source, const v1::EntryFilter& filter,
                                         std::span<const KnowledgeCut> cuts);

  // Whether every entry fits.
  bool empty() const;
  // The fields that a record meets, as bits; those that are not set are always met.
  uint32_t Met(std::string_view record, const v1::Facets& facets) const;
  bool Fits(uint32_t met) const { return met == kAll; }

 private:
  static constexpr uint32_t kProgramme = 1, kMeasure = 2, kCountry = 4, kKind = 8, kAll = 15;

  // Adds the records that have several targets at a cut, a country among them.
  absl::Status AddTargeting(AsOf& as_of, std::string_view source, const std::string& country,
                            const KnowledgeCut& cut);

  v1::EntryFilter filter_;
  std::vector<std::string> countries_;            // ids, sorted
  std::set<std::string, std::less<>> targeting_;  // records; facets have no several targets
};

}  // namespace dossier
