// The views' rows at rest: sorted bytes, read through one consistent cursor, written in atomic
// batches together with the log position they are true of.
//
//   auto views = Views::Open(dir, {});
//   auto batch = (*views)->NewBatch();
//   batch->Put(key, value);
//   (*views)->Commit(std::move(batch), position);        // or ->IngestSorted(...), behind the head
//   auto rows = (*views)->Read();                        // one state, one sequence
//   for (rows->Seek(prefix); rows->Valid(); rows->Next()) ...
//
// What the rows mean: view_keys.h. Safe for use by several threads, but one writes at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/event_log.h"

namespace dossier {

// A cursor over rows in the order of their keys' bytes. One thread at a time. key() and value()
// are valid until the cursor moves.
class RowCursor {
 public:
  virtual ~RowCursor() = default;

  virtual void Seek(std::string_view target) = 0;         // to the first row at or after target
  virtual void SeekForPrev(std::string_view target) = 0;  // to the last row at or before target
  virtual void Next() = 0;
  virtual void Prev() = 0;
  virtual bool Valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  // Not ok: the cursor stopped because reading failed, not because rows ended. Check after loops.
  virtual absl::Status status() const = 0;

  // The value of exactly this key; moves the cursor: to that row, or anywhere.
  virtual std::optional<std::string_view> Find(std::string_view key_to_find) {
    Seek(key_to_find);
    if (Valid() && key() == key_to_find) return value();
    return std::nullopt;
  }
};

// Rows to be written as one. Reads through itself: its cursor shows the stored rows as they will
// be after the commit. Later puts and deletes of a key win. The cursor sees changes made after it
// was created, once it is moved by a Seek. Must not outlive its Views.
class RowBatch : public RowCursor {
 public:
  virtual void Put(std::string_view key, std::string_view value) = 0;
  virtual void Delete(std::string_view key) = 0;
  // Bytes held, to decide when to commit.
  virtual size_t bytes() const = 0;
};

struct ViewsOptions {
  // Follow a primary in another process: read only, rows appear on CatchUp(). Needs a folder of
  // its own for RocksDB's log files.
  bool secondary = false;
  std::string secondary_dir;
};

class Views {
 public:
  virtual ~Views() = default;

  // Opens or makes the view in `dir`. Unavailable: another process writes it.
  static absl::StatusOr<std::unique_ptr<Views>> Open(const std::string& dir,
                                                     const ViewsOptions& options);

  // One consistent state of all rows. Cheap; hold it for one answer, not for a session.
  virtual std::unique_ptr<RowCursor> Read() const = 0;

  virtual std::unique_ptr<RowBatch> NewBatch() = 0;

  // Writes the batch and the position in one atomic write. At the head: milliseconds.
  virtual absl::Status Commit(std::unique_ptr<RowBatch> batch, const LogPosition& position) = 0;

  // The same as sorted files, ingested atomically with the position. Behind the head.
  virtual absl::Status IngestSorted(std::unique_ptr<RowBatch> batch,
                                    const LogPosition& position) = 0;

  // The position that Read() is true of, at least: rows and position move together.
  virtual LogPosition position() const = 0;

  // Waits until the view's position has reached the sequence, or the log's offset. False: it did
  // not within `wait`. On a secondary this looks for news every few milliseconds.
  virtual bool WaitForSequence(uint64_t sequence, absl::Duration wait) = 0;
  virtual bool WaitForOffset(uint64_t offset, absl::Duration wait) = 0;

  // Secondary only: takes in what the primary has written. A primary has nothing to do.
  virtual absl::Status CatchUp() = 0;
};

// The position as a cursor's state holds it (a Views' position() may already be later).
// FailedPrecondition: the rows are of another format (kViewFormat). DataLoss: it does not decode.
absl::StatusOr<LogPosition> PositionOf(RowCursor& rows);

}  // namespace dossier
