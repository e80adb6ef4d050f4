// The one totally ordered log: appended in atomic units by one writer, read in order by many.
//
//   auto writer = log->OpenWriter("ingest@host");            // fences every writer before it
//   auto end = (*writer)->Append({payload0, payload1});      // both or neither
//   auto reader = log->OpenReader(LogPosition{});            // from the beginning
//   auto records = (*reader)->Read(1000, absl::Seconds(1));  // sequences 1, 2, 3 ...
//
// Two implementations: embedded_log.h (RocksDB) and kafka_log.h. EventLog is safe for use by
// several threads; a writer and a reader each by one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/log_record.h"

namespace dossier {

// A point between two records: after the one with this sequence, before the next.
struct LogPosition {
  uint64_t sequence = 0;  // of the last record before the point; 0: the beginning
  uint64_t offset = 0;    // of the next record to read, in the log's own count (Kafka's has gaps)
  // SHA-256 of that last record's encoded bytes. A reader opened here reads the record again and
  // refuses on a mismatch: the log was cut or replaced. All zeros with sequence 0.
  std::array<uint8_t, 32> last_digest{};

  bool operator==(const LogPosition&) const = default;
};

// A committed record as read. `bytes` is the whole encoded record; a record that is no LogRecord
// (someone else wrote to the topic) keeps its sequence and its bytes.
struct ReadRecord {
  LogPosition after;  // the point right after this record
  std::string bytes;
};

// Clock and randomness of a writer, as arguments.
struct WriterOptions {
  std::function<absl::Time()> now = absl::Now;
  // Fills 16 random bytes: salts, the log's id, the writer's id.
  std::function<Salt()> random_salt;  // empty: the operating system's randomness
};

class LogWriter {
 public:
  virtual ~LogWriter() = default;

  // Appends all payloads as one unit and returns once it is safe on disk, with the offset that a
  // reader has reached when it has read the whole unit. Waits as long as it takes for a large
  // unit. Aborted: another writer fenced this one; it never writes again. Unavailable: the log
  // cannot be reached; whether the unit is in is not known: reopen, catch up, compare again.
  // ResourceExhausted: over kMaxUnitRecords, kMaxUnitBytes or kMaxRecordBytes; nothing appended.
  virtual absl::StatusOr<uint64_t> Append(std::span<const std::string> payloads) = 0;
};

inline constexpr size_t kMaxUnitRecords = 4'000'000;
inline constexpr size_t kMaxUnitBytes = size_t{1} << 30;
inline constexpr size_t kMaxRecordBytes = size_t{900} << 10;

class LogReader {
 public:
  virtual ~LogReader() = default;

  // The next committed records in order, at most `max_records`, waiting up to `wait` for the
  // first. Empty: none came. Never delivers a record that may yet be undone. DataLoss: records are
  // missing where the log must have them. Unavailable: the log cannot be reached.
  virtual absl::StatusOr<std::vector<ReadRecord>> Read(size_t max_records, absl::Duration wait) = 0;

  // The offset after the last committed record at the time of the call: a reader there is at the
  // head. May be ahead of any record (Kafka's markers take offsets).
  virtual absl::StatusOr<uint64_t> EndOffset() = 0;
};

class EventLog {
 public:
  virtual ~EventLog() = default;

  // Takes the log over: fences the writer before it, writes the genesis if the log is empty,
  // appends a "writer opened" record and reads the log until it sees that record. `author` goes
  // into every header.
  virtual absl::StatusOr<std::unique_ptr<LogWriter>> OpenWriter(const std::string& author,
                                                                WriterOptions options) = 0;

  // A reader from a point. FailedPrecondition: the record before the point is not the one that
  // the position names.
  virtual absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(const LogPosition& from) = 0;
};

}  // namespace dossier
