#include "services/projector/known_records.h"

#include <functional>

#include "storage/view_keys.h"

namespace dossier {
namespace {

// Of all sources, 16 bytes or so each. With more, views are looked at as if nothing was known.
constexpr size_t kRecordsMax = 4'000'000;

bool HasStatements(const std::string& source, RowCursor& rows) {
  for (const RowKind kind : {kStatementRow, kVoidedStatementRow}) {
    const std::string prefix = KeyBuilder(kind).Text(source).Take();
    rows.Seek(prefix);
    if (rows.Valid() && rows.key().starts_with(prefix)) return true;
    if (!rows.status().ok()) return true;
  }
  return false;
}

}  // namespace

bool KnownRecords::AddNew(const std::string& source, std::string_view record, RowCursor& rows) {
  auto found = sources_.find(source);
  if (found == sources_.end()) {
    found = sources_.try_emplace(source).first;
    found->second.complete = records_ < kRecordsMax && !HasStatements(source, rows);
  }
  Source& known = found->second;
  if (!known.complete) return false;
  if (records_ >= kRecordsMax) {
    known.complete = false;
    records_ -= known.records.size();
    known.records = {};
    return false;
  }
  const bool is_new = known.records.insert(std::hash<std::string_view>()(record)).second;
  records_ += is_new ? 1 : 0;
  return is_new;
}

void KnownRecords::Clear() {
  sources_.clear();
  records_ = 0;
}

}  // namespace dossier
