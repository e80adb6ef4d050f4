#include "services/query/name_match.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "services/model/actors.h"
#include "services/model/contents.h"

namespace dossier {
namespace {

constexpr size_t kIdentifierBeginsMin = 4;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether a folded name has a word; or one that begins with it.
bool HasWord(std::string_view folded, std::string_view word, bool whole) {
  for (size_t at = folded.find(word); at != std::string_view::npos;
       at = folded.find(word, at + 1)) {
    const size_t end = at + word.size();
    const bool begins = at == 0 || folded[at - 1] == ' ';
    if (begins && (!whole || end == folded.size() || folded[end] == ' ')) return true;
  }
  return false;
}

// Whether a name has all words of the text; the last one as a beginning, if the plan says so.
bool HasWords(const SearchText& text, WordsPlan plan, const BorneName& name) {
  return std::all_of(
      text.words.words.begin(), text.words.words.end(), [&](const std::string& word) {
        const bool may_begin = plan == WordsPlan::kLastBegins && word == text.last_word;
        return HasWord(name.folded, word, !may_begin);
      });
}

}  // namespace

SearchText::SearchText(std::string_view text)
    : printed(absl::StripAsciiWhitespace({text.data(), text.size()})),
      folded(FoldName(text)),
      words(WordsOf(folded)),
      last_word(folded.substr(folded.rfind(' ') + 1)),
      identifier(FoldIdentifier(text)) {
  may_begin_identifier = identifier.size() >= kIdentifierBeginsMin &&
                         std::any_of(identifier.begin(), identifier.end(), IsDigit);
}

bool NameMatches(const SearchText& text, v1::MatchKind kind, WordsPlan plan,
                 const BorneName& name) {
  switch (kind) {
    case v1::MATCH_KIND_EXACT:
      return name.printed == text.printed;
    case v1::MATCH_KIND_FOLDED:
      // The same words in any order are as long.
      return name.folded.size() == text.folded.size() &&
             WordsOf(name.folded).digest == text.words.digest;
    case v1::MATCH_KIND_PREFIX:
      return name.folded.starts_with(text.folded);
    case v1::MATCH_KIND_WORDS:
      return HasWords(text, plan, name);
    default:
      return false;
  }
}

bool IdentifierMatches(const SearchText& text, v1::MatchKind kind, const BorneName& identifier) {
  if (identifier.folded.empty()) return false;
  return kind == v1::MATCH_KIND_IDENTIFIER
             ? identifier.folded == text.identifier
             : text.may_begin_identifier && identifier.folded.starts_with(text.identifier);
}

}  // namespace dossier
