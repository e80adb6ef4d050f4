#include "storage/row_overlay.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "glog/logging.h"

namespace dossier {
namespace {

constexpr uint32_t kDeleted = UINT32_MAX;
constexpr size_t kSizes = 2 * sizeof(uint32_t);
// The first block holds a small unit; each next one is twice as large.
constexpr size_t kFirstBlockBytes = size_t{4} << 10;
constexpr size_t kBlockBytesMax = size_t{1} << 20;

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

void RowOverlay::Group::Settle() {
  if (added.empty()) return;
  const Order order = slots.key_comp();
  if (!added_ascend) std::stable_sort(added.begin(), added.end(), order);
  for (const Slot& slot : added) {
    const bool is_last = slots.empty() || order(*slots.rbegin(), slot);
    const auto place = is_last ? slots.insert(slots.end(), slot) : slots.insert(slot).first;
    place->bytes = slot.bytes;
  }
  added.clear();
  added_ascend = true;
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
  const void* zero = key.empty() ? nullptr : std::memchr(key.data(), 0, key.size());
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

void RowOverlay::Cursor::SeekToFirst() {
  group_ = 0;
  valid_ = !overlay_.groups_.empty();
  if (!valid_) return;
  slot_ = overlay_.SettledSlots(0).begin();
  Load();
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
