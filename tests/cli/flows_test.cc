// Flows as CSV, to the byte, and as a matrix.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "dossier/v1/query_service.grpc.pb.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using testing::HasSubstr;
using testing::Not;

class FakeQuery : public v1::QueryService::Service {
 public:
  grpc::Status GetFlows(grpc::ServerContext*, const v1::GetFlowsRequest* request,
                        v1::GetFlowsResponse* response) override {
    asked = *request;
    *response = answer;
    return grpc::Status::OK;
  }

  v1::GetFlowsRequest asked;
  v1::GetFlowsResponse answer;
};

class Flows : public testing::Test {
 protected:
  void Answer(const std::string& text) {
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &query_.answer));
  }
  Ran Ask(std::vector<std::string> arguments, int width = 0) {
    arguments.insert(arguments.begin(), "flows");
    return RunDossier(arguments,
                      {.channel = serving_.channel(), .in = "", .width = width, .stop = {}});
  }

  FakeQuery query_;
  Serving serving_{{&query_}};
};

constexpr char kBySupplier[] = R"pb(
  source: "sipri-deals"
  row {
    supplier { id: "state:FRA" printed_name: "France" }
    year_from: 2015
    year_to: 2015
    measures { tiv_thousandths: 165005 units: 3 deals: 1 records: 2 }
    share_millionths: 500000
  }
  row {
    supplier { id: "unresolved:sipri-deals:A, B" printed_name: "A, \"B\"" }
    year_from: 2016
    year_to: 2016
    measures { tiv_thousandths: 0 deals: 1 records: 1 }
  }
  grand_total { tiv_thousandths: 165005 }
)pb";

TEST_F(Flows, BySupplierCsv) {
  Answer(kBySupplier);
  const Ran ran = Ask({"--source", "sipri-deals", "--csv"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "supplier,supplier_name,year,tiv\n"
            "state:FRA,France,2015,165.01\n"
            "\"unresolved:sipri-deals:A, B\",\"A, \"\"B\"\"\",2016,0.00\n");
  EXPECT_EQ(query_.asked.source(), "sipri-deals");
  EXPECT_EQ(query_.asked.grouping(), v1::FLOW_GROUPING_SUPPLIER);
}

TEST_F(Flows, FullCsvAddsColumns) {
  Answer(kBySupplier);
  EXPECT_THAT(Ask({"--csv", "--full"}).out,
              HasSubstr("supplier,supplier_name,year,tiv,share,units,deals,records,tiv_estimated\n"
                        "state:FRA,France,2015,165.01,0.500000,3,1,2,0.00\n"));
}

TEST_F(Flows, ByRecipientAndPairCsvWithWindows) {
  Answer(R"pb(
    row {
      supplier { id: "state:FRA" printed_name: "France" }
      recipient { id: "state:EGY" printed_name: "Egypt" }
      year_from: 2000
      year_to: 2004
      measures { tiv_thousandths: 8100 }
    }
  )pb");
  EXPECT_EQ(Ask({"--by", "recipient", "--from", "2000", "--window", "5", "--csv"}).out,
            "recipient,recipient_name,year,tiv\nstate:EGY,Egypt,2000-2004,8.10\n");
  EXPECT_EQ(query_.asked.window_years(), 5);
  EXPECT_EQ(query_.asked.year_from(), 2000);
  EXPECT_EQ(Ask({"--by", "pair", "--csv"}).out,
            "supplier,supplier_name,recipient,recipient_name,year,tiv\n"
            "state:FRA,France,state:EGY,Egypt,2000-2004,8.10\n");
}

TEST_F(Flows, MatrixJoinsYearsThatDoNotFit) {
  std::string rows;
  for (int year = 1950; year <= 2023; ++year) {
    const std::string number = std::to_string(year);
    rows += "row { supplier { id: \"state:FRA\" printed_name: \"France\" } year_from: " + number +
            " year_to: " + number + " measures { tiv_thousandths: 10000 } }";
  }
  Answer(rows + "source: 'sipri-deals'");
  const Ran ran = Ask({}, 130);
  EXPECT_THAT(ran.out, HasSubstr("1950-59"));
  EXPECT_THAT(ran.out, HasSubstr("2020-23"));
  EXPECT_THAT(ran.out, HasSubstr("740"));
  EXPECT_THAT(ran.out, Not(HasSubstr("fit no column")));
}

TEST_F(Flows, MatrixKeepsTheRestAndWhatFitsNoColumn) {
  std::string rows = "source: 'sipri-deals'";
  for (const std::string name : {"A", "B", "C"}) {
    rows += "row { supplier { id: 'state:" + name + "' printed_name: '" + name +
            "' } year_from: 2000 year_to: 2000 measures { tiv_thousandths: 20000 } }";
  }
  rows +=
      "row { supplier { id: 'state:A' printed_name: 'A' } year_from: 2001 year_to: 2003"
      " measures { tiv_thousandths: 40000 tiv_estimated_thousandths: 40000 } }";
  Answer(rows);
  const Ran ran = Ask({"--top", "1"});
  EXPECT_THAT(ran.out, HasSubstr("A                20     60   60.0%  66.7%"));
  EXPECT_THAT(ran.out, HasSubstr("2 others         40     40   40.0%   0.0%"));
  EXPECT_THAT(ran.out, HasSubstr("all              60    100  100.0%  40.0%"));
  EXPECT_THAT(ran.out, HasSubstr("40 million of deliveries whose years fit no column"));
}

TEST_F(Flows, SaysWhereItStands) {
  Answer(R"pb(
    source: "sipri-deals"
    answered_at {
      sequence: 40
      view_sequence: 59120
      log_id: "3fa2b1c0d4e5f607"
      cut {
        known_by_date { year: 2024 month: 3 }
        effective_date { year: 2020 }
      }
    }
    coverage: "delivery year 1950..1989"
  )pb");
  const Ran ran = Ask({}, 200);
  EXPECT_THAT(ran.out, HasSubstr("No deliveries in what sipri-deals covers fit.\n"));
  EXPECT_THAT(ran.out,
              HasSubstr("Sequence 40 of 59,120, log 3fa2b1c0; published by 2024-03; the world by "
                        "2020. Covered: delivery year 1950..1989."));
}

}  // namespace
}  // namespace dossier
