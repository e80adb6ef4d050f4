#include "services/query/treaty_said.h"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

struct TreatyRow {
  std::string_view treaty, source, record;
  TreatyRowPart part = kOfParties;
  uint64_t first_sequence = 0;
};

absl::StatusOr<TreatyRow> ReadRow(const RowCursor& rows) {
  TreatyRow row;
  KeyParser parser(rows.key());
  const auto first_sequence = DecodeNumber(rows.value());
  if (!parser.Text(&row.treaty) || !parser.Text(&row.source) || !parser.Text(&row.record) ||
      row.record.empty() || !first_sequence.has_value()) {
    return absl::DataLossError("view: a treaty's row does not decode");
  }
  row.part = static_cast<TreatyRowPart>(row.record.front());
  row.record.remove_prefix(1);
  row.first_sequence = *first_sequence;
  return row;
}

bool SpeaksOf(const v1::Present& present, TreatyRowPart part, const std::string& treaty) {
  return part == kBasedOnIt ? present.treaty().base().id() == treaty
                            : present.dealing().treaty().id() == treaty;
}

}  // namespace

TreatyRange AllTreaties() {
  const std::string prefix = KeyBuilder(kTreatyRow).Take();
  return {prefix, prefix};
}

TreatyRange OfTreaty(std::string_view treaty) {
  const std::string prefix = KeyBuilder(kTreatyRow).Text(treaty).Take();
  return {prefix, prefix};
}

TreatyRange OfTreaty(std::string_view treaty, std::string_view source) {
  const std::string prefix = KeyBuilder(kTreatyRow).Text(treaty).Text(source).Take();
  return {prefix, prefix};
}

std::string AfterTreaty(std::string_view treaty, std::string_view source) {
  return KeyBuilder(kTreatyRow).Text(treaty).Open(source).Raw("\1").Take();
}

absl::StatusOr<std::optional<TreatyRecords>> NextTreaty(AsOf& as_of, TreatyRange* range) {
  std::optional<TreatyRecords> found;
  RowCursor& rows = as_of.rows();
  for (rows.Seek(range->from); rows.Valid() && rows.key().starts_with(range->prefix);
       rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto row = ReadRow(rows);
    if (!row.ok()) return row.status();
    if (found.has_value() && (row->treaty != found->treaty || row->source != found->source)) break;
    if (row->first_sequence > as_of.sequence()) continue;
    if (!found.has_value()) {
      found.emplace().treaty = row->treaty;
      found->source = row->source;
    }
    found->record.push_back({row->part, std::string(row->record)});
  }
  if (!rows.status().ok()) return rows.status();
  if (found.has_value()) range->from = AfterTreaty(found->treaty, found->source);
  return found;
}

absl::StatusOr<std::vector<TreatyRecords>> TreatyRecordsOf(AsOf& as_of, std::string_view actor) {
  std::vector<TreatyRecords> treaties;
  const std::string prefix = KeyBuilder(kTreatyPartyRow).Text(actor).Take();
  RowCursor& rows = as_of.rows();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    std::string_view source, treaty, other, record;
    KeyParser parser = KeyParser::OfBytes(rows.key().substr(prefix.size()));
    const auto first_sequence = DecodeNumber(rows.value());
    if (!parser.Text(&source) || !parser.Text(&treaty) || !parser.Text(&other) ||
        !parser.Text(&record) || !first_sequence.has_value()) {
      return absl::DataLossError("view: a row of an actor's treaties does not decode");
    }
    if (*first_sequence > as_of.sequence()) continue;
    const bool is_next = treaties.empty() || treaties.back().treaty != treaty ||
                         treaties.back().source != source;
    if (is_next) treaties.push_back({std::string(treaty), std::string(source), {}});
    treaties.back().record.push_back({kOfParties, std::string(record)});
  }
  if (!rows.status().ok()) return rows.status();
  return treaties;
}

absl::StatusOr<std::vector<TreatyStatement>> StatementsOf(AsOf& as_of,
                                                          const TreatyRecords& records) {
  std::vector<std::string> names;
  for (const TreatyRecords::Record& record : records.record) {
    if (record.part == kDescribes || record.part == kOfParties) names.push_back(record.record);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<TreatyStatement> statements;
  for (std::string& name : names) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of.rows(), records.source, name, as_of.known());
    if (!statement.ok()) return statement.status();
    if (!statement->has_value() || !(*statement)->row.present()) continue;
    // It may have moved to another treaty since.
    if ((*statement)->row.facets().treaty() != records.treaty) continue;
    statements.push_back({std::move(name), **std::move(statement)});
  }
  return statements;
}

absl::StatusOr<std::vector<HeldEvent>> EventsOf(AsOf& as_of, const TreatyRecords& records,
                                                TreatyRowPart part) {
  std::vector<HeldEvent> events;
  for (const TreatyRecords::Record& record : records.record) {
    if (record.part != part) continue;
    auto held = HeldAt(as_of, {records.source, record.record});
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    if (SpeaksOf((*held)->event.present(), part, records.treaty)) {
      events.push_back(**std::move(held));
    }
  }
  return events;
}

}  // namespace dossier
