// Stands before a service and lets through only calls whose token allows them.
//
// gRPC 1.51 has no hook that can end a call before its handler on every kind of channel: a server
// interceptor can only watch, and an auth metadata processor needs TLS and never sees in-process
// calls. So a guard is a service itself, method by method; one that it lacks is UNIMPLEMENTED, and
// never open.
//
// An analyst's token is one analyst's: what it appends must bear the name in the tokens file. A
// loader's may append for anybody.
//
//   needs     methods
//   reader    all of QueryService, SanctionsService, TiesService, RevisionsService, FeedService and
//             AuditService
//   analyst   IngestService.AppendEvents
//   loader    the rest of IngestService
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/tokens.h"

namespace dossier {

// An IngestService that can be guarded: it is told who calls where it has to know.
class CallerAwareIngest : public v1::IngestService::Service {
 public:
  // AppendEvents for a caller whom its guard let through. PermissionDenied ends the stream at the
  // first event of an analyst whose name the caller may not write under.
  virtual grpc::Status AppendEventsOf(
      const Caller& caller, grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) = 0;
};

// Whether the caller may append events of this analyst. PermissionDenied names both; ErrorInfo has
// the reason OTHER_ANALYST.
absl::Status MayAppendFor(const Caller& caller, const std::string& analyst);

// The guard of a service of dossier.v1, written against gRPC's synchronous or callback interface.
// `service` and `tokens` must outlive it. Internal: no guard is written for this service, or it is
// an IngestService that is not a CallerAwareIngest.
absl::StatusOr<std::unique_ptr<grpc::Service>> Guard(grpc::Service& service, const Tokens& tokens);

// The full name, "dossier.v1.QueryService"; empty for a service that is not of dossier.v1.
std::string ServiceName(const grpc::Service& service);

}  // namespace dossier
