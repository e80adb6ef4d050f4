#include "services/query/list_party.h"

#include <algorithm>
#include <optional>

#include "services/query/entry_source.h"
#include "services/query/sanction_records.h"

namespace dossier {
namespace {

// A listed party has a few records; of others, so many are looked at for an entry of theirs.
constexpr size_t kAboutMax = 64;

// The content of a record as it was last said by the cut; nullopt: never.
absl::StatusOr<std::optional<v1::Event>> LastSaid(AsOf& as_of, const AboutRecord& record) {
  auto statement = LatestAt(as_of.rows(), record.source, record.record, as_of.known());
  if (!statement.ok()) return statement.status();
  if (!statement->has_value()) return std::nullopt;
  uint64_t sequence = (*statement)->version.sequence;
  if (!(*statement)->row.present()) {
    auto timeline = TimelineAt(as_of, record.source, record.record);
    if (!timeline.ok()) return timeline.status();
    const auto said = std::find_if(timeline->rbegin(), timeline->rend(),
                                   [](const TimelinePoint& point) { return point.present; });
    if (said == timeline->rend()) return std::nullopt;
    sequence = said->version.sequence;
  }
  auto event = EventAt(as_of.rows(), sequence);
  if (!event.ok()) return event.status();
  return *std::move(event);
}

}  // namespace

std::string PrimaryName(const v1::Sanction& sanction) {
  for (const v1::PartyName& name : sanction.name()) {
    if (name.kind() == v1::NAME_KIND_PRIMARY && !name.whole().empty()) return name.whole();
  }
  return sanction.target_size() > 0 ? sanction.target(0).printed_name() : "";
}

absl::StatusOr<v1::Actor> ActorAt(AsOf& as_of, const ActorTable& table, std::string_view id) {
  if (const v1::Actor* known = table.Find(id); known != nullptr) return *known;
  v1::Actor actor = ActorFromId(id);
  auto records = RecordsAbout(as_of, id, "", kAboutMax);
  if (!records.ok()) return records.status();
  for (const AboutRecord& record : *records) {
    auto event = LastSaid(as_of, record);
    if (!event.ok()) return event.status();
    if (!event->has_value()) continue;
    const v1::Sanction& sanction = (*event)->present().sanction();
    const bool is_its_entry = sanction.part() == v1::SANCTION_PART_ENTRY &&
                              sanction.target_size() == 1 && sanction.target(0).id() == id;
    if (!is_its_entry) continue;
    if (std::string name = PrimaryName(sanction); !name.empty()) actor.set_name(std::move(name));
    if (sanction.target_kind() != v1::ACTOR_KIND_UNSPECIFIED)
      actor.set_kind(sanction.target_kind());
    return actor;
  }
  return actor;
}

}  // namespace dossier
