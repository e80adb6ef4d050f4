#include "services/query/feed_streams.h"

#include <glog/logging.h>

#include "absl/time/clock.h"

namespace dossier {
namespace {

// How long it takes at most to see that a stream has to be stopped, or that its time has come.
constexpr absl::Duration kLookFor = absl::Milliseconds(100);

}  // namespace

FeedStreams::FeedStreams(Views& views, size_t threads, size_t streams_max, std::stop_token stop)
    : views_(views),
      streams_max_(streams_max),
      stop_(std::move(stop)),
      workers_(threads, streams_max),
      looking_([this](const std::stop_token& own_stop) { Look(own_stop); }) {}

bool FeedStreams::Admit() {
  if (streams_.fetch_add(1) < streams_max_) return true;
  streams_.fetch_sub(1);
  return false;
}

void FeedStreams::Release() { streams_.fetch_sub(1); }

void FeedStreams::Queue(FeedStream& stream) {
  // Each admitted stream is queued once at most, and the queue holds them all.
  CHECK(workers_.Run([&stream] { stream.Step(); })) << "more streams queued than admitted";
}

void FeedStreams::Park(FeedStream& stream, uint64_t wait_for_sequence, absl::Time until) {
  {
    std::lock_guard lock(mutex_);
    // What came in, or was cancelled, before this is not seen by Look or Wake any more.
    if (!stream.gone() && !stopping() && views_.position().sequence < wait_for_sequence) {
      parked_[&stream] = {wait_for_sequence, until};
      parked_some_.notify_one();
      return;
    }
  }
  Queue(stream);
}

void FeedStreams::Wake(FeedStream& stream) {
  std::lock_guard lock(mutex_);
  if (parked_.erase(&stream) != 0) Queue(stream);
}

void FeedStreams::QueueDue(uint64_t head) {
  const absl::Time now = absl::Now();
  std::lock_guard lock(mutex_);
  for (auto parked = parked_.begin(); parked != parked_.end();) {
    const auto here = parked++;
    const Place& place = here->second;
    if (!stopping() && head < place.wait_for_sequence && now < place.until) continue;
    Queue(*here->first);
    parked_.erase(here);
  }
}

void FeedStreams::Look(const std::stop_token& own_stop) {
  uint64_t head = 0;
  while (!own_stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      if (!parked_some_.wait(lock, own_stop, [this] { return !parked_.empty(); })) return;
    }
    views_.WaitForSequence(head + 1, kLookFor);
    head = views_.position().sequence;
    QueueDue(head);
  }
}

}  // namespace dossier
