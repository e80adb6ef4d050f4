#include "services/ingest/unit.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/second_reading.h"
#include "services/model/event_id.h"
#include "services/model/wire_field.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

v1::Event EventOf(const Change& change) {
  const v1::EditionLoaded& edition = *change.edition;
  v1::Event event;
  event.set_source(edition.source());
  event.set_record(change.record);
  event.set_edition_id(edition.edition_id());
  *event.mutable_stamp() = edition.stamp();
  event.mutable_locator()->set_bytes_digest(edition.bytes_digest());
  event.mutable_locator()->set_file_name(edition.file_name());
  event.set_cause(change.cause);
  event.set_adapter_version(edition.adapter_version());
  return event;
}

// The log entry's bytes. The content that an edition holds (`held`; null: the event has its own)
// is serialised already, and stands last in an event: it is taken as it is.
std::string Payload(v1::Event event, const HeldRecord* held) {
  if (held != nullptr) event.clear_statement();
  std::string bytes = event.SerializeAsString();
  if (held != nullptr) AppendField(v1::Event::kPresentFieldNumber, held->present, bytes);
  std::string payload;
  AppendField(v1::LogEntry::kEventFieldNumber, bytes, payload);
  return payload;
}

// All but the content of a record that the edition at hand holds; see Payload.
void SetAround(const HeldRecord& held, v1::Event& event) {
  event.mutable_present();
  event.set_content_digest(held.said.content_digest);
  event.mutable_locator()->set_line(held.line);
  event.mutable_locator()->set_line_end(held.line_end);
  event.mutable_locator()->mutable_more_line()->Assign(held.more_lines.begin(),
                                                       held.more_lines.end());
  event.mutable_locator()->set_element(held.element);
  for (const std::string& text : held.raw) event.add_raw(text);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> UnitBuilder::Build(const v1::LogEntry& opening,
                                                            const std::vector<Change>& changes) {
  if (absl::Status status = ReadEditionsAgain(changes); !status.ok()) return status;
  const bool loads = opening.has_edition_loaded();
  const std::string& unit =
      loads ? opening.edition_loaded().edition_id() : opening.edition_retracted().edition_id();
  const uint32_t load =
      loads ? opening.edition_loaded().load() : opening.edition_retracted().load();
  auto rows = views_.Read();
  std::vector<std::string> payloads;
  payloads.reserve(changes.size() + 1);
  payloads.push_back(opening.SerializeAsString());
  for (const Change& change : changes) {
    v1::Event event = EventOf(change);
    const HeldRecord* held = nullptr;
    if (change.is_void) {
      event.mutable_void_();
    } else if (!change.said.present) {
      event.mutable_absent();
    } else {
      auto set = SetContent(change, *rows, event);
      if (!set.ok()) return set.status();
      held = *set;
    }
    event.set_id(EditionEventId(unit, load, event));
    payloads.push_back(Payload(std::move(event), held));
  }
  for (const auto& [edition, records] : without_line_) {
    warnings_.push_back(absl::StrCat(
        edition->file_name(), ": ", records,
        " statements are restated for this edition without a line of it, since its archived bytes "
        "could not be read to the same content again"));
  }
  return payloads;
}

absl::Status UnitBuilder::ReadEditionsAgain(const std::vector<Change>& changes) {
  std::map<const v1::EditionLoaded*, std::map<std::string, std::string>> wanted;
  for (const Change& change : changes) {
    if (change.is_void || !change.said.present || change.held != nullptr) continue;
    wanted[change.edition].emplace(change.record, change.said.content_digest);
  }
  for (const auto& [edition, records] : wanted) {
    absl::Status given_up;
    auto found = ReadAgain(*edition, records, archive_, formats_, table_, [&] {
      if (proceed_) given_up = proceed_();
      return given_up;
    });
    if (!given_up.ok()) return given_up;
    if (found.ok()) {
      read_again_[edition] = *std::move(found);
    } else {
      warnings_.push_back(
          absl::StrCat(edition->file_name(), ": ", std::string(found.status().message())));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<const HeldRecord*> UnitBuilder::SetContent(const Change& change, RowCursor& rows,
                                                          v1::Event& event) {
  const HeldRecord* held = change.held;
  if (held == nullptr) {
    const Records& records = read_again_[change.edition];
    if (const auto found = records.find(change.record); found != records.end()) {
      held = &found->second;
    }
  }
  if (held != nullptr) {
    SetAround(*held, event);
    return held;
  }
  ++without_line_[change.edition];
  auto known = EventAt(rows, change.known_sequence);
  if (!known.ok()) return known.status();
  event.set_content_digest(known->content_digest());
  *event.mutable_present() = std::move(*known->mutable_present());
  *event.mutable_raw() = known->raw();
  return nullptr;
}

}  // namespace dossier
