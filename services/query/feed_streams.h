// Runs streams on a few threads: each stream's next step when it is ready, or once the view holds
// what the stream waits for.
//
//   if (!streams.Admit()) ... refuse
//   streams.Queue(stream);                       // stream.Step() on one of the threads
//   streams.Park(stream, sequence, until);       // Step() once there is news, or at a time
//   streams.Wake(stream);                        // Step() now, if it is parked
//   streams.Release();
//
// A stream is in one place at a time: queued or in Step(), parked, or with its owner. Safe for use
// by several threads. `views` must outlive it, and it must outlive its streams.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <thread>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "services/query/call_workers.h"
#include "storage/views.h"

namespace dossier {

class FeedStream {
 public:
  virtual ~FeedStream() = default;
  // Does a little of the stream's work, then queues or parks it again, or ends it.
  virtual void Step() = 0;
  // Whether the caller has gone: such a stream is never parked.
  virtual bool gone() const = 0;
};

class FeedStreams {
 public:
  FeedStreams(Views& views, size_t threads, size_t streams_max, std::stop_token stop);

  // False: there are `streams_max` already. Each admission is given back by Release.
  [[nodiscard]] bool Admit();
  void Release();

  void Queue(FeedStream& stream);
  void Park(FeedStream& stream, uint64_t wait_for_sequence, absl::Time until);
  void Wake(FeedStream& stream);

  // Streams should end: parked ones are queued.
  bool stopping() const { return stop_.stop_requested(); }

 private:
  struct Place {
    uint64_t wait_for_sequence = 0;
    absl::Time until;
  };

  void Look(const std::stop_token& own_stop);
  void QueueDue(uint64_t head);

  Views& views_;
  const size_t streams_max_;
  const std::stop_token stop_;
  std::atomic<size_t> streams_ = 0;
  std::mutex mutex_;
  std::condition_variable_any parked_some_;
  absl::flat_hash_map<FeedStream*, Place> parked_;  // guarded by mutex_
  CallWorkers workers_;                             // uses all of the above
  std::jthread looking_;                            // uses all of the above
};

}  // namespace dossier
