#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "services/credentials.h"
#include "services/guard.h"
#include "services/limits.h"
#include "services/log.h"
#include "services/metrics.h"
#include "services/process.h"
#include "services/tokens.h"

namespace dossier {
namespace {

constexpr int kStreamsMaxPerConnection = 1000;
// Of calls to synchronous services, all together: each takes a thread while it lasts. More are
// refused with RESOURCE_EXHAUSTED.
constexpr int kThreadsMax = 256;

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kRequestBytesMax);
  builder.SetMaxSendMessageSize(kResponseBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kStreamsMaxPerConnection);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  // A second server on the same port would silently get half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  grpc::ResourceQuota quota("server");
  quota.SetMaxThreads(kThreadsMax);
  builder.SetResourceQuota(quota);
}

void CountCalls(grpc::ServerBuilder& builder, Metrics* metrics) {
  if (metrics == nullptr) return;
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> creators;
  creators.push_back(metrics->CountCalls());
  builder.experimental().SetInterceptorCreators(std::move(creators));
}

}  // namespace

struct RunningServer::State {
  std::optional<Tokens> tokens;
  std::vector<std::unique_ptr<grpc::Service>> guards;
  std::vector<std::string> names;
  std::chrono::milliseconds grace{0};
  int port = 0;
  std::unique_ptr<grpc::Server> server;

  absl::Status Register(grpc::ServerBuilder& builder, grpc::Service& service) {
    names.push_back(ServiceName(service));
    if (!tokens.has_value()) {
      builder.RegisterService(&service);
      return absl::OkStatus();
    }
    auto guard = Guard(service, *tokens);
    if (!guard.ok()) return guard.status();
    builder.RegisterService(guard->get());
    guards.push_back(*std::move(guard));
    return absl::OkStatus();
  }

  void Stop() {
    if (server == nullptr) return;
    server->GetHealthCheckService()->SetServingStatus(false);
    server->Shutdown(std::chrono::system_clock::now() + grace);
    server->Wait();
    server = nullptr;
  }
};

RunningServer::RunningServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

RunningServer::~RunningServer() { state_->Stop(); }

absl::StatusOr<std::unique_ptr<RunningServer>> RunningServer::Start(
    const ServerOptions& options, const std::vector<grpc::Service*>& services, Metrics* metrics) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  auto state = std::make_unique<State>();
  state->grace = options.stop_grace;
  const auto credentials = ServerCredentialsOf(options);
  if (!credentials.ok()) return credentials.status();
  if (!options.tokens_file.empty()) {
    auto tokens = Tokens::Read(options.tokens_file);
    if (!tokens.ok()) return tokens.status();
    state->tokens = *std::move(tokens);
  }
  grpc::ServerBuilder builder;
  SetLimits(builder);
  CountCalls(builder, metrics);
  for (grpc::Service* service : services) {
    const absl::Status registered = state->Register(builder, *service);
    if (!registered.ok()) return registered;
  }
  if (!options.listen.empty()) {
    builder.AddListeningPort(options.listen, *credentials, &state->port);
  }
  state->server = builder.BuildAndStart();
  if (state->server == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", options.listen,
                                               "; expected a free HOST:PORT of this host"));
  }
  for (const std::string& name : state->names) {
    state->server->GetHealthCheckService()->SetServingStatus(name, true);
  }
  std::unique_ptr<RunningServer> running(new RunningServer(std::move(state)));
  if (metrics != nullptr && !options.metrics_listen.empty()) {
    const absl::Status exposed = metrics->Expose(options.metrics_listen);
    if (!exposed.ok()) return exposed;
  }
  LogEvent(LogLevel::kInfo, "serving",
           {{"listen", options.listen},
            {"port", running->port()},
            {"tls", !options.tls_cert_file.empty()},
            {"tokens", !options.tokens_file.empty()},
            {"metrics_port", metrics == nullptr ? 0 : metrics->port()}});
  return running;
}

int RunningServer::port() const { return state_->port; }

std::shared_ptr<grpc::Channel> RunningServer::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kResponseBytesMax);
  arguments.SetMaxSendMessageSize(kRequestBytesMax);
  return state_->server->InProcessChannel(arguments);
}

void RunningServer::ServeUntil(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, stop, [] { return false; });
  state_->Stop();
}

}  // namespace dossier
