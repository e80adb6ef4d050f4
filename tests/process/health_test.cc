// Health and reflection, as a load balancer and a tool see them.
#include <thread>

#include "process_fixture.h"

namespace dossier {
namespace {

constexpr char kCheck[] = "/grpc.health.v1.Health/Check";
constexpr char kWatch[] = "/grpc.health.v1.Health/Watch";
constexpr char kReflection[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
// HealthCheckResponse { status: SERVING }, and NOT_SERVING.
const std::string kServing("\x08\x01", 2);
const std::string kNotServing("\x08\x02", 2);

// HealthCheckRequest { service: name }.
std::string Request(const std::string& name) {
  return std::string("\x0a") + static_cast<char>(name.size()) + name;
}

using HealthTest = ProcessTest;

TEST_F(HealthTest, ServesUnderEachServicesName) {
  Serve();
  for (const char* name :
       {"", "dossier.v1.AuditService", "dossier.v1.FeedService", "dossier.v1.IngestService"}) {
    const auto health = RawCall(Connect(), kCheck, Request(name));
    ASSERT_TRUE(health.ok()) << name << " " << health.status();
    EXPECT_EQ(*health, kServing) << name;
  }
  EXPECT_EQ(RawCall(Connect(), kCheck, Request("dossier.v1.QueryService")).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(HealthTest, GoesDownAtTheBeginOfTheStop) {
  options_.stop_grace = std::chrono::seconds(2);
  Serve();
  const auto channel = Connect();
  std::vector<std::string> seen;
  std::thread watcher(
      [&] { seen = RawStream(channel, kWatch, Request("dossier.v1.AuditService"), 2); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  server_.reset();
  watcher.join();
  EXPECT_EQ(seen, (std::vector<std::string>{kServing, kNotServing}));
}

TEST_F(HealthTest, ReflectionListsTheServices) {
  Serve();
  // ServerReflectionRequest { list_services: "" }.
  const auto answers = RawStream(Connect(), kReflection, std::string("\x3a\x00", 2), 1);
  ASSERT_EQ(answers.size(), 1u);
  for (const char* name : {"dossier.v1.AuditService", "dossier.v1.FeedService",
                           "dossier.v1.IngestService", "grpc.health.v1.Health"}) {
    EXPECT_NE(answers[0].find(name), std::string::npos) << name;
  }
}

TEST_F(HealthTest, ReflectionListsGuardedServicesToo) {
  options_.tokens_file = dir_.File("tokens", "reader-0123456789abcdef reader desk\n");
  Serve();
  const auto answers = RawStream(Connect(), kReflection, std::string("\x3a\x00", 2), 1);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_NE(answers[0].find("dossier.v1.IngestService"), std::string::npos);
}

TEST_F(HealthTest, ATakenPortIsAnError) {
  Serve();
  ServerOptions again = options_;
  again.listen = client_.server;
  const auto second = RunningServer::Start(again, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(second.status().message().find(client_.server), std::string::npos);
}

TEST_F(HealthTest, WithoutASocketTheChannelInsideWorks) {
  options_.listen = "";
  Serve();
  EXPECT_EQ(server_->port(), 0);
  EXPECT_TRUE(CallAudit(server_->InProcessChannel()).ok());
  EXPECT_EQ(audit_.handled, 1);
}

}  // namespace
}  // namespace dossier
