// The page that Prometheus reads.
#include "services/metrics.h"

#include <thread>

#include "process_fixture.h"
#include "tests/process/scrape.h"

namespace dossier {
namespace {

class MetricsTest : public ProcessTest {
 protected:
  MetricsTest() { options_.metrics_listen = "127.0.0.1:0"; }

  // Calls are counted when they end at the server, which may be after the client has its answer.
  bool Shows(const std::string& line) {
    for (int i = 0; i < 300; ++i) {
      if (Scrape(metrics_.port()).find("\n" + line + "\n") != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  Metrics metrics_;
};

TEST_F(MetricsTest, CallsAreCountedByMethodAndCode) {
  Serve(&metrics_);
  const auto channel = Connect();
  EXPECT_TRUE(CallAudit(channel).ok());
  EXPECT_TRUE(CallAudit(channel).ok());
  audit_.answer = absl::NotFoundError("nothing here");
  EXPECT_FALSE(CallAudit(channel).ok());
  const std::string method = "method=\"/dossier.v1.AuditService/GetDigests\"";
  EXPECT_TRUE(Shows("dossier_calls_total{code=\"OK\"," + method + "} 2"));
  EXPECT_TRUE(Shows("dossier_calls_total{code=\"NOT_FOUND\"," + method + "} 1"));
  EXPECT_TRUE(Shows("dossier_call_seconds_count{" + method + "} 3"));
  EXPECT_TRUE(Shows("dossier_calls_in_flight{" + method + "} 0"));
  server_.reset();
}

TEST_F(MetricsTest, DeniedCallsAndCallsUnderWayShow) {
  options_.tokens_file = dir_.File("tokens", "reader-0123456789abcdef reader desk\n");
  Serve(&metrics_);
  EXPECT_FALSE(CallAudit(Connect()).ok());
  EXPECT_TRUE(
      Shows("dossier_calls_total{code=\"UNAUTHENTICATED\",method=\"/dossier.v1.AuditService/"
            "GetDigests\"} 1"));
  client_.token = "reader-0123456789abcdef";
  grpc::ClientContext context;
  const auto reader = v1::FeedService::NewStub(Connect())->Watch(&context, {});
  const std::string method = "method=\"/dossier.v1.FeedService/Watch\"";
  EXPECT_TRUE(Shows("dossier_calls_in_flight{" + method + "} 1"));
  context.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::CANCELLED);
  EXPECT_TRUE(Shows("dossier_calls_in_flight{" + method + "} 0"));
  EXPECT_TRUE(Shows("dossier_calls_total{code=\"CANCELLED\"," + method + "} 1"));
  server_.reset();
}

TEST_F(MetricsTest, RegisteredValuesAreReadAtEachScrape) {
  std::atomic<int> sequence = 41;
  metrics_.AddGauge("dossier_view_sequence", "Last sequence of the view.",
                    [&] { return static_cast<double>(++sequence); });
  metrics_.AddCounter("dossier_editions_loaded_total", "Editions loaded.", [] { return 3.0; });
  ASSERT_TRUE(metrics_.Expose("127.0.0.1:0").ok());
  EXPECT_NE(Scrape(metrics_.port()).find("\ndossier_view_sequence 42\n"), std::string::npos);
  const std::string page = Scrape(metrics_.port());
  EXPECT_NE(page.find("\ndossier_view_sequence 43\n"), std::string::npos) << page;
  EXPECT_NE(page.find("# TYPE dossier_editions_loaded_total counter\n"), std::string::npos);
  EXPECT_NE(page.find("\ndossier_editions_loaded_total 3\n"), std::string::npos);
}

TEST_F(MetricsTest, ATakenPortIsAnError) {
  ASSERT_TRUE(metrics_.Expose("127.0.0.1:0").ok());
  options_.metrics_listen = "127.0.0.1:" + std::to_string(metrics_.port());
  Metrics others;
  const auto server = RunningServer::Start(options_, {&audit_}, &others);
  EXPECT_EQ(server.status().code(), absl::StatusCode::kUnavailable) << server.status();
}

}  // namespace
}  // namespace dossier
