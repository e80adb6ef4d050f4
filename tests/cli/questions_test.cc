// What the commands ask, how they follow pages, and how they go on after a server went away.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <optional>

#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/process.h"
#include "services/status_details.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using testing::HasSubstr;
using testing::Not;

class FakeQuery : public v1::QueryService::Service {
 public:
  grpc::Status ListSources(grpc::ServerContext*, const v1::ListSourcesRequest* request,
                           v1::ListSourcesResponse* response) override {
    sources_asked = *request;
    v1::Source& source = *response->add_source();
    source.set_id("sipri-deals");
    source.set_editions(2);
    source.mutable_covers_until()->set_year(2023);
    response->mutable_answered_at()->set_sequence(7);
    return grpc::Status::OK;
  }

  // Record N of five stands on page N.
  grpc::Status ListTransfers(grpc::ServerContext*, const v1::ListTransfersRequest* request,
                             v1::ListTransfersResponse* response) override {
    transfers_asked.push_back(*request);
    const int first = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    for (int i = first; i < 5 && i < first + request->page_size() && i < first + 2; ++i) {
      v1::TransferRecord& record = *response->add_transfer();
      record.set_source("sipri-deals");
      record.set_record("deal" + std::to_string(i));
      record.mutable_transfer()->mutable_supplier()->set_printed_name("France\x1b[2J");
      record.mutable_transfer()->set_tiv_delivered_thousandths(8'100);
      if (i == 0) {
        EXPECT_TRUE(TextFormat::MergeFromString(estimated, record.mutable_transfer()));
      }
      response->set_next_page_token(i == 4 ? "" : std::to_string(i + 1));
    }
    response->mutable_answered_at()->set_sequence(7);
    return grpc::Status::OK;
  }

  // Of the USA there is a dossier.
  grpc::Status GetDossier(grpc::ServerContext*, const v1::GetDossierRequest* request,
                          v1::GetDossierResponse* response) override {
    if (request->actor() == "USA") {
      v1::Dossier& dossier = *response->add_dossier();
      dossier.mutable_actor()->set_id("state:USA");
      dossier.add_source()->set_source("ofac-sdn");
      dossier.mutable_source(0)->set_sanctions_by(
          request->read_at().cut().has_effective_date() ? 0 : 3);
      return grpc::Status::OK;
    }
    absl::Status status = absl::InvalidArgumentError("actor: \"Atlantis\" is not known");
    AddFieldViolation(status, "actor", "expected an id, a code or a name");
    return ToGrpc(status);
  }

  grpc::Status GetHistory(grpc::ServerContext*, const v1::GetHistoryRequest* request,
                          v1::GetHistoryResponse* response) override {
    history_asked = *request;
    if (request->record() == "later") return grpc::Status::OK;
    if (request->record() != "7") {
      v1::Version& version = *response->add_version();
      version.set_record(request->record());
      version.mutable_event()->mutable_locator()->set_file_name("a.csv");
      if (request->record() == "gone") version.mutable_event()->mutable_absent();
      if (request->record() == "kept") version.mutable_event()->mutable_present();
      return grpc::Status::OK;
    }
    EXPECT_TRUE(
        TextFormat::ParseFromString(R"pb(
                                      version {
                                        record: "7/2016"
                                        verb: VERB_REVISED
                                        sequence: 1200
                                        event {
                                          source: "sipri-deals"
                                          cause: CAUSE_LATE_EDITION
                                          stamp {
                                            time { seconds: 1710720000 }
                                            precision: PRECISION_DAY
                                            basis: BASIS_GENERATED
                                          }
                                          locator { file_name: "a.csv" line: 42 }
                                        }
                                        change { field: "delivery[0].number" before: "3" after: "" }
                                        voided_sequence: 1300
                                      })pb",
                                    response));
    return grpc::Status::OK;
  }

  std::string estimated;  // text proto: more of the first transfer
  v1::ListSourcesRequest sources_asked;
  v1::GetHistoryRequest history_asked;
  std::vector<v1::ListTransfersRequest> transfers_asked;
};

// Each call to Watch sends the next of `calls`, then ends as UNAVAILABLE.
class FakeFeed : public v1::FeedService::Service {
 public:
  grpc::Status Watch(grpc::ServerContext*, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override {
    asked.push_back(*request);
    if (calls.empty()) return {grpc::StatusCode::FAILED_PRECONDITION, "another log"};
    for (const v1::WatchResponse& response : calls.front()) writer->Write(response);
    calls.pop_front();
    return {grpc::StatusCode::UNAVAILABLE, "going down"};
  }

  std::vector<v1::WatchRequest> asked;
  std::deque<std::vector<v1::WatchResponse>> calls;
};

// Keeps how long it was given to answer.
class FakeAudit : public v1::AuditService::Service {
 public:
  grpc::Status GetDigests(grpc::ServerContext* context, const v1::GetDigestsRequest*,
                          v1::GetDigestsResponse*) override {
    const auto deadline = context->deadline();
    given = std::nullopt;
    if (deadline != std::chrono::system_clock::time_point::max()) {
      given = deadline - std::chrono::system_clock::now();
    }
    ++asked;
    return grpc::Status::OK;
  }

  std::optional<std::chrono::system_clock::duration> given;
  int asked = 0;
};

v1::WatchResponse Item(uint64_t sequence, const std::string& cursor) {
  v1::WatchResponse response;
  response.mutable_item()->set_sequence(sequence);
  response.set_cursor(cursor);
  return response;
}

v1::WatchResponse CaughtUp(const std::string& cursor) {
  v1::WatchResponse response;
  response.set_caught_up(true);
  response.set_cursor(cursor);
  return response;
}

class Questions : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeQuery query_;
  FakeFeed feed_;
  FakeAudit audit_;
  Serving serving_{{&query_, &feed_, &audit_}};
};

TEST_F(Questions, CarryTheCut) {
  EXPECT_EQ(Ask({"sources", "--effective", "2020-05", "--known-by", "2024", "--accepted-by",
                 "2025-01-01T12:00:00Z", "--wait-for", "9"})
                .status,
            0);
  v1::ReadAt expected;
  ASSERT_TRUE(TextFormat::ParseFromString(R"pb(
                                            cut {
                                              effective_date { year: 2020 month: 5 }
                                              known_by_date { year: 2024 }
                                              accepted_by_time { seconds: 1735732800 }
                                            }
                                            wait_for_sequence: 9)pb",
                                          &expected));
  EXPECT_EQ(query_.sources_asked.read_at().DebugString(), expected.DebugString());
  Ask({"sources", "--at-sequence", "5", "--known-by", "2024-03-18T00:00:00Z"});
  ASSERT_TRUE(TextFormat::ParseFromString(
      "cut { sequence: 5 known_by_time { seconds: 1710720000 } }", &expected));
  EXPECT_EQ(query_.sources_asked.read_at().DebugString(), expected.DebugString());
}

TEST_F(Questions, JsonKeepsProtoNamesAndDefaults) {
  const Ran ran = Ask({"--json", "sources"});
  v1::ListSourcesResponse response;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(ran.out, &response).ok()) << ran.out;
  EXPECT_EQ(response.source(0).id(), "sipri-deals");
  EXPECT_THAT(ran.out, HasSubstr("\"covers_until\":"));
  EXPECT_THAT(ran.out, HasSubstr("\"events\":\"0\""));
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1);
}

TEST_F(Questions, FollowPagesUpToTheLimit) {
  const Ran ran = Ask({"transfers", "--limit", "3", "--supplier", "FRA", "--stage", "partly"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("deal2"));
  EXPECT_THAT(ran.out, Not(HasSubstr("deal3")));
  EXPECT_THAT(ran.out, HasSubstr("3 records; there are more"));
  ASSERT_EQ(query_.transfers_asked.size(), 2);
  EXPECT_EQ(query_.transfers_asked[1].page_size(), 1);
  EXPECT_EQ(query_.transfers_asked[1].filter().supplier(0), "FRA");
  EXPECT_EQ(query_.transfers_asked[1].filter().stage(0), v1::STAGE_PARTLY_DELIVERED);
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1b")));
}

TEST_F(Questions, FollowAllPages) {
  const Ran ran = Ask({"transfers", "--all", "--csv"});
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 6);
  EXPECT_THAT(ran.out, HasSubstr("sipri-deals,deal4,"));
}

TEST_F(Questions, EstimatesAreMarksInATableAndColumnsInCsv) {
  query_.estimated =
      "order_date { year: 1999 } order_date_is_estimate: true number_ordered: 1200 "
      "number_ordered_is_estimate: true "
      "delivery { year: 2001 year: 2005 number: 7 number_is_estimate: true } "
      "delivery { year: 2007 number: 5 year_is_estimate: true }";
  const std::string table = Ask({"transfers", "--limit", "1"}).out;
  for (const char* cell : {"1999?", "1,200?", "12?", "2001, 2005; 2007?"}) {
    EXPECT_THAT(table, HasSubstr(cell));
  }
  const std::string csv = Ask({"transfers", "--limit", "2", "--csv"}).out;
  EXPECT_THAT(csv, HasSubstr(",order_date,order_year_estimated,number_ordered,"
                             "number_ordered_estimated,units,number_estimated,delivery_years,"
                             "year_estimated,tiv_delivered,"));
  EXPECT_THAT(csv, HasSubstr(",1999,yes,1200,yes,12,yes,\"2001, 2005; 2007\",yes,8.1,"));
  EXPECT_THAT(csv, HasSubstr(",,no,,no,,no,,no,8.1,"));
}

TEST_F(Questions, AStatementWithoutALineSaysWhy) {
  EXPECT_THAT(Ask({"line", "sipri-deals", "gone"}).out,
              HasSubstr("  no line of a.csv holds it: the edition's silence says so\n"));
  EXPECT_THAT(Ask({"line", "sipri-deals", "kept"}).out,
              HasSubstr("  its line was not kept: the bytes of a.csv could not be read again\n"));
}

TEST_F(Questions, LongWorkHasADeadlineOnlyWhenToldSo) {
  EXPECT_EQ(Ask({"digest"}).status, 0);
  EXPECT_FALSE(audit_.given.has_value());
  EXPECT_EQ(Ask({"--timeout", "0", "digest"}).status, 0);
  EXPECT_FALSE(audit_.given.has_value());
  EXPECT_EQ(Ask({"--timeout", "30", "digest"}).status, 0);
  ASSERT_TRUE(audit_.given.has_value());
  EXPECT_LE(*audit_.given, std::chrono::seconds(31));
  EXPECT_EQ(audit_.asked, 3);
}

TEST_F(Questions, AnAnswersSourcesAreOfItsOwnSequence) {
  const Ran ran = Ask({"transfers", "--known-by", "2024"});
  EXPECT_THAT(ran.out, HasSubstr("Covered: sipri-deals until 2023 (2 editions)."));
  EXPECT_EQ(query_.sources_asked.read_at().cut().sequence(), 7);
}

TEST_F(Questions, AListOfItsOwnIsNotCountedOnADate) {
  EXPECT_THAT(Ask({"show", "USA"}).out,
              HasSubstr("Sanctions by it: 3 (\"dossier list ofac-sdn\")"));
  const std::string on_date = Ask({"show", "USA", "--effective", "2010-01-01"}).out;
  EXPECT_THAT(on_date, HasSubstr("Sanctions by it: see \"dossier list ofac-sdn\""));
  EXPECT_THAT(on_date, Not(HasSubstr("Nothing about it")));
}

TEST_F(Questions, ErrorsNameTheirFields) {
  const Ran ran = Ask({"show", "Atlantis"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "dossier: show Atlantis: actor: \"Atlantis\" is not known\n"
            "  actor: expected an id, a code or a name\n");
}

TEST_F(Questions, HistorySaysWhatChangedAndWhere) {
  const Ran ran = Ask({"history", "sipri-deals", "7"});
  EXPECT_THAT(ran.out,
              HasSubstr("sipri-deals 7/2016\n"
                        "  revised, published 2024-03-18 (generated), sequence 1,200, a.csv:42\n"
                        "      cause: late edition\n"
                        "      voided by sequence 1,300: it counts no more\n"
                        "      delivery[0].number: 3 -> (not given)\n"));
  EXPECT_THAT(Ask({"history", "sipri-deals", "7", "--csv"}).out,
              HasSubstr("7/2016,revised,2024-03-18,generated,1200,,,42,,1300,"
                        "delivery[0].number,3,,,late edition,,,\n"));
  EXPECT_THAT(Ask({"history", "sipri-deals", "later", "--known-by", "2000"}).out,
              HasSubstr("Nothing was known of it by then.\n"));
}

TEST_F(Questions, HistoryAsksForSilencesUnlessToldNotTo) {
  Ask({"history", "sipri-deals", "7"});
  EXPECT_TRUE(query_.history_asked.with_silences());
  Ask({"history", "sipri-deals", "7", "--statements-only"});
  EXPECT_FALSE(query_.history_asked.with_silences());
}

TEST_F(Questions, AWatchAsksForClassesAsTheyArePrinted) {
  feed_.calls = {{CaughtUp("c1")}};
  const Ran ran = Ask({"watch", "--until-caught-up", "--class", "new deliveries", "--class", "flag",
                       "--class", "revised-count"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(feed_.asked.size(), 1);
  EXPECT_THAT(feed_.asked[0].change_class(),
              testing::ElementsAre(v1::CHANGE_CLASS_NEW_DELIVERIES, v1::CHANGE_CLASS_FLAG,
                                   v1::CHANGE_CLASS_REVISED_COUNT));
  const Ran refused = Ask({"watch", "--class", "tariff"});
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.err, HasSubstr("\"tariff\": expected one of reparsed, new-deliveries"));
}

TEST_F(Questions, AWatchNamesTheKindsThatItTakes) {
  EXPECT_THAT(Ask({"watch", "--help"}).out,
              HasSubstr("kinds of facts: transfer, sanction, link, identity-claim"));
}

TEST_F(Questions, AWatchGoesOnFromItsCursor) {
  feed_.calls = {{Item(1, "c1"), Item(2, "c2")}, {Item(3, "c3"), CaughtUp("c4")}};
  const Ran ran = Ask({"watch", "--until-caught-up", "--actor", "Iran"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(feed_.asked.size(), 2);
  EXPECT_EQ(feed_.asked[0].cursor(), "");
  EXPECT_EQ(feed_.asked[1].cursor(), "c2");
  EXPECT_EQ(feed_.asked[1].actor(0), "Iran");
  EXPECT_THAT(ran.out, HasSubstr("#3"));
  EXPECT_THAT(ran.err, HasSubstr("go on with --from-cursor c4"));
}

TEST_F(Questions, AWatchThatAsksFromNowGoesOnFromItsCursorToo) {
  feed_.calls = {{CaughtUp("c1"), Item(5, "c5")}, {Item(6, "c6")}};
  const Ran ran = Ask({"watch", "--from-now"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("another log"));
  ASSERT_EQ(feed_.asked.size(), 3);
  EXPECT_TRUE(feed_.asked[0].from_now());
  EXPECT_FALSE(feed_.asked[1].from_now());
  EXPECT_EQ(feed_.asked[2].cursor(), "c6");
}

TEST_F(Questions, AServerThatNeverAnsweredIsNotWaitedFor) {
  feed_.calls = {{}};
  const Ran ran = Ask({"watch"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("dossier: watch: going down"));
  EXPECT_EQ(feed_.asked.size(), 1);
}

TEST_F(Questions, AStoppedWatchIsDone) {
  feed_.calls = {{Item(1, "c1")}};
  std::stop_source stop;
  stop.request_stop();
  const Ran ran = RunDossier(
      {"watch"}, {.channel = serving_.channel(), .in = "", .width = 0, .stop = stop.get_token()});
  EXPECT_EQ(ran.status, 0) << ran.err;
}

}  // namespace
}  // namespace dossier
