#include "services/query/sanction_records.h"

#include <algorithm>
#include <utility>

#include "storage/view_keys.h"

namespace dossier {

absl::StatusOr<std::vector<AboutRecord>> RecordsAbout(AsOf& as_of, std::string_view actor,
                                                      std::string_view source, size_t records_max) {
  std::vector<AboutRecord> records;
  if (!FitsKey(actor) || !FitsKey(source)) return records;
  KeyBuilder prefix(kActorRecordRow);
  prefix.Text(actor);
  if (!source.empty()) prefix.Text(source);
  RowCursor& rows = as_of.rows();
  for (rows.Seek(prefix.key());
       records.size() < records_max && rows.Valid() && rows.key().starts_with(prefix.key());
       rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    std::string_view same_actor, source_in_key, record;
    const auto first_sequence = DecodeNumber(rows.value());
    KeyParser parser(rows.key());
    if (!parser.Text(&same_actor) || !parser.Text(&source_in_key) || !parser.Text(&record) ||
        !first_sequence.has_value()) {
      return absl::DataLossError("view: a row of an actor's records does not decode");
    }
    if (*first_sequence > as_of.sequence()) continue;
    records.push_back({std::string(source_in_key), std::string(record)});
  }
  if (!rows.status().ok()) return rows.status();
  return records;
}

absl::StatusOr<std::optional<HeldEvent>> HeldAt(AsOf& as_of, const AboutRecord& record) {
  if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
  auto statement = LatestAt(as_of.rows(), record.source, record.record, as_of.known());
  if (!statement.ok()) return statement.status();
  if (!statement->has_value() || !(*statement)->row.present()) return std::nullopt;
  HeldEvent held;
  held.statement = **std::move(statement);
  auto event = EventAt(as_of.rows(), held.statement.version.sequence);
  if (!event.ok()) return event.status();
  held.event = *std::move(event);
  return held;
}

v1::Ground GroundOf(const v1::Event& event, uint64_t sequence) {
  v1::Ground ground;
  ground.set_source(event.source());
  ground.set_record(event.record());
  ground.set_event_id(event.id());
  ground.set_sequence(sequence);
  *ground.mutable_stamp() = event.stamp();
  ground.set_edition_id(event.edition_id());
  if (event.has_locator()) *ground.mutable_locator() = event.locator();
  ground.set_cause(event.cause());
  ground.set_adapter_version(event.adapter_version());
  ground.set_reliability(event.reliability());
  ground.set_credibility(event.credibility());
  return ground;
}

bool IsAmong(const google::protobuf::RepeatedPtrField<v1::ActorRef>& actors, std::string_view id) {
  return std::any_of(actors.begin(), actors.end(),
                     [&](const v1::ActorRef& actor) { return actor.id() == id; });
}

}  // namespace dossier
