#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/compare_page.h"
#include "services/cli/list_flags.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

// A scope may name hundreds of actors: --json has them all.
constexpr int kScopeColumns = 100;

struct CompareFlags {
  ReadFlags read;
  std::vector<std::string> supplier, recipient, actor, source;
  int from = 0;
  int to = 0;
  bool differences = false;
  LimitFlags limit;
};

v1::CompareDealsRequest RequestOf(const CompareFlags& flags) {
  v1::CompareDealsRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.mutable_supplier()->Assign(flags.supplier.begin(), flags.supplier.end());
  request.mutable_recipient()->Assign(flags.recipient.begin(), flags.recipient.end());
  request.mutable_actor()->Assign(flags.actor.begin(), flags.actor.end());
  request.mutable_source()->Assign(flags.source.begin(), flags.source.end());
  request.set_order_year_from(flags.from);
  request.set_order_year_to(flags.to);
  request.set_differences_only(flags.differences);
  return request;
}

std::vector<std::string> CoverageWords(const v1::CompareDealsResponse& response) {
  std::vector<std::string> coverage;
  for (const v1::SourceCoverage& source : response.coverage()) {
    const std::string scope =
        source.scope().empty() ? "no edition" : absl::StrJoin(source.scope(), "; also ");
    coverage.push_back(source.source() + ": " + CutToWidth(scope, kScopeColumns));
  }
  return coverage;
}

void PrintTable(const Session& session, const CompareFlags& flags,
                const std::vector<v1::ComparedDeal>& deals, bool more,
                const v1::CompareDealsResponse& last) {
  PrintComparedDeals(session, deals);
  if (deals.empty()) {
    session.out() << (flags.differences
                          ? "The sources do not differ in the units of any deal that fits.\n"
                          : "No deal in what was loaded fits.\n");
  } else {
    session.out() << '\n' << Counted(static_cast<int64_t>(deals.size()), "deal", "deals");
    if (more) session.out() << "; there are more: --limit N or --all";
    session.out() << ". TIV in millions.\n"
                     "Each source stands for itself; nothing is added across sources.\n";
  }
  PrintStanding(session, last.answered_at(), CoverageWords(last));
}

int Compare(Session& session, const CompareFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto revisions = v1::RevisionsService::NewStub(*channel);
  v1::CompareDealsRequest request = RequestOf(flags);
  if (session.format() == OutputFormat::kCsv) PrintComparedCsvHeading(session.out());
  std::vector<v1::ComparedDeal> deals;  // for the table
  v1::CompareDealsResponse last;
  int listed = 0;
  do {
    request.set_page_size(flags.limit.PageSize(listed));
    auto page = Ask(session, *revisions, &v1::RevisionsService::Stub::CompareDeals, request);
    if (!page.ok()) return session.Fail("compare", page.status());
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (const v1::ComparedDeal& deal : page->deal()) {
      if (session.format() == OutputFormat::kCsv) PrintComparedCsv(session.out(), deal);
      if (session.format() == OutputFormat::kTable) deals.push_back(deal);
    }
    listed += page->deal_size();
    request.set_page_token(page->next_page_token());
    last = *std::move(page);
  } while (!request.page_token().empty() && flags.limit.WantsMore(listed));
  if (session.format() == OutputFormat::kTable) {
    PrintTable(session, flags, deals, !request.page_token().empty(), last);
  }
  return kDone;
}

}  // namespace

void AddCompare(Program& program) {
  auto flags = std::make_shared<CompareFlags>();
  CLI::App& command = AddCommand(
      program, "compare", "What each source says of the same deals, side by side, never added",
      "  dossier --data ./data compare --supplier Iran --recipient Russia\n"
      "  dossier --data ./data compare --supplier USA --source sipri-deals --source sipri-register "
      "--from 2010 --differences --all --csv",
      flags, &Compare);
  command.add_option("--supplier", flags->supplier, "Id, code or name; any of them");
  command.add_option("--recipient", flags->recipient, "Id, code or name; any of them");
  command.add_option("--actor", flags->actor, "On either side");
  command.add_option("--source", flags->source, "Only of these sources; without it, of all");
  command.add_option("--from", flags->from, "First order year")->check(CLI::Range(1, 9999));
  command.add_option("--to", flags->to, "Last order year")->check(CLI::Range(1, 9999));
  command.add_flag("--differences", flags->differences,
                   "Only deals of which several sources report other numbers delivered");
  AddLimitFlags(command, flags->limit, "Deals");
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
