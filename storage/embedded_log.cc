#include "storage/embedded_log.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/write_batch.h"
#include "storage/log_unit.h"
#include "storage/rocks_status.h"

namespace dossier {
namespace {

// One read hands over no more than this many bytes, however many records it may hold.
constexpr size_t kReadBytesMax = size_t{64} << 20;

// Big-endian, so that records sort by sequence.
std::string SequenceKey(uint64_t sequence) {
  std::string key(sizeof(sequence), '\0');
  for (size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<char>(sequence >> (8 * (key.size() - 1 - i)));
  }
  return key;
}

absl::StatusOr<uint64_t> SequenceOf(const rocksdb::Slice& key) {
  if (key.size() != sizeof(uint64_t)) {
    return absl::DataLossError(
        absl::StrCat("embedded log: a key of ", key.size(), " bytes, expected a sequence of 8"));
  }
  uint64_t sequence = 0;
  for (size_t i = 0; i < key.size(); ++i) sequence = sequence << 8 | static_cast<uint8_t>(key[i]);
  return sequence;
}

class EmbeddedLog : public EventLog {
 public:
  explicit EmbeddedLog(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

  absl::Status ReadEnd();

  absl::StatusOr<std::unique_ptr<LogWriter>> OpenWriter(const std::string& author,
                                                        WriterOptions options) override;
  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(const LogPosition& from) override;

  // Appends as the writer of an epoch; Aborted if a later one was opened.
  absl::StatusOr<uint64_t> Append(uint64_t epoch, UnitEncoder& encoder,
                                  std::span<const std::string> payloads);

  // The last sequence, once it is beyond `sequence` or the wait is over.
  uint64_t WaitForNews(uint64_t sequence, absl::Duration wait);

  rocksdb::DB& db() { return *db_; }

 private:
  absl::StatusOr<uint64_t> AppendLocked(UnitEncoder& encoder,
                                        std::span<const std::string> payloads);

  std::unique_ptr<rocksdb::DB> db_;
  std::mutex append_mutex_;  // guards epoch_, last_recorded_micros_ and writes
  uint64_t epoch_ = 0;
  int64_t last_recorded_micros_ = INT64_MIN;
  std::mutex end_mutex_;  // guards end_; never held while writing
  std::condition_variable end_moved_;
  uint64_t end_ = 0;
};

class EmbeddedWriter : public LogWriter {
 public:
  EmbeddedWriter(EmbeddedLog& log, uint64_t epoch, UnitEncoder encoder)
      : log_(log), epoch_(epoch), encoder_(std::move(encoder)) {}

  absl::StatusOr<uint64_t> Append(std::span<const std::string> payloads) override {
    return log_.Append(epoch_, encoder_, payloads);
  }

 private:
  EmbeddedLog& log_;  // outlives the writer
  const uint64_t epoch_;
  UnitEncoder encoder_;
};

class EmbeddedReader : public LogReader {
 public:
  EmbeddedReader(EmbeddedLog& log, uint64_t sequence) : log_(log), sequence_(sequence) {}

  absl::StatusOr<std::vector<ReadRecord>> Read(size_t max_records, absl::Duration wait) override;
  absl::StatusOr<uint64_t> EndOffset() override {
    return log_.WaitForNews(0, absl::ZeroDuration());
  }

 private:
  EmbeddedLog& log_;  // outlives the reader
  uint64_t sequence_;
  RecordDigester digester_;
};

absl::Status EmbeddedLog::ReadEnd() {
  std::unique_ptr<rocksdb::Iterator> last(db_->NewIterator({}));
  last->SeekToLast();
  if (!last->Valid()) return FromRocks(last->status(), "embedded log: last record");
  auto sequence = SequenceOf(last->key());
  if (!sequence.ok()) return sequence.status();
  auto record = DecodeLogRecord(last->value().ToStringView());
  if (!record.ok()) return record.status();
  end_ = *sequence;
  last_recorded_micros_ = record->header.recorded_micros;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<LogWriter>> EmbeddedLog::OpenWriter(const std::string& author,
                                                                   WriterOptions options) {
  if (absl::Status status = CheckAuthor(author); !status.ok()) return status;
  std::lock_guard lock(append_mutex_);
  UnitEncoder encoder(author, std::move(options), last_recorded_micros_);
  const bool log_is_empty = WaitForNews(0, absl::ZeroDuration()) == 0;
  auto end = AppendLocked(encoder, encoder.OpeningPayloads(log_is_empty));
  if (!end.ok()) return end.status();
  return std::make_unique<EmbeddedWriter>(*this, ++epoch_, std::move(encoder));
}

absl::StatusOr<std::unique_ptr<LogReader>> EmbeddedLog::OpenReader(const LogPosition& from) {
  if (from == LogPosition{}) return std::make_unique<EmbeddedReader>(*this, 0);
  const std::string where = absl::StrCat("embedded log: position after record ", from.sequence);
  if (from.offset != from.sequence) {
    return absl::FailedPreconditionError(
        absl::StrCat(where, ": offset ", from.offset, " is of another log, expected the sequence"));
  }
  std::string bytes;
  const auto status = db_->Get({}, SequenceKey(from.sequence), &bytes);
  if (status.IsNotFound()) {
    return absl::FailedPreconditionError(
        absl::StrCat(where, ": the log holds no such record: it was cut or replaced"));
  }
  if (!status.ok()) return FromRocks(status, where);
  if (RecordDigester().Digest(bytes) != from.last_digest) {
    return absl::FailedPreconditionError(
        absl::StrCat(where, ": the log holds another record there: it was cut or replaced"));
  }
  return std::make_unique<EmbeddedReader>(*this, from.sequence);
}

absl::StatusOr<uint64_t> EmbeddedLog::Append(uint64_t epoch, UnitEncoder& encoder,
                                             std::span<const std::string> payloads) {
  if (absl::Status status = encoder.Check(payloads); !status.ok()) return status;
  std::lock_guard lock(append_mutex_);
  if (epoch != epoch_) {
    return absl::AbortedError("embedded log: another writer took the log over");
  }
  return AppendLocked(encoder, payloads);
}

absl::StatusOr<uint64_t> EmbeddedLog::AppendLocked(UnitEncoder& encoder,
                                                   std::span<const std::string> payloads) {
  const uint64_t begin = WaitForNews(0, absl::ZeroDuration());
  uint64_t end = begin;
  rocksdb::WriteBatch unit;
  encoder.Encode(payloads,
                 [&](const std::string& record) { unit.Put(SequenceKey(++end), record); });
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = db_->Write(options, &unit);
  if (!status.ok()) {
    return FromRocks(status,
                     absl::StrCat("embedded log: unit of records ", begin + 1, " to ", end));
  }
  last_recorded_micros_ = encoder.last_recorded_micros();
  {
    std::lock_guard lock(end_mutex_);
    end_ = end;
  }
  end_moved_.notify_all();
  return end;
}

uint64_t EmbeddedLog::WaitForNews(uint64_t sequence, absl::Duration wait) {
  std::unique_lock lock(end_mutex_);
  if (end_ <= sequence && wait > absl::ZeroDuration()) {
    // A day is as good as forever, and keeps the clock's arithmetic from overflowing.
    end_moved_.wait_for(lock, absl::ToChronoMicroseconds(std::min(wait, absl::Hours(24))),
                        [&] { return end_ > sequence; });
  }
  return end_;
}

absl::StatusOr<std::vector<ReadRecord>> EmbeddedReader::Read(size_t max_records,
                                                             absl::Duration wait) {
  std::vector<ReadRecord> records;
  const uint64_t end = log_.WaitForNews(sequence_, wait);
  if (end <= sequence_ || max_records == 0) return records;
  records.reserve(std::min<uint64_t>(max_records, end - sequence_));
  std::unique_ptr<rocksdb::Iterator> rows(log_.db().NewIterator({}));
  uint64_t next = sequence_ + 1;
  size_t bytes = 0;
  for (rows->Seek(SequenceKey(next));
       next <= end && records.size() < max_records && bytes < kReadBytesMax; rows->Next(), ++next) {
    if (!rows->Valid() && !rows->status().ok()) {
      return FromRocks(rows->status(), absl::StrCat("embedded log: record ", next));
    }
    if (!rows->Valid() || rows->key() != SequenceKey(next)) {
      return absl::DataLossError(
          absl::StrCat("embedded log: record ", next, " is missing, the log ends with ", end));
    }
    ReadRecord& record = records.emplace_back();
    record.bytes = rows->value().ToString();
    record.after = {next, next, digester_.Digest(record.bytes)};
    bytes += record.bytes.size();
  }
  sequence_ = next - 1;
  return records;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> OpenEmbeddedLog(const std::string& dir) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.max_background_jobs = 2;
  options.keep_log_file_num = 4;
  options.compression = rocksdb::kLZ4Compression;
  // Every append is synced, so only the last one can be torn by a crash. Damage anywhere else is an
  // error, where RocksDB's default would end the log before it without a word.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  rocksdb::DB* db = nullptr;
  const auto status = rocksdb::DB::Open(options, dir, &db);
  if (!status.ok()) return FromRocks(status, absl::StrCat("embedded log ", dir));
  auto log = std::make_unique<EmbeddedLog>(std::unique_ptr<rocksdb::DB>(db));
  if (absl::Status read = log->ReadEnd(); !read.ok()) return read;
  return log;
}

}  // namespace dossier
