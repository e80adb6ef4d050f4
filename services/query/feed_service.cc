#include "services/query/feed_service.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "services/process.h"
#include "services/query/feed.h"

namespace dossier {
namespace {

size_t ThreadCount() { return std::clamp<size_t>(std::thread::hardware_concurrency(), 2, 8); }

constexpr size_t kReplayThreads = 2;

absl::Status Stopping() {
  return absl::UnavailableError(
      "the server is stopping; go on from the last cursor, here or at any replica");
}

template <typename Response>
class Refused : public grpc::ServerWriteReactor<Response> {
 public:
  explicit Refused(const char* what) { this->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, what}); }
  void OnDone() override { delete this; }
};

// A call from its admission to its end; deletes itself.
template <typename Response, typename Reader>
class Stream : public grpc::ServerWriteReactor<Response>, public FeedStream {
 public:
  Stream(FeedStreams& streams, grpc::CallbackServerContext* context, Reader reader)
      : streams_(streams), reader_(std::move(reader)) {
    limits_.deadline = absl::FromChrono(context->deadline());
    limits_.is_cancelled = [this] { return gone() || streams_.stopping(); };
  }

  void Step() override {
    auto chunk = reader_.Read(limits_);
    if (streams_.stopping()) return this->Finish(ToGrpc(Stopping()));
    if (!chunk.ok()) return this->Finish(ToGrpc(chunk.status()));
    chunk_ = *std::move(chunk);
    written_ = 0;
    Advance();
  }
  bool gone() const override { return gone_; }

  void OnWriteDone(bool ok) override {
    if (!ok) return this->Finish(grpc::Status::CANCELLED);
    Advance();
  }
  void OnCancel() override {
    gone_ = true;
    streams_.Wake(*this);
  }
  void OnDone() override {
    streams_.Release();
    delete this;
  }

 private:
  // Writes the next message of the chunk, or does what follows it. Once it has handed this stream
  // on, it may be gone.
  void Advance() {
    using Then = typename FeedChunk<Response>::Then;
    if (written_ < chunk_.messages.size()) {
      // No buffer hint: a write that gRPC buffers is not reported as done, and no other would come.
      return this->StartWrite(&chunk_.messages[written_++]);
    }
    switch (chunk_.then) {
      case Then::kMore:
        return streams_.Queue(*this);
      case Then::kWait:
        return streams_.Park(*this, chunk_.wait_for_sequence, chunk_.wait_until);
      case Then::kEnd:
        return this->Finish(grpc::Status::OK);
    }
  }

  FeedStreams& streams_;
  Reader reader_;
  CallLimits limits_;
  std::atomic<bool> gone_ = false;
  FeedChunk<Response> chunk_;
  size_t written_ = 0;
};

template <typename Response, typename Reader>
grpc::ServerWriteReactor<Response>* Begin(FeedStreams& streams,
                                          grpc::CallbackServerContext* context, Reader reader) {
  auto* stream = new Stream<Response, Reader>(streams, context, std::move(reader));
  streams.Queue(*stream);
  return stream;
}

}  // namespace

FeedServiceImpl::FeedServiceImpl(Views& views, const ActorTable& table, std::stop_token stop,
                                 const FeedOptions& options)
    : views_(views),
      table_(table),
      heartbeat_(options.heartbeat),
      watches_(views, ThreadCount(), options.watches_max, stop),
      replays_(views, kReplayThreads, options.replays_max, stop) {}

grpc::ServerWriteReactor<v1::WatchResponse>* FeedServiceImpl::Watch(
    grpc::CallbackServerContext* context, const v1::WatchRequest* request) {
  if (!watches_.Admit()) return new Refused<v1::WatchResponse>("too many watches; try again later");
  return Begin<v1::WatchResponse>(watches_, context,
                                  WatchReader(views_, table_, *request, heartbeat_));
}

grpc::ServerWriteReactor<v1::ReplayResponse>* FeedServiceImpl::Replay(
    grpc::CallbackServerContext* context, const v1::ReplayRequest* request) {
  if (!replays_.Admit()) {
    return new Refused<v1::ReplayResponse>("too many replays; try again later");
  }
  return Begin<v1::ReplayResponse>(replays_, context, ReplayReader(views_, *request));
}

}  // namespace dossier
