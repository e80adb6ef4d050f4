// A log that fails the next appends on request, before or after they are in.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/event_log.h"

namespace dossier {

class FaultyLog : public EventLog {
 public:
  enum class Fault { kNone, kBeforeCommit, kAfterCommit, kFenced };

  explicit FaultyLog(EventLog& log) : log_(log) {}

  // The next `times` appends of units of at least `records` records fail so.
  void Fail(Fault fault, int times, size_t records = 1);

  absl::StatusOr<std::unique_ptr<LogWriter>> OpenWriter(const std::string& author,
                                                        WriterOptions options) override;
  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(const LogPosition& from) override {
    return log_.OpenReader(from);
  }

 private:
  class Writer;

  EventLog& log_;
  Fault fault_ = Fault::kNone;
  int times_ = 0;
  size_t records_ = 1;
};

}  // namespace dossier
