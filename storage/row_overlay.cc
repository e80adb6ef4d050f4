#include "storage/row_overlay.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "glog/logging.h"

namespace dossier {
namespace {

constexpr uint32_t kDeleted = UINT32_MAX;
constexpr size_t kSizes = 2 * sizeof(uint32_t);
constexpr size_t kBlockBytes = size_t{256} << 10;

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

std::string_view RowOverlay::SlotOrder::RestOf(const Slot& slot) {
  return std::string_view(slot.bytes + kSizes, ReadSize(slot.bytes)).substr(slot.prefix_size);
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
  Slot slot{target.head, Store(key, value, value_size), static_cast<uint32_t>(group.prefix.size())};
  if (group.slots.empty() || SlotOrder()(group.last, target)) {
    group.slots.insert(group.slots.end(), slot);
    group.last = slot;
    bytes_ += sizeof(Slot);
    return;
  }
  const auto [place, is_new] = group.slots.insert(slot);
  if (is_new) {
    bytes_ += sizeof(Slot);
  } else {
    place->bytes = slot.bytes;
  }
}

RowOverlay::Group& RowOverlay::GroupFor(std::string_view prefix) {
  Group*& last = last_group_[prefix.empty() ? 0 : static_cast<uint8_t>(prefix[0])];
  if (last != nullptr && last->prefix == prefix) return *last;
  const size_t place = LowerGroup(prefix);
  if (place == groups_.size() || groups_[place]->prefix != prefix) {
    auto group = std::make_unique<Group>();
    char* copy = Allocate(prefix.size());
    std::copy(prefix.begin(), prefix.end(), copy);
    group->prefix = {copy, prefix.size()};
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
    const size_t block_bytes = std::max(size, kBlockBytes);
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
  slot_ = overlay_.groups_[0]->slots.begin();
  Load();
}

void RowOverlay::Cursor::Seek(std::string_view target) {
  const auto& groups = overlay_.groups_;
  const std::string_view prefix = PrefixOf(target);
  group_ = overlay_.LowerGroup(prefix);
  valid_ = group_ < groups.size();
  if (!valid_) return;
  const Slots& slots = groups[group_]->slots;
  if (groups[group_]->prefix != prefix) {
    slot_ = slots.begin();
  } else {
    slot_ = slots.lower_bound(TargetOf(target, prefix.size()));
    if (slot_ == slots.end()) {
      valid_ = ++group_ < groups.size();
      if (!valid_) return;
      slot_ = groups[group_]->slots.begin();
    }
  }
  Load();
}

void RowOverlay::Cursor::SeekForPrev(std::string_view target) {
  const auto& groups = overlay_.groups_;
  const std::string_view prefix = PrefixOf(target);
  group_ = overlay_.LowerGroup(prefix);
  if (group_ < groups.size() && groups[group_]->prefix == prefix) {
    slot_ = groups[group_]->slots.upper_bound(TargetOf(target, prefix.size()));
  } else {
    // All rows of this group are after the target; Prev() steps out of it.
    if (group_ < groups.size()) slot_ = groups[group_]->slots.begin();
  }
  Prev();
}

void RowOverlay::Cursor::Next() {
  const auto& groups = overlay_.groups_;
  if (++slot_ == groups[group_]->slots.end()) {
    valid_ = ++group_ < groups.size();
    if (!valid_) return;
    slot_ = groups[group_]->slots.begin();
  }
  Load();
}

void RowOverlay::Cursor::Prev() {
  const auto& groups = overlay_.groups_;
  if (group_ == groups.size() || slot_ == groups[group_]->slots.begin()) {
    valid_ = group_ > 0;
    if (!valid_) return;
    slot_ = groups[--group_]->slots.end();
  }
  --slot_;
  Load();
}

}  // namespace dossier
