#include "services/query/actors_query.h"

#include <algorithm>
#include <set>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/list_party.h"
#include "services/query/name_index.h"
#include "services/query/named_actors.h"
#include "services/query/page_token.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 50;
constexpr size_t kTextBytesMax = 200;

// Adds the names that sources had printed by the cut.
absl::Status AddPrintedNames(AsOf& as_of, v1::Actor* actor) {
  if (!FitsKey(actor->id())) return absl::OkStatus();
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kActorNameRow).Text(actor->id()).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
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
  if (key.starts_with(text)) return true;
  for (size_t blank = key.find(' '); blank != std::string_view::npos;
       blank = key.find(' ', blank + 1)) {
    if (key.substr(blank + 1).starts_with(text)) return true;
  }
  return false;
}

bool AnyBegins(const std::vector<std::string>& keys, std::string_view text) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return Begins(key, text); });
}

// Ids of actors, in order, each once.
using Ids = std::set<std::string, std::less<>>;

// Goes over the ids that sources had named by the cut, and that begin with `prefix`, from the first
// one at or after `from` on, a seek each. `visit` returns false to stop.
absl::Status ForEachNamedId(AsOf& as_of, const std::string& prefix, const std::string& from,
                            absl::FunctionRef<bool(const std::string&)> visit) {
  RowCursor& rows = as_of.rows();
  const std::string within = KeyBuilder(kActorNameRow).Open(prefix).Take();
  rows.Seek(std::max(within, KeyBuilder(kActorNameRow).Open(from).Take()));
  while (rows.Valid() && rows.key().starts_with(within)) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto printed = ReadPrintedName(rows);
    if (!printed.ok()) return printed.status();
    if (printed->first_sequence > as_of.sequence()) {
      rows.Next();
      continue;
    }
    const std::string id(printed->id);
    if (!visit(id)) return absl::OkStatus();
    rows.Seek(KeyBuilder(kActorNameRow).Open(id).Raw("\1").key());
  }
  return rows.status();
}

// Ids that begin with a text, once folded: the first `wanted` ones after `after`. All ids of a kind
// ("ofac:...") begin alike, so the ids are only gone over of a kind that fits.
absl::Status AddByIds(AsOf& as_of, const std::string& text, const std::string& after, size_t wanted,
                      Ids* found) {
  RowCursor& rows = as_of.rows();
  std::string next(1, kActorNameRow);
  for (rows.Seek(next); rows.Valid() && rows.key()[0] == kActorNameRow; rows.Seek(next)) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto printed = ReadPrintedName(rows);
    if (!printed.ok()) return printed.status();
    const size_t colon = printed->id.find(':');
    const std::string kind(
        printed->id.substr(0, colon == std::string_view::npos ? colon : colon + 1));
    next = KeyBuilder(kActorNameRow)
               .Open(kind)
               .Raw(colon == std::string_view::npos ? "\1" : "\xff")
               .Take();
    const std::string folded = FoldName(kind);
    if (!folded.starts_with(text) && !text.starts_with(folded)) continue;
    absl::Status listed = ForEachNamedId(as_of, kind, after, [&](const std::string& id) {
      if (id > after && FoldName(id).starts_with(text)) found->insert(id);
      return found->size() < wanted;
    });
    if (!listed.ok() || found->size() >= wanted) return listed;
  }
  return rows.status();
}

// Actors after `after` of whom a name is printed that begins with the text, or a word in it: by the
// rows of the text's first word, which do not stand in the order of ids.
absl::Status AddByNames(AsOf& as_of, const std::string& text, const std::string& after,
                        Ids* found) {
  const size_t blank = text.find(' ');
  Ids candidates;
  RowCursor& rows = as_of.rows();
  KeyBuilder prefix(kNameWordRow);
  if (blank == std::string::npos) {
    prefix.Open(text);
  } else {
    prefix.Text(text.substr(0, blank));
  }
  for (rows.Seek(prefix.key()); rows.Valid() && rows.key().starts_with(prefix.key()); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    const auto row = ReadNameIndexRow(rows);
    if (!row.ok()) return row.status();
    if (row->first_sequence > as_of.sequence() || row->actor <= after) continue;
    (blank == std::string::npos ? *found : candidates).emplace(row->actor);
  }
  if (!rows.status().ok()) return rows.status();
  for (const std::string& id : candidates) {
    const std::string names = KeyBuilder(kActorNameRow).Text(id).Take();
    for (rows.Seek(names); rows.Valid() && rows.key().starts_with(names); rows.Next()) {
      if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
      auto printed = ReadPrintedName(rows);
      if (!printed.ok()) return printed.status();
      if (printed->first_sequence > as_of.sequence()) continue;
      if (!Begins(FoldName(printed->name), text)) continue;
      found->insert(id);
      break;
    }
    if (!rows.status().ok()) return rows.status();
  }
  return absl::OkStatus();
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
  auto found = FindIds(as_of, text, std::string(after), *page_size + 1);
  if (!found.ok()) return found.status();

  v1::FindActorsResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  for (const std::string& id : *found) {
    if (response.actor_size() == static_cast<int>(*page_size)) {
      const std::string& last = response.actor(response.actor_size() - 1).id();
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), last));
      break;
    }
    auto actor = ActorAt(as_of, table_, id);
    if (!actor.ok()) return actor.status();
    *response.add_actor() = *std::move(actor);
    v1::Actor& added = *response.mutable_actor(response.actor_size() - 1);
    if (absl::Status s = AddPrintedNames(as_of, &added); !s.ok()) return s;
  }
  return response;
}

absl::StatusOr<std::set<std::string, std::less<>>> ActorSearch::FindIds(AsOf& as_of,
                                                                        const std::string& text,
                                                                        const std::string& after,
                                                                        size_t wanted) const {
  Ids found;
  if (text.empty()) {
    // All actors: no more than the page are gone over.
    absl::Status listed = ForEachNamedId(as_of, "", after, [&](const std::string& id) {
      if (id > after) found.insert(id);
      return found.size() < wanted;
    });
    if (!listed.ok()) return listed;
  } else {
    if (absl::Status s = AddByIds(as_of, text, after, wanted, &found); !s.ok()) return s;
    if (absl::Status s = AddByNames(as_of, text, after, &found); !s.ok()) return s;
  }
  for (const Entry& entry : entries_) {
    if (entry.actor->id() <= after) continue;
    if (text.empty() || AnyBegins(entry.keys, text)) found.insert(entry.actor->id());
  }
  return found;
}

}  // namespace dossier
