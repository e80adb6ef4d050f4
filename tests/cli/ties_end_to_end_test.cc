// Treaties and ties asked of a whole system on a folder of its own: an analyst's events in, pages
// out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A pact that both signed and one ratified, troops and shells that one sends, a fighter put off, a
// sanction by an organisation that one belongs to, and what one depends on the other for.
constexpr char kEvents[] = R"(
id: "toys-event-00001"
record: "pact"
stamp { time { seconds: 1718841600 } precision: PRECISION_DAY }  # 2024-06-20
present {
  treaty {
    treaty { id: "treaty:toy-pact" title: "Toy Pact" }
    describes: true
    subject: "bilateral"
    signed_date { year: 2024 month: 6 day: 19 }
    party {
      party { id: "state:RUS" }
      act { kind: ACT_KIND_SIGNATURE date { year: 2024 month: 6 day: 19 } }
      spell { from_date { year: 2024 month: 12 day: 4 } obligation: OBLIGATION_DEFENSE }
    }
    party {
      party { id: "state:PRK" }
      act {
        kind: ACT_KIND_SIGNATURE
        date { year: 2024 month: 6 day: 19 }
        reservation: "Not of toys."
      }
      spell { from_date { year: 2024 month: 12 day: 4 } obligation: OBLIGATION_DEFENSE }
    }
  }
}
---
id: "toys-event-00002"
record: "troops"
stamp { time { seconds: 1729814400 } precision: PRECISION_DAY }  # 2024-10-25
present {
  deployment {
    sender { id: "state:PRK" }
    supported { id: "state:RUS" }
    personnel: 10000
    personnel_max: 12000
    from_date { year: 2024 month: 10 }
    description: "troops"
  }
}
---
id: "toys-event-00003"
record: "fighters"
stamp { time { seconds: 1729814400 } precision: PRECISION_DAY }
present {
  transfer {
    supplier { id: "state:RUS" }
    recipient { id: "state:PRK" }
    designation: "Su-0"
    order_date { year: 2022 }
    number_ordered: 24
    disruption: DISRUPTION_POSTPONED
  }
}
---
id: "toys-event-00004"
record: "oil"
stamp { time { seconds: 1729814400 } precision: PRECISION_DAY }
present {
  indicator {
    actor { id: "state:PRK" }
    on { id: "state:RUS" }
    name: "share of oil imports"
    value_millionths: 90000000
    unit: "percent"
    is_estimate: true
    from_date { year: 2024 }
    to_date { year: 2024 }
  }
}
---
id: "toys-event-00005"
record: "member"
stamp { time { seconds: 1229814400 } precision: PRECISION_DAY }
present {
  membership {
    member { id: "state:RUS" }
    organisation { id: "org:UN" }
    status: MEMBERSHIP_STATUS_JOINED
    date { year: 1945 month: 10 day: 24 }
  }
}
---
id: "toys-event-00006"
record: "embargo"
stamp { time { seconds: 1229814400 } precision: PRECISION_DAY }
present {
  sanction {
    target { id: "state:PRK" }
    target_kind: ACTOR_KIND_STATE
    sender { id: "org:UN" }
    programme: "TOY"
    measure { kind: MEASURE_KIND_ARMS_EMBARGO basis: MEASURE_BASIS_PUBLISHED }
    date { kind: SANCTION_DATE_KIND_IN_FORCE date { year: 2006 month: 10 day: 14 } }
  }
}
---
id: "toys-event-00007"
record: "visit"
stamp { time { seconds: 1729814400 } precision: PRECISION_DAY }
present {
  dealing {
    kind: DEALING_KIND_VISIT
    actor { id: "state:RUS" }
    toward { id: "state:PRK" }
    from_date { year: 2024 month: 6 day: 19 }
    to_date { year: 2024 month: 6 day: 19 }
    description: "A visit."
  }
}
)";

class TiesEndToEnd : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "dossier_ties_XXXXXX").string();
    root_ = mkdtemp(name.data());
    const std::string file = root_ + "/toys.txtpb";
    std::ofstream(file) << kEvents;
    appended_ = RunDossier({"--data", root_ + "/data", "append", "--analyst", "toys", file});
  }
  static void TearDownTestSuite() { fs::remove_all(root_); }
  void SetUp() override { ASSERT_EQ(appended_.status, 0) << appended_.err; }

  static std::string Out(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--data", root_ + "/data"});
    const Ran ran = RunDossier(arguments);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }

  static inline std::string root_;
  static inline Ran appended_;
};

TEST_F(TiesEndToEnd, BeforeThePactThereIsTheEmbargoAlone) {
  const std::string page = Out({"tie", "RUS", "PRK", "--effective", "2021-05-01"});
  EXPECT_THAT(page, HasSubstr("What held on 2021-05-01, as published so far; sequence "));
  EXPECT_THAT(page, HasSubstr("  Sanctions on PRK via United Nations (org:UN), to which RUS "
                              "belongs: not its own\n"
                              "    in force, began 2006-10-14: arms embargo (TOY) "));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("Toy Pact")), Not(HasSubstr("troops")),
                          Not(HasSubstr("Su-0")), Not(HasSubstr("A visit"))));
}

TEST_F(TiesEndToEnd, AfterThePactEachPartIsThere) {
  const std::string page = Out({"tie", "RUS", "PRK", "--effective", "2024-11-01"});
  for (const char* line : {"  Treaties signed; not yet consented\n    Toy Pact (treaty:toy-pact)",
                           "  Arms of RUS to PRK  1 deal, nothing delivered; 1 open order\n"
                           "    Open  Su-0: ordered 24; postponed; order of 2022 ",
                           "  Deployments of PRK in support of RUS\n"
                           "    10,000 to 12,000 troops, from 2024-10 ",
                           "  Dependence of PRK on RUS\n"
                           "    share of oil imports: about 90 percent, in 2024 ",
                           "    on 2024-06-19, visit, RUS toward PRK: A visit. "}) {
    EXPECT_THAT(page, HasSubstr(line));
  }
}

TEST_F(TiesEndToEnd, WhatIsPublishedLaterIsNotKnownBefore) {
  const std::string page =
      Out({"tie", "RUS", "PRK", "--effective", "2024-11-01", "--known-by", "2024-07-01"});
  EXPECT_THAT(page, AllOf(HasSubstr("Toy Pact"), Not(HasSubstr("troops"))));
}

TEST_F(TiesEndToEnd, ATreatyHasItsPartiesByStanding) {
  const std::string before = Out({"treaty", "treaty:toy-pact", "--effective", "2024-11-01"});
  EXPECT_THAT(before, HasSubstr("  Parties       2 signed only\n"
                                "    signed; not yet consented\n"));
  EXPECT_THAT(before, HasSubstr("        Reservation  Not of toys.\n"));
  EXPECT_THAT(Out({"treaty", "treaty:toy-pact", "--effective", "2025-01-01"}),
              HasSubstr("  Parties       2 in force\n"));
  EXPECT_THAT(Out({"treaties", "--party", "Russia", "--csv", "--effective", "2024-11-01"}),
              HasSubstr("treaty:toy-pact,Toy Pact,analyst:toys,bilateral,2024-06-19,"));
}

TEST_F(TiesEndToEnd, BetweenTwoDaysItIsSaidWhatChangedAndWhy) {
  const std::string page =
      Out({"ties", "RUS", "PRK", "CHN", "--from", "2024-05-01", "--to", "2024-11-01"});
  EXPECT_THAT(page, HasSubstr("  source        what                    2024-05-01  2024-11-01\n"));
  EXPECT_THAT(page, HasSubstr("  analyst:toys  treaties                -           1 signed "
                              "only\n"));
  EXPECT_THAT(page, HasSubstr("                deployments PRK to RUS  -           1\n"));
  EXPECT_THAT(page, HasSubstr("No source says anything of Russia and China; North Korea and "
                              "China.\n"));
  EXPECT_THAT(page, HasSubstr("2024-06-19  RUS, PRK: treaty, Toy Pact"));
  EXPECT_THAT(page, HasSubstr("            analyst:toys troops, published 2024-10-25 "));
  EXPECT_THAT(Out({"ties", "RUS", "PRK", "--from", "2024-05-01", "--to", "2024-05-01"}),
              HasSubstr("Nothing in what was loaded.\n"));
}

TEST_F(TiesEndToEnd, ADossierCountsThem) {
  const std::string page = Out({"show", "Russia", "--effective", "2024-11-01"});
  EXPECT_THAT(page, HasSubstr("  Treaties: 1 signed only (\"dossier treaties --party state:RUS "
                              "--source analyst:toys\")\n"
                              "  Memberships: 1\n"
                              "  Deployments: 1\n"
                              "  Indicators: 1\n"
                              "  Dealings: 1\n"));
}

}  // namespace
}  // namespace dossier
