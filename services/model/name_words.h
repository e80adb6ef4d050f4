// The words of a folded name, as the index of names has them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// Words beyond so many are left out of the index of words; the whole name is in it anyway.
inline constexpr size_t kNameWordsMax = 24;
inline constexpr size_t kWordsDigestSize = 8;

struct NameWords {
  // Each once, sorted; at most kNameWordsMax.
  std::vector<std::string> words;
  // 8 bytes of the SHA-256 of all words, sorted, repeats kept, a blank between: alike for names
  // that differ in the order of their words alone.
  std::string digest;
};

// Of a name as FoldName (actors.h) returns it.
NameWords WordsOf(std::string_view folded_name);

}  // namespace dossier
