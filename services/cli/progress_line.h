// How far a long load has come, on stderr: on a terminal one line that is written over, elsewhere
// a line every five seconds. Silent in the first second.
#pragma once

#include <chrono>
#include <string>

#include "dossier/v1/ingest_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

class ProgressLine {
 public:
  // `terminal` must outlive the line.
  ProgressLine(Terminal& terminal, std::string what);
  // Clears the line.
  ~ProgressLine();

  void Show(const v1::LoadProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;

  Terminal& terminal_;
  const std::string what_;
  const Clock::time_point began_ = Clock::now();
  Clock::time_point shown_ = began_;
  bool on_line_ = false;
};

}  // namespace dossier
