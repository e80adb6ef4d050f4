// The project's programs as child processes, and a client that does not give up.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"
#include "tests/integration/workload_fixture.h"

namespace dossier {

// A TCP port of this host that nobody listens on.
int FreePort();

// A program that can be killed and started again. Killed when it goes.
class KillableProgram {
 public:
  // `name` in the build's folder; what it says on its streams goes to `output_file`.
  KillableProgram(const std::string& name, std::vector<std::string> arguments,
                  std::string output_file);
  KillableProgram(const KillableProgram&) = delete;
  ~KillableProgram() { Kill(); }

  void Start();
  void Kill();  // SIGKILL; waits until it is gone
  void KillUnlessDone();  // the same; but it may have ended before, and well

 private:
  std::string path_;
  std::vector<std::string> arguments_;
  std::string output_file_;
  pid_t pid_ = -1;
};

// Asks ingest on a port of this host, over and over until it has an answer.
class PatientClient {
 public:
  explicit PatientClient(int port);

  // Carries out the step after those in `done`, and adds its acknowledgement. False: ingest
  // refused, or gave no answer for a minute; a test failure says why.
  bool RunStep(const WorkStep& step, std::vector<Acknowledgement>& done);

  // Attempts that got no answer.
  int unanswered() const { return unanswered_; }

 private:
  grpc::Status Attempt(const WorkStep& step, const std::vector<Acknowledgement>& done,
                       Acknowledgement& acknowledged);
  grpc::Status Load(const ToyEdition& edition, Acknowledgement& acknowledged);
  grpc::Status Append(const v1::AppendEventsRequest& request, Acknowledgement& acknowledged);

  std::shared_ptr<grpc::Channel> channel_;
  int attempt_ = 0;  // of the step at hand, from 0
  int unanswered_ = 0;
};

}  // namespace dossier
