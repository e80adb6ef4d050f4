// The transfers of a source that differ between two cuts, in the order of their keys, and how many
// in which way: what ListTransferChanges lists and counts.
//
//   TransferChangeScan scan(cuts, filter, options);
//   if (absl::Status s = scan.Run(); !s.ok()) return s;
//   scan.changes(), scan.counts()
//
// One pass over the records of the source, in stretches: between two of them the events of the
// revisions found are read, in the order of the log, since their classes are in no row. That is
// most of the cost.
// Memory: a stretch, and the changes that are wanted.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/transfer.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/as_of.h"
#include "services/query/list_scan.h"
#include "services/query/transfer_change_filter.h"

namespace dossier {

struct FoundChange {
  std::string record;
  v1::Verb verb = v1::VERB_UNSPECIFIED;
  uint64_t before = 0;  // sequences of the statements that decided; 0: nothing was said
  uint64_t after = 0;
  VersionKey before_version;
  // What the later cut holds by was published, by the earlier one's editions: what tells the two
  // apart can be how an edition was read.
  bool may_be_reading = false;
  ValueSet classes = 0;
};

struct ChangeCounts {
  std::array<uint64_t, v1::Verb_ARRAYSIZE> verbs{};
  // Revisions that have a class, and those that have no other.
  std::array<uint64_t, v1::ChangeClass_ARRAYSIZE> classes{};
  std::array<uint64_t, v1::ChangeClass_ARRAYSIZE> alone{};
  uint64_t outside_scope = 0;
};

// Two cuts of one view, read through one cursor.
struct CutPair {
  AsOf& earlier;
  AsOf& later;
};

struct ChangeScanOptions {
  std::string source;
  // Goes on after this record; "": from the first.
  std::string after;
  // Stops at so many changes, unless it counts.
  size_t wanted = 0;
  bool counts = false;
  // Of the source's newest edition at the later cut; null: it has none.
  const v1::Scope* newest_scope = nullptr;
};

class TransferChangeScan {
 public:
  // `cuts`, `filter` and what `options` points to must outlive it.
  TransferChangeScan(const CutPair& cuts, const TransferChangeFilter& filter,
                     const ChangeScanOptions& options)
      : cuts_(cuts), filter_(filter), options_(options) {}

  absl::Status Run();

  // By record; at most those wanted.
  const std::vector<FoundChange>& changes() const { return changes_; }
  const ChangeCounts& counts() const { return counts_; }

 private:
  // False: there is nothing behind the stretch.
  absl::StatusOr<bool> ReadStretch();
  absl::StatusOr<bool> Visit(const ScannedRecord& at);
  absl::Status ReadClasses();
  absl::Status ReadClasses(FoundChange& change);
  absl::StatusOr<bool> IsReadingAlone(const FoundChange& change, const v1::Event& after);
  absl::StatusOr<v1::Cause> CauseOfVoid(const FoundChange& change);
  void Keep();

  const CutPair cuts_;
  const TransferChangeFilter& filter_;
  const ChangeScanOptions options_;
  std::set<StampKey> known_stamps_;  // of the editions at the earlier cut
  std::string last_;                 // record that was visited
  std::vector<FoundChange> stretch_;
  std::vector<FoundChange> changes_;
  ChangeCounts counts_;
  v1::StatementRow before_, after_;          // reused, for speed
  v1::LogEntry before_entry_, after_entry_;  // the same
};

}  // namespace dossier
