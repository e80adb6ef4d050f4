#include "services/query/sanction_force.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/text_format.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Date On(const std::string& text) { return *ParseDate(text); }

// Shown from 2020-03-01 on, where the edition of 2020-02-01 had not held it; the newest is of
// 2024-02-01.
Showing Shown() {
  Showing showing;
  showing.unheld_before = On("2020-02-01");
  showing.held_from = On("2020-03-01");
  showing.held_until = showing.last_said = On("2020-03-01");
  showing.covered_until = showing.newest = On("2024-02-01");
  return showing;
}

Showing DroppedIn2022() {
  Showing showing = Shown();
  showing.held_until = On("2022-05-01");
  showing.dropped = On("2022-06-01");
  return showing;
}

v1::Sanction Saying(const std::string& text) {
  v1::Sanction sanction;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &sanction)) << text;
  return sanction;
}

v1::Sanction Stating(const std::string& kind, const std::string& date) {
  v1::Sanction sanction;
  v1::SanctionDate& one = *sanction.add_date();
  v1::SanctionDateKind parsed = v1::SANCTION_DATE_KIND_UNSPECIFIED;
  EXPECT_TRUE(v1::SanctionDateKind_Parse("SANCTION_DATE_KIND_" + kind, &parsed)) << kind;
  one.set_kind(parsed);
  *one.mutable_date() = On(date);
  return sanction;
}

Judgement Judge(const std::string& day, const v1::Sanction& sanction, const Showing& showing,
                std::string_view closed = "") {
  const v1::Date date = On(day);
  return JudgeOn(DayInQuestion(&date, showing), sanction, showing, WindowOf(sanction, showing),
                 closed);
}

v1::InForce InForceOn(const std::string& day, const v1::Sanction& sanction,
                      const Showing& showing) {
  return Judge(day, sanction, showing).in_force;
}

std::string Print(const v1::Bound& bound) {
  return PrintDate(bound.earliest_date()) + ".." + PrintDate(bound.latest_date()) +
         (bound.basis() == v1::BASIS_STATED ? " stated" : "");
}

TEST(SanctionForce, WithoutDatesItBeganBetweenTwoPublications) {
  const v1::Effective window = WindowOf({}, Shown());
  EXPECT_EQ(Print(window.from()), "2020-02-01..2020-03-01");
  EXPECT_EQ(window.from().basis(), v1::BASIS_ASSUMED);
  EXPECT_FALSE(window.has_to());
  EXPECT_EQ(InForceOn("2020-01-31", {}, Shown()), v1::IN_FORCE_NO);
  EXPECT_EQ(InForceOn("2020-02-01", {}, Shown()), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2020-02-29", {}, Shown()), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2020-03-01", {}, Shown()), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2024-02-01", {}, Shown()), v1::IN_FORCE_YES);
}

TEST(SanctionForce, OfABaselineTheBeginningIsOpen) {
  Showing showing = Shown();
  showing.unheld_before.reset();
  EXPECT_FALSE(WindowOf({}, showing).from().has_earliest_date());
  EXPECT_EQ(InForceOn("1950", {}, showing), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2021", {}, showing), v1::IN_FORCE_YES);
}

TEST(SanctionForce, StatedDatesCountInTheirOrder) {
  v1::Sanction sanction = Stating("LISTED", "2019-12-20");
  EXPECT_EQ(Print(WindowOf(sanction, Shown()).from()), "2019-12-20..2019-12-20 stated");
  sanction.MergeFrom(Stating("DESIGNATED", "2019-12-24"));
  EXPECT_EQ(Print(WindowOf(sanction, Shown()).from()), "2019-12-24..2019-12-24 stated");
  sanction.MergeFrom(Stating("IN_FORCE", "2020-01-05"));
  sanction.MergeFrom(Stating("IN_FORCE", "2020-01-01"));
  EXPECT_EQ(Print(WindowOf(sanction, Shown()).from()), "2020-01-01..2020-01-01 stated");
  EXPECT_EQ(InForceOn("2019-12-31", sanction, Shown()), v1::IN_FORCE_NO);
  EXPECT_EQ(InForceOn("2020-01-01", sanction, Shown()), v1::IN_FORCE_YES);
  sanction.MergeFrom(Saying("date { kind: SANCTION_DATE_KIND_IN_FORCE printed: 'long ago' }"));
  EXPECT_EQ(Print(WindowOf(sanction, Shown()).from()), "2020-01-01..2020-01-01 stated");
}

TEST(SanctionForce, ADateOfOneMeasureIsNotTheEntrysWhereItWasSeenBefore) {
  v1::Sanction later = Stating("IN_FORCE", "2022-03-26");
  later.mutable_date(0)->set_detail("EO 14024 Directive 3");
  EXPECT_EQ(InForceOn("2021-01-01", later, Shown()), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2020-02-15", later, Shown()), v1::IN_FORCE_POSSIBLY);
  v1::Sanction earlier = Stating("LISTED", "2019-05-01");
  earlier.mutable_date(0)->set_detail("SDN List");
  EXPECT_EQ(InForceOn("2019-06-01", earlier, Shown()), v1::IN_FORCE_YES);
}

TEST(SanctionForce, APartialDateIsAWindow) {
  const v1::Sanction sanction = Stating("IN_FORCE", "2019");
  EXPECT_EQ(InForceOn("2018-12-31", sanction, Shown()), v1::IN_FORCE_NO);
  EXPECT_EQ(InForceOn("2019-06-01", sanction, Shown()), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2019", sanction, Shown()), v1::IN_FORCE_YES);
}

TEST(SanctionForce, DroppedItEndedBetweenTwoPublications) {
  const Showing showing = DroppedIn2022();
  EXPECT_EQ(Print(WindowOf({}, showing).to()), "2022-05-01..2022-06-01");
  EXPECT_EQ(InForceOn("2022-05-01", {}, showing), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2022-05-02", {}, showing), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2022-06-01", {}, showing), v1::IN_FORCE_NO);
  EXPECT_TRUE(Judge("2023", {}, showing).ended);
  EXPECT_FALSE(Judge("2022-05-01", {}, showing).ended);
  EXPECT_FALSE(Judge("2019", {}, showing).ended);
  EXPECT_TRUE(Judge("2019", {}, showing).not_begun);
}

TEST(SanctionForce, TwoPublicationsOfOneDayLeaveNoWindow) {
  Showing showing = DroppedIn2022();
  showing.dropped = showing.held_until;
  EXPECT_EQ(InForceOn("2022-04-30", {}, showing), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2022-05-01", {}, showing), v1::IN_FORCE_NO);
}

TEST(SanctionForce, AnExpiryIsTheLastDay) {
  const v1::Sanction sanction = Stating("EXPIRY", "2021-07-07");
  EXPECT_EQ(InForceOn("2021-07-07", sanction, Shown()), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2021-07-08", sanction, Shown()), v1::IN_FORCE_NO);
  EXPECT_EQ(InForceOn("2021-06", Stating("EXPIRY", "2021"), Shown()), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2022-01-01", Stating("EXPIRY", "2021"), Shown()), v1::IN_FORCE_NO);
}

TEST(SanctionForce, WhatIsDroppedBeforeItsExpiryDidNotExpire) {
  const Showing showing = DroppedIn2022();
  const absl::CivilDay day(2024, 1, 1);
  EXPECT_FALSE(Expired(day, Stating("EXPIRY", "2030-01-01"), showing));
  EXPECT_EQ(Print(WindowOf(Stating("EXPIRY", "2030-01-01"), showing).to()),
            "2022-05-01..2022-06-01");
  EXPECT_TRUE(Expired(day, Stating("EXPIRY", "2022-05-20"), showing));
  EXPECT_EQ(Print(WindowOf(Stating("EXPIRY", "2022-05-20"), showing).to()),
            "2022-05-20..2022-05-20 stated");
  EXPECT_TRUE(Expired(day, Stating("EXPIRY", "2023-01-01"), Shown()));
  EXPECT_FALSE(Expired(day, Stating("EXPIRY", "2025-01-01"), Shown()));
}

TEST(SanctionForce, AStatedEndWithoutADateEndsWithItsStatement) {
  Showing showing = Shown();
  showing.last_said = On("2023-01-10");
  const v1::Sanction sanction = Saying("end_reason: END_REASON_DELISTED");
  EXPECT_EQ(Print(WindowOf(sanction, showing).to()), "..2023-01-10");
  EXPECT_EQ(InForceOn("2023-01-09", sanction, showing), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2023-01-10", sanction, showing), v1::IN_FORCE_NO);
}

TEST(SanctionForce, PastWhatIsCoveredItIsLastObserved) {
  const Judgement judged = Judge("2024-02-02", {}, Shown());
  EXPECT_EQ(judged.in_force, v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_THAT(judged.note, ElementsAre("last observed 2024-02-01"));
  EXPECT_FALSE(judged.ended);
  EXPECT_THAT(Judge("2024-02-01", {}, Shown()).note, IsEmpty());
}

TEST(SanctionForce, PastItsOwnLastObservationToo) {
  const v1::Sanction sanction = Stating("LAST_OBSERVED", "2023");
  EXPECT_EQ(InForceOn("2023-12-31", sanction, Shown()), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2024-01-01", sanction, Shown()), v1::IN_FORCE_LAST_OBSERVED);
  Showing analyst = Shown();
  analyst.covered_until.reset();
  EXPECT_EQ(InForceOn("2030", {}, analyst), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2030", sanction, analyst), v1::IN_FORCE_LAST_OBSERVED);
}

TEST(SanctionForce, WhatIsListedBeforeItBeginsIsListed) {
  const v1::Sanction sanction = Stating("IN_FORCE", "2024-03-01");
  const Judgement judged = Judge("2024-02-01", sanction, Shown());
  EXPECT_EQ(judged.in_force, v1::IN_FORCE_NO);
  EXPECT_TRUE(judged.not_begun);
  EXPECT_TRUE(judged.listed);
  EXPECT_THAT(judged.note, ElementsAre("listed; begins 2024-03-01"));
  const Judgement before = Judge("2020-02-15", sanction, Shown());
  EXPECT_FALSE(before.listed);
  EXPECT_THAT(before.note, IsEmpty());
  // Dropped before it began: it has ended.
  const Judgement dropped = Judge("2023", sanction, DroppedIn2022());
  EXPECT_TRUE(dropped.ended);
  EXPECT_FALSE(dropped.listed);
}

TEST(SanctionForce, WhatBeginsAfterTheLastObservationIsPossible) {
  const v1::Sanction sanction = Stating("IN_FORCE", "2024-03-01");
  const Judgement judged = Judge("2024-04-01", sanction, Shown());
  EXPECT_EQ(judged.in_force, v1::IN_FORCE_POSSIBLY);
  EXPECT_THAT(judged.note, ElementsAre("listed, begins after what was last observed"));
  EXPECT_EQ(InForceOn("2024-04-01", Stating("IN_FORCE", "2024-02-01"), Shown()),
            v1::IN_FORCE_LAST_OBSERVED);
}

TEST(SanctionForce, BoundsThatAStatementGivesOfItselfComeFirst) {
  v1::Sanction sanction = Stating("IN_FORCE", "2019-01-01");
  sanction.MergeFrom(Stating("EXPIRY", "2023-01-01"));
  Showing showing = Shown();
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "from { earliest_date { year: 2020 month: 6 } latest_date { year: 2020 month: 8 } "
      "basis: BASIS_STATED } to { latest_date { year: 2021 } basis: BASIS_ASSUMED }",
      &showing.stated));
  EXPECT_EQ(Print(WindowOf(sanction, showing).from()), "2020-06..2020-08 stated");
  EXPECT_EQ(Print(WindowOf(sanction, showing).to()), "..2021");
  EXPECT_EQ(InForceOn("2020-05-31", sanction, showing), v1::IN_FORCE_NO);
  EXPECT_EQ(InForceOn("2020-06-01", sanction, showing), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2021-12-31", sanction, showing), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(InForceOn("2022-01-01", sanction, showing), v1::IN_FORCE_NO);
  EXPECT_TRUE(Expired(absl::CivilDay(2022, 1, 1), sanction, showing));
  // Withdrawn before it ended as it had said.
  showing.held_until = On("2020-10-01");
  showing.dropped = On("2020-11-01");
  EXPECT_EQ(Print(WindowOf(sanction, showing).to()), "2020-10-01..2020-11-01");
  EXPECT_FALSE(Expired(absl::CivilDay(2022, 1, 1), sanction, showing));
}

TEST(SanctionForce, ABoundOfOneSideLeavesTheOtherOpen) {
  Showing showing = Shown();
  *showing.stated.mutable_from()->mutable_earliest_date() = On("2021");
  *showing.stated.mutable_to()->mutable_earliest_date() = On("2023");
  EXPECT_EQ(InForceOn("2020-12-31", {}, showing), v1::IN_FORCE_NO);
  EXPECT_EQ(InForceOn("2022-01-01", {}, showing), v1::IN_FORCE_POSSIBLY);
  *showing.stated.mutable_from()->mutable_latest_date() = On("2021");
  EXPECT_EQ(InForceOn("2022-01-01", {}, showing), v1::IN_FORCE_YES);
  EXPECT_EQ(InForceOn("2023-06-01", {}, showing), v1::IN_FORCE_POSSIBLY);
}

TEST(SanctionForce, ADayBeforeARunIsOfTheEarlierOne) {
  Showing showing = Shown();
  showing.dropped_before = On("2019-06-01");
  const auto is_of_run = [&](const char* day, const v1::Sanction& sanction) {
    const v1::Date date = On(day);
    return IsOfRun(DayInQuestion(&date, showing), sanction, showing);
  };
  EXPECT_TRUE(is_of_run("2020-02-01", {}));
  EXPECT_FALSE(is_of_run("2020-01-31", {}));
  EXPECT_FALSE(is_of_run("2019-10-01", Stating("LISTED", "2019-06-01")));
  EXPECT_TRUE(is_of_run("2019-10-01", Stating("LISTED", "2019-06-02")));
  EXPECT_FALSE(is_of_run("2019-06-01", Stating("LISTED", "2019-06-02")));
}

TEST(SanctionForce, ClosingASourceEndsNoEntry) {
  Showing showing = Shown();
  showing.covered_until = On("2026-02-10");
  EXPECT_EQ(Judge("2026-01-28", {}, showing, "2026-01-28").in_force, v1::IN_FORCE_YES);
  const Judgement judged = Judge("2026-02-01", {}, showing, "2026-01-28");
  EXPECT_EQ(judged.in_force, v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_FALSE(judged.ended);
  EXPECT_THAT(judged.note, ElementsAre("last observed 2026-01-28"));
}

TEST(SanctionForce, WithoutADateTheNewestPublicationIsAskedFor) {
  EXPECT_EQ(DayInQuestion(nullptr, Shown()), absl::CivilDay(2024, 2, 1));
}

}  // namespace
}  // namespace dossier
