// The records of a source, in the order of their keys, and the statements that hold for each at one
// or more cuts: one pass over the rows 'h' (storage/view_keys.h), however many cuts there are.
//
//   ScanRecords(as_of, {.source = "ofac-sdn"}, {&as_of.known(), 1}, [&](const ScannedRecord& at) {
//     ...
//     return true;
//   });
//
// Costs a few steps of the cursor for each record; a record with many versions, or one of which a
// statement was voided that the cut's sequence may ask for, is looked up at each cut instead.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/as_of.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"

namespace dossier {

// What comes after a record, for RecordRange.from.
inline std::string After(std::string record) { return std::move(record += '\1'); }

struct RecordRange {
  std::string source;
  std::string prefix = {};  // of the records' keys; empty: all
  std::string from = {};    // from the first record at or after this key; see After
};

// What holds of a record at a cut; its row is not decoded yet.
struct HeldStatement {
  bool said = false;  // false: nothing was said of it
  VersionKey version;
  std::string row;

  absl::Status Decode(v1::StatementRow* decoded) const;
};

struct ScannedRecord {
  std::string_view record;
  std::span<const HeldStatement> holds;  // one for each cut, in their order
};

// Return false to stop. Must not move the cursor.
using VisitScanned = absl::FunctionRef<absl::StatusOr<bool>(const ScannedRecord&)>;

// Visits the records of which something was said at any of the cuts. DataLoss; or the call's
// limits; or what `visit` returns.
absl::Status ScanRecords(AsOf& as_of, const RecordRange& range, std::span<const KnowledgeCut> cuts,
                         VisitScanned visit);

}  // namespace dossier
