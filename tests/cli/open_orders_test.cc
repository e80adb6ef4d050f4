// Open orders as reported, and who was last to report them.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "dossier/v1/query_service.grpc.pb.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using testing::HasSubstr;
using testing::Not;

std::string Stamp(int64_t seconds) {
  return "stamp { time { seconds: " + std::to_string(seconds) +
         " } precision: PRECISION_DAY basis: BASIS_GENERATED } ";
}

const std::string kMarch2024 = Stamp(1710720000);    // 2024-03-18
const std::string kMarch2025 = Stamp(1741824000);    // 2025-03-13
const std::string kOctober2025 = Stamp(1761177600);  // 2025-10-23

class FakeQuery : public v1::QueryService::Service {
 public:
  grpc::Status ListTransfers(grpc::ServerContext*, const v1::ListTransfersRequest* request,
                             v1::ListTransfersResponse* response) override {
    transfers_asked = *request;
    const size_t first = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    for (size_t i = first; i < transfers.size(); ++i) {
      if (response->transfer_size() == request->page_size()) {
        response->set_next_page_token(std::to_string(i));
        break;
      }
      EXPECT_TRUE(TextFormat::ParseFromString(transfers[i], response->add_transfer()))
          << transfers[i];
    }
    response->mutable_answered_at()->set_sequence(7);
    return grpc::Status::OK;
  }

  grpc::Status ListEditions(grpc::ServerContext*, const v1::ListEditionsRequest* request,
                            v1::ListEditionsResponse* response) override {
    editions_asked.push_back(*request);
    if (request->source() != "sipri-register") return grpc::Status::OK;
    for (const std::string& text : editions) {
      EXPECT_TRUE(TextFormat::ParseFromString(text, response->add_edition())) << text;
    }
    return grpc::Status::OK;
  }

  grpc::Status ListSources(grpc::ServerContext*, const v1::ListSourcesRequest*,
                           v1::ListSourcesResponse* response) override {
    for (const char* id : {"ofac-sdn", "sipri-deals", "sipri-register"}) {
      response->add_source()->set_id(id);
    }
    EXPECT_TRUE(TextFormat::ParseFromString(
        editions.back(), response->mutable_source(2)->mutable_newest_edition()));
    return grpc::Status::OK;
  }

  std::vector<std::string> editions = {
      "state: EDITION_STATE_LIVE loaded { edition_id: 'aaaa' " + kMarch2024 + "}",
      "state: EDITION_STATE_LIVE loaded { edition_id: 'bbbb' " + kMarch2025 + "}",
      "state: EDITION_STATE_RETRACTED loaded { edition_id: 'dddd' " + Stamp(1751824000) + "}",
      "state: EDITION_STATE_LIVE loaded { edition_id: 'cccc' " + kOctober2025 +
          "scope { deliveries_only: true } }"};
  std::vector<std::string> transfers = {
      "source: 'analyst:x' record: 'o1' stage: STAGE_ORDERED " + kMarch2025 +
          "transfer { supplier { printed_name: 'Iran' } recipient { printed_name: 'Russia' } "
          "number_ordered: 9 disruption: DISRUPTION_CANCELLED }",
      // Said in the first edition, and so by the second.
      "source: 'sipri-register' record: 'r1' stage: STAGE_ORDERED edition_id: 'aaaa' " +
          kMarch2024 +
          "locator { file_name: 'a.csv' line: 12 } transfer { "
          "supplier { id: 'state:RUS' printed_name: 'Russia' } "
          "recipient { id: 'state:IRN' printed_name: 'Iran' } designation: 'Su-35S' "
          "order_date { year: 2023 } order_date_is_estimate: true number_ordered: 24 "
          "comment: 'Contract for 24, by report' }",
      "source: 'sipri-register' record: 'r2' stage: STAGE_PARTLY_DELIVERED edition_id: 'bbbb' " +
          kMarch2025 +
          "locator { file_name: 'b.csv' line: 13 } transfer { "
          "supplier { id: 'state:RUS' printed_name: 'Russia' } "
          "recipient { id: 'state:IND' printed_name: 'India' } designation: 'S-400' "
          "number_ordered: 5 delivery { year: 2021 year: 2023 number: 3 number_is_estimate: true "
          "year_is_estimate: true } }"};
  v1::ListTransfersRequest transfers_asked;
  std::vector<v1::ListEditionsRequest> editions_asked;
};

class OpenOrders : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeQuery query_;
  Serving serving_{{&query_}};
};

TEST_F(OpenOrders, AskForOrderedAndPartlyDelivered) {
  EXPECT_EQ(Ask({"transfers", "--open", "--supplier", "RUS"}).status, 0);
  EXPECT_THAT(query_.transfers_asked.filter().stage(),
              testing::ElementsAre(v1::STAGE_ORDERED, v1::STAGE_PARTLY_DELIVERED));
  EXPECT_EQ(query_.transfers_asked.filter().supplier(0), "RUS");
  ASSERT_EQ(query_.editions_asked.size(), 2);
  EXPECT_EQ(query_.editions_asked[1].read_at().cut().sequence(), 7u);
  EXPECT_EQ(Ask({"transfers", "--open", "--stage", "ordered"}).status, 2);
}

TEST_F(OpenOrders, AreShownBySourceWithWhatIsOutstanding) {
  const std::string out = Ask({"transfers", "--open"}).out;
  EXPECT_THAT(out, HasSubstr("analyst:x: 1 open order\n"));
  EXPECT_THAT(out, HasSubstr("sipri-register: 2 open orders\n"
                             "supplier  recipient  designation  order  delivered  open  last   "
                             "reported by  line         comment\n"));
  // None delivered, as the register's layout says.
  EXPECT_THAT(out, HasSubstr("\nRussia    Iran       Su-35S       2023?    0 of 24    24         "
                             "2025-03-13*  12 of a.csv  Contract for 24, by report\n"
                             "Russia    India      S-400                 3? of 5    2?  2023?  "
                             "2025-10-23   13 of b.csv\n"));
}

TEST_F(OpenOrders, SayWhichAreOutsideTheNewestEditionAndWhichSourcesHaveAny) {
  const std::string out = Ask({"transfers", "--open"}).out;
  EXPECT_THAT(out, HasSubstr("* 1 order is outside the scope of the newest edition, 2025-10-23 "
                             "(generated) (deliveries only),"));
  EXPECT_THAT(out, HasSubstr("not withdrawn: last reported by the edition of the day shown."));
  EXPECT_THAT(out, HasSubstr("sipri-deals: no record can be an open order"));
  EXPECT_THAT(out, HasSubstr("sipri-register: a row for each deal, with what was ordered and what "
                             "was delivered."));
  EXPECT_THAT(out, HasSubstr("newest edition: deliveries only."));
  EXPECT_THAT(out, Not(HasSubstr("ofac-sdn")));
}

TEST_F(OpenOrders, AnAnalystMayCallAnOrderOff) {
  const std::string out = Ask({"transfers", "--open"}).out;
  EXPECT_THAT(out, HasSubstr("     of 9  cancelled "));
}

TEST_F(OpenOrders, TheNewestEditionThatOnlyAddsLeavesNothingOutside) {
  query_.editions[3] = "state: EDITION_STATE_LIVE loaded { edition_id: 'cccc' " + kOctober2025 +
                       "scope { deliveries_only: true additions_only: true } }";
  const std::string out = Ask({"transfers", "--open"}).out;
  EXPECT_THAT(out, Not(HasSubstr("outside the scope")));
  EXPECT_THAT(out, HasSubstr("2025-03-13   12 of a.csv"));
  EXPECT_THAT(out, HasSubstr("2025-03-13   13 of b.csv"));
}

TEST_F(OpenOrders, CsvHasAllOfIt) {
  const std::string out = Ask({"transfers", "--open", "--csv"}).out;
  EXPECT_THAT(out, HasSubstr("source,record,supplier,supplier_name,recipient,recipient_name,"
                             "designation,description,order_date,order_year_estimated,"
                             "number_ordered,number_ordered_estimated,delivered,"
                             "delivered_estimated,outstanding,last_delivery_year,"
                             "last_year_estimated,stage,disruption,published,edition,file,line,"
                             "last_reported,outside_newest_scope,comment\n"));
  EXPECT_THAT(out, HasSubstr("analyst:x,o1,,Iran,,Russia,,,,no,9,no,,no,,,no,ordered,cancelled,"
                             "2025-03-13,,,,2025-03-13,no,\n"));
  EXPECT_THAT(out, HasSubstr("sipri-register,r1,state:RUS,Russia,state:IRN,Iran,Su-35S,,2023,yes,"
                             "24,no,0,no,24,,no,ordered,,2024-03-18,61616161,a.csv,12,2025-03-13,"
                             "yes,\"Contract for 24, by report\"\n"));
  EXPECT_THAT(out, HasSubstr("sipri-register,r2,state:RUS,Russia,state:IND,India,S-400,,,no,5,no,"
                             "3,yes,2,2023,yes,partly delivered,,2025-03-13,62626262,b.csv,13,"
                             "2025-10-23,no,\n"));
}

TEST_F(OpenOrders, StopAtTheLimitAndSaySo) {
  const std::string out = Ask({"transfers", "--open", "--limit", "2"}).out;
  EXPECT_THAT(out, HasSubstr("sipri-register: 1 open order\n"));
  EXPECT_THAT(out, HasSubstr("There are more: --limit N or --all.\n"));
}

TEST_F(OpenOrders, AnOrderNotYetDeliveredAtADateCountsNone) {
  query_.transfers = {
      "source: 'sipri-orders' record: '1' stage: STAGE_ORDERED " + kMarch2025 +
          "transfer { number_ordered: 7 }",
      "source: 'sipri-register' record: 'r2' stage: STAGE_ORDERED " + kMarch2025 +
          "transfer { number_ordered: 5 delivery { year: 2021 number: 5 } }"};
  const std::string out = Ask({"transfers", "--open", "--csv", "--effective", "2020"}).out;
  // The web interface never says how many were delivered.
  EXPECT_THAT(out, HasSubstr("sipri-orders,1,,,,,,,,no,7,no,,no,,,no,ordered,"));
  EXPECT_THAT(out, HasSubstr("sipri-register,r2,,,,,,,,no,5,no,0,no,5,,no,ordered,"));
}

TEST_F(OpenOrders, NoneIsSaid) {
  query_.transfers.clear();
  EXPECT_THAT(Ask({"transfers", "--open"}).out,
              HasSubstr("No open order in what was loaded fits.\n"));
}

}  // namespace
}  // namespace dossier
