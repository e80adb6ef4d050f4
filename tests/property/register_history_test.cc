// Random histories of a register that gives its deals no numbers, through the real ingest path:
// whatever the order, whatever is repeated, taken back or interrupted, one knowledge and the same
// answers; and the order of an edition's rows means nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/property/any_history.h"
#include "tests/property/register_history_fixture.h"

namespace dossier {
namespace {

RC_GTEST_PROP(RegisterHistory, EveryPublishTimeSaysWhatTheLiveEditionsSay, ()) {
  RegisterHistory history;
  const std::vector<ToyRegister> editions = AnyEditions(5, AnyToyRegister);
  LoadAndRetract(editions, 9, &history);
  history.ExpectRebuilt();
}

RC_GTEST_PROP(RegisterHistory, OneKnowledgeAndOneAnswerForEachSetOfEditions, ()) {
  std::vector<ToyRegister> editions = AnyEditions(5, AnyToyRegister);
  RegisterHistory in_order;
  for (const ToyRegister& edition : editions) in_order.Load(edition);
  Shuffle(&editions);
  RegisterHistory shuffled;
  for (const ToyRegister& edition : editions) {
    switch (*rc::gen::inRange(0, 5)) {
      case 0:  // taken back and loaded again
        shuffled.Load(edition);
        shuffled.Retract(edition);
        break;
      case 1: {  // after one that was a mistake
        const ToyRegister mistake = AnyToyRegister();
        const size_t count = shuffled.live().size();
        shuffled.Load(mistake);
        if (shuffled.live().size() > count) shuffled.Retract(mistake);
        break;
      }
      case 2:
        shuffled.CrashWhileLoading(edition);
        break;
      default:
        break;
    }
    shuffled.Load(edition);
    if (*rc::gen::inRange(0, 4) == 0) shuffled.Load(edition);
  }
  RC_ASSERT(shuffled.live().size() == in_order.live().size());
  shuffled.ExpectMeaning();
  RC_ASSERT(shuffled.Knowledge() == in_order.Knowledge());
  const std::vector<std::string> expected = in_order.Answers();
  const std::vector<std::string> answers = shuffled.Answers();
  RC_ASSERT(answers.size() == expected.size());
  for (size_t i = 0; i < answers.size(); ++i) RC_ASSERT(answers[i] == expected[i]);
  shuffled.ExpectRebuilt();
}

// Each edition on a day of its own: two of one day are told apart by their bytes.
RC_GTEST_PROP(RegisterHistory, TheOrderOfRowsMeansNothing, ()) {
  std::vector<ToyRegister> editions = AnyEditions(kLastToyDay, AnyToyRegister);
  RegisterHistory as_is, shuffled;
  for (size_t i = 0; i < editions.size(); ++i) {
    editions[i].day = static_cast<int>(i) + 1;
    const ToyRegister other = Shuffled(editions[i]);
    as_is.Load(editions[i]);
    shuffled.Load(other);
    const ReadRegister read(editions[i]), read_other(other);
    RC_ASSERT(read.scope.SerializeAsString() == read_other.scope.SerializeAsString());
  }
  const std::vector<std::string> expected = as_is.Events();
  const std::vector<std::string> events = shuffled.Events();
  RC_ASSERT(events.size() == expected.size());
  for (size_t i = 0; i < events.size(); ++i) RC_ASSERT(events[i] == expected[i]);
  RC_ASSERT(as_is.Answers() == shuffled.Answers());
}

}  // namespace
}  // namespace dossier
