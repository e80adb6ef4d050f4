#include "services/query/unary_calls.h"

#include <thread>

namespace dossier {
namespace {

constexpr size_t kQueuedMax = 4096;
constexpr size_t kWaitersMax = 32;

size_t WorkerCount() { return std::clamp<size_t>(std::thread::hardware_concurrency(), 2, 16); }

}  // namespace

UnaryCalls::UnaryCalls(Views& views)
    : views_(views), workers_(WorkerCount(), kQueuedMax), waiters_(kWaitersMax, kQueuedMax) {}

CallLimits UnaryCalls::LimitsOf(grpc::CallbackServerContext* context) {
  CallLimits limits;
  limits.deadline = absl::FromChrono(context->deadline());
  limits.is_cancelled = [context] { return context->IsCancelled(); };
  return limits;
}

}  // namespace dossier
