#include "storage/sorted_files.h"

#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "rocksdb/options.h"
#include "rocksdb/sst_file_writer.h"
#include "storage/rocks_status.h"

namespace dossier {
namespace {

// No name of RocksDB's own, so that it never takes one of these files for its own.
constexpr std::string_view kPrefix = "sorted-";
constexpr uint64_t kFileBytes = uint64_t{64} << 20;

rocksdb::Slice AsSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Rows from the cursor on, until the file is full or rows end.
rocksdb::Status WriteFile(RowOverlay::Cursor& rows, const std::string& path,
                          const rocksdb::Options& options) {
  rocksdb::SstFileWriter file(rocksdb::EnvOptions(), options);
  rocksdb::Status status = file.Open(path);
  for (; status.ok() && rows.Valid() && file.FileSize() < kFileBytes; rows.Next()) {
    const RowOverlay::Row& row = rows.row();
    status = row.deleted ? file.Delete(AsSlice(row.key))
                         : file.Put(AsSlice(row.key), AsSlice(row.value));
  }
  return status.ok() ? file.Finish() : status;
}

}  // namespace

absl::Status SortedFiles::Write(RowOverlay& overlay, const rocksdb::Options& options) {
  RowOverlay::Cursor rows(overlay);
  for (rows.SeekToFirst(); rows.Valid();) {
    paths_.push_back(absl::StrCat(dir_, "/", std::string(kPrefix), paths_.size()));
    const rocksdb::Status status = WriteFile(rows, paths_.back(), options);
    if (!status.ok()) return FromRocks(status, paths_.back());
  }
  return absl::OkStatus();
}

void SortedFiles::RemoveLeftovers(const std::string& dir) {
  std::error_code error;  // what cannot be removed now is removed at the next open
  for (std::filesystem::directory_iterator file(dir, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code ignored;
    if (file->path().filename().string().starts_with(kPrefix)) {
      std::filesystem::remove(file->path(), ignored);
    }
  }
}

}  // namespace dossier
