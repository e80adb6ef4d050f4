#include "services/ingest/loader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/ingest/endings.h"
#include "services/ingest/known_editions.h"
#include "services/ingest/unit.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/model/scope.h"
#include "services/status_details.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kReasonBytesMax = 1'000;
// A status travels in gRPC's trailing metadata, which has room for 8 KiB in all.
constexpr size_t kViolationBytesMax = 3'000;
// More absences than this share of the covered records, and more than a few, are worth a warning.
constexpr uint64_t kAbsentShare = 10;
constexpr uint64_t kAbsentMin = 3;

v1::EditionLoaded LoadedOf(const v1::LoadOptions& options, const EditionReading& reading) {
  v1::EditionLoaded loaded;
  loaded.set_source(reading.facts.source);
  *loaded.mutable_stamp() = reading.facts.stamp;
  *loaded.mutable_scope() = reading.facts.scope;
  loaded.set_edition_id(EditionId(reading.facts.source, reading.facts.stamp, reading.facts.scope,
                                  reading.bytes_digest));
  loaded.set_bytes_digest(reading.bytes_digest);
  loaded.set_bytes_size(reading.bytes_size);
  loaded.set_adapter(reading.format->adapter);
  loaded.set_adapter_version(reading.format->version);
  loaded.set_load(1);
  loaded.set_file_name(options.file_name());
  *loaded.mutable_covers_until() = reading.facts.covers_until;
  loaded.set_publisher(reading.facts.publisher);
  loaded.mutable_counts()->set_read(reading.held.size() + reading.rejected);
  loaded.mutable_counts()->set_rejected(reading.rejected);
  return loaded;
}

v1::LoadReport ReportOf(const v1::LoadOptions& options, const EditionReading& reading) {
  v1::LoadReport report;
  *report.mutable_edition() = LoadedOf(options, reading);
  report.set_scope(PrintScope(reading.facts.scope));
  for (const v1::Rejection& rejection : reading.rejections) *report.add_rejection() = rejection;
  for (const v1::UnresolvedName& name : reading.unresolved) *report.add_unresolved() = name;
  for (const std::string& warning : reading.warnings) report.add_warning(warning);
  report.set_dry_run(options.dry_run());
  return report;
}

enum class Standing { kNew, kReadAnew, kAlreadyLoaded };

// How an edition stands to the one that holds its stamp, if any.
absl::StatusOr<Standing> StandingOf(const v1::EditionLoaded& loaded, const v1::Edition* at_stamp) {
  if (at_stamp == nullptr) return Standing::kNew;
  const v1::EditionLoaded& live = at_stamp->loaded();
  const bool same_bytes =
      live.bytes_digest() == loaded.bytes_digest() && live.adapter() == loaded.adapter();
  if (same_bytes && live.adapter_version() < loaded.adapter_version()) return Standing::kReadAnew;
  if (same_bytes && live.adapter_version() == loaded.adapter_version() &&
      live.edition_id() == loaded.edition_id()) {
    return Standing::kAlreadyLoaded;
  }
  return absl::AlreadyExistsError(absl::StrCat(
      loaded.file_name(), ": the edition \"", live.file_name(), "\" (", PrintScope(live.scope()),
      ", adapter version ", live.adapter_version(), ") is loaded at ",
      PrintPublishStamp(live.stamp()),
      "; expected another publish date or ordinal, or that edition to be retracted first"));
}

const v1::Edition* AtStamp(const std::vector<v1::Edition>& live, const StampKey& stamp) {
  const auto at = std::find_if(live.begin(), live.end(), [&](const v1::Edition& edition) {
    return StampKeyOf(edition.loaded().stamp()) == stamp;
  });
  return at != live.end() ? &*at : nullptr;
}

void WarnOfSameBytes(const std::vector<v1::Edition>& live, v1::LoadReport& report) {
  const v1::EditionLoaded& loaded = report.edition();
  for (const v1::Edition& edition : live) {
    if (edition.loaded().bytes_digest() != loaded.bytes_digest()) continue;
    if (StampKeyOf(edition.loaded().stamp()) == StampKeyOf(loaded.stamp())) continue;
    report.add_warning(absl::StrCat("the same bytes are loaded as of ",
                                    PrintPublishStamp(edition.loaded().stamp()), " already"));
  }
}

void TakeComparison(const Comparison& compared, v1::LoadReport& report) {
  v1::LoadCounts& counts = *report.mutable_edition()->mutable_counts();
  const uint64_t absent = compared.counts.absent();
  counts.MergeFrom(compared.counts);
  for (std::string& warning : compared.fill_rates.Warnings()) {
    report.add_warning(std::move(warning));
  }
  if (absent > kAbsentMin && absent * kAbsentShare > compared.covered) {
    report.add_warning(absl::StrCat(absent, " of the ", compared.covered,
                                    " records known in the edition's scope are not in it"));
  }
}

v1::LoadProgress Progress(const EditionIntake& intake, const std::string& step) {
  v1::LoadProgress progress;
  progress.set_bytes_read(intake.bytes_read());
  progress.set_records_read(intake.records_read());
  progress.set_step(step);
  return progress;
}

absl::Status CheckRejections(const v1::LoadOptions& options, const EditionReading& reading,
                             const v1::LoadReport& report) {
  if (reading.rejected == 0 || options.accept_rejected()) return absl::OkStatus();
  const v1::Rejection* first = report.rejection_size() > 0 ? &report.rejection(0) : nullptr;
  absl::Status status = absl::InvalidArgumentError(absl::StrCat(
      options.file_name(), ": ", reading.rejected, " of ", report.edition().counts().read(),
      " records cannot be read",
      first != nullptr ? absl::StrCat(", the first on line ", first->line(), ": ", first->reason())
                       : ""));
  size_t bytes = 0;
  for (const v1::Rejection& rejection : reading.rejections) {
    std::string field = absl::StrCat("line ", rejection.line());
    if (rejection.column() != 0) absl::StrAppend(&field, " column ", rejection.column());
    if (!rejection.field().empty()) absl::StrAppend(&field, " ", rejection.field());
    bytes += field.size() + rejection.reason().size();
    if (bytes > kViolationBytesMax) break;
    AddFieldViolation(status, field, rejection.reason());
  }
  return status;
}

// A live edition, among all of its source.
struct LiveEdition {
  std::vector<v1::Edition> live;
  size_t at = 0;

  const v1::EditionLoaded& loaded() const { return live[at].loaded(); }
};

// The live edition of an id. NotFound.
absl::StatusOr<LiveEdition> FindLive(RowCursor& rows, std::string_view edition_id) {
  auto source = SourceOfEdition(rows, edition_id);
  if (!source.ok()) return source.status();
  auto live = LiveEditions(rows, source->value_or(""));
  if (!live.ok()) return live.status();
  for (size_t i = 0; i < live->size(); ++i) {
    if ((*live)[i].loaded().edition_id() == edition_id) return LiveEdition{*std::move(live), i};
  }
  return absl::NotFoundError(absl::StrCat(
      "edition ", Hex(edition_id),
      source->has_value() ? " was retracted or read anew before" : " was never loaded"));
}

// What was asked for when the edition was loaded, as far as its reading depends on it.
v1::LoadOptions OptionsOf(const v1::EditionLoaded& loaded) {
  v1::LoadOptions options;
  options.set_file_name(loaded.file_name());
  options.set_source(loaded.source());
  options.set_publish_date(absl::FormatTime(absl::RFC3339_full, ToTime(loaded.stamp().time()),
                                            absl::UTCTimeZone()));
  options.set_excerpt(loaded.scope().additions_only());
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EditionIntake>> Loader::Begin(const v1::LoadOptions& options) const {
  return EditionIntake::Begin(options, formats_, table_, archive_);
}

absl::Status Loader::Load(const v1::LoadOptions& options, EditionIntake& intake,
                          const LoadWatch& watch, v1::LoadReport& report) {
  auto reading = intake.Finish();
  if (!reading.ok()) return reading.status();
  return LoadReading(options, intake, *reading, watch, report);
}

absl::Status Loader::Reparse(const v1::ReparseEditionRequest& request, const LoadWatch& watch,
                             v1::LoadReport& report) {
  v1::EditionLoaded known;
  absl::Status found = ledger_.Inspect([&](const Views& views) {
    auto rows = views.Read();
    auto live = FindLive(*rows, request.edition_id());
    if (live.ok()) known = live->loaded();
    return live.status();
  });
  if (!found.ok()) return found;
  v1::LoadOptions options = OptionsOf(known);
  options.set_accept_rejected(request.accept_rejected());
  options.set_accept_ending(request.accept_ending());
  options.set_dry_run(request.dry_run());
  auto intake = Begin(options);
  if (!intake.ok()) return intake.status();
  absl::Status read = archive_.Read(known.bytes_digest(), [&](std::string_view bytes) {
    return (*intake)->Write(bytes);
  });
  if (!read.ok()) return read;
  auto reading = (*intake)->Finish();
  if (!reading.ok()) return reading.status();
  if (reading->format->adapter != known.adapter()) {
    return absl::NotFoundError(absl::StrCat("adapter ", known.adapter(), ", which read ",
                                            known.file_name(), ", is no more: its bytes are now ",
                                            "read by ", reading->format->adapter));
  }
  reading->facts.stamp = known.stamp();
  return LoadReading(options, **intake, *reading, watch, report);
}

absl::Status Loader::LoadReading(const v1::LoadOptions& options, const EditionIntake& intake,
                                 EditionReading& reading, const LoadWatch& watch,
                                 v1::LoadReport& report) {
  report = ReportOf(options, reading);
  if (absl::Status status = CheckRejections(options, reading, report); !status.ok()) {
    return status;
  }
  const auto compare = [&](const Views& views) {
    report = ReportOf(options, reading);  // it may be called again
    return CompareEdition(
        views, options, reading,
        [&](const v1::LoadProgress& step) { return watch(Progress(intake, step.step())); }, report);
  };
  if (options.dry_run()) {
    return ledger_.Inspect([&](const Views& views) { return compare(views).status(); });
  }
  auto unit = ledger_.Write(compare);
  if (!unit.ok()) return unit.status();
  report.set_first_sequence(unit->first);
  report.set_last_sequence(unit->last);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Loader::CompareEdition(const Views& views,
                                                                const v1::LoadOptions& options,
                                                                EditionReading& reading,
                                                                const LoadWatch& watch,
                                                                v1::LoadReport& report) const {
  v1::EditionLoaded& loaded = *report.mutable_edition();
  const StampKey stamp = StampKeyOf(loaded.stamp());
  auto rows = views.Read();
  auto live = LiveEditions(*rows, loaded.source());
  if (!live.ok()) return live.status();
  auto standing = StandingOf(loaded, AtStamp(*live, stamp));
  if (!standing.ok()) return standing.status();
  if (*standing == Standing::kAlreadyLoaded) {
    report.set_already_loaded(true);
    loaded.set_load(AtStamp(*live, stamp)->loaded().load());
    loaded.mutable_counts()->set_unchanged(reading.held.size());
    if (options.dry_run()) return std::vector<std::string>{};
    auto kept = reading.spool->Keep();  // heals an archive that has lost them
    if (!kept.ok()) return kept.status();
    return std::vector<std::string>{};
  }
  if (*standing == Standing::kReadAnew) {
    report.set_reparses_version(AtStamp(*live, stamp)->loaded().adapter_version());
  }
  auto loads = LoadsAt(*rows, loaded.source(), stamp);
  if (!loads.ok()) return loads.status();
  loaded.set_load(*loads + 1);
  WarnOfSameBytes(*live, report);

  v1::LoadProgress progress;
  progress.set_step("comparing");
  if (absl::Status status = watch(progress); !status.ok()) return status;
  ComparisonInput input;
  input.edition = &loaded;
  input.reads_anew = *standing == Standing::kReadAnew;
  input.held = &reading.held;
  input.live = &*live;
  input.proceed = [&] { return watch(progress); };
  auto compared = Compare(views, input);
  if (!compared.ok()) return compared.status();
  TakeComparison(*compared, report);
  if (!options.accept_ending()) {
    absl::Status usual = CheckEndings(*live, *compared, loaded, reading.facts.lacks_end_mark);
    if (!usual.ok()) return usual;
  }
  if (options.dry_run()) return std::vector<std::string>{};
  auto payloads = BuildUnit(views, *compared, input.proceed, report);
  if (!payloads.ok()) return payloads.status();
  if (auto kept = reading.spool->Keep(); !kept.ok()) return kept.status();
  progress.set_step("appending");
  if (absl::Status status = watch(progress); !status.ok()) return status;
  return payloads;
}

absl::StatusOr<std::vector<std::string>> Loader::BuildUnit(
    const Views& views, const Comparison& compared, const std::function<absl::Status()>& proceed,
    v1::LoadReport& report) const {
  UnitBuilder builder(views, archive_, formats_, table_, proceed);
  v1::LogEntry opening;
  *opening.mutable_edition_loaded() = report.edition();
  auto payloads = builder.Build(opening, compared.changes);
  for (const std::string& warning : builder.warnings()) report.add_warning(warning);
  return payloads;
}

absl::StatusOr<v1::RetractEditionResponse> Loader::Retract(std::string_view edition_id,
                                                           std::string_view reason) {
  if (reason.empty() || reason.size() > kReasonBytesMax) {
    absl::Status status = absl::InvalidArgumentError("the retraction gives no fitting reason");
    AddFieldViolation(
        status, "reason",
        absl::StrCat("has ", reason.size(), " bytes, expected 1 to ", kReasonBytesMax));
    return status;
  }
  v1::RetractEditionResponse response;
  auto unit = ledger_.Write([&](const Views& views) {
    response.Clear();
    return CompareRetraction(views, edition_id, reason, response);
  });
  if (!unit.ok()) return unit.status();
  response.set_first_sequence(unit->first);
  response.set_last_sequence(unit->last);
  return response;
}

absl::StatusOr<std::vector<std::string>> Loader::CompareRetraction(
    const Views& views, std::string_view edition_id, std::string_view reason,
    v1::RetractEditionResponse& response) const {
  auto rows = views.Read();
  auto edition = FindLive(*rows, edition_id);
  if (!edition.ok()) return edition.status();
  const v1::EditionLoaded& loaded = edition->loaded();
  ComparisonInput input;
  input.edition = &loaded;
  input.retracts = true;
  input.live = &edition->live;
  auto compared = Compare(views, input);
  if (!compared.ok()) return compared.status();
  *response.mutable_counts() = compared->counts;

  v1::LogEntry opening;
  v1::EditionRetracted& retracted = *opening.mutable_edition_retracted();
  retracted.set_edition_id(loaded.edition_id());
  retracted.set_source(loaded.source());
  *retracted.mutable_stamp() = loaded.stamp();
  retracted.set_reason(std::string(reason));
  retracted.set_load(loaded.load());
  return UnitBuilder(views, archive_, formats_, table_, input.proceed)
      .Build(opening, compared->changes);
}

}  // namespace dossier
