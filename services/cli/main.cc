// dossier: the client for people, and `dossier serve`.
#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

#include "services/cli/program.h"

int main(int argc, char** argv) {
  dossier::Terminal terminal{.out = std::cout,
                             .err = std::cerr,
                             .in = std::cin,
                             .stop_on_signals = dossier::StopOnSignals};
  winsize size{};
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    terminal.width = size.ws_col;
  }
  terminal.err_is_terminal = isatty(STDERR_FILENO);
  return dossier::RunProgram({argv + 1, argv + argc}, terminal);
}
