// Random histories of a list whose editions cover parts, programmes, or only add: at every publish
// time, and every sequence, the list is what the live editions say, and its count is its size.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "storage/timeline.h"
#include "tests/property/any_history.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_list_fixture.h"

namespace dossier {
namespace {

class ListHistory {
 public:
  ListHistory() { path_.ReadWith(ToyListFormats()); }

  void Load(const ToyListEdition& edition) {
    RC_LOG() << "load " << edition;
    const auto report = path_.Load(edition.Text(), edition.Options());
    RC_ASSERT(report.ok());
    const v1::LoadCounts& counts = report->edition().counts();
    RC_ASSERT(counts.read() == edition.rows.size());
    RC_ASSERT(counts.read() == counts.published() + counts.unchanged());
    const StampKey stamp = StampKeyOf(report->edition().stamp());
    live_[stamp] = edition;
    loaded_[stamp] = report->edition();
    counts_.push_back({path_.head(), Counts(MeaningOf(live_))});
  }

  void Retract(size_t index) {
    const auto at = std::next(live_.begin(), static_cast<int64_t>(index));
    RC_LOG() << "retract " << at->second;
    RC_ASSERT(path_.Retract(loaded_.at(at->first)).ok());
    live_.erase(at);
    counts_.push_back({path_.head(), Counts(MeaningOf(live_))});
  }

  void ExpectMeaning() {
    auto rows = path_.views().Read();
    for (const auto& [stamp, list] : MeaningOf(live_)) {
      for (const std::string& record : ToyListRecords()) {
        const auto statement = LatestAt(*rows, kToyListSource, record, {stamp, UINT64_MAX});
        RC_ASSERT(statement.ok());
        const bool present = statement->has_value() && (*statement)->row.present();
        RC_LOG() << record << " at day " << stamp.micros << "\n";
        const auto expected = list.find(record);
        RC_ASSERT(present == (expected != list.end()));
        if (present) RC_ASSERT(EntryAt(*rows, (*statement)->version.sequence) == expected->second);
      }
    }
  }

  // After each load and retraction, of each publish time: also as of the sequences of then.
  void ExpectCounts() {
    auto rows = path_.views().Read();
    for (const Known& known : counts_) {
      for (const auto& [stamp, count] : known.counts) {
        RC_ASSERT(CountAt(*rows, {stamp, known.sequence}) == count);
      }
    }
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

  const std::map<StampKey, ToyListEdition>& live() const { return live_; }
  std::string Knowledge() { return path_.TakeDigests().knowledge; }

 private:
  struct Known {
    uint64_t sequence = 0;
    std::map<StampKey, int64_t> counts;
  };

  static std::map<StampKey, int64_t> Counts(const std::map<StampKey, ToyList>& meaning) {
    std::map<StampKey, int64_t> counts;
    for (const auto& [stamp, list] : meaning) {
      counts[stamp] = std::count_if(list.begin(), list.end(), [](const auto& each) {
        return ToyPartOf(each.first) == v1::SANCTION_PART_ENTRY;
      });
    }
    return counts;
  }

  static int64_t CountAt(RowCursor& rows, const KnowledgeCut& cut) {
    int64_t count = 0;
    const std::string prefix = KeyBuilder(kEntryCountRow).Text(kToyListSource).Take();
    for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
      KeyParser key(rows.key());
      std::string_view source;
      StampKey stamp;
      uint64_t sequence = 0;
      RC_ASSERT(key.Text(&source) && key.Stamp(&stamp) && key.Number(&sequence));
      uint64_t more = 0;
      RC_ASSERT(KeyParser::OfBytes(rows.value()).Number(&more));
      RC_ASSERT(more != 0u);
      if (stamp <= cut.stamp && sequence <= cut.sequence) count += static_cast<int64_t>(more);
    }
    return count;
  }

  static ToyEntry EntryAt(RowCursor& rows, uint64_t sequence) {
    const auto event = EventAt(rows, sequence);
    RC_ASSERT(event.ok());
    const v1::Sanction& sanction = event->present().sanction();
    return {{sanction.programme().begin(), sanction.programme().end()},
            std::stoi(sanction.remarks())};
  }

  IngestPath path_;
  std::map<StampKey, ToyListEdition> live_;
  std::map<StampKey, v1::EditionLoaded> loaded_;
  std::vector<Known> counts_;
};

RC_GTEST_PROP(ListHistory, EveryCutSaysWhatTheLiveEditionsSay, ()) {
  ListHistory history;
  const std::vector<ToyListEdition> editions = AnyEditions(5, AnyToyListEdition);
  LoadAndRetract(editions, 10, &history);
  history.ExpectCounts();
  history.ExpectRebuilt();
}

RC_GTEST_PROP(ListHistory, OneKnowledgeForEachSetOfEditions, ()) {
  std::vector<ToyListEdition> editions = AnyEditions(5, AnyToyListEdition);
  ListHistory in_order;
  for (const ToyListEdition& edition : editions) in_order.Load(edition);
  Shuffle(&editions);
  ListHistory shuffled;
  for (const ToyListEdition& edition : editions) {
    shuffled.Load(edition);
    if (*rc::gen::inRange(0, 4) == 0) shuffled.Load(edition);
  }
  shuffled.ExpectMeaning();
  shuffled.ExpectCounts();
  RC_ASSERT(shuffled.Knowledge() == in_order.Knowledge());
}

}  // namespace
}  // namespace dossier
