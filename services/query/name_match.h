// How a searched text matches the names and identifiers of an actor. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/sanctions_service.pb.h"
#include "services/model/name_words.h"

namespace dossier {

// A searched text, taken apart.
struct SearchText {
  explicit SearchText(std::string_view text);

  std::string printed;     // without blanks at both ends
  std::string folded;      // as FoldName has it; empty: it has no letters or digits
  NameWords words;         // of `folded`
  std::string last_word;   // in the order of the text
  std::string identifier;  // as FoldIdentifier has it
  // Whether identifiers that begin with it are looked for too: at least 4 letters and digits, one
  // of them a digit. A shorter text, or a word, begins too many.
  bool may_begin_identifier = false;
};

// A name or an identifier that a source gives to an actor at the cut.
struct BorneName {
  std::string printed;
  std::string folded;
  std::string printed_kind;  // of an identifier: "Passport"
  v1::NameQuality quality = v1::NAME_QUALITY_UNSPECIFIED;
  // The statement that gives it, in the reader's list of events; nullopt: it is no sanction's.
  std::optional<size_t> event;
};

// How words are matched beside those of the whole text.
enum class WordsPlan { kLastBegins, kAllWhole };

// Whether a name satisfies a kind: an exact match is a folded match, a prefix and a match of words
// too.
bool NameMatches(const SearchText& text, v1::MatchKind kind, WordsPlan plan, const BorneName& name);
// The same for identifiers: as IDENTIFIER it is the text's letters and digits, as PREFIX it begins
// with them.
bool IdentifierMatches(const SearchText& text, v1::MatchKind kind, const BorneName& identifier);

}  // namespace dossier
