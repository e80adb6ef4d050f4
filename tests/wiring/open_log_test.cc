// Which log the flags name.
#include "services/wiring/open_log.h"

#include <filesystem>

#include "CLI/CLI.hpp"
#include "gtest/gtest.h"

namespace dossier {
namespace {

absl::Status OpenNamed(const std::string& name, std::vector<std::string> properties = {}) {
  LogOptions options;
  options.log = name;
  options.kafka_properties = std::move(properties);
  return OpenLog(options).status();
}

TEST(OpenLogTest, NamesThatAreNoLogAreRefused) {
  for (const char* name : {"", "embedded", "embedded:", "kafka:", "kafka:localhost:9092",
                           "kafka:/topic", "kafka:localhost:9092/", "/var/lib/dossier/log"}) {
    const absl::Status status = OpenNamed(name);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << name << ": " << status;
    EXPECT_NE(status.message().find("expected"), std::string::npos) << status;
  }
}

TEST(OpenLogTest, APropertyWithoutANameIsRefusedAndNotRepeated) {
  const absl::Status status = OpenNamed("kafka:localhost:9092/topic", {"=secret"});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message().find("secret"), std::string::npos) << status;
}

TEST(OpenLogTest, AnEmbeddedLogOpensInItsFolder) {
  std::string dir = (std::filesystem::temp_directory_path() / "dossier_open_log_XXXXXX").string();
  ASSERT_NE(mkdtemp(dir.data()), nullptr);
  EXPECT_TRUE(OpenNamed("embedded:" + dir + "/log").ok());
  EXPECT_TRUE(std::filesystem::exists(dir + "/log/CURRENT"));
  std::filesystem::remove_all(dir);
}

TEST(LogFlagsTest, FlagsFillTheOptions) {
  CLI::App app;
  LogOptions options;
  AddLogFlags(app, options);
  app.parse(
      "--log kafka:a:1,b:2/topic --kafka-replication-factor 3 --kafka-min-insync-replicas 2 "
      "--kafka-property security.protocol=SSL --kafka-property ssl.ca.location=/ca.pem",
      /*program_name_included=*/false);
  EXPECT_EQ(options.log, "kafka:a:1,b:2/topic");
  EXPECT_EQ(options.kafka_replication_factor, 3);
  EXPECT_EQ(options.kafka_min_insync_replicas, 2);
  EXPECT_EQ(options.kafka_properties,
            (std::vector<std::string>{"security.protocol=SSL", "ssl.ca.location=/ca.pem"}));
}

}  // namespace
}  // namespace dossier
