#include "services/query/resembling_records.h"

#include <algorithm>
#include <optional>

#include "services/model/designation.h"
#include "services/model/transfers.h"
#include "services/query/place_scan.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

constexpr size_t kTold = 3;

// Where neither says how many, nothing is the same.
bool SameNumbers(const v1::TransferRow& a, const v1::TransferRow& b) {
  return (a.has_units() || a.has_number_ordered()) && a.first_year() == b.first_year() &&
         a.last_year() == b.last_year() && a.has_units() == b.has_units() &&
         a.units() == b.units() && a.has_number_ordered() == b.has_number_ordered() &&
         a.number_ordered() == b.number_ordered() &&
         a.has_uncounted_delivery() == b.has_uncounted_delivery();
}

// The order's year can be revised, and the weapon printed otherwise, but hardly both at once.
bool SameOrderOrWeapon(const v1::Transfer& a, const v1::Transfer& b) {
  return a.order_date().year() == b.order_date().year() ||
         DesignationStem(a.designation()) == DesignationStem(b.designation());
}

// Whether the deliveries are the same, but for marks of estimates.
bool SameDeliveries(const v1::Transfer& a, const v1::Transfer& b) {
  return std::equal(a.delivery().begin(), a.delivery().end(), b.delivery().begin(),
                    b.delivery().end(), [](const v1::Delivery& one, const v1::Delivery& other) {
                      return one.has_number() == other.has_number() &&
                             one.number() == other.number() &&
                             one.years_are_span() == other.years_are_span() &&
                             std::equal(one.year().begin(), one.year().end(), other.year().begin(),
                                        other.year().end());
                    });
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ResemblingRecords::Of(const FoundChange& change,
                                                               const v1::Transfer& transfer) {
  std::vector<std::string> records;
  const bool went = change.verb == v1::VERB_WITHDRAWN;
  if (!went && change.verb != v1::VERB_REPORTED && change.verb != v1::VERB_CAME_BACK) {
    return records;
  }
  auto pair = PairOf(transfer.supplier().id(), transfer.recipient().id());
  if (!pair.ok()) return pair.status();
  const ByRecord& others = went ? (*pair)->came : (*pair)->went;
  const v1::TransferRow row = TransferRowOf(transfer);
  for (const auto& [record, placed] : others) {
    if (record == change.record || !SameNumbers(row, placed.row)) continue;
    auto resembles = Resembles(record, placed, transfer, went ? cuts_.earlier : cuts_.later);
    if (!resembles.ok()) return resembles.status();
    if (*resembles) records.push_back(record);
    if (records.size() == kTold) break;
  }
  return records;
}

absl::StatusOr<bool> ResemblingRecords::Resembles(const std::string& record, const Placed& placed,
                                                  const v1::Transfer& transfer, AsOf& other_cut) {
  auto event = EventAt(cuts_.later.rows(), placed.sequence);
  if (!event.ok()) return event.status();
  const v1::Transfer& other = event->present().transfer();
  if (!SameOrderOrWeapon(other, transfer) || !SameDeliveries(other, transfer)) return false;
  // A record that has only moved to other parties is none that came or went.
  auto held = LatestAt(cuts_.later.rows(), source_, record, other_cut.known());
  if (!held.ok()) return held.status();
  return !held->has_value() || !(*held)->row.present();
}

absl::StatusOr<const ResemblingRecords::Pair*> ResemblingRecords::PairOf(
    const std::string& supplier, const std::string& recipient) {
  const auto [at, is_new] = pairs_.try_emplace({supplier, recipient});
  Pair& pair = at->second;
  if (!is_new) return &pair;
  auto before = PlacedAt(cuts_.earlier, supplier, recipient);
  if (!before.ok()) return before.status();
  auto after = PlacedAt(cuts_.later, supplier, recipient);
  if (!after.ok()) return after.status();
  for (auto& [record, placed] : *before) {
    if (!after->contains(record)) pair.went.emplace(record, std::move(placed));
  }
  for (auto& [record, placed] : *after) {
    if (!before->contains(record)) pair.came.emplace(record, std::move(placed));
  }
  return &pair;
}

absl::StatusOr<ResemblingRecords::ByRecord> ResemblingRecords::PlacedAt(
    AsOf& as_of, const std::string& supplier, const std::string& recipient) {
  ByRecord placed;
  absl::Status scanned =
      ScanPlaces(as_of, {source_, supplier, recipient}, "", [&](const PlacedTransfer& transfer) {
        placed.emplace(transfer.record, Placed{transfer.version.sequence, transfer.row});
        return true;
      });
  if (!scanned.ok()) return scanned;
  return placed;
}

}  // namespace dossier
