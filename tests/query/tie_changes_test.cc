#include "services/query/tie_changes.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/query/tie_facts.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kAna[] = "analyst:ana";

std::string Actor(const std::string& field, const std::string& code) {
  const bool is_state = code.find(':') == std::string::npos;
  return absl::StrCat(field, " { id: '", is_state ? "state:" : "", code, "' printed_name: '", code,
                      "' } ");
}

// The text proto of a date: "2024", "2024-06", "2024-06-19".
std::string DateText(const std::string& field, const std::string& date) {
  return absl::StrCat(field, " { ", ParseDate(date).value().ShortDebugString(), " } ");
}

std::string SignedBy(const std::string& code, const std::string& date) {
  return absl::StrCat("party { ", Actor("party", code), "act { kind: ACT_KIND_SIGNATURE ",
                      DateText("date", date), "} } ");
}

Said Content(const std::string& record, const std::string& present) {
  return {record, "", false, present};
}

// The treaty that North Korea and Russia signed in June 2024.
Said Pact() {
  return Content("pact", absl::StrCat("treaty { treaty { id: 'treaty:pact' title: 'Pact' } "
                                      "describes: true obligation: OBLIGATION_DEFENSE ",
                                      SignedBy("PRK", "2024-06"), SignedBy("RUS", "2024-06"), "}"));
}

Said Troops(const std::string& dates, int personnel = 10'000) {
  return Content("troops", absl::StrCat("deployment { ", Actor("sender", "PRK"),
                                        Actor("supported", "RUS"), "personnel: ", personnel,
                                        " description: 'troops' ", dates, "}"));
}

Said Dealt(const std::string& record, const std::string& actor, const std::string& toward,
           const std::string& date, const std::string& what) {
  return Content(record, absl::StrCat("dealing { kind: DEALING_KIND_STATEMENT ",
                                      Actor("actor", actor), Actor("toward", toward),
                                      DateText("from_date", date), DateText("to_date", date),
                                      "description: '", what, "' }"));
}

Said Joined(const std::string& record, const std::string& member, const std::string& organisation,
            const std::string& status, const std::string& date) {
  return Content(record, absl::StrCat("membership { ", Actor("member", member),
                                      Actor("organisation", organisation),
                                      "status: MEMBERSHIP_STATUS_", status, " ",
                                      DateText("date", date), "}"));
}

Said Embargo(const std::string& sender, const std::string& target, const std::string& from) {
  return Content("embargo", absl::StrCat("sanction { ", Actor("sender", sender),
                                         Actor("target", target),
                                         "part: SANCTION_PART_ENTRY list: 'Toy' "
                                         "measure { kind: MEASURE_KIND_ARMS_EMBARGO } "
                                         "date { kind: SANCTION_DATE_KIND_IN_FORCE ",
                                         DateText("date", from), "} }"));
}

class TieChangesTest : public QueryFixture {
 protected:
  // Cuts of days, by all that is known.
  static std::string Between(const std::string& from, const std::string& to) {
    return absl::StrCat("from { ", DateText("effective_date", from), "} read_at { cut { ",
                        DateText("effective_date", to), "} } ");
  }
  // Cuts of days, each by what had been published by then.
  static std::string AsKnownBetween(const std::string& from, const std::string& to) {
    return absl::StrCat("from { ", DateText("effective_date", from),
                        DateText("known_by_date", from), "} read_at { cut { ",
                        DateText("effective_date", to), DateText("known_by_date", to), "} } ");
  }
  v1::ListTieChangesResponse Changes(const std::string& request) {
    return Ask(&TiesStub::ListTieChanges, request);
  }
  v1::ListTieChangesResponse OfTwo(const std::string& cuts) {
    return Changes("actor: 'PRK' actor: 'RUS' " + cuts);
  }
  // "2024-06 PRK RUS Pact (treaty:pact): nothing -> signed".
  static std::string Line(const v1::TieChange& change) {
    return absl::StrCat(change.has_date() ? PrintDate(change.date()) : "undated", " ",
                        ShortNameOf(change.a()), " ", ShortNameOf(change.b()), " ",
                        change.subject(), ": ", change.before(), " -> ", change.after(),
                        change.by_knowledge() ? ", by knowledge" : "");
  }
  static std::vector<std::string> Lines(const v1::ListTieChangesResponse& response) {
    std::vector<std::string> lines;
    for (const v1::TieChange& change : response.change()) lines.push_back(Line(change));
    return lines;
  }
  std::vector<std::string> AllPages(const std::string& request) {
    std::vector<std::string> lines;
    std::string token;
    do {
      const auto page = Changes(absl::StrCat(request, " page_token: '", token, "'"));
      for (const v1::TieChange& change : page.change()) lines.push_back(Line(change));
      token = page.next_page_token();
    } while (!token.empty() && lines.size() < 100);
    return lines;
  }
};

TEST_F(TieChangesTest, ATreatySignedBetweenTheDays) {
  Report(kAna, "2024-06-20", {Pact()});
  const auto response = OfTwo(Between("2024-05-01", "2024-11-01"));
  EXPECT_THAT(Lines(response),
              ElementsAre("2024-06 PRK RUS Pact (treaty:pact): nothing -> signed; not yet "
                          "consented; each owes the other defense (signature by PRK, RUS)"));
  ASSERT_EQ(response.change_size(), 1);
  const v1::TieChange& change = response.change(0);
  EXPECT_EQ(change.family(), v1::TIE_FAMILY_TREATY);
  EXPECT_EQ(change.source(), kAna);
  EXPECT_EQ(change.record(), "pact");
  ASSERT_GE(change.after_ground_size(), 1);
  EXPECT_EQ(PrintPublishStamp(change.after_ground(0).stamp()), "2024-06-20");
  EXPECT_FALSE(response.notice().empty());
  EXPECT_EQ(response.from().cut().effective_date().month(), 5);
  // It had not changed by May, and does not change after it.
  EXPECT_THAT(Lines(OfTwo(Between("2024-01-01", "2024-05-01"))), IsEmpty());
  EXPECT_THAT(Lines(OfTwo(Between("2024-07-01", "2024-11-01"))), IsEmpty());
  // Asked for by what was known then, it is the same change: it lies between the days.
  EXPECT_THAT(Lines(OfTwo(AsKnownBetween("2024-05-01", "2024-11-01"))), Lines(response));
}

TEST_F(TieChangesTest, TroopsComeAndGo) {
  Report(kAna, "2024-10-25", {Troops(DateText("from_date", "2024-10"))});
  EXPECT_THAT(Lines(OfTwo(Between("2024-05-01", "2024-11-01"))),
              ElementsAre("2024-10 PRK RUS troops: nothing -> 10,000 troops, from 2024-10"));
  Report(kAna, "2025-03-01",
         {Troops(DateText("from_date", "2024-10") + DateText("to_date", "2025-02-11"))});
  // Between two days on which there are none.
  EXPECT_THAT(Lines(OfTwo(Between("2024-05-01", "2025-06-01"))),
              ElementsAre("2024-10 PRK RUS troops: nothing -> 10,000 troops, 2024-10 to 2025-02-11",
                          "2025-02-11 PRK RUS troops: 10,000 troops, 2024-10 to 2025-02-11 -> "
                          "10,000 troops, 2024-10 to 2025-02-11; ended"));
}

TEST_F(TieChangesTest, ATransferIsKnownByTheYear) {
  Load("sipri-deals", "2025-03-10",
       {{"7/2023", Delivered("7", "state:PRK", "state:RUS", 2023, 100, 4,
                             "designation: 'M-1' number_ordered: 20 order_date { year: 2023 }")},
        {"7/2024", Delivered("7", "state:PRK", "state:RUS", 2024, 300, 12,
                             "designation: 'M-1' number_ordered: 20 order_date { year: 2023 }")}});
  EXPECT_THAT(Lines(OfTwo(Between("2024-05-01", "2024-11-01"))),
              ElementsAre("2024 PRK RUS M-1: delivered 12 of 20 -> delivered 12 of 20 in 2024 "
                          "(known by the year only)"));
  // Over whole years it is no question when; the order is told once.
  EXPECT_THAT(Lines(OfTwo(Between("2022-12-31", "2024-12-31"))),
              ElementsAre("2023 PRK RUS M-1: nothing -> ordered 20",
                          "2023 PRK RUS M-1: ordered 20 -> delivered 4 of 20 in 2023",
                          "2024 PRK RUS M-1: ordered 20 -> delivered 12 of 20 in 2024"));
  EXPECT_THAT(Lines(OfTwo(Between("2025-01-01", "2025-06-01"))), IsEmpty());
}

TEST_F(TieChangesTest, ATotalOverYearsIsNeverSplit) {
  Load("sipri-deals", "2025-03-10",
       {{"7", "supplier { id: 'state:RUS' } recipient { id: 'state:PRK' } designation: 'R-1' "
              "number_ordered: 9 order_date { year: 2010 month: 6 day: 1 } "
              "delivery { year: 2010 number: 2 } delivery { year: 2012 year: 2014 number: 7 }"}});
  EXPECT_THAT(Lines(OfTwo(Between("2009-12-31", "2020-01-01"))),
              ElementsAre("2010 RUS PRK R-1: ordered 9 -> delivered 2 of 9 in 2010",
                          "2010-06-01 RUS PRK R-1: nothing -> ordered 9",
                          "2012 RUS PRK R-1: delivered 2 of 9 -> delivered 9 of 9 (7 in 2012, "
                          "2014 together)"));
  EXPECT_THAT(Lines(OfTwo(Between("2011-12-31", "2012-12-31"))),
              ElementsAre("2012 RUS PRK R-1: delivered 2 of 9 -> delivered, of 9 ordered (7 in "
                          "2012, 2014 together)"));
  EXPECT_THAT(Lines(OfTwo(Between("2012-12-31", "2013-12-31"))), IsEmpty());
}

TEST_F(TieChangesTest, APostponedOrderIsAChangeByKnowledge) {
  const std::string order =
      "supplier { id: 'state:RUS' } recipient { id: 'state:PRK' } designation: 'S-1' "
      "description: 'fighter' number_ordered: 24 order_date { year: 2021 } ";
  Report(kAna, "2022-01-01", {{"order", order}});
  Report(kAna, "2024-02-01", {{"order", order + "disruption: DISRUPTION_POSTPONED"}});
  EXPECT_THAT(Lines(OfTwo(AsKnownBetween("2023-01-01", "2024-11-01"))),
              ElementsAre("undated RUS PRK S-1, fighter: ordered 24 -> ordered 24; postponed, by "
                          "knowledge"));
}

TEST_F(TieChangesTest, ASanctionThroughAnOrganisation) {
  Report(kAna, "2000-01-01", {Joined("m", "RUS", "org:UN", "JOINED", "1991-12-24")});
  Report(kAna, "2006-10-20", {Embargo("org:UN", "PRK", "2006-10-14")});
  const auto response = OfTwo(Between("2006-01-01", "2007-01-01"));
  EXPECT_THAT(Lines(response),
              ElementsAre("2006-10-14 RUS PRK arms embargo (Toy), via org:UN: nothing -> in force: "
                          "arms embargo"));
  ASSERT_EQ(response.change_size(), 1);
  EXPECT_EQ(response.change(0).family(), v1::TIE_FAMILY_SANCTION);
}

TEST_F(TieChangesTest, WhatIsRevisedLaterChangedByKnowledge) {
  Report(kAna, "2024-10-25", {Troops(DateText("from_date", "2024-10-20"))});
  Report(kAna, "2024-12-01", {Troops(DateText("from_date", "2024-10-20"), 12'000)});
  const auto response = OfTwo(AsKnownBetween("2024-11-01", "2025-01-01"));
  EXPECT_THAT(Lines(response),
              ElementsAre("undated PRK RUS troops: 10,000 troops, from 2024-10-20 -> 12,000 "
                          "troops, from 2024-10-20, by knowledge"));
  ASSERT_EQ(response.change_size(), 1);
  ASSERT_EQ(response.change(0).before_ground_size(), 1);
  ASSERT_EQ(response.change(0).after_ground_size(), 1);
  EXPECT_EQ(PrintPublishStamp(response.change(0).before_ground(0).stamp()), "2024-10-25");
  EXPECT_EQ(PrintPublishStamp(response.change(0).after_ground(0).stamp()), "2024-12-01");
  // By all that is known now, nothing changed between these days.
  EXPECT_THAT(Lines(OfTwo(Between("2024-11-01", "2025-01-01"))), IsEmpty());
}

TEST_F(TieChangesTest, ActsWithinAStandingAreTold) {
  Report(kAna, "2024-06-20", {Pact()});
  Report(kAna, "2024-11-10",
         {Content("ratified", absl::StrCat("treaty { treaty { id: 'treaty:pact' } party { ",
                                           Actor("party", "RUS"),
                                           "act { kind: ACT_KIND_RATIFICATION ",
                                           DateText("date", "2024-11-09"), "} } }"))});
  // Of both together it is still signed only.
  EXPECT_THAT(Lines(OfTwo(Between("2024-07-01", "2024-12-01"))),
              ElementsAre("2024-11-09 PRK RUS Pact (treaty:pact): signed; not yet consented; each "
                          "owes the other defense -> signed; not yet consented; each owes the "
                          "other defense (ratification by RUS)"));
}

TEST_F(TieChangesTest, EachActHasItsOwnStanding) {
  const auto party = [](const std::string& code, const std::string& force) {
    return absl::StrCat("party { ", Actor("party", code), "act { kind: ACT_KIND_SIGNATURE ",
                        DateText("date", "2010-03"), "} act { kind: ACT_KIND_ENTRY_INTO_FORCE ",
                        DateText("date", force), "} act { kind: ACT_KIND_WITHDRAWAL ",
                        DateText("date", "2020-01-01"), "} } ");
  };
  Report(kAna, "2024-01-01",
         {Content("old", absl::StrCat("treaty { treaty { id: 'treaty:old' } describes: true ",
                                      party("PRK", "2012-05-01"), party("RUS", "2013"), "}"))});
  // Signed, in force and ended between two days on which nothing bound them.
  EXPECT_THAT(
      Lines(OfTwo(Between("2009-01-01", "2024-01-01"))),
      ElementsAre("2010-03 PRK RUS treaty:old: nothing -> signed; not yet consented (signature by "
                  "PRK, RUS)",
                  "2012-05-01 PRK RUS treaty:old: signed; not yet consented -> signed; not yet "
                  "consented (entry into force by PRK)",
                  "2013 PRK RUS treaty:old: signed; not yet consented -> in force (entry into "
                  "force by RUS)",
                  "2020-01-01 PRK RUS treaty:old: in force -> ended (withdrawal by PRK, RUS)"));
}

TEST_F(TieChangesTest, SpellsAndTheTreatysOwnDatesBindFromTheirDays) {
  const auto party = [](const std::string& code, const std::string& from) {
    return absl::StrCat("party { ", Actor("party", code), "spell { ", DateText("from_date", from),
                        "obligation: OBLIGATION_NONAGGRESSION } } ");
  };
  Load("atop", "2019-01-01",
       {Content("1", absl::StrCat("treaty { treaty { id: 'atop:1' } ", party("PRK", "2000-02-09"),
                                  party("RUS", "2001-01-01"), "}"))},
       "", "2016-12-31");
  EXPECT_THAT(
      Lines(OfTwo(Between("1999-01-01", "2010-01-01"))),
      ElementsAre("2000-02-09 PRK RUS atop:1: nothing -> nothing (bound from then on: PRK)",
                  "2001-01-01 PRK RUS atop:1: nothing -> in force; each owes the other "
                  "nonaggression (bound from then on: RUS)"));
  // Past what the source covers, that it is still so is not known.
  EXPECT_THAT(Lines(OfTwo(Between("2010-01-01", "2020-01-01"))),
              ElementsAre("undated PRK RUS atop:1: in force; each owes the other nonaggression -> "
                          "last observed in force; each owes the other nonaggression"));
  Load("atop-alliances", "2019-01-01",
       {Content("1", absl::StrCat("treaty { treaty { id: 'atop:1' title: 'Old' } describes: true ",
                                  DateText("end_date", "2005-06-30"), "}"))},
       "", "2016-12-31");
  EXPECT_THAT(Lines(OfTwo(Between("2004-01-01", "2010-01-01"))),
              ElementsAre("2005-06-30 PRK RUS Old (atop:1): in force; each owes the other "
                          "nonaggression -> ended (end of the treaty)"));
}

TEST_F(TieChangesTest, ASanctionOfAListBetweenItsEditions) {
  const std::string entry =
      absl::StrCat("sanction { part: SANCTION_PART_ENTRY ", Actor("sender", "RUS"),
                   Actor("target", "PRK"), "measure { kind: MEASURE_KIND_ASSET_FREEZE } }");
  const Said gone = {"1", "", false, ""};
  Load("toy-list", "2024-01-01", {Content("2", absl::StrCat("sanction { part: SANCTION_PART_ENTRY ",
                                                            Actor("target", "CUB"), "}"))});
  Load("toy-list", "2024-06-01", {Content("1", entry)});
  Load("toy-list", "2024-09-01", {gone});
  EXPECT_THAT(Lines(OfTwo(Between("2024-05-01", "2024-07-01"))),
              ElementsAre("undated RUS PRK asset freeze: possibly in force: asset freeze -> in "
                          "force: asset freeze (began between 2024-01-01 and 2024-06-01)",
                          "undated RUS PRK asset freeze: in force: asset freeze -> possibly in "
                          "force: asset freeze (ended between 2024-06-01 and 2024-09-01)"));
  // It came and went between the days; neither has a date of its own.
  const auto response = OfTwo(Between("2023-12-01", "2024-11-01"));
  EXPECT_THAT(Lines(response),
              ElementsAre("undated RUS PRK asset freeze: nothing -> in force: asset freeze (began "
                          "between 2024-01-01 and 2024-06-01)",
                          "undated RUS PRK asset freeze: in force: asset freeze -> in force: asset "
                          "freeze; ended (ended between 2024-06-01 and 2024-09-01)"));
}

TEST_F(TieChangesTest, MembershipsAreOfEachActorItself) {
  Report(kAna, "2024-12-01", {Joined("in", "IRN", "org:SCO", "JOINED", "2023-07-04"),
                              Joined("out", "IRN", "org:SCO", "LEFT", "2024-09-01"),
                              Joined("other", "CUB", "org:SCO", "JOINED", "2024-01-01")});
  const auto changes = [&](const std::string& cuts) {
    return Lines(Changes("actor: 'IRN' actor: 'RUS' actor: 'PRK' " + cuts));
  };
  EXPECT_THAT(changes(Between("2023-01-01", "2024-05-01")),
              ElementsAre("2023-07-04 IRN org:SCO org:SCO: nothing -> member"));
  EXPECT_THAT(changes(Between("2023-01-01", "2024-10-01")),
              ElementsAre("2023-07-04 IRN org:SCO org:SCO: nothing -> member",
                          "2024-09-01 IRN org:SCO org:SCO: member -> left"));
  EXPECT_THAT(changes(Between("2022-01-01", "2023-01-01")), IsEmpty());
}

TEST_F(TieChangesTest, PagesFollowTheOrderAndKeepBothCuts) {
  Report(kAna, "2024-12-01",
         {Dealt("d", "RUS", "PRK", "2024-03-02", "Second"),
          Dealt("c", "CHN", "PRK", "2024-03", "First"),
          Dealt("b", "RUS", "CHN", "2024-08-01", "Last"),
          Dealt("a", "PRK", "RUS", "2024-03-02", "Also")});
  const std::string request =
      "actor: 'CHN' actor: 'RUS' actor: 'PRK' " + Between("2024-01-01", "2024-11-01");
  const std::vector<std::string> all = Lines(Changes(request));
  EXPECT_THAT(all, ElementsAre("2024-03 CHN PRK statement: nothing -> First, in 2024-03",
                               "2024-03-02 PRK RUS statement: nothing -> Also, on 2024-03-02",
                               "2024-03-02 RUS PRK statement: nothing -> Second, on 2024-03-02",
                               "2024-08-01 RUS CHN statement: nothing -> Last, on 2024-08-01"));
  EXPECT_EQ(AllPages(request + "page_size: 1"), all);
  EXPECT_EQ(AllPages(request + "page_size: 3"), all);
  const auto first = Changes(request + "page_size: 2");
  ASSERT_FALSE(first.next_page_token().empty());
  Report(kAna, "2024-12-02", {Dealt("e", "RUS", "PRK", "2024-01-05", "New")});
  const auto second =
      Changes(absl::StrCat(request, "page_size: 2 page_token: '", first.next_page_token(), "'"));
  ASSERT_EQ(all.size(), 4u);
  EXPECT_THAT(Lines(second), ElementsAre(all[2], all[3]));
  EXPECT_EQ(second.from().sequence(), first.from().sequence());
  EXPECT_THAT(AllPages(request), Contains(HasSubstr("New")));
}

TEST_F(TieChangesTest, NothingChangedIsEmpty) {
  Report(kAna, "2024-06-20", {Pact(), Troops(DateText("from_date", "2024-06-01"))});
  EXPECT_THAT(Lines(OfTwo(Between("2024-08-01", "2024-11-01"))), IsEmpty());
  EXPECT_THAT(Lines(OfTwo(Between("2024-11-01", "2024-11-01"))), IsEmpty());
  EXPECT_THAT(Lines(Changes("actor: 'CHN' actor: 'IRN' " + Between("2019", "2024"))), IsEmpty());
}

TEST_F(TieChangesTest, WhatCannotBeAskedIsRefusedByField) {
  Report(kAna, "2024-06-20", {Pact()});
  const auto error = [&](const std::string& request) {
    const grpc::Status status = Fails(&TiesStub::ListTieChanges, request);
    return absl::StrCat(status.error_code(), " ", status.error_message());
  };
  const std::string cuts = Between("2024-05-01", "2024-11-01");
  EXPECT_THAT(error("actor: 'PRK' " + cuts), HasSubstr("3 actor: 1 actors; expected 2 to 12"));
  EXPECT_THAT(error("actor: 'PRK' actor: 'state:PRK' " + cuts), HasSubstr("3 actor: "));
  EXPECT_THAT(error("actor: 'PRK' actor: 'nobody' " + cuts), HasSubstr("5 actor: "));
  std::string many;
  for (int i = 0; i < 13; ++i) absl::StrAppend(&many, "actor: 'PRK' ");
  EXPECT_THAT(error(many + cuts), HasSubstr("3 actor: 13 actors"));
  EXPECT_THAT(error("actor: 'PRK' actor: 'RUS'"), HasSubstr("3 from: not given"));
  const std::string two = "actor: 'PRK' actor: 'RUS' ";
  EXPECT_THAT(error(two + Between("2024-11-02", "2024-11-01")),
              HasSubstr("3 from.effective_date: 2024-11-02 is after"));
  EXPECT_THAT(error(two + "from {} read_at { cut { effective_date { year: 2024 } } }"),
              HasSubstr("3 from.effective_date: not given"));
  EXPECT_THAT(error(two + "from { sequence: 999999 }"), HasSubstr("from.sequence"));
  EXPECT_THAT(error(two + cuts + "page_size: 1001"), HasSubstr("3 page_size"));
}

}  // namespace
}  // namespace dossier
