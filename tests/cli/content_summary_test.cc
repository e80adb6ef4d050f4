// What a record says, in a line of the feed or of a history.
#include "services/cli/content_summary.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace dossier {
namespace {

std::string Summarised(const std::string& text) {
  v1::Present present;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &present)) << text;
  return ContentSummary(present);
}

TEST(ContentSummary, ATreatyIsNamedWithWhatItsPartiesDid) {
  EXPECT_EQ(Summarised(R"pb(treaty {
                              treaty { id: "treaty:toy" title: "Toy Pact" }
                              party {
                                party { id: "state:RUS" printed_name: "Russia" }
                                act { kind: ACT_KIND_SIGNATURE }
                                act { kind: ACT_KIND_RATIFICATION }
                              }
                              party { party { id: "state:PRK" } }
                            })pb"),
            "Toy Pact (treaty:toy): Russia (state:RUS), signature, ratification; state:PRK");
}

TEST(ContentSummary, WhatIsBetweenTwoIsSaidWithItsFigures) {
  EXPECT_EQ(Summarised(R"pb(deployment {
                              sender { id: "state:PRK" }
                              supported { id: "state:RUS" }
                              personnel: 10000
                              description: "troops"
                              from_date { year: 2024 month: 10 }
                            })pb"),
            "state:PRK in support of state:RUS: 10,000 troops, from 2024-10");
  EXPECT_EQ(Summarised(R"pb(indicator {
                              actor { id: "state:PRK" }
                              on { id: "state:CHN" }
                              name: "share of foreign trade"
                              value_millionths: 90000000
                              unit: "percent"
                              is_estimate: true
                            })pb"),
            "state:PRK on state:CHN, share of foreign trade: about 90 percent");
  EXPECT_EQ(Summarised(R"pb(dealing {
                              kind: DEALING_KIND_JOINT_PROJECT
                              actor { id: "state:IRN" }
                              toward { id: "state:RUS" }
                              description: "A toy factory."
                            })pb"),
            "state:IRN, joint project, state:RUS: A toy factory.");
  EXPECT_EQ(Summarised(R"pb(membership {
                              member { id: "state:IRN" }
                              organisation { id: "org:SCO" printed_name: "SCO" }
                              status: MEMBERSHIP_STATUS_JOINED
                            })pb"),
            "state:IRN joined SCO (org:SCO)");
}

}  // namespace
}  // namespace dossier
