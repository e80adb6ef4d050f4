// Names that have all of some words, whole: the rows 'n' of the words (storage/view_keys.h), which
// are sorted alike for every word, joined by leaping from one to the next. One cursor serves all
// words: of each, a few rows are read ahead.
//
//   NameJoin join(as_of, {"bank", "maritime"}, after);
//   for (auto next = join.Next(); next.ok() && next->has_value(); next = join.Next()) ...
//
// One thread; moves the cursor of `as_of`, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  // Rows read ahead of one word: their keys behind the word, one after the other.
  struct Word {
    struct Row {
      size_t begin = 0;
      size_t size = 0;
      uint64_t first_sequence = 0;
    };

    std::string prefix;  // of its rows
    std::string block;
    std::vector<Row> rows;
    size_t next = 0;        // the first of `rows` that was not passed
    size_t read_ahead = 0;  // how many to read next time
    bool at_end = false;    // nothing stands behind `rows`

    std::string_view place() const {
      return std::string_view(block).substr(rows[next].begin, rows[next].size);
    }
  };

  // Passes what stands before a place, and reads on where nothing is left.
  absl::Status Advance(Word& word, const std::string& to);
  absl::StatusOr<IndexedName> NameAt(const Word& word) const;

  AsOf& as_of_;
  std::vector<Word> words_;
  std::string place_;
  size_t rows_read_ = 0;
  bool done_ = false;
};

}  // namespace dossier
