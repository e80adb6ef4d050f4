#include "services/cli/program.h"

#include <algorithm>
#include <utility>

#include "services/cli/commands.h"

namespace dossier {
namespace {

void AddGlobalFlags(CLI::App& app, GlobalFlags& flags) {
  app.add_option("--data", flags.data_dir,
                 "Folder of the data: the services run inside this command")
      ->group("Where the data is");
  AddChannelFlags(app, flags.channel);
  for (const char* name :
       {"--server", "--tls-ca", "--tls-cert", "--tls-key", "--token", "--token-file"}) {
    app.get_option(name)->group("Where the data is");
  }
  app.get_option("--server")->excludes(app.get_option("--data"));
  app.add_option("--timeout", flags.timeout_s,
                 "Seconds that a question may take; 0: any time. Without it 60, and any time for "
                 "digest, rebuild and retract")
      ->check(CLI::NonNegativeNumber);
  CLI::Option* json = app.add_flag("--json", flags.json, "Print JSON, an object a line");
  app.add_flag("--csv", flags.csv, "Print CSV")->excludes(json);
}

void AddCommands(Program& program) {
  AddLoad(program);
  AddShow(program);
  AddTransfers(program);
  AddCompare(program);
  AddFlows(program);
  AddSanctions(program);
  AddList(program);
  AddChanges(program);
  AddSearch(program);
  AddTreaties(program);
  AddTie(program);
  AddTies(program);
  AddHistory(program);
  AddLine(program);
  AddWatch(program);
  AddReplay(program);
  AddAppend(program);
  AddRetract(program);
  AddReparse(program);
  AddActors(program);
  AddCatalogue(program);
  AddDigest(program);
  AddRebuild(program);
  AddServe(program);
  for (CLI::App* command : program.app.get_subcommands({})) {
    command->footer(command->get_footer() +
                    "\nAlso: --data DIR or --server HOST:PORT, --json, --csv, --timeout "
                    "(\"dossier --help\").");
  }
}

}  // namespace

int RunProgram(const std::vector<std::string>& arguments, Terminal& terminal,
               std::shared_ptr<grpc::Channel> channel) {
  Session session(terminal, std::move(channel));
  CLI::App app(
      "Who arms, who sanctions and who is bound to whom, by whom it was published, and as known at "
      "any date.",
      "dossier");
  app.footer(
      "Examples:\n"
      "  dossier --data ./data load register.csv\n"
      "  dossier --data ./data show Iran --known-by 2022\n"
      "  dossier --data ./data flows --by supplier --from 2014 --window 5\n"
      "  dossier --data ./data changes ofac-sdn --from 2022-02-24 --to 2022-02-25\n"
      "  dossier --data ./data tie Russia \"North Korea\" --effective 2024-11-01\n"
      "\"dossier COMMAND --help\" says more of each command.");
  app.require_subcommand(1);
  AddGlobalFlags(app, session.flags);
  Program program{app, session, {}};
  AddCommands(program);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::Success& help) {
    return app.exit(help, terminal.out, terminal.err);
  } catch (const CLI::Error& error) {
    return session.FailUsage(std::string(error.what()) + "; \"dossier --help\" shows how");
  }
  const int status = program.chosen();
  terminal.out.flush();
  if (terminal.out.good()) return status;
  terminal.err << "dossier: the output could not be written whole\n";
  return std::max<int>(status, kFailed);
}

}  // namespace dossier
