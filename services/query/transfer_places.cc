#include "services/query/transfer_places.h"

#include <algorithm>
#include <functional>

namespace dossier {
namespace {

bool Has(const std::vector<std::string>& ids, std::string_view id) {
  return std::binary_search(ids.begin(), ids.end(), id, std::less<>());
}

// The pairs whose recipient is `recipient`, from suppliers that `wanted` lets through.
absl::Status AddPairsTo(AsOf& as_of, const std::string& source, const std::string& recipient,
                        const std::function<bool(const std::string&)>& wanted,
                        std::vector<PlaceRange>* ranges) {
  auto suppliers = SuppliersOf(as_of, source, recipient);
  if (!suppliers.ok()) return suppliers.status();
  for (std::string& supplier : *suppliers) {
    if (wanted(supplier)) ranges->push_back({source, std::move(supplier), recipient});
  }
  return absl::OkStatus();
}

}  // namespace

bool PlaceSelection::Holds(std::string_view supplier, std::string_view recipient) const {
  return (suppliers.empty() || Has(suppliers, supplier)) &&
         (recipients.empty() || Has(recipients, recipient)) &&
         (actors.empty() || Has(actors, supplier) || Has(actors, recipient));
}

absl::StatusOr<std::vector<PlaceRange>> RangesOf(AsOf& as_of, const std::string& source,
                                                 const PlaceSelection& selection) {
  std::vector<PlaceRange> ranges;
  const auto& suppliers = selection.suppliers;
  const auto& recipients = selection.recipients;
  const auto& actors = selection.actors;
  if (!recipients.empty()) {
    const auto wanted = [&](const std::string& supplier) {
      return suppliers.empty() || Has(suppliers, supplier);
    };
    for (const std::string& recipient : recipients) {
      absl::Status added = AddPairsTo(as_of, source, recipient, wanted, &ranges);
      if (!added.ok()) return added;
    }
  } else if (!suppliers.empty()) {
    for (const std::string& supplier : suppliers) ranges.push_back({source, supplier, ""});
  } else if (!actors.empty()) {
    for (const std::string& actor : actors) ranges.push_back({source, actor, ""});
    const auto not_yet = [&](const std::string& supplier) { return !Has(actors, supplier); };
    for (const std::string& actor : actors) {
      absl::Status added = AddPairsTo(as_of, source, actor, not_yet, &ranges);
      if (!added.ok()) return added;
    }
  } else {
    ranges.push_back({source, "", ""});
  }
  return ranges;
}

}  // namespace dossier
