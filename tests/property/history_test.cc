// Random histories of a source through the real ingest path: whatever the order, whatever is
// repeated, taken back and loaded again, what is known is what the live editions say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/query/feed.h"
#include "storage/timeline.h"
#include "tests/property/any_history.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_editions_fixture.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-deals";

// A source, loaded through the real path, beside the editions that are live by rights.
class History {
 public:
  // Loads an edition that may be live already.
  void Load(const ToyEdition& edition) {
    RC_LOG() << "load " << edition << "\n";
    const uint64_t head = path_.head();
    const auto report = path_.Load(edition.Text(), edition.Options());
    RC_ASSERT(report.ok());
    const v1::LoadCounts& counts = report->edition().counts();
    RC_ASSERT(counts.read() == edition.rows.size());
    RC_ASSERT(counts.read() == counts.published() + counts.unchanged() + counts.rejected());
    RC_ASSERT(counts.rejected() == 0u);
    const StampKey stamp = StampKeyOf(report->edition().stamp());
    const bool repeated = live_.contains(stamp);
    RC_ASSERT(report->already_loaded() == repeated);
    RC_ASSERT((path_.head() == head) == repeated);
    if (!repeated) {
      RC_ASSERT(report->last_sequence() == path_.head());
      RC_ASSERT(report->last_sequence() - report->first_sequence() ==
                counts.published() + counts.absent() + counts.restated() + counts.voided());
      if (IsArchived(stamp, edition)) RC_ASSERT(NewsAfter(head) == 0);
    }
    live_[stamp] = edition;
    loaded_[stamp] = report->edition();
  }

  // Takes the edition number `index` of the live ones back.
  void Retract(size_t index) {
    const auto at = std::next(live_.begin(), static_cast<int64_t>(index));
    RC_LOG() << "retract " << at->second << "\n";
    const uint64_t head = path_.head();
    RC_ASSERT(path_.Retract(loaded_.at(at->first)).ok());
    RC_ASSERT(!path_.Retract(loaded_.at(at->first)).ok());
    live_.erase(at);
    RC_ASSERT(NewsAfter(head) == 0);
  }

  // At every publish time, and before the first, each record is what the editions say.
  void ExpectMeaning() {
    auto rows = path_.views().Read();
    ExpectKnown(*rows, StampKey{}, {});
    for (const auto& [stamp, knowledge] : MeaningOf(live_)) ExpectKnown(*rows, stamp, knowledge);
  }

  void ExpectRebuilt() {
    const Digests digests = path_.TakeDigests();
    for (size_t bulk_records_min : {size_t{0}, SIZE_MAX}) {
      ProjectorOptions options;
      options.bulk_records_min = bulk_records_min;
      const Digests rebuilt = path_.RebuiltDigests(options);
      RC_ASSERT(rebuilt.view == digests.view);
      RC_ASSERT(rebuilt.knowledge == digests.knowledge);
    }
  }

  const std::map<StampKey, ToyEdition>& live() const { return live_; }
  std::string Knowledge() { return path_.TakeDigests().knowledge; }

 private:
  // Whether an edition is older than all that is live, or than one that covers all that it covers:
  // then it comes from an archive, and tells no news.
  bool IsArchived(const StampKey& stamp, const ToyEdition& edition) const {
    if (!live_.empty() && stamp < live_.begin()->first) return true;
    return std::any_of(live_.begin(), live_.end(), [&](const auto& each) {
      const ToyEdition& other = each.second;
      return stamp < each.first && other.year_from <= edition.year_from &&
             edition.year_to <= other.year_to &&
             (other.recipient.empty() || other.recipient == edition.recipient);
    });
  }

  // Feed items after a sequence for a watcher who wants news only.
  int NewsAfter(uint64_t sequence) {
    v1::WatchRequest request;
    request.set_news_only(true);
    WatchReader reader(path_.views(), Actors(), request, absl::Hours(1));
    int news = 0;
    for (bool caught_up = false; !caught_up;) {
      const auto chunk = reader.Read({});
      RC_ASSERT(chunk.ok());
      for (const v1::WatchResponse& message : chunk->messages) {
        caught_up = caught_up || message.caught_up();
        if (message.has_item() && message.item().sequence() > sequence) ++news;
      }
    }
    return news;
  }

  void ExpectKnown(RowCursor& rows, const StampKey& stamp, const ToyKnowledge& knowledge) {
    for (const ToyRecord& record : ToyRecords()) {
      const auto expected = knowledge.find(record);
      const auto statement = LatestAt(rows, kSource, record.Key(), {stamp, UINT64_MAX});
      RC_ASSERT(statement.ok());
      const bool present = statement->has_value() && (*statement)->row.present();
      RC_LOG() << record.Key() << " at " << stamp.micros << " #" << stamp.ordinal << "\n";
      RC_ASSERT(present == (expected != knowledge.end()));
      if (present) RC_ASSERT(ContentAt(rows, (*statement)->version.sequence) == expected->second);
    }
  }

  static ToyContent ContentAt(RowCursor& rows, uint64_t sequence) {
    const auto event = EventAt(rows, sequence);
    RC_ASSERT(event.ok());
    const v1::Transfer& transfer = event->present().transfer();
    return {static_cast<int>(transfer.delivery(0).number()), transfer.supplier().printed_name(),
            transfer.recipient().printed_name()};
  }

  IngestPath path_;
  std::map<StampKey, ToyEdition> live_;
  std::map<StampKey, v1::EditionLoaded> loaded_;
};

RC_GTEST_PROP(History, EveryPublishTimeSaysWhatTheLiveEditionsSay, ()) {
  History history;
  const std::vector<ToyEdition> editions = AnyEditions(5, AnyToyEdition);
  LoadAndRetract(editions, 10, &history);
  history.ExpectRebuilt();
}

RC_GTEST_PROP(History, OneKnowledgeForEachSetOfEditions, ()) {
  std::vector<ToyEdition> editions = AnyEditions(5, AnyToyEdition);
  History in_order;
  for (const ToyEdition& edition : editions) in_order.Load(edition);
  Shuffle(&editions);
  History shuffled;
  const auto retract_last = [&](const ToyEdition& edition) {
    size_t index = 0;
    for (const auto& [stamp, live] : shuffled.live()) {
      if (live.Text() == edition.Text() && live.ordinal == edition.ordinal) break;
      ++index;
    }
    shuffled.Retract(index);
  };
  for (const ToyEdition& edition : editions) {
    switch (*rc::gen::inRange(0, 5)) {
      case 0:  // taken back and loaded again
        shuffled.Load(edition);
        retract_last(edition);
        break;
      case 1: {  // after one that was a mistake
        const ToyEdition mistake = AnyToyEdition();
        const size_t count = shuffled.live().size();
        shuffled.Load(mistake);
        if (shuffled.live().size() > count) retract_last(mistake);
        break;
      }
      default:
        break;
    }
    shuffled.Load(edition);
    if (*rc::gen::inRange(0, 4) == 0) shuffled.Load(edition);
  }
  RC_ASSERT(shuffled.live().size() == in_order.live().size());
  shuffled.ExpectMeaning();
  RC_ASSERT(shuffled.Knowledge() == in_order.Knowledge());
}

}  // namespace
}  // namespace dossier
