// Guards of the services that answer readers, call by call.
#pragma once

#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "services/guarded_calls.h"

namespace dossier {

template <typename Service, typename Api>
class QueryGuard : public GuardOf<Service, Api> {
 public:
  using GuardOf<Service, Api>::GuardOf;

  typename Api::Unary GetActor(typename Api::Context* context, const v1::GetActorRequest* request,
                               v1::GetActorResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetActor, context, request, response);
  }
  typename Api::Unary FindActors(typename Api::Context* context,
                                 const v1::FindActorsRequest* request,
                                 v1::FindActorsResponse* response) override {
    return this->Unary(Role::kReader, &Service::FindActors, context, request, response);
  }
  typename Api::Unary GetDossier(typename Api::Context* context,
                                 const v1::GetDossierRequest* request,
                                 v1::GetDossierResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetDossier, context, request, response);
  }
  typename Api::Unary ListTransfers(typename Api::Context* context,
                                    const v1::ListTransfersRequest* request,
                                    v1::ListTransfersResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListTransfers, context, request, response);
  }
  typename Api::Unary GetFlows(typename Api::Context* context, const v1::GetFlowsRequest* request,
                               v1::GetFlowsResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetFlows, context, request, response);
  }
  typename Api::Unary GetHistory(typename Api::Context* context,
                                 const v1::GetHistoryRequest* request,
                                 v1::GetHistoryResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetHistory, context, request, response);
  }
  typename Api::Unary ListSources(typename Api::Context* context,
                                  const v1::ListSourcesRequest* request,
                                  v1::ListSourcesResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListSources, context, request, response);
  }
  typename Api::Unary ListEditions(typename Api::Context* context,
                                   const v1::ListEditionsRequest* request,
                                   v1::ListEditionsResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListEditions, context, request, response);
  }
  typename Api::Unary GetStatus(typename Api::Context* context, const v1::GetStatusRequest* request,
                                v1::GetStatusResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetStatus, context, request, response);
  }
};

template <typename Service, typename Api>
class SanctionsGuard : public GuardOf<Service, Api> {
 public:
  using GuardOf<Service, Api>::GuardOf;

  typename Api::Unary GetSanctions(typename Api::Context* context,
                                   const v1::GetSanctionsRequest* request,
                                   v1::GetSanctionsResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetSanctions, context, request, response);
  }
  typename Api::Unary ListEntries(typename Api::Context* context,
                                  const v1::ListEntriesRequest* request,
                                  v1::ListEntriesResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListEntries, context, request, response);
  }
  typename Api::Unary ListEntryChanges(typename Api::Context* context,
                                       const v1::ListEntryChangesRequest* request,
                                       v1::ListEntryChangesResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListEntryChanges, context, request, response);
  }
  typename Api::Unary Search(typename Api::Context* context, const v1::SearchRequest* request,
                             v1::SearchResponse* response) override {
    return this->Unary(Role::kReader, &Service::Search, context, request, response);
  }
};

template <typename Service, typename Api>
class TiesGuard : public GuardOf<Service, Api> {
 public:
  using GuardOf<Service, Api>::GuardOf;

  typename Api::Unary GetTreaty(typename Api::Context* context, const v1::GetTreatyRequest* request,
                                v1::GetTreatyResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetTreaty, context, request, response);
  }
  typename Api::Unary ListTreaties(typename Api::Context* context,
                                   const v1::ListTreatiesRequest* request,
                                   v1::ListTreatiesResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListTreaties, context, request, response);
  }
  typename Api::Unary GetTie(typename Api::Context* context, const v1::GetTieRequest* request,
                             v1::GetTieResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetTie, context, request, response);
  }
  typename Api::Unary GetTies(typename Api::Context* context, const v1::GetTiesRequest* request,
                              v1::GetTiesResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetTies, context, request, response);
  }
  typename Api::Unary ListTieChanges(typename Api::Context* context,
                                     const v1::ListTieChangesRequest* request,
                                     v1::ListTieChangesResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListTieChanges, context, request, response);
  }
};

template <typename Service, typename Api>
class RevisionsGuard : public GuardOf<Service, Api> {
 public:
  using GuardOf<Service, Api>::GuardOf;

  typename Api::Unary ListTransferChanges(typename Api::Context* context,
                                          const v1::ListTransferChangesRequest* request,
                                          v1::ListTransferChangesResponse* response) override {
    return this->Unary(Role::kReader, &Service::ListTransferChanges, context, request, response);
  }
  typename Api::Unary CompareDeals(typename Api::Context* context,
                                   const v1::CompareDealsRequest* request,
                                   v1::CompareDealsResponse* response) override {
    return this->Unary(Role::kReader, &Service::CompareDeals, context, request, response);
  }
};

template <typename Service, typename Api>
class AuditGuard : public GuardOf<Service, Api> {
 public:
  using GuardOf<Service, Api>::GuardOf;

  typename Api::Unary GetDigests(typename Api::Context* context,
                                 const v1::GetDigestsRequest* request,
                                 v1::GetDigestsResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetDigests, context, request, response);
  }
};

}  // namespace dossier
