// Transfers by place: which records hold between a supplier and a recipient at a cut. The one way
// in which dossiers, lists and flows read the rows 't' and 'u' (storage/view_keys.h).
//
// Of a record's rows at a place, the one with the greatest version counts whose stamp and sequence
// lie within the cut and that was not voided by then; if it is "here", the record holds there.
//
// Costs, per record at the place: a few steps of the cursor, or two seeks where it has many
// versions; where hundreds arrived after the cut, a look at the record's timeline instead. Memory:
// bounded, however many rows there are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/as_of.h"
#include "storage/view_keys.h"

namespace dossier {

// Places of one source: all, those of one supplier, or one pair (actor ids; empty: all; a
// recipient only together with a supplier).
struct PlaceRange {
  std::string source;
  std::string supplier;
  std::string recipient;

  bool operator==(const PlaceRange&) const = default;
};

// A record that holds at a place. Views and row are valid during the visit.
struct PlacedTransfer {
  std::string_view supplier;
  std::string_view recipient;
  std::string_view record;
  VersionKey version;  // of the statement it rests on; its sequence is the event's
  const v1::TransferRow& row;
  // Where a later scan of the same range goes on after this record.
  std::string_view place;
};

// Return false to stop. Must not move the cursor.
using VisitPlaced = absl::FunctionRef<bool(const PlacedTransfer&)>;

// Visits the records that hold in a range at the cut, in the order of (supplier, recipient,
// record), from the one after `after` on ("": from the first). DataLoss; or the call's limits.
absl::Status ScanPlaces(AsOf& as_of, const PlaceRange& range, std::string_view after,
                        VisitPlaced visit);

// The suppliers that have, or had, rows with a recipient in a source, in order.
absl::StatusOr<std::vector<std::string>> SuppliersOf(AsOf& as_of, std::string_view source,
                                                     std::string_view recipient);

// The sources that have rows in the view that may count at the cut, in order.
absl::StatusOr<std::vector<std::string>> SourcesWithPlaces(AsOf& as_of);

}  // namespace dossier
