// FeedService: watches and replays, many at once on a few threads.
//
// A stream is written chunk by chunk (feed.h): the next chunk is read only when gRPC has taken the
// last message of the one before, so that a slow subscriber costs one chunk of memory, and goes on
// catching up from where it is. A stream that has caught up waits without a thread; one thread for
// all of them looks for what the view takes in.
//
// Safe for use by several threads. `views` and `table` must outlive the service, and the service
// must outlive the server that it is registered with. Once `stop` is stopped, streams end with
// UNAVAILABLE within a fraction of a second.
#pragma once

#include <cstddef>
#include <stop_token>

#include "absl/time/time.h"
#include "dossier/v1/feed_service.grpc.pb.h"
#include "services/model/actors.h"
#include "services/query/feed_streams.h"
#include "storage/views.h"

namespace dossier {

struct FeedOptions {
  // Streams at a time; more are refused with RESOURCE_EXHAUSTED.
  size_t watches_max = 1000;
  size_t replays_max = 64;
  // A watch that has sent nothing for so long sends its cursor.
  absl::Duration heartbeat = absl::Seconds(5);
};

class FeedServiceImpl : public v1::FeedService::CallbackService {
 public:
  FeedServiceImpl(Views& views, const ActorTable& table, std::stop_token stop,
                  const FeedOptions& options = {});

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;
  grpc::ServerWriteReactor<v1::ReplayResponse>* Replay(grpc::CallbackServerContext* context,
                                                       const v1::ReplayRequest* request) override;

 private:
  Views& views_;
  const ActorTable& table_;
  const absl::Duration heartbeat_;
  FeedStreams watches_;
  FeedStreams replays_;
};

}  // namespace dossier
