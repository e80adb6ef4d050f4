#include "storage/timeline.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

// Within a record, so many versions are stepped over before a seek is cheaper.
constexpr int kStepsBeforeSeek = 8;

std::string RecordPrefix(RowKind kind, std::string_view source, std::string_view record) {
  return KeyBuilder(kind).Text(source).Text(record).Take();
}

// The last key that a version with a stamp at or before `stamp` can have.
std::string BoundKey(std::string_view record_prefix, const StampKey& stamp) {
  std::string key(record_prefix);
  key.append(EncodeVersion({stamp, UINT32_MAX, UINT64_MAX}));
  return key;
}

absl::Status Damaged(std::string_view what) {
  return absl::DataLossError(absl::StrCat("view: ", std::string(what), " does not decode"));
}

absl::StatusOr<Statement> DecodeStatement(std::string_view key, std::string_view value) {
  Statement statement;
  if (key.size() < kVersionSize) return Damaged("a statement's key");
  const auto version = DecodeVersion(key.substr(key.size() - kVersionSize));
  if (!version.has_value()) return Damaged("a statement's key");
  statement.version = *version;
  if (!statement.row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return Damaged("a statement");
  }
  return statement;
}

// The last row of the record at or before the bound that had arrived by `sequence` and was not
// voided by then. Steps over what arrived, or was voided, between.
absl::StatusOr<std::optional<Statement>> LastArrivedBy(RowCursor& rows, std::string_view prefix,
                                                       const KnowledgeCut& cut) {
  for (rows.SeekForPrev(BoundKey(prefix, cut.stamp));
       rows.Valid() && rows.key().starts_with(prefix); rows.Prev()) {
    const auto version = DecodeVersion(rows.key().substr(prefix.size()));
    if (!version.has_value()) return Damaged("a statement's key");
    if (version->sequence > cut.sequence) continue;
    auto statement = DecodeStatement(rows.key(), rows.value());
    if (!statement.ok()) return statement.status();
    const uint64_t voided = statement->row.voided_sequence();
    if (voided == 0 || voided > cut.sequence) return *std::move(statement);
  }
  if (!rows.status().ok()) return rows.status();
  return std::nullopt;
}

// By sequence alone: what the winner's row names.
absl::StatusOr<std::optional<Statement>> WinnerAt(RowCursor& rows, std::string_view source,
                                                  std::string_view record, uint64_t sequence) {
  const std::string prefix = RecordPrefix(kWinnerRow, source, record);
  std::string bound = prefix;
  bound.append(KeyBuilder(kWinnerRow).Number(sequence).key().substr(1));
  rows.SeekForPrev(bound);
  if (!rows.status().ok()) return rows.status();
  if (!rows.Valid() || !rows.key().starts_with(prefix) || rows.value().empty()) return std::nullopt;
  const auto version = DecodeVersion(rows.value());
  if (!version.has_value()) return Damaged("a winner");
  for (RowKind kind : {kStatementRow, kVoidedStatementRow}) {
    const std::string key = KeyBuilder(kind).Text(source).Text(record).Version(*version).Take();
    if (auto value = rows.Find(key); value.has_value()) {
      auto statement = DecodeStatement(key, *value);
      if (!statement.ok()) return statement.status();
      return *std::move(statement);
    }
  }
  if (!rows.status().ok()) return rows.status();
  return Damaged("a winner without its statement");
}

// The log record within an 'e' row.
absl::StatusOr<std::string_view> RecordBytesAt(RowCursor& rows, uint64_t sequence) {
  const auto value = rows.Find(KeyBuilder(kEventRow).Number(sequence).key());
  if (!rows.status().ok()) return rows.status();
  if (!value.has_value()) {
    return absl::NotFoundError(absl::StrCat("sequence ", sequence, " is not in the view"));
  }
  if (value->size() < kEventRowRecord) return Damaged("an event row");
  return value->substr(kEventRowRecord);
}

}  // namespace

absl::StatusOr<std::optional<Statement>> LatestAt(RowCursor& rows, std::string_view source,
                                                  std::string_view record,
                                                  const KnowledgeCut& cut) {
  if (cut.sequence != UINT64_MAX) {
    // The winner over all stamps is the answer wherever its own stamp is within the bound.
    auto winner = WinnerAt(rows, source, record, cut.sequence);
    if (!winner.ok() || !winner->has_value() || !(cut.stamp < (*winner)->version.stamp)) {
      return winner;
    }
  }
  auto live = LastArrivedBy(rows, RecordPrefix(kStatementRow, source, record), cut);
  if (!live.ok() || cut.sequence == UINT64_MAX) return live;
  auto voided = LastArrivedBy(rows, RecordPrefix(kVoidedStatementRow, source, record), cut);
  if (!voided.ok() || !voided->has_value()) return voided.ok() ? live : voided;
  if (!live->has_value() || (*live)->version < (*voided)->version) return voided;
  return live;
}

absl::StatusOr<std::vector<Statement>> TimelineOf(RowCursor& rows, std::string_view source,
                                                  std::string_view record, bool voided) {
  std::vector<Statement> timeline;
  for (RowKind kind : {kStatementRow, kVoidedStatementRow}) {
    if (kind == kVoidedStatementRow && !voided) break;
    const std::string prefix = RecordPrefix(kind, source, record);
    for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
      auto statement = DecodeStatement(rows.key(), rows.value());
      if (!statement.ok()) return statement.status();
      timeline.push_back(*std::move(statement));
    }
    if (!rows.status().ok()) return rows.status();
  }
  std::sort(timeline.begin(), timeline.end(),
            [](const Statement& a, const Statement& b) { return a.version < b.version; });
  return timeline;
}

absl::Status ForEachRecord(
    RowCursor& rows, std::string_view source, std::string_view prefix, const StampKey& by,
    const std::function<absl::Status(std::string_view record, const Statement&)>& visit) {
  const std::string source_prefix = KeyBuilder(kStatementRow).Text(source).Take();
  const std::string start = source_prefix + std::string(prefix);
  std::string record_prefix;
  rows.Seek(start);
  while (rows.Valid() && rows.key().starts_with(start)) {
    record_prefix = rows.key().substr(0, rows.key().find('\0', source_prefix.size()) + 1);
    if (record_prefix.size() <= source_prefix.size()) return Damaged("a statement's key");
    const std::string bound = BoundKey(record_prefix, by);
    std::string key;
    std::string value;
    int steps = 0;
    bool in_record = true;
    while (in_record && rows.key() <= bound && steps++ < kStepsBeforeSeek) {
      key = rows.key();
      value = rows.value();
      rows.Next();
      in_record = rows.Valid() && rows.key().starts_with(record_prefix);
    }
    if (in_record) {  // more versions than a few, or some after the bound
      if (rows.key() <= bound) {
        rows.SeekForPrev(bound);
        key = rows.key();
        value = rows.value();
      }
      record_prefix.back() = '\1';
      rows.Seek(record_prefix);
      record_prefix.back() = '\0';
    }
    if (!rows.status().ok()) return rows.status();
    if (key.empty()) continue;
    auto statement = DecodeStatement(key, value);
    if (!statement.ok()) return statement.status();
    const std::string_view record =
        std::string_view(record_prefix)
            .substr(source_prefix.size(), record_prefix.size() - source_prefix.size() - 1);
    if (absl::Status status = visit(record, *statement); !status.ok()) return status;
  }
  return rows.status();
}

absl::Status ReadEventAt(RowCursor& rows, uint64_t sequence, v1::LogEntry* entry) {
  const auto bytes = RecordBytesAt(rows, sequence);
  if (!bytes.ok()) return bytes.status();
  auto record = DecodeLogRecord(*bytes);
  if (!record.ok()) return record.status();
  if (!entry->ParseFromString(record->payload) || !entry->has_event()) {
    return Damaged(absl::StrCat("the event of sequence ", sequence));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Event> EventAt(RowCursor& rows, uint64_t sequence) {
  v1::LogEntry entry;
  if (absl::Status s = ReadEventAt(rows, sequence, &entry); !s.ok()) return s;
  return std::move(*entry.mutable_event());
}

absl::StatusOr<v1::LoggedRecord> LoggedRecordAt(RowCursor& rows, uint64_t sequence) {
  const auto bytes = RecordBytesAt(rows, sequence);
  if (!bytes.ok()) return bytes.status();
  v1::LoggedRecord logged;
  logged.set_sequence(sequence);
  auto record = DecodeLogRecord(*bytes);
  if (!record.ok()) {
    logged.set_undecodable(std::string(*bytes));
    return logged;
  }
  const RecordHeader& header = record->header;
  logged.mutable_record_time()->set_seconds(header.recorded_micros / 1'000'000);
  logged.mutable_record_time()->set_nanos(
      static_cast<int32_t>(header.recorded_micros % 1'000'000 * 1'000));
  logged.set_salt(std::string(header.salt.begin(), header.salt.end()));
  logged.set_payload(record->payload);
  logged.set_author(header.author);
  logged.set_unit_index(header.unit_index);
  logged.set_unit_count(header.unit_count);
  if (!logged.mutable_entry()->ParseFromString(record->payload) ||
      logged.entry().entry_case() == v1::LogEntry::ENTRY_NOT_SET) {
    logged.clear_entry();
  }
  return logged;
}

absl::StatusOr<uint64_t> SnapToUnit(RowCursor& rows, uint64_t sequence) {
  if (sequence == 0) return 0;
  const auto bytes = RecordBytesAt(rows, sequence);
  if (!bytes.ok()) return bytes.status();
  const auto record = DecodeLogRecord(*bytes);
  if (!record.ok()) return sequence;  // set aside: a unit of its own
  const RecordHeader& header = record->header;
  if (header.unit_index + 1 == header.unit_count) return sequence;
  return sequence - std::min<uint64_t>(sequence, uint64_t{header.unit_index} + 1);
}

}  // namespace dossier
