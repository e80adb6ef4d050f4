#include "services/model/actor_join.h"

#include <glog/logging.h>

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/numbers.h"
#include "services/model/actor_table.h"
#include "services/model/actors.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr std::string_view kAreaNote =
    "An area that ISO 3166-1 lists; not a member of the COW state system.";
constexpr std::string_view kFormerAreaNote =
    "An area that ISO 3166-1 listed before; not a member of the COW state system.";

using ActorsById = std::map<std::string, JoinedActor, std::less<>>;

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string Text(std::string_view text) { return std::string(text); }

v1::Date DateIn(std::string_view text, std::string_view row) {
  const absl::StatusOr<v1::Date> date = ParseDate(text);
  CHECK(date.ok()) << "table of actors: " << row << ": " << date.status();
  return *date;
}

// A name with no bounds; one that the actor has already is left as it is.
void AddName(v1::Actor& actor, std::string_view name) {
  if (name.empty()) return;
  for (const v1::ActorName& known : actor.names()) {
    if (known.name() == name) return;
  }
  actor.add_names()->set_name(Text(name));
}

// "Burma [..1989-06-17]".
void AddBoundedName(v1::Actor& actor, std::string_view text) {
  v1::ActorName name;
  if (text.ends_with(']')) {
    const size_t open = text.rfind(" [");
    CHECK(open != text.npos) << "table of actors: " << text;
    const std::string_view bounds = text.substr(open + 2, text.size() - open - 3);
    const size_t dots = bounds.find("..");
    CHECK(dots != bounds.npos) << "table of actors: " << text;
    if (dots > 0) *name.mutable_from_date() = DateIn(bounds.substr(0, dots), text);
    if (dots + 2 < bounds.size()) *name.mutable_to_date() = DateIn(bounds.substr(dots + 2), text);
    text = text.substr(0, open);
  }
  name.set_name(Text(text));
  *actor.add_names() = name;
}

void AddRow(ActorsById& actors, const ActorRow& row) {
  const auto [it, is_new] = actors.try_emplace(Text(row.id));
  CHECK(is_new) << "table of actors: two rows for " << row.id;
  JoinedActor& joined = it->second;
  v1::Actor& actor = joined.actor;
  actor.set_id(Text(row.id));
  actor.set_kind(KindOf(row.id));
  actor.set_name(Text(row.name));
  actor.set_note(Text(row.note));
  if (!row.from.empty()) *actor.mutable_from_date() = DateIn(row.from, row.id);
  if (!row.to.empty()) *actor.mutable_to_date() = DateIn(row.to, row.id);
  for (std::string_view number : Split(row.cow, ' ')) {
    int32_t cow = 0;
    CHECK(absl::SimpleAtoi(Text(number), &cow)) << "table of actors: " << row.id;
    actor.add_cow_number(cow);
  }
  for (std::string_view id : Split(row.successors, ' ')) actor.add_successor(Text(id));
  joined.former_codes = Split(row.former_codes, ' ');
  joined.sipri_names = Split(row.sipri, '|');
  for (std::string_view name : Split(row.names, '|')) AddBoundedName(actor, name);
  AddName(actor, row.name);
  for (std::string_view name : joined.sipri_names) AddName(actor, name);
}

// An entry of ISO under the id that it has here.
void AddIsoEntry(JoinedActor& joined, const std::string& id, const IsoRow& iso) {
  v1::Actor& actor = joined.actor;
  actor.set_id(id);
  actor.set_kind(KindOf(id));
  actor.set_iso_alpha3(Text(iso.alpha3));
  actor.set_iso_alpha2(Text(iso.alpha2));
  if (actor.name().empty()) {
    actor.set_name(Text(iso.common_name.empty() ? iso.name : iso.common_name));
  }
  AddName(actor, iso.name);
  AddName(actor, iso.common_name);
  AddName(actor, iso.official_name);
  if (!iso.withdrawn.empty() && !actor.has_to_date()) {
    *actor.mutable_to_date() = DateIn(iso.withdrawn, iso.alpha3);
  }
  if (actor.note().empty() && actor.cow_number().empty()) {
    actor.set_note(Text(iso.withdrawn.empty() ? kAreaNote : kFormerAreaNote));
  }
}

// An entry that ISO withdrew because the actor changed its name or code.
void AddFormerEntry(JoinedActor& joined, const IsoRow& iso) {
  if (joined.actor.iso_alpha3() != iso.alpha3) joined.former_codes.push_back(iso.alpha3);
  joined.former_codes.push_back(iso.alpha2);
  const auto& names = joined.actor.names();
  if (std::any_of(names.begin(), names.end(),
                  [&](const v1::ActorName& known) { return known.name() == iso.name; })) {
    return;
  }
  v1::ActorName* name = joined.actor.add_names();
  name->set_name(Text(iso.name));
  *name->mutable_to_date() = DateIn(iso.withdrawn, iso.alpha3);
}

void AddIsoRows(ActorsById& actors) {
  std::map<std::string_view, std::string> id_of_former_code;
  for (auto& [id, joined] : actors) {
    for (std::string_view code : joined.former_codes) id_of_former_code[code] = id;
    joined.former_codes.clear();
  }
  // ISO 3166-1 comes first in the rows, so that a code still in use is taken when -3 has it again.
  for (const IsoRow& iso : IsoRows()) {
    const auto former = id_of_former_code.find(iso.alpha3);
    const bool is_renamed = former != id_of_former_code.end();
    const std::string id = is_renamed ? former->second : "state:" + Text(iso.alpha3);
    JoinedActor& joined = actors[id];
    if (is_renamed || !joined.actor.iso_alpha3().empty()) {
      AddFormerEntry(joined, iso);
    } else {
      AddIsoEntry(joined, id, iso);
    }
  }
}

void AddPredecessors(ActorsById& actors) {
  for (const auto& [id, joined] : actors) {
    for (const std::string& successor : joined.actor.successor()) {
      const auto it = actors.find(successor);
      CHECK(it != actors.end()) << "table of actors: " << id << ": no successor " << successor;
      it->second.actor.add_predecessor(id);
    }
  }
}

// The usual name first, the others as they came.
void OrderNames(v1::Actor& actor) {
  const auto names = actor.mutable_names();
  const auto usual = std::find_if(names->begin(), names->end(), [&](const v1::ActorName& name) {
    return name.name() == actor.name();
  });
  CHECK(usual != names->end()) << "table of actors: " << actor.id() << " has no name";
  std::rotate(names->begin(), usual, usual + 1);
}

}  // namespace

std::vector<JoinedActor> JoinActorRows() {
  ActorsById actors;
  for (std::span<const ActorRow> rows : {StateRows(), OtherStateRows(), GroupRows()}) {
    for (const ActorRow& row : rows) AddRow(actors, row);
  }
  AddIsoRows(actors);
  AddPredecessors(actors);
  std::vector<JoinedActor> joined;
  joined.reserve(actors.size());
  for (auto& [id, actor] : actors) {
    OrderNames(actor.actor);
    joined.push_back(std::move(actor));
  }
  return joined;
}

}  // namespace dossier
