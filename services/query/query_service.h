// QueryService: each method opens the point it answers at and calls the function of its name.
//
//   GetActor, FindActors             actors_query.h
//   GetDossier                       dossier.h
//   ListTransfers, GetFlows          transfers_query.h, flows.h
//   GetHistory                       history.h
//   ListSources, ListEditions, GetStatus   catalogue.h
//
// Looking up an actor of the table is answered on gRPC's own thread. Whatever scans runs on the
// service's workers, and calls that wait for a sequence, asked for or pinned by a page token, on
// threads apart, so that neither ever holds up the others. RESOURCE_EXHAUSTED: more calls wait than
// there is room for.
//
// Safe for use by several threads. `views` and `table` must outlive the service, and the service
// must outlive the server that it is registered with.
#pragma once

#include <functional>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/model/actors.h"
#include "services/query/actors_query.h"
#include "services/query/as_of.h"
#include "services/query/call_workers.h"
#include "storage/views.h"

namespace dossier {

class QueryServiceImpl : public v1::QueryService::CallbackService {
 public:
  QueryServiceImpl(Views& views, const ActorTable& table);

  grpc::ServerUnaryReactor* GetActor(grpc::CallbackServerContext* context,
                                     const v1::GetActorRequest* request,
                                     v1::GetActorResponse* response) override;
  grpc::ServerUnaryReactor* FindActors(grpc::CallbackServerContext* context,
                                       const v1::FindActorsRequest* request,
                                       v1::FindActorsResponse* response) override;
  grpc::ServerUnaryReactor* GetDossier(grpc::CallbackServerContext* context,
                                       const v1::GetDossierRequest* request,
                                       v1::GetDossierResponse* response) override;
  grpc::ServerUnaryReactor* ListTransfers(grpc::CallbackServerContext* context,
                                          const v1::ListTransfersRequest* request,
                                          v1::ListTransfersResponse* response) override;
  grpc::ServerUnaryReactor* GetFlows(grpc::CallbackServerContext* context,
                                     const v1::GetFlowsRequest* request,
                                     v1::GetFlowsResponse* response) override;
  grpc::ServerUnaryReactor* GetHistory(grpc::CallbackServerContext* context,
                                       const v1::GetHistoryRequest* request,
                                       v1::GetHistoryResponse* response) override;
  grpc::ServerUnaryReactor* ListSources(grpc::CallbackServerContext* context,
                                        const v1::ListSourcesRequest* request,
                                        v1::ListSourcesResponse* response) override;
  grpc::ServerUnaryReactor* ListEditions(grpc::CallbackServerContext* context,
                                         const v1::ListEditionsRequest* request,
                                         v1::ListEditionsResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;

 private:
  enum class Where { kHere, kOnWorker };

  // Answers a call with what `answer` returns, now or on another thread: on one that waits where
  // the view does not hold the sequence yet that the answer `needs`.
  template <typename Response>
  grpc::ServerUnaryReactor* Answer(
      Where where, uint64_t needs, grpc::CallbackServerContext* context, Response* response,
      std::function<absl::StatusOr<Response>(const CallLimits&)> answer);

  // The same for a list in pages: `answer` gets the place that the page token names.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* AnswerPage(
      grpc::CallbackServerContext* context, const Request* request, Response* response,
      std::function<absl::StatusOr<Response>(AsOf&, std::string_view after)> answer);

  // The same for what is no list.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* AnswerAsOf(Where where, grpc::CallbackServerContext* context,
                                       const Request* request, Response* response,
                                       std::function<absl::StatusOr<Response>(AsOf&)> answer);

  Views& views_;
  const ActorTable& table_;
  const ActorSearch search_;
  CallWorkers workers_;
  CallWorkers waiters_;
};

}  // namespace dossier
