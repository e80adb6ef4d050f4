#include "services/projector/fold.h"

#include <algorithm>
#include <optional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/model/contents.h"
#include "services/model/scope.h"
#include "services/model/transfers.h"
#include "services/model/verb.h"
#include "services/projector/place_rows.h"
#include "storage/log_record.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

std::string EditionRowKey(std::string_view source, const v1::PublishStamp& stamp,
                          uint64_t sequence) {
  return KeyBuilder(kEditionRow).Text(source).Stamp(StampKeyOf(stamp)).Number(sequence).Take();
}

// Whether an event can stand in the view: what its keys are made of is there and fits.
bool IsWellFormed(const v1::Event& event) {
  if (event.id().size() != 16 || event.source().empty() || event.record().empty()) return false;
  if (!FitsKey(event.source()) || !FitsKey(event.record()) || !event.has_stamp()) return false;
  if (event.stamp().tie().size() > 8) return false;
  if (event.has_absent() || event.has_void_()) return true;
  if (!event.has_present() || event.content_digest().size() != 16) return false;
  return dossier::IsWellFormed(event.present());
}

v1::StatementRow StatementRowOf(const v1::Event& event) {
  v1::StatementRow row;
  row.set_present(event.has_present());
  if (event.has_present()) {
    row.set_content_digest(event.content_digest());
    *row.mutable_facets() = FacetsOf(event.present());
    if (event.present().has_treaty()) KeepTreatyParties(event.present().treaty(), row);
  }
  return row;
}

// The scope by which a later edition's records are told as news. A register that runs to the year
// of its publication, or the year before, is a running one: the year that the next edition adds
// is news, though no edition covered it before.
v1::Scope OpenEnded(const v1::EditionLoaded& loaded) {
  v1::Scope scope = loaded.scope();
  const absl::CivilYear published = absl::ToCivilYear(
      absl::FromUnixSeconds(loaded.stamp().time().seconds()), absl::UTCTimeZone());
  if (scope.delivery_year_to() >= published.year() - 1) scope.set_delivery_year_to(0);
  // Only for its rejected records does its silence say nothing: it is no excerpt.
  if (loaded.counts().rejected() > 0) scope.set_additions_only(false);
  return scope;
}

// Ends the live editions at a stamp: their rows say by whom and why.
absl::Status EndEditions(std::string_view source, const v1::PublishStamp& stamp,
                         v1::EditionState state, uint64_t sequence, const std::string& reason,
                         RowBatch& batch) {
  const std::string prefix = KeyBuilder(kEditionRow).Text(source).Stamp(StampKeyOf(stamp)).Take();
  std::vector<std::pair<std::string, std::string>> changed;
  for (batch.Seek(prefix); batch.Valid() && batch.key().starts_with(prefix); batch.Next()) {
    v1::Edition edition;
    if (!edition.ParseFromString(std::string(batch.value()))) {
      return absl::DataLossError("view: an edition does not decode");
    }
    if (edition.state() != v1::EDITION_STATE_LIVE) continue;
    edition.set_state(state);
    edition.set_retracted_sequence(sequence);
    edition.set_retraction_reason(reason);
    changed.emplace_back(batch.key(), edition.SerializeAsString());
  }
  for (const auto& [key, value] : changed) batch.Put(key, value);
  return batch.status();
}

bool SaysTheSame(const v1::StatementRow& a, const v1::StatementRow& b) {
  return a.present() == b.present() && a.content_digest() == b.content_digest();
}

// `is_last`: nothing was said after the stamp that the void is of.
v1::Novelty NoveltyOfVoid(const v1::Event& event, bool is_last) {
  if (event.cause() == v1::CAUSE_REPARSED) return v1::NOVELTY_REPARSED;
  const bool own = event.cause() == v1::CAUSE_CORRECTION || event.cause() == v1::CAUSE_SOURCE;
  return own && is_last ? v1::NOVELTY_NEWS : v1::NOVELTY_LATE;
}

Stated StatedIn(const v1::StatementRow& row) { return {row.present(), row.content_digest()}; }

std::string StatementKey(RowKind kind, const v1::Event& event, const VersionKey& version) {
  return KeyBuilder(kind).Text(event.source()).Text(event.record()).Version(version).Take();
}

void PutWinner(const v1::Event& event, uint64_t sequence, const Statement* winner,
               RowBatch& batch) {
  batch.Put(KeyBuilder(kWinnerRow).Text(event.source()).Text(event.record()).Number(sequence).key(),
            winner != nullptr ? EncodeVersion(winner->version) : "");
}

}  // namespace

// A counter of CountersRow.
struct Fold::Counter {
  uint64_t (v1::CountersRow::*get)() const;
  void (v1::CountersRow::*set)(uint64_t);

  static constexpr auto Events() {
    return Counter{&v1::CountersRow::events, &v1::CountersRow::set_events};
  }
  static constexpr auto Repeats() {
    return Counter{&v1::CountersRow::repeats, &v1::CountersRow::set_repeats};
  }
  static constexpr auto LiveRecords() {
    return Counter{&v1::CountersRow::live_records, &v1::CountersRow::set_live_records};
  }
  static constexpr auto Undecodable() {
    return Counter{&v1::CountersRow::undecodable, &v1::CountersRow::set_undecodable};
  }
  static constexpr auto WritersOpened() {
    return Counter{&v1::CountersRow::writers_opened, &v1::CountersRow::set_writers_opened};
  }
};

// The live statements right before and after a version in its record's timeline.
struct Fold::Neighbours {
  std::optional<Statement> before;
  std::optional<Statement> after;
};

absl::Status Fold::Start(RowCursor& rows) {
  editions_.clear();
  counters_.clear();
  names_.Clear();
  entry_counts_.Clear();
  known_records_.Clear();
  for (rows.Seek(std::string(1, kEditionRow)); rows.Valid() && rows.key()[0] == kEditionRow;
       rows.Next()) {
    v1::Edition edition;
    if (!edition.ParseFromString(std::string(rows.value()))) {
      return absl::DataLossError("view: an edition does not decode");
    }
    if (edition.state() != v1::EDITION_STATE_LIVE) continue;
    editions_[edition.loaded().source()].push_back(
        {StampKeyOf(edition.loaded().stamp()), OpenEnded(edition.loaded())});
  }
  for (rows.Seek(std::string(1, kCountersRow)); rows.Valid() && rows.key()[0] == kCountersRow;
       rows.Next()) {
    std::string_view source;
    v1::CountersRow counters;
    if (!KeyParser(rows.key()).Text(&source) ||
        !counters.ParseFromString(std::string(rows.value()))) {
      return absl::DataLossError("view: counters do not decode");
    }
    counters_[std::string(source)].row = counters;
  }
  return rows.status();
}

DecodedRecord Decode(ReadRecord record) {
  DecodedRecord decoded;
  if (auto header = DecodeLogHeader(record.bytes, &decoded.payload_offset); header.ok()) {
    decoded.header = *std::move(header);
  }
  decoded.read = std::move(record);
  return decoded;
}

absl::Status Fold::ApplyUnit(std::span<const DecodedRecord> records, RowBatch& batch) {
  uint64_t unit_sequence = 0;
  for (const DecodedRecord& record : records) {
    if (record.header.has_value()) {
      const uint64_t begin = record.read.after.sequence - record.header->unit_index;
      if (begin != unit_sequence) entry_counts_.Flush(unit_sequence, batch);
      unit_sequence = begin;
    }
    if (absl::Status status = ApplyRecord(record, batch); !status.ok()) return status;
  }
  entry_counts_.Flush(unit_sequence, batch);
  return absl::OkStatus();
}

void Fold::SetAside(std::span<const DecodedRecord> records, RowBatch& batch) {
  for (const DecodedRecord& record : records) PutUndecodable(record.read, batch);
}

void Fold::WriteCounters(RowBatch& batch) {
  for (auto& [source, counters] : counters_) {
    if (!counters.changed) continue;
    batch.Put(KeyBuilder(kCountersRow).Text(source).key(), counters.row.SerializeAsString());
    counters.changed = false;
  }
}

void Fold::Count(const Counter& counter, const std::string& source, int64_t more) {
  const std::string whole_view;
  for (const std::string* row : {&source, &whole_view}) {
    CountersOf& counters = counters_[*row];
    (counters.row.*counter.set)((counters.row.*counter.get)() + more);
    counters.changed = true;
    if (source.empty()) break;
  }
}

Fold::Outcome Fold::Repeat(const v1::Event& event, uint64_t before) {
  Count(Counter::Repeats(), event.source(), 1);
  return {v1::VERB_REPEATED, v1::NOVELTY_UNSPECIFIED, before};
}

void Fold::PutEventRow(const ReadRecord& record, const Outcome& outcome, RowBatch& batch) {
  const EventRowHead head{static_cast<uint8_t>(outcome.verb), static_cast<uint8_t>(outcome.novelty),
                          outcome.before};
  batch.Put(KeyBuilder(kEventRow).Number(record.after.sequence).key(),
            EncodeEventRow(head, record.bytes));
}

void Fold::PutUndecodable(const ReadRecord& record, RowBatch& batch) {
  PutEventRow(record, {}, batch);
  batch.Put(KeyBuilder(kUndecodableRow).Number(record.after.sequence).key(), "");
  Count(Counter::Undecodable(), "", 1);
}

absl::Status Fold::ApplyRecord(const DecodedRecord& decoded, RowBatch& batch) {
  const ReadRecord& record = decoded.read;
  const uint64_t sequence = record.after.sequence;
  const std::string_view payload = std::string_view(record.bytes).substr(decoded.payload_offset);
  arena_.Reset();
  auto& entry = *google::protobuf::Arena::CreateMessage<v1::LogEntry>(&arena_);
  if (!decoded.header.has_value() ||
      !entry.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    PutUndecodable(record, batch);
    return absl::OkStatus();
  }
  Outcome outcome;
  switch (entry.entry_case()) {
    case v1::LogEntry::kGenesis:
      batch.Put(LogIdKey(), entry.genesis().log_id());
      break;
    case v1::LogEntry::kWriterOpened:
      Count(Counter::WritersOpened(), "", 1);
      break;
    case v1::LogEntry::kEditionLoaded:
    case v1::LogEntry::kEditionRetracted: {
      const bool loaded = entry.has_edition_loaded();
      if (!FitsKey(loaded ? entry.edition_loaded().source() : entry.edition_retracted().source())) {
        PutUndecodable(record, batch);
        return absl::OkStatus();
      }
      const absl::Status applied =
          loaded ? ApplyEditionLoaded(entry.edition_loaded(), *decoded.header, sequence, batch)
                 : ApplyEditionRetracted(entry.edition_retracted(), sequence, batch);
      if (!applied.ok()) return applied;
      break;
    }
    case v1::LogEntry::kEvent: {
      if (!IsWellFormed(entry.event())) {
        PutUndecodable(record, batch);
        return absl::OkStatus();
      }
      auto applied = ApplyEvent(entry.event(), sequence, batch);
      if (!applied.ok()) return applied.status();
      outcome = *applied;
      break;
    }
    case v1::LogEntry::ENTRY_NOT_SET:
      PutUndecodable(record, batch);
      return absl::OkStatus();
  }
  PutEventRow(record, outcome, batch);
  return absl::OkStatus();
}

absl::Status Fold::ApplyEditionLoaded(const v1::EditionLoaded& loaded, const RecordHeader& header,
                                      uint64_t sequence, RowBatch& batch) {
  if (absl::Status status =
          EndEditions(loaded.source(), loaded.stamp(), v1::EDITION_STATE_SUPERSEDED, sequence,
                      "read anew by a newer adapter", batch);
      !status.ok()) {
    return status;
  }
  v1::Edition edition;
  *edition.mutable_loaded() = loaded;
  edition.set_state(v1::EDITION_STATE_LIVE);
  edition.set_sequence(sequence);
  edition.set_last_sequence(sequence + header.unit_count - 1 - header.unit_index);
  edition.mutable_record_time()->set_seconds(header.recorded_micros / 1'000'000);
  edition.mutable_record_time()->set_nanos(
      static_cast<int32_t>(header.recorded_micros % 1'000'000 * 1'000));
  batch.Put(EditionRowKey(loaded.source(), loaded.stamp(), sequence), edition.SerializeAsString());

  const StampKey stamp = StampKeyOf(loaded.stamp());
  auto& editions = editions_[loaded.source()];
  std::erase_if(editions, [&](const LiveEdition& live) { return live.stamp == stamp; });
  const auto at = std::find_if(editions.begin(), editions.end(),
                               [&](const LiveEdition& live) { return stamp < live.stamp; });
  editions.insert(at, {stamp, OpenEnded(loaded)});
  return absl::OkStatus();
}

absl::Status Fold::ApplyEditionRetracted(const v1::EditionRetracted& retracted, uint64_t sequence,
                                         RowBatch& batch) {
  const StampKey stamp = StampKeyOf(retracted.stamp());
  std::erase_if(editions_[retracted.source()],
                [&](const LiveEdition& live) { return live.stamp == stamp; });
  return EndEditions(retracted.source(), retracted.stamp(), v1::EDITION_STATE_RETRACTED, sequence,
                     retracted.reason(), batch);
}

absl::StatusOr<Fold::Outcome> Fold::ApplyEvent(const v1::Event& event, uint64_t sequence,
                                               RowBatch& batch) {
  Count(Counter::Events(), event.source(), 1);
  if (event.edition_id().empty()) {
    const std::string key = KeyBuilder(kAnalystIdRow).Text(event.source()).Raw(event.id()).Take();
    if (const auto stored = batch.Find(key); stored.has_value()) {
      uint64_t first = 0;
      KeyParser::OfBytes(*stored).Number(&first);
      return Repeat(event, first);
    }
    batch.Put(key, EncodeNumber(sequence));
  }
  if (event.has_void_()) return ApplyVoid(event, sequence, batch);
  return ApplyStatement(event, sequence, batch);
}

absl::StatusOr<Fold::Neighbours> Fold::FindNeighbours(const v1::Event& event,
                                                      const VersionKey& version, RowBatch& batch) {
  const std::string key = StatementKey(kStatementRow, event, version);
  const std::string_view prefix = std::string_view(key).substr(0, key.size() - kVersionSize);
  const auto here = [&]() -> absl::StatusOr<std::optional<Statement>> {
    if (!batch.status().ok()) return batch.status();
    if (!batch.Valid() || !batch.key().starts_with(prefix)) return std::nullopt;
    Statement statement;
    statement.version = *DecodeVersion(batch.key().substr(prefix.size()));
    const std::string_view value = batch.value();
    if (!statement.row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return absl::DataLossError("view: a statement does not decode");
    }
    return statement;
  };
  // Most statements come after all that is known of their record: one seek tells.
  std::string last(prefix);
  last.append(EncodeVersion({kLastStamp, UINT32_MAX, UINT64_MAX}));
  Neighbours neighbours;
  batch.SeekForPrev(last);
  auto before = here();
  if (!before.ok()) return before.status();
  if (before->has_value() && version < (*before)->version) {
    batch.SeekForPrev(key);
    before = here();
    if (!before.ok()) return before.status();
    batch.Seek(key);
    auto after = here();
    if (!after.ok()) return after.status();
    neighbours.after = *std::move(after);
  }
  neighbours.before = *std::move(before);
  return neighbours;
}

absl::StatusOr<Fold::Outcome> Fold::ApplyStatement(const v1::Event& event, uint64_t sequence,
                                                   RowBatch& batch) {
  Statement said{{StampKeyOf(event.stamp()), event.adapter_version(), sequence},
                 StatementRowOf(event)};
  absl::StatusOr<Neighbours> neighbours;
  const bool is_new = known_records_.AddNew(event.source(), event.record(), batch);
  if (is_new) {
    neighbours.emplace();
  } else {
    neighbours = FindNeighbours(event, said.version, batch);
  }
  if (!neighbours.ok()) return neighbours.status();
  auto& [before, after] = *neighbours;

  const bool first = !before.has_value();
  if (!first && before->version.stamp == said.version.stamp &&
      before->version.adapter_version == said.version.adapter_version &&
      SaysTheSame(before->row, said.row)) {
    return Repeat(event, before->version.sequence);
  }
  PlaceRows places(event.source(), event.record(), batch);
  if (event.present().has_transfer()) {
    places.PutHere(said, TransferRowOf(event.present().transfer()));
  }
  if (event.has_present()) names_.Put(event, is_new, sequence, batch);
  if (!first) places.PutGone(said, before->row.facets(), sequence);
  if (after.has_value() && places.PutGone(*after, said.row.facets(), sequence)) {
    batch.Put(StatementKey(kStatementRow, event, after->version), after->row.SerializeAsString());
  }
  batch.Put(StatementKey(kStatementRow, event, said.version), said.row.SerializeAsString());
  if (!after.has_value()) PutWinner(event, sequence, &said, batch);
  entry_counts_.Change(event.source(), said.version.stamp, first ? nullptr : &*before, &said,
                       after.has_value() ? &*after : nullptr);
  if (first && !after.has_value()) {
    Count(Counter::LiveRecords(), event.source(), 1);
  }

  Outcome outcome;
  outcome.before = first ? 0 : before->version.sequence;
  outcome.novelty = NoveltyOf(event, said.row.facets(), *neighbours);
  const Stated now = StatedIn(said.row);
  const Stated then = first ? Stated{} : StatedIn(before->row);
  outcome.verb = VerbOf(first ? nullptr : &then, now);
  return outcome;
}

absl::StatusOr<Fold::Outcome> Fold::ApplyVoid(const v1::Event& event, uint64_t sequence,
                                              RowBatch& batch) {
  const StampKey stamp = StampKeyOf(event.stamp());
  std::vector<Statement> dead;
  std::optional<Statement> before;
  // From the last statement at the stamp backwards, to the first one before it.
  const VersionKey last_at{stamp, UINT32_MAX, UINT64_MAX};
  auto outer = FindNeighbours(event, last_at, batch);
  if (!outer.ok()) return outer.status();
  const std::optional<Statement> after = std::move(outer->after);
  before = std::move(outer->before);
  while (before.has_value() && before->version.stamp == stamp) {
    VersionKey previous = before->version;
    dead.push_back(*std::move(before));
    previous.sequence -= 1;  // sequences begin at 1
    auto inner = FindNeighbours(event, previous, batch);
    if (!inner.ok()) return inner.status();
    before = std::move(inner->before);
  }
  if (dead.empty()) return Repeat(event, 0);

  PlaceRows places(event.source(), event.record(), batch);
  for (Statement& statement : dead) {
    if (absl::Status status = places.Void(statement, sequence); !status.ok()) return status;
    batch.Delete(StatementKey(kStatementRow, event, statement.version));
    statement.row.set_voided_sequence(sequence);
    batch.Put(StatementKey(kVoidedStatementRow, event, statement.version),
              statement.row.SerializeAsString());
  }
  if (before.has_value() && after.has_value()) {
    Statement next = *after;
    if (places.PutGone(next, before->row.facets(), sequence)) {
      batch.Put(StatementKey(kStatementRow, event, next.version), next.row.SerializeAsString());
    }
  }
  if (!after.has_value()) {
    PutWinner(event, sequence, before.has_value() ? &*before : nullptr, batch);
    if (!before.has_value()) Count(Counter::LiveRecords(), event.source(), -1);
  }
  entry_counts_.Change(event.source(), stamp, &dead.front(),
                       before.has_value() ? &*before : nullptr,
                       after.has_value() ? &*after : nullptr);
  return Outcome{v1::VERB_VOIDED, NoveltyOfVoid(event, /*is_last=*/!after.has_value()),
                 dead.front().version.sequence};
}

v1::Novelty Fold::NoveltyOf(const v1::Event& event, const v1::Facets& facets,
                            const Neighbours& neighbours) const {
  if (event.cause() == v1::CAUSE_REPARSED) return v1::NOVELTY_REPARSED;
  if (event.cause() != v1::CAUSE_SOURCE && event.cause() != v1::CAUSE_CORRECTION) {
    return v1::NOVELTY_LATE;
  }
  if (neighbours.after.has_value()) return v1::NOVELTY_LATE;
  if (event.edition_id().empty() || !event.has_present()) return v1::NOVELTY_NEWS;
  const auto editions = editions_.find(event.source());
  if (editions == editions_.end()) return v1::NOVELTY_BASELINE;
  const StampKey stamp = StampKeyOf(event.stamp());
  for (const LiveEdition& live : editions->second) {
    if (!(live.stamp < stamp)) break;
    if (SilenceEnds(live.scope, facets)) return v1::NOVELTY_NEWS;
  }
  return v1::NOVELTY_BASELINE;
}

}  // namespace dossier
