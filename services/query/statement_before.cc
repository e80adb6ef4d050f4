#include "services/query/statement_before.h"

#include <string>

#include "dossier/v1/view_rows.pb.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr int kRowsBetweenChecks = 256;

absl::Status Damaged() { return absl::DataLossError("view: a statement does not decode"); }

// The last version of the record at or before `bound` that stood right before `sequence`, among
// the live or among the voided rows.
absl::StatusOr<std::optional<VersionKey>> LastStanding(RowCursor& rows, RowKind kind,
                                                       const v1::Event& event,
                                                       const VersionKey& bound, uint64_t sequence,
                                                       absl::FunctionRef<absl::Status()> check) {
  const std::string key =
      KeyBuilder(kind).Text(event.source()).Text(event.record()).Version(bound).Take();
  const std::string_view prefix = std::string_view(key).substr(0, key.size() - kVersionSize);
  int stepped = 0;
  for (rows.SeekForPrev(key); rows.Valid() && rows.key().substr(0, prefix.size()) == prefix;
       rows.Prev()) {
    if (++stepped % kRowsBetweenChecks == 0) {
      if (absl::Status s = check(); !s.ok()) return s;
    }
    const auto version = DecodeVersion(rows.key().substr(prefix.size()));
    if (!version.has_value()) return Damaged();
    if (version->sequence >= sequence) continue;
    if (kind == kVoidedStatementRow) {
      v1::StatementRow row;
      if (!row.ParseFromArray(rows.value().data(), static_cast<int>(rows.value().size()))) {
        return Damaged();
      }
      if (row.voided_sequence() < sequence) continue;
    }
    return version;
  }
  if (!rows.status().ok()) return rows.status();
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::optional<uint64_t>> StatementBefore(RowCursor& rows, const v1::Event& event,
                                                        uint64_t sequence,
                                                        absl::FunctionRef<absl::Status()> check) {
  const StampKey stamp = StampKeyOf(event.stamp());
  // A void withdraws whatever stands at its stamp.
  const VersionKey bound = event.has_void_() ? VersionKey{stamp, UINT32_MAX, UINT64_MAX}
                                             : VersionKey{stamp, event.adapter_version(), sequence};
  auto live = LastStanding(rows, kStatementRow, event, bound, sequence, check);
  if (!live.ok()) return live.status();
  auto voided = LastStanding(rows, kVoidedStatementRow, event, bound, sequence, check);
  if (!voided.ok()) return voided.status();
  const auto& last =
      !live->has_value() || (voided->has_value() && **live < **voided) ? *voided : *live;
  if (!last.has_value()) return std::nullopt;
  return last->sequence;
}

}  // namespace dossier
