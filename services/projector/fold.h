// Turns the log's records, in order, into rows of the view. The one place that writes them.
//
//   Fold fold;
//   fold.Start(*batch);                       // reads what it keeps in memory
//   fold.ApplyUnit(records, *batch);          // any number of times
//   fold.WriteCounters(*batch);               // before the batch is committed
//
// What each row is: storage/view_keys.h. The rows depend on the records and their order alone:
// however they are batched, the same log gives the same rows. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "dossier/v1/edition.pb.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/feed_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "google/protobuf/arena.h"
#include "services/projector/entry_counts.h"
#include "services/projector/known_records.h"
#include "services/projector/name_rows.h"
#include "storage/event_log.h"
#include "storage/timeline.h"
#include "storage/views.h"

namespace dossier {

// A record as read, and decoded where it could be.
struct DecodedRecord {
  ReadRecord read;
  // Of read.bytes; nullopt: it is no log record.
  std::optional<RecordHeader> header;
  size_t payload_offset = 0;  // in read.bytes
};
DecodedRecord Decode(ReadRecord record);

class Fold {
 public:
  // Reads editions and counters from the view. Call before the first unit, and after a batch was
  // given up.
  absl::Status Start(RowCursor& rows);

  // Applies a whole unit, or any run of whole units. Records that do not decode are set aside.
  // Not ok only where reading the view fails.
  absl::Status ApplyUnit(std::span<const DecodedRecord> records, RowBatch& batch);

  // Sets records aside without applying them: the rest of a unit that never came.
  void SetAside(std::span<const DecodedRecord> records, RowBatch& batch);

  // Writes the counters that have changed since the last call.
  void WriteCounters(RowBatch& batch);

 private:
  static constexpr size_t kEntryBytes = size_t{16} << 10;  // as decoded; larger ones take more

  struct LiveEdition {
    StampKey stamp;
    v1::Scope scope;  // as news are judged by: see OpenEnded in fold.cc
  };
  struct CountersOf {
    v1::CountersRow row;
    bool changed = false;  // since they were written
  };
  struct Outcome {
    v1::Verb verb = v1::VERB_UNSPECIFIED;
    v1::Novelty novelty = v1::NOVELTY_UNSPECIFIED;
    uint64_t before = 0;  // see 'e' rows in storage/view_keys.h
  };
  struct Counter;
  struct Neighbours;

  absl::Status ApplyRecord(const DecodedRecord& record, RowBatch& batch);
  void PutEventRow(const ReadRecord& record, const Outcome& outcome, RowBatch& batch);
  void PutUndecodable(const ReadRecord& record, RowBatch& batch);
  absl::Status ApplyEditionLoaded(const v1::EditionLoaded& loaded, const RecordHeader& header,
                                  uint64_t sequence, RowBatch& batch);
  absl::Status ApplyEditionRetracted(const v1::EditionRetracted& retracted, uint64_t sequence,
                                     RowBatch& batch);
  absl::StatusOr<Outcome> ApplyEvent(const v1::Event& event, uint64_t sequence, RowBatch& batch);
  absl::StatusOr<Outcome> ApplyStatement(const v1::Event& event, uint64_t sequence,
                                         RowBatch& batch);
  absl::StatusOr<Outcome> ApplyVoid(const v1::Event& event, uint64_t sequence, RowBatch& batch);
  absl::StatusOr<Neighbours> FindNeighbours(const v1::Event& event, const VersionKey& version,
                                            RowBatch& batch);
  // A record that says what is already said: counted, without effect.
  Outcome Repeat(const v1::Event& event, uint64_t before);
  v1::Novelty NoveltyOf(const v1::Event& event, const v1::Facets& facets,
                        const Neighbours& neighbours) const;
  // Adds to the counter of a source, and of the whole view.
  void Count(const Counter& counter, const std::string& source, int64_t more);

  // Live editions by source, ascending by stamp.
  std::map<std::string, std::vector<LiveEdition>, std::less<>> editions_;
  absl::flat_hash_map<std::string, CountersOf> counters_;  // by source; "": the whole view
  NameRows names_;
  EntryCounts entry_counts_;
  KnownRecords known_records_;
  // Reused, for speed.
  alignas(8) std::array<char, kEntryBytes> entry_block_;
  google::protobuf::Arena arena_{entry_block_.data(), entry_block_.size()};  // of one entry
};

}  // namespace dossier
