// Which entries a request asks for (v1::EntryFilter), judged by the facets of an entry's parts: an
// entry fits if for each field that is set one of its parts has one of the values.
//
//   uint32_t met = 0;
//   for (each part) met |= filter.Met(facets);
//   if (filter.Fits(met)) ...
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

class ListFilter {
 public:
  // Resolves the countries as named_actors.h does. InvalidArgument, NotFound: by field.
  static absl::StatusOr<ListFilter> Open(AsOf& as_of, const ActorTable& table,
                                         const v1::EntryFilter& filter);

  // Whether every entry fits.
  bool empty() const;
  // The fields that a part meets, as bits; those that are not set are always met.
  uint32_t Met(const v1::Facets& facets) const;
  bool Fits(uint32_t met) const { return met == kAll; }

 private:
  static constexpr uint32_t kProgramme = 1, kMeasure = 2, kCountry = 4, kKind = 8, kAll = 15;

  v1::EntryFilter filter_;
  std::vector<std::string> countries_;  // ids, sorted
};

}  // namespace dossier
