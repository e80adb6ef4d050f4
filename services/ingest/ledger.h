// The one writer of the log, and what it knows. Whoever appends hands in a comparison: it looks at
// a view that holds all that the log holds, and says what is to be appended.
//
//   auto unit = ledger.Write([&](const Views& views) -> absl::StatusOr<std::vector<std::string>> {
//     ...                               // compare; return the payloads of one unit, or none
//   });
//
// One comparison at a time, with its append, so that units never interleave and nothing is
// compared against a state that another unit has changed. The view is kept current by a projector
// that somebody else runs. Safe for use by several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/event_log.h"
#include "storage/views.h"

namespace dossier {

struct LedgerOptions {
  std::string author = "ingest";  // into every record's header, at most 255 bytes
  WriterOptions writer;
  // How long the view may take to hold what the log holds, at the opening and after an append.
  absl::Duration catch_up_max = absl::Minutes(10);
  // Stopped: whoever waits for the view is let go, since its projector may have stopped as well.
  std::stop_token stop;
  // Called once, when it shows that another writer took over the log: no write will succeed again.
  // Must not call the ledger.
  std::function<void()> on_fenced;
};

// Sequences of a unit; 0 and 0: nothing was appended.
struct UnitSequences {
  uint64_t first = 0;
  uint64_t last = 0;
};

class Ledger {
 public:
  // Payloads of one unit; none: nothing to append. Called again where the log had to be reopened.
  using Comparison = std::function<absl::StatusOr<std::vector<std::string>>(const Views& views)>;

  // `log` and `views` must outlive the ledger.
  Ledger(EventLog& log, Views& views, LedgerOptions options);

  // Compares and appends. Returns once the unit is safe in the log and visible in the view. Opens
  // the writer at the first call. A status of the comparison comes back as it is.
  // FailedPrecondition: another writer took over the log; for good, until a restart. Unavailable:
  // the log cannot be reached, after three attempts, or the service stops. DeadlineExceeded: the
  // view did not catch up. What was appended by then stays.
  absl::StatusOr<UnitSequences> Write(const Comparison& compare);

  // Looks at a view that holds what the log held at the call; appends nothing, fences nobody.
  absl::Status Inspect(const std::function<absl::Status(const Views& views)>& look);

  // FailedPrecondition once another writer took over the log; else OK. Waits for a write under way.
  absl::Status status();

  // The writer's clock.
  absl::Time Now() const { return options_.writer.now(); }

 private:
  absl::Status CatchUp();
  absl::Status OpenWriter();
  absl::StatusOr<uint64_t> OffsetOfOpening(const LogPosition& from,
                                           std::span<const std::string> drawn) const;
  absl::Status WaitFor(uint64_t offset);
  void SetFenced();
  absl::StatusOr<std::optional<UnitSequences>> Find(uint64_t after,
                                                    std::span<const std::string> payloads) const;
  absl::StatusOr<UnitSequences> Attempt(const Comparison& compare, uint64_t* compared_at,
                                        std::vector<std::string>* payloads);

  EventLog& log_;
  Views& views_;
  LedgerOptions options_;
  std::mutex mutex_;
  std::unique_ptr<LogWriter> writer_;  // null: not open
  uint64_t known_offset_ = 0;          // what the view must hold before anything is compared
  bool fenced_ = false;
};

}  // namespace dossier
