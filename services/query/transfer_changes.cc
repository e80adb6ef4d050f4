#include "services/query/transfer_changes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/contents.h"
#include "services/model/scope.h"
#include "services/query/earlier_cut.h"
#include "services/query/field_error.h"
#include "services/query/live_editions.h"
#include "services/query/page_token.h"
#include "services/query/resembling_records.h"
#include "services/query/sanction_records.h"
#include "services/query/transfer_change_filter.h"
#include "services/query/transfer_change_scan.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 50;
constexpr size_t kPageBytesMax = 8 << 20;

// Where a page goes on: behind the record `last`. The earlier cut's sequence, and the counts, stay
// those of the first page.
struct Place {
  uint64_t from_sequence = 0;
  ChangeCounts counts;
  std::string last;

  std::string Encode() const {
    KeyBuilder place(kStatementRow);
    place.Number(from_sequence).Number(counts.outside_scope);
    for (uint64_t count : counts.verbs) place.Number(count);
    for (uint64_t count : counts.classes) place.Number(count);
    for (uint64_t count : counts.alone) place.Number(count);
    return place.Raw(last).key().substr(1);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  KeyParser parser = KeyParser::OfBytes(text);
  Place place;
  bool fits = parser.Number(&place.from_sequence) && parser.Number(&place.counts.outside_scope);
  for (uint64_t& count : place.counts.verbs) fits = fits && parser.Number(&count);
  for (uint64_t& count : place.counts.classes) fits = fits && parser.Number(&count);
  for (uint64_t& count : place.counts.alone) fits = fits && parser.Number(&count);
  if (!fits || parser.rest().empty()) {
    return InvalidField("page_token", "it names no place in this list");
  }
  place.last = parser.rest();
  return place;
}

// Whether any row of these kinds is the source's, whatever the cut.
absl::StatusOr<bool> HasRows(AsOf& as_of, const std::string& source,
                             std::initializer_list<RowKind> kinds) {
  RowCursor& rows = as_of.rows();
  for (RowKind kind : kinds) {
    const std::string prefix = KeyBuilder(kind).Text(source).Take();
    rows.Seek(prefix);
    if (rows.Valid() && rows.key().starts_with(prefix)) return true;
    if (!rows.status().ok()) return rows.status();
  }
  return false;
}

absl::Status CheckRequest(AsOf& as_of, const v1::ListTransferChangesRequest& request) {
  const std::string& source = request.source();
  if (source.empty()) return InvalidField("source", "empty; expected a source's id");
  if (!request.has_from()) return InvalidField("from", "not given; expected the earlier cut");
  if (absl::Status s = CheckKnownSource(as_of, source, "source"); !s.ok()) return s;
  auto has_transfers = HasRows(as_of, source, {kPlaceRow, kVoidedPlaceRow});
  if (!has_transfers.ok() || *has_transfers) return has_transfers.status();
  auto has_records = HasRows(as_of, source, {kStatementRow, kVoidedStatementRow});
  if (!has_records.ok() || !*has_records) return has_records.status();
  return InvalidField(
      "source", absl::StrCat("\"", source, "\" has no transfers; expected a ", "register of them"));
}

// Fills in what the statements of a change say.
class Teller {
 public:
  Teller(const CutPair& cuts, const std::string& source)
      : later_(cuts.later), resembling_(cuts, source) {}

  absl::StatusOr<v1::TransferChange> Tell(const FoundChange& change);

 private:
  absl::Status Read(uint64_t sequence, v1::Event* event, v1::Ground* ground);

  AsOf& later_;
  ResemblingRecords resembling_;
};

absl::Status Teller::Read(uint64_t sequence, v1::Event* event, v1::Ground* ground) {
  if (absl::Status s = later_.CountRow(); !s.ok()) return s;
  auto read = EventAt(later_.rows(), sequence);
  if (!read.ok()) return read.status();
  *event = *std::move(read);
  *ground = GroundOf(*event, sequence);
  return absl::OkStatus();
}

absl::StatusOr<v1::TransferChange> Teller::Tell(const FoundChange& change) {
  v1::TransferChange told;
  told.set_record(change.record);
  told.set_verb(change.verb);
  for (int value = 0; value < v1::ChangeClass_ARRAYSIZE; ++value) {
    if ((change.classes & SetOf(value)) != 0) {
      told.add_change_class(static_cast<v1::ChangeClass>(value));
    }
  }
  v1::Event before, after;
  if (change.before != 0) {
    if (absl::Status s = Read(change.before, &before, told.mutable_before()); !s.ok()) return s;
  }
  if (change.after != 0) {
    if (absl::Status s = Read(change.after, &after, told.mutable_after()); !s.ok()) return s;
  }
  std::vector<v1::FieldChange> fields =
      change.verb == v1::VERB_REVISED
          ? DiffEvents(before, after)
          : DiffContents(before.has_present() ? &before.present() : nullptr,
                         after.has_present() ? &after.present() : nullptr);
  for (v1::FieldChange& field : fields) *told.add_change() = std::move(field);
  const v1::Transfer& transfer = (after.has_present() ? after : before).present().transfer();
  *told.mutable_supplier() = transfer.supplier();
  *told.mutable_recipient() = transfer.recipient();
  told.set_designation(transfer.designation());
  if (transfer.has_order_date()) *told.mutable_order_date() = transfer.order_date();
  auto resembling = resembling_.Of(change, transfer);
  if (!resembling.ok()) return resembling.status();
  for (std::string& record : *resembling) told.add_resembles(std::move(record));
  return told;
}

void AddCounts(const ChangeCounts& counts, v1::ListTransferChangesResponse* response) {
  for (int verb = 0; verb < v1::Verb_ARRAYSIZE; ++verb) {
    if (counts.verbs[verb] == 0) continue;
    v1::VerbCount& row = *response->add_verb_count();
    row.set_verb(static_cast<v1::Verb>(verb));
    row.set_count(counts.verbs[verb]);
  }
  for (int value = 0; value < v1::ChangeClass_ARRAYSIZE; ++value) {
    if (counts.classes[value] == 0) continue;
    v1::ClassCount& row = *response->add_class_count();
    row.set_change_class(static_cast<v1::ChangeClass>(value));
    row.set_count(counts.classes[value]);
    row.set_alone(counts.alone[value]);
  }
  response->set_outside_newest_scope(counts.outside_scope);
}

// Adds changes until the page is full; `place` moves behind the last one.
absl::Status FillPage(const std::vector<FoundChange>& changes, const CutPair& cuts,
                      const v1::ListTransferChangesRequest& request, size_t page_size, Place* place,
                      v1::ListTransferChangesResponse* response) {
  Teller teller(cuts, request.source());
  size_t bytes = 0;
  for (const FoundChange& change : changes) {
    if (response->change_size() == static_cast<int>(page_size) || bytes >= kPageBytesMax) {
      response->set_next_page_token(
          WritePageToken(request, cuts.later.resolved(), place->Encode()));
      break;
    }
    auto told = teller.Tell(change);
    if (!told.ok()) return told.status();
    bytes += told->ByteSizeLong();
    *response->add_change() = *std::move(told);
    place->last = change.record;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListTransferChangesResponse> ListTransferChanges(
    AsOf& as_of, const ActorTable& table, const v1::ListTransferChangesRequest& request,
    std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (absl::Status s = CheckRequest(as_of, request); !s.ok()) return s;
  const bool is_first_page = after.empty();
  Place place;
  if (!is_first_page) {
    auto read = ReadPlace(after);
    if (!read.ok()) return read.status();
    place = *std::move(read);
  }
  auto from = EarlierCut(as_of, request.from(), is_first_page, &place.from_sequence);
  if (!from.ok()) return from.status();
  auto filter = TransferChangeFilter::Open(as_of, table, request.filter());
  if (!filter.ok()) return filter.status();
  auto editions = LiveEditions(as_of, request.source());
  if (!editions.ok()) return editions.status();
  const v1::Scope* newest_scope = editions->empty() ? nullptr : &editions->back().loaded().scope();

  AsOf earlier = as_of.At(request.from(), *from, place.from_sequence);
  const CutPair cuts{earlier, as_of};
  TransferChangeScan scan(cuts, *filter,
                          {.source = request.source(),
                           .after = place.last,
                           .wanted = *page_size + 1,
                           .counts = is_first_page,
                           .newest_scope = newest_scope});
  if (absl::Status s = scan.Run(); !s.ok()) return s;
  if (is_first_page) place.counts = scan.counts();

  v1::ListTransferChangesResponse response;
  absl::Status filled = FillPage(scan.changes(), cuts, request, *page_size, &place, &response);
  if (!filled.ok()) return filled;
  *response.mutable_answered_at() = as_of.answered_at();
  *response.mutable_from() = AnsweredAtEarlier(as_of, request.from(), place.from_sequence);
  response.set_source(request.source());
  AddCounts(place.counts, &response);
  if (newest_scope != nullptr) response.set_newest_scope(PrintScope(*newest_scope));
  return response;
}

}  // namespace dossier
