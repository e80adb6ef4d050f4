// A view that is folded straight from payloads, for benchmarks of what reads it: no log is written,
// and half a million events take seconds.
//
//   FoldedView view;
//   uint64_t end = view.FoldUnit(payloads);   // the sequence of the last record
//   auto rows = view.views().Read();
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "services/projector/fold.h"
#include "storage/views.h"
#include "tests/bench/bench_events.h"

namespace dossier {

// One thread at a time.
class FoldedView {
 public:
  // Holds the genesis of a log.
  FoldedView();

  // As one unit; or each as a unit of its own, written together.
  uint64_t FoldUnit(std::span<const std::string> payloads);
  uint64_t FoldEach(std::span<const std::string> payloads);

  Views& views() { return *views_; }

 private:
  uint64_t Write(std::span<const std::string> payloads, bool one_unit);

  BenchDir dir_;
  std::unique_ptr<Views> views_;
  Fold fold_;
  uint64_t sequence_ = 0;
};

}  // namespace dossier
