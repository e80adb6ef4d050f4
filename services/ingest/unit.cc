#include "services/ingest/unit.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/second_reading.h"
#include "services/model/event_id.h"
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

absl::Status SetFrom(const HeldRecord& held, v1::Event& event) {
  if (!event.mutable_present()->ParseFromString(held.present)) {
    return absl::InternalError(absl::StrCat("record ", held.key, ": its content does not parse"));
  }
  event.set_content_digest(held.said.content_digest);
  event.mutable_locator()->set_line(held.line);
  event.mutable_locator()->set_line_end(held.line_end);
  event.mutable_locator()->mutable_more_line()->Assign(held.more_lines.begin(),
                                                       held.more_lines.end());
  event.mutable_locator()->set_element(held.element);
  for (const std::string& text : held.raw) event.add_raw(text);
  return absl::OkStatus();
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
  v1::LogEntry entry;
  for (const Change& change : changes) {
    v1::Event event = EventOf(change);
    if (change.is_void) {
      event.mutable_void_();
    } else if (!change.said.present) {
      event.mutable_absent();
    } else if (absl::Status set = SetContent(change, *rows, event); !set.ok()) {
      return set;
    }
    event.set_id(EditionEventId(unit, load, event));
    *entry.mutable_event() = std::move(event);
    payloads.push_back(entry.SerializeAsString());
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

absl::Status UnitBuilder::SetContent(const Change& change, RowCursor& rows, v1::Event& event) {
  if (change.held != nullptr) return SetFrom(*change.held, event);
  const Records& records = read_again_[change.edition];
  if (const auto held = records.find(change.record); held != records.end()) {
    return SetFrom(held->second, event);
  }
  ++without_line_[change.edition];
  auto known = EventAt(rows, change.known_sequence);
  if (!known.ok()) return known.status();
  event.set_content_digest(known->content_digest());
  *event.mutable_present() = std::move(*known->mutable_present());
  *event.mutable_raw() = known->raw();
  return absl::OkStatus();
}

}  // namespace dossier
