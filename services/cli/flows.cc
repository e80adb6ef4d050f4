#include <vector>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/flow_csv.h"
#include "services/cli/flow_matrix.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"

namespace dossier {
namespace {

struct FlowsFlags {
  ReadFlags read;
  std::string source;
  std::string by = "supplier";
  std::vector<std::string> supplier, recipient, category;
  int from = 0;
  int to = 0;
  int window = 0;
  int top = 20;
  bool full = false;
};

v1::FlowGrouping GroupingOf(const std::string& by) {
  if (by == "pair") return v1::FLOW_GROUPING_PAIR;
  return by == "supplier" ? v1::FLOW_GROUPING_SUPPLIER : v1::FLOW_GROUPING_RECIPIENT;
}

v1::GetFlowsRequest RequestOf(const FlowsFlags& flags) {
  v1::GetFlowsRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_source(flags.source);
  request.set_grouping(GroupingOf(flags.by));
  request.mutable_supplier()->Assign(flags.supplier.begin(), flags.supplier.end());
  request.mutable_recipient()->Assign(flags.recipient.begin(), flags.recipient.end());
  request.mutable_category()->Assign(flags.category.begin(), flags.category.end());
  request.set_year_from(flags.from);
  request.set_year_to(flags.to);
  request.set_window_years(flags.window);
  return request;
}

int Flows(Session& session, const FlowsFlags& flags) {
  if (flags.window > 1 && flags.from == 0) {
    return session.FailUsage("--window needs --from, the year that the first window begins with");
  }
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  const v1::GetFlowsRequest request = RequestOf(flags);
  const auto flows = Ask(session, *query, &v1::QueryService::Stub::GetFlows, request);
  if (!flows.ok()) return session.Fail("flows", flows.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*flows);
    case OutputFormat::kCsv:
      PrintFlowsCsv(session.out(), request.grouping(), flags.full, *flows);
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  PrintFlowMatrix(session, request, flags.top, *flows);
  PrintStanding(session, flows->answered_at(),
                {flows->coverage().begin(), flows->coverage().end()});
  return kDone;
}

}  // namespace

void AddFlows(Program& program) {
  auto flags = std::make_shared<FlowsFlags>();
  CLI::App& command = AddCommand(
      program, "flows", "Who delivered how much, by year",
      "  dossier --data ./data flows --by supplier --from 2014 --to 2023 --window 5\n"
      "  dossier --data ./data flows --source sipri-deals --by pair --recipient India --csv",
      flags, &Flows);
  command.add_option("--source", flags->source,
                     "The source; needed where more than one holds transfers");
  command.add_option("--by", flags->by, "What a row stands for: supplier, recipient or pair")
      ->check(CLI::IsMember({"supplier", "recipient", "pair"}))
      ->capture_default_str();
  command.add_option("--supplier", flags->supplier, "Id, code or name; any of them");
  command.add_option("--recipient", flags->recipient, "Id, code or name; any of them");
  command.add_option("--category", flags->category, "As printed, case ignored");
  command.add_option("--from", flags->from, "First delivery year")->check(CLI::Range(1, 9999));
  command.add_option("--to", flags->to, "Last delivery year")->check(CLI::Range(1, 9999));
  command.add_option("--window", flags->window, "Years that a column spans, counted from --from")
      ->check(CLI::Range(1, 9999));
  command.add_option("--top", flags->top, "Rows of the table")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command.add_flag("--full", flags->full,
                   "More columns of CSV: share, units, deals, records, tiv_estimated");
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
