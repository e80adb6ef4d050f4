#include "services/query/query_service.h"

#include "services/query/catalogue.h"
#include "services/query/dossier.h"
#include "services/query/flows.h"
#include "services/query/history.h"
#include "services/query/transfers_query.h"

namespace dossier {
namespace {

using Where = UnaryCalls::Where;

}  // namespace

QueryServiceImpl::QueryServiceImpl(UnaryCalls& calls, const ActorTable& table)
    : calls_(calls), table_(table), search_(table) {}

grpc::ServerUnaryReactor* QueryServiceImpl::GetActor(grpc::CallbackServerContext* context,
                                                     const v1::GetActorRequest* request,
                                                     v1::GetActorResponse* response) {
  // A name that the table does not hold is looked for in a scan.
  const bool in_table = table_.Find(request->actor()) != nullptr;
  return calls_.AnswerAsOf<v1::GetActorRequest, v1::GetActorResponse>(
      in_table ? Where::kHere : Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetActor(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::FindActors(grpc::CallbackServerContext* context,
                                                       const v1::FindActorsRequest* request,
                                                       v1::FindActorsResponse* response) {
  return calls_.AnswerPage<v1::FindActorsRequest, v1::FindActorsResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return search_.Find(as_of, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetDossier(grpc::CallbackServerContext* context,
                                                       const v1::GetDossierRequest* request,
                                                       v1::GetDossierResponse* response) {
  return calls_.AnswerAsOf<v1::GetDossierRequest, v1::GetDossierResponse>(
      Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetDossier(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::ListTransfers(grpc::CallbackServerContext* context,
                                                          const v1::ListTransfersRequest* request,
                                                          v1::ListTransfersResponse* response) {
  return calls_.AnswerPage<v1::ListTransfersRequest, v1::ListTransfersResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListTransfers(as_of, table_, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetFlows(grpc::CallbackServerContext* context,
                                                     const v1::GetFlowsRequest* request,
                                                     v1::GetFlowsResponse* response) {
  return calls_.AnswerAsOf<v1::GetFlowsRequest, v1::GetFlowsResponse>(
      Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetFlows(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetHistory(grpc::CallbackServerContext* context,
                                                       const v1::GetHistoryRequest* request,
                                                       v1::GetHistoryResponse* response) {
  return calls_.AnswerPage<v1::GetHistoryRequest, v1::GetHistoryResponse>(
      context, request, response, [request](AsOf& as_of, std::string_view after) {
        return dossier::GetHistory(as_of, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::ListSources(grpc::CallbackServerContext* context,
                                                        const v1::ListSourcesRequest* request,
                                                        v1::ListSourcesResponse* response) {
  return calls_.AnswerAsOf<v1::ListSourcesRequest, v1::ListSourcesResponse>(
      Where::kOnWorker, context, request, response,
      [](AsOf& as_of) { return dossier::ListSources(as_of); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::ListEditions(grpc::CallbackServerContext* context,
                                                         const v1::ListEditionsRequest* request,
                                                         v1::ListEditionsResponse* response) {
  return calls_.AnswerPage<v1::ListEditionsRequest, v1::ListEditionsResponse>(
      context, request, response, [request](AsOf& as_of, std::string_view after) {
        return dossier::ListEditions(as_of, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetStatus(grpc::CallbackServerContext* context,
                                                      const v1::GetStatusRequest* request,
                                                      v1::GetStatusResponse* response) {
  return calls_.AnswerAsOf<v1::GetStatusRequest, v1::GetStatusResponse>(
      Where::kOnWorker, context, request, response,
      [](AsOf& as_of) { return dossier::GetStatus(as_of); });
}

}  // namespace dossier
