#include "services/query/audit_service.h"

#include "services/process.h"
#include "services/query/as_of.h"
#include "services/query/audit.h"

namespace dossier {
namespace {

// Each reads the whole view: two keep a machine busy enough.
constexpr size_t kThreads = 2;
constexpr size_t kQueuedMax = 16;

absl::StatusOr<v1::GetDigestsResponse> Answer(Views& views, const v1::GetDigestsRequest& request,
                                              CallLimits limits) {
  if (absl::Status s = limits.Check(); !s.ok()) return s;
  v1::ReadAt read_at;
  read_at.set_wait_for_sequence(request.read_at().wait_for_sequence());
  auto as_of = AsOf::Open(views, read_at, std::move(limits));
  if (!as_of.ok()) return as_of.status();
  auto digests = DigestRows(*as_of);
  if (!digests.ok()) return digests.status();
  v1::GetDigestsResponse response;
  *response.mutable_answered_at() = as_of->answered_at();
  response.set_view_digest(digests->view);
  response.set_knowledge_digest(digests->knowledge);
  response.set_rows(digests->rows);
  response.set_records(digests->records);
  return response;
}

}  // namespace

AuditServiceImpl::AuditServiceImpl(Views& views) : views_(views), workers_(kThreads, kQueuedMax) {}

grpc::ServerUnaryReactor* AuditServiceImpl::GetDigests(grpc::CallbackServerContext* context,
                                                       const v1::GetDigestsRequest* request,
                                                       v1::GetDigestsResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const bool queued = workers_.Run([this, context, request, response, reactor] {
    CallLimits limits;
    limits.deadline = absl::FromChrono(context->deadline());
    limits.is_cancelled = [context] { return context->IsCancelled(); };
    auto answered = Answer(views_, *request, std::move(limits));
    if (answered.ok()) *response = *std::move(answered);
    reactor->Finish(ToGrpc(answered.status()));
  });
  if (!queued) {
    reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, "too many digests at once; try again"});
  }
  return reactor;
}

}  // namespace dossier
