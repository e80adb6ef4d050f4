#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/content_summary.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/text.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;

struct HistoryFlags {
  ReadFlags read;
  std::string source;
  std::string record;
};

std::string VerbOf(const v1::Version& version) {
  return Words(v1::Verb_Name(version.verb()), "VERB_");
}

// Where it stands: "sipri.csv:1042", or the analyst who says it.
std::string OriginOf(const v1::Version& version) {
  const v1::Event& event = version.event();
  if (!event.author().empty()) return "by " + event.author();
  v1::Locator locator = event.locator();
  if (!version.file_name().empty()) locator.set_file_name(version.file_name());
  return PrintLocator(locator);
}

void PrintChange(std::ostream& out, const v1::FieldChange& change) {
  out << "      " << Printable(change.field()) << ": "
      << (change.before().empty() ? "(not given)" : Printable(change.before())) << " -> "
      << (change.after().empty() ? "(not given)" : Printable(change.after())) << '\n';
}

void PrintEvidence(std::ostream& out, const v1::Event& event) {
  const std::string reliability = Words(v1::Reliability_Name(event.reliability()), "RELIABILITY_");
  const std::string credibility = Words(v1::Credibility_Name(event.credibility()), "CREDIBILITY_");
  if (!reliability.empty()) out << "      source: " << reliability << '\n';
  if (!credibility.empty()) out << "      claim: " << credibility << '\n';
  for (const v1::Citation& citation : event.citations()) {
    out << "      cites " << Printable(citation.url());
    if (!citation.quote().empty()) out << " \"" << Printable(citation.quote()) << '"';
    out << '\n';
  }
}

void PrintVersion(std::ostream& out, const v1::Version& version) {
  const v1::Event& event = version.event();
  out << "  " << VerbOf(version) << ", published " << PrintStamp(event.stamp()) << ", sequence "
      << Grouped(version.sequence()) << ", " << Printable(OriginOf(version)) << '\n';
  const std::string cause = Words(v1::Cause_Name(event.cause()), "CAUSE_");
  if (event.cause() != v1::CAUSE_SOURCE && !cause.empty()) out << "      cause: " << cause << '\n';
  if (version.voided_sequence() != 0) {
    out << "      voided by sequence " << Grouped(version.voided_sequence())
        << ": it counts no more\n";
  }
  if (version.change().empty() && event.has_present()) {
    out << "      " << Printable(ContentSummary(event.present())) << '\n';
  }
  for (const v1::FieldChange& change : version.change()) PrintChange(out, change);
  PrintEvidence(out, event);
}

void PrintCsv(std::ostream& out, const v1::Version& version) {
  const v1::Event& event = version.event();
  std::vector<std::string> head = {
      version.record(),
      VerbOf(version),
      PrintPublishStamp(event.stamp()),
      Words(v1::Basis_Name(event.stamp().basis()), "BASIS_"),
      std::to_string(version.sequence()),
      Hex(event.edition_id()),
      version.file_name(),
      event.locator().line() == 0 ? "" : std::to_string(event.locator().line()),
      event.author(),
      version.voided_sequence() == 0 ? "" : std::to_string(version.voided_sequence())};
  const auto row = [&](const std::string& field, const std::string& before,
                       const std::string& after) {
    std::vector<std::string> fields = head;
    fields.insert(fields.end(), {field, before, after});
    PrintCsvRow(out, fields);
  };
  if (version.change().empty()) row("", "", "");
  for (const v1::FieldChange& change : version.change()) {
    row(change.field(), change.before(), change.after());
  }
}

// The versions of all pages in one answer's form.
class Telling {
 public:
  explicit Telling(const Session& session) : session_(session) {
    if (session.format() != OutputFormat::kCsv) return;
    PrintCsvRow(session.out(),
                {"record", "verb", "published", "basis", "sequence", "edition", "file", "line",
                 "author", "voided_sequence", "field", "before", "after"});
  }

  void Take(const v1::GetHistoryResponse& page) {
    if (session_.format() == OutputFormat::kJson) {
      session_.PrintJson(page);
      return;
    }
    for (const v1::Version& version : page.version()) {
      if (session_.format() == OutputFormat::kCsv) {
        PrintCsv(session_.out(), version);
        continue;
      }
      if (version.record() != record_) {
        if (!record_.empty()) session_.out() << '\n';
        record_ = version.record();
        session_.out() << Printable(version.event().source() + " " + record_) << '\n';
      }
      PrintVersion(session_.out(), version);
    }
  }

  bool empty() const { return record_.empty(); }

 private:
  const Session& session_;
  std::string record_;
};

int History(Session& session, const HistoryFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  v1::GetHistoryRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_source(flags.source);
  request.set_record(flags.record);
  request.set_page_size(kPageSize);
  Telling telling(session);
  v1::AnsweredAt answered_at;
  do {
    const auto page = Ask(session, *query, &v1::QueryService::Stub::GetHistory, request);
    if (!page.ok()) return session.Fail("history " + flags.record, page.status());
    telling.Take(*page);
    answered_at = page->answered_at();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  if (session.format() == OutputFormat::kTable) {
    if (telling.empty()) session.out() << "Nothing was known of it by then.\n";
    PrintStandingWithSources(session, *query, answered_at, flags.source);
  }
  return kDone;
}

}  // namespace

void AddHistory(Program& program) {
  auto flags = std::make_shared<HistoryFlags>();
  CLI::App& command =
      AddCommand(program, "history", "Every version of a record, or of the records of a deal",
                 "  dossier --data ./data history sipri-deals 12345\n"
                 "  dossier --data ./data history sipri-deals 12345/2019 --known-by 2024-03-18",
                 flags, &History);
  command.add_option("source", flags->source, "The source, as \"sources\" lists it")->required();
  command.add_option("record", flags->record, "A record's key, or a deal's number")->required();
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
