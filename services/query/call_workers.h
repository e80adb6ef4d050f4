// Threads that calls run on which would hold up gRPC's own: there are only a few of those, and all
// services of a process share them.
//
//   CallWorkers workers(4, 1024);
//   if (!workers.Run([=] { ... reactor->Finish(status); })) reactor->Finish(busy);
//
// Safe for use by several threads. The destructor runs what is queued, then joins.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dossier {

class CallWorkers {
 public:
  CallWorkers(size_t threads, size_t queued_max);
  CallWorkers(const CallWorkers&) = delete;
  ~CallWorkers();

  // Runs `call` on one of the threads, in the order of asking. False: the queue is full; nothing
  // was done.
  [[nodiscard]] bool Run(std::function<void()> call);

 private:
  void Work();

  const size_t queued_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace dossier
