#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <thread>
#include <utility>

#include "services/log.h"
#include "services/process.h"

namespace dossier {
namespace {

void WaitForSignals(const sigset_t& signals, std::stop_source stop) {
  int number = 0;
  if (sigwait(&signals, &number) != 0) return;
  LogEvent(LogLevel::kInfo, "stopping", {{"signal", number}});
  stop.request_stop();
  if (sigwait(&signals, &number) != 0) return;
  LogEvent(LogLevel::kWarning, "killed", {{"signal", number}});
  _exit(128 + number);
}

}  // namespace

std::stop_token StopOnSignals() {
  signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::stop_source stop;
  std::stop_token token = stop.get_token();
  // Detached: it waits in the kernel until the process ends, and owns all that it touches.
  std::thread([signals, stop = std::move(stop)] { WaitForSignals(signals, stop); }).detach();
  return token;
}

}  // namespace dossier
