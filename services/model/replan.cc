#include "services/model/replan.h"

#include "services/model/scope.h"

namespace dossier {
namespace {

using Lookup = std::optional<Said>;  // nullopt: nothing was said by then

bool SayTheSame(const Lookup& a, const Lookup& b) {
  // Absent from the start and never heard of are one knowledge.
  const bool a_present = a.has_value() && a->present;
  const bool b_present = b.has_value() && b->present;
  return a_present == b_present && (!a_present || *a == *b);
}

// Walks a record's statements in publish order, once.
class Walk {
 public:
  explicit Walk(const std::vector<SaidAt>& timeline) : timeline_(timeline) {}

  // Moves to just before `stamp`.
  void ToBefore(const StampKey& stamp) {
    while (next_ < timeline_.size() && timeline_[next_].stamp < stamp)
      known_ = timeline_[next_++].said;
  }
  // The statement at exactly `stamp`; call after ToBefore(stamp).
  const Said* At(const StampKey& stamp) const {
    return next_ < timeline_.size() && timeline_[next_].stamp == stamp ? &timeline_[next_].said
                                                                       : nullptr;
  }
  const Lookup& known() const { return known_; }

 private:
  const std::vector<SaidAt>& timeline_;
  size_t next_ = 0;
  Lookup known_;
};

// What is known after an edition, given what it holds and what was known before it.
Lookup After(const std::optional<Said>& held, const v1::Scope* scope, const Lookup& before) {
  if (held.has_value()) return held;
  if (scope != nullptr && before.has_value() && before->present &&
      SilenceEnds(*scope, before->facets)) {
    return Said{};
  }
  return before;
}

// What must stand at a stamp so that `wanted` is known there, given `before` and what stands now.
std::optional<RecordPlan::Step> StepTo(const Lookup& wanted, const Lookup& before,
                                       const Said* standing, const StampKey& stamp) {
  const Lookup now = standing != nullptr ? Lookup(*standing) : before;
  const bool is_unsaid = SayTheSame(wanted, before);
  // An absence that ends nothing any more would make the next report one that came back.
  const bool ends_nothing = standing != nullptr && !standing->present && is_unsaid;
  if (SayTheSame(wanted, now) && !ends_nothing) return std::nullopt;
  if (standing != nullptr && is_unsaid) return RecordPlan::Step{stamp, /*is_void=*/true, {}};
  return RecordPlan::Step{stamp, /*is_void=*/false, wanted.value_or(Said{})};
}

// The step at the edition's own stamp.
std::optional<RecordPlan::Step> OwnStep(const std::optional<Said>& held, const v1::Scope* scope,
                                        const Lookup& after, const Lookup& before, const Said* own,
                                        const StampKey& stamp) {
  const RecordPlan::Step withdraw{stamp, /*is_void=*/true, {}};
  if (scope == nullptr) {  // even a statement that repeats what was known goes
    return own != nullptr ? std::optional(withdraw) : std::nullopt;
  }
  if (held.has_value() && !SilenceEnds(*scope, held->facets)) {
    // Nobody could read it back from the timeline: it must be written, repeat or not.
    if (own != nullptr && *own == *held) return std::nullopt;
    return RecordPlan::Step{stamp, /*is_void=*/false, *held};
  }
  if (own != nullptr && !held.has_value() && SayTheSame(after, before)) return withdraw;
  return StepTo(after, before, own, stamp);
}

// What a later edition holds for the record, read back from what was known with it in place: if
// it covers the known content and still let it stand, it holds it.
std::optional<Said> HeldBy(const EditionAt& edition, const Lookup& known_at) {
  if (known_at.has_value() && known_at->present && SilenceEnds(*edition.scope, known_at->facets)) {
    return known_at;
  }
  return std::nullopt;
}

}  // namespace

RecordPlan Replan(const std::vector<SaidAt>& timeline, const StampKey& stamp,
                  const std::optional<Said>& held, const v1::Scope* scope,
                  const std::vector<EditionAt>& later) {
  RecordPlan plan;
  Walk walk(timeline);
  walk.ToBefore(stamp);
  Lookup after = After(held, scope, walk.known());
  if (auto step = OwnStep(held, scope, after, walk.known(), walk.At(stamp), stamp)) {
    plan.steps.push_back(*std::move(step));
  }
  for (const EditionAt& edition : later) {
    walk.ToBefore(edition.stamp);
    const Said* standing = walk.At(edition.stamp);
    const Lookup old_after = standing != nullptr ? Lookup(*standing) : walk.known();
    const Lookup old_before = walk.known();
    if (SayTheSame(after, old_before)) break;  // from here on nothing changes
    std::optional<Said> holds = HeldBy(edition, old_after);
    if (!holds.has_value() && standing != nullptr && standing->present) holds = *standing;
    const Lookup before = after;
    after = After(holds, edition.scope, before);
    if (auto step = StepTo(after, before, standing, edition.stamp); step.has_value()) {
      plan.steps.push_back(*std::move(step));
    }
  }
  return plan;
}

}  // namespace dossier
