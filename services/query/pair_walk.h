// The pairs of supplier and recipient that a selection asks about, over several sources, in order.
//
//   PairWalk pairs(as_of, sources, selection);
//   if (absl::Status s = pairs.Start({}); !s.ok()) return s;
//   for (auto next = pairs.Next(); next.ok() && next->has_value(); next = pairs.Next()) ...
//
// A pair has, or had, rows in at least one of the sources; whether any record holds there at the
// cut is for ScanPlaces to say. Costs a seek or two a source for a pair. One thread; moves the
// cursor of `as_of`, which must outlive it.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "services/query/transfer_places.h"

namespace dossier {

// Actor ids.
struct ActorPair {
  std::string supplier;
  std::string recipient;

  auto operator<=>(const ActorPair&) const = default;
};

class PairWalk {
 public:
  // `selection` asks for at least one actor.
  PairWalk(AsOf& as_of, std::vector<std::string> sources, PlaceSelection selection);

  // Once, before Next: `from` is the first pair wanted; empty: from the first on.
  absl::Status Start(const ActorPair& from);
  // In the order of supplier, then recipient; nullopt: there are no more. DataLoss; or the call's
  // limits.
  absl::StatusOr<std::optional<ActorPair>> Next();

 private:
  absl::StatusOr<std::optional<std::string>> NextRecipient(const std::string& supplier);

  AsOf& as_of_;
  const std::vector<std::string> sources_;
  const PlaceSelection selection_;
  std::vector<ActorPair> wanted_;  // ascending; without a recipient: all of the supplier's
  size_t at_ = 0;
  std::string recipients_from_;  // of the supplier at hand: where its recipients go on
};

}  // namespace dossier
