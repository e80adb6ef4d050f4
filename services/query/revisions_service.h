// RevisionsService: each method opens the point it answers at and calls the function of its name.
//
//   ListTransferChanges   transfer_changes.h
//   CompareDeals          compare_deals.h
//
// Safe for use by several threads. `calls` and `table` must outlive the service, and the service
// must outlive the server that it is registered with.
#pragma once

#include "dossier/v1/revisions_service.grpc.pb.h"
#include "services/model/actors.h"
#include "services/query/unary_calls.h"

namespace dossier {

class RevisionsServiceImpl : public v1::RevisionsService::CallbackService {
 public:
  RevisionsServiceImpl(UnaryCalls& calls, const ActorTable& table) : calls_(calls), table_(table) {}

  grpc::ServerUnaryReactor* ListTransferChanges(grpc::CallbackServerContext* context,
                                                const v1::ListTransferChangesRequest* request,
                                                v1::ListTransferChangesResponse* response) override;
  grpc::ServerUnaryReactor* CompareDeals(grpc::CallbackServerContext* context,
                                         const v1::CompareDealsRequest* request,
                                         v1::CompareDealsResponse* response) override;

 private:
  UnaryCalls& calls_;
  const ActorTable& table_;
};

}  // namespace dossier
