#include "services/guard.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "services/reader_guards.h"
#include "services/status_details.h"

namespace dossier {
namespace {

constexpr size_t kShownNameBytesMax = 64;

absl::Status Check(const Tokens& tokens, const grpc::ServerContextBase& context, Role role) {
  return CallerOf(tokens, context, role).status();
}

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
  grpc::Status ReparseEdition(grpc::ServerContext* context,
                              const v1::ReparseEditionRequest* request,
                              v1::ReparseEditionResponse* response) override {
    const absl::Status allowed = Check(tokens_, *context, Role::kLoader);
    return allowed.ok() ? inner_.ReparseEdition(context, request, response) : ToGrpc(allowed);
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

// The full name of an Api that the service is of, else "".
template <typename Api>
std::string NameIfIs(const grpc::Service& service) {
  const bool is_one = dynamic_cast<const typename Api::Service*>(&service) != nullptr;
  return is_one ? Api::service_full_name() : "";
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
  using v1::RevisionsService;
  using v1::SanctionsService;
  using v1::TiesService;
  using TryGuardFunction = std::unique_ptr<grpc::Service> (*)(grpc::Service&, const Tokens&);
  // A callback service is derived from the synchronous one, so it is tried first.
  static constexpr TryGuardFunction kGuards[] = {
      TryGuard<QueryGuard<QueryService::CallbackService, Callback>, QueryService::CallbackService>,
      TryGuard<QueryGuard<QueryService::Service, Sync>, QueryService::Service>,
      TryGuard<SanctionsGuard<SanctionsService::CallbackService, Callback>,
               SanctionsService::CallbackService>,
      TryGuard<SanctionsGuard<SanctionsService::Service, Sync>, SanctionsService::Service>,
      TryGuard<TiesGuard<TiesService::CallbackService, Callback>, TiesService::CallbackService>,
      TryGuard<TiesGuard<TiesService::Service, Sync>, TiesService::Service>,
      TryGuard<RevisionsGuard<RevisionsService::CallbackService, Callback>,
               RevisionsService::CallbackService>,
      TryGuard<RevisionsGuard<RevisionsService::Service, Sync>, RevisionsService::Service>,
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
  const std::string names[] = {
      NameIfIs<v1::QueryService>(service), NameIfIs<v1::SanctionsService>(service),
      NameIfIs<v1::TiesService>(service),  NameIfIs<v1::RevisionsService>(service),
      NameIfIs<v1::AuditService>(service), NameIfIs<v1::FeedService>(service),
      NameIfIs<v1::IngestService>(service)};
  const auto named = std::find_if(std::begin(names), std::end(names),
                                  [](const std::string& name) { return !name.empty(); });
  return named != std::end(names) ? *named : "";
}

}  // namespace dossier
