// What "tie" and "ties" ask, and the pages and rows that they make of answers.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char kTie[] = R"pb(
  answered_at {
    cut { effective_date { year: 2024 month: 11 day: 1 } }
    sequence: 1200
    view_sequence: 1300
    log_id: "0123456789abcdef"
  }
  ended_treaties: 2
  notice: "What is not reported may exist."
  tie {
    a { id: "state:RUS" printed_name: "Russia" }
    b { id: "state:PRK" printed_name: "North\x1b Korea" }
    source {
      source: "analyst:ana"
      treaty {
        treaty { id: "treaty:toy" title: "Toy Partnership" }
        on {
          standing: STANDING_SIGNED
          possible: STANDING_SIGNED
          since_date { year: 2024 month: 6 }
        }
        a { standing: STANDING_SIGNED possible: STANDING_SIGNED basis: "signature 2024-06" }
        b { standing: STANDING_CONSENTED possible: STANDING_CONSENTED basis: "ratification" }
        a_owes: OBLIGATION_DEFENSE
        b_owes: OBLIGATION_DEFENSE
        b_owes: OBLIGATION_CONSULTATION
        ground {
          source: "analyst:ana"
          record: "toy"
          stamp {
            time { seconds: 1718755200 }
            precision: PRECISION_DAY
            basis: BASIS_STATED
          }
        }
      }
      b_to_a {
        summary {
          total { deals: 1 records: 1 units: 60 records_without_tiv: 1 }
          open_orders: 1
        }
        open_order {
          record: "shells"
          transfer {
            designation: "Shell"
            description: "gun"
            order_date { year: 2023 }
            number_ordered: 100
            delivery { year: 2024 number: 60 }
            disruption: DISRUPTION_POSTPONED
          }
          locator { file_name: "ana.jsonl" line: 3 }
        }
      }
      deployment {
        deployment {
          sender { id: "state:PRK" printed_name: "North Korea" }
          supported { id: "state:RUS" printed_name: "Russia" }
          location { printed_name: "Kursk" }
          personnel: 10000
          personnel_max: 12000
          from_date { year: 2024 month: 10 }
          description: "troops"
          comment: "by their own account"
        }
        in_force: IN_FORCE_POSSIBLY
        ground { locator { file_name: "ana.jsonl" line: 4 } }
      }
      indicator {
        indicator {
          actor { id: "state:PRK" }
          on { id: "state:RUS" }
          name: "share of oil"
          value_millionths: 90000000
          unit: "percent"
          is_estimate: true
          from_date { year: 2023 }
          to_date { year: 2023 }
        }
        in_force: IN_FORCE_NO
        ground { locator { file_name: "ana.jsonl" line: 5 } }
      }
      dealing {
        dealing {
          kind: DEALING_KIND_VISIT
          actor { id: "state:RUS" }
          toward { id: "state:PRK" }
          place: "Toytown"
          from_date { year: 2024 month: 6 day: 19 }
          to_date { year: 2024 month: 6 day: 19 }
          description: "A visit."
          treaty { id: "treaty:toy" }
        }
        in_force: IN_FORCE_YES
        ground { locator { file_name: "ana.jsonl" line: 6 } }
      }
    }
    source {
      source: "atop"
      covers_until { year: 2016 month: 12 day: 31 }
      edition {
        loaded {
          stamp {
            time { seconds: 1541030400 }
            precision: PRECISION_DAY
            basis: BASIS_ASSUMED
          }
        }
      }
      treaty {
        treaty { id: "atop:1" }
        on {
          standing: STANDING_IN_FORCE
          possible: STANDING_IN_FORCE
          last_observed: true
          since_date { year: 2000 month: 2 day: 9 }
        }
        a_owes: OBLIGATION_CONSULTATION
        b_owes: OBLIGATION_CONSULTATION
        ground { locator { file_name: "atop.csv" line: 12 } }
        ground { locator { file_name: "atop.csv" line: 13 } }
      }
      note: "observed to the end of 2016"
    }
    source {
      source: "gsdb"
      sanction {
        sender { id: "state:RUS" }
        target { id: "state:PRK" }
        via { id: "org:UN" printed_name: "United Nations" }
        entry {
          list: "Case 7"
          in_force: IN_FORCE_YES
          window { from { earliest_date { year: 2006 } latest_date { year: 2006 } } }
          sanction { measure { kind: MEASURE_KIND_ARMS_EMBARGO } }
          ground { locator { file_name: "gsdb.csv" line: 7 } }
        }
      }
      sanction {
        sender { id: "state:RUS" }
        target { id: "state:PRK" }
        entry {
          list: "Case 8"
          in_force: IN_FORCE_LAST_OBSERVED
          sanction {
            programme: "TOY"
            measure { kind: MEASURE_KIND_TRADE }
          }
          ground { locator { file_name: "gsdb.csv" line: 8 } }
        }
      }
    }
    source { source: "sipri-deals" coverage: "whole" }
    shared {
      source: "analyst:ana"
      organisation { id: "org:TOY" printed_name: "Toy Club" }
      a {
        status: MEMBERSHIP_STATUS_JOINED
        date { year: 1991 }
      }
      b { status: MEMBERSHIP_STATUS_JOINED role: "observer" }
      ground { locator { file_name: "ana.jsonl" line: 9 } }
    }
  })pb";

// Two pairs at the cut asked for; before 2020 they owed nothing, and had a visit.
constexpr char kTies[] = R"pb(
  answered_at { sequence: 12 log_id: "0123456789abcdef" }
  coverage: "atop: whole"
  notice: "What is not reported may exist."
  pair {
    a { id: "state:CHN" printed_name: "China" }
    b { id: "state:RUS" printed_name: "Russia" }
    source {
      source: "atop"
      treaty { standing: STANDING_SIGNED count: 1 }
      treaty { standing: STANDING_IN_FORCE count: 2 }
      a_owes: OBLIGATION_NONAGGRESSION
      b_owes: OBLIGATION_NONAGGRESSION
      b_owes: OBLIGATION_CONSULTATION
    }
    source {
      source: "sipri-deals"
      b_to_a { tiv_thousandths: 1200000 deals: 3 records: 9 }
      b_to_a_last_five_years { tiv_thousandths: 40000 deals: 1 records: 1 }
      open_orders_b_to_a: 1
      sanctions_via: 2
    }
    shared_organisation { id: "org:TOY" printed_name: "Toy Club" }
  }
  pair {
    a { id: "state:CHN" printed_name: "China" }
    b { id: "state:IRN" printed_name: "Iran" }
  })pb";

class FakeTies : public v1::TiesService::Service {
 public:
  grpc::Status GetTie(grpc::ServerContext*, const v1::GetTieRequest* request,
                      v1::GetTieResponse* response) override {
    tie_asked = *request;
    if (request->b() == "nobody") {
      response->mutable_tie()->mutable_a()->set_id("state:RUS");
      response->mutable_tie()->mutable_b()->set_id("nobody");
      return grpc::Status::OK;
    }
    EXPECT_TRUE(TextFormat::ParseFromString(kTie, response));
    v1::SourceTie& atop = *response->mutable_tie()->mutable_source(1);
    const v1::TreatyTie treaty = atop.treaty(0);
    for (int i = 1; i < treaties; ++i) *atop.add_treaty() = treaty;
    if (years > 0) AddYears(atop.mutable_a_to_b()->mutable_summary());
    return grpc::Status::OK;
  }

  grpc::Status GetTies(grpc::ServerContext*, const v1::GetTiesRequest* request,
                       v1::GetTiesResponse* response) override {
    ties_asked.push_back(*request);
    EXPECT_TRUE(TextFormat::ParseFromString(kTies, response));
    *response->mutable_answered_at()->mutable_cut() = request->read_at().cut();
    const v1::Date& day = request->read_at().cut().effective_date();
    if (day.year() != 0 && day.year() < 2020) {
      v1::TieCounts& atop = *response->mutable_pair(0)->mutable_source(0);
      atop.clear_b_owes();
      atop.set_dealings(1);
    }
    return grpc::Status::OK;
  }

  // Two pages of one change each.
  grpc::Status ListTieChanges(grpc::ServerContext*, const v1::ListTieChangesRequest* request,
                              v1::ListTieChangesResponse* response) override {
    changes_asked.push_back(*request);
    const bool first = request->page_token().empty();
    const char* const change = first ? R"pb(
      next_page_token: "2"
      change {
        a { id: "state:CHN" }
        b { id: "state:RUS" }
        source: "atop"
        family: TIE_FAMILY_TREATY
        date { year: 2021 month: 3 }
        subject: "Toy Partnership"
        after: "in force"
        after_ground {
          source: "atop"
          record: "1/RUS"
          sequence: 1234
          stamp {
            time { seconds: 1645747200 }
            precision: PRECISION_DAY
            basis: BASIS_STATED
          }
          locator { file_name: "atop.csv" line: 8 }
        }
      })pb"
                                     : R"pb(
      change {
        a { id: "state:CHN" }
        b { id: "state:RUS" }
        source: "analyst:ana"
        family: TIE_FAMILY_DEALING
        subject: "A visit"
        before: "visit"
        by_knowledge: true
        before_ground {
          source: "analyst:ana"
          record: "visit"
          sequence: 9
          stamp {
            time { seconds: 1718755200 }
            precision: PRECISION_DAY
            basis: BASIS_ASSUMED
          }
        }
      })pb";
    EXPECT_TRUE(TextFormat::ParseFromString(change, response));
    return grpc::Status::OK;
  }

  void AddYears(v1::TradeSummary* trade) const {
    EXPECT_TRUE(TextFormat::ParseFromString(
        R"pb(
          total { tiv_thousandths: 30000 deals: 2 records: 2 units: 7 }
          last_five_years_from: 2019
          last_five_years_to: 2023)pb",
        trade));
    trade->mutable_total()->set_records_without_number(without_number);
    trade->mutable_total()->set_records_without_tiv(without_tiv);
    for (int i = 0; i < years; ++i) {
      v1::YearMeasures& year = *trade->add_year();
      year.set_year(1980 + i);
      year.set_year_to(1980 + i);
      year.mutable_measures()->set_tiv_thousandths(10'000 * (i + 1));
    }
  }

  int treaties = 1;  // of the second source
  int years = 0;     // of arms in it
  int without_number = 0, without_tiv = 0;
  v1::GetTieRequest tie_asked;
  std::vector<v1::GetTiesRequest> ties_asked;
  std::vector<v1::ListTieChangesRequest> changes_asked;
};

class FakeSources : public v1::QueryService::Service {
 public:
  grpc::Status ListSources(grpc::ServerContext*, const v1::ListSourcesRequest* request,
                           v1::ListSourcesResponse* response) override {
    asked = *request;
    for (const char* id : {"atop", "gsdb", "untc"}) response->add_source()->set_id(id);
    response->mutable_source(2)->set_editions(2);
    response->mutable_source(2)->mutable_covers_until()->set_year(2025);
    return grpc::Status::OK;
  }

  v1::ListSourcesRequest asked;
};

class TiesCommands : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeTies ties_;
  FakeSources sources_;
  Serving serving_{{&ties_, &sources_}};
};

TEST_F(TiesCommands, ATieIsAPageSourceBySource) {
  const Ran ran = Ask({"tie", "RUS", "PRK", "--effective", "2024-11-01"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ties_.tie_asked.a(), "RUS");
  EXPECT_EQ(ties_.tie_asked.b(), "PRK");
  EXPECT_FALSE(ties_.tie_asked.include_ended());
  EXPECT_EQ(ties_.tie_asked.read_at().cut().effective_date().month(), 11);
  EXPECT_EQ(ran.out,
            "Russia and North? Korea                                                         "
            "state:RUS  state:PRK\n"
            "What held on 2024-11-01, as published so far; sequence 1,200 of 1,300, log 01234567.\n"
            "\n"
            "analyst:ana: reports of an analyst\n"
            "  Treaties signed; not yet consented\n"
            "    Toy Partnership (treaty:toy), since 2024-06 [toy, published 2024-06-19 "
            "(stated)]\n"
            "      RUS: signed; not yet consented. PRK: consented; entry into force not stated\n"
            "      RUS owes PRK defense; PRK owes RUS defense, consultation\n"
            "  Arms of PRK to RUS  1 deal, 60 units; no TIV is given; 1 open order\n"
            "    Open  Shell, gun: delivered 60 of 100; postponed; order of 2023 [ana.jsonl:3]\n"
            "  Deployments of PRK in support of RUS\n"
            "    possibly 10,000 to 12,000 troops in Kursk, from 2024-10 [ana.jsonl:4]\n"
            "      by their own account\n"
            "  Dependence of PRK on RUS\n"
            "    not at this date: share of oil: about 90 percent, in 2023 [ana.jsonl:5]\n"
            "  Dealings\n"
            "    on 2024-06-19, visit, RUS toward PRK, Toytown: A visit. [ana.jsonl:6]\n"
            "      on treaty:toy\n"
            "\n"
            "atop: newest edition published 2018-11-01 (assumed), covers until 2016-12-31\n"
            "  Treaties last observed in force (the source observes to 2016-12-31)\n"
            "    atop:1, since 2000-02-09 [atop.csv:12 and 1 more]\n"
            "      each owes the other consultation\n"
            "  Note  observed to the end of 2016\n"
            "\n"
            "gsdb: reports of an analyst\n"
            "  Sanctions of RUS on PRK\n"
            "    last observed in force: trade (TOY) [gsdb.csv:8]\n"
            "  Sanctions on PRK via United Nations (org:UN), to which RUS belongs: not its own\n"
            "    in force, began 2006: arms embargo (Case 7) [gsdb.csv:7]\n"
            "\n"
            "sipri-deals: reports of an analyst\n"
            "  Nothing of the two in what it covers: whole.\n"
            "\n"
            "Both belong to\n"
            "  Toy Club (org:TOY): RUS member since 1991, PRK member (observer); analyst:ana "
            "[ana.jsonl:9]\n"
            "\n"
            "2 treaties that ended by then left out (--ended lists them).\n"
            "Nothing of the two in what these cover: untc until 2025 (2 editions).\n"
            "What is not reported may exist.\n");
  EXPECT_EQ(sources_.asked.read_at().cut().sequence(), 1200);
}

TEST_F(TiesCommands, ATieSaysOnWhatAStandingRestsIfAsked) {
  const Ran ran = Ask({"tie", "RUS", "PRK", "--why", "--ended"});
  EXPECT_TRUE(ties_.tie_asked.include_ended());
  EXPECT_THAT(ran.out, HasSubstr("      RUS: signature 2024-06\n      PRK: ratification\n"));
}

TEST_F(TiesCommands, ManyOfAKindAreCutShort) {
  ties_.treaties = 1200;
  const std::string page = Ask({"tie", "RUS", "PRK", "--top", "2"}).out;
  EXPECT_THAT(page, HasSubstr("    atop:1, since 2000-02-09 [atop.csv:12 and 1 more]\n"
                              "      each owes the other consultation\n"
                              "    atop:1, since 2000-02-09 [atop.csv:12 and 1 more]\n"
                              "      each owes the other consultation\n"
                              "    and 1,198 more (--all lists them)\n"));
  EXPECT_THAT(Ask({"tie", "RUS", "PRK", "--all"}).out, Not(HasSubstr("--all lists them")));
}

TEST_F(TiesCommands, FewYearsOfArmsAreNumbersAndManyAreBars) {
  ties_.years = 2;
  EXPECT_THAT(Ask({"tie", "RUS", "PRK"}).out,
              HasSubstr("  Arms of RUS to PRK  TIV 30 in 2 deals, 7 units; 2019-2023: TIV 0\n"
                        "    TIV by year  1980: 10, 1981: 20\n"));
  ties_.years = 9;
  EXPECT_THAT(Ask({"tie", "RUS", "PRK"}).out,
              HasSubstr("    1980 ▁▂▃▄▅▆▇██ 1988  most in 1988: 90\n"));
}

TEST_F(TiesCommands, WhatIsNotGivenOfArmsIsSaid) {
  ties_.years = 1;
  ties_.without_number = 2;
  EXPECT_THAT(Ask({"tie", "RUS", "PRK"}).out,
              HasSubstr("  Arms of RUS to PRK  TIV 30 in 2 deals; no number is given; 2019-2023:"));
  ties_.without_tiv = 2;
  EXPECT_THAT(Ask({"tie", "RUS", "PRK"}).out,
              HasSubstr("  Arms of RUS to PRK  2 deals; neither number nor TIV is given\n"));
}

TEST_F(TiesCommands, OfWhomNoSourceSpeaksTheCoverageIsSaid) {
  const Ran none = Ask({"tie", "RUS", "nobody"});
  EXPECT_EQ(none.status, 0) << none.err;
  EXPECT_THAT(none.out, HasSubstr("\nNo source says anything of the two at this cut.\n"));
  EXPECT_THAT(none.out, HasSubstr("Nothing of the two in what these cover: atop; gsdb; untc until "
                                  "2025 (2 editions).\n"));
}

TEST_F(TiesCommands, ATieIsRowsForPrograms) {
  const std::string csv = Ask({"--csv", "tie", "RUS", "PRK"}).out;
  EXPECT_THAT(csv, HasSubstr("a,b,source,family,from,toward,via,subject,stands,since,until,detail,"
                             "record,published,basis,file,line,sequence\n"
                             "state:RUS,state:PRK,analyst:ana,treaty,,,,Toy Partnership "
                             "(treaty:toy),signed; not yet consented,2024-06,,\"state:RUS owes "
                             "state:PRK defense; state:PRK owes state:RUS defense, consultation\","
                             "toy,2024-06-19,stated,,,\n"));
  EXPECT_THAT(csv, HasSubstr("analyst:ana,transfers,state:PRK,state:RUS,,all,,,,"
                             "\"TIV 0.00, deals 1, units 60\",,,,,,\n"));
  EXPECT_THAT(csv, HasSubstr("analyst:ana,open order,state:PRK,state:RUS,,Shell,,2023,,postponed,"
                             "shells,,,ana.jsonl,3,\n"));
  EXPECT_THAT(csv, HasSubstr("gsdb,sanction,state:RUS,state:PRK,org:UN,Case 7,yes,2006,,"
                             "arms embargo,,,,gsdb.csv,7,\n"));
  EXPECT_THAT(csv, HasSubstr("analyst:ana,shared membership,,,,org:TOY,,,,member; member "
                             "(observer),,,,ana.jsonl,9,\n"));
  v1::GetTieResponse response;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  Ask({"--json", "tie", "RUS", "PRK"}).out, &response)
                  .ok());
  EXPECT_EQ(response.tie().source_size(), 4);
}

TEST_F(TiesCommands, TheTiesOfAGroupAreATableAPair) {
  const Ran ran = Ask({"ties", "CHN", "RUS", "IRN", "--effective", "2024"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(ties_.ties_asked.size(), 1u);
  EXPECT_THAT(ties_.ties_asked[0].actor(), ElementsAre("CHN", "RUS", "IRN"));
  EXPECT_EQ(ran.out,
            "China and Russia\n"
            "  source         what                   2024\n"
            "  ─────────────  ─────────────────────  ───────────────────────────\n"
            "  atop           treaties               2 in force, 1 signed only\n"
            "                 CHN owes RUS           nonaggression\n"
            "                 RUS owes CHN           nonaggression, consultation\n"
            "  sipri-deals    arms RUS to CHN        TIV 1,200, 3 deals\n"
            "                   last five years      TIV 40, 1 deal\n"
            "                   open orders          1\n"
            "                 sanctions, via others  2\n"
            "  (memberships)  both belong to         Toy Club\n"
            "\n"
            "No source says anything of China and Iran.\n"
            "\n"
            "Sequence 12, log 01234567; all that was published; the world by 2024. Covered: atop: "
            "whole.\n"
            "What is not reported may exist.\n");
  EXPECT_THAT(Ask({"--csv", "ties", "CHN", "RUS"}).out,
              HasSubstr("state:CHN,state:RUS,atop,2,0,0,0,1,0,0,nonaggression,\"nonaggression, "
                        "consultation\",0.00,0,0.00,0,0.00,0,0.00,0,0,0,0,0,0,0,0\n"));
}

TEST_F(TiesCommands, TwoDaysStandBesideEachOtherThenWhatChanged) {
  const Ran ran = Ask({"ties", "CHN", "RUS", "--from", "2019-01-01", "--to", "2024-11-01",
                       "--known-by", "2025", "--from-known-by", "2020"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "China and Russia\n"
            "  source         what                   2019-01-01                 2024-11-01\n"
            "  ─────────────  ─────────────────────  ─────────────────────────  "
            "───────────────────────────\n"
            "  atop           treaties               2 in force, 1 signed only  =\n"
            "                 CHN owes RUS           nonaggression              =\n"
            "                 RUS owes CHN           -                          "
            "nonaggression, consultation\n"
            "                 dealings               1                          -\n"
            "  sipri-deals    arms RUS to CHN        TIV 1,200, 3 deals         =\n"
            "                   last five years      TIV 40, 1 deal             =\n"
            "                   open orders          1                          =\n"
            "                 sanctions, via others  2                          =\n"
            "  (memberships)  both belong to         Toy Club                   =\n"
            "\n"
            "No source says anything of China and Iran.\n"
            "\n"
            "What changed between the two\n"
            "2021-03     CHN, RUS: treaty, Toy Partnership\n"
            "            nothing -> in force\n"
            "            atop 1/RUS, published 2022-02-25 (stated), atop.csv:8, sequence 1,234\n"
            "no date     CHN, RUS: dealing, A visit\n"
            "            visit -> nothing (came to be known)\n"
            "            analyst:ana visit, published 2024-06-19 (assumed), sequence 9\n"
            "2 changes.\n"
            "\n"
            "From  What held on 2019-01-01, as published by 2020; sequence 12, log 01234567.\n"
            "To    What held on 2024-11-01, as published by 2025; sequence 12, log 01234567.\n"
            "What is not reported may exist.\n");
  ASSERT_EQ(ties_.ties_asked.size(), 2u);
  EXPECT_EQ(ties_.ties_asked[1].read_at().cut().ShortDebugString(),
            "effective_date { year: 2019 month: 1 day: 1 } known_by_date { year: 2020 } "
            "sequence: 12");
  ASSERT_EQ(ties_.changes_asked.size(), 2u);
  EXPECT_EQ(ties_.changes_asked[1].page_token(), "2");
  EXPECT_EQ(ties_.changes_asked[0].from().known_by_date().year(), 2020);
  EXPECT_EQ(ties_.changes_asked[0].read_at().cut().known_by_date().year(), 2025);
}

TEST_F(TiesCommands, WhatChangedIsRowsForPrograms) {
  const std::string csv = Ask({"--csv", "ties", "CHN", "RUS", "--from", "2019"}).out;
  EXPECT_EQ(csv,
            "date,a,b,source,family,subject,before,after,by_knowledge,at,record,published,file,"
            "line,sequence\n"
            "2021-03,state:CHN,state:RUS,atop,treaty,Toy Partnership,,in force,no,after,1/RUS,"
            "2022-02-25,atop.csv,8,1234\n"
            ",state:CHN,state:RUS,analyst:ana,dealing,A visit,visit,,yes,before,visit,2024-06-19,,,"
            "9\n");
}

}  // namespace
}  // namespace dossier
