#include "services/query/actors_query.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"
#include "services/query/page_token.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 50;
constexpr size_t kTextBytesMax = 200;

bool HasPrefix(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// Adds the names that sources had printed by the cut.
absl::Status AddPrintedNames(AsOf& as_of, v1::Actor* actor) {
  if (!FitsKey(actor->id())) return absl::OkStatus();
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kActorNameRow).Text(actor->id()).Take();
  for (rows.Seek(prefix); rows.Valid() && HasPrefix(rows.key(), prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto printed = ReadPrintedName(rows);
    if (!printed.ok()) return printed.status();
    if (printed->first_sequence > as_of.sequence()) continue;
    v1::ActorName& name = *actor->add_names();
    name.set_name(std::string(printed->name));
    name.set_source(std::string(printed->source));
  }
  return rows.status();
}

// Whether a folded text begins a key or a word in it.
bool Begins(std::string_view key, std::string_view text) {
  if (HasPrefix(key, text)) return true;
  for (size_t blank = key.find(' '); blank != std::string_view::npos;
       blank = key.find(' ', blank + 1)) {
    if (HasPrefix(key.substr(blank + 1), text)) return true;
  }
  return false;
}

bool AnyBegins(const std::vector<std::string>& keys, std::string_view text) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return Begins(key, text); });
}

// Actors that match by the names sources print, by id.
absl::StatusOr<std::map<std::string, v1::Actor>> FindPrinted(AsOf& as_of, const ActorTable& table,
                                                             std::string_view text) {
  std::map<std::string, v1::Actor> found;
  RowCursor& rows = as_of.rows();
  for (rows.Seek(std::string(1, kActorNameRow)); rows.Valid() && rows.key()[0] == kActorNameRow;
       rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto printed = ReadPrintedName(rows);
    if (!printed.ok()) return printed.status();
    if (printed->first_sequence > as_of.sequence()) continue;
    if (!Begins(FoldName(printed->name), text) && !HasPrefix(FoldName(printed->id), text)) continue;
    const std::string id(printed->id);
    if (found.contains(id)) continue;
    found.emplace(id, ActorOf(table, id));
  }
  if (!rows.status().ok()) return rows.status();
  return found;
}

}  // namespace

absl::StatusOr<v1::GetActorResponse> GetActor(AsOf& as_of, const ActorTable& table,
                                              const v1::GetActorRequest& request) {
  auto actor = ResolveActor(as_of, table, request.actor(), "actor");
  if (!actor.ok()) return actor.status();
  v1::GetActorResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  *response.mutable_actor() = *std::move(actor);
  if (absl::Status s = AddPrintedNames(as_of, response.mutable_actor()); !s.ok()) return s;
  return response;
}

ActorSearch::ActorSearch(const ActorTable& table) : table_(table) {
  for (const v1::Actor& actor : table.actors()) {
    Entry entry{&actor, {}};
    entry.keys = {FoldName(actor.id()), FoldName(actor.name()), FoldName(actor.iso_alpha3()),
                  FoldName(actor.iso_alpha2())};
    for (const v1::ActorName& name : actor.names()) entry.keys.push_back(FoldName(name.name()));
    for (int number : actor.cow_number()) {
      entry.keys.push_back(FoldName(absl::StrCat("cow:", number)));
    }
    std::sort(entry.keys.begin(), entry.keys.end());
    entry.keys.erase(std::unique(entry.keys.begin(), entry.keys.end()), entry.keys.end());
    std::erase(entry.keys, "");
    entries_.push_back(std::move(entry));
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.actor->id() < b.actor->id(); });
}

absl::StatusOr<v1::FindActorsResponse> ActorSearch::Find(AsOf& as_of,
                                                         const v1::FindActorsRequest& request,
                                                         std::string_view after) const {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (request.text().size() > kTextBytesMax) {
    return InvalidField("text", absl::StrCat("longer than ", kTextBytesMax, " bytes"));
  }
  const std::string text = FoldName(request.text());
  if (text.empty() && !request.text().empty()) {
    return InvalidField("text", "no letters or digits in it");
  }
  auto found = FindPrinted(as_of, table_, text);
  if (!found.ok()) return found.status();
  for (const Entry& entry : entries_) {
    if (!AnyBegins(entry.keys, text) && !text.empty()) continue;
    found->try_emplace(entry.actor->id(), *entry.actor);
  }

  v1::FindActorsResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  auto next = after.empty() ? found->begin() : found->upper_bound(std::string(after));
  for (; next != found->end(); ++next) {
    if (response.actor_size() == static_cast<int>(*page_size)) {
      const std::string& last = response.actor(response.actor_size() - 1).id();
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), last));
      break;
    }
    v1::Actor& actor = *response.add_actor();
    actor = std::move(next->second);
    if (absl::Status s = AddPrintedNames(as_of, &actor); !s.ok()) return s;
  }
  return response;
}

}  // namespace dossier
