// Stands before a service and lets through only calls whose token allows them.
//
// gRPC 1.51 has no hook that can end a call before its handler on every kind of channel: a server
// interceptor can only watch, and an auth metadata processor needs TLS and never sees in-process
// calls. So a guard is a service itself, method by method; one that it lacks is UNIMPLEMENTED, and
// never open.
//
//   needs     methods
//   reader    all of QueryService, FeedService and AuditService
//   analyst   IngestService.AppendEvents
//   loader    the rest of IngestService
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "services/tokens.h"

namespace dossier {

// The guard of a service of dossier.v1, written against gRPC's synchronous or callback interface.
// `service` and `tokens` must outlive it. Internal: no guard is written for this service.
absl::StatusOr<std::unique_ptr<grpc::Service>> Guard(grpc::Service& service, const Tokens& tokens);

// The full name, "dossier.v1.QueryService"; empty for a service that is not of dossier.v1.
std::string ServiceName(const grpc::Service& service);

}  // namespace dossier
