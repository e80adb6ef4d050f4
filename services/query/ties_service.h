// TiesService: each method opens the point it answers at and calls the function of its name.
//
//   GetTreaty, ListTreaties   treaties_query.h
//   GetTie, GetTies           tie.h
//   ListTieChanges            tie_changes.h
//
// Safe for use by several threads. `calls` and `table` must outlive the service, and the service
// must outlive the server that it is registered with.
#pragma once

#include "dossier/v1/ties_service.grpc.pb.h"
#include "services/model/actors.h"
#include "services/query/unary_calls.h"

namespace dossier {

class TiesServiceImpl : public v1::TiesService::CallbackService {
 public:
  TiesServiceImpl(UnaryCalls& calls, const ActorTable& table) : calls_(calls), table_(table) {}

  grpc::ServerUnaryReactor* GetTreaty(grpc::CallbackServerContext* context,
                                      const v1::GetTreatyRequest* request,
                                      v1::GetTreatyResponse* response) override;
  grpc::ServerUnaryReactor* ListTreaties(grpc::CallbackServerContext* context,
                                         const v1::ListTreatiesRequest* request,
                                         v1::ListTreatiesResponse* response) override;
  grpc::ServerUnaryReactor* GetTie(grpc::CallbackServerContext* context,
                                   const v1::GetTieRequest* request,
                                   v1::GetTieResponse* response) override;
  grpc::ServerUnaryReactor* GetTies(grpc::CallbackServerContext* context,
                                    const v1::GetTiesRequest* request,
                                    v1::GetTiesResponse* response) override;
  grpc::ServerUnaryReactor* ListTieChanges(grpc::CallbackServerContext* context,
                                           const v1::ListTieChangesRequest* request,
                                           v1::ListTieChangesResponse* response) override;

 private:
  UnaryCalls& calls_;
  const ActorTable& table_;
};

}  // namespace dossier
