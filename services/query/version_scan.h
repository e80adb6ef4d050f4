// The statements of one record, live and voided, merged in publish order, read a few at a time.
//
//   VersionScan scan(as_of, source, record, after);
//   for (auto next = scan.Next(); next.ok() && next->has_value(); next = scan.Next()) ...
//
// Left out is what arrived, or was published, after the cut. One thread; moves the cursor of
// `as_of`, which must outlive it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "storage/timeline.h"

namespace dossier {

class VersionScan {
 public:
  // From the version after `after` on; without it, from the first.
  VersionScan(AsOf& as_of, std::string_view source, std::string_view record,
              const std::optional<VersionKey>& after);

  // Nullopt: there are no more. A statement voided after the cut has no voided_sequence.
  absl::StatusOr<std::optional<Statement>> Next();

 private:
  // Rows of one kind that were read ahead.
  struct Side {
    std::string prefix;
    std::string from;  // where to read on
    std::deque<Statement> ahead;
    bool done = false;
  };

  absl::Status Fill(Side& side);

  AsOf& as_of_;
  Side live_;
  Side voided_;
};

}  // namespace dossier
