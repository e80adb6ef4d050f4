// The `dossier` program: reads a command line, carries out the command, and says how it went.
//
// Exit status 0: done; 1: it failed, stderr says why; 2: the command line is wrong.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "services/cli/session.h"

namespace dossier {

// `arguments` without the program's name. With `channel`, that one is asked in place of what
// --server or --data name. Returns the exit status.
int RunProgram(const std::vector<std::string>& arguments, Terminal& terminal,
               std::shared_ptr<grpc::Channel> channel = nullptr);

}  // namespace dossier
