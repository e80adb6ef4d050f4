// How many loads are under way at a time: each holds its edition's records in memory until they are
// compared.
//
//   auto slot = slots.Take(proceed, absl::Minutes(10));   // waits for a turn
//   ...                                                   // load; the slot goes back with `slot`
//
// Safe for use by several threads.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace dossier {

class LoadSlots {
 public:
  struct Return {
    void operator()(LoadSlots* slots) const { slots->GiveBack(); }
  };
  using Slot = std::unique_ptr<LoadSlots, Return>;

  // At least one. Must outlive its slots.
  explicit LoadSlots(int slots) : slots_(slots), free_(slots) {}

  // Waits until one is free. ResourceExhausted: none was within `wait_max`. While it waits it asks
  // `proceed` several times a second, and returns its first status that is not OK.
  absl::StatusOr<Slot> Take(const std::function<absl::Status()>& proceed, absl::Duration wait_max);

 private:
  void GiveBack();

  const int slots_;
  std::mutex mutex_;
  std::condition_variable returned_;
  int free_;
};

}  // namespace dossier
