#include "services/query/transfer_change_scan.h"

#include <algorithm>
#include <utility>

#include "services/model/change_class.h"
#include "services/model/scope.h"
#include "services/query/earlier_cut.h"
#include "services/query/live_editions.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// Changes that are found before their events are read.
constexpr size_t kStretch = 1024;

}  // namespace

absl::Status TransferChangeScan::Run() {
  auto editions = LiveEditions(cuts_.earlier, options_.source);
  if (!editions.ok()) return editions.status();
  for (const v1::Edition& edition : *editions) {
    known_stamps_.insert(StampKeyOf(edition.loaded().stamp()));
  }
  last_ = options_.after;
  for (bool more = true; more && (options_.counts || changes_.size() < options_.wanted);) {
    auto read = ReadStretch();
    if (!read.ok()) return read.status();
    more = *read;
    if (absl::Status s = ReadClasses(); !s.ok()) return s;
    Keep();
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> TransferChangeScan::ReadStretch() {
  stretch_.clear();
  const size_t size =
      options_.counts ? kStretch : std::min(kStretch, options_.wanted - changes_.size());
  const KnowledgeCut cuts[] = {cuts_.earlier.known(), cuts_.later.known()};
  const RecordRange range{.source = options_.source, .from = last_.empty() ? "" : After(last_)};
  absl::Status scanned =
      ScanRecords(cuts_.later, range, cuts, [&](const ScannedRecord& at) -> absl::StatusOr<bool> {
        if (auto visited = Visit(at); !visited.ok()) return visited;
        if (stretch_.size() < size) return true;
        last_ = at.record;
        return false;
      });
  if (!scanned.ok()) return scanned;
  return stretch_.size() == size;
}

absl::StatusOr<bool> TransferChangeScan::Visit(const ScannedRecord& at) {
  const HeldStatement& held_before = at.holds[0];
  const HeldStatement& held_after = at.holds[1];
  const bool same =
      held_before.said && held_after.said && held_before.version == held_after.version;
  const bool wants_scope = options_.counts && options_.newest_scope != nullptr;
  if (same && !wants_scope) return true;
  before_.Clear();
  after_.Clear();
  if (held_after.said) {
    if (absl::Status s = held_after.Decode(&after_); !s.ok()) return s;
  }
  const auto fits = [&](const v1::StatementRow& row) {
    const bool is_transfer = row.present() && !row.facets().supplier().empty();
    return is_transfer && filter_.PartiesFit(row.facets());
  };
  const bool after_fits = fits(after_);
  if (wants_scope && after_fits && !Covers(*options_.newest_scope, after_.facets())) {
    ++counts_.outside_scope;
  }
  if (same) return true;
  if (held_before.said) {
    if (absl::Status s = held_before.Decode(&before_); !s.ok()) return s;
  }
  if (!after_fits && !fits(before_)) return true;
  const v1::Verb verb = VerbBetween(held_before, before_, after_);
  if (verb == v1::VERB_REPEATED || !filter_.VerbFits(verb)) return true;
  FoundChange& change = stretch_.emplace_back();
  change.record = at.record;
  change.verb = verb;
  if (held_before.said) change.before = held_before.version.sequence;
  if (held_after.said) change.after = held_after.version.sequence;
  change.before_version = held_before.version;
  change.may_be_reading = !held_after.said || known_stamps_.contains(held_after.version.stamp);
  return true;
}

absl::Status TransferChangeScan::ReadClasses() {
  // Editions list their records in much the same order, which need not be that of the keys.
  std::vector<FoundChange*> in_log_order;
  for (FoundChange& change : stretch_) in_log_order.push_back(&change);
  std::sort(in_log_order.begin(), in_log_order.end(),
            [](const FoundChange* a, const FoundChange* b) { return a->after < b->after; });
  for (FoundChange* change : in_log_order) {
    if (absl::Status s = cuts_.later.CountRow(); !s.ok()) return s;
    if (absl::Status s = ReadClasses(*change); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status TransferChangeScan::ReadClasses(FoundChange& change) {
  RowCursor& rows = cuts_.later.rows();
  const bool is_revision = change.verb == v1::VERB_REVISED;
  if (change.after != 0 && (is_revision || change.may_be_reading)) {
    if (absl::Status s = ReadEventAt(rows, change.after, &after_entry_); !s.ok()) return s;
  }
  auto is_reading = IsReadingAlone(change, after_entry_.event());
  if (!is_reading.ok()) return is_reading.status();
  if (*is_reading) {
    change.classes = SetOf(v1::CHANGE_CLASS_REPARSED);
  } else if (is_revision) {
    if (absl::Status s = ReadEventAt(rows, change.before, &before_entry_); !s.ok()) return s;
    for (v1::ChangeClass one : ClassesOf(before_entry_.event(), after_entry_.event())) {
      change.classes |= SetOf(one);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> TransferChangeScan::IsReadingAlone(const FoundChange& change,
                                                        const v1::Event& after) {
  if (!change.may_be_reading) return false;
  // What was accepted since decides; where that is no statement, it withdrew the one before.
  if (change.after > cuts_.earlier.sequence()) return after.cause() == v1::CAUSE_REPARSED;
  auto cause = CauseOfVoid(change);
  if (!cause.ok()) return cause.status();
  return *cause == v1::CAUSE_REPARSED;
}

absl::StatusOr<v1::Cause> TransferChangeScan::CauseOfVoid(const FoundChange& change) {
  if (change.before == 0) return v1::CAUSE_UNSPECIFIED;
  const std::string key = KeyBuilder(kVoidedStatementRow)
                              .Text(options_.source)
                              .Text(change.record)
                              .Version(change.before_version)
                              .Take();
  RowCursor& rows = cuts_.later.rows();
  const auto value = rows.Find(key);
  if (!value.has_value()) {
    return rows.status().ok() ? absl::StatusOr<v1::Cause>(v1::CAUSE_UNSPECIFIED) : rows.status();
  }
  v1::StatementRow row;
  if (!row.ParseFromArray(value->data(), static_cast<int>(value->size()))) {
    return absl::DataLossError("view: a statement does not decode");
  }
  auto event = EventAt(rows, row.voided_sequence());
  if (!event.ok()) return event.status();
  return event->cause();
}

void TransferChangeScan::Keep() {
  for (FoundChange& change : stretch_) {
    if (!filter_.ClassesFit(change.classes)) continue;
    ++counts_.verbs[change.verb];
    for (int value = 0; value < v1::ChangeClass_ARRAYSIZE; ++value) {
      if ((change.classes & SetOf(value)) == 0) continue;
      ++counts_.classes[value];
      if (change.classes == SetOf(value)) ++counts_.alone[value];
    }
    if (changes_.size() < options_.wanted) changes_.push_back(std::move(change));
  }
}

}  // namespace dossier
