#include <map>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/editions.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;
constexpr size_t kRecordsMax = 1'000;

struct LineFlags {
  ReadFlags read;
  std::string source;
  std::string record;
  std::string edition;
  uint32_t line = 0;
  uint32_t context = 1;
};

// The statement that stands for each record at the cut: the last one published and not withdrawn.
absl::StatusOr<std::map<std::string, v1::Event>> Winners(const Session& session,
                                                         v1::QueryService::Stub& query,
                                                         const LineFlags& flags,
                                                         v1::AnsweredAt* answered_at) {
  v1::GetHistoryRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_source(flags.source);
  request.set_record(flags.record);
  request.set_page_size(kPageSize);
  std::map<std::string, v1::Event> winners;
  do {
    auto page = Ask(session, query, &v1::QueryService::Stub::GetHistory, request);
    if (!page.ok()) return page.status();
    *answered_at = page->answered_at();
    for (v1::Version& version : *page->mutable_version()) {
      if (version.voided_sequence() != 0) continue;
      winners[version.record()] = std::move(*version.mutable_event());
    }
    if (winners.size() > kRecordsMax) {
      return absl::ResourceExhaustedError("more than 1,000 records; expected one, or a deal");
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return winners;
}

int PrintOriginal(const Session& session, v1::IngestService::Stub& ingest,
                  const v1::Locator& locator, uint32_t context) {
  v1::GetOriginalRequest request;
  *request.mutable_locator() = locator;
  request.set_context(context);
  const auto original = Ask(session, ingest, &v1::IngestService::Stub::GetOriginal, request);
  if (!original.ok()) return session.Fail(PrintLocator(locator), original.status());
  const std::string& file =
      original->file_name().empty() ? locator.file_name() : original->file_name();
  if (session.format() == OutputFormat::kJson) return session.PrintJson(*original);
  if (session.format() == OutputFormat::kTable) session.out() << Printable(file) << '\n';
  for (const v1::OriginalLine& line : original->line()) {
    if (session.format() == OutputFormat::kCsv) {
      PrintCsvRow(session.out(), {file, std::to_string(line.number()),
                                  line.located() ? "yes" : "no", line.text()});
      continue;
    }
    session.out() << (line.located() ? "> " : "  ") << PadLeft(std::to_string(line.number()), 6)
                  << "  " << Printable(line.text()) << '\n';
  }
  return kDone;
}

// What stands behind one statement: its line, or who says it.
int PrintStatement(const Session& session, v1::IngestService::Stub& ingest,
                   const std::string& record, const v1::Event& event, uint32_t context) {
  if (session.format() == OutputFormat::kTable) {
    session.out() << Printable(event.source() + " " + record) << ", published "
                  << PrintStamp(event.stamp())
                  << (event.has_absent() ? ": no longer held there\n" : "\n");
  }
  if (event.locator().line() != 0 && !event.locator().bytes_digest().empty()) {
    return PrintOriginal(session, ingest, event.locator(), context);
  }
  if (session.format() == OutputFormat::kJson) return session.PrintJson(event);
  if (session.format() == OutputFormat::kCsv) return kDone;
  if (!event.author().empty()) {
    session.out() << "  said by " << Printable(event.author()) << '\n';
    for (const v1::Citation& citation : event.citations()) {
      session.out() << "  cites " << Printable(citation.url()) << '\n';
    }
  } else if (event.has_absent()) {
    session.out() << "  no line of " << Printable(event.locator().file_name())
                  << " holds it: the edition's silence says so\n";
  } else {
    session.out() << "  its line was not kept: the bytes of "
                  << Printable(event.locator().file_name()) << " could not be read again\n";
  }
  return kDone;
}

int LineOfRecord(Session& session, v1::QueryService::Stub& query, v1::IngestService::Stub& ingest,
                 const LineFlags& flags) {
  v1::AnsweredAt answered_at;
  const auto winners = Winners(session, query, flags, &answered_at);
  if (!winners.ok()) return session.Fail("line " + flags.record, winners.status());
  if (winners->empty()) {
    return session.Fail("line " + flags.record,
                        absl::NotFoundError("no statement of it stands at this cut"));
  }
  int status = kDone;
  for (const auto& [record, event] : *winners) {
    status = std::max(status, PrintStatement(session, ingest, record, event, flags.context));
  }
  if (session.format() == OutputFormat::kTable) PrintStanding(session, answered_at);
  return status;
}

int LineOfEdition(Session& session, v1::QueryService::Stub& query, v1::IngestService::Stub& ingest,
                  const LineFlags& flags) {
  const auto edition = FindEdition(session, query, flags.edition);
  if (!edition.ok()) return session.Fail("line --edition " + flags.edition, edition.status());
  v1::Locator locator;
  locator.set_bytes_digest(edition->loaded().bytes_digest());
  locator.set_file_name(edition->loaded().file_name());
  locator.set_line(flags.line);
  locator.set_line_end(flags.line);
  return PrintOriginal(session, ingest, locator, flags.context);
}

int Line(Session& session, const LineFlags& flags) {
  const bool by_edition = !flags.edition.empty();
  if (by_edition == !flags.record.empty() || (by_edition && flags.line == 0)) {
    return session.FailUsage(
        "line: expected SOURCE RECORD, or --edition ID --line N; \"dossier line --help\" shows "
        "how");
  }
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  const auto ingest = v1::IngestService::NewStub(*channel);
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(), {"file", "line", "located", "text"});
  }
  return by_edition ? LineOfEdition(session, *query, *ingest, flags)
                    : LineOfRecord(session, *query, *ingest, flags);
}

}  // namespace

void AddLine(Program& program) {
  auto flags = std::make_shared<LineFlags>();
  CLI::App& command = AddCommand(program, "line", "The original line that a record rests on",
                                 "  dossier --data ./data line sipri-deals 12345/2019 --context 3\n"
                                 "  dossier --data ./data line --edition 3fa2b1c0 --line 1042",
                                 flags, &Line);
  command.add_option("source", flags->source, "The source, as \"sources\" lists it");
  command.add_option("record", flags->record, "A record's key, or a deal's number");
  command.add_option("--edition", flags->edition, "An edition's id, or its beginning");
  command.add_option("--line", flags->line, "A line of that edition")->check(CLI::PositiveNumber);
  command.add_option("--context", flags->context, "Lines shown before and after")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
