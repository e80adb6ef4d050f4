#include "storage/sorted_files.h"

#include <filesystem>
#include <optional>
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

}  // namespace

absl::Status SortedFiles::Write(RowOverlay& overlay, const rocksdb::Options& options) {
  std::optional<rocksdb::SstFileWriter> file;
  rocksdb::Status status;
  overlay.Visit([&](const RowOverlay::Row& row) {
    if (!file.has_value()) {
      paths_.push_back(absl::StrCat(dir_, "/", std::string(kPrefix), paths_.size()));
      status = file.emplace(rocksdb::EnvOptions(), options).Open(paths_.back());
    }
    if (status.ok()) {
      status = row.deleted ? file->Delete(AsSlice(row.key))
                           : file->Put(AsSlice(row.key), AsSlice(row.value));
    }
    if (status.ok() && file->FileSize() >= kFileBytes) {
      status = file->Finish();
      file.reset();
    }
    return status.ok();
  });
  if (status.ok() && file.has_value()) status = file->Finish();
  return status.ok() ? absl::OkStatus() : FromRocks(status, paths_.back());
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
