// An overlay's rows as sorted files that RocksDB takes in whole.
// Included by .cc files of this folder only.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "storage/row_overlay.h"

namespace rocksdb {
struct Options;
}

namespace dossier {

// Files written under names of their own in a folder, and removed with the object, whether or not
// they were taken in (taken in, they have another name as well). One thread at a time.
class SortedFiles {
 public:
  explicit SortedFiles(std::string dir) : dir_(std::move(dir)) {}
  SortedFiles(const SortedFiles&) = delete;
  ~SortedFiles() { RemoveLeftovers(dir_); }

  // Writes all rows and deletes, safe on disk. Called once, for an overlay that is not empty.
  absl::Status Write(RowOverlay& overlay, const rocksdb::Options& options);
  const std::vector<std::string>& paths() const { return paths_; }

  // Removes what a process left that was killed while it wrote.
  static void RemoveLeftovers(const std::string& dir);

 private:
  const std::string dir_;
  std::vector<std::string> paths_;
};

}  // namespace dossier
