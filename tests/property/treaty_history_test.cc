// Random histories of a collection of treaties whose editions are whole, of some treaties alone, or
// only add: at every publish time it says what the live editions say, and any order of arrival,
// with repeats and a retraction, ends in one knowledge and the same answers of treaties and ties.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "services/model/dates.h"
#include "services/query/tie.h"
#include "services/query/treaties_query.h"
#include "storage/timeline.h"
#include "tests/property/any_history.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_treaty_fixture.h"

namespace dossier {
namespace {

// A point to ask at: a day in the world, and a day of January 2021 by which it was known.
struct Moment {
  v1::Date effective;
  int known_day = 0;

  v1::ReadAt ReadAt() const {
    v1::ReadAt read_at;
    *read_at.mutable_cut()->mutable_effective_date() = effective;
    *read_at.mutable_cut()->mutable_known_by_date() = MakeDate(2021, 1, known_day);
    return read_at;
  }
};

std::vector<Moment> Moments() {
  std::vector<Moment> moments;
  for (const v1::Date& effective :
       {MakeDate(2000, 3, 15), MakeDate(2001, 6, 1), MakeDate(2002, 3, 20), MakeDate(2004),
        MakeDate(2005, 6, 15), MakeDate(2022)}) {
    for (int day = 1; day <= 4; ++day) moments.push_back({effective, day});
  }
  return moments;
}

// Which edition of several that say the same is the one that was written depends on the order; what
// was said does not.
void ForgetArrival(v1::Ground* ground) {
  ground->clear_stamp();
  ground->clear_event_id();
  ground->clear_sequence();
  ground->clear_edition_id();
  ground->clear_locator();
  ground->clear_cause();
}

std::string TextOf(v1::GetTreatyResponse response) {
  response.clear_answered_at();
  for (v1::TreatyEntry& entry : *response.mutable_entry()) {
    for (v1::Ground& ground : *entry.mutable_ground()) ForgetArrival(&ground);
    for (v1::PartyStanding& party : *entry.mutable_party()) {
      for (v1::Ground& ground : *party.mutable_ground()) ForgetArrival(&ground);
    }
  }
  return response.DebugString();
}

std::string TextOf(v1::GetTieResponse response) {
  response.clear_answered_at();
  for (v1::SourceTie& source : *response.mutable_tie()->mutable_source()) {
    source.clear_edition();
    for (v1::TreatyTie& treaty : *source.mutable_treaty()) {
      for (v1::Ground& ground : *treaty.mutable_ground()) ForgetArrival(&ground);
    }
  }
  return response.DebugString();
}

class TreatyHistory {
 public:
  TreatyHistory() { path_.ReadWith(ToyTreatyFormats()); }

  void Load(const ToyTreatyEdition& edition) {
    RC_LOG() << "load " << edition;
    const auto report = path_.Load(edition.Text(), edition.Options());
    RC_ASSERT(report.ok());
    const v1::LoadCounts& counts = report->edition().counts();
    RC_ASSERT(counts.read() == edition.rows.size());
    RC_ASSERT(counts.read() == counts.published() + counts.unchanged());
    const StampKey stamp = StampKeyOf(report->edition().stamp());
    live_[stamp] = edition;
    loaded_[stamp] = report->edition();
  }

  void Retract(size_t index) {
    const auto at = std::next(live_.begin(), static_cast<int64_t>(index));
    RC_LOG() << "retract " << at->second;
    RC_ASSERT(path_.Retract(loaded_.at(at->first)).ok());
    live_.erase(at);
  }

  // Where the live edition of its day and ordinal is; the number of all: there is none.
  size_t PlaceOf(const ToyTreatyEdition& edition) const {
    size_t place = 0;
    for (const auto& [stamp, live] : live_) {
      if (live.day == edition.day && live.ordinal == edition.ordinal) break;
      ++place;
    }
    return place;
  }
  bool HasStampOf(const ToyTreatyEdition& edition) const {
    return PlaceOf(edition) < live_.size();
  }

  void ExpectMeaning() {
    auto rows = path_.views().Read();
    for (const auto& [stamp, said] : MeaningOf(live_)) {
      for (const std::string& record : ToyTreatyRecords()) {
        const auto statement = LatestAt(*rows, kToyTreatySource, record, {stamp, UINT64_MAX});
        RC_ASSERT(statement.ok());
        const bool present = statement->has_value() && (*statement)->row.present();
        RC_LOG() << record << " at " << stamp.micros << "\n";
        const auto expected = said.find(record);
        RC_ASSERT(present == (expected != said.end()));
        if (!present) continue;
        const auto event = EventAt(*rows, (*statement)->version.sequence);
        RC_ASSERT(event.ok());
        const v1::Treaty treaty = ToyTreatyOf(record, expected->second);
        RC_ASSERT(event->present().treaty().SerializeAsString() == treaty.SerializeAsString());
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

  // What is answered of every treaty and of every pair, at every moment.
  std::vector<std::string> Answers() {
    std::vector<std::string> answers;
    for (const Moment& moment : Moments()) {
      auto as_of = AsOf::Open(path_.views(), moment.ReadAt(), {});
      RC_ASSERT(as_of.ok());
      for (const std::string& id : ToyTreatyIds()) {
        v1::GetTreatyRequest request;
        request.set_treaty(id);
        const auto treaty = GetTreaty(*as_of, Actors(), request);
        RC_ASSERT(treaty.ok() || absl::IsNotFound(treaty.status()));
        answers.push_back(treaty.ok() ? TextOf(*treaty) : "none");
      }
      const std::vector<std::string> parties = ToyTreatyParties();
      for (size_t i = 0; i < parties.size(); ++i) {
        v1::GetTieRequest request;
        request.set_a(parties[i]);
        request.set_b(parties[(i + 1) % parties.size()]);
        const auto tie = GetTie(*as_of, Actors(), request);
        RC_ASSERT(tie.ok());
        answers.push_back(TextOf(*tie));
      }
    }
    return answers;
  }

  const std::map<StampKey, ToyTreatyEdition>& live() const { return live_; }
  std::string Knowledge() { return path_.TakeDigests().knowledge; }

 private:
  IngestPath path_;
  std::map<StampKey, ToyTreatyEdition> live_;
  std::map<StampKey, v1::EditionLoaded> loaded_;
};

RC_GTEST_PROP(TreatyHistory, EveryPublishTimeSaysWhatTheLiveEditionsSay, ()) {
  TreatyHistory history;
  const std::vector<ToyTreatyEdition> editions = AnyEditions(5, AnyToyTreatyEdition);
  LoadAndRetract(editions, 9, &history);
  history.ExpectRebuilt();
}

RC_GTEST_PROP(TreatyHistory, OneKnowledgeAndOneAnswerForEachSetOfEditions, ()) {
  std::vector<ToyTreatyEdition> editions = AnyEditions(5, AnyToyTreatyEdition);
  TreatyHistory in_order;
  for (const ToyTreatyEdition& edition : editions) in_order.Load(edition);
  Shuffle(&editions);
  TreatyHistory shuffled;
  const ToyTreatyEdition mistake = AnyToyTreatyEdition();
  const size_t mistaken_at = *rc::gen::inRange<size_t>(0, editions.size() + 1);
  const bool is_mistaken = !in_order.HasStampOf(mistake);
  for (size_t i = 0; i <= editions.size(); ++i) {
    if (i == mistaken_at && is_mistaken) shuffled.Load(mistake);
    if (i == editions.size()) break;
    shuffled.Load(editions[i]);
    if (*rc::gen::inRange(0, 4) == 0) shuffled.Load(editions[i]);
  }
  if (is_mistaken) shuffled.Retract(shuffled.PlaceOf(mistake));
  shuffled.ExpectMeaning();
  RC_ASSERT(shuffled.Knowledge() == in_order.Knowledge());
  const std::vector<std::string> expected = in_order.Answers();
  const std::vector<std::string> answers = shuffled.Answers();
  RC_ASSERT(answers.size() == expected.size());
  for (size_t i = 0; i < answers.size(); ++i) RC_ASSERT(answers[i] == expected[i]);
  shuffled.ExpectRebuilt();
}

}  // namespace
}  // namespace dossier
