// Turns the outcome of a comparison into the payloads of a unit: which event stands for a change,
// and what it points to.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "services/ingest/archive.h"
#include "services/ingest/comparison.h"
#include "services/ingest/edition_reader.h"
#include "storage/views.h"

namespace dossier {

class UnitBuilder {
 public:
  // All must outlive the builder. `views` in the state of the comparison. `proceed` as that of
  // ComparisonInput (comparison.h).
  UnitBuilder(const Views& views, const Archive& archive, const std::vector<EditionFormat>& formats,
              const ActorTable& table, std::function<absl::Status()> proceed)
      : views_(views),
        archive_(archive),
        formats_(formats),
        table_(table),
        proceed_(std::move(proceed)) {}

  // `opening`, then the events of the changes in their order. Editions whose unsaid statements are
  // restated are read again; where that fails, the content comes from an event that is known to
  // have it, without a line, and a warning says so.
  absl::StatusOr<std::vector<std::string>> Build(const v1::LogEntry& opening,
                                                 const std::vector<Change>& changes);

  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  using Records = std::map<std::string, HeldRecord>;

  absl::Status ReadEditionsAgain(const std::vector<Change>& changes);
  // Fills in all but a held record's content, and returns that record; null: all is filled in.
  absl::StatusOr<const HeldRecord*> SetContent(const Change& change, RowCursor& rows,
                                               v1::Event& event);

  const Views& views_;
  const Archive& archive_;
  const std::vector<EditionFormat>& formats_;
  const ActorTable& table_;
  const std::function<absl::Status()> proceed_;
  std::map<const v1::EditionLoaded*, Records> read_again_;
  std::map<const v1::EditionLoaded*, uint64_t> without_line_;
  std::vector<std::string> warnings_;
};

}  // namespace dossier
