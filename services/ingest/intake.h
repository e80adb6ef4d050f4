// An edition on its way in: the bytes go to the archive's spool and through the adapter at once;
// what the edition holds stays in memory, compact and bounded, until it is compared.
//
//   auto intake = EditionIntake::Begin(options, formats, table, archive);
//   (*intake)->Write(bytes);                 // any number of times
//   auto reading = (*intake)->Finish();
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/archive.h"
#include "services/ingest/edition_reader.h"
#include "services/model/replan.h"

namespace dossier {

inline constexpr size_t kEditionRecordsMax = 2'000'000;
inline constexpr size_t kEditionContentBytesMax = size_t{512} << 20;
inline constexpr size_t kRejectionsShownMax = 1'000;
inline constexpr size_t kUnresolvedShownMax = 1'000;

// A record as an edition holds it, its content serialised.
struct HeldRecord {
  std::string key;
  Said said;            // present, with digest and facets
  std::string present;  // serialised v1::Present
  std::vector<std::string> raw;
  uint32_t line = 0;
  uint32_t line_end = 0;
  std::vector<uint32_t> more_lines;
  std::string element;
  uint32_t filled_columns = 0;
};

HeldRecord HeldRecordOf(EditionRecord record);

// What an edition's bytes say.
struct EditionReading {
  const EditionFormat* format = nullptr;
  // Stamp with ordinal, tie and basis; nothing is covered beyond its day. The scope is of additions
  // only of an excerpt, and where a record was rejected: what else the edition holds is not known
  // then, so its silence says nothing.
  EditionFacts facts;
  std::string bytes_digest;
  uint64_t bytes_size = 0;
  std::vector<HeldRecord> held;  // by key, each key once
  uint64_t rejected = 0;         // records; a rejected cell rejects its record
  std::vector<v1::Rejection> rejections;
  std::vector<v1::UnresolvedName> unresolved;
  std::vector<std::string> warnings;
  std::unique_ptr<Archive::Spool> spool;  // ended, not kept yet
};

class EditionIntake {
 public:
  virtual ~EditionIntake() = default;

  // InvalidArgument: a publish date that is none. `formats`, `table` and `archive` must outlive
  // the intake and the formats its reading.
  static absl::StatusOr<std::unique_ptr<EditionIntake>> Begin(
      const v1::LoadOptions& options, const std::vector<EditionFormat>& formats,
      const ActorTable& table, const Archive& archive);

  // InvalidArgument: not an edition of a format that is known, or of another source than asked
  // for; or the adapter cannot read on. ResourceExhausted: over a limit.
  virtual absl::Status Write(std::string_view bytes) = 0;
  // Also InvalidArgument: no publish date, neither in the file, nor in the options, nor (one date,
  // "2022-02-24" or "2022-02-23T0152Z") in the file's name.
  virtual absl::StatusOr<EditionReading> Finish() = 0;

  virtual uint64_t bytes_read() const = 0;
  virtual uint64_t records_read() const = 0;
};

}  // namespace dossier
