// Tokens and roles: who may call what, and that a denied call never reaches its handler.
#include "services/guard.h"

#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "google/protobuf/descriptor.h"
#include "process_fixture.h"
#include "services/status_details.h"

namespace dossier {
namespace {

constexpr char kReaderToken[] = "reader-0123456789abcdef";
constexpr char kAnalystToken[] = "analyst-0123456789abcdef";
constexpr char kLoaderToken[] = "loader-0123456789abcdef";

enum class Call { kAudit, kWatch, kAppend, kLoad, kRetract };

class GuardTest : public ProcessTest {
 protected:
  GuardTest() {
    options_.tokens_file = dir_.File(
        "tokens", std::string("# who may call\n\n") + kReaderToken + " reader desk\n" +
                      kAnalystToken + " analyst anna\n" + kLoaderToken + "\tloader  nightly\n");
  }

  absl::Status Make(Call call, const std::string& token) {
    client_.token = token;
    return MakeOn(call, Connect());
  }

  absl::Status MakeOn(Call call, const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    const auto ingest = v1::IngestService::NewStub(channel);
    switch (call) {
      case Call::kAudit:
        return CallAudit(channel);
      case Call::kWatch: {
        const auto reader = v1::FeedService::NewStub(channel)->Watch(&context, {});
        v1::WatchResponse response;
        while (reader->Read(&response)) EXPECT_TRUE(response.caught_up());
        return FromGrpc(reader->Finish());
      }
      case Call::kAppend: {
        const auto stream = ingest->AppendEvents(&context);
        v1::AppendEventsRequest request;
        request.set_analyst(analyst_);
        stream->Write(request);
        stream->WritesDone();
        return FromGrpc(stream->Finish());
      }
      case Call::kLoad:
        return FromGrpc(ingest->LoadEdition(&context)->Finish());
      case Call::kRetract: {
        v1::RetractEditionResponse response;
        return FromGrpc(ingest->RetractEdition(&context, {}, &response));
      }
    }
    return absl::OkStatus();
  }

  int handled() const { return audit_.handled + feed_.handled + ingest_.handled; }

  std::string analyst_ = "anna";  // of the events that are appended
};

TEST_F(GuardTest, EachRoleMayWhatTheTableSays) {
  stop_.request_stop();  // a watch that is let through ends at once, with UNAVAILABLE
  Serve();
  const struct {
    Call call;
    bool reader, analyst, loader;
  } kTable[] = {{Call::kAudit, true, true, true},
                {Call::kWatch, true, true, true},
                {Call::kAppend, false, true, true},
                {Call::kLoad, false, false, true},
                {Call::kRetract, false, false, true}};
  for (const auto& row : kTable) {
    const auto expect = [&](const char* token, bool allowed) {
      const int before = handled();
      const absl::Status status = Make(row.call, token);
      EXPECT_EQ(handled() - before, allowed ? 1 : 0) << token << " " << static_cast<int>(row.call);
      if (allowed) {
        EXPECT_NE(status.code(), absl::StatusCode::kPermissionDenied) << status;
      } else {
        EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
        EXPECT_EQ(ErrorInfoOf(status).reason(), "ROLE_TOO_SMALL");
      }
    };
    expect(kReaderToken, row.reader);
    expect(kAnalystToken, row.analyst);
    expect(kLoaderToken, row.loader);
  }
}

TEST_F(GuardTest, AnAnalystsTokenAppendsUnderItsOwnNameAlone) {
  Serve();
  EXPECT_TRUE(Make(Call::kAppend, kAnalystToken).ok());
  analyst_ = "boris";
  const absl::Status status = Make(Call::kAppend, kAnalystToken);
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
  EXPECT_EQ(ErrorInfoOf(status).reason(), "OTHER_ANALYST");
  for (const char* name : {"\"anna\"", "\"boris\""}) {
    EXPECT_NE(status.message().find(name), absl::string_view::npos) << status;
  }
  EXPECT_TRUE(Make(Call::kAppend, kLoaderToken).ok());
}

TEST_F(GuardTest, WithoutATokenNothingRuns) {
  Serve();
  for (const Call call : {Call::kAudit, Call::kWatch, Call::kAppend, Call::kLoad, Call::kRetract}) {
    const absl::Status status = Make(call, "");
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
    EXPECT_EQ(ErrorInfoOf(status).reason(), "TOKEN_MISSING");
  }
  EXPECT_EQ(handled(), 0);
}

TEST_F(GuardTest, AnUnknownTokenRunsNothing) {
  Serve();
  for (const Call call : {Call::kAudit, Call::kWatch, Call::kAppend, Call::kLoad, Call::kRetract}) {
    const absl::Status status = Make(call, std::string(kLoaderToken) + "0");
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
    EXPECT_EQ(ErrorInfoOf(status).reason(), "TOKEN_UNKNOWN");
  }
  EXPECT_EQ(handled(), 0);
}

TEST_F(GuardTest, InProcessCallsNeedATokenToo) {
  Serve();
  for (const Call call : {Call::kAudit, Call::kWatch, Call::kAppend, Call::kLoad, Call::kRetract}) {
    const absl::Status status = MakeOn(call, server_->InProcessChannel());
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated) << status;
  }
  EXPECT_EQ(handled(), 0);
}

TEST_F(GuardTest, AnotherSchemeOrTwoTokensAreRefused) {
  Serve();
  const auto stub = v1::AuditService::NewStub(Connect());
  v1::GetDigestsResponse response;
  grpc::ClientContext basic;
  basic.AddMetadata("authorization", "Basic cmVhZGVyOnJlYWRlcg==");
  EXPECT_EQ(stub->GetDigests(&basic, {}, &response).error_code(), grpc::UNAUTHENTICATED);
  grpc::ClientContext twice;
  twice.AddMetadata("authorization", std::string("Bearer ") + kReaderToken);
  twice.AddMetadata("authorization", std::string("Bearer ") + kLoaderToken);
  EXPECT_EQ(stub->GetDigests(&twice, {}, &response).error_code(), grpc::UNAUTHENTICATED);
  grpc::ClientContext lower_case;
  lower_case.AddMetadata("authorization", std::string("bearer ") + kReaderToken);
  EXPECT_TRUE(stub->GetDigests(&lower_case, {}, &response).ok());
  EXPECT_EQ(audit_.handled, 1);
}

TEST_F(GuardTest, HealthAndReflectionAreOpen) {
  Serve();
  EXPECT_TRUE(RawCall(Connect(), "/grpc.health.v1.Health/Check", "").ok());
  EXPECT_EQ(RawStream(Connect(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                      std::string("\x3a\x00", 2), 1)
                .size(),
            1u);
}

TEST_F(GuardTest, QuestionsAboutSanctionsNeedAReadersToken) {
  v1::SanctionsService::Service sanctions;
  const auto server = RunningServer::Start(options_, {&sanctions}, nullptr);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = v1::SanctionsService::NewStub((*server)->InProcessChannel());
  const auto code = [&](const std::string& token) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    v1::SearchResponse response;
    return stub->Search(&context, {}, &response).error_code();
  };
  EXPECT_EQ(code(""), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(code(kReaderToken), grpc::StatusCode::UNIMPLEMENTED);  // the service's own answer
}

// A method that a guard lacks would be UNIMPLEMENTED instead.
TEST_F(GuardTest, EveryQuestionOfEveryServiceNeedsAToken) {
  v1::QueryService::Service query;
  v1::SanctionsService::Service sanctions;
  v1::TiesService::Service ties;
  v1::RevisionsService::Service revisions;
  v1::AuditService::Service audit;
  const std::vector<grpc::Service*> services = {&query, &sanctions, &ties, &revisions, &audit};
  const auto server = RunningServer::Start(options_, services, nullptr);
  ASSERT_TRUE(server.ok()) << server.status();
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const grpc::Service* service : services) {
    const auto* descriptor = pool->FindServiceByName(ServiceName(*service));
    ASSERT_NE(descriptor, nullptr) << ServiceName(*service);
    for (int i = 0; i < descriptor->method_count(); ++i) {
      const std::string method =
          "/" + descriptor->full_name() + "/" + descriptor->method(i)->name();
      EXPECT_EQ(RawCall((*server)->InProcessChannel(), method, "").status().code(),
                absl::StatusCode::kUnauthenticated)
          << method;
    }
  }
}

TEST_F(GuardTest, ATokenFromAFileIsSentWithoutItsLineEnd) {
  Serve();
  client_.token_file = dir_.File("token", std::string(kReaderToken) + "\n");
  EXPECT_TRUE(CallAudit(Connect()).ok());
}

TEST(ChannelOptionsTest, ATokenNeverTravelsInPlaintextToAnotherHost) {
  ChannelOptions options;
  options.server = "192.0.2.1:7400";
  options.token = kReaderToken;
  const auto channel = OpenChannel(options);
  EXPECT_EQ(channel.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ChannelOptionsTest, ATokenThatIsNoHeaderIsRefused) {
  ChannelOptions options;
  options.server = "localhost:7400";
  options.token = "two\nlines";
  const auto channel = OpenChannel(options);
  EXPECT_EQ(channel.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(TokensTest, ErrorsNameTheLineAndNeverTheToken) {
  const struct {
    const char* text;
    const char* error;
  } kWrong[] = {
      {"", "tokens: no tokens"},
      {"# only a comment\n", "tokens: no tokens"},
      {"reader-0123456789abcdef reader\n", "tokens:1: expected \"TOKEN ROLE NAME\", found 2 words"},
      {"\nshort reader x\n", "tokens:2: expected a token of 16 to 256"},
      {"reader-0123456789abcde! reader x\n", "tokens:1: expected a token of 16 to 256"},
      {"reader-0123456789abcdef admin x\n", "tokens:1: role \"admin\""},
      {"reader-0123456789abcdef reader x\nreader-0123456789abcdef loader y\n",
       "tokens:2: the token was given before, to x"},
  };
  for (const auto& wrong : kWrong) {
    const auto tokens = Tokens::Parse(wrong.text, "tokens");
    EXPECT_EQ(tokens.status().code(), absl::StatusCode::kInvalidArgument);
    const std::string message(tokens.status().message());
    EXPECT_EQ(message.find(wrong.error), 0u) << message;
    EXPECT_EQ(message.find("0123456789"), std::string::npos) << message;
  }
}

TEST(TokensTest, AFileThatIsMissingStopsTheStart) {
  ServerOptions options;
  options.listen = "localhost:0";
  options.tokens_file = "no/such/file";
  const auto server = RunningServer::Start(options, {});
  EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument) << server.status();
}

}  // namespace
}  // namespace dossier
