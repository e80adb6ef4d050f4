#include "services/projector/entry_counts.h"

#include "storage/view_keys.h"

namespace dossier {
namespace {

int64_t EntriesIn(const Statement* statement) {
  return statement != nullptr && statement->row.present() &&
                 statement->row.facets().part() == v1::SANCTION_PART_ENTRY
             ? 1
             : 0;
}

}  // namespace

void EntryCounts::Change(const std::string& source, const StampKey& stamp, const Statement* was,
                         const Statement* is, const Statement* after) {
  const int64_t more = EntriesIn(is) - EntriesIn(was);
  if (more == 0) return;
  changes_[{source, stamp}] += more;
  if (after != nullptr) changes_[{source, after->version.stamp}] -= more;
}

void EntryCounts::Flush(uint64_t unit_sequence, RowBatch& batch) {
  for (const auto& [place, more] : changes_) {
    if (more == 0) continue;
    std::string key = KeyBuilder(kEntryCountRow)
                          .Text(place.first)
                          .Stamp(place.second)
                          .Number(unit_sequence)
                          .Take();
    batch.Put(key, EncodeNumber(static_cast<uint64_t>(more)));
  }
  changes_.clear();
}

}  // namespace dossier
