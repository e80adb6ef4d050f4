#include "services/query/query_service.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "services/process.h"
#include "services/query/catalogue.h"
#include "services/query/dossier.h"
#include "services/query/flows.h"
#include "services/query/history.h"
#include "services/query/page_token.h"
#include "services/query/transfers_query.h"

namespace dossier {
namespace {

constexpr size_t kQueuedMax = 4096;
constexpr size_t kWaitersMax = 32;

size_t WorkerCount() { return std::clamp<size_t>(std::thread::hardware_concurrency(), 2, 16); }

CallLimits LimitsOf(grpc::CallbackServerContext* context) {
  CallLimits limits;
  limits.deadline = absl::FromChrono(context->deadline());
  limits.is_cancelled = [context] { return context->IsCancelled(); };
  return limits;
}

}  // namespace

QueryServiceImpl::QueryServiceImpl(Views& views, const ActorTable& table)
    : views_(views),
      table_(table),
      search_(table),
      workers_(WorkerCount(), kQueuedMax),
      waiters_(kWaitersMax, kQueuedMax) {}

template <typename Response>
grpc::ServerUnaryReactor* QueryServiceImpl::Answer(
    Where where, uint64_t needs, grpc::CallbackServerContext* context, Response* response,
    std::function<absl::StatusOr<Response>(const CallLimits&)> answer) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto call = [context, response, reactor, answer = std::move(answer)] {
    auto answered = answer(LimitsOf(context));
    if (answered.ok()) *response = *std::move(answered);
    reactor->Finish(ToGrpc(answered.status()));
  };
  const bool waits = needs > views_.position().sequence;
  if (where == Where::kHere && !waits) {
    call();
  } else if (!(waits ? waiters_ : workers_).Run(std::move(call))) {
    reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, "too many calls at once; try again"});
  }
  return reactor;
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* QueryServiceImpl::AnswerAsOf(
    Where where, grpc::CallbackServerContext* context, const Request* request, Response* response,
    std::function<absl::StatusOr<Response>(AsOf&)> answer) {
  return Answer<Response>(where, request->read_at().wait_for_sequence(), context, response,
                          [this, request, answer = std::move(answer)](
                              const CallLimits& limits) -> absl::StatusOr<Response> {
                            auto as_of = AsOf::Open(views_, request->read_at(), limits);
                            if (!as_of.ok()) return as_of.status();
                            return answer(*as_of);
                          });
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* QueryServiceImpl::AnswerPage(
    grpc::CallbackServerContext* context, const Request* request, Response* response,
    std::function<absl::StatusOr<Response>(AsOf&, std::string_view after)> answer) {
  auto from = ReadPageToken(*request);
  uint64_t needs = request->read_at().wait_for_sequence();
  if (from.ok() && from->has_value()) needs = std::max(needs, (*from)->cut.sequence);
  return Answer<Response>(
      Where::kOnWorker, needs, context, response,
      [this, request, from = std::move(from),
       answer = std::move(answer)](const CallLimits& limits) -> absl::StatusOr<Response> {
        if (!from.ok()) return from.status();
        auto as_of = AsOf::Open(views_, request->read_at(), limits,
                                from->has_value() ? &(*from)->cut : nullptr);
        if (!as_of.ok()) return as_of.status();
        return answer(*as_of, from->has_value() ? (*from)->place : std::string_view());
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetActor(grpc::CallbackServerContext* context,
                                                     const v1::GetActorRequest* request,
                                                     v1::GetActorResponse* response) {
  // A name that the table does not hold is looked for in a scan.
  const bool in_table = table_.Find(request->actor()) != nullptr;
  return AnswerAsOf<v1::GetActorRequest, v1::GetActorResponse>(
      in_table ? Where::kHere : Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetActor(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::FindActors(grpc::CallbackServerContext* context,
                                                       const v1::FindActorsRequest* request,
                                                       v1::FindActorsResponse* response) {
  return AnswerPage<v1::FindActorsRequest, v1::FindActorsResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return search_.Find(as_of, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetDossier(grpc::CallbackServerContext* context,
                                                       const v1::GetDossierRequest* request,
                                                       v1::GetDossierResponse* response) {
  return AnswerAsOf<v1::GetDossierRequest, v1::GetDossierResponse>(
      Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetDossier(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::ListTransfers(grpc::CallbackServerContext* context,
                                                          const v1::ListTransfersRequest* request,
                                                          v1::ListTransfersResponse* response) {
  return AnswerPage<v1::ListTransfersRequest, v1::ListTransfersResponse>(
      context, request, response, [this, request](AsOf& as_of, std::string_view after) {
        return dossier::ListTransfers(as_of, table_, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetFlows(grpc::CallbackServerContext* context,
                                                     const v1::GetFlowsRequest* request,
                                                     v1::GetFlowsResponse* response) {
  return AnswerAsOf<v1::GetFlowsRequest, v1::GetFlowsResponse>(
      Where::kOnWorker, context, request, response,
      [this, request](AsOf& as_of) { return dossier::GetFlows(as_of, table_, *request); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetHistory(grpc::CallbackServerContext* context,
                                                       const v1::GetHistoryRequest* request,
                                                       v1::GetHistoryResponse* response) {
  return AnswerPage<v1::GetHistoryRequest, v1::GetHistoryResponse>(
      context, request, response, [request](AsOf& as_of, std::string_view after) {
        return dossier::GetHistory(as_of, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::ListSources(grpc::CallbackServerContext* context,
                                                        const v1::ListSourcesRequest* request,
                                                        v1::ListSourcesResponse* response) {
  return AnswerAsOf<v1::ListSourcesRequest, v1::ListSourcesResponse>(
      Where::kOnWorker, context, request, response,
      [](AsOf& as_of) { return dossier::ListSources(as_of); });
}

grpc::ServerUnaryReactor* QueryServiceImpl::ListEditions(grpc::CallbackServerContext* context,
                                                         const v1::ListEditionsRequest* request,
                                                         v1::ListEditionsResponse* response) {
  return AnswerPage<v1::ListEditionsRequest, v1::ListEditionsResponse>(
      context, request, response, [request](AsOf& as_of, std::string_view after) {
        return dossier::ListEditions(as_of, *request, after);
      });
}

grpc::ServerUnaryReactor* QueryServiceImpl::GetStatus(grpc::CallbackServerContext* context,
                                                      const v1::GetStatusRequest* request,
                                                      v1::GetStatusResponse* response) {
  return AnswerAsOf<v1::GetStatusRequest, v1::GetStatusResponse>(
      Where::kOnWorker, context, request, response,
      [](AsOf& as_of) { return dossier::GetStatus(as_of); });
}

}  // namespace dossier
