// Names that have all of some words, whole: the rows 'n' of the words (storage/view_keys.h), which
// are sorted alike for every word, joined by leaping from one to the next. One cursor serves all
// words: of each, a few rows are read ahead.
//
//   NameJoin join(as_of, {"bank", "maritime"}, after);
//   for (auto next = join.Next(); next.ok() && next->has_value(); next = join.Next()) ...
//
// One thread; moves the cursor of `as_of`, which must outlive it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "services/query/name_index.h"

namespace dossier {

class NameJoin {
 public:
  // Goes on after the place of a name; "": from the first.
  NameJoin(AsOf& as_of, const std::vector<std::string>& words, std::string after);

  // `place` of a name is what stands behind the word in its rows, the same for all of them.
  // Nullopt: there are no more, or `rows_max` rows were read and none fits: see place().
  absl::StatusOr<std::optional<IndexedName>> Next(size_t rows_max = SIZE_MAX);

  size_t rows_read() const { return rows_read_; }
  bool done() const { return done_; }
  // All names up to here were looked at.
  const std::string& place() const { return place_; }

 private:
  struct Word {
    std::string prefix;  // of its rows
    std::deque<IndexedName> ahead;
    bool at_end = false;  // nothing stands behind `ahead`
  };

  // Drops what stands before a place, and reads on where nothing is left.
  absl::Status Advance(Word& word, const std::string& to);

  AsOf& as_of_;
  std::vector<Word> words_;
  std::string place_;
  size_t rows_read_ = 0;
  bool done_ = false;
};

}  // namespace dossier
