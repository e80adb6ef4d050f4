// A log, its view and a query service over it, all real, in a folder of the test's own. State
// comes only from what is appended:
//
//   Load("sipri-deals", "2024-03-18", {Deal("7/2000", R"pb(...)pb")});
//   auto flows = Ask(&Stub::GetFlows, R"pb(grouping: FLOW_GROUPING_SUPPLIER)pb");
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/time/time.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "google/protobuf/text_format.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/model/actors.h"
#include "services/projector/projector.h"
#include "services/query/query_service.h"
#include "services/query/revisions_service.h"
#include "services/query/sanctions_service.h"
#include "services/query/ties_service.h"
#include "storage/event_log.h"
#include "storage/views.h"
#include "tests/storage/temp_dir.h"

namespace dossier {

// One record as an edition or analyst states it; `transfer` is a text proto, empty for absent. Of
// any other body, `present` is the text proto of the whole content.
struct Said {
  std::string record;
  std::string transfer;
  bool is_void = false;
  std::string present = {};
  std::string effective = {};  // Event.effective as text proto
};

class QueryFixture : public testing::Test {
 protected:
  using Stub = v1::QueryService::Stub;
  using SanctionsStub = v1::SanctionsService::Stub;
  using TiesStub = v1::TiesService::Stub;
  using RevisionsStub = v1::RevisionsService::Stub;

  QueryFixture();
  ~QueryFixture() override;

  // Appends an edition as one unit and projects it. Its id is made of source and stamp. Returns
  // the last sequence.
  uint64_t Load(const std::string& source, const std::string& publish_date,
                const std::vector<Said>& said, const std::string& scope = "",
                const std::string& covers_until = "");
  // The same of an edition that a newer version of its adapter reads anew: these records otherwise.
  uint64_t ReadAnew(const std::string& source, const std::string& publish_date,
                    const std::vector<Said>& said, const std::string& scope = "");
  // Withdraws an edition and voids these records of it, as one unit.
  uint64_t Retract(const std::string& source, const std::string& publish_date,
                   const std::vector<std::string>& records);
  // Appends an analyst's statements as one unit.
  uint64_t Report(const std::string& source, const std::string& publish_date,
                  const std::vector<Said>& said);
  // Appends one unit; projects it unless told not to.
  uint64_t Append(const std::vector<v1::LogEntry>& unit, bool project = true);
  void Project();
  EventLog& log() { return *log_; }

  // Asks over gRPC, either service; the request as text proto.
  template <typename Service, typename Request, typename Response>
  Response Ask(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
               const std::string& request) {
    Response response;
    const grpc::Status status = TryAsk(method, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  template <typename Service, typename Request, typename Response>
  grpc::Status TryAsk(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                      Response*),
                      const std::string& request, Response* response,
                      absl::Duration within = absl::Seconds(30)) {
    Request asked;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(request, &asked)) << request;
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + within));
    if constexpr (std::is_same_v<Service, SanctionsStub>) {
      return (sanctions_stub_.get()->*method)(&context, asked, response);
    } else if constexpr (std::is_same_v<Service, TiesStub>) {
      return (ties_stub_.get()->*method)(&context, asked, response);
    } else if constexpr (std::is_same_v<Service, RevisionsStub>) {
      return (revisions_stub_.get()->*method)(&context, asked, response);
    } else {
      return (stub_.get()->*method)(&context, asked, response);
    }
  }
  template <typename Service, typename Request, typename Response>
  grpc::Status Fails(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                     const std::string& request) {
    Response response;
    return TryAsk(method, request, &response);
  }

  // What the log's clock shows; moves on by a second with each unit.
  absl::Time now_ = absl::FromUnixSeconds(1'700'000'000);
  ActorTable table_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Stub> stub_;
  std::unique_ptr<SanctionsStub> sanctions_stub_;
  std::unique_ptr<TiesStub> ties_stub_;
  std::unique_ptr<RevisionsStub> revisions_stub_;

 private:
  std::vector<v1::LogEntry> UnitOf(const std::string& source, const std::string& publish_date,
                                   const std::vector<Said>& said, const std::string& scope);
  v1::Event EventOf(const std::string& source, const std::string& publish_date, const Said& said);

  TempDir dir_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<LogWriter> writer_;
  std::unique_ptr<Projector> projector_;
  std::unique_ptr<UnaryCalls> calls_;
  std::unique_ptr<QueryServiceImpl> service_;
  std::unique_ptr<SanctionsServiceImpl> sanctions_service_;
  std::unique_ptr<TiesServiceImpl> ties_service_;
  std::unique_ptr<RevisionsServiceImpl> revisions_service_;
  std::unique_ptr<grpc::Server> server_;
  uint64_t events_ = 0;
};

// A transfer as text proto: delivered in one year unless `year` is 0.
std::string Delivered(const std::string& deal, const std::string& supplier,
                      const std::string& recipient, int year, int64_t tiv, int units = 1,
                      const std::string& more = "");

}  // namespace dossier
