// What the histories of all toy sources go through: some editions, in some order, some of them
// loaded again or taken back.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "rapidcheck.h"

namespace dossier {

// At least one, each made by `any`.
template <typename Edition>
std::vector<Edition> AnyEditions(int count_max, Edition (*any)()) {
  std::vector<Edition> editions(*rc::gen::inRange(1, count_max + 1));
  for (Edition& edition : editions) edition = any();
  return editions;
}

template <typename Edition>
void Shuffle(std::vector<Edition>* editions) {
  for (size_t i = editions->size(); i > 1; --i) {
    std::swap((*editions)[i - 1], (*editions)[*rc::gen::inRange<size_t>(0, i)]);
  }
}

// Fewer than `steps_end` loads and retractions; after each the history means what its live editions
// say.
template <typename History, typename Edition>
void LoadAndRetract(const std::vector<Edition>& editions, int steps_end, History* history) {
  const int steps = *rc::gen::inRange(1, steps_end);
  for (int i = 0; i < steps; ++i) {
    if (!history->live().empty() && *rc::gen::inRange(0, 3) == 0) {
      history->Retract(*rc::gen::inRange<size_t>(0, history->live().size()));
    } else {
      history->Load(*rc::gen::elementOf(editions));
    }
    history->ExpectMeaning();
  }
}

}  // namespace dossier
