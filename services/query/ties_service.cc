#include "services/query/ties_service.h"

#include "services/query/tie.h"
#include "services/query/tie_changes.h"
#include "services/query/treaties_query.h"

namespace dossier {

grpc::ServerUnaryReactor* TiesServiceImpl::GetTreaty(grpc::CallbackServerContext* context,
                                                     const v1::GetTreatyRequest* request,
                                                     v1::GetTreatyResponse* response) {
  return calls_.AnswerAsOf<v1::GetTreatyRequest, v1::GetTreatyResponse>(
      UnaryCalls::Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetTreaty(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* TiesServiceImpl::ListTreaties(grpc::CallbackServerContext* context,
                                                        const v1::ListTreatiesRequest* request,
                                                        v1::ListTreatiesResponse* response) {
  return calls_.AnswerPage<v1::ListTreatiesRequest, v1::ListTreatiesResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListTreaties(as_of, table_, *request, after);
      });
}

grpc::ServerUnaryReactor* TiesServiceImpl::GetTie(grpc::CallbackServerContext* context,
                                                  const v1::GetTieRequest* request,
                                                  v1::GetTieResponse* response) {
  return calls_.AnswerAsOf<v1::GetTieRequest, v1::GetTieResponse>(
      UnaryCalls::Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetTie(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* TiesServiceImpl::GetTies(grpc::CallbackServerContext* context,
                                                   const v1::GetTiesRequest* request,
                                                   v1::GetTiesResponse* response) {
  return calls_.AnswerAsOf<v1::GetTiesRequest, v1::GetTiesResponse>(
      UnaryCalls::Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetTies(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* TiesServiceImpl::ListTieChanges(grpc::CallbackServerContext* context,
                                                          const v1::ListTieChangesRequest* request,
                                                          v1::ListTieChangesResponse* response) {
  return calls_.AnswerPage<v1::ListTieChangesRequest, v1::ListTieChangesResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListTieChanges(as_of, table_, *request, after);
      });
}

}  // namespace dossier
