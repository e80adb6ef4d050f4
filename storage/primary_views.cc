#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/write_batch.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"
#include "storage/row_batch.h"
#include "storage/sorted_files.h"
#include "storage/view_keys.h"
#include "storage/views.h"

namespace dossier {
namespace {

rocksdb::Slice AsSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

class PrimaryViews : public Views {
 public:
  PrimaryViews(std::string dir, std::shared_ptr<rocksdb::DB> db, const LogPosition& position)
      : dir_(std::move(dir)), db_(std::move(db)), position_(position) {}

  std::unique_ptr<RowCursor> Read() const override {
    std::shared_lock lock(ingest_mutex_);
    return OpenRocksCursor(db_);
  }

  std::unique_ptr<RowBatch> NewBatch() override {
    return std::make_unique<OverlayBatch>([this] { return Read(); });
  }

  absl::Status Commit(std::unique_ptr<RowBatch> batch, const LogPosition& position) override;
  absl::Status IngestSorted(std::unique_ptr<RowBatch> batch, const LogPosition& position) override;

  LogPosition position() const override {
    std::lock_guard lock(position_mutex_);
    return position_;
  }
  bool WaitForSequence(uint64_t sequence, absl::Duration wait) override {
    return WaitUntil(wait, [&] { return position_.sequence >= sequence; });
  }
  bool WaitForOffset(uint64_t offset, absl::Duration wait) override {
    return WaitUntil(wait, [&] { return position_.offset >= offset; });
  }
  absl::Status CatchUp() override { return absl::OkStatus(); }

  // Writes the position as it is. See IngestSorted.
  absl::Status RewritePosition(const LogPosition& position);

 private:
  bool WaitUntil(absl::Duration wait, const std::function<bool()>& reached);
  void MoveTo(const LogPosition& position);

  const std::string dir_;
  const std::shared_ptr<rocksdb::DB> db_;
  // RocksDB takes an iterator's files first and its sequence number second; files ingested and rows
  // written in between would show the rows without the files. Held exclusively while ingesting.
  mutable std::shared_mutex ingest_mutex_;
  mutable std::mutex position_mutex_;  // guards position_
  std::condition_variable moved_;
  LogPosition position_;
};

absl::Status PrimaryViews::Commit(std::unique_ptr<RowBatch> batch, const LogPosition& position) {
  auto* rows = dynamic_cast<OverlayBatch*>(batch.get());
  CHECK(rows != nullptr) << "a batch that NewBatch() did not make";
  rows->Put(PositionKey(), EncodePosition(position));
  rocksdb::WriteBatch write(rows->bytes());
  rocksdb::Status added;
  rows->overlay().Visit([&](const RowOverlay::Row& row) {
    added = row.deleted ? write.Delete(AsSlice(row.key))
                        : write.Put(AsSlice(row.key), AsSlice(row.value));
    return added.ok();
  });
  if (!added.ok()) return FromRocks(added, absl::StrCat("view ", dir_, ": batch"));
  // Not synced: the log is the truth, and rows and position are lost together or not at all.
  const rocksdb::Status status = db_->Write(rocksdb::WriteOptions(), &write);
  if (!status.ok()) return FromRocks(status, absl::StrCat("view ", dir_, ": commit"));
  MoveTo(position);
  return absl::OkStatus();
}

absl::Status PrimaryViews::IngestSorted(std::unique_ptr<RowBatch> batch,
                                        const LogPosition& position) {
  auto* rows = dynamic_cast<OverlayBatch*>(batch.get());
  CHECK(rows != nullptr) << "a batch that NewBatch() did not make";
  rows->Put(PositionKey(), EncodePosition(position));
  const std::string where = absl::StrCat("view ", dir_, ": ingest");
  SortedFiles files(dir_);
  if (absl::Status status = files.Write(rows->overlay(), db_->GetOptions()); !status.ok()) {
    return status;
  }
  // What was committed before must be as safe on disk as the files that stand upon it. It also
  // leaves the ingestion with nothing to flush while readers wait.
  const rocksdb::Status flushed = db_->Flush(rocksdb::FlushOptions());
  if (!flushed.ok()) return FromRocks(flushed, where);
  rocksdb::IngestExternalFileOptions options;
  options.move_files = true;
  options.write_global_seqno = false;
  {
    std::unique_lock lock(ingest_mutex_);
    const rocksdb::Status ingested = db_->IngestExternalFile(files.paths(), options);
    if (!ingested.ok()) return FromRocks(ingested, where);
    // Files pass a secondary by the manifest and not by the write-ahead log: without a row in a
    // new part of that, it would keep rows of the old part in memory, above the new files.
    if (absl::Status status = RewritePosition(position); !status.ok()) return status;
  }
  MoveTo(position);
  return absl::OkStatus();
}

absl::Status PrimaryViews::RewritePosition(const LogPosition& position) {
  return FromRocks(db_->Put(rocksdb::WriteOptions(), PositionKey(), EncodePosition(position)),
                   absl::StrCat("view ", dir_, ": position"));
}

bool PrimaryViews::WaitUntil(absl::Duration wait, const std::function<bool()>& reached) {
  std::unique_lock lock(position_mutex_);
  // A day is as good as forever, and keeps the clock's arithmetic from overflowing.
  return moved_.wait_for(lock, absl::ToChronoMicroseconds(std::min(wait, absl::Hours(24))),
                         reached);
}

void PrimaryViews::MoveTo(const LogPosition& position) {
  {
    std::lock_guard lock(position_mutex_);
    position_ = position;
  }
  moved_.notify_all();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Views>> OpenPrimaryViews(const std::string& dir) {
  rocksdb::Options options = RowOptions();
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, dir, &opened);
  if (!status.ok()) return FromRocks(status, absl::StrCat("view ", dir));
  std::shared_ptr<rocksdb::DB> db(opened);
  SortedFiles::RemoveLeftovers(dir);
  auto position = PositionOf(*OpenRocksCursor(db));
  if (!position.ok()) return position.status();
  auto views = std::make_unique<PrimaryViews>(dir, std::move(db), *position);
  // Recovery moved rows out of the write-ahead log that a secondary holds in memory.
  if (*position != LogPosition{}) {
    if (absl::Status written = views->RewritePosition(*position); !written.ok()) return written;
  }
  return views;
}

}  // namespace dossier
