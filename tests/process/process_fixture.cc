#include "process_fixture.h"

#include <chrono>
#include <fstream>
#include <future>
#include <thread>

#include "grpcpp/generic/generic_stub.h"

namespace dossier {
namespace {

grpc::ByteBuffer Buffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string Bytes(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) return "";
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

// Keeps what comes until enough came or the stream ended.
class Collector : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Collector(const std::string& request, int messages)
      : request_(Buffer(request)), messages_(messages) {}

  void Begin(grpc::ClientContext* context) {
    context_ = context;
    StartWrite(&request_);
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (ok) collected_.push_back(Bytes(response_));
    if (ok && static_cast<int>(collected_.size()) < messages_) return StartRead(&response_);
    context_->TryCancel();
  }

  void OnDone(const grpc::Status&) override { done_.set_value(); }

  std::vector<std::string> Collected() {
    done_.get_future().wait();
    return collected_;
  }

 private:
  grpc::ClientContext* context_ = nullptr;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  const int messages_;
  std::vector<std::string> collected_;
  std::promise<void> done_;
};

std::chrono::system_clock::time_point InTenSeconds() {
  return std::chrono::system_clock::now() + std::chrono::seconds(10);
}

}  // namespace

TestDir::TestDir() {
  std::string name = (std::filesystem::temp_directory_path() / "dossier_process_XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TestDir::~TestDir() { std::filesystem::remove_all(path_); }

std::string TestDir::File(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name) << text;
  return Path(name);
}

grpc::ServerUnaryReactor* TestAudit::GetDigests(grpc::CallbackServerContext* context,
                                                const v1::GetDigestsRequest*,
                                                v1::GetDigestsResponse* response) {
  ++handled;
  response->set_rows(7);
  auto* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpc(answer));
  return reactor;
}

grpc::Status TestFeed::Watch(grpc::ServerContext* context, const v1::WatchRequest*,
                             grpc::ServerWriter<v1::WatchResponse>* writer) {
  ++handled;
  v1::WatchResponse begun;
  begun.set_caught_up(true);
  writer->Write(begun);
  while (!context->IsCancelled()) {
    if (stop_.stop_requested()) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "stopping");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ++cancelled;
  return grpc::Status::CANCELLED;
}

grpc::Status TestIngest::LoadEdition(
    grpc::ServerContext*,
    grpc::ServerReaderWriter<v1::LoadEditionResponse, v1::LoadEditionRequest>*) {
  ++handled;
  return grpc::Status::OK;
}

grpc::Status TestIngest::AppendEvents(
    grpc::ServerContext*,
    grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>*) {
  ++handled;
  return grpc::Status::OK;
}

grpc::Status TestIngest::AppendEventsOf(
    const Caller& caller, grpc::ServerContext*,
    grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) {
  ++handled;
  for (v1::AppendEventsRequest request; stream->Read(&request);) {
    const absl::Status allowed = MayAppendFor(caller, request.analyst());
    if (!allowed.ok()) return ToGrpc(allowed);
  }
  return grpc::Status::OK;
}

grpc::Status TestIngest::RetractEdition(grpc::ServerContext*, const v1::RetractEditionRequest*,
                                        v1::RetractEditionResponse*) {
  ++handled;
  return grpc::Status::OK;
}

void ProcessTest::Serve(Metrics* metrics) {
  auto server = RunningServer::Start(options_, {&audit_, &feed_, &ingest_}, metrics);
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  client_.server = "localhost:" + std::to_string(server_->port());
}

std::shared_ptr<grpc::Channel> ProcessTest::Connect() {
  auto channel = OpenChannel(client_);
  EXPECT_TRUE(channel.ok()) << channel.status();
  return channel.ok() ? *channel : nullptr;
}

absl::Status ProcessTest::CallAudit(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  context.set_deadline(InTenSeconds());
  v1::GetDigestsResponse response;
  return FromGrpc(v1::AuditService::NewStub(channel)->GetDigests(&context, {}, &response));
}

absl::StatusOr<std::string> RawCall(const std::shared_ptr<grpc::Channel>& channel,
                                    const std::string& method, const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(InTenSeconds());
  const grpc::ByteBuffer sent = Buffer(request);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, method, grpc::StubOptions(), &sent, &received,
                 [&done](grpc::Status status) { done.set_value(std::move(status)); });
  const grpc::Status status = done.get_future().get();
  if (!status.ok()) return FromGrpc(status);
  return Bytes(received);
}

std::vector<std::string> RawStream(const std::shared_ptr<grpc::Channel>& channel,
                                   const std::string& method, const std::string& request,
                                   int messages) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(InTenSeconds());
  Collector collector(request, messages);
  stub.PrepareBidiStreamingCall(&context, method, grpc::StubOptions(), &collector);
  collector.Begin(&context);
  return collector.Collected();
}

}  // namespace dossier
