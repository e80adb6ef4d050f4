#include "storage/row_overlay.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>

#include "glog/logging.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr uint32_t kDeleted = UINT32_MAX;
constexpr size_t kSizes = 2 * sizeof(uint32_t);
// The first block holds a small unit; each next one is twice as large.
constexpr size_t kFirstBlockBytes = size_t{4} << 10;
constexpr size_t kBlockBytesMax = size_t{1} << 20;

// Runs of equal heads below this are sorted by whole keys, and so are rests beyond this depth.
constexpr size_t kRunMin = 16;
constexpr size_t kDepthMax = 64;
// Rows are asked for from memory so many steps before they are read.
constexpr size_t kAhead = 8;

// Kinds whose first piece is an actor, a name or a word, of which there are too many for a group
// each: all rows of the kind stand in one.
constexpr char kOneGroupKinds[] = {kPairRow,     kActorNameRow,  kFoldedNameRow,
                                   kNameWordRow, kIdentifierRow, kActorRecordRow};

uint32_t ReadSize(const char* bytes) {
  uint32_t size;
  std::memcpy(&size, bytes, sizeof(size));
  return size;
}

uint64_t HeadOf(std::string_view rest) {
  uint64_t head = 0;
  std::memcpy(&head, rest.data(), std::min(rest.size(), sizeof(head)));
  if constexpr (std::endian::native == std::endian::little) head = __builtin_bswap64(head);
  return head;
}

}  // namespace

std::string_view RowOverlay::Order::RestOf(const Slot& slot) const {
  return {slot.bytes + kSizes + prefix_size, ReadSize(slot.bytes) - prefix_size};
}

void RowOverlay::Group::Add(const Slot& slot) {
  if (!added.empty() && !slots.key_comp()(added.back(), slot)) added_ascend = false;
  added.push_back(slot);
}

// Comparing whole keys goes to memory at almost each comparison, where rows stand in no order. So
// the slots are sorted by their heads, and each run of equal heads by the eight bytes that follow:
// every level reads each key once.
void RowOverlay::Order::Sort(std::span<Slot> slots, size_t depth) const {
  std::stable_sort(slots.begin(), slots.end(),
                   [](const Slot& a, const Slot& b) { return a.head < b.head; });
  const size_t next = depth + sizeof(Slot::head);
  for (size_t begin = 0, end = 0; begin < slots.size(); begin = end) {
    while (end < slots.size() && slots[end].head == slots[begin].head) ++end;
    const std::span<Slot> run = slots.subspan(begin, end - begin);
    if (run.size() < kRunMin) {
      for (auto slot = run.begin(); slot != run.end(); ++slot) {
        std::rotate(std::upper_bound(run.begin(), slot, *slot, *this), slot, slot + 1);
      }
      continue;
    }
    const bool all_go_on = std::all_of(
        run.begin(), run.end(), [&](const Slot& slot) { return RestOf(slot).size() > next; });
    if (next >= kDepthMax || !all_go_on) {
      std::stable_sort(run.begin(), run.end(), *this);
      continue;
    }
    const uint64_t head = run.front().head;
    for (Slot& slot : run) slot.head = HeadOf(RestOf(slot).substr(next));
    Sort(run, next);
    for (Slot& slot : run) slot.head = head;
  }
}

void RowOverlay::Group::SortAdded() {
  if (!added_ascend) slots.key_comp().Sort(added, 0);
  added_ascend = true;
}

void RowOverlay::Group::Settle() {
  if (added.empty()) return;
  const Order order = slots.key_comp();
  SortAdded();
  for (const Slot& slot : added) {
    const bool is_last = slots.empty() || order(*slots.rbegin(), slot);
    const auto place = is_last ? slots.insert(slots.end(), slot) : slots.insert(slot).first;
    place->bytes = slot.bytes;
  }
  added.clear();
}

bool RowOverlay::Group::Visit(absl::FunctionRef<bool(const Row&)> visit) {
  if (!slots.empty()) {
    Settle();
    return std::all_of(slots.begin(), slots.end(),
                       [&](const Slot& slot) { return visit(RowOf(slot)); });
  }
  // No cursor has come by: a sorted list will do.
  const Order order = slots.key_comp();
  SortAdded();
  for (size_t i = 0; i < added.size(); ++i) {
    if (i + kAhead < added.size()) __builtin_prefetch(added[i + kAhead].bytes);
    const bool replaced = i + 1 < added.size() && !order(added[i], added[i + 1]);
    if (!replaced && !visit(RowOf(added[i]))) return false;
  }
  return true;
}

RowOverlay::Row RowOverlay::RowOf(const Slot& slot) {
  const uint32_t key_size = ReadSize(slot.bytes);
  const uint32_t value_size = ReadSize(slot.bytes + sizeof(uint32_t));
  Row row;
  row.key = {slot.bytes + kSizes, key_size};
  row.deleted = value_size == kDeleted;
  if (!row.deleted) row.value = {slot.bytes + kSizes + key_size, value_size};
  return row;
}

std::string_view RowOverlay::PrefixOf(std::string_view key) {
  if (key.empty()) return key;
  if (std::find(std::begin(kOneGroupKinds), std::end(kOneGroupKinds), key[0]) !=
      std::end(kOneGroupKinds)) {
    return key.substr(0, 1);
  }
  const void* zero = std::memchr(key.data(), 0, key.size());
  if (zero == nullptr) return key;
  return key.substr(0, static_cast<const char*>(zero) - key.data() + 1);
}

RowOverlay::Target RowOverlay::TargetOf(std::string_view key, size_t prefix_size) {
  const std::string_view rest = key.substr(prefix_size);
  return {HeadOf(rest), rest};
}

void RowOverlay::Put(std::string_view key, std::string_view value) {
  CHECK_LT(value.size(), kDeleted);
  Insert(key, value, static_cast<uint32_t>(value.size()));
}

void RowOverlay::Delete(std::string_view key) { Insert(key, {}, kDeleted); }

std::optional<RowOverlay::Row> RowOverlay::Find(std::string_view key) {
  const std::string_view prefix = PrefixOf(key);
  const size_t group = LowerGroup(prefix);
  if (group == groups_.size() || groups_[group]->prefix != prefix) return std::nullopt;
  const Slots& slots = SettledSlots(group);
  const auto slot = slots.find(TargetOf(key, prefix.size()));
  if (slot == slots.end()) return std::nullopt;
  return RowOf(*slot);
}

void RowOverlay::Visit(absl::FunctionRef<bool(const Row&)> visit) {
  for (const auto& group : groups_) {
    if (!group->Visit(visit)) return;
  }
}

void RowOverlay::Insert(std::string_view key, std::string_view value, uint32_t value_size) {
  CHECK_LT(key.size(), kDeleted);
  ++revision_;
  Group& group = GroupFor(PrefixOf(key));
  const Target target = TargetOf(key, group.prefix.size());
  group.Add({target.head, Store(key, value, value_size)});
  bytes_ += sizeof(Slot);
}

RowOverlay::Group& RowOverlay::GroupFor(std::string_view prefix) {
  Group*& last = last_group_[prefix.empty() ? 0 : static_cast<uint8_t>(prefix[0])];
  if (last != nullptr && last->prefix == prefix) return *last;
  const size_t place = LowerGroup(prefix);
  if (place == groups_.size() || groups_[place]->prefix != prefix) {
    char* copy = Allocate(prefix.size());
    std::copy(prefix.begin(), prefix.end(), copy);
    auto group = std::make_unique<Group>(std::string_view(copy, prefix.size()));
    groups_.insert(groups_.begin() + static_cast<ptrdiff_t>(place), std::move(group));
  }
  last = groups_[place].get();
  return *last;
}

size_t RowOverlay::LowerGroup(std::string_view prefix) const {
  const auto place = std::lower_bound(
      groups_.begin(), groups_.end(), prefix,
      [](const auto& group, std::string_view sought) { return group->prefix < sought; });
  return static_cast<size_t>(place - groups_.begin());
}

const char* RowOverlay::Store(std::string_view key, std::string_view value, uint32_t value_size) {
  const uint32_t key_size = static_cast<uint32_t>(key.size());
  char* bytes = Allocate(kSizes + key.size() + value.size());
  std::memcpy(bytes, &key_size, sizeof(key_size));
  std::memcpy(bytes + sizeof(key_size), &value_size, sizeof(value_size));
  std::copy(key.begin(), key.end(), bytes + kSizes);
  std::copy(value.begin(), value.end(), bytes + kSizes + key.size());
  return bytes;
}

char* RowOverlay::Allocate(size_t size) {
  if (size > free_bytes_) {
    const size_t grown = kFirstBlockBytes << std::min<size_t>(blocks_.size(), 16);
    const size_t block_bytes = std::max(size, std::min(grown, kBlockBytesMax));
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes));
    free_ = blocks_.back().get();
    free_bytes_ = block_bytes;
  }
  char* allocated = free_;
  free_ += size;
  free_bytes_ -= size;
  bytes_ += size;
  return allocated;
}

void RowOverlay::Cursor::Seek(std::string_view target) {
  const auto& groups = overlay_.groups_;
  const std::string_view prefix = PrefixOf(target);
  group_ = overlay_.LowerGroup(prefix);
  valid_ = group_ < groups.size();
  if (!valid_) return;
  const Slots& slots = overlay_.SettledSlots(group_);
  if (groups[group_]->prefix != prefix) {
    slot_ = slots.begin();
  } else {
    slot_ = slots.lower_bound(TargetOf(target, prefix.size()));
    if (slot_ == slots.end()) {
      valid_ = ++group_ < groups.size();
      if (!valid_) return;
      slot_ = overlay_.SettledSlots(group_).begin();
    }
  }
  Load();
}

void RowOverlay::Cursor::SeekForPrev(std::string_view target) {
  const auto& groups = overlay_.groups_;
  const std::string_view prefix = PrefixOf(target);
  group_ = overlay_.LowerGroup(prefix);
  if (group_ < groups.size() && groups[group_]->prefix == prefix) {
    slot_ = overlay_.SettledSlots(group_).upper_bound(TargetOf(target, prefix.size()));
  } else if (group_ < groups.size()) {
    // All rows of this group are after the target; Prev() steps out of it.
    slot_ = overlay_.SettledSlots(group_).begin();
  }
  Prev();
}

void RowOverlay::Cursor::Next() {
  const auto& groups = overlay_.groups_;
  if (++slot_ == groups[group_]->slots.end()) {
    valid_ = ++group_ < groups.size();
    if (!valid_) return;
    slot_ = overlay_.SettledSlots(group_).begin();
  }
  Load();
}

void RowOverlay::Cursor::Prev() {
  const auto& groups = overlay_.groups_;
  if (group_ == groups.size() || slot_ == groups[group_]->slots.begin()) {
    valid_ = group_ > 0;
    if (!valid_) return;
    slot_ = overlay_.SettledSlots(--group_).end();
  }
  --slot_;
  Load();
}

}  // namespace dossier
