// A second process that runs one of this program's own disabled tests: to be killed, or to compete.
#pragma once

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <string>

#include "gtest/gtest.h"

namespace dossier {

class ChildProcess {
 public:
  // Runs the disabled test `name` ("Suite.DISABLED_Test"). In its environment stand, beside this
  // process's own, `setting` (NAME=VALUE, any number). The child reports through Report().
  template <typename... Setting>
  explicit ChildProcess(const std::string& name, const Setting&... setting) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const std::string filter = "--gtest_filter=" + name;
    const char* settings[] = {setting.c_str()...};
    pid_ = fork();
    EXPECT_GE(pid_, 0);
    if (pid_ == 0) {
      close(ends[0]);
      dup2(ends[1], kReports);
      for (const char* each : settings) putenv(const_cast<char*>(each));
      execl("/proc/self/exe", "child", "--gtest_also_run_disabled_tests", filter.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    reports_ = ends[0];
  }
  ChildProcess(const ChildProcess&) = delete;
  ~ChildProcess() {
    if (pid_ > 0) Kill();
    close(reports_);
  }

  // In the child: one step more was done.
  static void Report() { ASSERT_EQ(write(kReports, ".", 1), 1); }

  // Waits for so many steps in all; false: the child ended before.
  bool WaitForReports(size_t count) {
    char step;
    while (reported_ < count && read(reports_, &step, 1) == 1) ++reported_;
    return reported_ >= count;
  }
  // All steps of a child that has ended.
  size_t AllReports() {
    WaitForReports(SIZE_MAX);
    return reported_;
  }

  void Kill() {
    kill(pid_, SIGKILL);
    Wait();
  }
  // Its exit status, or -1 if a signal ended it.
  int Wait() {
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  static constexpr int kReports = 100;  // the file descriptor that the child writes to

  pid_t pid_ = -1;
  int reports_ = -1;
  size_t reported_ = 0;
};

}  // namespace dossier
