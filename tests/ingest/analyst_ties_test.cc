// An analyst's own treaties, memberships, deployments, indicators and dealings: each error names
// the field and what was expected; ids come from names, and names from ids.
#include "services/ingest/analyst_ties.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/ingest/analyst_event.h"
#include "services/model/contents.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class AnalystTiesTest : public testing::Test {
 protected:
  static v1::AppendEventsRequest Request(const std::string& present) {
    v1::AppendEventsRequest request;
    request.set_analyst("ann");
    request.mutable_event()->set_id(std::string(16, 'a'));
    request.mutable_event()->set_record("r");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        present, request.mutable_event()->mutable_present()))
        << present;
    return request;
  }

  // Field, less "event.present.", and reason of each violation.
  std::vector<std::pair<std::string, std::string>> Wrong(const std::string& present) {
    constexpr std::string_view kPresent = "event.present.";
    std::vector<std::pair<std::string, std::string>> wrong;
    for (const v1::FieldViolation& violation :
         CheckAnalystEvent(Request(present), table_, absl::FromUnixSeconds(1'700'000'000))) {
      EXPECT_TRUE(violation.field().starts_with(kPresent)) << violation.field();
      wrong.emplace_back(violation.field().substr(kPresent.size()), violation.reason());
    }
    return wrong;
  }

  v1::Present Filled(const std::string& present) {
    EXPECT_THAT(Wrong(present), IsEmpty());
    v1::Present filled = FillAnalystEvent(Request(present), table_).present();
    EXPECT_TRUE(IsWellFormed(filled)) << present;
    return filled;
  }

  ActorTable table_;
};

TEST_F(AnalystTiesTest, OfATreatyPartiesAreFilledIn) {
  const v1::Present present = Filled(R"pb(treaty {
                                            treaty { id: "treaty:pact" title: "A pact" }
                                            describes: true
                                            base { id: "untc:26-3" }
                                            signed_date { year: 2024 month: 6 }
                                            obligation: OBLIGATION_DEFENSE
                                            party {
                                              party { id: "PRK" }
                                              toward { printed_name: "Russia" }
                                              act {
                                                kind: ACT_KIND_SIGNATURE
                                                date { year: 2024 month: 6 }
                                              }
                                              act { kind: ACT_KIND_RATIFICATION }
                                              spell { from_date { year: 2024 } }
                                            }
                                            party { party { printed_name: "Thule" } }
                                          })pb");
  const v1::TreatyParty& first = present.treaty().party(0);
  EXPECT_EQ(first.party().id(), "state:PRK");
  EXPECT_EQ(first.party().printed_name(), "North Korea");
  EXPECT_EQ(first.toward().id(), "state:RUS");
  EXPECT_EQ(first.toward().printed_name(), "Russia");
  EXPECT_EQ(present.treaty().party(1).party().id(), "unresolved:analyst:ann:Thule");
  EXPECT_FALSE(present.treaty().party(1).has_toward()) << "owed to all is not owed to nobody";
}

TEST_F(AnalystTiesTest, ATreatyNeedsAnIdAndSomethingSaidOfIt) {
  const auto id = Pair("treaty.treaty.id",
                       "expected a treaty's id without blanks, such as \"treaty:NAME\" or "
                       "\"untc:26-3\"");
  EXPECT_THAT(Wrong("treaty {}"), ElementsAre(id, Pair("treaty", HasSubstr("expected either"))));
  for (const std::string wrong : {"pact", ":pact", "treaty:", "treaty:a pact"}) {
    EXPECT_THAT(Wrong("treaty { describes: true treaty { id: '" + wrong + "' } }"), ElementsAre(id))
        << wrong;
  }
  EXPECT_THAT(Wrong("treaty { describes: true treaty { id: 'treaty:" + std::string(250, 'x') +
                    "' } }"),
              ElementsAre(Pair("treaty.treaty.id", HasSubstr("at most 256"))));
  EXPECT_THAT(Wrong(R"pb(treaty {
                           describes: true
                           treaty { id: "treaty:a" }
                           base { id: "treaty:a" }
                         })pb"),
              ElementsAre(Pair("treaty.base.id", HasSubstr("expected that of another one"))));
}

TEST_F(AnalystTiesTest, APartyIsKnownOwesAnotherAndDoesSomething) {
  EXPECT_THAT(
      Wrong(R"pb(treaty {
                   treaty { id: "treaty:a" }
                   party { side: -1 }
                   party {
                     party { id: "state:QQQ" }
                     act {}
                   }
                   party {
                     party { id: "state:RUS" }
                     toward { printed_name: "Russia" }
                     act { kind: 99 }
                   }
                   party { party {} }
                 })pb"),
      ElementsAre(Pair("treaty.party[1].party.id", HasSubstr("\"state:QQQ\" is no actor")),
                  Pair("treaty.party[2].act[0].kind", "expected a value that is known"),
                  Pair("treaty.party[3].party", HasSubstr("expected an actor's id or its name")),
                  Pair("treaty.party[0].party", HasSubstr("expected an actor's id or its name")),
                  Pair("treaty.party[0].side", "-1 is below 0"),
                  Pair("treaty.party[1].act[0].kind", HasSubstr("expected what the party did")),
                  Pair("treaty.party[2].toward",
                       "is state:RUS too, expected another actor")));
}

TEST_F(AnalystTiesTest, ATreatysDatesExistAndFollowEachOther) {
  EXPECT_THAT(
      Wrong(R"pb(treaty {
                   treaty { id: "treaty:a" }
                   describes: true
                   signed_date { year: 2024 month: 2 day: 30 }
                   in_force_date { year: 2024 month: 6 }
                   end_date { year: 2024 month: 5 day: 31 }
                   party {
                     party { id: "RUS" }
                     act {
                       kind: ACT_KIND_SIGNATURE
                       date { year: 2024 month: 13 }
                     }
                     spell {
                       from_date { year: 2024 month: 6 }
                       to_date { year: 2023 }
                     }
                     spell {
                       from_date { year: 2024 month: 6 }
                       to_date { year: 2024 }
                     }
                   }
                 })pb"),
      ElementsAre(
          Pair("treaty.signed_date", HasSubstr("day 30")),
          Pair("treaty.party[0].act[0].date", HasSubstr("expected 1 to 12")),
          Pair("treaty.end_date", "2024-05-31 is before 2024-06, when it begins"),
          Pair("treaty.party[0].spell[0].to_date", "2023 is before 2024-06, when it begins")));
}

TEST_F(AnalystTiesTest, AListHasABound) {
  std::string parties;
  for (int i = 0; i < 201; ++i) parties += "party { party { id: 'RUS' } } ";
  EXPECT_THAT(Wrong("treaty { treaty { id: 'treaty:a' } " + parties + "}"),
              ElementsAre(Pair("treaty.party", "201 given, at most 200 are taken")));
  std::string acts;
  for (int i = 0; i < 201; ++i) acts += "act { kind: ACT_KIND_SIGNATURE } ";
  EXPECT_THAT(
      Wrong("treaty { treaty { id: 'treaty:a' } party { party { id: 'RUS' } " + acts + "} }"),
      ElementsAre(Pair("treaty.party[0].act", "201 given, at most 200 are taken")));
}

TEST_F(AnalystTiesTest, AMembershipIsOfAnOrganisation) {
  const v1::Present present = Filled(R"pb(membership {
                                            member { id: "IRN" }
                                            organisation { printed_name: "BRICS" }
                                            status: MEMBERSHIP_STATUS_JOINED
                                            date { year: 2024 }
                                          })pb");
  EXPECT_EQ(present.membership().member().printed_name(), "Iran");
  EXPECT_EQ(present.membership().organisation().id(), "org:BRICS");
  EXPECT_THAT(Wrong("membership {}"),
              ElementsAre(Pair("membership.member", HasSubstr("expected an actor's id")),
                          Pair("membership.organisation", HasSubstr("expected an actor's id")),
                          Pair("membership.status", HasSubstr("expected joined, suspended"))));
  EXPECT_THAT(Wrong(R"pb(membership {
                           member { id: "IRN" }
                           organisation { id: "state:CHN" }
                           status: MEMBERSHIP_STATUS_JOINED
                           date { year: 2024 month: 1 day: 32 }
                         })pb"),
              ElementsAre(Pair("membership.date", HasSubstr("day 32")),
                          Pair("membership.organisation", HasSubstr("expected an organisation"))));
  EXPECT_THAT(Wrong(R"pb(membership {
                           member { id: "org:EU" }
                           organisation { printed_name: "European Union" }
                           status: MEMBERSHIP_STATUS_LEFT
                         })pb"),
              ElementsAre(Pair("membership.organisation", HasSubstr("expected another actor"))));
  EXPECT_THAT(Wrong(R"pb(membership {
                           member { id: "IRN" }
                           organisation { printed_name: "Union of the Far North" }
                           status: MEMBERSHIP_STATUS_JOINED
                         })pb"),
              IsEmpty())
      << "what no table knows may be an organisation";
}

TEST_F(AnalystTiesTest, ADeploymentHasTwoSidesAndNumbersThatCanBe) {
  const v1::Present present = Filled(R"pb(deployment {
                                            sender { printed_name: "North Korea" }
                                            supported { id: "RU" }
                                            location { id: "state:RUS" }
                                            personnel: 10000
                                            personnel_max: 12000
                                            from_date { year: 2024 month: 10 }
                                          })pb");
  EXPECT_EQ(present.deployment().sender().id(), "state:PRK");
  EXPECT_EQ(present.deployment().supported().id(), "state:RUS");
  EXPECT_EQ(present.deployment().location().printed_name(), "Russia");
  EXPECT_THAT(
      Wrong(R"pb(deployment {
                   supported { id: "RUS" }
                   location {}
                   personnel: -1
                   personnel_max: -2
                   from_date { year: 2024 }
                   to_date { year: 2023 month: 12 }
                 })pb"),
      ElementsAre(Pair("deployment.location", HasSubstr("expected an actor's id or its name")),
                  Pair("deployment.sender", HasSubstr("expected an actor's id or its name")),
                  Pair("deployment.personnel", "-1 is below 0"),
                  Pair("deployment.personnel_max", "expected personnel beside it, and no less than "
                                                   "that"),
                  Pair("deployment.to_date", "2023-12 is before 2024, when it begins")));
  EXPECT_THAT(Wrong(R"pb(deployment {
                           sender { id: "RUS" }
                           supported { id: "RUS" }
                           personnel_max: 5
                         })pb"),
              ElementsAre(Pair("deployment.supported", HasSubstr("expected another actor")),
                          Pair("deployment.personnel_max", HasSubstr("expected personnel"))));
}

TEST_F(AnalystTiesTest, AnIndicatorHasAValueWithItsUnitOrAStatement) {
  const v1::Present present = Filled(R"pb(indicator {
                                            actor { id: "PRK" }
                                            on { printed_name: "China" }
                                            name: "share of foreign trade"
                                            value_millionths: 90000000
                                            unit: "percent"
                                            is_estimate: true
                                          })pb");
  EXPECT_EQ(present.indicator().actor().id(), "state:PRK");
  EXPECT_EQ(present.indicator().on().id(), "state:CHN");
  const std::string two = R"pb(actor { id: "IRN" }
                               on { id: "CHN" }
                               name: "oil")pb";
  EXPECT_THAT(Wrong("indicator {" + two + " statement: 'a major buyer' }"), IsEmpty());
  EXPECT_THAT(Wrong("indicator {" + two + " unit: 'barrels a day' }"),
              ElementsAre(Pair("indicator.value_millionths", HasSubstr("expected either")),
                          Pair("indicator.unit", HasSubstr("and only there"))));
  EXPECT_THAT(Wrong("indicator {" + two +
                    " value_millionths: 1 from_date { year: 2024 } to_date { year: 2023 } }"),
              ElementsAre(Pair("indicator.unit", HasSubstr("expected a unit")),
                          Pair("indicator.to_date", HasSubstr("is before 2024"))));
  EXPECT_THAT(Wrong("indicator { actor { id: 'IRN' } on { id: 'IRN' } statement: 'x' }"),
              ElementsAre(Pair("indicator.on", HasSubstr("expected another actor")),
                          Pair("indicator.name", HasSubstr("expected what is measured"))));
  EXPECT_THAT(Wrong("indicator { name: 'oil' statement: 'x' }"),
              ElementsAre(Pair("indicator.actor", HasSubstr("expected an actor's id")),
                          Pair("indicator.on", HasSubstr("expected an actor's id"))));
}

TEST_F(AnalystTiesTest, ADealingSaysWhatPassedBetweenTwo) {
  const v1::Present present = Filled(R"pb(dealing {
                                            kind: DEALING_KIND_OFFER
                                            actor { id: "RUS" }
                                            toward { printed_name: "Iran" }
                                            description: "Offers help."
                                            treaty { id: "treaty:a" }
                                          })pb");
  EXPECT_EQ(present.dealing().actor().printed_name(), "Russia");
  EXPECT_EQ(present.dealing().toward().id(), "state:IRN");
  EXPECT_THAT(Wrong("dealing {}"),
              ElementsAre(Pair("dealing.actor", HasSubstr("expected an actor's id or its name")),
                          Pair("dealing.toward", HasSubstr("expected an actor's id or its name")),
                          Pair("dealing.kind", HasSubstr("expected what kind of dealing it is")),
                          Pair("dealing.description", HasSubstr("expected what passed"))));
  EXPECT_THAT(
      Wrong(absl::StrCat("dealing { kind: 99 actor { id: 'RUS' } toward { id: 'RUS' } place: '",
                         std::string(10'001, 'x'),
                         "' description: 'x' treaty { id: 'pact' } from_date { year: 2024 } "
                         "to_date { year: 2020 } }")),
      ElementsAre(Pair("dealing.kind", "expected a value that is known"),
                  Pair("dealing.place", HasSubstr("at most 10000")),
                  Pair("dealing.toward", HasSubstr("expected another actor")),
                  Pair("dealing.treaty.id", HasSubstr("expected a treaty's id")),
                  Pair("dealing.to_date", HasSubstr("2020 is before 2024"))));
}

}  // namespace
}  // namespace dossier
