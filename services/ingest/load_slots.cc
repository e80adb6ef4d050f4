#include "services/ingest/load_slots.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace dossier {
namespace {

constexpr std::chrono::milliseconds kAskEvery{100};

}  // namespace

absl::StatusOr<LoadSlots::Slot> LoadSlots::Take(const std::function<absl::Status()>& proceed,
                                                absl::Duration wait_max) {
  const absl::Time deadline = absl::Now() + wait_max;
  std::unique_lock lock(mutex_);
  while (!returned_.wait_for(lock, kAskEvery, [this] { return free_ > 0; })) {
    lock.unlock();
    if (absl::Status status = proceed(); !status.ok()) return status;
    lock.lock();
    if (absl::Now() >= deadline) {
      return absl::ResourceExhaustedError(
          absl::StrCat("load: ", slots_, " loads are under way, the most at a time; expected one ",
                       "of them to end within ", absl::FormatDuration(wait_max)));
    }
  }
  --free_;
  return Slot(this);
}

void LoadSlots::GiveBack() {
  {
    const std::scoped_lock lock(mutex_);
    ++free_;
  }
  returned_.notify_one();
}

}  // namespace dossier
