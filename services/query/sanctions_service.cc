#include "services/query/sanctions_service.h"

#include "services/query/list_changes.h"
#include "services/query/list_entries.h"
#include "services/query/name_search.h"
#include "services/query/sanctions_query.h"

namespace dossier {

grpc::ServerUnaryReactor* SanctionsServiceImpl::GetSanctions(grpc::CallbackServerContext* context,
                                                             const v1::GetSanctionsRequest* request,
                                                             v1::GetSanctionsResponse* response) {
  return calls_.AnswerAsOf<v1::GetSanctionsRequest, v1::GetSanctionsResponse>(
      UnaryCalls::Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetSanctions(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* SanctionsServiceImpl::ListEntries(grpc::CallbackServerContext* context,
                                                            const v1::ListEntriesRequest* request,
                                                            v1::ListEntriesResponse* response) {
  return calls_.AnswerPage<v1::ListEntriesRequest, v1::ListEntriesResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListEntries(as_of, table_, *request, after);
      });
}

grpc::ServerUnaryReactor* SanctionsServiceImpl::ListEntryChanges(
    grpc::CallbackServerContext* context, const v1::ListEntryChangesRequest* request,
    v1::ListEntryChangesResponse* response) {
  return calls_.AnswerPage<v1::ListEntryChangesRequest, v1::ListEntryChangesResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListEntryChanges(as_of, table_, *request, after);
      });
}

grpc::ServerUnaryReactor* SanctionsServiceImpl::Search(grpc::CallbackServerContext* context,
                                                       const v1::SearchRequest* request,
                                                       v1::SearchResponse* response) {
  return calls_.AnswerPage<v1::SearchRequest, v1::SearchResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::Search(as_of, table_, *request, after);
      });
}

}  // namespace dossier
