// Rows in memory in the order of their keys, with deletes: what a batch lays over the stored rows.
//
// Built for the fold: several rows an event, each kind in an order of its own, few kinds looked up
// again at once. Rows that share their first piece (all bytes up to the first 0x00: kind and
// source) stand in a group of their own, so that eight bytes after that piece decide most
// comparisons without touching the key; those of names, words and the like, whose first piece is
// none that many share, in one group for each kind. A group takes rows in as they come, and sorts
// them when a cursor comes to it, or all are wanted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"

namespace dossier {

// One thread at a time. Keys and values are copied and stay where they are, also when replaced,
// for as long as the overlay lives. Each at most 4 GiB less 2.
class RowOverlay {
 public:
  // A row, or the delete of one.
  struct Row {
    std::string_view key;
    std::string_view value;
    bool deleted = false;
  };

  class Cursor;

  void Put(std::string_view key, std::string_view value);
  void Delete(std::string_view key);

  // The row, or delete, of exactly this key.
  std::optional<Row> Find(std::string_view key);

  // Calls `visit` with each row and delete in the order of keys, until it returns false: all rows
  // at less than a cursor's cost. It must not change the overlay.
  void Visit(absl::FunctionRef<bool(const Row&)> visit);

  // Bytes of keys and values held, replaced ones included, and of the index over them.
  size_t bytes() const { return bytes_; }
  bool empty() const { return groups_.empty(); }
  // Changes with every put or delete: cursors from before it must be positioned anew.
  uint64_t revision() const { return revision_; }

 private:
  struct Slot {
    uint64_t head = 0;  // the eight bytes after the group's prefix, big-endian, zeros at the end
    mutable const char* bytes = nullptr;  // u32 key size, u32 value size or kDeleted, key, value
  };
  struct Target {
    uint64_t head = 0;
    std::string_view rest;  // the key after the group's prefix
  };
  struct Order {
    using is_transparent = void;
    size_t prefix_size;

    std::string_view RestOf(const Slot& slot) const;
    // Stable. `depth`: where in the rests the slots' heads stand.
    void Sort(std::span<Slot> slots, size_t depth) const;
    bool operator()(const Slot& a, const Slot& b) const {
      return a.head != b.head ? a.head < b.head : RestOf(a) < RestOf(b);
    }
    bool operator()(const Slot& a, const Target& b) const {
      return a.head != b.head ? a.head < b.head : RestOf(a) < b.rest;
    }
    bool operator()(const Target& a, const Slot& b) const {
      return a.head != b.head ? a.head < b.head : a.rest < RestOf(b);
    }
  };
  using Slots = absl::btree_set<Slot, Order>;
  struct Group {
    explicit Group(std::string_view prefix) : prefix(prefix), slots(Order{prefix.size()}) {}

    void Add(const Slot& slot);
    void SortAdded();
    // Sorts in what was added.
    void Settle();
    // Visits all, see RowOverlay::Visit. False: `visit` did not want more.
    bool Visit(absl::FunctionRef<bool(const Row&)> visit);

    std::string_view prefix;
    Slots slots;
    std::vector<Slot> added;  // in order of arrival, of one key the last counts
    bool added_ascend = true;
  };

  static Row RowOf(const Slot& slot);
  static std::string_view PrefixOf(std::string_view key);
  static Target TargetOf(std::string_view key, size_t prefix_size);
  void Insert(std::string_view key, std::string_view value, uint32_t value_size);
  Group& GroupFor(std::string_view prefix);
  // Index of the first group whose prefix is not before this one.
  size_t LowerGroup(std::string_view prefix) const;
  Slots& SettledSlots(size_t group) {
    groups_[group]->Settle();
    return groups_[group]->slots;
  }
  const char* Store(std::string_view key, std::string_view value, uint32_t value_size);
  char* Allocate(size_t size);

  std::vector<std::unique_ptr<Group>> groups_;  // by prefix; none is empty
  Group* last_group_[256] = {};                 // of each kind, the one used last
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  size_t free_bytes_ = 0;
  size_t bytes_ = 0;
  uint64_t revision_ = 0;
};

// Steps through an overlay's rows, deletes included. Stepping beyond either end makes it invalid.
class RowOverlay::Cursor {
 public:
  explicit Cursor(RowOverlay& overlay) : overlay_(overlay) {}  // the overlay outlives it

  void Seek(std::string_view target);
  void SeekForPrev(std::string_view target);
  void Next();
  void Prev();
  bool Valid() const { return valid_; }
  const Row& row() const { return row_; }

 private:
  void Load() {
    valid_ = true;
    row_ = RowOf(*slot_);
  }

  RowOverlay& overlay_;  // sorted as the cursor comes by, else unchanged
  size_t group_ = 0;
  Slots::const_iterator slot_;
  Row row_;
  bool valid_ = false;
};

}  // namespace dossier
