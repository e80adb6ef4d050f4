#include "tests/query/feed_fixture.h"

#include "absl/strings/str_cat.h"
#include "services/process.h"

namespace dossier {
namespace {

// Long enough for a loaded machine; a watch that hangs fails instead of blocking the tests.
constexpr auto kPatience = std::chrono::seconds(60);

}  // namespace

Watching::Watching(v1::FeedService::Stub& feed, const std::string& request) {
  v1::WatchRequest asked;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(request, &asked)) << request;
  context_.set_deadline(std::chrono::system_clock::now() + kPatience);
  reader_ = feed.Watch(&context_, asked);
}

Watching::~Watching() {
  if (ended_) return;
  context_.TryCancel();
  reader_->Finish();
}

std::optional<v1::WatchResponse> Watching::Next() {
  v1::WatchResponse message;
  if (!reader_->Read(&message)) return std::nullopt;
  cursor_ = message.cursor();
  return message;
}

std::vector<uint64_t> Watching::UntilCaughtUp() {
  std::vector<uint64_t> sequences;
  items_.clear();
  for (auto message = Next(); message.has_value(); message = Next()) {
    if (message->caught_up()) return sequences;
    if (!message->has_item()) continue;
    sequences.push_back(message->item().sequence());
    items_.push_back(std::move(*message->mutable_item()));
  }
  ADD_FAILURE() << "the stream ended: " << End().error_message();
  return sequences;
}

grpc::Status Watching::End() {
  ended_ = true;
  return reader_->Finish();
}

void FeedFixture::Serve(const FeedOptions& options) {
  StopServing();
  stop_ = std::stop_source();
  feed_service_ = std::make_unique<FeedServiceImpl>(*views_, table_, stop_.get_token(), options);
  audit_service_ = std::make_unique<AuditServiceImpl>(*views_);
  grpc::ServerBuilder builder;
  builder.RegisterService(feed_service_.get());
  builder.RegisterService(audit_service_.get());
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  feed_server_ = builder.BuildAndStart();
  const auto channel =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  feed_ = v1::FeedService::NewStub(channel);
  audit_ = v1::AuditService::NewStub(channel);
}

void FeedFixture::StopServing() {
  if (feed_server_ == nullptr) return;
  stop_.request_stop();
  feed_server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
  feed_server_->Wait();
  feed_server_ = nullptr;
}

absl::StatusOr<std::vector<v1::LoggedRecord>> FeedFixture::Replay(const std::string& request) {
  v1::ReplayRequest asked;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(request, &asked)) << request;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  const auto reader = feed_->Replay(&context, asked);
  std::vector<v1::LoggedRecord> records;
  v1::ReplayResponse message;
  while (reader->Read(&message)) {
    EXPECT_GT(message.record_size(), 0);
    EXPECT_LE(message.record_size(), 500);
    records.insert(records.end(), message.record().begin(), message.record().end());
  }
  const grpc::Status status = reader->Finish();
  if (!status.ok()) return FromGrpc(status);
  return records;
}

v1::GetDigestsResponse FeedFixture::GetDigests() {
  grpc::ClientContext context;
  v1::GetDigestsResponse response;
  const grpc::Status status = audit_->GetDigests(&context, {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

}  // namespace dossier
