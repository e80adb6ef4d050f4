// Loads editions, reads them anew and retracts them: from bytes to one unit in the log.
//
//   auto intake = loader.Begin(options);
//   (*intake)->Write(bytes);                                      // any number of times
//   absl::Status status = loader.Load(options, **intake, watch, report);
//
// Safe for use by several threads; an intake by one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/archive.h"
#include "services/ingest/comparison.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/intake.h"
#include "services/ingest/ledger.h"

namespace dossier {

// Told at each step; not OK: whoever asked for the load has gone, and it is given up with this
// status, nothing appended.
using LoadWatch = std::function<absl::Status(const v1::LoadProgress& progress)>;

class Loader {
 public:
  // All must outlive the loader.
  Loader(Ledger& ledger, const Archive& archive, const std::vector<EditionFormat>& formats,
         const ActorTable& table)
      : ledger_(ledger), archive_(archive), formats_(formats), table_(table) {}

  absl::StatusOr<std::unique_ptr<EditionIntake>> Begin(const v1::LoadOptions& options) const;

  // Compares what was taken in with what is known, and appends the difference. `report` is filled
  // in as far as it is known, also on an error.
  // InvalidArgument: the edition cannot be read; or records were rejected and the options do not
  // accept that (the status names lines as field violations, the report counts what was read and
  // rejected). AlreadyExists: another edition holds the stamp. FailedPrecondition: it would end an
  // unusual share of the records, and the options do not accept that. And what Ledger::Write
  // returns.
  absl::Status Load(const v1::LoadOptions& options, EditionIntake& intake, const LoadWatch& watch,
                    v1::LoadReport& report);

  // Reads the archived bytes of a live edition again, by its adapter as it is now, and appends what
  // the new reading changes, as of the same stamp. What the edition left unsaid, as an excerpt or
  // since records of it were rejected, stays unsaid. Nothing is appended where the adapter has no
  // newer version (already_loaded). NotFound: no live edition has this id, its adapter is gone, or
  // the archive does not have its bytes. DataLoss. Else as Load.
  absl::Status Reparse(const v1::ReparseEditionRequest& request, const LoadWatch& watch,
                       v1::LoadReport& report);

  // Undoes a live edition. NotFound: no live edition has this id. InvalidArgument: no reason.
  absl::StatusOr<v1::RetractEditionResponse> Retract(std::string_view edition_id,
                                                     std::string_view reason);

 private:
  absl::Status LoadReading(const v1::LoadOptions& options, const EditionIntake& intake,
                           EditionReading& reading, const LoadWatch& watch,
                           v1::LoadReport& report);
  absl::StatusOr<std::vector<std::string>> CompareEdition(const Views& views,
                                                          const v1::LoadOptions& options,
                                                          EditionReading& reading,
                                                          const LoadWatch& watch,
                                                          v1::LoadReport& report) const;
  absl::StatusOr<std::vector<std::string>> BuildUnit(const Views& views, const Comparison& compared,
                                                     const std::function<absl::Status()>& proceed,
                                                     v1::LoadReport& report) const;
  absl::StatusOr<std::vector<std::string>> CompareRetraction(
      const Views& views, std::string_view edition_id, std::string_view reason,
      v1::RetractEditionResponse& response) const;

  Ledger& ledger_;
  const Archive& archive_;
  const std::vector<EditionFormat>& formats_;
  const ActorTable& table_;
};

}  // namespace dossier
