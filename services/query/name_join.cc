#include "services/query/name_join.h"

#include <iterator>
#include <utility>

#include "storage/view_keys.h"

namespace dossier {
namespace {

// A seek costs as much as so many rows.
constexpr size_t kReadAhead = 32;

}  // namespace

NameJoin::NameJoin(AsOf& as_of, const std::vector<std::string>& words, std::string after)
    : as_of_(as_of), place_(std::move(after)) {
  for (const std::string& word : words) {
    words_.push_back({KeyBuilder(kNameWordRow).Text(word).Take(), {}, false});
  }
}

absl::Status NameJoin::Advance(Word& word, const std::string& to) {
  while (!word.ahead.empty() && word.ahead.front().place < to) word.ahead.pop_front();
  if (!word.ahead.empty() || word.at_end) return absl::OkStatus();
  auto names = ReadIndexRows(as_of_, word.prefix, to, kReadAhead);
  if (!names.ok()) return names.status();
  rows_read_ += names->size();
  word.at_end = names->size() < kReadAhead;
  word.ahead.assign(std::make_move_iterator(names->begin()), std::make_move_iterator(names->end()));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<IndexedName>> NameJoin::Next(size_t rows_max) {
  std::string to = place_.empty() ? "" : place_ + '\0';
  size_t agreeing = 0;  // words that stand at `to`, the last ones looked at
  for (size_t at = 0; agreeing < words_.size(); at = (at + 1) % words_.size()) {
    if (rows_read_ >= rows_max) return std::nullopt;
    Word& word = words_[at];
    if (absl::Status s = Advance(word, to); !s.ok()) return s;
    if (word.ahead.empty()) {
      done_ = true;
      return std::nullopt;
    }
    if (word.ahead.front().place == to) {
      ++agreeing;
      continue;
    }
    if (agreeing > 0 || !to.empty()) place_ = to;
    to = word.ahead.front().place;
    agreeing = 1;
  }
  place_ = to;
  return words_.front().ahead.front();
}

}  // namespace dossier
