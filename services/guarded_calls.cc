#include "services/guarded_calls.h"

#include "services/log.h"

namespace dossier {

void LogDenial(const grpc::ServerContextBase& context, const std::string& reason) {
  LogEvent(LogLevel::kWarning, "call_denied", {{"peer", context.peer()}, {"reason", reason}});
}

absl::StatusOr<Caller> CallerOf(const Tokens& tokens, const grpc::ServerContextBase& context,
                                Role role) {
  auto caller = tokens.Authorize(context, role);
  if (!caller.ok()) LogDenial(context, std::string(caller.status().message()));
  return caller;
}

}  // namespace dossier
