// One client's stream of analyst's events: what has arrived together becomes one unit, and is
// acknowledged in order. What waits is bounded, in events and in bytes.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/guard.h"
#include "services/ingest/analyst.h"

namespace dossier {

// A stream reads on while less than this waits: one batch of usual events.
inline constexpr size_t kWaitingBytesMax = size_t{1} << 20;

class AppendStream {
 public:
  using Stream = grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>;

  // Both must outlive this. Of a caller that is known, only the events that it may append are
  // taken (MayAppendFor in services/guard.h).
  AppendStream(Analysts& analysts, Stream& stream, std::optional<Caller> caller)
      : analysts_(analysts), stream_(stream), caller_(std::move(caller)) {}

  // Serves the stream to its end. An event that is too large is refused in its turn, and never
  // waits whole. Not ok: the log failed, or PermissionDenied; what was acknowledged stays.
  absl::Status Run();

 private:
  // An event, or the answer of one that is refused unread.
  using Waiting = std::variant<v1::AppendEventsRequest, v1::AppendEventsResponse>;

  bool Push(v1::AppendEventsRequest request);  // false: the log failed, nothing more is taken
  void Close();
  std::deque<Waiting> TakeBatch();  // empty: the stream has ended
  void AppendBatches();
  std::vector<v1::AppendEventsResponse> Append(
      const std::vector<v1::AppendEventsRequest>& requests);

  Analysts& analysts_;
  Stream& stream_;
  const std::optional<Caller> caller_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;  // at most kAnalystBatchMax
  size_t waiting_bytes_ = 0;
  bool closed_ = false;
  absl::Status failed_;  // written by the appending thread
};

}  // namespace dossier
