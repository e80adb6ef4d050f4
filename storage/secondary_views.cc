#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"
#include "storage/views.h"

namespace dossier {
namespace {

constexpr absl::Duration kLookEvery = absl::Milliseconds(3);
// The primary's manifest grows with every flush, compaction and ingestion: a few times a second
// under full load.
constexpr int kLooksMax = 1000;

// Name and size of the primary's manifest.
struct Manifest {
  std::string name;
  uintmax_t bytes = 0;

  bool operator==(const Manifest&) const = default;
};

absl::StatusOr<Manifest> ManifestOf(const std::string& dir) {
  Manifest manifest;
  std::ifstream current(dir + "/CURRENT");
  if (!std::getline(current, manifest.name)) {
    return absl::UnavailableError(
        absl::StrCat("view ", dir, ": no view there yet, expected one that a projector writes"));
  }
  std::error_code error;
  manifest.bytes = std::filesystem::file_size(dir + "/" + manifest.name, error);
  if (error) return absl::UnavailableError(absl::StrCat("view ", dir, ": ", error.message()));
  return manifest;
}

// What RocksDB names a database by; empty if it is being made.
std::string IdentityOf(const std::string& dir) {
  std::string identity;
  std::ifstream file(dir + "/IDENTITY");
  std::getline(file, identity);
  return identity;
}

absl::StatusOr<std::shared_ptr<rocksdb::DB>> OpenDatabase(const std::string& dir,
                                                          const std::string& secondary_dir) {
  if (auto manifest = ManifestOf(dir); !manifest.ok()) return manifest.status();
  rocksdb::Options options = RowOptions();
  options.max_file_opening_threads = 1;  // it starts them anew at each look, files or none
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenAsSecondary(options, dir, secondary_dir, &opened);
  if (!status.ok()) return FromRocks(status, absl::StrCat("view ", dir, " as secondary"));
  return std::shared_ptr<rocksdb::DB>(opened);
}

class SecondaryViews : public Views {
 public:
  SecondaryViews(std::string dir, std::string secondary_dir)
      : dir_(std::move(dir)), secondary_dir_(std::move(secondary_dir)) {}

  std::unique_ptr<RowCursor> Read() const override {
    std::shared_lock lock(state_mutex_);
    return OpenRocksCursor(db_);
  }

  std::unique_ptr<RowBatch> NewBatch() override {
    LOG(FATAL) << "a secondary writes nothing";
    return nullptr;
  }
  absl::Status Commit(std::unique_ptr<RowBatch>, const LogPosition&) override { return ReadOnly(); }
  absl::Status IngestSorted(std::unique_ptr<RowBatch>, const LogPosition&) override {
    return ReadOnly();
  }

  LogPosition position() const override {
    std::shared_lock lock(state_mutex_);
    return position_;
  }
  bool WaitForSequence(uint64_t sequence, absl::Duration wait) override {
    return WaitUntil(wait, [&] { return position().sequence >= sequence; });
  }
  bool WaitForOffset(uint64_t offset, absl::Duration wait) override {
    return WaitUntil(wait, [&] { return position().offset >= offset; });
  }

  absl::Status CatchUp() override;

  // Before first use.
  absl::Status Begin();

 private:
  absl::Status ReadOnly() const {
    return absl::FailedPreconditionError(
        absl::StrCat("view ", dir_, ": opened as secondary, which writes nothing"));
  }
  absl::Status TakeIn();
  absl::Status BeginAnew();
  bool WaitUntil(absl::Duration wait, const std::function<bool()>& reached);

  const std::string dir_;
  const std::string secondary_dir_;
  // Held exclusively while news is taken in, since half of it must not be seen.
  mutable std::shared_mutex state_mutex_;  // guards the next three
  std::shared_ptr<rocksdb::DB> db_;        // never null once opened
  std::string identity_;                   // of the view that db_ follows
  LogPosition position_;
  std::mutex look_mutex_;  // one looks for news at a time, the others wait for what it finds
  absl::Time looked_ = absl::InfinitePast();
};

absl::Status SecondaryViews::Begin() {
  {
    std::unique_lock lock(state_mutex_);
    if (absl::Status status = BeginAnew(); !status.ok()) return status;
  }
  return CatchUp();
}

absl::Status SecondaryViews::CatchUp() {
  std::unique_lock lock(state_mutex_);
  // A view that was made anew can have a manifest of the same name, which RocksDB never notices.
  absl::Status status = IdentityOf(dir_) == identity_ ? TakeIn() : BeginAnew();
  // What the primary purged was needed: begin again from what stands.
  if (!status.ok()) status = BeginAnew();
  if (!status.ok()) return status;
  auto position = PositionOf(*OpenRocksCursor(db_));
  if (!position.ok()) return position.status();
  position_ = *position;
  return absl::OkStatus();
}

absl::Status SecondaryViews::BeginAnew() {
  const std::string identity = IdentityOf(dir_);
  auto db = OpenDatabase(dir_, secondary_dir_);
  if (!db.ok()) return db.status();
  db_ = *std::move(db);
  identity_ = identity;
  return TakeIn();
}

// RocksDB reads the primary's manifest first and its write-ahead log second. Files ingested or
// flushed in between would be missing under rows that came after them, so this reads again until
// the manifest stood still meanwhile.
absl::Status SecondaryViews::TakeIn() {
  auto before = ManifestOf(dir_);
  for (int look = 0; look < kLooksMax; ++look) {
    if (!before.ok()) return before.status();
    const rocksdb::Status status = db_->TryCatchUpWithPrimary();
    if (!status.ok()) return FromRocks(status, absl::StrCat("view ", dir_, ": catching up"));
    auto after = ManifestOf(dir_);
    if (after.ok() && *after == *before) return absl::OkStatus();
    before = std::move(after);
  }
  return absl::UnavailableError(
      absl::StrCat("view ", dir_, ": its manifest changed during each of ", kLooksMax, " looks"));
}

bool SecondaryViews::WaitUntil(absl::Duration wait, const std::function<bool()>& reached) {
  const absl::Time deadline = absl::Now() + wait;
  while (!reached()) {
    std::lock_guard lock(look_mutex_);
    if (reached()) return true;
    const absl::Time now = absl::Now();
    const absl::Time next_look = looked_ + kLookEvery;
    if (now < next_look) {
      if (next_look > deadline) return false;
      absl::SleepFor(next_look - now);
    }
    looked_ = absl::Now();
    // An error may pass; the deadline ends the waiting.
    CatchUp().IgnoreError();
    if (!reached() && absl::Now() >= deadline) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Views>> OpenSecondaryViews(const std::string& dir,
                                                          const std::string& secondary_dir) {
  if (secondary_dir.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("view ", dir, ": a secondary needs a folder of its own for its own logs"));
  }
  std::error_code error;
  std::filesystem::create_directories(secondary_dir, error);
  if (error) {
    return absl::UnavailableError(absl::StrCat("folder ", secondary_dir, ": ", error.message()));
  }
  auto views = std::make_unique<SecondaryViews>(dir, secondary_dir);
  if (absl::Status status = views->Begin(); !status.ok()) return status;
  return views;
}

}  // namespace dossier
