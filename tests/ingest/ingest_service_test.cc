#include "services/ingest/ingest_service.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "services/process.h"
#include "services/status_details.h"
#include "tests/ingest/ingest_fixture.h"

namespace dossier {
namespace {

using testing::HasSubstr;

class IngestServiceTest : public IngestFixture {
 protected:
  void SetUp() override {
    IngestFixture::SetUp();
    service_ = std::make_unique<IngestServer>(*ledger_, *archive_, table_);
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
    stub_ = v1::IngestService::NewStub(server_->InProcessChannel({}));
  }

  void TearDown() override {
    server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
    server_.reset();
    service_.reset();
    IngestFixture::TearDown();
  }

  static v1::LoadEditionRequest Options(const v1::LoadOptions& options) {
    v1::LoadEditionRequest request;
    *request.mutable_options() = options;
    return request;
  }

  static v1::LoadEditionRequest Chunk(const std::string& bytes) {
    v1::LoadEditionRequest request;
    request.set_chunk(bytes);
    return request;
  }

  // Sends the messages, closes, and returns the status; what came back is in responses_.
  absl::Status Send(const std::vector<v1::LoadEditionRequest>& requests) {
    grpc::ClientContext context;
    auto stream = stub_->LoadEdition(&context);
    for (const v1::LoadEditionRequest& request : requests) stream->Write(request);
    stream->WritesDone();
    responses_.clear();
    v1::LoadEditionResponse response;
    while (stream->Read(&response)) responses_.push_back(response);
    return FromGrpc(stream->Finish());
  }

  static v1::LoadOptions Named(const std::string& file_name) {
    v1::LoadOptions options;
    options.set_file_name(file_name);
    return options;
  }

  v1::AppendEventsRequest Event(char id, int number) {
    v1::AppendEventsRequest request;
    request.set_analyst("ann");
    request.mutable_event()->set_id(std::string(16, id));
    request.mutable_event()->set_record("deal");
    v1::Transfer& transfer = *request.mutable_event()->mutable_present()->mutable_transfer();
    transfer.mutable_supplier()->set_id("state:TUR");
    transfer.mutable_recipient()->set_id("state:UKR");
    transfer.set_designation("TB2");
    transfer.add_delivery()->set_number(number);
    return request;
  }

  std::vector<v1::LoadEditionResponse> responses_;
  std::unique_ptr<IngestServer> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::IngestService::Stub> stub_;
};

TEST_F(IngestServiceTest, AnEditionInChunksIsReportedLast) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Row{}});
  const absl::Status status =
      Send({Options(Named("r.csv")), Chunk(bytes.substr(0, 100)), Chunk(bytes.substr(100))});
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_FALSE(responses_.empty());
  const v1::LoadReport& report = responses_.back().report();
  EXPECT_EQ(report.edition().counts().published(), 1u);
  EXPECT_EQ(report.first_sequence(), 3u);
  EXPECT_EQ(report.last_sequence(), 4u);
  EXPECT_EQ(responses_.front().progress().step(), "comparing");
}

TEST_F(IngestServiceTest, ARefusedEditionIsReportedBeforeItsStatus) {
  Row wrong;
  wrong.deal = "1002";
  wrong.number = "nine";
  const std::string bytes = SipriEdition("1 Jan 2020", {Row{}, wrong});
  const absl::Status status = Send({Options(Named("r.csv")), Chunk(bytes)});
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_EQ(FieldViolationsOf(status).field_violations_size(), 1);
  ASSERT_FALSE(responses_.empty());
  EXPECT_EQ(responses_.back().report().rejection(0).line(), 6u);
  EXPECT_EQ(responses_.back().report().edition().counts().rejected(), 1u);
}

TEST_F(IngestServiceTest, ManyRejectionsFitIntoTheAnswer) {
  std::vector<Row> rows(3'000);
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].deal = std::to_string(10'000 + i);
    rows[i].number = i == 0 ? "1" : "a number that is none of the kind";
  }
  const absl::Status status =
      Send({Options(Named("r.csv")), Chunk(SipriEdition("1 Jan 2020", rows))});
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_GT(FieldViolationsOf(status).field_violations_size(), 5);
  ASSERT_FALSE(responses_.empty());
  EXPECT_EQ(responses_.back().report().rejection_size(), 1'000);
  EXPECT_EQ(responses_.back().report().edition().counts().rejected(), 2'999u);
}

TEST_F(IngestServiceTest, AnErrorNamesTheFile) {
  const absl::Status status = Send({Options(Named("r.csv")), Chunk("a,b\n")});
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("r.csv: "));
}

TEST_F(IngestServiceTest, MessagesOutOfPlaceAreRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(Send({})));
  EXPECT_TRUE(absl::IsInvalidArgument(Send({Chunk("x")})));
  EXPECT_TRUE(absl::IsInvalidArgument(Send({Options({}), Options({})})));
  EXPECT_TRUE(
      absl::IsInvalidArgument(Send({Options({}), Chunk(std::string((size_t{1} << 20) + 1, 'x'))})));
}

TEST_F(IngestServiceTest, AClientThatGoesAwayLeavesTheLogUntouched) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Row{}});
  {
    grpc::ClientContext context;
    auto stream = stub_->LoadEdition(&context);
    ASSERT_TRUE(stream->Write(Options(Named("r.csv"))));
    ASSERT_TRUE(stream->Write(Chunk(bytes)));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // A later load waits for what the first one may still do.
  ASSERT_TRUE(Send({Options(Named("other.csv")),
                    Chunk(SipriEdition("1 Jan 2021", {}) + bytes.substr(bytes.rfind("1001")))})
                  .ok());
  EXPECT_EQ(Known("1001/2001", "2020"), "unknown");
  EXPECT_EQ(Known("1001/2001", "2021"), "9");
}

TEST_F(IngestServiceTest, AThirdLoadWaitsForItsTurn) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Row{}});
  grpc::ClientContext contexts[kLoadsMax];
  std::vector<
      std::unique_ptr<grpc::ClientReaderWriter<v1::LoadEditionRequest, v1::LoadEditionResponse>>>
      open;
  for (grpc::ClientContext& context : contexts) {
    open.push_back(stub_->LoadEdition(&context));
    ASSERT_TRUE(open.back()->Write(Options(Named("open.csv"))));
    // A megabyte is answered with progress, which shows that the load has begun.
    ASSERT_TRUE(
        open.back()->Write(Chunk(bytes + std::string((size_t{1} << 20) - bytes.size(), '\n'))));
    v1::LoadEditionResponse response;
    ASSERT_TRUE(open.back()->Read(&response));
  }
  std::atomic<bool> done = false;
  absl::Status third;
  std::jthread loading([&] {
    third = Send({Options(Named("r.csv")), Chunk(bytes)});
    done = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(done);
  contexts[0].TryCancel();
  loading.join();
  EXPECT_TRUE(third.ok()) << third;
  contexts[1].TryCancel();
  for (auto& stream : open) stream->Finish();
}

TEST_F(IngestServiceTest, AnEventThatIsTooLargeIsRefusedInItsTurn) {
  grpc::ClientContext context;
  auto stream = stub_->AppendEvents(&context);
  v1::AppendEventsRequest large = Event('b', 2);
  large.mutable_event()->mutable_present()->mutable_transfer()->set_comment(
      std::string(size_t{3} << 20, 'c'));
  for (const auto& request : {Event('a', 1), large, Event('c', 3)}) {
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  std::vector<v1::AppendEventsResponse> responses(3);
  for (v1::AppendEventsResponse& response : responses) ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(responses[0].sequence(), 3u);
  EXPECT_EQ(responses[1].event_id(), std::string(16, 'b'));
  EXPECT_EQ(responses[1].sequence(), 0u);
  ASSERT_EQ(responses[1].violation_size(), 1);
  EXPECT_THAT(responses[1].violation(0).reason(), HasSubstr("at most 262144 are taken"));
  EXPECT_EQ(responses[2].sequence(), 4u);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(IngestServiceTest, ManyLargeEventsGoThroughABoundedQueue) {
  grpc::ClientContext context;
  auto stream = stub_->AppendEvents(&context);
  constexpr int kEvents = 100;  // 20 MB
  std::jthread writer([&] {
    for (int i = 0; i < kEvents; ++i) {
      v1::AppendEventsRequest request = Event('a', i);
      request.mutable_event()->set_id("event " + std::to_string(1'000'000'000 + i));
      for (int quote = 0; quote < 20; ++quote) {
        request.mutable_event()->add_citations()->set_quote(std::string(9'999, 'q'));
      }
      stream->Write(request);
    }
    stream->WritesDone();
  });
  v1::AppendEventsResponse response;
  for (int i = 0; i < kEvents; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.sequence(), 3u + i);
  }
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(IngestServiceTest, EventsAreAcknowledgedInOrderWhileTheStreamIsOpen) {
  grpc::ClientContext context;
  auto stream = stub_->AppendEvents(&context);
  v1::AppendEventsResponse response;
  ASSERT_TRUE(stream->Write(Event('a', 1)));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.sequence(), 3u);
  constexpr int kEvents = 2'000;
  std::jthread writer([&] {
    for (int i = 0; i < kEvents; ++i) {
      v1::AppendEventsRequest request = Event('b', i);
      request.mutable_event()->set_id("event " + std::to_string(1'000'000'000 + i));
      stream->Write(request);
    }
    stream->WritesDone();
  });
  for (int i = 0; i < kEvents; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.event_id(), "event " + std::to_string(1'000'000'000 + i));
    ASSERT_EQ(response.sequence(), 4u + i);
  }
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(IngestServiceTest, WithTokensAnAnalystWritesUnderItsOwnNameAlone) {
  const std::string tokens_file = dir_.path() + "/tokens";
  std::ofstream(tokens_file) << "ann-0123456789abcdef analyst ann\n";
  ServerOptions options;
  options.listen = "";
  options.tokens_file = tokens_file;
  const auto guarded = RunningServer::Start(options, {service_.get()});
  ASSERT_TRUE(guarded.ok()) << guarded.status();
  const auto stub = v1::IngestService::NewStub((*guarded)->InProcessChannel());
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer ann-0123456789abcdef");
  auto stream = stub->AppendEvents(&context);
  v1::AppendEventsRequest other = Event('b', 2);
  other.set_analyst("bob");
  ASSERT_TRUE(stream->Write(Event('a', 1)));
  ASSERT_TRUE(stream->Write(other));
  v1::AppendEventsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.sequence(), 3u);
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << status.error_message();
  EXPECT_THAT(status.error_message(), HasSubstr("\"ann\""));
  EXPECT_THAT(status.error_message(), HasSubstr("\"bob\""));
  EXPECT_EQ(Head(), 3u);
}

TEST_F(IngestServiceTest, AFailureOfTheLogReachesAClientThatWaits) {
  grpc::ClientContext context;
  auto stream = stub_->AppendEvents(&context);
  log_->Fail(FaultyLog::Fault::kBeforeCommit, 3);
  v1::AppendEventsResponse response;
  ASSERT_TRUE(stream->Write(Event('a', 1)));
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.sequence(), 0u);
  ASSERT_EQ(response.violation_size(), 1);
  stream->WritesDone();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(IngestServiceTest, AnEditionIsRetracted) {
  ASSERT_TRUE(Send({Options(Named("r.csv")), Chunk(SipriEdition("1 Jan 2020", {Row{}}))}).ok());
  grpc::ClientContext context;
  v1::RetractEditionRequest request;
  request.set_edition_id(responses_.back().report().edition().edition_id());
  request.set_reason("a mistake");
  v1::RetractEditionResponse response;
  ASSERT_TRUE(stub_->RetractEdition(&context, request, &response).ok());
  EXPECT_EQ(response.counts().voided(), 1u);
  EXPECT_EQ(response.last_sequence(), 6u);
  EXPECT_EQ(Known("1001/2001", "2020"), "unknown");
}

TEST_F(IngestServiceTest, AnEditionThatItsAdapterReadsAsBeforeIsLeftAlone) {
  ASSERT_TRUE(Send({Options(Named("r.csv")), Chunk(SipriEdition("1 Jan 2020", {Row{}}))}).ok());
  const uint64_t head = Head();
  v1::ReparseEditionRequest request;
  request.set_edition_id(responses_.back().report().edition().edition_id());
  v1::ReparseEditionResponse response;
  {
    grpc::ClientContext context;
    ASSERT_TRUE(stub_->ReparseEdition(&context, request, &response).ok());
  }
  EXPECT_TRUE(response.report().already_loaded());
  EXPECT_EQ(response.report().edition().file_name(), "r.csv");
  EXPECT_EQ(Head(), head);
  request.set_edition_id(std::string(16, 'x'));
  grpc::ClientContext context;
  EXPECT_EQ(stub_->ReparseEdition(&context, request, &response).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(IngestServiceTest, OriginalLinesAreShownWithContext) {
  Row accent;
  accent.deal = "1002";
  accent.designation = "Caf\xe9";  // Windows-1252
  const std::string bytes = SipriEdition("1 Jan 2020", {Row{}, accent});
  ASSERT_TRUE(Send({Options(Named("r.csv")), Chunk(bytes)}).ok());
  v1::GetOriginalRequest request;
  *request.mutable_locator() = EventKnown("1002/2001", "2020").locator();
  request.set_context(1);
  v1::GetOriginalResponse response;
  {
    grpc::ClientContext context;
    ASSERT_TRUE(stub_->GetOriginal(&context, request, &response).ok());
  }
  EXPECT_EQ(response.file_name(), "r.csv");
  ASSERT_EQ(response.line_size(), 2);
  EXPECT_EQ(response.line(0).number(), 5u);
  EXPECT_FALSE(response.line(0).located());
  EXPECT_TRUE(response.line(1).located());
  EXPECT_THAT(response.line(1).text(), HasSubstr("Caf\xc3\xa9"));

  const auto refused = [&](grpc::StatusCode code) {
    grpc::ClientContext context;
    EXPECT_EQ(stub_->GetOriginal(&context, request, &response).error_code(), code);
  };
  request.mutable_locator()->set_line(7);
  request.mutable_locator()->set_line_end(7);
  refused(grpc::StatusCode::INVALID_ARGUMENT);
  request.mutable_locator()->set_line(0);
  refused(grpc::StatusCode::INVALID_ARGUMENT);
  request.mutable_locator()->set_line(5);
  request.set_context(101);
  refused(grpc::StatusCode::INVALID_ARGUMENT);
  request.set_context(0);
  request.mutable_locator()->set_bytes_digest(std::string(32, 'x'));
  refused(grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace dossier
