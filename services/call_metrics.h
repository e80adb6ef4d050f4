// Counts a server's calls by method. Internal to metrics.cc.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "grpcpp/support/server_interceptor.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace dossier {

// What is counted of one method. Its members are safe for use by several threads.
struct MethodMetrics {
  static constexpr int kCodes = 17;  // gRPC's, OK to UNAUTHENTICATED

  prometheus::Gauge* in_flight = nullptr;
  prometheus::Histogram* seconds = nullptr;
  std::array<prometheus::Counter*, kCodes> by_code{};
};

class CallMetrics {
 public:
  // `registry` must outlive this.
  explicit CallMetrics(prometheus::Registry& registry);

  // The metrics of "/dossier.v1.QueryService/GetActor". Only methods of registered services come
  // here, so their number is bounded.
  const MethodMetrics& Of(const char* method);

  // For one server, which must end before this.
  std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewFactory();

 private:
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Gauge>& in_flight_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  std::mutex mutex_;
  std::map<std::string, MethodMetrics, std::less<>> methods_;
};

}  // namespace dossier
