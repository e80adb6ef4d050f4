#include "services/cli/load_report.h"

#include <filesystem>

#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/text.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/model/scope.h"

namespace dossier {
namespace {

constexpr int kUnresolvedShown = 20;

void PrintRejections(std::ostream& out, const std::string& file, const v1::LoadReport& report) {
  for (const v1::Rejection& rejection : report.rejection()) {
    out << Printable(file);
    if (rejection.line() != 0) out << ':' << rejection.line();
    if (rejection.column() != 0) out << ':' << rejection.column();
    out << ": ";
    if (!rejection.field().empty()) out << Printable(rejection.field()) << ": ";
    out << Printable(rejection.reason()) << '\n';
  }
  const uint64_t rejected = report.edition().counts().rejected();
  const uint64_t shown = report.rejection_size();
  if (rejected > shown && shown > 0) out << "... and " << rejected - shown << " more\n";
}

std::string PrintCounts(const v1::LoadCounts& counts) {
  return Grouped(counts.read()) + " read = " + Grouped(counts.published()) + " published + " +
         Grouped(counts.unchanged()) + " unchanged + " + Grouped(counts.rejected()) +
         " rejected; " + Grouped(counts.absent()) + " absent, " + Grouped(counts.restated()) +
         " restated, " + Grouped(counts.voided()) + " voided";
}

std::string Outcome(const v1::LoadReport& report) {
  if (report.already_loaded()) return "already loaded, nothing to do";
  return report.dry_run() ? "would be loaded" : "loaded";
}

void PrintUnresolved(std::ostream& out, const v1::LoadReport& report) {
  for (int i = 0; i < report.unresolved_size() && i < kUnresolvedShown; ++i) {
    const v1::UnresolvedName& name = report.unresolved(i);
    out << "  unresolved  \"" << Printable(name.name()) << "\" ("
        << Counted(name.records(), "record", "records") << ", first on line " << name.first_line()
        << ")\n";
  }
  if (report.unresolved_size() > kUnresolvedShown) {
    out << "  unresolved  and " << report.unresolved_size() - kUnresolvedShown
        << " more names (--json lists them)\n";
  }
}

void PrintForPeople(std::ostream& out, const std::string& file, const v1::LoadReport& report) {
  const v1::EditionLoaded& edition = report.edition();
  out << Printable(file) << ": " << Outcome(report) << '\n'
      << "  edition     " << Hex(edition.edition_id()) << '\n'
      << "  source      " << Printable(edition.source()) << ", published "
      << PrintStamp(edition.stamp()) << '\n'
      << "  scope       " << Printable(PrintScopeBriefly(edition.scope())) << '\n'
      << "  records     " << PrintCounts(edition.counts()) << '\n';
  if (report.last_sequence() != 0) {
    out << "  sequences   " << Grouped(report.first_sequence()) << " to "
        << Grouped(report.last_sequence()) << '\n';
  }
  if (report.reparses_version() != 0) {
    out << "  reading     read anew by adapter version " << edition.adapter_version() << "; was "
        << report.reparses_version() << ": what changes is the reading, not the source\n";
  }
  PrintUnresolved(out, report);
  for (const std::string& warning : report.warning()) {
    out << "  warning     " << Printable(warning) << '\n';
  }
}

void PrintCsv(std::ostream& out, const std::string& file, const v1::LoadReport& report) {
  const v1::EditionLoaded& edition = report.edition();
  const v1::LoadCounts& counts = edition.counts();
  const auto number = [](uint64_t value) { return std::to_string(value); };
  PrintCsvRow(out, {file, Outcome(report), Hex(edition.edition_id()), edition.source(),
                    PrintPublishStamp(edition.stamp()),
                    Words(v1::Basis_Name(edition.stamp().basis()), "BASIS_"), report.scope(),
                    number(counts.read()), number(counts.published()), number(counts.unchanged()),
                    number(counts.rejected()), number(counts.absent()), number(counts.restated()),
                    number(counts.voided()), number(report.unresolved_size()),
                    number(report.warning_size()), number(report.first_sequence()),
                    number(report.last_sequence()), number(report.reparses_version())});
}

}  // namespace

void PrintReportCsvHeading(const Session& session) {
  PrintCsvRow(session.out(),
              {"file", "outcome", "edition", "source", "published", "basis", "scope", "read",
               "published_records", "unchanged", "rejected", "absent", "restated", "voided",
               "unresolved", "warnings", "first_sequence", "last_sequence",
               "reparses_version"});
}

void PrintReport(const Session& session, const std::string& file, const v1::LoadReport& report) {
  switch (session.format()) {
    case OutputFormat::kJson:
      session.PrintJson(report);
      return;
    case OutputFormat::kCsv:
      PrintCsv(session.out(), file, report);
      break;
    case OutputFormat::kTable:
      PrintForPeople(session.out(), file, report);
      break;
  }
  PrintRejections(session.terminal.err, file, report);
}

void PrintFailedLoad(const Session& session, const std::string& file, const absl::Status& status,
                     const v1::LoadReport& report) {
  // The server names the file too, as it was told to.
  std::string message(status.message());
  const std::string named = std::filesystem::path(file).filename().string() + ": ";
  if (message.rfind(named, 0) == 0) message.erase(0, named.size());
  absl::Status shown(status.code(), message);
  // The report has each rejection with its place, where the status has the first few as text.
  if (report.rejection().empty()) {
    status.ForEachPayload([&](absl::string_view type, const absl::Cord& payload) {
      shown.SetPayload(type, payload);
    });
  }
  session.Fail("load " + file, shown);
  PrintRejections(session.terminal.err, file, report);
}

}  // namespace dossier
