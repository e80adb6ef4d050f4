#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/dossier_page.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"

namespace dossier {
namespace {

struct ShowFlags {
  ReadFlags read;
  std::string actor;
  bool predecessors = false;
  int top = 8;
};

int Show(Session& session, const ShowFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  v1::GetDossierRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_actor(flags.actor);
  request.set_include_predecessors(flags.predecessors);
  const auto dossier = Ask(session, *query, &v1::QueryService::Stub::GetDossier, request);
  if (!dossier.ok()) return session.Fail("show " + flags.actor, dossier.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*dossier);
    case OutputFormat::kCsv:
      PrintDossierCsv(session.out(), *dossier);
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  for (int i = 0; i < dossier->dossier_size(); ++i) {
    if (i > 0) session.out() << '\n';
    PrintDossierPage(session, flags.top, dossier->dossier(i));
  }
  PrintStanding(session, dossier->answered_at());
  return kDone;
}

}  // namespace

void AddShow(Program& program) {
  auto flags = std::make_shared<ShowFlags>();
  CLI::App& command = AddCommand(
      program, "show", "All that is known of one actor",
      "  dossier --data ./data show Iran\n"
      "  dossier --data ./data show RUS --predecessors --known-by 2024-03-18 --effective 2000",
      flags, &Show);
  command.add_option("actor", flags->actor, "Id (state:IRN), code (IRN, IR, cow:630) or name")
      ->required();
  command.add_flag("--predecessors", flags->predecessors,
                   "Also its predecessors, each a dossier of its own");
  command.add_option("--top", flags->top, "Partners and categories listed")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
