// A record's statements at rest: who wins at a cut, and the timeline as a whole. Reads only;
// services/projector/fold.h writes these rows.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "storage/view_keys.h"
#include "storage/views.h"

namespace dossier {

// What was known: by the sources (stamp) and by this system (sequence), both bounds included.
struct KnowledgeCut {
  StampKey stamp = kLastStamp;
  uint64_t sequence = UINT64_MAX;
};

struct Statement {
  VersionKey version;
  v1::StatementRow row;
};

// The statement that holds for a record at a cut: present or absent; nullopt: nothing was said.
absl::StatusOr<std::optional<Statement>> LatestAt(RowCursor& rows, std::string_view source,
                                                  std::string_view record, const KnowledgeCut& cut);

// The live statements of a record in publish order; with `voided`, the voided ones in between.
absl::StatusOr<std::vector<Statement>> TimelineOf(RowCursor& rows, std::string_view source,
                                                  std::string_view record, bool voided);

// Calls `visit` with each record of a source (whose key begins with `prefix`) and the live
// statement that holds for it by a stamp, in key order. Records of which nothing was said by then
// are left out. Stops at the first error that `visit` returns. `visit` must not move the cursor.
absl::Status ForEachRecord(
    RowCursor& rows, std::string_view source, std::string_view prefix, const StampKey& by,
    const std::function<absl::Status(std::string_view record, const Statement&)>& visit);

// The event of a sequence, as the view keeps it. NotFound: no such record. DataLoss: undecodable.
absl::StatusOr<v1::Event> EventAt(RowCursor& rows, uint64_t sequence);

// The same into an entry that many are read into, one after the other: at half the cost.
absl::Status ReadEventAt(RowCursor& rows, uint64_t sequence, v1::LogEntry* entry);

// The record of a sequence, header and all, decoded or not. NotFound: beyond the head.
absl::StatusOr<v1::LoggedRecord> LoggedRecordAt(RowCursor& rows, uint64_t sequence);

// The largest unit end at or below a sequence: where a cut inside a unit snaps down to.
absl::StatusOr<uint64_t> SnapToUnit(RowCursor& rows, uint64_t sequence);

}  // namespace dossier
