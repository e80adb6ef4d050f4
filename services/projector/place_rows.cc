#include "services/projector/place_rows.h"

#include <utility>

#include "storage/view_keys.h"

namespace dossier {
namespace {

// Absent statements, and contents that are no transfers, stand at no place.
bool HasPlace(const v1::Facets& facets) {
  return !facets.supplier().empty() || !facets.recipient().empty();
}

bool SamePlace(const v1::Facets& a, const v1::Facets& b) {
  return a.supplier() == b.supplier() && a.recipient() == b.recipient();
}

}  // namespace

std::string PlaceRows::Key(RowKind kind, std::string_view supplier, std::string_view recipient,
                           const VersionKey& version) const {
  return KeyBuilder(kind)
      .Text(source_)
      .Text(supplier)
      .Text(recipient)
      .Text(record_)
      .Version(version)
      .Take();
}

void PlaceRows::PutHere(const Statement& statement, v1::TransferRow row) {
  v1::PlaceRow place;
  *place.mutable_here() = std::move(row);
  place.set_from_sequence(statement.version.sequence);
  const v1::Facets& facets = statement.row.facets();
  batch_.Put(Key(kPlaceRow, facets.supplier(), facets.recipient(), statement.version),
             place.SerializeAsString());
}

bool PlaceRows::PutGone(Statement& statement, const v1::Facets& left, uint64_t from_sequence) {
  if (!HasPlace(left) || SamePlace(left, statement.row.facets())) return false;
  for (const v1::Place& place : statement.row.gone_from()) {
    if (place.supplier() == left.supplier() && place.recipient() == left.recipient()) return false;
  }
  v1::Place* gone = statement.row.add_gone_from();
  gone->set_supplier(left.supplier());
  gone->set_recipient(left.recipient());
  v1::PlaceRow row;
  row.set_from_sequence(from_sequence);
  batch_.Put(Key(kPlaceRow, left.supplier(), left.recipient(), statement.version),
             row.SerializeAsString());
  return true;
}

absl::Status PlaceRows::Void(const Statement& statement, uint64_t voided_sequence) {
  const auto move = [&](std::string_view supplier, std::string_view recipient) -> absl::Status {
    const std::string key = Key(kPlaceRow, supplier, recipient, statement.version);
    const auto value = batch_.Find(key);
    if (!batch_.status().ok()) return batch_.status();
    v1::PlaceRow row;
    if (!value.has_value() || !row.ParseFromString(std::string(*value))) {
      return absl::DataLossError("view: a place row is missing or does not decode");
    }
    row.set_voided_sequence(voided_sequence);
    batch_.Delete(key);
    batch_.Put(Key(kVoidedPlaceRow, supplier, recipient, statement.version),
               row.SerializeAsString());
    return absl::OkStatus();
  };
  const v1::Facets& facets = statement.row.facets();
  if (HasPlace(facets)) {
    if (absl::Status status = move(facets.supplier(), facets.recipient()); !status.ok()) {
      return status;
    }
  }
  for (const v1::Place& place : statement.row.gone_from()) {
    if (absl::Status status = move(place.supplier(), place.recipient()); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
