#include "services/query/tie_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "services/model/dates.h"
#include "services/query/tie_facts.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::CivilDay kMay(2024, 5, 1);
constexpr absl::CivilDay kNovember(2024, 11, 1);

// What one analyst says of North Korea and Russia, as text proto, read for a day.
TieFacts Facts(const std::string& parts, const std::optional<absl::CivilDay>& day) {
  v1::Tie tie;
  const std::string text = absl::StrCat(
      "a { id: 'state:PRK' printed_name: 'North Korea' } ",
      "b { id: 'state:RUS' printed_name: 'Russia' } source { source: 'analyst:ana' ", parts, " }");
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &tie)) << text;
  TieFacts facts;
  AddFacts(tie, day, &facts);
  return facts;
}

std::string Troops(const std::string& in_force, const std::string& more) {
  return absl::StrCat("deployment { in_force: IN_FORCE_", in_force,
                      " deployment { sender { id: 'state:PRK' } supported { id: 'state:RUS' } ",
                      "description: 'troops' ", more, " } ground { record: 'troops' } } ");
}

std::string Pact(const std::string& standing, const std::string& more = "") {
  return absl::StrCat("treaty { treaty { id: 'treaty:pact' title: 'Pact' } on { standing: ",
                      "STANDING_", standing, " possible: STANDING_", standing, " ", more,
                      " } ground { record: 'pact' } } ");
}

// A change on one line: "2024-10 | nothing -> 10,000 troops".
std::vector<std::string> Lines(const std::vector<v1::TieChange>& changes) {
  std::vector<std::string> lines;
  for (const v1::TieChange& change : changes) {
    lines.push_back(absl::StrCat(change.has_date() ? PrintDate(change.date()) : "undated", " | ",
                                 change.before(), " -> ", change.after(),
                                 change.by_knowledge() ? " | by knowledge" : ""));
  }
  return lines;
}

struct Parts {
  std::string before, revised, after;
};

std::vector<v1::TieChange> Diff(const Parts& parts, const absl::CivilDay& from = kMay,
                                const absl::CivilDay& until = kNovember) {
  const TieFacts before = Facts(parts.before, from);
  const TieFacts revised = Facts(parts.revised, from);
  const TieFacts after = Facts(parts.after, until);
  std::vector<v1::TieChange> changes = DiffTies({&before, &revised, &after, {from, until}});
  SortTieChanges(&changes);
  return changes;
}

TEST(TieDiffTest, NothingChangedIsEmpty) {
  const std::string troops = Troops("YES", "personnel: 10000 from_date { year: 2023 }");
  EXPECT_THAT(Diff({troops, troops, troops}), IsEmpty());
  EXPECT_THAT(Diff({"", "", ""}), IsEmpty());
}

TEST(TieDiffTest, WhatBeginsIsDatedAsStated) {
  const std::string more = "personnel: 10000 from_date { year: 2024 month: 10 }";
  const auto changes = Diff({"", Troops("NO", more), Troops("YES", more)});
  EXPECT_THAT(Lines(changes), ElementsAre("2024-10 | nothing -> 10,000 troops, from 2024-10"));
  EXPECT_EQ(changes[0].family(), v1::TIE_FAMILY_DEPLOYMENT);
  EXPECT_EQ(changes[0].a().id(), "state:PRK");
  EXPECT_EQ(changes[0].b().id(), "state:RUS");
  EXPECT_EQ(changes[0].record(), "troops");
  EXPECT_EQ(changes[0].subject(), "troops");
  EXPECT_TRUE(changes[0].before_ground().empty());
  EXPECT_EQ(changes[0].after_ground_size(), 1);
}

TEST(TieDiffTest, WhatCameAndWentBetweenIsToldTwice) {
  const std::string more =
      "personnel: 500 from_date { year: 2024 month: 6 } to_date { year: 2024 month: 8 day: 31 }";
  const std::string words = "500 troops, 2024-06 to 2024-08-31";
  EXPECT_THAT(Lines(Diff({Troops("NO", more), Troops("NO", more), Troops("NO", more)})),
              ElementsAre("2024-06 | nothing -> " + words,
                          "2024-08-31 | " + words + " -> " + words + "; ended"));
}

TEST(TieDiffTest, WhatIsKnownLaterOfTheEarlierDayIsByKnowledge) {
  const auto troops = [](const std::string& number) {
    return Troops("YES", absl::StrCat("personnel: ", number, " from_date { year: 2023 }"));
  };
  EXPECT_THAT(Lines(Diff({troops("100"), troops("120"), troops("120")})),
              ElementsAre(
                  "undated | 100 troops, from 2023 -> 120 troops, from 2023 | by knowledge"));
  EXPECT_THAT(Lines(Diff({"", troops("120"), troops("120")})),
              ElementsAre("undated | nothing -> 120 troops, from 2023 | by knowledge"));
  EXPECT_THAT(Lines(Diff({troops("120"), "", ""})),
              ElementsAre("undated | 120 troops, from 2023 -> no longer reported | by knowledge"));
}

TEST(TieDiffTest, KnowledgeAndTheWorldAreStepsApart) {
  const std::string known = "from_date { year: 2023 }";
  const std::string ended = known + " to_date { year: 2024 month: 9 day: 2 }";
  EXPECT_THAT(Lines(Diff({Troops("YES", "personnel: 100 " + known),
                          Troops("YES", "personnel: 120 " + ended),
                          Troops("NO", "personnel: 120 " + ended)})),
              ElementsAre("2024-09-02 | 120 troops, 2023 to 2024-09-02 -> "
                          "120 troops, 2023 to 2024-09-02; ended",
                          "undated | 100 troops, from 2023 -> 120 troops, 2023 to 2024-09-02"
                          " | by knowledge"));
}

TEST(TieDiffTest, APartialDateThatMayLieOutsideSaysSo) {
  const std::string more = "from_date { year: 2024 }";
  const auto changes =
      Diff({Troops("POSSIBLY", more), Troops("POSSIBLY", more), Troops("POSSIBLY", more)});
  EXPECT_THAT(Lines(changes), ElementsAre("2024 | possibly troops, from 2024 -> possibly troops, "
                                          "from 2024 (known by the year only)"));
  // Wholly between the days it is as good as a day.
  EXPECT_THAT(Lines(Diff({Troops("NO", more), Troops("NO", more), Troops("YES", more)},
                         absl::CivilDay(2023, 5, 1), absl::CivilDay(2025, 1, 1))),
              ElementsAre("2024 | nothing -> troops, from 2024"));
  // On one and the same day nothing lies between.
  EXPECT_THAT(Diff({Troops("POSSIBLY", more), Troops("POSSIBLY", more), Troops("POSSIBLY", more)},
                   kMay, kMay),
              IsEmpty());
}

TEST(TieDiffTest, AStandingChangesWithItsActsAndWithoutThem) {
  EXPECT_THAT(Lines(Diff({Pact("NONE"), Pact("NONE"), Pact("SIGNED")})),
              ElementsAre("undated | nothing -> signed; not yet consented"));
  const std::string observed = Pact("IN_FORCE", "last_observed: true");
  EXPECT_THAT(Lines(Diff({Pact("IN_FORCE"), Pact("IN_FORCE"), observed})),
              ElementsAre("undated | in force -> last observed in force"));
  TieFacts before = Facts(Pact("SIGNED"), kMay);
  TieFacts after = before;
  const v1::Date date = MakeDate(2024, 7, 1);
  after.begin()->second.happening.push_back(
      {date, date, date, "(ratification by PRK)", std::nullopt});
  EXPECT_THAT(Lines(DiffTies({&before, &before, &after, {kMay, kNovember}})),
              ElementsAre("2024-07-01 | signed; not yet consented -> signed; not yet consented "
                          "(ratification by PRK)"));
}

TEST(TieDiffTest, ObligationsAreOfTheState) {
  const auto changes = Diff({Pact("IN_FORCE"), Pact("IN_FORCE"),
                             "treaty { treaty { id: 'treaty:pact' } on { standing: "
                             "STANDING_IN_FORCE possible: STANDING_IN_FORCE } a_owes: "
                             "OBLIGATION_DEFENSE } "});
  EXPECT_THAT(Lines(changes), ElementsAre("undated | in force -> in force; PRK owes RUS defense"));
}

TEST(TieDiffTest, ASanctionBetweenTwoPublicationsHasNoDate) {
  const std::string window =
      "window { from { earliest_date { year: 2024 month: 6 day: 1 } "
      "latest_date { year: 2024 month: 6 day: 9 } basis: BASIS_ASSUMED } } ";
  const auto sanction = [&](const std::string& in_force) {
    return absl::StrCat("sanction { sender { id: 'state:RUS' } target { id: 'state:PRK' } ",
                        "via { id: 'org:UN' printed_name: 'UN' } entry { record: '7' list: 'Toy' ",
                        window, "in_force: IN_FORCE_", in_force,
                        " sanction { measure { kind: MEASURE_KIND_ARMS_EMBARGO } } } } ");
  };
  const auto changes = Diff({sanction("NO"), sanction("NO"), sanction("YES")});
  EXPECT_THAT(Lines(changes), ElementsAre("undated | nothing -> in force: arms embargo (began "
                                          "between 2024-06-01 and 2024-06-09)"));
  EXPECT_EQ(changes[0].subject(), "arms embargo (Toy), via UN");
  EXPECT_EQ(changes[0].a().id(), "state:RUS");
}

TEST(TieDiffTest, IndicatorsAndMomentsDoNotEnd) {
  const std::string share =
      "indicator { in_force: IN_FORCE_NO indicator { actor { id: 'state:PRK' } "
      "on { id: 'state:RUS' } name: 'share of trade' value_millionths: 90500000 unit: 'percent' "
      "is_estimate: true from_date { year: 2024 month: 6 } to_date { year: 2024 month: 7 } } "
      "ground { record: 'share' } } ";
  const std::string visit =
      "dealing { in_force: IN_FORCE_NO dealing { kind: DEALING_KIND_VISIT "
      "actor { id: 'state:RUS' } toward { id: 'state:PRK' } description: 'A visit' "
      "from_date { year: 2024 month: 6 day: 19 } to_date { year: 2024 month: 6 day: 19 } } "
      "ground { record: 'visit' } } ";
  EXPECT_THAT(Lines(Diff({"", share + visit, share + visit})),
              ElementsAre("2024-06 | nothing -> about 90.5 percent, 2024-06 to 2024-07",
                          "2024-06-19 | nothing -> A visit, on 2024-06-19"));
}

TEST(TieDiffTest, ChangesAreOrderedByDateThenPair) {
  std::vector<v1::TieChange> changes(5);
  const auto set = [&](int at, const v1::Date& date, const std::string& a, const char* source) {
    if (date.year() != 0) *changes[at].mutable_date() = date;
    changes[at].mutable_a()->set_id(a);
    changes[at].set_source(source);
  };
  set(0, {}, "state:CHN", "x");
  set(1, MakeDate(2024, 1, 2), "state:CHN", "x");
  set(2, MakeDate(2024), "state:RUS", "y");
  set(3, MakeDate(2024), "state:IRN", "z");
  set(4, MakeDate(2024), "state:RUS", "x");
  SortTieChanges(&changes);
  std::vector<std::string> order;
  for (const v1::TieChange& change : changes) {
    order.push_back(absl::StrCat(PrintDate(change.date()), change.a().id(), change.source()));
  }
  EXPECT_THAT(order, ElementsAre("2024state:IRNz", "2024state:RUSx", "2024state:RUSy",
                                 "2024-01-02state:CHNx", "state:CHNx"));
}

TEST(TieDiffTest, WithoutAnEarlierDayNothingLiesBetween) {
  const auto begins = [](const v1::Date& date) {
    return TieHappening{date, date, date, "", std::nullopt};
  };
  const auto ends = [&](const v1::Date& date) {
    TieHappening happening = begins(date);
    happening.is_last_day = true;
    return happening;
  };
  EXPECT_FALSE((DaysBetween{std::nullopt, kNovember}.Overlap(begins(MakeDate(2024)))));
  EXPECT_TRUE((DaysBetween{kMay, std::nullopt}.Overlap(begins(MakeDate(2030)))));
  const DaysBetween days{kMay, kNovember};
  EXPECT_FALSE(days.Overlap(begins(MakeDate(2024, 5, 1))));
  EXPECT_TRUE(days.Overlap(begins(MakeDate(2024, 11, 1))));
  // What ends on a day is over on the next.
  EXPECT_TRUE(days.Overlap(ends(MakeDate(2024, 5, 1))));
  EXPECT_FALSE(days.Overlap(ends(MakeDate(2024, 11, 1))));
}

}  // namespace
}  // namespace dossier
