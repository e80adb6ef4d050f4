// One client's stream of analyst's events: what has arrived together becomes one unit, and is
// acknowledged in order.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/ingest/analyst.h"

namespace dossier {

class AppendStream {
 public:
  using Stream = grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>;

  // Both must outlive this.
  AppendStream(Analysts& analysts, Stream& stream) : analysts_(analysts), stream_(stream) {}

  // Serves the stream to its end. Not ok: the log failed; what was acknowledged stays.
  absl::Status Run();

 private:
  bool Push(v1::AppendEventsRequest request);  // false: the log failed, nothing more is taken
  void Close();
  std::vector<v1::AppendEventsRequest> TakeBatch();  // empty: the stream has ended
  void AppendBatches();

  Analysts& analysts_;
  Stream& stream_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<v1::AppendEventsRequest> waiting_;  // at most kAnalystBatchMax
  bool closed_ = false;
  absl::Status failed_;
};

}  // namespace dossier
