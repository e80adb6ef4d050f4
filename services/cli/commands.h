// The commands of the program: each Add puts one, or a few of a kind, on the command line.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "services/cli/session.h"

namespace dossier {

struct Program {
  CLI::App& app;
  Session& session;
  // What the command line asked for; set while it is read.
  std::function<int()> chosen;
};

// Adds a command that runs `run` with the flags that its options fill.
template <typename Flags>
CLI::App& AddCommand(Program& program, const std::string& name, const std::string& description,
                     const std::string& examples, const std::shared_ptr<Flags>& flags,
                     int (*run)(Session&, const Flags&)) {
  CLI::App* command = program.app.add_subcommand(name, description);
  command->fallthrough();
  command->footer("Examples:\n" + examples);
  command->callback([&program, flags, run] {
    program.chosen = [&program, flags, run] { return run(program.session, *flags); };
  });
  return *command;
}

void AddLoad(Program& program);       // load.cc
void AddShow(Program& program);       // show.cc
void AddTransfers(Program& program);  // transfers.cc
void AddCompare(Program& program);    // compare.cc
void AddFlows(Program& program);      // flows.cc
void AddSanctions(Program& program);  // sanctions.cc
void AddList(Program& program);       // list.cc
void AddChanges(Program& program);    // changes.cc
void AddSearch(Program& program);     // search.cc
void AddTreaties(Program& program);   // treaties.cc: treaty, treaties
void AddTie(Program& program);        // tie.cc
void AddTies(Program& program);       // ties.cc
void AddHistory(Program& program);    // history.cc
void AddLine(Program& program);       // line.cc
void AddWatch(Program& program);      // watch.cc
void AddReplay(Program& program);     // replay.cc
void AddAppend(Program& program);     // append.cc
void AddRetract(Program& program);    // retract.cc
void AddReparse(Program& program);    // reparse.cc
void AddActors(Program& program);     // actors.cc
void AddCatalogue(Program& program);  // catalogue.cc: sources, editions, status
void AddDigest(Program& program);     // digest.cc
void AddRebuild(Program& program);    // rebuild.cc
void AddServe(Program& program);      // serve.cc

}  // namespace dossier
