#include "services/cli/commands.h"
#include "services/cli/local_system.h"

namespace dossier {
namespace {

constexpr char kConfig[] = "--config";

std::string HostOf(const std::string& listen) { return listen.substr(0, listen.rfind(':')); }

int Serve(Session& session, const ServerOptions& options) {
  const std::string dir = session.DataDir();
  if (dir.empty()) return session.FailUsage("serve: expected --data DIR, made where missing");
  StartLogging("dossier", options.log_level);
  // Before any thread starts, so that all of them leave the signals to it.
  const std::stop_token stop = session.terminal.stop_on_signals();
  const auto system = LocalSystem::Open(dir, {.create = true, .server = options});
  if (!system.ok()) return session.Fail("serve", system.status());
  session.out() << "serving on " << HostOf(options.listen) << ':' << (*system)->port() << std::endl;
  const absl::Status status = (*system)->ServeUntil(stop);
  return status.ok() ? kDone : session.Fail("serve", status);
}

// Throws CLI::Error, as reading the command line does.
void ReadFlagFile(const std::string& file, GlobalFlags& flags, ServerOptions& options) {
  CLI::App in_file;
  AddServerFlags(in_file, options);
  in_file.add_option("--data", flags.data_dir);
  in_file.parse(std::vector<std::string>{file, kConfig});  // CLI11 takes the last one first
}

}  // namespace

void AddServe(Program& program) {
  auto options = std::make_shared<ServerOptions>();
  CLI::App& command =
      AddCommand(program, "serve", "All of Dossier in one process, on the log in a folder",
                 "  dossier serve --data ./data --listen 127.0.0.1:7400", options, &Serve);
  AddServerFlags(command, *options);
  // CLI11 reads a file of flags for the whole program only, and would pass this one over. Read as
  // soon as it is named: what the command line says is set after that, and so holds.
  command.set_config();
  command
      .add_option_function<std::string>(
          kConfig,
          [options, &session = program.session](const std::string& file) {
            ReadFlagFile(file, session.flags, *options);
          },
          "File of flags, a NAME=VALUE a line (TOML): of these and \"data\"")
      ->trigger_on_parse();
}

}  // namespace dossier
