// The query fixture with the feed and the audit service over its view, on a server of their own.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "dossier/v1/audit_service.grpc.pb.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "services/query/audit_service.h"
#include "services/query/feed_service.h"
#include "tests/query/query_fixture.h"

namespace dossier {

// A watch as a client sees it. Cancelled when it goes out of scope.
class Watching {
 public:
  Watching(v1::FeedService::Stub& feed, const std::string& request);
  ~Watching();

  // The next message; nullopt once the stream has ended.
  std::optional<v1::WatchResponse> Next();
  // Sequences of the items up to the next mark "caught up"; the last cursor seen is kept.
  std::vector<uint64_t> UntilCaughtUp();
  const std::string& cursor() const { return cursor_; }
  const std::vector<v1::FeedItem>& items() const { return items_; }
  grpc::Status End();

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
  std::string cursor_;
  std::vector<v1::FeedItem> items_;  // of the last UntilCaughtUp
  bool ended_ = false;
};

class FeedFixture : public QueryFixture {
 protected:
  FeedFixture() { Serve({}); }
  ~FeedFixture() override { StopServing(); }

  // A new server with these options, in place of the one before.
  void Serve(const FeedOptions& options);
  void StopServing();

  Watching Watch(const std::string& request) { return Watching(*feed_, request); }
  // All records of a replay, or its status.
  absl::StatusOr<std::vector<v1::LoggedRecord>> Replay(const std::string& request);
  v1::GetDigestsResponse GetDigests();

  std::stop_source stop_;
  std::unique_ptr<v1::FeedService::Stub> feed_;
  std::unique_ptr<v1::AuditService::Stub> audit_;

 private:
  std::unique_ptr<FeedServiceImpl> feed_service_;
  std::unique_ptr<AuditServiceImpl> audit_service_;
  std::unique_ptr<grpc::Server> feed_server_;
};

}  // namespace dossier
