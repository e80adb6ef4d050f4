#include "services/query/name_join.h"

#include <algorithm>
#include <utility>

#include "services/model/name_words.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// A seek costs as much as some 20 rows: words that are leapt over far read few ahead, words that
// are gone through one by one many.
constexpr size_t kReadAheadMin = 8;
constexpr size_t kReadAheadMax = 128;

absl::Status Damaged() {
  return absl::DataLossError("view: a row of the index of names does not decode");
}

}  // namespace

NameJoin::NameJoin(AsOf& as_of, const std::vector<std::string>& words, std::string after)
    : as_of_(as_of), place_(std::move(after)) {
  for (const std::string& word : words) {
    Word& added = words_.emplace_back();
    added.prefix = KeyBuilder(kNameWordRow).Text(word).Take();
    added.read_ahead = kReadAheadMin;
  }
}

absl::Status NameJoin::Advance(Word& word, const std::string& to) {
  while (word.next < word.rows.size() && word.place() < to) ++word.next;
  if (word.next < word.rows.size() || word.at_end) return absl::OkStatus();
  word.block.clear();
  word.rows.clear();
  word.next = 0;
  RowCursor& rows = as_of_.rows();
  for (rows.Seek(word.prefix + to); word.rows.size() < word.read_ahead; rows.Next()) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    const std::string_view key = rows.Valid() ? rows.key() : std::string_view();
    if (key.substr(0, word.prefix.size()) != word.prefix) {
      word.at_end = true;
      break;
    }
    Word::Row row{word.block.size(), key.size() - word.prefix.size(), 0};
    if (!KeyParser::OfBytes(rows.value()).Number(&row.first_sequence)) return Damaged();
    word.block.append(key.substr(word.prefix.size()));
    word.rows.push_back(row);
  }
  rows_read_ += word.rows.size();
  word.read_ahead = std::min(2 * word.read_ahead, kReadAheadMax);
  return rows.status();
}

absl::StatusOr<IndexedName> NameJoin::NameAt(const Word& word) const {
  IndexedName name;
  name.place = word.place();
  std::string_view actor, source;
  if (name.place.size() < kWordsDigestSize) return Damaged();
  KeyParser bearer = KeyParser::OfBytes(std::string_view(name.place).substr(kWordsDigestSize));
  if (!bearer.Text(&actor) || !bearer.Text(&source)) return Damaged();
  name.words = name.place.substr(0, kWordsDigestSize);
  name.actor = actor;
  name.source = source;
  name.first_sequence = word.rows[word.next].first_sequence;
  return name;
}

absl::StatusOr<std::optional<IndexedName>> NameJoin::Next(size_t rows_max) {
  std::string to = place_.empty() ? "" : place_ + '\0';
  size_t agreeing = 0;  // words that stand at `to`, the last ones looked at
  for (size_t at = 0; agreeing < words_.size(); at = (at + 1) % words_.size()) {
    if (rows_read_ >= rows_max) return std::nullopt;
    Word& word = words_[at];
    if (absl::Status s = Advance(word, to); !s.ok()) return s;
    if (word.next == word.rows.size()) {
      done_ = true;
      return std::nullopt;
    }
    if (word.place() == to) {
      ++agreeing;
      continue;
    }
    if (!to.empty()) place_ = to;
    to = word.place();
    agreeing = 1;
  }
  place_ = to;
  auto name = NameAt(words_.front());
  if (!name.ok()) return name.status();
  return *std::move(name);
}

}  // namespace dossier
