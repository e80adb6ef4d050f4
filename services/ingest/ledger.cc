#include "services/ingest/ledger.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dossier/v1/event.pb.h"
#include "glog/logging.h"
#include "openssl/rand.h"
#include "storage/log_record.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr int kAttempts = 3;
constexpr size_t kReadRecordsMax = 10'000;
constexpr absl::Duration kReadWait = absl::Seconds(1);
constexpr absl::Duration kStopCheck = absl::Milliseconds(200);
// Units that may stand between a comparison and its own unit: openings, and those of a writer that
// took over meanwhile.
constexpr int kUnitsBetweenMax = 100'000;

Salt SystemSalt() {
  Salt salt;
  CHECK_EQ(RAND_bytes(salt.data(), static_cast<int>(salt.size())), 1) << "no randomness";
  return salt;
}

absl::Status Fenced() {
  return absl::FailedPreconditionError(
      "another writer took over the log: nothing is written here any more; once restarted, the "
      "next write takes the log back, so restart only if this writer is the one that is wanted");
}

}  // namespace

Ledger::Ledger(EventLog& log, Views& views, LedgerOptions options)
    : log_(log), views_(views), options_(std::move(options)) {
  if (!options_.writer.now) options_.writer.now = absl::Now;
  if (!options_.writer.random_salt) options_.writer.random_salt = SystemSalt;
}

absl::StatusOr<UnitSequences> Ledger::Write(const Comparison& compare) {
  std::scoped_lock lock(mutex_);
  uint64_t compared_at = 0;
  std::vector<std::string> payloads;
  absl::Status failed;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (fenced_) return Fenced();
    absl::Status ready = writer_ != nullptr ? WaitFor(known_offset_) : OpenWriter();
    if (absl::IsAborted(ready)) SetFenced();
    if (absl::IsAborted(ready) || absl::IsUnavailable(ready)) {
      failed = ready;
      continue;
    }
    if (!ready.ok()) return ready;
    if (!payloads.empty()) {  // the append before failed, and the unit may be in all the same
      auto found = Find(compared_at, payloads);
      if (!found.ok()) return found.status();
      if (found->has_value()) return **found;
    }
    auto unit = Attempt(compare, &compared_at, &payloads);
    if (writer_ != nullptr || unit.ok()) return unit;
    failed = unit.status();
  }
  return fenced_ ? Fenced() : failed;
}

// Drops the writer where it cannot go on: only then is another attempt of use.
absl::StatusOr<UnitSequences> Ledger::Attempt(const Comparison& compare, uint64_t* compared_at,
                                              std::vector<std::string>* payloads) {
  *compared_at = views_.position().sequence;
  auto compared = compare(views_);
  if (!compared.ok()) return compared.status();
  *payloads = *std::move(compared);
  if (payloads->empty()) return UnitSequences{};
  auto end = writer_->Append(*payloads);
  if (!end.ok()) {
    if (absl::IsAborted(end.status())) SetFenced();
    if (fenced_ || absl::IsUnavailable(end.status())) writer_.reset();
    return end.status();
  }
  known_offset_ = *end;
  if (absl::Status status = WaitFor(*end); !status.ok()) return status;
  auto found = Find(*compared_at, *payloads);
  if (!found.ok()) return found.status();
  if (found->has_value()) return **found;
  return absl::InternalError(absl::StrCat("ledger: the unit that ends at offset ", *end,
                                          " is not in the view after sequence ", *compared_at));
}

void Ledger::SetFenced() {
  fenced_ = true;
  if (options_.on_fenced) options_.on_fenced();
}

absl::Status Ledger::status() {
  std::scoped_lock lock(mutex_);
  return fenced_ ? Fenced() : absl::OkStatus();
}

absl::Status Ledger::Inspect(const std::function<absl::Status(const Views& views)>& look) {
  std::scoped_lock lock(mutex_);
  if (absl::Status status = CatchUp(); !status.ok()) return status;
  return look(views_);
}

// Without a writer of its own the end can only be read up to: the log may end in marks that are no
// records.
absl::Status Ledger::CatchUp() {
  auto reader = log_.OpenReader(views_.position());
  if (!reader.ok()) return reader.status();
  auto end = (*reader)->EndOffset();
  if (!end.ok()) return end.status();
  uint64_t reached = known_offset_;
  for (uint64_t at = views_.position().offset; at < *end;) {
    auto records = (*reader)->Read(kReadRecordsMax, kReadWait);
    if (!records.ok()) return records.status();
    if (records->empty()) break;
    at = records->back().after.offset;
    reached = std::max(reached, std::min(at, *end));
  }
  return WaitFor(reached);
}

absl::Status Ledger::OpenWriter() {
  const LogPosition before = views_.position();
  std::vector<std::string> drawn;  // the id of this opening is among them
  WriterOptions options = options_.writer;
  auto drawing = std::make_shared<bool>(true);
  options.random_salt = [this, &drawn, drawing] {
    const Salt salt = options_.writer.random_salt();
    if (*drawing) drawn.emplace_back(salt.begin(), salt.end());
    return salt;
  };
  auto writer = log_.OpenWriter(options_.author, options);
  *drawing = false;
  if (!writer.ok()) return writer.status();
  auto offset = OffsetOfOpening(before, drawn);
  if (!offset.ok()) return offset.status();
  if (absl::Status status = WaitFor(*offset); !status.ok()) return status;
  known_offset_ = *offset;
  writer_ = *std::move(writer);
  return absl::OkStatus();
}

// Where the "writer opened" record of this very opening ends: from there on nobody else writes.
absl::StatusOr<uint64_t> Ledger::OffsetOfOpening(const LogPosition& from,
                                                 std::span<const std::string> drawn) const {
  auto reader = log_.OpenReader(from);
  if (!reader.ok()) return reader.status();
  const absl::Time deadline = absl::Now() + options_.catch_up_max;
  v1::LogEntry entry;
  while (absl::Now() < deadline && !options_.stop.stop_requested()) {
    auto records = (*reader)->Read(kReadRecordsMax, kReadWait);
    if (!records.ok()) return records.status();
    for (const ReadRecord& read : *records) {
      const auto record = DecodeLogRecord(read.bytes);
      if (!record.ok() || record->header.author != options_.author) continue;
      if (!entry.ParseFromString(record->payload) || !entry.has_writer_opened()) continue;
      const std::string& id = entry.writer_opened().writer_id();
      if (std::find(drawn.begin(), drawn.end(), id) != drawn.end()) return read.after.offset;
    }
  }
  return absl::UnavailableError("ledger: the log does not show that its writer was opened");
}

absl::Status Ledger::WaitFor(uint64_t offset) {
  const absl::Time deadline = absl::Now() + options_.catch_up_max;
  do {
    if (views_.WaitForOffset(offset, std::min(options_.catch_up_max, kStopCheck))) {
      return absl::OkStatus();
    }
    if (options_.stop.stop_requested()) return absl::UnavailableError("ledger: ingest is stopping");
  } while (absl::Now() < deadline);
  return absl::DeadlineExceededError(
      absl::StrCat("ledger: the view stands at offset ", views_.position().offset, ", expected ",
                   offset, " within ", absl::FormatDuration(options_.catch_up_max)));
}

// Looks for a unit with these payloads after a sequence, by its first record and its size.
absl::StatusOr<std::optional<UnitSequences>> Ledger::Find(
    uint64_t after, std::span<const std::string> payloads) const {
  auto rows = views_.Read();
  uint64_t sequence = after + 1;
  for (int units = 0; units < kUnitsBetweenMax; ++units) {
    const auto value = rows->Find(KeyBuilder(kEventRow).Number(sequence).key());
    if (!rows->status().ok()) return rows->status();
    if (!value.has_value()) return std::nullopt;
    const auto record = DecodeLogRecord(value->substr(std::min(value->size(), kEventRowRecord)));
    if (!record.ok()) {
      ++sequence;
      continue;
    }
    if (record->header.unit_index == 0 && record->header.unit_count == payloads.size() &&
        record->payload == payloads.front()) {
      return UnitSequences{sequence, sequence + payloads.size() - 1};
    }
    sequence += record->header.unit_count -
                std::min(record->header.unit_index, record->header.unit_count - 1);
  }
  return std::nullopt;
}

}  // namespace dossier
