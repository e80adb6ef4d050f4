#include "services/query/entry_source.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "services/query/live_editions.h"
#include "services/query/version_scan.h"

namespace dossier {
namespace {

constexpr size_t kCoverageShown = 6;

// The later of two dates, by their last days; unset ones are the earliest.
void Raise(const v1::Date& date, std::optional<v1::Date>* latest) {
  if (date.year() == 0) return;
  if (!latest->has_value() || EndOf(**latest) < EndOf(date)) *latest = date;
}

v1::Date CoveredUntil(const v1::Edition& edition) {
  const v1::Date& until = edition.loaded().covers_until();
  return until.year() != 0 ? until : dossier::DateOf(edition.loaded().stamp());
}

// Takes a standing statement in; of those that share a stamp, the last one wins.
void Append(Statement statement, std::vector<TimelinePoint>* timeline) {
  const VersionKey& version = statement.version;
  if (!timeline->empty() && timeline->back().version.stamp == version.stamp) timeline->pop_back();
  v1::StatementRow& row = statement.row;
  timeline->push_back({version, row.present(), std::move(*row.mutable_facets())});
}

// Whether it is an edition of that part of the list, whichever of its records it covers.
bool IsOfPart(const v1::Scope& scope, v1::SanctionPart part) {
  return scope.part().empty() ||
         std::find(scope.part().begin(), scope.part().end(), part) != scope.part().end();
}

}  // namespace

absl::StatusOr<std::vector<TimelinePoint>> TimelineAt(AsOf& as_of, std::string_view source,
                                                      std::string_view record) {
  std::vector<TimelinePoint> timeline;
  VersionScan scan(as_of, source, record, std::nullopt);
  for (;;) {
    auto next = scan.Next();
    if (!next.ok()) return next.status();
    if (!next->has_value()) return timeline;
    if ((*next)->row.voided_sequence() != 0) continue;
    Append(**std::move(next), &timeline);
  }
}

std::vector<Run> RunsOf(const std::vector<TimelinePoint>& timeline) {
  std::vector<Run> runs;
  for (size_t i = 0; i < timeline.size(); ++i) {
    if (!timeline[i].present) continue;
    if (i == 0 || !timeline[i - 1].present) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  return runs;
}

absl::StatusOr<EntrySource> EntrySource::Open(AsOf& as_of, std::string source) {
  EntrySource opened;
  opened.facts_ = FindSource(source);
  auto live = LiveEditions(as_of, source);
  if (!live.ok()) return live.status();
  opened.live_ = *std::move(live);
  for (const v1::Edition& edition : opened.live_) {
    opened.stamps_.push_back(StampKeyOf(edition.loaded().stamp()));
  }
  if (opened.live_.empty()) {
    const std::string prefix = KeyBuilder(kEditionRow).Text(source).Take();
    as_of.rows().Seek(prefix);
    if (!as_of.rows().status().ok()) return as_of.rows().status();
    opened.has_editions_ = opened.facts_ != nullptr ||
                           (as_of.rows().Valid() && as_of.rows().key().starts_with(prefix));
  }
  opened.id_ = std::move(source);
  return opened;
}

const v1::Edition* EntrySource::EditionAt(const StampKey& stamp) const {
  const auto at = std::lower_bound(stamps_.begin(), stamps_.end(), stamp);
  return at != stamps_.end() && *at == stamp ? &live_[at - stamps_.begin()] : nullptr;
}

v1::Date EntrySource::DateOf(const StampKey& stamp) const {
  if (const v1::Edition* edition = EditionAt(stamp); edition != nullptr) {
    return dossier::DateOf(edition->loaded().stamp());
  }
  return dossier::DateOf(absl::FromUnixMicros(stamp.micros));
}

Showing EntrySource::ShowingOf(const std::vector<TimelinePoint>& timeline, const Run& run) const {
  const v1::Facets& facets = timeline[run.end - 1].facets;
  const StampKey& first = timeline[run.begin].version.stamp;
  const StampKey& last = timeline[run.end - 1].version.stamp;
  const bool is_dropped = run.end < timeline.size();

  Showing showing;
  showing.held_from = DateOf(first);
  showing.held_until = showing.last_said = DateOf(last);
  if (is_dropped) showing.dropped = DateOf(timeline[run.end].version.stamp);
  for (size_t i = run.begin; i > 0 && !timeline[i - 1].present; --i) {
    if (i > 1 && timeline[i - 2].present) {
      showing.dropped_before = DateOf(timeline[i - 1].version.stamp);
    }
  }
  std::optional<StampKey> unheld;
  if (run.begin > 0) unheld = timeline[run.begin - 1].version.stamp;
  std::optional<v1::Date> newest = DateOf(timeline.back().version.stamp);
  if (const v1::Edition* said = EditionAt(last)) Raise(CoveredUntil(*said), &showing.covered_until);
  for (size_t i = 0; i < live_.size(); ++i) {
    const v1::EditionLoaded& loaded = live_[i].loaded();
    const v1::Date date = dossier::DateOf(loaded.stamp());
    if (IsOfPart(loaded.scope(), facets.part())) Raise(date, &newest);
    if (!SilenceEnds(loaded.scope(), facets)) continue;
    if (stamps_[i] < first && (!unheld.has_value() || *unheld < stamps_[i])) unheld = stamps_[i];
    if (last < stamps_[i] && (!is_dropped || stamps_[i] < timeline[run.end].version.stamp)) {
      showing.held_until = date;
    }
    Raise(CoveredUntil(live_[i]), &showing.covered_until);
  }
  if (unheld.has_value()) showing.unheld_before = DateOf(*unheld);
  showing.newest = *newest;
  return showing;
}

v1::PublishStamp EntrySource::LastConfirmed(const v1::PublishStamp& said,
                                            const v1::Facets& facets) const {
  const StampKey key = StampKeyOf(said);
  for (size_t i = live_.size(); i > 0 && key < stamps_[i - 1]; --i) {
    const v1::EditionLoaded& loaded = live_[i - 1].loaded();
    if (SilenceEnds(loaded.scope(), facets)) return loaded.stamp();
  }
  return said;
}

std::string EntrySource::Coverage() const {
  if (live_.empty()) {
    return absl::StrCat(id_, has_editions_ ? ": no edition by this cut" : ": reports, no editions");
  }
  std::vector<std::string> scopes = CoverageOf(live_);
  const size_t all = scopes.size();
  if (all > kCoverageShown) {
    scopes.resize(kCoverageShown);
    scopes.push_back(absl::StrCat("and ", all - kCoverageShown, " more"));
  }
  std::string text = absl::StrCat(id_, ": ", absl::StrJoin(scopes, " | "), "; ", live_.size(),
                                  live_.size() == 1 ? " edition" : " editions");
  const v1::Date until = CoversUntil(live_);
  if (until.year() != 0) absl::StrAppend(&text, ", covers until ", PrintDate(until));
  return text;
}

}  // namespace dossier
