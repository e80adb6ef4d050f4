// Folds the log into the views, exactly once: rows and position move in one write.
//
//   auto projector = Projector::Open(*log, *views);   // refuses a view of another log
//   (*projector)->CatchUp();                          // to the log's end, in bulk
//   (*projector)->Run(stop);                          // follows until stopped
//
// A unit becomes visible only when its last record was read. Records that do not decode keep
// their sequence, are set aside as 'z' rows and counted, and have no effect on answers.
// One thread at a time.
#pragma once

#include <memory>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/event_log.h"
#include "storage/views.h"

namespace dossier {

struct ProjectorOptions {
  // More records behind the head than this are written as sorted files, fewer as write batches.
  size_t bulk_records_min = 10'000;
  // A bulk step is closed at the first unit end after this many bytes of rows.
  size_t bulk_bytes = size_t{256} << 20;
};

class Projector {
 public:
  // FailedPrecondition: the view follows another log, or the log was cut or replaced since. The
  // log and the views must outlive the projector.
  static absl::StatusOr<std::unique_ptr<Projector>> Open(EventLog& log, Views& views,
                                                         const ProjectorOptions& options = {});
  virtual ~Projector() = default;

  // Projects until the view holds all that the log held at the call.
  virtual absl::Status CatchUp() = 0;

  // Follows the log until stopped (OK) or until reading or writing fails for good. While the log
  // cannot be reached it goes on trying.
  virtual absl::Status Run(std::stop_token stop) = 0;
};

}  // namespace dossier
