// SanctionsService: each method opens the point it answers at and calls the function of its name.
//
//   GetSanctions       sanctions_query.h
//   ListEntries        list_entries.h
//   ListEntryChanges   list_changes.h
//   Search             name_search.h
//
// Safe for use by several threads. `calls` and `table` must outlive the service, and the service
// must outlive the server that it is registered with.
#pragma once

#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/model/actors.h"
#include "services/query/unary_calls.h"

namespace dossier {

class SanctionsServiceImpl : public v1::SanctionsService::CallbackService {
 public:
  SanctionsServiceImpl(UnaryCalls& calls, const ActorTable& table) : calls_(calls), table_(table) {}

  grpc::ServerUnaryReactor* GetSanctions(grpc::CallbackServerContext* context,
                                         const v1::GetSanctionsRequest* request,
                                         v1::GetSanctionsResponse* response) override;
  grpc::ServerUnaryReactor* ListEntries(grpc::CallbackServerContext* context,
                                        const v1::ListEntriesRequest* request,
                                        v1::ListEntriesResponse* response) override;
  grpc::ServerUnaryReactor* ListEntryChanges(grpc::CallbackServerContext* context,
                                             const v1::ListEntryChangesRequest* request,
                                             v1::ListEntryChangesResponse* response) override;
  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context,
                                   const v1::SearchRequest* request,
                                   v1::SearchResponse* response) override;

 private:
  UnaryCalls& calls_;
  const ActorTable& table_;
};

}  // namespace dossier
