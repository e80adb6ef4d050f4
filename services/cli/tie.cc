#include <algorithm>
#include <limits>

#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/tie_page.h"

namespace dossier {
namespace {

struct TieFlags {
  ReadFlags read;
  std::string a, b;
  bool ended = false;
  bool all = false;
  TiePageOptions page;
};

// What the sources cover that say nothing of the two.
std::vector<std::string> Silent(const Session& session, v1::QueryService::Stub& query,
                                const v1::GetTieResponse& response) {
  return CoverageAt(session, query, response.answered_at(), [&](const std::string& source) {
    const v1::Tie& tie = response.tie();
    return std::none_of(tie.source().begin(), tie.source().end(),
                        [&](const v1::SourceTie& said) { return said.source() == source; }) &&
           std::none_of(tie.shared().begin(), tie.shared().end(),
                        [&](const v1::SharedMembership& said) { return said.source() == source; });
  });
}

int Tie(Session& session, const TieFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto ties = v1::TiesService::NewStub(*channel);
  v1::GetTieRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_a(flags.a);
  request.set_b(flags.b);
  request.set_include_ended(flags.ended);
  const auto found = Ask(session, *ties, &v1::TiesService::Stub::GetTie, request);
  if (!found.ok()) return session.Fail("tie " + flags.a + " " + flags.b, found.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*found);
    case OutputFormat::kCsv:
      PrintTieCsv(session.out(), *found);
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  TiePageOptions page = flags.page;
  if (flags.all) page.rows_max = std::numeric_limits<int>::max();
  const auto query = v1::QueryService::NewStub(*channel);
  PrintTiePage(session, page, *found, Silent(session, *query, *found));
  return kDone;
}

}  // namespace

void AddTie(Program& program) {
  auto flags = std::make_shared<TieFlags>();
  CLI::App& command = AddCommand(
      program, "tie", "What binds, arms or divides two actors, source by source",
      "  dossier --data ./data tie state:RUS state:PRK --effective 2024-11-01\n"
      "  dossier --data ./data tie China Iran --known-by 2021-06 --ended --why",
      flags, &Tie);
  command.add_option("a", flags->a, "Id (state:RUS), code or name")->required();
  command.add_option("b", flags->b, "The other")->required();
  command.add_flag("--ended", flags->ended, "Also what has ended, or has yet to begin");
  command.add_flag("--why", flags->page.why, "Also on what a treaty's standing rests");
  CLI::Option* top = command.add_option("--top", flags->page.rows_max, "Listed of each kind")
                         ->check(CLI::PositiveNumber)
                         ->capture_default_str();
  command.add_flag("--all", flags->all, "All of them")->excludes(top);
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
