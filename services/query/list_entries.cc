#include "services/query/list_entries.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/query/entry_reader.h"
#include "services/query/field_error.h"
#include "services/query/list_filter.h"
#include "services/query/list_groups.h"
#include "services/query/list_scan.h"
#include "services/query/live_editions.h"
#include "services/query/page_token.h"
#include "services/query/sanction_notice.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 50;
// A page of large entries is closed early.
constexpr size_t kPageBytesMax = 8 << 20;

// Where a page goes on.
struct Place {
  uint64_t count = 0;
  std::string last;  // the record after which it does

  std::string Encode() const {
    return KeyBuilder(kStatementRow).Number(count).Raw(last).key().substr(1);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  KeyParser parser = KeyParser::OfBytes(text);
  Place place;
  if (!parser.Number(&place.count) || parser.rest().empty()) {
    return InvalidField("page_token", "it names no place in this list");
  }
  place.last = parser.rest();
  return place;
}

// The entries of a page, by record, and one more where there are more.
struct Found {
  std::vector<std::string> records;
  uint64_t count = 0;  // of all that fit, where they were counted
};

bool IsEntry(const v1::StatementRow& row) {
  return row.present() && row.facets().part() == v1::SANCTION_PART_ENTRY;
}

absl::StatusOr<Found> FindPlain(AsOf& as_of, const std::string& source, const std::string& from,
                                size_t wanted) {
  Found found;
  v1::StatementRow row;
  absl::Status scanned = ScanRecords(as_of, {.source = source, .from = from}, {&as_of.known(), 1},
                                     [&](const ScannedRecord& at) -> absl::StatusOr<bool> {
                                       if (absl::Status s = at.holds[0].Decode(&row); !s.ok())
                                         return s;
                                       if (IsEntry(row)) found.records.emplace_back(at.record);
                                       return found.records.size() < wanted;
                                     });
  if (!scanned.ok()) return scanned;
  return found;
}

struct Seen {
  bool is_held = false;  // the entry itself, not only a part of it
  uint32_t met = 0;
};

// `count_all`: go on to the list's end.
absl::StatusOr<Found> FindFiltered(AsOf& as_of, const std::string& source, const std::string& from,
                                   size_t wanted, const ListFilter& filter, bool count_all) {
  Found found;
  bool full = false;
  EntryGroups<Seen> groups([&](Group<Seen>&& group) {
    if (!group.gathered.is_held || !filter.Fits(group.gathered.met)) return;
    if (!full) found.records.push_back(std::move(group.key));
    ++found.count;
  });
  v1::StatementRow row;
  absl::Status scanned = ScanRecords(
      as_of, {.source = source, .from = from}, {&as_of.known(), 1},
      [&](const ScannedRecord& at) -> absl::StatusOr<bool> {
        groups.CloseBefore(at.record);
        // Groups close in the order of their ends; where none is open, all keys to come are later.
        full = full || (groups.idle() && found.records.size() >= wanted);
        if (full && !count_all) return false;
        if (absl::Status s = at.holds[0].Decode(&row); !s.ok()) return s;
        if (!row.present() || row.facets().part() == v1::SANCTION_PART_UNSPECIFIED) return true;
        Seen& seen = groups.At(at.record, row.facets().part() != v1::SANCTION_PART_ENTRY);
        seen.is_held |= row.facets().part() == v1::SANCTION_PART_ENTRY;
        seen.met |= filter.Met(at.record, row.facets());
        return true;
      });
  if (!scanned.ok()) return scanned;
  groups.Finish();
  std::sort(found.records.begin(), found.records.end());
  found.records.resize(std::min(found.records.size(), wanted));
  return found;
}

absl::StatusOr<Found> FindPage(AsOf& as_of, const v1::ListEntriesRequest& request,
                               const ListFilter& filter, const Place* place, size_t wanted) {
  const std::string from = place != nullptr ? After(place->last) : "";
  if (filter.empty()) {
    auto found = FindPlain(as_of, request.source(), from, wanted);
    if (!found.ok() || place != nullptr) return found;
    auto count = CountEntries(as_of, request.source());
    if (!count.ok()) return count.status();
    found->count = static_cast<uint64_t>(*count);
    return found;
  }
  return FindFiltered(as_of, request.source(), from, wanted, filter, place == nullptr);
}

// Calls `visit` with each change of the count that the cut knows; stops where it returns false.
absl::Status ReadCounts(AsOf& as_of, std::string_view source,
                        absl::FunctionRef<bool(int64_t more)> visit) {
  const std::string prefix = KeyBuilder(kEntryCountRow).Text(source).Take();
  RowCursor& rows = as_of.rows();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    KeyParser parser = KeyParser::OfBytes(rows.key().substr(prefix.size()));
    StampKey stamp;
    uint64_t sequence = 0;
    const auto more = DecodeNumber(rows.value());
    if (!parser.Stamp(&stamp) || !parser.Number(&sequence) || !more.has_value()) {
      return absl::DataLossError("view: a row of counts does not decode");
    }
    if (as_of.known().stamp < stamp) break;
    if (sequence <= as_of.sequence() && !visit(static_cast<int64_t>(*more))) break;
  }
  return rows.status();
}

}  // namespace

absl::StatusOr<int64_t> CountEntries(AsOf& as_of, std::string_view source) {
  int64_t count = 0;
  absl::Status read = ReadCounts(as_of, source, [&](int64_t more) {
    count += more;
    return true;
  });
  if (!read.ok()) return read;
  return count;
}

absl::StatusOr<bool> HasEntries(AsOf& as_of, std::string_view source) {
  bool has = false;
  absl::Status read = ReadCounts(as_of, source, [&](int64_t) {
    has = true;
    return false;
  });
  if (!read.ok()) return read;
  return has;
}

absl::StatusOr<v1::ListEntriesResponse> ListEntries(AsOf& as_of, const ActorTable& table,
                                                    const v1::ListEntriesRequest& request,
                                                    std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (request.source().empty()) return InvalidField("source", "empty; expected a source's id");
  if (absl::Status s = CheckKnownSource(as_of, request.source(), "source"); !s.ok()) return s;
  auto filter =
      ListFilter::Open(as_of, table, request.source(), request.filter(), {&as_of.known(), 1});
  if (!filter.ok()) return filter.status();
  Place place;
  if (!after.empty()) {
    auto read = ReadPlace(after);
    if (!read.ok()) return read.status();
    place = *std::move(read);
  }
  auto found = FindPage(as_of, request, *filter, after.empty() ? nullptr : &place, *page_size + 1);
  if (!found.ok()) return found.status();
  if (after.empty()) place.count = found->count;

  v1::ListEntriesResponse response;
  EntryReader reader(as_of);
  size_t bytes = 0;
  for (const std::string& record : found->records) {
    if (response.entry_size() == static_cast<int>(*page_size) || bytes >= kPageBytesMax) {
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), place.Encode()));
      break;
    }
    auto read = reader.Read(request.source(), record);
    if (!read.ok()) return read.status();
    place.last = record;
    if (!read->has_value()) continue;
    if (absl::Status s = reader.AddEndReason(&**read); !s.ok()) return s;
    bytes += (*read)->entry.ByteSizeLong();
    *response.add_entry() = std::move((*read)->entry);
  }
  auto source = reader.Source(request.source());
  if (!source.ok()) return source.status();
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_source(request.source());
  response.set_count(place.count);
  response.add_coverage((*source)->Coverage());
  response.set_notice(kSanctionsNotice);
  return response;
}

}  // namespace dossier
