// What every main needs: flags, logs, signals, keys, limits, metrics, and a gRPC server that
// carries health, reflection, tokens and a graceful stop.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/grpcpp.h"

namespace CLI {
class App;
}

namespace dossier {

// What a caller may do. Each role holds the ones before it.
enum class Role { kReader, kAnalyst, kLoader };

// How to listen. Defaults are for one host: no TLS, no tokens, loopback.
struct ServerOptions {
  // host:port; port 0: any free one; empty: no socket, only the in-process channel.
  std::string listen = "127.0.0.1:7400";
  std::string tls_cert_file;  // PEM; with tls_key_file turns TLS on
  std::string tls_key_file;
  std::string tls_client_ca_file;  // PEM; asks clients for a certificate of it (mutual TLS)
  // A line a token: "TOKEN ROLE NAME", role reader, analyst or loader; NAME is whose it is, of an
  // analyst the one that its events bear. Empty: no tokens asked.
  std::string tokens_file;
  std::string metrics_listen;      // host:port of the Prometheus exposer; empty: none
  std::string log_level = "info";  // debug, info, warning or error
  // How long calls under way may go on once the server stops.
  std::chrono::milliseconds stop_grace{5000};
};

// The flags of every server, and --config FILE, which sets any of them (and the program's own).
// Values given to `options` before are the defaults.
void AddServerFlags(CLI::App& app, ServerOptions& options);

// Structured logs: one JSON object a line on stderr: time, level, program, event, and its fields
// (services/log.h has the calls). gRPC's own messages come as events "grpc".
void StartLogging(const std::string& program, const std::string& level);

// Ends a main: logs "failed" with the status, or "stopped"; returns the exit status, 1 or 0.
int ExitWith(const absl::Status& status);

// Stops when SIGINT or SIGTERM arrives; a second one ends the process at once, with status 128 +
// its number. Call once, before any thread starts: threads inherit the signal mask. SIGPIPE is
// ignored from then on.
std::stop_token StopOnSignals();

class Metrics;

// A running server: `services` beside health (grpc.health.v1, for "" and each service's full name)
// and reflection, which need no token. With a tokens file, every other call needs one, in-process
// ones too: a reader's for QueryService, FeedService and AuditService, an analyst's for
// IngestService.AppendEvents under the analyst's own name, a loader's for the rest of IngestService
// (services/guard.h).
//
// Health is SERVING from Start on and NOT_SERVING from the begin of the stop. A stop does not reach
// into handlers: services with calls that last (FeedService.Watch) take the stop token of whoever
// stops the server, and end those calls with UNAVAILABLE when it is stopped. What goes on after
// `stop_grace` is cancelled (the context's IsCancelled, a reactor's OnCancel); the stop then waits
// for the handlers to return.
class RunningServer {
 public:
  // `services` (of dossier.v1) and `metrics` are not owned and must outlive the server. With
  // `metrics`, calls are counted there, and it is exposed at options.metrics_listen.
  // InvalidArgument: a file of the options cannot be used. Unavailable: an address is not free.
  static absl::StatusOr<std::unique_ptr<RunningServer>> Start(
      const ServerOptions& options, const std::vector<grpc::Service*>& services,
      Metrics* metrics = nullptr);
  // Stops the server.
  ~RunningServer();

  // The port listened on; 0 without a socket.
  int port() const;
  // Calls the services without a socket. Must not outlive the server.
  std::shared_ptr<grpc::Channel> InProcessChannel();
  // Blocks until the token is stopped, then stops the server.
  void ServeUntil(std::stop_token stop);

 private:
  struct State;
  explicit RunningServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A status as gRPC's: the code as it is, the message and the absl payloads (google.rpc details,
// services/status_details.h) cut where they would not fit into any client's default limit of 8 KiB
// for a call's trailers.
grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace dossier
