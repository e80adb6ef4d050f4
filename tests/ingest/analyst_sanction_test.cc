// An analyst's own sanctions, links and claims.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/ingest/analyst_event.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class AnalystSanctionTest : public testing::Test {
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

  std::vector<std::string> Wrong(const std::string& present) {
    std::vector<std::string> fields;
    for (const v1::FieldViolation& violation :
         CheckAnalystEvent(Request(present), table_, absl::FromUnixSeconds(1'700'000'000))) {
      EXPECT_FALSE(violation.reason().empty()) << violation.field();
      fields.push_back(violation.field());
    }
    return fields;
  }

  v1::Present Filled(const std::string& present) {
    return FillAnalystEvent(Request(present), table_).present();
  }

  ActorTable table_;
};

constexpr char kSanction[] = R"pb(
  sanction {
    target { printed_name: "Iran" }
    sender { id: "US" }
    programme: "Drones"
    measure { kind: MEASURE_KIND_ARMS_EMBARGO basis: MEASURE_BASIS_PUBLISHED }
    date {
      kind: SANCTION_DATE_KIND_IN_FORCE
      date { year: 2023 month: 10 }
    }
  }
)pb";

TEST_F(AnalystSanctionTest, ActorsAndThePartAreFilledIn) {
  EXPECT_THAT(Wrong(kSanction), IsEmpty());
  const v1::Present present = Filled(kSanction);
  EXPECT_EQ(present.sanction().target(0).id(), "state:IRN");
  EXPECT_EQ(present.sanction().sender(0).id(), "state:USA");
  EXPECT_EQ(present.sanction().sender(0).printed_name(), "United States");
  EXPECT_EQ(present.sanction().part(), v1::SANCTION_PART_ENTRY);
}

TEST_F(AnalystSanctionTest, ASanctionNeedsATargetAndASender) {
  EXPECT_THAT(Wrong("sanction {}"),
              ElementsAre("event.present.sanction.target", "event.present.sanction.sender"));
  EXPECT_THAT(Wrong(R"pb(sanction {
                           target { id: "nobody" }
                           authority: "OFAC"
                         })pb"),
              ElementsAre("event.present.sanction.target[0].id"));
}

TEST_F(AnalystSanctionTest, EveryFieldIsChecked) {
  EXPECT_THAT(
      Wrong(R"pb(sanction {
                   target { id: "state:IRN" }
                   list: "own"
                   birth { date { year: 2023 month: 13 } }
                   name { whole: "x" kind: 77 }
                 })pb"),
      ElementsAre("event.present.sanction.name[0].kind", "event.present.sanction.birth[0].date"));
  std::string many = R"pb(target { id: "state:IRN" }
                          list: "own")pb";
  for (int i = 0; i < 201; ++i) many += " position: \"x\"";
  EXPECT_THAT(Wrong("sanction {" + many + "}"), ElementsAre("event.present.sanction.position"));
}

TEST_F(AnalystSanctionTest, ALinkAndAClaimNeedBothSidesAndAKind) {
  EXPECT_THAT(Wrong(R"pb(link {
                           party { id: "company:acme" }
                           other { id: "state:RUS" }
                           kind: LINK_KIND_OWNED_BY
                           share_millionths: 510000
                         })pb"),
              IsEmpty());
  EXPECT_THAT(Wrong(R"pb(link {
                           party { id: "company:acme" }
                           share_millionths: 1000001
                         })pb"),
              ElementsAre("event.present.link.other", "event.present.link.kind",
                          "event.present.link.share_millionths"));
  EXPECT_THAT(
      Wrong(R"pb(identity_claim { subject { id: "person:jane" } })pb"),
      ElementsAre("event.present.identity_claim.object", "event.present.identity_claim.kind"));
}

TEST_F(AnalystSanctionTest, AListedPartyIsAnActor) {
  EXPECT_THAT(Wrong(R"pb(identity_claim {
                           subject { id: "ofac:7157" }
                           object { id: "un:QDi.430" }
                           kind: CLAIM_KIND_SAME_AS
                         })pb"),
              IsEmpty());
  EXPECT_THAT(Wrong(R"pb(identity_claim {
                           subject { id: "offac:7157" }
                           object { id: "un:" }
                           kind: CLAIM_KIND_SAME_AS
                         })pb"),
              Contains("event.present.identity_claim.subject.id"));
}

TEST_F(AnalystSanctionTest, WhatASanctionNamesWithinIsCheckedAndFilledInToo) {
  EXPECT_THAT(Wrong(R"pb(sanction {
                           target { id: "state:IRN" }
                           list: "own"
                           nationality { country { id: "state:QQQ" } }
                           link {
                             other { id: "RUS" }
                             share_millionths: 5000000
                           }
                           claim { object { id: "un:QDi.1" } }
                         })pb"),
              ElementsAre("event.present.sanction.nationality[0].country.id",
                          "event.present.sanction.link[0].kind",
                          "event.present.sanction.link[0].share_millionths",
                          "event.present.sanction.claim[0].kind"));
  const v1::Present present = Filled(R"pb(sanction {
                                            target { id: "state:IRN" }
                                            list: "own"
                                            birth { country { printed_name: "Iraq" } }
                                            link {
                                              other { id: "RUS" }
                                              kind: LINK_KIND_OTHER
                                            }
                                          })pb");
  EXPECT_EQ(present.sanction().birth(0).country().id(), "state:IRQ");
  EXPECT_EQ(present.sanction().link(0).other().id(), "state:RUS");
}

TEST_F(AnalystSanctionTest, AnEmptyBodyIsRefused) {
  EXPECT_THAT(Wrong(""), ElementsAre("event.present"));
}

}  // namespace
}  // namespace dossier
