#include <algorithm>
#include <string>
#include <vector>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/text.h"
#include "services/cli/version_lines.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;
// Versions of one record that wait for what silent editions mean, which comes with its last one.
// Of a record with more, those before are printed without, and older silences behind them.
constexpr size_t kHeldBackMax = 20'000;

struct HistoryFlags {
  ReadFlags read;
  std::string source;
  std::string record;
  bool statements_only = false;
};

// The versions of all pages in one answer's form.
class Telling {
 public:
  explicit Telling(const Session& session) : session_(session) {
    if (session.format() == OutputFormat::kCsv) PrintVersionsCsvHeading(session.out());
  }

  void Take(const v1::GetHistoryResponse& page) {
    if (session_.format() == OutputFormat::kJson) {
      session_.PrintJson(page);
      return;
    }
    silences_.insert(silences_.end(), page.silence().begin(), page.silence().end());
    for (const v1::Version& version : page.version()) {
      if (version.record() != record_) {
        EndRecord();
        Begin(version);
      }
      if (session_.format() == OutputFormat::kCsv) {
        PrintVersionCsv(session_.out(), version);
        continue;
      }
      if (versions_.size() == kHeldBackMax) PrintHeldBack({});
      versions_.push_back(version);
    }
  }

  // Once after the last version of each record; silences come with it, and so in the same order.
  void EndRecord() {
    const auto other =
        std::find_if(silences_.begin(), silences_.end(),
                     [&](const v1::EditionSilence& one) { return one.record() != record_; });
    const std::vector<v1::EditionSilence> own(silences_.begin(), other);
    silences_.erase(silences_.begin(), other);
    if (session_.format() == OutputFormat::kTable) PrintHeldBack(own);
    if (session_.format() != OutputFormat::kCsv) return;
    for (const v1::EditionSilence& silence : own) PrintSilenceCsv(session_.out(), silence);
  }

  bool empty() const { return record_.empty(); }

 private:
  void Begin(const v1::Version& version) {
    if (session_.format() == OutputFormat::kTable) {
      if (!record_.empty()) session_.out() << '\n';
      session_.out() << Printable(version.event().source() + " " + version.record()) << '\n';
    }
    record_ = version.record();
  }

  void PrintHeldBack(const std::vector<v1::EditionSilence>& silences) {
    PrintVersionLines(session_.out(), versions_, silences);
    versions_.clear();
  }

  const Session& session_;
  std::string record_;
  std::vector<v1::Version> versions_;        // of the record, not printed yet
  std::vector<v1::EditionSilence> silences_;  // of the record and of those after it
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
  request.set_with_silences(!flags.statements_only);
  Telling telling(session);
  v1::AnsweredAt answered_at;
  do {
    const auto page = Ask(session, *query, &v1::QueryService::Stub::GetHistory, request);
    if (!page.ok()) return session.Fail("history " + flags.record, page.status());
    telling.Take(*page);
    answered_at = page->answered_at();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  telling.EndRecord();
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
  command.add_flag("--statements-only", flags->statements_only,
                   "Leave out what editions mean that say nothing of the record");
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
