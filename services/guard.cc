#include "services/guard.h"

#include "absl/strings/str_cat.h"
#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/log.h"
#include "services/status_details.h"

namespace dossier {
namespace {

constexpr size_t kShownNameBytesMax = 64;

void LogDenial(const grpc::ServerContextBase& context, const std::string& reason) {
  LogEvent(LogLevel::kWarning, "call_denied", {{"peer", context.peer()}, {"reason", reason}});
}

absl::StatusOr<Caller> CallerOf(const Tokens& tokens, const grpc::ServerContextBase& context,
                                Role role) {
  auto caller = tokens.Authorize(context, role);
  if (!caller.ok()) LogDenial(context, std::string(caller.status().message()));
  return caller;
}

absl::Status Check(const Tokens& tokens, const grpc::ServerContextBase& context, Role role) {
  return CallerOf(tokens, context, role).status();
}

// A stream that ends before it began.
template <typename Reactor>
class Denied : public Reactor {
 public:
  explicit Denied(const absl::Status& status) { this->Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

// What a handler of either interface takes and gives.
struct Sync {
  using Context = grpc::ServerContext;
  using Unary = grpc::Status;
  static Unary Deny(Context*, const absl::Status& status) { return ToGrpc(status); }
};

struct Callback {
  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor*;
  static Unary Deny(Context* context, const absl::Status& status) {
    auto* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpc(status));
    return reactor;
  }
};

template <typename Service, typename Api>
class GuardOf : public Service {
 public:
  GuardOf(Service& inner, const Tokens& tokens) : inner_(inner), tokens_(tokens) {}

 protected:
  template <typename Request, typename Response>
  typename Api::Unary Unary(Role role,
                            typename Api::Unary (Service::*method)(typename Api::Context*,
                                                                   const Request*, Response*),
                            typename Api::Context* context, const Request* request,
                            Response* response) {
    const absl::Status allowed = Check(tokens_, *context, role);
    if (!allowed.ok()) return Api::Deny(context, allowed);
    return (inner_.*method)(context, request, response);
  }

  Service& inner_;
  const Tokens& tokens_;
};

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
class AuditGuard : public GuardOf<Service, Api> {
 public:
  using GuardOf<Service, Api>::GuardOf;

  typename Api::Unary GetDigests(typename Api::Context* context,
                                 const v1::GetDigestsRequest* request,
                                 v1::GetDigestsResponse* response) override {
    return this->Unary(Role::kReader, &Service::GetDigests, context, request, response);
  }
};

class SyncFeedGuard : public GuardOf<v1::FeedService::Service, Sync> {
 public:
  using GuardOf::GuardOf;

  grpc::Status Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kReader);
    return allowed.ok() ? inner_.Watch(context, request, writer) : ToGrpc(allowed);
  }
  grpc::Status Replay(grpc::ServerContext* context, const v1::ReplayRequest* request,
                      grpc::ServerWriter<v1::ReplayResponse>* writer) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kReader);
    return allowed.ok() ? inner_.Replay(context, request, writer) : ToGrpc(allowed);
  }
};

class CallbackFeedGuard : public GuardOf<v1::FeedService::CallbackService, Callback> {
 public:
  using GuardOf::GuardOf;

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kReader);
    if (allowed.ok()) return inner_.Watch(context, request);
    return new Denied<grpc::ServerWriteReactor<v1::WatchResponse>>(allowed);
  }
  grpc::ServerWriteReactor<v1::ReplayResponse>* Replay(grpc::CallbackServerContext* context,
                                                       const v1::ReplayRequest* request) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kReader);
    if (allowed.ok()) return inner_.Replay(context, request);
    return new Denied<grpc::ServerWriteReactor<v1::ReplayResponse>>(allowed);
  }
};

class IngestGuard : public GuardOf<CallerAwareIngest, Sync> {
 public:
  using GuardOf::GuardOf;

  grpc::Status LoadEdition(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::LoadEditionResponse, v1::LoadEditionRequest>* stream) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kLoader);
    return allowed.ok() ? inner_.LoadEdition(context, stream) : ToGrpc(allowed);
  }
  grpc::Status AppendEvents(grpc::ServerContext* context,
                            grpc::ServerReaderWriter<v1::AppendEventsResponse,
                                                     v1::AppendEventsRequest>* stream) override {
    const auto caller = CallerOf(tokens_, *context, Role::kAnalyst);
    if (!caller.ok()) return ToGrpc(caller.status());
    return AppendEventsOf(*caller, context, stream);
  }
  grpc::Status AppendEventsOf(const Caller& caller, grpc::ServerContext* context,
                              grpc::ServerReaderWriter<v1::AppendEventsResponse,
                                                       v1::AppendEventsRequest>* stream) override {
    const grpc::Status status = inner_.AppendEventsOf(caller, context, stream);
    if (status.error_code() == grpc::StatusCode::PERMISSION_DENIED) {
      LogDenial(*context, status.error_message());
    }
    return status;
  }
  grpc::Status RetractEdition(grpc::ServerContext* context,
                              const v1::RetractEditionRequest* request,
                              v1::RetractEditionResponse* response) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kLoader);
    return allowed.ok() ? inner_.RetractEdition(context, request, response) : ToGrpc(allowed);
  }
  grpc::Status GetOriginal(grpc::ServerContext* context, const v1::GetOriginalRequest* request,
                           v1::GetOriginalResponse* response) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kLoader);
    return allowed.ok() ? inner_.GetOriginal(context, request, response) : ToGrpc(allowed);
  }
};

// `service` guarded by a GuardClass, where it is of the class that it guards; else null.
template <typename GuardClass, typename Service>
std::unique_ptr<grpc::Service> TryGuard(grpc::Service& service, const Tokens& tokens) {
  auto* inner = dynamic_cast<Service*>(&service);
  if (inner == nullptr) return nullptr;
  return std::make_unique<GuardClass>(*inner, tokens);
}

}  // namespace

absl::Status MayAppendFor(const Caller& caller, const std::string& analyst) {
  if (caller.role != Role::kAnalyst || caller.name == analyst) return absl::OkStatus();
  absl::Status denied = absl::PermissionDeniedError(absl::StrCat(
      "the token is of the analyst \"", caller.name, "\", who may not append events of \"",
      analyst.substr(0, kShownNameBytesMax), "\"; expected the name of the token's analyst"));
  SetErrorInfo(denied, "OTHER_ANALYST");
  return denied;
}

absl::StatusOr<std::unique_ptr<grpc::Service>> Guard(grpc::Service& service, const Tokens& tokens) {
  using v1::AuditService;
  using v1::FeedService;
  using v1::QueryService;
  using v1::SanctionsService;
  using TryGuardFunction = std::unique_ptr<grpc::Service> (*)(grpc::Service&, const Tokens&);
  // A callback service is derived from the synchronous one, so it is tried first.
  static constexpr TryGuardFunction kGuards[] = {
      TryGuard<QueryGuard<QueryService::CallbackService, Callback>, QueryService::CallbackService>,
      TryGuard<QueryGuard<QueryService::Service, Sync>, QueryService::Service>,
      TryGuard<SanctionsGuard<SanctionsService::CallbackService, Callback>,
               SanctionsService::CallbackService>,
      TryGuard<SanctionsGuard<SanctionsService::Service, Sync>, SanctionsService::Service>,
      TryGuard<AuditGuard<AuditService::CallbackService, Callback>, AuditService::CallbackService>,
      TryGuard<AuditGuard<AuditService::Service, Sync>, AuditService::Service>,
      TryGuard<CallbackFeedGuard, FeedService::CallbackService>,
      TryGuard<SyncFeedGuard, FeedService::Service>,
      TryGuard<IngestGuard, CallerAwareIngest>};
  for (const TryGuardFunction try_guard : kGuards) {
    auto guard = try_guard(service, tokens);
    if (guard != nullptr) return guard;
  }
  return absl::InternalError("no guard is written for a service that is to be served");
}

std::string ServiceName(const grpc::Service& service) {
  if (dynamic_cast<const v1::QueryService::Service*>(&service) != nullptr) {
    return v1::QueryService::service_full_name();
  }
  if (dynamic_cast<const v1::SanctionsService::Service*>(&service) != nullptr) {
    return v1::SanctionsService::service_full_name();
  }
  if (dynamic_cast<const v1::AuditService::Service*>(&service) != nullptr) {
    return v1::AuditService::service_full_name();
  }
  if (dynamic_cast<const v1::FeedService::Service*>(&service) != nullptr) {
    return v1::FeedService::service_full_name();
  }
  if (dynamic_cast<const v1::IngestService::Service*>(&service) != nullptr) {
    return v1::IngestService::service_full_name();
  }
  return "";
}

}  // namespace dossier
