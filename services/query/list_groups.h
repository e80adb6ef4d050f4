// Gathers a list's records to entries while a scan meets them in the order of their keys: an
// entry's own record ("306"), and those of its parts ("306/aliases"), between which others may
// stand ("306-A"). A part without its entry is a group of its own.
//
//   EntryGroups<Seen> groups([&](Group<Seen>&& group) { ... });   // once no part can follow
//   groups.At(record, is_part).seen = ...;
//   groups.Finish();
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

template <typename T>
struct Group {
  std::string key;  // of the record that opened it
  std::string
      root;  // of the group that was open first when it was opened: where to scan again from
  T gathered;
};

template <typename T>
class EntryGroups {
 public:
  using Close = std::function<void(Group<T>&&)>;

  explicit EntryGroups(Close close) : close_(std::move(close)) {}

  // What is gathered for the entry of a record. Valid until the next call.
  T& At(std::string_view record, bool is_part) {
    CloseBefore(record);
    if (is_part) {
      for (auto group = open_.rbegin(); group != open_.rend(); ++group) {
        const bool is_its = record.size() > group->key.size() && record[group->key.size()] == '/';
        if (is_its) return group->gathered;
      }
    }
    std::string key(record);
    std::string root = open_.empty() ? key : open_.front().key;
    open_.push_back({std::move(key), std::move(root), T()});
    return open_.back().gathered;
  }

  void Finish() {
    while (!open_.empty()) CloseLast();
  }

  // No group is open that a later record could belong to.
  bool idle() const { return open_.empty(); }

  // Closes those to which neither this record can belong, nor any after it.
  void CloseBefore(std::string_view record) {
    while (!open_.empty() && !MayFollow(record, open_.back().key)) CloseLast();
  }

 private:
  // Whether a part of the entry `key` can still come at or after a record.
  static bool MayFollow(std::string_view record, std::string_view key) {
    return record.starts_with(key) &&
           (record.size() == key.size() || static_cast<unsigned char>(record[key.size()]) <= '/');
  }

  void CloseLast() {
    Group<T> last = std::move(open_.back());
    open_.pop_back();
    close_(std::move(last));
  }

  const Close close_;
  std::vector<Group<T>> open_;  // each key begins with the one before it
};

}  // namespace dossier
