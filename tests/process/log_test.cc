// Log lines: one JSON object each, whatever the values hold.
#include "services/log.h"

#include <sstream>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/process.h"

namespace dossier {
namespace {

// What goes to stderr while `act` runs, line by line, as JSON.
template <typename Act>
std::vector<nlohmann::json> Logged(const Act& act) {
  testing::internal::CaptureStderr();
  act();
  std::istringstream lines(testing::internal::GetCapturedStderr());
  std::vector<nlohmann::json> parsed;
  for (std::string line; std::getline(lines, line);) {
    parsed.push_back(nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false));
  }
  return parsed;
}

TEST(LogTest, AnEventIsOneObjectWithItsFields) {
  const auto lines = Logged([] {
    StartLogging("dossier-ingest", "info");
    LogEvent(LogLevel::kInfo, "edition_loaded",
             {{"file", "deals.csv"}, {"published", uint64_t{29500}}, {"baseline", true}});
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["program"], "dossier-ingest");
  EXPECT_EQ(lines[0]["level"], "info");
  EXPECT_EQ(lines[0]["event"], "edition_loaded");
  EXPECT_EQ(lines[0]["file"], "deals.csv");
  EXPECT_EQ(lines[0]["published"], 29500);
  EXPECT_EQ(lines[0]["baseline"], true);
  EXPECT_EQ(lines[0]["time"].get<std::string>().size(),
            std::string("2026-01-01T00:00:00.000000Z").size());
}

TEST(LogTest, EveryByteValueStaysOnOneValidLine) {
  std::string hostile;
  for (int byte = 0; byte < 256; ++byte) hostile += static_cast<char>(byte);
  hostile += "\"}\n{\"event\":\"forged\"} %v %n {} \\";
  const auto lines = Logged([&] {
    StartLogging("a\"%v\n", "info");
    LogEvent(LogLevel::kError, hostile, {{hostile, hostile}});
  });
  ASSERT_EQ(lines.size(), 1u);
  ASSERT_FALSE(lines[0].is_discarded());
  EXPECT_EQ(lines[0]["program"], "a\"%v\n");
  EXPECT_EQ(lines[0].size(), 5u);
  const std::string event = lines[0]["event"];
  EXPECT_NE(event.find("\"}\n{\"event\":\"forged\"} %v %n {} \\"), std::string::npos);
}

TEST(LogTest, EventsBelowTheLevelAreLeftOut) {
  const auto lines = Logged([] {
    StartLogging("dossier", "warning");
    LogEvent(LogLevel::kInfo, "quiet");
    LogEvent(LogLevel::kWarning, "loud");
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["event"], "loud");
}

}  // namespace
}  // namespace dossier
