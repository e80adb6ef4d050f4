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
  std::string listen = "127.0.0.1:7400";  // host:port; port 0: any free one
  std::string tls_cert_file;              // PEM; with tls_key_file turns TLS on
  std::string tls_key_file;
  std::string tls_client_ca_file;  // PEM; asks clients for a certificate of it (mutual TLS)
  // A line a token: "TOKEN ROLE NAME", role reader, analyst or loader. Empty: no tokens asked.
  std::string tokens_file;
  std::string metrics_listen;  // host:port of the Prometheus exposer; empty: none
  std::string log_level = "info";
};

void AddServerFlags(CLI::App& app, ServerOptions& options);

// Structured logs: one JSON object a line on stderr: time, level, event, and its fields.
void StartLogging(const std::string& program, const std::string& level);

// Stops when SIGINT or SIGTERM arrives. Call once, before any thread starts.
std::stop_token StopOnSignals();

// A running server. Health is SERVING from Start on and NOT_SERVING from the begin of the stop.
class RunningServer {
 public:
  // Registers `services` (not owned; must outlive the server) beside health and reflection.
  static absl::StatusOr<std::unique_ptr<RunningServer>> Start(
      const ServerOptions& options, const std::vector<grpc::Service*>& services);
  // Health goes down, calls under way get `grace` to end, then are cancelled.
  ~RunningServer();

  int port() const;
  std::shared_ptr<grpc::Channel> InProcessChannel();
  // Blocks until the token is stopped, then stops the server.
  void ServeUntil(std::stop_token stop);

 private:
  struct State;
  explicit RunningServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A status as gRPC's: code and message as they are, absl payloads as google.rpc details
// (services/status_details.h).
grpc::Status ToGrpc(const absl::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace dossier
