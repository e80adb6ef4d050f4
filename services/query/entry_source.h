// A source as its entries need it: its live editions at the cut, and what they showed of an entry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/model/sources.h"
#include "services/query/as_of.h"
#include "services/query/sanction_force.h"
#include "storage/view_keys.h"

namespace dossier {

// A standing statement of a record.
struct TimelinePoint {
  VersionKey version;
  bool present = false;
  v1::Facets facets;  // of its content
};

// Statements one after the other that hold a record: from `begin` to before `end` in its timeline.
struct Run {
  size_t begin = 0;
  size_t end = 0;
};

// Oldest first; what comes back has several.
std::vector<Run> RunsOf(const std::vector<TimelinePoint>& timeline);

// The statements of a record that stand at the cut, one a stamp, in publish order.
absl::StatusOr<std::vector<TimelinePoint>> TimelineAt(AsOf& as_of, std::string_view source,
                                                      std::string_view record);

class EntrySource {
 public:
  static absl::StatusOr<EntrySource> Open(AsOf& as_of, std::string source);

  const std::string& id() const { return id_; }
  const SourceFacts* facts() const { return facts_; }  // null: none are known
  const std::vector<v1::Edition>& live() const { return live_; }

  // What its editions and the entry's own statements showed of one run of an entry.
  Showing ShowingOf(const std::vector<TimelinePoint>& timeline, const Run& run) const;

  // The stamp of the newest edition that covers such a record, or of its statement where that is
  // newer: what it says was last published then.
  v1::PublishStamp LastConfirmed(const v1::PublishStamp& said, const v1::Facets& facets) const;

  // "ofac-sdn: part in {entries}; 18 editions, covers until 2024-02-23"; "ofac-sdn: no edition by
  // this cut" of one whose editions are later; "analyst:ana: reports, no editions".
  std::string Coverage() const;

 private:
  // The day, month or year that a stamp of the source names.
  v1::Date DateOf(const StampKey& stamp) const;
  const v1::Edition* EditionAt(const StampKey& stamp) const;

  std::string id_;
  const SourceFacts* facts_ = nullptr;
  bool has_editions_ = false;  // at any cut, or it is known to have them
  std::vector<v1::Edition> live_;
  std::vector<StampKey> stamps_;  // of `live_`, ascending
};

}  // namespace dossier
