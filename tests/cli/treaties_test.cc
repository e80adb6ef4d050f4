// What "treaty", "treaties" and "show" ask of treaties, and the pages and rows that they make of
// answers.
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
using testing::IsEmpty;
using testing::StartsWith;

constexpr char kTreaty[] = R"pb(
  answered_at { sequence: 12 log_id: "0123456789abcdef" }
  notice: "What is not reported may exist."
  entry {
    source: "untc-index"
    treaty {
      treaty { id: "untc:toy-1" title: "Convention on Toys\x1b" }
      describes: true
      base { id: "untc:toy-0" title: "Charter of Toys" }
      subject: "Chapter XXVI"
      signed_date { year: 1980 month: 10 day: 10 }
      place: "Toytown"
      in_force_date { year: 1983 month: 12 day: 2 }
    }
    note: "it lists treaties alone"
    ground { locator { file_name: "index.csv" line: 3 } }
  }
  entry {
    source: "untc"
    covers_until { year: 2023 }
    treaty { treaty { id: "untc:toy-1" } }
    count { standing: STANDING_SIGNED count: 1 }
    count { standing: STANDING_CONSENTED count: 1 }
    party {
      party { id: "state:EGY" printed_name: "Egypt" }
      on { standing: STANDING_SIGNED possible: STANDING_SIGNED since_date { year: 1981 } }
      facts {
        act {
          kind: ACT_KIND_SIGNATURE
          date { year: 1981 }
        }
      }
      ground { locator { file_name: "26-1.csv" line: 7 } }
    }
    party {
      party { id: "state:FRA" printed_name: "France" }
      on {
        standing: STANDING_CONSENTED
        possible: STANDING_IN_FORCE
        since_date { year: 1988 month: 3 day: 4 }
      }
      facts {
        act {
          kind: ACT_KIND_SIGNATURE
          date { year: 1981 month: 4 day: 10 }
        }
        act {
          kind: ACT_KIND_RATIFICATION
          date { year: 1988 month: 3 day: 4 }
          reservation: "Not of teddy bears."
        }
        act { kind: ACT_KIND_DENUNCIATION }
      }
      ground { locator { file_name: "26-1.csv" line: 8 } }
    }
    party {
      party { id: "state:SUN" printed_name: "Soviet Union" }
      on { standing: STANDING_ENDED possible: STANDING_ENDED }
      facts {
        toward { id: "state:FRA" }
        spell {
          from_date { year: 1935 }
          from_is_censored: true
          to_date { year: 1939 month: 9 }
          obligation: OBLIGATION_DEFENSE
          end_reason: "violated"
        }
        spell {
          from_date { year: 1944 }
          to_is_censored: true
        }
      }
    }
  })pb";

class FakeTreaties : public v1::TiesService::Service {
 public:
  grpc::Status GetTreaty(grpc::ServerContext*, const v1::GetTreatyRequest* request,
                         v1::GetTreatyResponse* response) override {
    treaty_asked = *request;
    EXPECT_TRUE(TextFormat::ParseFromString(kTreaty, response));
    if (title_bytes > 0) {
      response->mutable_entry(0)->mutable_treaty()->mutable_treaty()->set_title(
          std::string(title_bytes, 't'));
    }
    return grpc::Status::OK;
  }

  // Treaty N of three stands on page N.
  grpc::Status ListTreaties(grpc::ServerContext*, const v1::ListTreatiesRequest* request,
                            v1::ListTreatiesResponse* response) override {
    lists_asked.push_back(*request);
    response->add_coverage("untc: 3 treaties");
    response->set_notice("What is not reported may exist.");
    if (request->text() == "none") return grpc::Status::OK;
    const int at = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    EXPECT_TRUE(TextFormat::ParseFromString(
        R"pb(
          source: "untc"
          treaty {
            treaty { title: "Convention, on Toys" }
            signed_date { year: 1980 month: 10 day: 10 }
            in_force_date { year: 1983 }
            obligation: OBLIGATION_DEFENSE
            obligation: OBLIGATION_CONSULTATION
          }
          count { standing: STANDING_SIGNED count: 3 }
          count { standing: STANDING_CONSENTED count: 1200 })pb",
        response->add_line()));
    response->mutable_line(0)->mutable_treaty()->mutable_treaty()->set_id("untc:" +
                                                                          std::to_string(at));
    if (!request->party().empty()) {
      v1::StandingOn& on = *response->mutable_line(0)->mutable_on();
      on.set_standing(v1::STANDING_NONE);
      on.set_possible(v1::STANDING_SIGNED);
      on.mutable_since_date()->set_year(1981);
    }
    if (at < 2) response->set_next_page_token(std::to_string(at + 1));
    return grpc::Status::OK;
  }

  size_t title_bytes = 0;  // 0: the title above
  v1::GetTreatyRequest treaty_asked;
  std::vector<v1::ListTreatiesRequest> lists_asked;
};

class FakeDossiers : public v1::QueryService::Service {
 public:
  grpc::Status GetDossier(grpc::ServerContext*, const v1::GetDossierRequest*,
                          v1::GetDossierResponse* response) override {
    EXPECT_TRUE(TextFormat::ParseFromString(
        R"pb(
          dossier {
            actor { id: "state:FRA" name: "France" kind: ACTOR_KIND_STATE }
            source {
              source: "untc"
              treaty { standing: STANDING_SIGNED count: 2 }
              treaty { standing: STANDING_IN_FORCE count: 1 }
            }
            source {
              source: "analyst:ana"
              memberships: 4
              deployments: 1
              indicators: 2
              dealings: 3
            }
            source { source: "atop" }
          })pb",
        response));
    return grpc::Status::OK;
  }
};

class TreatyCommands : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeTreaties treaties_;
  FakeDossiers dossiers_;
  Serving serving_{{&treaties_, &dossiers_}};
};

TEST_F(TreatyCommands, ATreatyIsAPageOfWhatEachSourceSays) {
  const Ran ran = Ask({"treaty", "untc:toy-1", "--effective", "1985", "--standing", "signed",
                       "--standing", "in-force"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(treaties_.treaty_asked.treaty(), "untc:toy-1");
  EXPECT_THAT(treaties_.treaty_asked.standing(),
              ElementsAre(v1::STANDING_SIGNED, v1::STANDING_IN_FORCE));
  EXPECT_EQ(treaties_.treaty_asked.read_at().cut().effective_date().year(), 1985);
  EXPECT_EQ(
      ran.out,
      "Convention on Toys?                                                                       "
      "untc:toy-1\n"
      "\n"
      "untc-index\n"
      "  Signed        1980-10-10, Toytown\n"
      "  Subject       Chapter XXVI\n"
      "  Based on      Charter of Toys (untc:toy-0)\n"
      "  In force      1983-12-02\n"
      "  Note          it lists treaties alone\n"
      "  Rests on      [index.csv:3]\n"
      "\n"
      "untc: covers until 2023\n"
      "  Parties       1 consented, 1 signed only\n"
      "    consented; entry into force not stated, possibly in force\n"
      "      France, since 1988-03-04: signature 1981-04-10; ratification 1988-03-04; denunciation "
      "(no date\n"
      "      stated) [26-1.csv:8]\n"
      "        Reservation  Not of teddy bears.\n"
      "    signed; not yet consented\n"
      "      Egypt, since 1981: signature 1981 [26-1.csv:7]\n"
      "    ended\n"
      "      Soviet Union: bound from 1935 or before to 1939-09: defense (violated); bound from "
      "1944, still\n"
      "      so when last observed, owed to FRA\n"
      "\n"
      "Sequence 12, log 01234567; all that was published.\n"
      "What is not reported may exist.\n");
}

TEST_F(TreatyCommands, ALongTitleHasTheIdBelowIt) {
  treaties_.title_bytes = 95;
  EXPECT_THAT(Ask({"treaty", "untc:toy-1"}).out,
              StartsWith(std::string(95, 't').append("\nuntc:toy-1\n")));
}

TEST_F(TreatyCommands, ATreatyIsRowsForPrograms) {
  const std::string csv = Ask({"--csv", "treaty", "untc:toy-1"}).out;
  EXPECT_EQ(csv,
            "treaty,title,source,party,name,stands,possible,since,until,what,date,to_date,"
            "obligations,toward,text,record,published,file,line,sequence\n"
            "untc:toy-1,,untc,state:EGY,Egypt,signed,signed,1981,,signature,1981,,,,,,,26-1.csv,7,"
            "\n"
            "untc:toy-1,,untc,state:FRA,France,consented,in force,1988-03-04,,signature,"
            "1981-04-10,,,,,,,26-1.csv,8,\n"
            "untc:toy-1,,untc,state:FRA,France,consented,in force,1988-03-04,,ratification,"
            "1988-03-04,,,,Not of teddy bears.,,,26-1.csv,8,\n"
            "untc:toy-1,,untc,state:FRA,France,consented,in force,1988-03-04,,denunciation,,,,,,,,"
            "26-1.csv,8,\n"
            "untc:toy-1,,untc,state:SUN,Soviet Union,ended,ended,,,bound,1935,1939-09,defense,"
            "state:FRA,violated,,,,,\n"
            "untc:toy-1,,untc,state:SUN,Soviet Union,ended,ended,,,bound,1944,,,state:FRA,,,,,,"
            "\n");
  v1::GetTreatyResponse response;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  Ask({"--json", "treaty", "untc:toy-1"}).out, &response)
                  .ok());
  EXPECT_EQ(response.entry_size(), 2);
}

TEST_F(TreatyCommands, TreatiesAreListedUpToTheLimit) {
  const Ran ran = Ask({"treaties", "--text", "toys", "--source", "untc", "--obligation", "defense",
                       "--limit", "2"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(treaties_.lists_asked.size(), 2u);
  const v1::ListTreatiesRequest& asked = treaties_.lists_asked[1];
  EXPECT_EQ(asked.text(), "toys");
  EXPECT_THAT(asked.source(), ElementsAre("untc"));
  EXPECT_THAT(asked.obligation(), ElementsAre(v1::OBLIGATION_DEFENSE));
  EXPECT_EQ(asked.page_size(), 1);
  EXPECT_EQ(ran.out,
            "treaty  title                source  signed      parties                         in "
            "force  obligations\n"
            "──────  ───────────────────  ──────  ──────────  ──────────────────────────────  "
            "────────  ─────────────────────\n"
            "untc:0  Convention, on Toys  untc    1980-10-10  1,200 consented, 3 signed only  1983 "
            "     defense, consultation\n"
            "untc:1  Convention, on Toys  untc    1980-10-10  1,200 consented, 3 signed only  1983 "
            "     defense, consultation\n"
            "\n"
            "2 treaties; there are more: --limit N or --all.\n"
            "\n"
            "Sequence 0, log ; all that was published. Covered: untc: 3 treaties.\n"
            "What is not reported may exist.\n");
  EXPECT_THAT(Ask({"treaties", "--text", "none"}).out,
              HasSubstr("No treaty in what was loaded fits.\n"));
}

TEST_F(TreatyCommands, OfAPartyItIsSaidHowItStands) {
  const Ran ran = Ask({"treaties", "--party", "France", "--standing", "none", "--all"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(treaties_.lists_asked.size(), 3u);
  EXPECT_EQ(treaties_.lists_asked[0].party(), "France");
  EXPECT_THAT(treaties_.lists_asked[0].standing(), ElementsAre(v1::STANDING_NONE));
  EXPECT_THAT(ran.out, HasSubstr("1980-10-10  not signed, possibly signed; not yet consented  "
                                 "1981   defense, consultation\n"));
  EXPECT_THAT(ran.out, HasSubstr("\n3 treaties.\n"));
  EXPECT_THAT(Ask({"--csv", "treaties", "--party", "France"}).out,
              HasSubstr("untc:0,\"Convention, on Toys\",untc,,1980-10-10,1983,,\"defense, "
                        "consultation\",none,signed,1981,,0,1200,0,0,3,0,0\n"));
}

TEST_F(TreatyCommands, WordsThatNameNoStandingAreRefused) {
  const Ran ran = Ask({"treaties", "--party", "France", "--standing", "sealed"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("\"sealed\": expected one of ended, none, signed, suspended"));
  EXPECT_THAT(treaties_.lists_asked, IsEmpty());
}

TEST_F(TreatyCommands, ADossierCountsWhatBindsAndJoins) {
  const Ran ran = Ask({"show", "France"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out,
              HasSubstr("untc: reports of an analyst\n"
                        "  Treaties: 1 in force, 2 signed only (\"dossier treaties --party "
                        "state:FRA --source untc\")\n"
                        "\n"
                        "analyst:ana: reports of an analyst\n"
                        "  Memberships: 4\n"
                        "  Deployments: 1\n"
                        "  Indicators: 2\n"
                        "  Dealings: 3\n"
                        "\n"
                        "atop: reports of an analyst\n"
                        "  Nothing about it in what this source covers.\n"));
  EXPECT_THAT(Ask({"--csv", "show", "France"}).out,
              HasSubstr("state:FRA,untc,,treaties,signed,,,,,,2,,\n"
                        "state:FRA,untc,,treaties,in force,,,,,,1,,\n"
                        "state:FRA,analyst:ana,,memberships,,,,,,,4,,\n"
                        "state:FRA,analyst:ana,,deployments,,,,,,,1,,\n"
                        "state:FRA,analyst:ana,,indicators,,,,,,,2,,\n"
                        "state:FRA,analyst:ana,,dealings,,,,,,,3,,\n"));
}

}  // namespace
}  // namespace dossier
