// All of Dossier in one process, on the embedded log in a folder: what `dossier serve` serves, and
// what `dossier --data DIR COMMAND` asks for the length of one command.
//
//   auto system = LocalSystem::Open(dir, {.create = true});
//   auto channel = (*system)->Channel();   // all services
//
// DIR/log is the truth, DIR/archive the editions' bytes; DIR/view can be removed and comes back.
// Opening projects what the view lacks. Asking appends nothing: the log's writer is opened by the
// first load, append or retraction. Safe for use by several threads.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "services/process.h"

namespace dossier {

struct LocalOptions {
  // Make the folder where it is missing: for what writes. Else a missing one is NotFound.
  bool create = false;
  // How to serve beside Channel(); unset: not at all. Tokens are asked of Channel() too.
  std::optional<ServerOptions> server = std::nullopt;
};

class LocalSystem {
 public:
  // NotFound: no Dossier data in `dir`. Unavailable: another process has it open, or the address
  // to serve at is not free; the message says which. DataLoss: what is there does not read.
  static absl::StatusOr<std::unique_ptr<LocalSystem>> Open(const std::string& dir,
                                                           const LocalOptions& options);
  // Stops watches, then the server, then the rest.
  ~LocalSystem();

  // Calls the services without a socket. Must not outlive the system.
  std::shared_ptr<grpc::Channel> Channel();
  // The port served at; 0 without one.
  int port() const;
  // Blocks until `stop` is stopped, or following the log failed for good (that status).
  absl::Status ServeUntil(std::stop_token stop);

  // Removes DIR/view, to be projected anew by the next Open. Errors as Open's.
  static absl::Status RemoveView(const std::string& dir);

 private:
  struct State;
  explicit LocalSystem(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace dossier
