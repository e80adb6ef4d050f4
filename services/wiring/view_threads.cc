#include "services/wiring/view_threads.h"

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/log.h"

namespace dossier {
namespace {

constexpr absl::Duration kLookEvery = absl::Milliseconds(5);
constexpr absl::Duration kRetryPause = absl::Milliseconds(500);
constexpr int kFailuresMax = 60;

// OK once stopped; else the last of many failures in a row.
absl::Status FollowPrimary(Views& secondary, const std::stop_token& stop) {
  int failures = 0;
  while (!stop.stop_requested()) {
    const absl::Status status = secondary.CatchUp();
    failures = status.ok() ? 0 : failures + 1;
    if (failures == kFailuresMax) return status;
    if (failures == 1) {
      LogEvent(LogLevel::kWarning, "view_not_followed", {{"message", status.ToString()}});
    }
    absl::SleepFor(status.ok() ? kLookEvery : kRetryPause);
  }
  return absl::OkStatus();
}

}  // namespace

ViewThread::ViewThread(Projector& projector, std::stop_source on_failure)
    : on_failure_(std::move(on_failure)),
      thread_([this, &projector](std::stop_token stop) { EndedWith(projector.Run(stop)); }) {}

ViewThread::ViewThread(Views& secondary, std::stop_source on_failure)
    : on_failure_(std::move(on_failure)), thread_([this, &secondary](const std::stop_token& stop) {
        EndedWith(FollowPrimary(secondary, stop));
      }) {}

ViewThread::~ViewThread() = default;

absl::Status ViewThread::status() const {
  const std::scoped_lock lock(mutex_);
  return status_;
}

void ViewThread::EndedWith(const absl::Status& status) {
  if (status.ok()) return;
  LogEvent(LogLevel::kError, "view_stopped", {{"message", status.ToString()}});
  {
    const std::scoped_lock lock(mutex_);
    status_ = status;
  }
  on_failure_.request_stop();
}

}  // namespace dossier
