#include "services/query/list_scan.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

// Within a record, so many versions are stepped over before seeking is cheaper.
constexpr int kStepsBeforeSeek = 16;

absl::Status Damaged() { return absl::DataLossError("view: a statement does not decode"); }

// The rows of one kind that a scan goes through.
struct Side {
  std::string prefix;  // of the source's rows
  std::string within;  // of the range's rows
  std::string start;
};

Side SideOf(RowKind kind, const RecordRange& range) {
  Side side;
  side.prefix = KeyBuilder(kind).Text(range.source).Take();
  side.within = side.prefix + range.prefix;
  side.start = std::max(side.within, side.prefix + range.from);
  return side;
}

class RecordScan {
 public:
  RecordScan(AsOf& as_of, const RecordRange& range, std::span<const KnowledgeCut> cuts,
             VisitScanned visit)
      : as_of_(as_of),
        source_(range.source),
        cuts_(cuts),
        visit_(visit),
        live_(SideOf(kStatementRow, range)),
        voided_(SideOf(kVoidedStatementRow, range)),
        holds_(cuts.size()) {}

  absl::Status Run();

 private:
  // The record of the row at the cursor, if it lies within the range.
  absl::StatusOr<std::optional<std::string>> RecordHere(const Side& side);
  absl::Status FindVoided(const std::string& start);
  absl::StatusOr<bool> TakeLookedUp(const std::string& record);
  absl::StatusOr<bool> TakeSteps(const std::string& record);
  absl::StatusOr<bool> Visit(std::string_view record);
  void SeekAfter(const std::string& record) { as_of_.rows().Seek(live_.prefix + record + '\1'); }

  AsOf& as_of_;
  const std::string& source_;
  const std::span<const KnowledgeCut> cuts_;
  const VisitScanned visit_;
  const Side live_;
  const Side voided_;
  std::vector<HeldStatement> holds_;
  // The next record that has voided statements; only looked for where a cut may ask for them.
  std::optional<std::string> next_voided_;
};

absl::StatusOr<std::optional<std::string>> RecordScan::RecordHere(const Side& side) {
  const RowCursor& rows = as_of_.rows();
  if (!rows.status().ok()) return rows.status();
  if (!rows.Valid() || !rows.key().starts_with(side.within)) return std::nullopt;
  const std::string_view rest = rows.key().substr(side.prefix.size());
  const size_t end = rest.find('\0');
  if (end == std::string_view::npos) return Damaged();
  return std::string(rest.substr(0, end));
}

absl::Status RecordScan::FindVoided(const std::string& start) {
  as_of_.rows().Seek(start);
  auto record = RecordHere(voided_);
  if (!record.ok()) return record.status();
  next_voided_ = *std::move(record);
  return absl::OkStatus();
}

absl::StatusOr<bool> RecordScan::Visit(std::string_view record) {
  const bool any = std::any_of(holds_.begin(), holds_.end(),
                               [](const HeldStatement& held) { return held.said; });
  if (!any) return true;
  return visit_({record, holds_});
}

absl::StatusOr<bool> RecordScan::TakeLookedUp(const std::string& record) {
  for (size_t i = 0; i < cuts_.size(); ++i) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of_.rows(), source_, record, cuts_[i]);
    if (!statement.ok()) return statement.status();
    holds_[i].said = statement->has_value();
    if (!holds_[i].said) continue;
    holds_[i].version = (*statement)->version;
    holds_[i].row = (*statement)->row.SerializeAsString();
  }
  auto more = Visit(record);
  if (more.ok() && *more) SeekAfter(record);
  return more;
}

absl::StatusOr<bool> RecordScan::TakeSteps(const std::string& record) {
  RowCursor& rows = as_of_.rows();
  const std::string prefix = live_.prefix + record + '\0';
  for (HeldStatement& held : holds_) held.said = false;
  for (int steps = 0; rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    if (++steps > kStepsBeforeSeek) return TakeLookedUp(record);
    const auto version = DecodeVersion(rows.key().substr(prefix.size()));
    if (!version.has_value()) return Damaged();
    for (size_t i = 0; i < cuts_.size(); ++i) {
      if (cuts_[i].stamp < version->stamp || cuts_[i].sequence < version->sequence) continue;
      holds_[i].said = true;
      holds_[i].version = *version;
      holds_[i].row = rows.value();
    }
  }
  if (!rows.status().ok()) return rows.status();
  return Visit(record);
}

absl::Status RecordScan::Run() {
  const bool at_head = std::all_of(cuts_.begin(), cuts_.end(), [](const KnowledgeCut& cut) {
    return cut.sequence == UINT64_MAX;
  });
  if (!at_head) {
    if (absl::Status s = FindVoided(voided_.start); !s.ok()) return s;
  }
  as_of_.rows().Seek(live_.start);
  for (;;) {
    auto record = RecordHere(live_);
    if (!record.ok()) return record.status();
    absl::StatusOr<bool> more;
    if (next_voided_.has_value() && (!record->has_value() || *next_voided_ <= **record)) {
      const std::string voided = *next_voided_;
      more = TakeLookedUp(voided);
      if (!more.ok() || !*more) return more.status();
      if (absl::Status s = FindVoided(voided_.prefix + voided + '\1'); !s.ok()) return s;
      SeekAfter(voided);
    } else if (record->has_value()) {
      more = TakeSteps(**record);
      if (!more.ok() || !*more) return more.status();
    } else {
      return absl::OkStatus();
    }
  }
}

}  // namespace

absl::Status HeldStatement::Decode(v1::StatementRow* decoded) const {
  return decoded->ParseFromArray(row.data(), static_cast<int>(row.size())) ? absl::OkStatus()
                                                                           : Damaged();
}

absl::Status ScanRecords(AsOf& as_of, const RecordRange& range, std::span<const KnowledgeCut> cuts,
                         VisitScanned visit) {
  return RecordScan(as_of, range, cuts, visit).Run();
}

}  // namespace dossier
