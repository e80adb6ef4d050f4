// How deals are printed that several sources tell of.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "dossier/v1/revisions_service.grpc.pb.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using testing::HasSubstr;
using testing::Not;

// A deal on each of three pages.
class FakeRevisions : public v1::RevisionsService::Service {
 public:
  grpc::Status CompareDeals(grpc::ServerContext*, const v1::CompareDealsRequest* request,
                            v1::CompareDealsResponse* response) override {
    asked.push_back(*request);
    const size_t page = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    if (page < deals.size()) {
      EXPECT_TRUE(TextFormat::ParseFromString(deals[page], response->add_deal()));
    }
    if (page + 1 < deals.size()) response->set_next_page_token(std::to_string(page + 1));
    response->mutable_answered_at()->set_sequence(7);
    v1::SourceCoverage& coverage = *response->add_coverage();
    coverage.set_source("register");
    coverage.add_scope("deliveries only");
    coverage.add_scope("supplier in {" + std::string(500, 'x') + "}");
    response->add_coverage()->set_source("years");
    return grpc::Status::OK;
  }

  std::vector<std::string> deals = {
      R"pb(
        supplier { id: "state:IRN" printed_name: "Iran" }
        recipient { id: "state:RUS" printed_name: "Russia" }
        order_year: 2022
        source {
          source: "register"
          record: "r1"
          records: 1
          designation: "Drone-136"
          number_ordered: 6000
          units_delivered: 1200
          tiv_delivered_thousandths: 240000
          first_year: 2022
          last_year: 2023
          stage: STAGE_PARTLY_DELIVERED
        }
        source {
          source: "years"
          record: "9/2022"
          record: "9/2023"
          records: 2
          designation: "Drone-136, \"x\""
          units_delivered: 1300
          first_year: 2022
          last_year: 2023
          stage: STAGE_DELIVERED
        })pb",
      R"pb(
        supplier { id: "state:IRN" printed_name: "Iran" }
        recipient { id: "state:RUS" printed_name: "Russia" }
        source {
          source: "register"
          records: 1
          designation: "Boat"
          stage: STAGE_ORDERED
        }
        source { source: "years" records: 1 designation: "Boat" stage: STAGE_ORDERED })pb",
      R"pb(
        supplier { id: "unresolved:x:A" }
        recipient { id: "state:CHN" printed_name: "China\x1b[2J" }
        source { source: "years" records: 1 designation: "Gun" units_delivered: 0 })pb"};
  std::vector<v1::CompareDealsRequest> asked;
};

class Compare : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeRevisions revisions_;
  Serving serving_{{&revisions_}};
};

TEST_F(Compare, SourcesStandOneBelowTheOtherAndArePutInTheirPairs) {
  const Ran ran = Ask({"compare", "--supplier", "Iran"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out,
              HasSubstr("Iran to Russia\n"
                        "order  designation     source    units  ordered     TIV  years      "
                        "records  stage\n"));
  EXPECT_THAT(ran.out, HasSubstr("2022   Drone-136       register  1,200    6,000  240.00  "
                                 "2022-2023        1  partly delivered\n"
                                 "       Drone-136, \"x\"  years     1,300                   "
                                 "2022-2023        2  delivered\n"
                                 "       Boat            register                                 "
                                 "          1  ordered\n"
                                 "                       years "));
  EXPECT_THAT(ran.out, HasSubstr("\n\nunresolved:x:A to China?[2J\n"));
  EXPECT_THAT(ran.out, HasSubstr("3 deals. TIV in millions.\n"
                                 "Each source stands for itself; nothing is added across "
                                 "sources.\n"));
  EXPECT_THAT(ran.out, HasSubstr("Covered: register: deliveries only; also supplier in"));
  EXPECT_THAT(ran.out, HasSubstr("years: no edition"));
  EXPECT_THAT(ran.out, Not(HasSubstr(std::string(200, 'x'))));
}

TEST_F(Compare, AsksForWhatTheFlagsSay) {
  Ask({"compare", "--supplier", "Iran", "--recipient", "Russia", "--actor", "CHN", "--source", "a",
       "--source", "b", "--from", "2020", "--to", "2022", "--differences", "--limit", "2",
       "--effective", "2023"});
  v1::CompareDealsRequest expected;
  ASSERT_TRUE(TextFormat::ParseFromString(
      R"pb(read_at { cut { effective_date { year: 2023 } } }
           supplier: "Iran"
           recipient: "Russia"
           actor: "CHN"
           source: "a"
           source: "b"
           order_year_from: 2020
           order_year_to: 2022
           differences_only: true
           page_size: 2)pb",
      &expected));
  ASSERT_EQ(revisions_.asked.size(), 2);
  EXPECT_EQ(revisions_.asked[0].DebugString(), expected.DebugString());
  EXPECT_EQ(revisions_.asked[1].page_token(), "1");
  EXPECT_EQ(revisions_.asked[1].page_size(), 1);
}

TEST_F(Compare, SaysThatThereIsMore) {
  const Ran ran = Ask({"compare", "--supplier", "Iran", "--limit", "1"});
  EXPECT_THAT(ran.out, HasSubstr("1 deal; there are more: --limit N or --all. TIV"));
}

TEST_F(Compare, CsvHasARowForEachSourceOfADeal) {
  const Ran ran = Ask({"compare", "--supplier", "Iran", "--all", "--csv"});
  EXPECT_EQ(ran.out,
            "supplier,supplier_name,recipient,recipient_name,order_year,source,designation,"
            "units_delivered,number_ordered,tiv_delivered,first_year,last_year,stage,records,"
            "record\n"
            "state:IRN,Iran,state:RUS,Russia,2022,register,Drone-136,1200,6000,240,2022,2023,"
            "partly delivered,1,r1\n"
            "state:IRN,Iran,state:RUS,Russia,2022,years,\"Drone-136, \"\"x\"\"\",1300,,,2022,2023,"
            "delivered,2,9/2022; 9/2023\n"
            "state:IRN,Iran,state:RUS,Russia,,register,Boat,,,,,,ordered,1,\n"
            "state:IRN,Iran,state:RUS,Russia,,years,Boat,,,,,,ordered,1,\n"
            "unresolved:x:A,,state:CHN,China\x1b[2J,,years,Gun,0,,,,,,1,\n");
}

TEST_F(Compare, JsonIsTheAnswerAPageALine) {
  const Ran ran = Ask({"compare", "--supplier", "Iran", "--json"});
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 3);
  v1::CompareDealsResponse first;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  ran.out.substr(0, ran.out.find('\n')), &first)
                  .ok());
  EXPECT_EQ(first.deal(0).source(1).units_delivered(), 1300);
  EXPECT_EQ(first.coverage(0).scope_size(), 2);
}

TEST_F(Compare, SaysThatNothingFitsOrDiffers) {
  revisions_.deals.clear();
  EXPECT_THAT(Ask({"compare", "--supplier", "Iran"}).out,
              HasSubstr("No deal in what was loaded fits.\n"));
  EXPECT_THAT(Ask({"compare", "--supplier", "Iran", "--differences"}).out,
              HasSubstr("The sources do not differ in the units of any deal that fits.\n"));
}

}  // namespace
}  // namespace dossier
