#include "tests/integration/programs_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dossier/v1/ingest_service.grpc.pb.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

constexpr absl::Duration kStepTimeMax = absl::Minutes(2);
constexpr auto kCallTimeMax = std::chrono::seconds(60);
constexpr absl::Duration kBetweenAttempts = absl::Milliseconds(20);

void SetDeadline(grpc::ClientContext& context) {
  context.set_deadline(std::chrono::system_clock::now() + kCallTimeMax);
}

}  // namespace

int FreePort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  EXPECT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  close(listener);
  return ntohs(address.sin_port);
}

KillableProgram::KillableProgram(const std::string& name, std::vector<std::string> arguments,
                                 std::string output_file)
    : path_(absl::StrCat(DOSSIER_PROGRAMS_DIR, "/", name)),
      arguments_(std::move(arguments)),
      output_file_(std::move(output_file)) {}

void KillableProgram::Start() {
  std::vector<char*> arguments = {path_.data()};
  for (std::string& argument : arguments_) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const int output = open(output_file_.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
  ASSERT_GE(output, 0) << output_file_;
  pid_ = fork();
  ASSERT_GE(pid_, 0);
  if (pid_ == 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(output);
}

void KillableProgram::Kill() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  int status = 0;
  EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
  EXPECT_TRUE(WIFSIGNALED(status))
      << path_ << " ended by itself, status " << WEXITSTATUS(status) << ": see " << output_file_;
  pid_ = -1;
}

void KillableProgram::KillUnlessDone() {
  if (pid_ <= 0) return;
  kill(pid_, SIGKILL);
  int status = 0;
  EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0)
      << path_ << " failed by itself, status " << WEXITSTATUS(status) << ": see " << output_file_;
  pid_ = -1;
}

PatientClient::PatientClient(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
  channel_ = grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port),
                                       grpc::InsecureChannelCredentials(), arguments);
}

bool PatientClient::RunStep(const WorkStep& step, std::vector<Acknowledgement>& done) {
  const absl::Time deadline = absl::Now() + kStepTimeMax;
  for (attempt_ = 0;; ++attempt_) {
    Acknowledgement acknowledged;
    const grpc::Status status = Attempt(step, done, acknowledged);
    if (status.ok()) {
      done.push_back(acknowledged);
      return true;
    }
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE || absl::Now() > deadline) {
      ADD_FAILURE() << "step " << done.size() << ", attempt " << attempt_ << ": code "
                    << status.error_code() << ", " << status.error_message();
      return false;
    }
    ++unanswered_;
    absl::SleepFor(kBetweenAttempts);
  }
}

grpc::Status PatientClient::Attempt(const WorkStep& step, const std::vector<Acknowledgement>& done,
                                    Acknowledgement& acknowledged) {
  if (step.edition.has_value()) return Load(*step.edition, acknowledged);
  if (step.append.has_value()) return Append(*step.append, acknowledged);
  grpc::ClientContext context;
  SetDeadline(context);
  v1::RetractEditionRequest request;
  request.set_edition_id(done.at(step.retracted_step).edition_id);
  request.set_reason("loaded by mistake");
  v1::RetractEditionResponse response;
  const grpc::Status status =
      v1::IngestService::NewStub(channel_)->RetractEdition(&context, request, &response);
  acknowledged.sequence = response.first_sequence();
  // An attempt before may have done it without our hearing of it.
  if (attempt_ > 0 && status.error_code() == grpc::StatusCode::NOT_FOUND) return grpc::Status::OK;
  return status;
}

grpc::Status PatientClient::Load(const ToyEdition& edition, Acknowledgement& acknowledged) {
  grpc::ClientContext context;
  SetDeadline(context);
  auto stream = v1::IngestService::NewStub(channel_)->LoadEdition(&context);
  v1::LoadEditionRequest request;
  *request.mutable_options() = edition.Options();
  bool open = stream->Write(request);
  request.set_chunk(edition.Text());
  open = open && stream->Write(request);
  stream->WritesDone();
  v1::LoadReport report;
  for (v1::LoadEditionResponse response; stream->Read(&response);) {
    if (response.has_report()) report = response.report();
  }
  const grpc::Status status = stream->Finish();
  if (status.ok()) {
    EXPECT_TRUE(attempt_ > 0 || !report.already_loaded());
    acknowledged = {report.first_sequence(), report.edition().edition_id(),
                    report.edition().bytes_digest(), ""};
  }
  return status;
}

grpc::Status PatientClient::Append(const v1::AppendEventsRequest& request,
                                   Acknowledgement& acknowledged) {
  grpc::ClientContext context;
  SetDeadline(context);
  auto stream = v1::IngestService::NewStub(channel_)->AppendEvents(&context);
  stream->Write(request);
  stream->WritesDone();
  v1::AppendEventsResponse response;
  const bool answered = stream->Read(&response);
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return status;
  EXPECT_TRUE(answered);
  EXPECT_EQ(response.violation_size(), 0) << response.ShortDebugString();
  EXPECT_TRUE(attempt_ > 0 || !response.repeated_id());
  acknowledged = {response.sequence(), "", "", response.event_id()};
  return status;
}

}  // namespace dossier
