#include "services/query/place_scan.h"

#include <algorithm>
#include <deque>

namespace dossier {
namespace {

// Within a record, so many versions are stepped over before a seek is cheaper.
constexpr int kStepsBeforeSeek = 8;
// So many rows that do not count are stepped back over before the record's timeline is asked.
constexpr int kStepsBack = 64;
// Voided rows that count at the cut, held at a time.
constexpr size_t kVoidedHeld = 1024;

absl::Status Damaged() { return absl::DataLossError("view: a place row does not decode"); }

// The row that counts of a record at a place. A record at a place is named by its group: the bytes
// of the key between the row's kind and the version.
struct Best {
  std::string group;
  bool found = false;
  bool ask_timeline = false;
  VersionKey version;
  std::string value;

  void Reset(std::string_view new_group) {
    group = new_group;
    found = ask_timeline = false;
  }
};

// In place of the 0x00 that ends a text: after all keys that begin with the text.
constexpr char kAfterText = '\1';

// The place right after all rows of a group, which ends in the 0x00 of its record.
std::string After(std::string group) {
  if (!group.empty()) group.back() = kAfterText;
  return group;
}

class PlaceScanner {
 public:
  PlaceScanner(AsOf& as_of, const PlaceRange& range) : as_of_(as_of), rows_(as_of.rows()) {
    KeyBuilder prefix(kPlaceRow);
    prefix.Text(range.source);
    source_size_ = prefix.key().size() - 1;
    if (!range.supplier.empty()) prefix.Text(range.supplier);
    if (!range.supplier.empty() && !range.recipient.empty()) prefix.Text(range.recipient);
    prefix_ = prefix.key().substr(1);
  }

  absl::Status Run(std::string_view after, VisitPlaced visit);

 private:
  absl::StatusOr<bool> Next(Best* best);
  absl::Status FillVoided();
  absl::Status ReadGroup(RowKind kind, Best* best);
  absl::StatusOr<bool> StepForward(RowKind kind, Best* best);
  absl::Status StepBack(RowKind kind, Best* best);
  absl::StatusOr<bool> Counts(RowKind kind, const VersionKey& version);
  absl::Status AskTimeline(Best* best);
  absl::StatusOr<bool> Emit(const Best& best, VisitPlaced visit);

  void SeekTo(RowKind kind, std::string_view place) {
    target_.assign(1, static_cast<char>(kind));
    target_.append(place);
    rows_.Seek(target_);
  }
  bool InRange(RowKind kind) const {
    return rows_.Valid() && rows_.key()[0] == kind && rows_.key().substr(1).starts_with(prefix_);
  }
  // The group of the row at the cursor; empty for a key that is too short.
  std::string_view GroupHere() const {
    const std::string_view key = rows_.key();
    if (key.size() <= 1 + source_size_ + kVersionSize) return {};
    return key.substr(1, key.size() - 1 - kVersionSize);
  }
  bool InGroup(RowKind kind, std::string_view group) const {
    return rows_.Valid() && rows_.key()[0] == kind && GroupHere() == group;
  }

  AsOf& as_of_;
  RowCursor& rows_;
  std::string prefix_;       // of all groups in the range
  size_t source_size_ = 0;   // of the str source in it
  std::string target_;       // reused
  v1::PlaceRow scratch_;     // reused
  v1::PlaceRow emitted_;     // reused
  std::string live_from_;    // where reading of the live rows goes on
  std::string voided_from_;  // and of the voided ones
  std::deque<Best> voided_;
  bool voided_done_ = false;
  bool cursor_moved_ = true;  // away from the live rows
};

absl::Status PlaceScanner::Run(std::string_view after, VisitPlaced visit) {
  live_from_ = prefix_;
  if (!after.empty()) {
    live_from_ = std::max(prefix_, After(prefix_.substr(0, source_size_) + std::string(after)));
  }
  voided_from_ = live_from_;
  voided_done_ = as_of_.at_head();
  cursor_moved_ = true;
  Best best;
  for (;;) {
    auto has_next = Next(&best);
    if (!has_next.ok()) return has_next.status();
    if (!*has_next) return absl::OkStatus();
    auto go_on = Emit(best, visit);
    if (!go_on.ok()) return go_on.status();
    if (!*go_on) return absl::OkStatus();
  }
}

// Merges the live and the voided rows by group.
absl::StatusOr<bool> PlaceScanner::Next(Best* best) {
  if (voided_.empty() && !voided_done_) {
    if (absl::Status s = FillVoided(); !s.ok()) return s;
  }
  if (cursor_moved_) SeekTo(kPlaceRow, live_from_);
  cursor_moved_ = false;
  const bool has_live = InRange(kPlaceRow);
  if (!rows_.status().ok()) return rows_.status();
  if (!has_live && voided_.empty()) return false;
  if (has_live && GroupHere().empty()) return Damaged();
  if (!voided_.empty() && (!has_live || voided_.front().group < GroupHere())) {
    *best = std::move(voided_.front());
    voided_.pop_front();
  } else {
    best->Reset(GroupHere());
    if (absl::Status s = ReadGroup(kPlaceRow, best); !s.ok()) return s;
    live_from_.assign(best->group);
    live_from_.back() = kAfterText;
    if (!voided_.empty() && voided_.front().group == best->group) {
      Best dead = std::move(voided_.front());
      voided_.pop_front();
      dead.ask_timeline |= best->ask_timeline;
      if (dead.ask_timeline || !best->found || best->version < dead.version) std::swap(*best, dead);
    }
  }
  if (best->ask_timeline) {
    if (absl::Status s = AskTimeline(best); !s.ok()) return s;
  }
  return true;
}

absl::Status PlaceScanner::FillVoided() {
  cursor_moved_ = true;
  SeekTo(kVoidedPlaceRow, voided_from_);
  while (InRange(kVoidedPlaceRow) && voided_.size() < kVoidedHeld) {
    if (GroupHere().empty()) return Damaged();
    Best best;
    best.Reset(GroupHere());
    if (absl::Status s = ReadGroup(kVoidedPlaceRow, &best); !s.ok()) return s;
    voided_from_ = After(best.group);
    if (best.found || best.ask_timeline) voided_.push_back(std::move(best));
  }
  voided_done_ = !InRange(kVoidedPlaceRow);
  return rows_.status();
}

// From a group's first row to the one after its last.
absl::Status PlaceScanner::ReadGroup(RowKind kind, Best* best) {
  if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
  auto within_bound = StepForward(kind, best);
  if (!within_bound.ok()) return within_bound.status();
  if (!InGroup(kind, best->group)) return rows_.status();
  if (*within_bound) {
    if (absl::Status s = StepBack(kind, best); !s.ok()) return s;
  }
  SeekTo(kind, After(best->group));
  return rows_.status();
}

// True if the last row stepped over was within the stamp bound: later ones may count too.
absl::StatusOr<bool> PlaceScanner::StepForward(RowKind kind, Best* best) {
  bool within_bound = true;
  for (int steps = 0; steps < kStepsBeforeSeek && InGroup(kind, best->group); ++steps) {
    const auto version = DecodeVersion(rows_.key().substr(rows_.key().size() - kVersionSize));
    if (!version.has_value()) return Damaged();
    within_bound = version->stamp <= as_of_.known().stamp;
    if (within_bound) {
      auto counts = Counts(kind, *version);
      if (!counts.ok()) return counts.status();
      if (*counts) {
        best->found = true;
        best->version = *version;
        best->value.assign(rows_.value());
      }
    }
    rows_.Next();
  }
  if (!rows_.status().ok()) return rows_.status();
  return within_bound;
}

// From the stamp bound back to the last row that counts.
absl::Status PlaceScanner::StepBack(RowKind kind, Best* best) {
  target_.assign(1, static_cast<char>(kind));
  target_.append(best->group);
  target_.append(EncodeVersion({as_of_.known().stamp, UINT32_MAX, UINT64_MAX}));
  rows_.SeekForPrev(target_);
  for (int steps = 0; InGroup(kind, best->group); ++steps) {
    if (steps == kStepsBack) {
      best->ask_timeline = true;
      return absl::OkStatus();
    }
    const auto version = DecodeVersion(rows_.key().substr(rows_.key().size() - kVersionSize));
    if (!version.has_value()) return Damaged();
    if (best->found && *version <= best->version) break;
    auto counts = Counts(kind, *version);
    if (!counts.ok()) return counts.status();
    if (*counts) {
      best->found = true;
      best->version = *version;
      best->value.assign(rows_.value());
      break;
    }
    rows_.Prev();
  }
  return rows_.status();
}

// Whether the row at the cursor had come by the cut's sequence, and was not voided by it.
absl::StatusOr<bool> PlaceScanner::Counts(RowKind kind, const VersionKey& version) {
  if (as_of_.at_head()) return true;
  const uint64_t sequence = as_of_.known().sequence;
  if (version.sequence > sequence) return false;
  const std::string_view value = rows_.value();
  if (!scratch_.ParseFromArray(value.data(), static_cast<int>(value.size()))) return Damaged();
  return scratch_.from_sequence() <= sequence &&
         (kind == kPlaceRow || scratch_.voided_sequence() > sequence);
}

// What the record's timeline says instead: the same answer, in O(log n) where only the sequence
// bounds it.
absl::Status PlaceScanner::AskTimeline(Best* best) {
  cursor_moved_ = true;
  const std::string group = best->group;
  const std::string key = std::string(1, kPlaceRow) + group;
  std::string_view source, supplier, recipient, record;
  KeyParser parser(key);
  if (!parser.Text(&source) || !parser.Text(&supplier) || !parser.Text(&recipient) ||
      !parser.Text(&record)) {
    return Damaged();
  }
  auto statement = LatestAt(rows_, source, record, as_of_.known());
  if (!statement.ok()) return statement.status();
  best->Reset(group);
  if (!statement->has_value() || !(*statement)->row.present()) return absl::OkStatus();
  const v1::Facets& facets = (*statement)->row.facets();
  if (facets.supplier() != supplier || facets.recipient() != recipient) return absl::OkStatus();
  best->version = (*statement)->version;
  for (RowKind kind : {kPlaceRow, kVoidedPlaceRow}) {
    const std::string row = KeyBuilder(kind).Raw(group).Version(best->version).Take();
    if (const auto value = rows_.Find(row); value.has_value()) {
      best->found = true;
      best->value.assign(*value);
      return absl::OkStatus();
    }
  }
  return rows_.status().ok() ? Damaged() : rows_.status();
}

absl::StatusOr<bool> PlaceScanner::Emit(const Best& best, VisitPlaced visit) {
  if (!best.found) return true;
  if (!emitted_.ParseFromString(best.value)) return Damaged();
  if (!emitted_.has_here()) return true;
  const std::string_view place = std::string_view(best.group).substr(source_size_);
  const size_t supplier_end = place.find('\0');
  if (supplier_end == std::string_view::npos) return Damaged();
  const size_t recipient_end = place.find('\0', supplier_end + 1);
  if (recipient_end == std::string_view::npos) return Damaged();
  return visit({place.substr(0, supplier_end),
                place.substr(supplier_end + 1, recipient_end - supplier_end - 1),
                place.substr(recipient_end + 1, place.size() - recipient_end - 2), best.version,
                emitted_.here(), place});
}

}  // namespace

absl::Status ScanPlaces(AsOf& as_of, const PlaceRange& range, std::string_view after,
                        VisitPlaced visit) {
  return PlaceScanner(as_of, range).Run(after, visit);
}

absl::StatusOr<std::vector<std::string>> SuppliersOf(AsOf& as_of, std::string_view source,
                                                     std::string_view recipient) {
  std::vector<std::string> suppliers;
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kPairRow).Text(recipient).Text(source).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    const std::string_view supplier = rows.key().substr(prefix.size());
    if (supplier.empty() || supplier.back() != '\0') return Damaged();
    suppliers.emplace_back(supplier.substr(0, supplier.size() - 1));
  }
  if (!rows.status().ok()) return rows.status();
  return suppliers;
}

absl::StatusOr<std::vector<std::string>> SourcesWithPlaces(AsOf& as_of) {
  std::vector<std::string> sources;
  RowCursor& rows = as_of.rows();
  for (RowKind kind : {kPlaceRow, kVoidedPlaceRow}) {
    if (kind == kVoidedPlaceRow && as_of.at_head()) break;
    rows.Seek(std::string(1, kind));
    while (rows.Valid() && rows.key()[0] == kind) {
      if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
      std::string_view source;
      if (!KeyParser(rows.key()).Text(&source)) return Damaged();
      sources.emplace_back(source);
      rows.Seek(KeyBuilder(kind).Open(sources.back()).Raw("\1").key());
    }
    if (!rows.status().ok()) return rows.status();
  }
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

}  // namespace dossier
