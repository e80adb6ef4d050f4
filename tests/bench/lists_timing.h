// Times taken by hand, where a figure is a ratio of two that must be measured in turn, or a
// percentile: on a shared machine the mean of one run says little.
#pragma once

#include <cstddef>
#include <ctime>
#include <vector>

namespace dossier {

struct Elapsed {
  double wall_ms = 0;
  double cpu_ms = 0;  // of the whole process
};

class Stopwatch {
 public:
  Elapsed Read() const {
    return {MsOf(CLOCK_MONOTONIC) - wall_ms_, MsOf(CLOCK_PROCESS_CPUTIME_ID) - cpu_ms_};
  }

 private:
  static double MsOf(clockid_t clock);

  const double wall_ms_ = MsOf(CLOCK_MONOTONIC);
  const double cpu_ms_ = MsOf(CLOCK_PROCESS_CPUTIME_ID);
};

class Samples {
 public:
  void Add(double value) { values_.push_back(value); }
  // The smallest value that so large a share of all does not exceed; 0 where there is none.
  double At(double share) const;
  double Median() const { return At(0.5); }

 private:
  std::vector<double> values_;
};

// Both clocks of one thing, measured again and again.
struct ElapsedSamples {
  Samples wall_ms;
  Samples cpu_ms;

  void Add(const Elapsed& elapsed) {
    wall_ms.Add(elapsed.wall_ms);
    cpu_ms.Add(elapsed.cpu_ms);
  }
};

}  // namespace dossier
