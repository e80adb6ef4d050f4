#include "services/query/revisions_service.h"

#include "services/query/compare_deals.h"
#include "services/query/transfer_changes.h"

namespace dossier {

grpc::ServerUnaryReactor* RevisionsServiceImpl::ListTransferChanges(
    grpc::CallbackServerContext* context, const v1::ListTransferChangesRequest* request,
    v1::ListTransferChangesResponse* response) {
  return calls_.AnswerPage<v1::ListTransferChangesRequest, v1::ListTransferChangesResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListTransferChanges(as_of, table_, *request, after);
      });
}

grpc::ServerUnaryReactor* RevisionsServiceImpl::CompareDeals(grpc::CallbackServerContext* context,
                                                             const v1::CompareDealsRequest* request,
                                                             v1::CompareDealsResponse* response) {
  return calls_.AnswerPage<v1::CompareDealsRequest, v1::CompareDealsResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::CompareDeals(as_of, table_, *request, after);
      });
}

}  // namespace dossier
