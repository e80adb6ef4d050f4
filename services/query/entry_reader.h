// An entry of a list as of a cut: its records (services/ingest's adapters split some lists over
// files: "7157", "7157/addresses", "7157/aliases", "7157/comments") composed to one, with what it
// rests on and whether it was in force.
//
// Of an entry that was dropped and came back, the run is told that the effective date lies in, or
// else the one before it; without a date, the last. Remarks that were cut off are joined with the
// record of their rest, if that was published for them, and the piece at which they were cut is
// read again. An entry that the list no longer holds is composed of what was last said of it. One
// thread; `as_of` must outlive it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/query/as_of.h"
#include "services/query/entry_source.h"
#include "services/query/sanction_force.h"
#include "services/query/sanction_records.h"

namespace dossier {

struct ReadEntry {
  v1::SanctionEntry entry;
  // The list holds it at the cut, since it took it up as the entry says.
  bool held = false;
  // It had ended, or had not begun, by the day in question; the list held it then
  // (sanction_force.h).
  bool ended = false;
  bool not_begun = false;
  bool listed = false;
  Showing showing;
  // When the list held it before or after that, of what came back: "also listed from .. to ..".
  std::vector<std::string> other_runs;
};

class EntryReader {
 public:
  explicit EntryReader(AsOf& as_of) : as_of_(as_of) {}

  // `record`: the entry's own, by its key. Nullopt: its list never held it by the cut, or the
  // record is no entry. Leaves end_reason to AddEndReason.
  absl::StatusOr<std::optional<ReadEntry>> Read(const std::string& source,
                                                const std::string& record);

  // Fills in why it ended, where it has ended by the cut. Looks through what else there is on the
  // party: for what is shown, not for what is counted.
  absl::Status AddEndReason(ReadEntry* read);

  // What is known of a source; read once.
  absl::StatusOr<const EntrySource*> Source(const std::string& source);

 private:
  struct Parts;

  absl::StatusOr<v1::Event> EventOf(uint64_t sequence);
  absl::Status ReadParts(const std::string& source, const std::string& record,
                         const KnowledgeCut& cut, Parts* parts);
  // Whether comments were published for the remarks that the entry has now: a file of comments may
  // be older than the entry's last amendment. Notes it where they were not.
  absl::StatusOr<bool> CommentsGoOn(const Parts& parts, v1::SanctionEntry* entry);
  // The run in question, with its last event as the primary one, and what was shown of it.
  absl::StatusOr<Run> FindRun(const EntrySource& source, const std::vector<TimelinePoint>& timeline,
                              Parts* parts, ReadEntry* read);
  absl::Status Compose(const EntrySource& source, const Parts& parts, v1::SanctionEntry* entry);
  absl::Status AddGrounds(const Parts& parts, const std::vector<TimelinePoint>& timeline,
                          const Run& run, v1::SanctionEntry* entry);
  void Judge(const EntrySource& source, ReadEntry* read);
  absl::StatusOr<v1::EndReason> EndReasonOf(const EntrySource& source, const ReadEntry& read);
  // Whether another list of its family took the party up when this one dropped it.
  absl::StatusOr<bool> HasMoved(const EntrySource& source, const std::string& party,
                                const Showing& showing);
  // What another source of its family shows of the party, run by run.
  absl::StatusOr<std::vector<Showing>> ShownBy(const std::string& source, const std::string& party);
  // Whether another record says that it bore the party's id before.
  absl::StatusOr<bool> IsReidentified(const v1::SanctionEntry& entry);
  // The records that say so of a party; read once.
  absl::StatusOr<const std::vector<AboutRecord>*> Successors(const std::string& party);

  AsOf& as_of_;
  std::map<std::string, EntrySource> sources_;
  std::map<std::string, std::vector<AboutRecord>> successors_;  // by party
};

}  // namespace dossier
