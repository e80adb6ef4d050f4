#include "services/query/list_changes.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/model/contents.h"
#include "services/query/earlier_cut.h"
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
constexpr size_t kPageBytesMax = 8 << 20;
constexpr int kParts = v1::SanctionPart_ARRAYSIZE;

struct Counts {
  uint64_t added = 0;
  uint64_t removed = 0;
  uint64_t amended = 0;
};
using PartCounts = std::array<Counts, kParts>;

// Where a page goes on: behind `last`, from the group `root` on, whose other records decide whether
// the rest of it fits. The earlier cut's sequence, and the counts, stay those of the first page.
struct Place {
  uint64_t from_sequence = 0;
  PartCounts counts{};
  std::string root;
  std::string last;

  std::string Encode() const {
    KeyBuilder place(kStatementRow);
    place.Number(from_sequence);
    for (const Counts& count : counts) {
      place.Number(count.added).Number(count.removed).Number(count.amended);
    }
    return place.Text(root).Raw(last).key().substr(1);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  KeyParser parser = KeyParser::OfBytes(text);
  Place place;
  bool fits = parser.Number(&place.from_sequence);
  for (Counts& count : place.counts) {
    fits = fits && parser.Number(&count.added) && parser.Number(&count.removed) &&
           parser.Number(&count.amended);
  }
  std::string_view root;
  if (!fits || !parser.Text(&root) || parser.rest().empty()) {
    return InvalidField("page_token", "it names no place in this list");
  }
  place.root = root;
  place.last = parser.rest();
  return place;
}

// A record that differs between the cuts.
struct Change {
  std::string record;
  std::string root;
  int part = 0;
  v1::Verb verb = v1::VERB_UNSPECIFIED;
  uint64_t before = 0;  // sequences of the statements; 0: nothing was said
  uint64_t after = 0;
};

// What was gathered of an entry.
struct Seen {
  uint32_t met = 0;
  std::vector<Change> changes;
};

// Looks through a list for what differs between two cuts.
class ChangeScan {
 public:
  ChangeScan(const ListFilter& filter, const Place* place, size_t wanted)
      : filter_(filter), place_(place), wanted_(wanted) {}

  absl::Status Run(AsOf& as_of, const std::string& source, const KnowledgeCut& from);

  // By record; at most those wanted.
  std::vector<Change> Take();
  const PartCounts& counts() const { return counts_; }

 private:
  absl::StatusOr<bool> Visit(const ScannedRecord& at);
  void Close(Group<Seen>&& group);

  const ListFilter& filter_;
  const Place* const place_;  // null: the first page, which counts
  const size_t wanted_;
  bool full_ = false;
  PartCounts counts_{};
  std::vector<Change> changes_;
  EntryGroups<Seen> groups_{[this](Group<Seen>&& group) { Close(std::move(group)); }};
  v1::StatementRow before_, after_;  // reused, for speed
};

absl::Status ChangeScan::Run(AsOf& as_of, const std::string& source, const KnowledgeCut& from) {
  const KnowledgeCut cuts[] = {from, as_of.known()};
  absl::Status scanned =
      ScanRecords(as_of, {.source = source, .from = place_ != nullptr ? place_->root : ""}, cuts,
                  [&](const ScannedRecord& at) -> absl::StatusOr<bool> { return Visit(at); });
  groups_.Finish();
  return scanned;
}

absl::StatusOr<bool> ChangeScan::Visit(const ScannedRecord& at) {
  groups_.CloseBefore(at.record);
  // Groups close in the order of their ends; where none is open, all keys to come are later.
  full_ = full_ || (groups_.idle() && changes_.size() >= wanted_);
  if (full_ && place_ != nullptr) return false;
  const HeldStatement& held_before = at.holds[0];
  const HeldStatement& held_after = at.holds[1];
  const bool same =
      held_before.said && held_after.said && held_before.version == held_after.version;
  if (same && filter_.empty()) return true;
  before_.Clear();
  after_.Clear();
  if (held_before.said) {
    if (absl::Status s = held_before.Decode(&before_); !s.ok()) return s;
  }
  if (held_after.said) {
    if (absl::Status s = held_after.Decode(&after_); !s.ok()) return s;
  }
  const int part = after_.present() ? after_.facets().part() : before_.facets().part();
  if (part <= v1::SANCTION_PART_UNSPECIFIED || part >= kParts) return true;
  const v1::Verb verb = same ? v1::VERB_REPEATED : VerbBetween(held_before, before_, after_);
  if (verb == v1::VERB_REPEATED && filter_.empty()) return true;
  Seen& seen = groups_.At(at.record, part != v1::SANCTION_PART_ENTRY);
  if (before_.present()) seen.met |= filter_.Met(at.record, before_.facets());
  if (after_.present()) seen.met |= filter_.Met(at.record, after_.facets());
  if (verb == v1::VERB_REPEATED) return true;
  seen.changes.push_back({std::string(at.record), "", part, verb,
                          held_before.said ? held_before.version.sequence : 0,
                          held_after.said ? held_after.version.sequence : 0});
  return true;
}

void ChangeScan::Close(Group<Seen>&& group) {
  if (!filter_.Fits(group.gathered.met)) return;
  for (Change& change : group.gathered.changes) {
    Counts& count = counts_[change.part];
    if (change.verb == v1::VERB_REVISED) {
      ++count.amended;
    } else if (change.verb == v1::VERB_WITHDRAWN) {
      ++count.removed;
    } else {
      ++count.added;
    }
    const bool is_told = place_ != nullptr && change.record <= place_->last;
    if (full_ || is_told) continue;
    change.root = group.root;
    changes_.push_back(std::move(change));
  }
}

std::vector<Change> ChangeScan::Take() {
  std::sort(changes_.begin(), changes_.end(),
            [](const Change& a, const Change& b) { return a.record < b.record; });
  if (changes_.size() > wanted_) changes_.resize(wanted_);
  return std::move(changes_);
}

// Fills in what the statements of a change say.
absl::StatusOr<v1::EntryChange> Tell(AsOf& as_of, EntryReader& reader, const std::string& source,
                                     const Change& change) {
  v1::EntryChange told;
  told.set_record(change.record);
  told.set_part(static_cast<v1::SanctionPart>(change.part));
  told.set_verb(change.verb);
  v1::Event before, after;
  for (const auto& [sequence, event, is_before] :
       {std::tuple{change.before, &before, true}, {change.after, &after, false}}) {
    if (sequence == 0) continue;
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto read = EventAt(as_of.rows(), sequence);
    if (!read.ok()) return read.status();
    *event = *std::move(read);
    *(is_before ? told.mutable_before() : told.mutable_after()) = GroundOf(*event, sequence);
  }
  const v1::Event& either = after.has_present() ? after : before;
  if (either.present().sanction().target_size() > 0) {
    *told.mutable_party() = either.present().sanction().target(0);
  }
  std::vector<v1::FieldChange> fields =
      change.verb == v1::VERB_REVISED
          ? DiffEvents(before, after)
          : DiffContents(before.has_present() ? &before.present() : nullptr,
                         after.has_present() ? &after.present() : nullptr);
  for (v1::FieldChange& field : fields) *told.add_change() = std::move(field);
  if (change.verb != v1::VERB_WITHDRAWN || change.part != v1::SANCTION_PART_ENTRY) return told;
  auto ended = reader.Read(source, change.record);
  if (!ended.ok()) return ended.status();
  if (!ended->has_value()) return told;
  if (absl::Status s = reader.AddEndReason(&**ended); !s.ok()) return s;
  told.set_end_reason((*ended)->entry.end_reason());
  return told;
}

absl::Status CheckRequest(AsOf& as_of, const v1::ListEntryChangesRequest& request) {
  if (request.source().empty()) return InvalidField("source", "empty; expected a source's id");
  if (!request.has_from()) return InvalidField("from", "not given; expected the earlier cut");
  return CheckKnownSource(as_of, request.source(), "source");
}

void AddCounts(const PartCounts& counts, v1::ListEntryChangesResponse* response) {
  for (int part = v1::SANCTION_PART_ENTRY; part < kParts; ++part) {
    const Counts& count = counts[part];
    if (count.added + count.removed + count.amended == 0) continue;
    v1::ChangeCounts& row = *response->add_count();
    row.set_part(static_cast<v1::SanctionPart>(part));
    row.set_added(count.added);
    row.set_removed(count.removed);
    row.set_amended(count.amended);
  }
}

}  // namespace

absl::StatusOr<v1::ListEntryChangesResponse> ListEntryChanges(
    AsOf& as_of, const ActorTable& table, const v1::ListEntryChangesRequest& request,
    std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (absl::Status s = CheckRequest(as_of, request); !s.ok()) return s;
  Place place;
  if (!after.empty()) {
    auto read = ReadPlace(after);
    if (!read.ok()) return read.status();
    place = *std::move(read);
  }
  auto from = EarlierCut(as_of, request.from(), after.empty(), &place.from_sequence);
  if (!from.ok()) return from.status();
  const KnowledgeCut cuts[] = {*from, as_of.known()};
  auto filter = ListFilter::Open(as_of, table, request.source(), request.filter(), cuts);
  if (!filter.ok()) return filter.status();
  ChangeScan scan(*filter, after.empty() ? nullptr : &place, *page_size + 1);
  if (absl::Status s = scan.Run(as_of, request.source(), *from); !s.ok()) return s;
  if (after.empty()) place.counts = scan.counts();

  v1::ListEntryChangesResponse response;
  EntryReader reader(as_of);
  size_t bytes = 0;
  for (const Change& change : scan.Take()) {
    if (response.change_size() == static_cast<int>(*page_size) || bytes >= kPageBytesMax) {
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), place.Encode()));
      break;
    }
    auto told = Tell(as_of, reader, request.source(), change);
    if (!told.ok()) return told.status();
    bytes += told->ByteSizeLong();
    *response.add_change() = *std::move(told);
    place.root = change.root;
    place.last = change.record;
  }
  *response.mutable_answered_at() = as_of.answered_at();
  *response.mutable_from() = AnsweredAtEarlier(as_of, request.from(), place.from_sequence);
  response.set_source(request.source());
  AddCounts(place.counts, &response);
  response.set_notice(kSanctionsNotice);
  return response;
}

}  // namespace dossier
