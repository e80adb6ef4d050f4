#include "services/query/call_workers.h"

#include <utility>

namespace dossier {

CallWorkers::CallWorkers(size_t threads, size_t queued_max) : queued_max_(queued_max) {
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

CallWorkers::~CallWorkers() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

bool CallWorkers::Run(std::function<void()> call) {
  {
    std::lock_guard lock(mutex_);
    if (queue_.size() >= queued_max_) return false;
    queue_.push_back(std::move(call));
  }
  changed_.notify_one();
  return true;
}

void CallWorkers::Work() {
  for (;;) {
    std::function<void()> call;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      call = std::move(queue_.front());
      queue_.pop_front();
    }
    call();
  }
}

}  // namespace dossier
