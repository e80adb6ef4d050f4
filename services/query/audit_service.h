// AuditService: digests of the whole view (audit.h), a few at a time.
//
// Safe for use by several threads. `views` must outlive the service, and the service must outlive
// the server that it is registered with.
#pragma once

#include "dossier/v1/audit_service.grpc.pb.h"
#include "services/query/call_workers.h"
#include "storage/views.h"

namespace dossier {

class AuditServiceImpl : public v1::AuditService::CallbackService {
 public:
  explicit AuditServiceImpl(Views& views);

  // RESOURCE_EXHAUSTED: too many calls wait for their turn.
  grpc::ServerUnaryReactor* GetDigests(grpc::CallbackServerContext* context,
                                       const v1::GetDigestsRequest* request,
                                       v1::GetDigestsResponse* response) override;

 private:
  Views& views_;
  CallWorkers workers_;
};

}  // namespace dossier
