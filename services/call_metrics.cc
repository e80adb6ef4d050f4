#include "services/call_metrics.h"

#include <chrono>
#include <string_view>

namespace dossier {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

constexpr std::array<const char*, MethodMetrics::kCodes> kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

prometheus::Histogram::BucketBoundaries SecondsBounds() {
  return {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100};
}

// Lives as long as the call.
class CallMeter : public grpc::experimental::Interceptor {
 public:
  explicit CallMeter(const MethodMetrics& metrics) : metrics_(metrics) {
    metrics_.in_flight->Increment();
  }

  ~CallMeter() override {
    metrics_.in_flight->Decrement();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start_;
    metrics_.seconds->Observe(took.count());
    metrics_.by_code[code_]->Increment();
  }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const int code = methods->GetSendStatus().error_code();
      code_ = code >= 0 && code < MethodMetrics::kCodes ? code : grpc::StatusCode::UNKNOWN;
    }
    methods->Proceed();
  }

 private:
  const MethodMetrics& metrics_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  // A call that ends before its handler gave a status was cancelled.
  int code_ = grpc::StatusCode::CANCELLED;
};

class CallMeterFactory : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit CallMeterFactory(CallMetrics& metrics) : metrics_(metrics) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* call) override {
    return new CallMeter(metrics_.Of(call->method()));
  }

 private:
  CallMetrics& metrics_;
};

}  // namespace

CallMetrics::CallMetrics(prometheus::Registry& registry)
    : calls_(prometheus::BuildCounter()
                 .Name("dossier_calls_total")
                 .Help("Calls that ended, by method and gRPC code.")
                 .Register(registry)),
      in_flight_(prometheus::BuildGauge()
                     .Name("dossier_calls_in_flight")
                     .Help("Calls under way, by method.")
                     .Register(registry)),
      seconds_(prometheus::BuildHistogram()
                   .Name("dossier_call_seconds")
                   .Help("How long calls took, by method.")
                   .Register(registry)) {}

const MethodMetrics& CallMetrics::Of(const char* method) {
  const std::scoped_lock lock(mutex_);
  const auto known = methods_.find(std::string_view(method));
  if (known != methods_.end()) return known->second;
  MethodMetrics& metrics = methods_[method];
  metrics.in_flight = &in_flight_.Add({{"method", method}});
  metrics.seconds = &seconds_.Add({{"method", method}}, SecondsBounds());
  for (int code = 0; code < MethodMetrics::kCodes; ++code) {
    metrics.by_code[code] = &calls_.Add({{"method", method}, {"code", kCodeNames[code]}});
  }
  return metrics;
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> CallMetrics::NewFactory() {
  return std::make_unique<CallMeterFactory>(*this);
}

}  // namespace dossier
