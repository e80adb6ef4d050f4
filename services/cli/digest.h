// The digests of a system's view, as `digest` and `rebuild` ask for them.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "dossier/v1/audit_service.grpc.pb.h"
#include "services/cli/session.h"

namespace dossier {

absl::StatusOr<v1::GetDigestsResponse> AskDigests(const Session& session,
                                                  const std::shared_ptr<grpc::Channel>& channel,
                                                  uint64_t wait_for);

}  // namespace dossier
