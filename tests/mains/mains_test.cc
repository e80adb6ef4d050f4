// The programs as they are started and stopped in earnest: flags, log lines, signals, exit status.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/client_channel.h"
#include "services/process.h"
#include "tests/process/scrape.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kWaitMs = 20'000;

// One of the programs, running.
class Program {
 public:
  Program(const std::string& name, std::vector<std::string> flags) {
    flags.insert(flags.begin(), std::string(DOSSIER_PROGRAMS_DIR) + "/" + name);
    std::vector<char*> arguments;
    for (std::string& flag : flags) arguments.push_back(flag.data());
    arguments.push_back(nullptr);
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDERR_FILENO);
      execv(arguments[0], arguments.data());
      _exit(127);
    }
    close(ends[1]);
    errors_ = ends[0];
  }
  Program(const Program&) = delete;
  ~Program() {
    if (pid_ > 0) Signal(SIGKILL);
    if (pid_ > 0) Wait();
    close(errors_);
  }

  void Signal(int number) { kill(pid_, number); }

  // The first event of this name from here on; null where it does not come.
  json AwaitEvent(const std::string& name) {
    for (std::string line; NextLine(line);) {
      const json event = json::parse(line, nullptr, /*allow_exceptions=*/false);
      EXPECT_FALSE(event.is_discarded()) << line;
      if (event.is_object() && event.value("event", "") == name) return event;
    }
    return nullptr;
  }

  // Its exit status; -1 where a signal ended it.
  int Wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  bool NextLine(std::string& line) {
    for (size_t end; (end = pending_.find('\n')) == std::string::npos;) {
      pollfd waiting{errors_, POLLIN, 0};
      char buffer[4096];
      if (poll(&waiting, 1, kWaitMs) != 1) return false;
      const ssize_t got = read(errors_, buffer, sizeof(buffer));
      if (got <= 0) return false;
      pending_.append(buffer, got);
    }
    const size_t end = pending_.find('\n');
    line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    return true;
  }

  pid_t pid_ = -1;
  int errors_ = -1;
  std::string pending_;
};

class MainsTest : public testing::Test {
 protected:
  MainsTest() {
    std::string name = (fs::temp_directory_path() / "dossier_mains_XXXXXX").string();
    dir_ = mkdtemp(name.data());
  }
  ~MainsTest() override { fs::remove_all(dir_); }

  std::string Dir(const std::string& name) const { return dir_ + "/" + name; }

  std::vector<std::string> IngestFlags() const {
    return {"--listen", "localhost:0", "--log",        "embedded:" + Dir("log"), "--view",
            Dir("own"), "--archive",   Dir("archive"), "--metrics-listen",       "127.0.0.1:0"};
  }
  std::vector<std::string> ProjectorFlags() const {
    return {"--listen", "localhost:0", "--log", "embedded:" + Dir("log"), "--view", Dir("view")};
  }
  std::vector<std::string> QueryFlags() const {
    return {"--listen", "localhost:0", "--view", Dir("view"), "--secondary-dir", Dir("secondary")};
  }

  static std::shared_ptr<grpc::Channel> ChannelTo(const json& serving) {
    ChannelOptions options;
    options.server = "localhost:" + std::to_string(serving.value("port", 0));
    return *OpenChannel(options);
  }

  // Loads one of the samples; the last sequence.
  static uint64_t Load(const std::shared_ptr<grpc::Channel>& channel) {
    std::ifstream file(std::string(DOSSIER_SOURCE_DIR) +
                       "/deploy/samples/transfers-2024-03-18.csv");
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    grpc::ClientContext context;
    auto stream = v1::IngestService::NewStub(channel)->LoadEdition(&context);
    v1::LoadEditionRequest request;
    request.mutable_options()->set_file_name("transfers-2024-03-18.csv");
    stream->Write(request);
    request.set_chunk(bytes);
    stream->Write(request);
    stream->WritesDone();
    uint64_t last_sequence = 0;
    for (v1::LoadEditionResponse response; stream->Read(&response);) {
      if (response.has_report()) last_sequence = response.report().last_sequence();
    }
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return last_sequence;
  }

  static v1::GetDossierResponse Ask(const std::shared_ptr<grpc::Channel>& channel,
                                    uint64_t wait_for_sequence) {
    grpc::ClientContext context;
    v1::GetDossierRequest request;
    request.set_actor("state:RUS");
    request.mutable_read_at()->set_wait_for_sequence(wait_for_sequence);
    v1::GetDossierResponse response;
    const grpc::Status status =
        v1::QueryService::NewStub(channel)->GetDossier(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  // How many deals of the sample were reported first after a year.
  static uint64_t ReportedSince(const std::shared_ptr<grpc::Channel>& channel, int year) {
    grpc::ClientContext context;
    v1::ListTransferChangesRequest request;
    request.set_source("sipri-deals");
    request.mutable_from()->mutable_known_by_date()->set_year(year);
    v1::ListTransferChangesResponse response;
    const grpc::Status status =
        v1::RevisionsService::NewStub(channel)->ListTransferChanges(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.verb_count_size() == 1 ? response.verb_count(0).count() : 0;
  }

  std::string dir_;
};

TEST_F(MainsTest, FromAnEditionToAnAnswerThroughThreeProcesses) {
  uint64_t last_sequence = 0;
  {
    Program ingest("dossier-ingest", IngestFlags());
    const json serving = ingest.AwaitEvent("serving");
    ASSERT_TRUE(serving.is_object());
    last_sequence = Load(ChannelTo(serving));
    EXPECT_GT(last_sequence, 2u);
    // Who loads can ask at the same address.
    EXPECT_EQ(Ask(ChannelTo(serving), last_sequence).dossier_size(), 1);
    const std::string page = Scrape(serving.value("metrics_port", 0));
    EXPECT_NE(page.find("\ndossier_view_sequence " + std::to_string(last_sequence) + "\n"),
              std::string::npos);
    ingest.Signal(SIGTERM);
    EXPECT_TRUE(ingest.AwaitEvent("stopped").is_object());
    EXPECT_EQ(ingest.Wait(), 0);
  }
  // The embedded log is one process's at a time.
  Program projector("dossier-projector", ProjectorFlags());
  ASSERT_TRUE(projector.AwaitEvent("serving").is_object());
  Program query("dossier-query", QueryFlags());
  const json serving = query.AwaitEvent("serving");
  ASSERT_TRUE(serving.is_object());
  const v1::GetDossierResponse response = Ask(ChannelTo(serving), last_sequence);
  EXPECT_EQ(response.answered_at().view_sequence(), last_sequence);
  ASSERT_EQ(response.dossier_size(), 1);
  EXPECT_EQ(response.dossier(0).source_size(), 1);
  EXPECT_EQ(ReportedSince(ChannelTo(serving), 2020), 12u);
  for (Program* program : {&query, &projector}) {
    program->Signal(SIGINT);
    EXPECT_TRUE(program->AwaitEvent("stopped").is_object());
    EXPECT_EQ(program->Wait(), 0);
  }
}

// A service for which no guard is written would keep the program from starting.
TEST_F(MainsTest, EveryProgramServesBehindTokens) {
  const std::string tokens = Dir("tokens");
  std::ofstream(tokens) << "reader-0123456789abcdef reader desk\n";
  const auto with_tokens = [&](std::vector<std::string> flags) {
    flags.insert(flags.end(), {"--tokens", tokens});
    return flags;
  };
  {
    Program ingest("dossier-ingest", with_tokens(IngestFlags()));
    ASSERT_TRUE(ingest.AwaitEvent("serving").is_object());
    ingest.Signal(SIGTERM);
    EXPECT_EQ(ingest.Wait(), 0);
  }
  Program projector("dossier-projector", with_tokens(ProjectorFlags()));
  ASSERT_TRUE(projector.AwaitEvent("serving").is_object());
  Program query("dossier-query", with_tokens(QueryFlags()));
  const json serving = query.AwaitEvent("serving");
  ASSERT_TRUE(serving.is_object());
  grpc::ClientContext context;
  v1::GetDossierResponse response;
  EXPECT_EQ(v1::QueryService::NewStub(ChannelTo(serving))
                ->GetDossier(&context, {}, &response)
                .error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(MainsTest, ATakenLogIsAFailureThatIsLogged) {
  Program ingest("dossier-ingest", IngestFlags());
  ASSERT_TRUE(ingest.AwaitEvent("serving").is_object());
  Program projector("dossier-projector", ProjectorFlags());
  const json failed = projector.AwaitEvent("failed");
  ASSERT_TRUE(failed.is_object());
  EXPECT_NE(failed.value("message", "").find("in use by another process"), std::string::npos);
  EXPECT_EQ(projector.Wait(), 1);
}

TEST_F(MainsTest, AQueryWithoutAViewFails) {
  Program query("dossier-query", QueryFlags());
  EXPECT_TRUE(query.AwaitEvent("failed").is_object());
  EXPECT_EQ(query.Wait(), 1);
}

TEST_F(MainsTest, FlagsCanComeFromAFile) {
  std::ofstream(Dir("flags")) << "listen = \"localhost:0\"\nlog = \"embedded:" << Dir("log")
                              << "\"\nview = \"" << Dir("view") << "\"\nlog-level = \"warning\"\n";
  Program projector("dossier-projector", {"--config", Dir("flags"), "--log-level", "info"});
  EXPECT_TRUE(projector.AwaitEvent("serving").is_object());
}

TEST_F(MainsTest, FlagsThatAreWrongEndTheProgram) {
  for (const char* name : {"dossier-ingest", "dossier-projector", "dossier-query"}) {
    Program missing(name, {});
    EXPECT_GT(missing.Wait(), 0) << name;
    Program unknown(name, {"--no-such-flag"});
    EXPECT_GT(unknown.Wait(), 0) << name;
  }
}

}  // namespace
}  // namespace dossier
