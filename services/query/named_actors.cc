#include "services/query/named_actors.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "services/query/field_error.h"
#include "services/query/list_party.h"
#include "services/query/name_index.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kMatchesMax = 1000;
constexpr size_t kPredecessorsMax = 64;
// Of several actors of one name, so many are listed in the error.
constexpr size_t kIdsShown = 10;

// A text, the field that it stands in, and the ids that it means.
struct Asked {
  std::string_view text;
  std::string_view field;
  std::vector<std::string> ids;
};

bool ExistedOn(const v1::Actor& actor, const v1::Date& date) {
  return !(actor.has_from_date() && Before(date, actor.from_date())) &&
         !(actor.has_to_date() && Before(actor.to_date(), date));
}

// Who bore the actor's name on a date. Behind a predecessor that existed then, none is looked for.
const v1::Actor& BearerOn(const ActorTable& table, const v1::Actor& actor, const v1::Date& date) {
  if (!actor.has_from_date() || !Before(date, actor.from_date())) return actor;
  std::vector<const v1::Actor*> later = {&actor};
  const v1::Actor* then = nullptr;
  for (size_t i = 0; i < later.size(); ++i) {
    for (const std::string& id : later[i]->predecessor()) {
      const v1::Actor* predecessor = table.Find(id);
      if (predecessor == nullptr || predecessor == then) continue;
      if (!ExistedOn(*predecessor, date)) {
        const bool seen = std::find(later.begin(), later.end(), predecessor) != later.end();
        if (!seen && later.size() < kPredecessorsMax) later.push_back(predecessor);
      } else if (then != nullptr) {
        return actor;
      } else {
        then = predecessor;
      }
    }
  }
  return then != nullptr ? *then : actor;
}

// The id of the actor that a code or name of `actor` means at the cut.
const std::string& IdAtCut(const AsOf& as_of, const ActorTable& table, const v1::Actor& actor) {
  if (!as_of.has_effective_date()) return actor.id();
  return BearerOn(table, actor, as_of.effective_date()).id();
}

// Whether a source had named an actor of this very id by the cut, or a record been about it: a list
// may refer to a party of another one by its id alone.
absl::StatusOr<bool> IsNamedId(AsOf& as_of, std::string_view id) {
  if (!FitsKey(id)) return false;
  RowCursor& rows = as_of.rows();
  for (const RowKind kind : {kActorNameRow, kActorRecordRow, kTreatyPartyRow, kBetweenRow}) {
    const std::string prefix = KeyBuilder(kind).Text(id).Take();
    for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
      if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
      const auto first_sequence = DecodeNumber(rows.value());
      if (!first_sequence.has_value()) {
        return absl::DataLossError("view: a row of an actor's id does not decode");
      }
      if (*first_sequence <= as_of.sequence()) return true;
    }
    if (!rows.status().ok()) return rows.status();
  }
  return false;
}

// The actors of a name, in the order of ids, and the field that asks for it first.
struct Named {
  std::string_view field;
  std::vector<std::string> ids;
};
using ByFoldedName = absl::flat_hash_map<std::string, Named>;

// Fills in the actors of whom a wanted name is printed, from the rows of folded names. `matches`:
// how many were found in all.
absl::Status FindPrintedName(AsOf& as_of, const std::string& folded, std::string_view field,
                             size_t* matches, std::vector<std::string>* ids) {
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kFoldedNameRow).Text(folded).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    const auto row = ReadNameIndexRow(rows);
    if (!row.ok()) return row.status();
    if (row->first_sequence > as_of.sequence()) continue;
    if (!ids->empty() && ids->back() == row->actor) continue;
    if (++*matches > kMatchesMax) {
      return InvalidField(field, absl::StrCat("the names asked for are printed of more than ",
                                              kMatchesMax, " actors; expected ids"));
    }
    ids->emplace_back(row->actor);
  }
  return rows.status();
}

// What the table and the rows of the id itself say of a text. Nullopt: neither knows it.
absl::StatusOr<std::optional<std::string>> FindId(AsOf& as_of, const ActorTable& table,
                                                  const Asked& asked) {
  if (asked.text.empty()) {
    return InvalidField(asked.field, "empty; expected an actor's id, code or name");
  }
  if (const v1::Actor* actor = table.Find(asked.text); actor != nullptr) {
    const absl::string_view text =
        absl::StripAsciiWhitespace({asked.text.data(), asked.text.size()});
    const bool is_id = absl::EqualsIgnoreCase(text, actor->id());
    return is_id ? actor->id() : IdAtCut(as_of, table, *actor);
  }
  auto is_id = IsNamedId(as_of, asked.text);
  if (!is_id.ok()) return is_id.status();
  if (*is_id) return std::string(asked.text);
  return std::nullopt;
}

absl::Status LookUp(AsOf& as_of, const ActorTable& table, std::span<Asked> all) {
  ByFoldedName wanted;
  for (Asked& asked : all) {
    auto id = FindId(as_of, table, asked);
    if (!id.ok()) return id.status();
    if (id->has_value()) {
      asked.ids.push_back(**std::move(id));
    } else if (std::string folded = FoldName(asked.text); !folded.empty()) {
      wanted.try_emplace(std::move(folded), Named{asked.field, {}});
    }
  }
  size_t matches = 0;
  for (auto& [folded, named] : wanted) {
    absl::Status s = FindPrintedName(as_of, folded, named.field, &matches, &named.ids);
    if (!s.ok()) return s;
  }
  for (Asked& asked : all) {
    if (!asked.ids.empty()) continue;
    const auto found = wanted.find(FoldName(asked.text));
    if (found == wanted.end() || found->second.ids.empty()) {
      return FieldError(
          absl::StatusCode::kNotFound, asked.field,
          absl::StrCat("\"", std::string(asked.text), "\" is no actor's id, code or name"));
    }
    for (const std::string& id : found->second.ids) {
      const v1::Actor* known = table.Find(id);
      asked.ids.push_back(known != nullptr ? IdAtCut(as_of, table, *known) : id);
    }
  }
  return absl::OkStatus();
}

void SortEachOnce(std::vector<std::string>* ids) {
  std::sort(ids->begin(), ids->end());
  ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
}

}  // namespace

absl::StatusOr<std::vector<std::vector<std::string>>> ResolveActors(
    AsOf& as_of, const ActorTable& table, std::initializer_list<ActorField> fields) {
  std::vector<Asked> all;
  for (const ActorField& field : fields) {
    const size_t named = all.size() + static_cast<size_t>(field.texts.size());
    if (named > kActorsMax) {
      return InvalidField(field.name, absl::StrCat("with it the request names ", named,
                                                   " actors; expected at most ", kActorsMax));
    }
    for (const std::string& text : field.texts) all.push_back({text, field.name, {}});
  }
  if (absl::Status s = LookUp(as_of, table, all); !s.ok()) return s;
  std::vector<std::vector<std::string>> resolved;
  size_t next = 0;
  for (const ActorField& field : fields) {
    std::vector<std::string>& ids = resolved.emplace_back();
    for (int i = 0; i < field.texts.size(); ++i, ++next) {
      ids.insert(ids.end(), all[next].ids.begin(), all[next].ids.end());
    }
    SortEachOnce(&ids);
  }
  return resolved;
}

absl::StatusOr<v1::Actor> ResolveActor(AsOf& as_of, const ActorTable& table, std::string_view text,
                                       std::string_view field) {
  Asked asked{text, field, {}};
  if (absl::Status s = LookUp(as_of, table, {&asked, 1}); !s.ok()) return s;
  SortEachOnce(&asked.ids);
  if (asked.ids.size() == 1) return ActorAt(as_of, table, asked.ids.front());
  const size_t shown = std::min(asked.ids.size(), kIdsShown);
  return InvalidField(
      field, absl::StrCat("\"", std::string(text), "\" is printed of ", asked.ids.size(),
                          " actors; expected the id of one: ",
                          absl::StrJoin(asked.ids.begin(), asked.ids.begin() + shown, ", "),
                          shown < asked.ids.size() ? ", ..." : ""));
}

absl::StatusOr<PrintedName> ReadPrintedName(const RowCursor& rows) {
  PrintedName printed;
  KeyParser parser(rows.key());
  if (!parser.Text(&printed.id) || !parser.Text(&printed.source) || !parser.Text(&printed.name) ||
      !KeyParser::OfBytes(rows.value()).Number(&printed.first_sequence)) {
    return absl::DataLossError("view: an actor's name row does not decode");
  }
  return printed;
}

}  // namespace dossier
