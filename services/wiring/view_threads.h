// Threads that keep a view current: from the log (a projector's), or from the process that writes
// it (a secondary's). When one fails for good, it stops the process through a stop source.
#pragma once

#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "services/projector/projector.h"
#include "storage/views.h"

namespace dossier {

// Runs in its thread until destroyed. Safe for use by several threads.
class ViewThread {
 public:
  // Follows the log. Both must outlive the thread.
  ViewThread(Projector& projector, std::stop_source on_failure);
  // Takes in what the primary writes, every few milliseconds; failure for good is half a minute
  // without success. `secondary` must outlive the thread.
  ViewThread(Views& secondary, std::stop_source on_failure);
  // Stops it and waits for it.
  ~ViewThread();

  // Why it ended; OK while it runs, and after it was stopped.
  absl::Status status() const;

 private:
  void EndedWith(const absl::Status& status);

  std::stop_source on_failure_;
  mutable std::mutex mutex_;
  absl::Status status_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace dossier
