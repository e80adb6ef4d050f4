// Small services behind a real server, and the calls that its tests make.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "services/client_channel.h"
#include "services/guard.h"
#include "services/process.h"

namespace dossier {

// A folder of its own, gone with the object.
class TestDir {
 public:
  TestDir();
  ~TestDir();
  // Writes a file and gives its path.
  std::string File(const std::string& name, const std::string& text) const;
  std::string Path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Answers 7 rows, or the status it was given.
class TestAudit : public v1::AuditService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetDigests(grpc::CallbackServerContext* context,
                                       const v1::GetDigestsRequest* request,
                                       v1::GetDigestsResponse* response) override;

  absl::Status answer;
  std::atomic<int> handled = 0;
};

// Watches until it is told to stop, or until its call is cancelled.
class TestFeed : public v1::FeedService::Service {
 public:
  explicit TestFeed(std::stop_token stop) : stop_(std::move(stop)) {}

  grpc::Status Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override;

  std::atomic<int> handled = 0;
  std::atomic<int> cancelled = 0;

 private:
  std::stop_token stop_;
};

// Takes events under the names that its callers may write under, and reads to the stream's end.
class TestIngest : public CallerAwareIngest {
 public:
  grpc::Status LoadEdition(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::LoadEditionResponse, v1::LoadEditionRequest>* stream) override;
  grpc::Status AppendEvents(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) override;
  grpc::Status AppendEventsOf(
      const Caller& caller, grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) override;
  grpc::Status RetractEdition(grpc::ServerContext* context,
                              const v1::RetractEditionRequest* request,
                              v1::RetractEditionResponse* response) override;

  std::atomic<int> handled = 0;
};

// Starts a server on a free port of this host and calls it.
class ProcessTest : public testing::Test {
 protected:
  // Fails the test where it does not start.
  void Serve(Metrics* metrics = nullptr);
  // A channel to it, with what `client` says.
  std::shared_ptr<grpc::Channel> Connect();
  absl::Status CallAudit(const std::shared_ptr<grpc::Channel>& channel);

  TestDir dir_;
  std::stop_source stop_;
  TestAudit audit_;
  TestFeed feed_{stop_.get_token()};
  TestIngest ingest_;
  ServerOptions options_ = [] {
    ServerOptions options;
    options.listen = "localhost:0";
    return options;
  }();
  ChannelOptions client_;
  std::unique_ptr<RunningServer> server_;
};

// The answer's bytes of a method that takes one message, by its full name.
absl::StatusOr<std::string> RawCall(const std::shared_ptr<grpc::Channel>& channel,
                                    const std::string& method, const std::string& request);

// Reads messages of a stream as bytes; at most `messages`.
std::vector<std::string> RawStream(const std::shared_ptr<grpc::Channel>& channel,
                                   const std::string& method, const std::string& request,
                                   int messages);

}  // namespace dossier
