// Replan against the meaning of editions, spelled out as a fold over them in publish order.
#include "services/model/replan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "services/model/scope.h"

namespace dossier {
namespace {

struct ToyEdition {
  int stamp = 0;
  v1::Scope scope;
  std::optional<Said> held;  // of the one record
};

StampKey At(int stamp) { return {stamp, 0, {}}; }

Said Content(int number) {
  Said said;
  said.present = true;
  said.content_digest = std::string(16, static_cast<char>('a' + number));
  said.facets.set_supplier("state:RUS");
  said.facets.set_recipient(number % 2 == 0 ? "state:UKR" : "state:POL");
  const int year = number % 3 == 0 ? 2000 : 2010;
  said.facets.set_first_year(year);
  said.facets.set_last_year(year);
  said.facets.set_has_delivery(true);
  return said;
}

rc::Gen<v1::Scope> AnyScope() {
  return rc::gen::map(rc::gen::inRange(0, 6), [](int kind) {
    v1::Scope scope;
    scope.set_additions_only(kind == 5);
    if (kind == 1 || kind == 3) scope.add_recipient("state:UKR");
    if (kind == 2 || kind == 3) {
      scope.set_delivery_year_from(1999);
      scope.set_delivery_year_to(2005);
    }
    return scope;
  });
}

// An edition; the content that it holds, if any, may lie outside its own scope.
ToyEdition AnyEdition(int stamp) {
  ToyEdition edition;
  edition.stamp = stamp;
  edition.scope = *AnyScope();
  const int number = *rc::gen::inRange(-3, 6);
  if (number >= 0) edition.held = Content(number);
  return edition;
}

using Timeline = std::map<int, Said>;

// What is known after each edition, in publish order.
std::map<int, Said> Meaning(const std::map<int, ToyEdition>& editions) {
  std::map<int, Said> known_at;
  Said known;
  for (const auto& [stamp, edition] : editions) {
    if (edition.held.has_value()) {
      known = *edition.held;
    } else if (known.present && SilenceEnds(edition.scope, known.facets)) {
      known = Said{};
    }
    known_at[stamp] = known;
  }
  return known_at;
}

Said Lookup(const Timeline& timeline, int stamp) {
  auto after = timeline.upper_bound(stamp);
  return after == timeline.begin() ? Said{} : std::prev(after)->second;
}

// The timeline with repeats and a leading absence left out: what the knowledge digest is made of.
std::vector<std::pair<int, std::string>> Knowledge(const Timeline& timeline) {
  std::vector<std::pair<int, std::string>> knowledge;
  Said known;
  for (const auto& [stamp, said] : timeline) {
    if (said == known) continue;
    known = said;
    knowledge.emplace_back(stamp, said.content_digest);
  }
  return knowledge;
}

class Source {
 public:
  void Load(const ToyEdition& edition) {
    Apply(edition.stamp, edition.held, &edition.scope);
    live_[edition.stamp] = edition;
  }
  void Retract(int stamp) {
    live_.erase(stamp);
    Apply(stamp, std::nullopt, nullptr);
    RC_ASSERT(timeline_.count(stamp) == 0u);
  }
  const std::map<int, ToyEdition>& live() const { return live_; }
  const Timeline& timeline() const { return timeline_; }

 private:
  void Apply(int stamp, const std::optional<Said>& held, const v1::Scope* scope) {
    std::vector<SaidAt> timeline;
    for (const auto& [at, said] : timeline_) timeline.push_back({At(at), said});
    std::vector<EditionAt> later;
    for (auto it = live_.upper_bound(stamp); it != live_.end(); ++it) {
      later.push_back({At(it->first), &it->second.scope});
    }
    for (const auto& step : Replan(timeline, At(stamp), held, scope, later).steps) {
      const int at = static_cast<int>(step.stamp.micros);
      RC_ASSERT(at >= stamp);
      if (step.is_void) {
        RC_ASSERT(timeline_.erase(at) == 1u);
      } else {
        timeline_[at] = step.said;
      }
    }
    bool was_present = false;
    for (const auto& [at, said] : timeline_) {
      RC_ASSERT(said.present || was_present);  // no absence that ends nothing
      was_present = said.present;
    }
  }

  std::map<int, ToyEdition> live_;
  Timeline timeline_;
};

void ExpectMeaning(const Source& source) {
  for (const auto& [stamp, known] : Meaning(source.live())) {
    RC_ASSERT(Lookup(source.timeline(), stamp) == known);
  }
}

RC_GTEST_PROP(Replan, EveryEditionStillSaysWhatItSaid, ()) {
  Source source;
  const int steps = *rc::gen::inRange(1, 12);
  for (int i = 0; i < steps; ++i) {
    const int stamp = *rc::gen::inRange(1, 8);
    if (source.live().contains(stamp)) {
      // A second edition at one stamp is refused; half of the time take the first one back.
      if (*rc::gen::arbitrary<bool>()) source.Retract(stamp);
    } else {
      source.Load(AnyEdition(stamp));
    }
    ExpectMeaning(source);
  }
}

RC_GTEST_PROP(Replan, OneTimelineWhateverTheOrder, ()) {
  std::vector<ToyEdition> editions;
  const int count = *rc::gen::inRange(1, 7);
  for (int stamp = 1; stamp <= count; ++stamp) editions.push_back(AnyEdition(stamp));
  Source in_order;
  for (const ToyEdition& edition : editions) in_order.Load(edition);
  for (int shuffle = 0; shuffle < 6; ++shuffle) {
    for (size_t i = editions.size(); i > 1; --i) {
      std::swap(editions[i - 1], editions[*rc::gen::inRange<size_t>(0, i)]);
    }
    Source shuffled;
    for (const ToyEdition& edition : editions) {
      shuffled.Load(edition);
      if (*rc::gen::inRange(0, 4) == 0) {  // taken back and loaded again
        shuffled.Retract(edition.stamp);
        shuffled.Load(edition);
      }
    }
    RC_ASSERT(Knowledge(shuffled.timeline()) == Knowledge(in_order.timeline()));
  }
}

RC_GTEST_PROP(Replan, ANewReadingOfTheSameBytesIsAsIfItHadBeenTheFirst, ()) {
  Source read_anew;
  Source read_once;
  const int count = *rc::gen::inRange(1, 6);
  const int target = *rc::gen::inRange(1, count + 1);
  ToyEdition newer = AnyEdition(target);
  for (int stamp = 1; stamp <= count; ++stamp) {
    const ToyEdition edition = AnyEdition(stamp);
    read_anew.Load(edition);
    read_once.Load(stamp == target ? newer : edition);
  }
  if (*rc::gen::arbitrary<bool>()) {  // with an edition that came in late between
    ToyEdition late = AnyEdition(0);
    read_anew.Load(late);
    read_once.Load(late);
  }
  read_anew.Load(newer);
  ExpectMeaning(read_anew);
  RC_ASSERT(Knowledge(read_anew.timeline()) == Knowledge(read_once.timeline()));
}

}  // namespace
}  // namespace dossier
