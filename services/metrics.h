// What a process measures of itself, as Prometheus reads it: calls by method, and whatever a main
// registers.
//
//   Metrics metrics;  // after the services that it reads from, before the server
//   metrics.AddGauge("dossier_view_sequence", "Last sequence that the view holds.",
//                    [&views] { return static_cast<double>(views->position().sequence); });
//   auto server = RunningServer::Start(options, {&query}, &metrics);
//
// Names: "dossier_" first, unit last (Prometheus' rules: letters, digits, "_"). Safe for use by
// several threads.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "grpcpp/support/server_interceptor.h"

namespace dossier {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  // A value that goes up and down, and one that only grows. `read` is called at each scrape, on
  // another thread, and must be callable as long as this object lives.
  void AddGauge(const std::string& name, const std::string& help, std::function<double()> read);
  void AddCounter(const std::string& name, const std::string& help, std::function<double()> read);

  // Serves the page http://HOST:PORT/metrics. Unavailable: the address is not free.
  absl::Status Expose(const std::string& listen);
  // The port exposed at; 0 if it is not.
  int port() const;

  // Counts calls, for a server that begins before this object ends: dossier_calls_total by method
  // and code, dossier_call_seconds by method, dossier_calls_in_flight by method.
  std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> CountCalls();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dossier
