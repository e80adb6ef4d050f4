#include "services/ingest/sources/gsdb_states.h"

#include <algorithm>
#include <utility>

#include "services/ingest/sources/numbered_items.h"

namespace dossier {
namespace {

constexpr size_t kPartsOfNameMax = 4;

// `count` parts of a cell, as one name.
std::string Joined(const std::vector<std::string_view>& parts, size_t first, size_t count) {
  std::string name(parts[first]);
  for (size_t i = 1; i < count; ++i) name.append(", ").append(parts[first + i]);
  return name;
}

}  // namespace

std::vector<v1::ActorRef> GsdbStates::Split(std::string_view cell) const {
  const std::vector<std::string_view> parts = SeparatedItems(cell, ',');
  std::vector<v1::ActorRef> actors;
  if (parts.size() > kGsdbStatesMax) return actors;
  for (size_t at = 0; at < parts.size();) {
    size_t count = std::min(kPartsOfNameMax, parts.size() - at);
    std::string name = Joined(parts, at, count);
    std::string id = table_.Resolve(source_, name);
    while (IsUnresolved(id) && count > 1) {
      name = Joined(parts, at, --count);
      id = table_.Resolve(source_, name);
    }
    v1::ActorRef& actor = actors.emplace_back();
    actor.set_id(std::move(id));
    actor.set_printed_name(std::move(name));
    at += count;
  }
  return actors;
}

}  // namespace dossier
