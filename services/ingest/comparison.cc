#include "services/ingest/comparison.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "services/model/scope.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr uint64_t kRecordsBetweenAsks = 4'096;
// Old contents that are read to compare the filling of columns, at most.
constexpr int kOldContentsMax = 20'000;

Said SaidOf(const Statement& statement) {
  return {statement.row.present(), statement.row.content_digest(), statement.row.facets()};
}

class Comparer {
 public:
  Comparer(const Views& views, const ComparisonInput& input)
      : input_(input), stamp_(StampKeyOf(input.edition->stamp())), rows_(views.Read()) {
    if (input.held != nullptr) next_ = {input.held->data(), input.held->size()};
    for (const v1::Edition& edition : *input.live) {
      const StampKey stamp = StampKeyOf(edition.loaded().stamp());
      if (!(stamp_ < stamp)) continue;
      later_.push_back({stamp, &edition.loaded().scope()});
      later_loaded_.push_back(&edition.loaded());
    }
    whole_timelines_ = input.retracts || input.reads_anew || !later_.empty();
  }

  absl::StatusOr<Comparison> Run(const Views& views) {
    auto known = views.Read();
    absl::Status status = ForEachRecord(
        *known, input_.edition->source(), "", whole_timelines_ ? kLastStamp : stamp_,
        [&](std::string_view record, const Statement& statement) -> absl::Status {
          if (absl::Status held = TakeHeldBefore(record); !held.ok()) return held;
          const bool is_held = !next_.empty() && next_.front().key == record;
          absl::Status done = TakeRecord(record, is_held ? &next_.front() : nullptr, &statement);
          if (is_held) next_ = next_.subspan(1);
          return done;
        });
    if (!status.ok()) return status;
    if (status = TakeHeldBefore(std::nullopt); !status.ok()) return status;
    return std::move(comparison_);
  }

 private:
  // The records that the edition holds and nobody knows, up to a known one.
  absl::Status TakeHeldBefore(std::optional<std::string_view> record) {
    while (!next_.empty() && (!record.has_value() || next_.front().key < *record)) {
      absl::Status status = TakeRecord(next_.front().key, &next_.front(), nullptr);
      if (!status.ok()) return status;
      next_ = next_.subspan(1);
    }
    return absl::OkStatus();
  }

  // `last`: the last statement of the record, up to the stamp or of all; null: there is none.
  absl::Status TakeRecord(std::string_view record, const HeldRecord* held, const Statement* last) {
    if (++records_ % kRecordsBetweenAsks == 0 && input_.proceed) {
      if (absl::Status status = input_.proceed(); !status.ok()) return status;
    }
    if (TakeUnchanged(held, last)) return absl::OkStatus();
    if (absl::Status status = ReadTimeline(record, last); !status.ok()) return status;
    if (absl::Status status = Weigh(held); !status.ok()) return status;

    std::vector<SaidAt> timeline;
    for (const Statement& statement : timeline_) {
      timeline.push_back({statement.version.stamp, SaidOf(statement)});
    }
    const v1::Scope* scope = input_.retracts ? nullptr : &input_.edition->scope();
    const std::optional<Said> said = held != nullptr ? std::optional(held->said) : std::nullopt;
    TakePlan(record, held, Replan(timeline, stamp_, said, scope, later_));
    return absl::OkStatus();
  }

  // Of the newest edition most records say what is known, where silence would have ended it: there
  // is nothing to plan.
  bool TakeUnchanged(const HeldRecord* held, const Statement* last) {
    if (whole_timelines_ || held == nullptr || last == nullptr || !last->row.present())
      return false;
    const bool repeats = last->row.content_digest() == held->said.content_digest &&
                         last->version.stamp < stamp_ &&
                         SilenceEnds(input_.edition->scope(), last->row.facets());
    if (!repeats) return false;
    ++comparison_.covered;
    comparison_.fill_rates.Count(held->filled_columns, held->filled_columns);
    comparison_.counts.set_unchanged(comparison_.counts.unchanged() + 1);
    return true;
  }

  // One statement a stamp: the winner.
  absl::Status ReadTimeline(std::string_view record, const Statement* last) {
    timeline_.clear();
    if (last == nullptr) return absl::OkStatus();
    if (!whole_timelines_) {
      timeline_.push_back(*last);
      return absl::OkStatus();
    }
    auto all = TimelineOf(*rows_, input_.edition->source(), record, /*voided=*/false);
    if (!all.ok()) return all.status();
    for (Statement& statement : *all) {
      if (!timeline_.empty() && timeline_.back().version.stamp == statement.version.stamp) {
        timeline_.pop_back();
      }
      timeline_.push_back(std::move(statement));
    }
    return absl::OkStatus();
  }

  const Statement* KnownBefore() const {
    const Statement* known = nullptr;
    for (const Statement& statement : timeline_) {
      if (statement.version.stamp < stamp_) known = &statement;
    }
    return known != nullptr && known->row.present() ? known : nullptr;
  }

  // Takes note of what warnings rest on.
  absl::Status Weigh(const HeldRecord* held) {
    const Statement* known = input_.retracts ? nullptr : KnownBefore();
    if (known == nullptr) return absl::OkStatus();
    if (SilenceEnds(input_.edition->scope(), known->row.facets())) ++comparison_.covered;
    if (held == nullptr) return absl::OkStatus();
    uint32_t filled_before = held->filled_columns;
    if (known->row.content_digest() != held->said.content_digest) {
      if (++old_contents_ > kOldContentsMax) return absl::OkStatus();
      auto event = EventAt(*rows_, known->version.sequence);
      if (!event.ok()) return event.status();
      filled_before = FilledColumns(event->present());
    }
    comparison_.fill_rates.Count(filled_before, held->filled_columns);
    return absl::OkStatus();
  }

  void TakePlan(std::string_view record, const HeldRecord* held, const RecordPlan& plan) {
    v1::LoadCounts& counts = comparison_.counts;
    const RecordPlan::Step* own = nullptr;
    const v1::Cause cause = CauseOf(held);
    for (const RecordPlan::Step& step : plan.steps) {
      if (step.stamp == stamp_) {
        own = &step;
        continue;
      }
      const auto at = std::find_if(later_.begin(), later_.end(), [&](const EditionAt& edition) {
        return edition.stamp == step.stamp;
      });
      Change change{std::string(record), later_loaded_[at - later_.begin()], step.is_void,
                    step.said, cause == v1::CAUSE_SOURCE ? v1::CAUSE_LATE_EDITION : cause};
      if (step.said.present) change.known_sequence = SequenceOf(step.said);
      step.is_void ? counts.set_voided(counts.voided() + 1)
                   : counts.set_restated(counts.restated() + 1);
      comparison_.changes.push_back(std::move(change));
    }
    if (own != nullptr && own->is_void) counts.set_voided(counts.voided() + 1);
    const bool says = own != nullptr && !own->is_void;
    if (held != nullptr) {
      says ? counts.set_published(counts.published() + 1)
           : counts.set_unchanged(counts.unchanged() + 1);
    } else if (says) {
      counts.set_absent(counts.absent() + 1);
    }
    if (own == nullptr) return;
    comparison_.changes.push_back(
        {std::string(record), input_.edition, own->is_void, own->said, cause, held});
  }

  v1::Cause CauseOf(const HeldRecord* held) const {
    if (input_.retracts) return v1::CAUSE_RETRACTION;
    if (input_.reads_anew) return v1::CAUSE_REPARSED;
    const Statement* known = KnownBefore();
    if (held == nullptr && known == nullptr) return v1::CAUSE_LATE_EDITION;
    const v1::Facets& facets = held != nullptr ? held->said.facets : known->row.facets();
    const bool newest = std::none_of(later_.begin(), later_.end(), [&](const EditionAt& edition) {
      return Covers(*edition.scope, facets);
    });
    return newest ? v1::CAUSE_SOURCE : v1::CAUSE_LATE_EDITION;
  }

  // An event of the record with this content.
  uint64_t SequenceOf(const Said& said) const {
    for (const Statement& statement : timeline_) {
      if (SaidOf(statement) == said) return statement.version.sequence;
    }
    return 0;
  }

  const ComparisonInput& input_;
  const StampKey stamp_;
  std::unique_ptr<RowCursor> rows_;
  std::span<const HeldRecord> next_;  // not taken yet
  std::vector<EditionAt> later_;
  std::vector<const v1::EditionLoaded*> later_loaded_;
  bool whole_timelines_ = false;
  std::vector<Statement> timeline_;  // of the record at hand
  uint64_t records_ = 0;
  int old_contents_ = 0;
  Comparison comparison_;
};

}  // namespace

absl::StatusOr<Comparison> Compare(const Views& views, const ComparisonInput& input) {
  return Comparer(views, input).Run(views);
}

}  // namespace dossier
