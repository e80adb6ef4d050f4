// QueryService: each method opens the point it answers at and calls the function of its name.
//
//   GetActor, FindActors             actors_query.h
//   GetDossier                       dossier.h
//   ListTransfers, GetFlows          transfers_query.h, flows.h
//   GetHistory                       history.h
//   ListSources, ListEditions, GetStatus   catalogue.h
//
// Looking up an actor of the table is answered on gRPC's own thread; whatever scans runs on the
// workers of unary_calls.h.
//
// Safe for use by several threads. `calls` and `table` must outlive the service, and the service
// must outlive the server that it is registered with.
#pragma once

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/model/actors.h"
#include "services/query/actors_query.h"
#include "services/query/unary_calls.h"

namespace dossier {

class QueryServiceImpl : public v1::QueryService::CallbackService {
 public:
  QueryServiceImpl(UnaryCalls& calls, const ActorTable& table);

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
  UnaryCalls& calls_;
  const ActorTable& table_;
  const ActorSearch search_;
};

}  // namespace dossier
