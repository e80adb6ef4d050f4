// Who is who: the project's table of states, armed groups and organisations, and the rule that
// turns a printed name into an actor's id. See actor_table.h for the rows and their sources.
//
// Ids: "state:RUS" (ISO 3166-1 or -3 alpha-3; for states without one COW's abbreviation or a short
// name in lower case; Kosovo has "state:XKX"), "org:NATO", "group:hezbollah". A
// party on a sanctions list has the list's own id: "ofac:7157", "un:QDi.430". A source's own
// "unknown supplier(s)" is "unknown:supplier". A name that nothing resolves is never dropped or
// guessed: "unresolved:SOURCE:NAME", the name as printed.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/query_service.pb.h"

namespace dossier {

class ActorTable {
 public:
  // The table is compiled into the program; built once, at start. Immutable afterwards, so safe
  // for use by several threads.
  ActorTable();

  // The actor that a source means by a printed name. Exact after blanks at both ends and runs of
  // blanks are made one; case and accents count. What SIPRI prints counts first for sources whose
  // id begins with "sipri". Never fails: an unknown name becomes an unresolved actor. "*" and "**"
  // at the end of a SIPRI name mark armed groups and organisations.
  std::string Resolve(std::string_view source, std::string_view printed_name) const;

  // By id, code ("RUS", "RU", "cow:365"), or name, case and accents ignored; nullptr: not in the
  // table. Ambiguous codes or names go to the actor that bears them today, or else to one that bore
  // them to its end.
  const v1::Actor* Find(std::string_view id_code_or_name) const;

  // All actors, by id.
  std::span<const v1::Actor> actors() const { return actors_; }

 private:
  std::vector<v1::Actor> actors_;
  // Indices into actors_; filled by the constructor.
  struct Index;
  std::shared_ptr<const Index> index_;
};

// The id of a name that nothing resolves. Never holds a NUL or invalid UTF-8 (U+FFFD stands in
// their place); a name over 200 bytes is cut to that, with 16 digits of the whole name's SHA-256 at
// its end.
std::string UnresolvedId(std::string_view source, std::string_view name);
bool IsUnresolved(std::string_view actor_id);
// Whether it is the id of a party on a sanctions list, by that list's numbers.
bool IsListed(std::string_view actor_id);
// The kind that an id's prefix names; UNSPECIFIED for a text that is no actor id.
v1::ActorKind KindOf(std::string_view actor_id);
// An actor that is in no table, from its id: unresolved, or an analyst's own ("company:...").
v1::Actor ActorFromId(std::string_view actor_id);
// Case, accents, punctuation and runs of blanks folded away, for searching.
std::string FoldName(std::string_view name);

}  // namespace dossier
