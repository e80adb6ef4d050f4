// Rows of a table gathered by the key of the record that they make up, for files that spread a
// record over rows that do not follow each other, in bounded memory.
//
// Whatever the order of the rows in the file, the groups are the same: rows of a group are handed
// out in the order of their cells, and alike ones once; groups in the order of their first lines.
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

inline constexpr size_t kRowGroupBytesMax = size_t{256} << 20;
inline constexpr size_t kRowsOfGroupMax = 10'000;

struct RowGroup {
  std::string_view key;
  // Cells without white space at their ends; a row has as many as RowGroups has columns.
  std::vector<std::span<const std::string_view>> rows;

  // The values of a column that are not empty, each once, in the order of their bytes.
  std::vector<std::string_view> Values(size_t column) const;
};

class RowGroups {
 public:
  explicit RowGroups(size_t columns) : columns_(columns) {}

  // Keeps a row; `cells` has as many as there are columns. ResourceExhausted: more than
  // kRowGroupBytesMax in all, or kRowsOfGroupMax in this group.
  absl::Status Add(std::string_view key, std::span<const std::string_view> cells, uint32_t line,
                   uint32_t line_end);

  // Leaves the record of a key out, whatever rows of it came or come: one of them does not read.
  // ResourceExhausted: as Add.
  absl::Status Drop(std::string_view key, uint32_t line);
  // Whether a row of this key came.
  bool Has(std::string_view key) const { return index_.contains(key); }

  // Calls `visit` with each group and with a record that has the group's key and lines. Not OK:
  // what `visit` returned first. Sorts the rows of groups.
  using Visit = std::function<absl::Status(const RowGroup& group, EditionRecord record)>;
  absl::Status ForEach(const Visit& visit);

  size_t size() const { return groups_.size(); }

 private:
  struct Row {
    size_t first_cell = 0;
    uint32_t line = 0;
    uint32_t line_end = 0;
  };
  struct Group {
    std::string_view key;
    std::vector<Row> rows;  // in the order of the file
    bool is_dropped = false;
  };

  Group& GroupOf(std::string_view key);
  absl::Status CheckSize(uint32_t line) const;
  std::string_view Keep(std::string_view text);
  void FillLines(const Group& group, EditionRecord& record) const;

  const size_t columns_;
  std::deque<std::string> blocks_;  // texts, which never move
  size_t bytes_ = 0;
  std::vector<std::string_view> cells_;
  std::vector<Group> groups_;
  absl::flat_hash_map<std::string_view, size_t> index_;
};

}  // namespace dossier
