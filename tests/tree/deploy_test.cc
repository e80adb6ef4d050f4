// What the files of deploy/ say of each other.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace dossier {
namespace {

std::string Deployed(const std::string& name) {
  const std::ifstream file(std::filesystem::path(DOSSIER_SOURCE_DIR) / "deploy" / name);
  EXPECT_TRUE(file.is_open()) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Deploy, ComposeRunsTheBrokerThatTheTestsRunAgainst) {
  const std::string compose = Deployed("compose/compose.yaml");
  EXPECT_NE(compose.find("image: apache/kafka:" + Deployed("kafka/VERSION")), std::string::npos);
}

TEST(Deploy, EveryUnitReadsTheFileOfFlagsThatItNames) {
  for (const std::string unit_name : {"dossier.service", "dossier-ingest.service",
                                      "dossier-projector.service", "dossier-query.service"}) {
    const std::string unit = Deployed("systemd/" + unit_name);
    const size_t named = unit.find("Flags: /etc/dossier/");
    ASSERT_NE(named, std::string::npos) << unit_name;
    const size_t file = named + sizeof("Flags: ") - 1;
    const std::string path = unit.substr(file, unit.find(".toml", file) + 5 - file);
    const size_t start = unit.find("ExecStart=");
    EXPECT_NE(unit.find(" --config " + path + " ", start), std::string::npos) << unit_name;
  }
}

}  // namespace
}  // namespace dossier
