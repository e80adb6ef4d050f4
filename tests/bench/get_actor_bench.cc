// GetActor over gRPC on a socket with 64 calls in flight, against a handler that answers with
// nothing: behind the same server as the services have (tokens, health, counters), and behind a
// bare one. Client and server share the process, and its CPU time is what counts.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/model/actors.h"
#include "services/process.h"
#include "services/query/query_service.h"
#include "tests/bench/folded_view.h"

namespace dossier {
namespace {

constexpr int kInFlight = 64;
constexpr int kCalls = 5'000;
constexpr size_t kRecords = 10'000;
constexpr char kActor[] = "state:VUT";

// Keeps so many calls in flight until kCalls were answered.
class Callers {
 public:
  explicit Callers(v1::QueryService::StubInterface& stub) : stub_(stub) {
    for (Call& call : calls_) call.request.set_actor(kActor);
  }

  void Run() {
    left_ = kCalls;
    absl::BlockingCounter done(kInFlight);
    done_ = &done;
    for (Call& call : calls_) Next(call);
    done.Wait();
  }

 private:
  struct Call {
    std::optional<grpc::ClientContext> context;
    v1::GetActorRequest request;
    v1::GetActorResponse response;
  };

  void Next(Call& call) {
    if (left_.fetch_sub(1) <= 0) {
      done_->DecrementCount();
      return;
    }
    call.context.emplace();
    stub_.async()->GetActor(&*call.context, &call.request, &call.response,
                            [this, &call](const grpc::Status& status) {
                              CHECK(status.ok()) << status.error_message();
                              Next(call);
                            });
  }

  v1::QueryService::StubInterface& stub_;
  std::array<Call, kInFlight> calls_;
  std::atomic<int> left_ = 0;
  absl::BlockingCounter* done_ = nullptr;
};

class EmptyService : public v1::QueryService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetActor(grpc::CallbackServerContext* context,
                                     const v1::GetActorRequest*, v1::GetActorResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

void CallOver(benchmark::State& state, int port) {
  const auto stub = v1::QueryService::NewStub(
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
  Callers callers(*stub);
  for (auto _ : state) callers.Run();
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * kCalls);
}

void CallOverServer(benchmark::State& state, grpc::Service& service) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  const auto server = RunningServer::Start(options, {&service});
  CHECK(server.ok()) << server.status();
  CallOver(state, (*server)->port());
}

void BM_GetActor(benchmark::State& state) {
  FoldedView view;
  std::vector<std::string> unit = {EditionPayload(0)};
  for (v1::Event& event : MakeTransferEvents(kRecords, 4)) {
    unit.push_back(EventPayload(unit.size() % 1'000 == 0 ? SoldBy(event, "VUT") : event));
  }
  view.FoldUnit(unit);
  const ActorTable actors;
  UnaryCalls calls(view.views());
  QueryServiceImpl service(calls, actors);
  CallOverServer(state, service);
}
BENCHMARK(BM_GetActor)->MeasureProcessCPUTime()->UseRealTime()->Unit(benchmark::kMillisecond);

void BM_GetActorBaselineEmptyHandler(benchmark::State& state) {
  EmptyService service;
  CallOverServer(state, service);
}
BENCHMARK(BM_GetActorBaselineEmptyHandler)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void BM_GetActorBaselineBareServer(benchmark::State& state) {
  EmptyService service;
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  const auto server = builder.BuildAndStart();
  CHECK(server != nullptr);
  CallOver(state, port);
  server->Shutdown();
}
BENCHMARK(BM_GetActorBaselineBareServer)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
