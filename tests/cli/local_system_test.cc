// All services in one process over a folder.
#include "services/cli/local_system.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "services/client_channel.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::string ReadSample(const std::string& name) {
  std::ifstream file(std::string(DOSSIER_SOURCE_DIR) + "/deploy/samples/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class LocalSystemTest : public testing::Test {
 protected:
  LocalSystemTest() {
    std::string name = (fs::temp_directory_path() / "dossier_local_XXXXXX").string();
    root_ = mkdtemp(name.data());
    dir_ = (root_ / "data").string();
  }
  ~LocalSystemTest() override {
    system_.reset();
    fs::remove_all(root_);
  }

  void Open(bool create) {
    system_.reset();
    LocalOptions options;
    options.create = create;
    auto opened = LocalSystem::Open(dir_, options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    system_ = *std::move(opened);
  }

  v1::LoadReport Load(const std::string& sample) {
    grpc::ClientContext context;
    auto stream = v1::IngestService::NewStub(system_->Channel())->LoadEdition(&context);
    v1::LoadEditionRequest request;
    request.mutable_options()->set_file_name(sample);
    stream->Write(request);
    request.set_chunk(ReadSample(sample));
    stream->Write(request);
    stream->WritesDone();
    v1::LoadReport report;
    for (v1::LoadEditionResponse response; stream->Read(&response);) {
      if (response.has_report()) report = response.report();
    }
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return report;
  }

  v1::GetStatusResponse Status() {
    grpc::ClientContext context;
    v1::GetStatusResponse response;
    const grpc::Status status =
        v1::QueryService::NewStub(system_->Channel())->GetStatus(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  v1::GetDigestsResponse Digests() {
    grpc::ClientContext context;
    v1::GetDigestsResponse response;
    const grpc::Status status =
        v1::AuditService::NewStub(system_->Channel())->GetDigests(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  fs::path root_;
  std::string dir_;
  std::unique_ptr<LocalSystem> system_;
};

TEST_F(LocalSystemTest, ReadingDoesNotMakeAFolder) {
  const auto opened = LocalSystem::Open(dir_, {});
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kNotFound) << opened.status();
  EXPECT_FALSE(fs::exists(dir_));
}

TEST_F(LocalSystemTest, WhatWasLoadedIsThereForTheNextOne) {
  Open(/*create=*/true);
  const v1::LoadReport report = Load("transfers-2024-03-18.csv");
  EXPECT_GT(report.edition().counts().published(), 0u);
  const uint64_t sequence = Status().answered_at().sequence();
  EXPECT_EQ(sequence, report.last_sequence());
  Open(/*create=*/false);
  EXPECT_EQ(Status().answered_at().sequence(), sequence);
}

TEST_F(LocalSystemTest, AskingAppendsNothing) {
  Open(/*create=*/true);
  Load("transfers-2024-03-18.csv");
  const uint64_t sequence = Status().answered_at().sequence();
  for (int i = 0; i < 3; ++i) {
    Open(/*create=*/false);
    EXPECT_EQ(Status().answered_at().view_sequence(), sequence);
    EXPECT_EQ(Status().writers_opened(), 1u);
  }
}

TEST_F(LocalSystemTest, AViewThatWasRemovedComesBackTheSame) {
  Open(/*create=*/true);
  Load("transfers-2024-03-18.csv");
  Load("transfers-2025-03-13.csv");
  const v1::GetDigestsResponse before = Digests();
  EXPECT_GT(before.records(), 0u);
  EXPECT_EQ(LocalSystem::RemoveView(dir_).code(), absl::StatusCode::kUnavailable);
  system_.reset();
  ASSERT_TRUE(LocalSystem::RemoveView(dir_).ok());
  EXPECT_FALSE(fs::exists(dir_ + "/view"));
  Open(/*create=*/false);
  const v1::GetDigestsResponse after = Digests();
  EXPECT_EQ(after.view_digest(), before.view_digest());
  EXPECT_EQ(after.knowledge_digest(), before.knowledge_digest());
  EXPECT_EQ(after.rows(), before.rows());
}

TEST_F(LocalSystemTest, AFolderThatIsServedIsNotOpenedTwice) {
  Open(/*create=*/true);
  const auto second = LocalSystem::Open(dir_, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(second.status().message().find("use --server"), std::string::npos) << second.status();
}

TEST_F(LocalSystemTest, ServesOnASocketUntilItIsStopped) {
  LocalOptions options;
  options.create = true;
  options.server.emplace().listen = "localhost:0";
  auto opened = LocalSystem::Open(dir_, options);
  ASSERT_TRUE(opened.ok()) << opened.status();
  std::stop_source stop;
  absl::Status served = absl::UnknownError("still serving");
  std::thread serving([&] { served = (*opened)->ServeUntil(stop.get_token()); });
  ChannelOptions client;
  client.server = "localhost:" + std::to_string((*opened)->port());
  const auto channel = OpenChannel(client);
  ASSERT_TRUE(channel.ok()) << channel.status();
  // A watch that would go on for ever ends with the server, and does not hold it up.
  grpc::ClientContext context;
  const auto watch = v1::FeedService::NewStub(*channel)->Watch(&context, {});
  v1::WatchResponse response;
  ASSERT_TRUE(watch->Read(&response));
  const auto start = std::chrono::steady_clock::now();
  stop.request_stop();
  while (watch->Read(&response)) {
  }
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  serving.join();
  EXPECT_TRUE(served.ok()) << served;
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

}  // namespace
}  // namespace dossier
