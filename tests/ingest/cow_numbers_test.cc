// Who bore a state number of the Correlates of War.
#include "services/ingest/sources/cow_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Date Day(const char* text) { return *text == '\0' ? v1::Date() : *ParseDate(text); }

std::vector<std::string> BearersOf(int number, const char* from, const char* to) {
  static const auto& table = *new ActorTable();
  static const auto& numbers = *new CowNumbers(table);
  std::vector<std::string> texts;
  for (const CowBearer& bearer : numbers.BearersOf(number, Day(from), Day(to))) {
    texts.push_back(absl::StrCat(bearer.actor, " ", PrintDate(bearer.from_date), "..",
                                 PrintDate(bearer.to_date)));
  }
  return texts;
}

TEST(CowNumbersTest, WhoeverBoreItThen) {
  EXPECT_THAT(BearersOf(365, "1961-07-06", "1985"), ElementsAre("state:SUN 1961-07-06..1985"));
  EXPECT_THAT(BearersOf(365, "2000-02-09", ""), ElementsAre("state:RUS 2000-02-09.."));
  EXPECT_THAT(BearersOf(345, "1990-11-21", "1991-03"),
              ElementsAre("state:YUG 1990-11-21..1991-03"));
  EXPECT_THAT(BearersOf(345, "2000-11-27", ""), ElementsAre("state:SRB 2000-11-27.."));
  EXPECT_THAT(BearersOf(260, "1955", "1990"), ElementsAre("state:DEU 1955..1990"));
  EXPECT_THAT(BearersOf(255, "1990-10-03", ""), ElementsAre("state:DEU 1990-10-03.."));
  EXPECT_THAT(BearersOf(265, "1955", "1990"), ElementsAre("state:DDR 1955..1990"));
}

TEST(CowNumbersTest, ATimeIsPartedWhereOneFollowedTheOther) {
  EXPECT_THAT(BearersOf(365, "1961-07-06", ""),
              ElementsAre("state:SUN 1961-07-06..1991-12-25", "state:RUS 1991-12-26.."));
  EXPECT_THAT(BearersOf(365, "1991-12-25", "1991-12-26"),
              ElementsAre("state:SUN 1991-12-25..1991-12-25", "state:RUS 1991-12-26..1991-12-26"));
  EXPECT_THAT(BearersOf(345, "1990-11-21", "1992-05"),
              ElementsAre("state:YUG 1990-11-21..1992-04-26", "state:SRB 1992-04-27..1992-05"));
  // Who bears it today, where nobody of the table bore it.
  EXPECT_THAT(BearersOf(365, "1914", "1939"),
              ElementsAre("state:RUS 1914..1922-12-29", "state:SUN 1922-12-30..1939"));
  EXPECT_THAT(BearersOf(365, "", ""), ElementsAre("state:RUS ..1922-12-29",
                                                  "state:SUN 1922-12-30..1991-12-25",
                                                  "state:RUS 1991-12-26.."));
}

TEST(CowNumbersTest, APartialBoundIsAWindow) {
  EXPECT_THAT(BearersOf(365, "1991", "1993"),
              ElementsAre("state:SUN 1991..1991-12-25", "state:RUS 1991-12-26..1993"));
  EXPECT_THAT(BearersOf(365, "1992", "1993"), ElementsAre("state:RUS 1992..1993"));
  EXPECT_THAT(BearersOf(365, "1980", "1991"),
              ElementsAre("state:SUN 1980..1991-12-25", "state:RUS 1991-12-26..1991"));
}

TEST(CowNumbersTest, ANumberThatOnlyOneHasIsItsOwnAtAnyTime) {
  EXPECT_THAT(BearersOf(366, "1934-09-12", "1940"), ElementsAre("state:EST 1934-09-12..1940"));
  EXPECT_THAT(BearersOf(315, "1985", "1993-06"), ElementsAre("state:CSK 1985..1993-06"));
  EXPECT_THAT(BearersOf(731, "", ""), ElementsAre("state:PRK .."));
}

TEST(CowNumbersTest, ATimeThatEndsBeforeItBeginsIsWhoseItBegan) {
  EXPECT_THAT(BearersOf(365, "1995", "1980"), ElementsAre("state:RUS 1995..1980"));
}

TEST(CowNumbersTest, ANumberOfNobody) {
  EXPECT_THAT(BearersOf(9999, "1914", "1918"), IsEmpty());
  EXPECT_THAT(BearersOf(0, "", ""), IsEmpty());
}

}  // namespace
}  // namespace dossier
