// Wrong command lines: status 2, and a message that says what was expected.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using testing::HasSubstr;

class Usage : public testing::Test {
 protected:
  void SetUp() override {
    unsetenv("DOSSIER_DATA");
    unsetenv("DOSSIER_SERVER");
  }
};

void ExpectUsage(const std::vector<std::string>& arguments, const std::string& message) {
  const Ran ran = RunDossier(arguments);
  EXPECT_EQ(ran.status, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr(message));
  EXPECT_EQ(ran.out, "");
}

TEST_F(Usage, ACommandIsRequired) { ExpectUsage({}, "subcommand"); }

TEST_F(Usage, SaysWhereTheDataCouldBe) { ExpectUsage({"sources"}, "give --data DIR"); }

TEST_F(Usage, ServerAndDataExcludeEachOther) {
  ExpectUsage({"--data", "a", "--server", "b:1", "sources"}, "--data");
}

TEST_F(Usage, ServerAndDataOfTheEnvironmentExcludeEachOther) {
  setenv("DOSSIER_DATA", "a", 1);
  setenv("DOSSIER_SERVER", "b:1", 1);
  ExpectUsage({"sources"}, "both named");
  SetUp();
}

TEST_F(Usage, DatesAreChecked) {
  ExpectUsage({"show", "Iran", "--effective", "2024-13"}, "--effective");
  ExpectUsage({"show", "Iran", "--known-by", "yesterday"}, "neither a date");
  ExpectUsage({"show", "Iran", "--at-sequence", "0"}, "--at-sequence");
  ExpectUsage({"show", "Iran", "--at-sequence", "4", "--accepted-by", "2024"}, "--accepted-by");
}

TEST_F(Usage, ArgumentsAreChecked) {
  ExpectUsage({"show"}, "actor is required");
  ExpectUsage({"show", "Iran", "Iraq"}, "Iraq");
  ExpectUsage({"flows", "--by", "year"}, "--by");
  ExpectUsage({"flows", "--window", "5"}, "--window needs --from");
  ExpectUsage({"transfers", "--stage", "lost"}, "--stage");
  ExpectUsage({"transfers", "--limit", "5", "--all"}, "--all");
  ExpectUsage({"tie", "Iran"}, "b is required");
  ExpectUsage({"tie", "Iran", "Iraq", "Italy"}, "Italy");
  ExpectUsage({"tie", "Iran", "Iraq", "--from", "2019"}, "--from");
  ExpectUsage({"tie", "Iran", "Iraq", "--top", "3", "--all"}, "--all");
  ExpectUsage({"ties", "Iran"}, "actors");
  ExpectUsage({"ties", "Iran", "Iraq", "--from", "2024-11", "--to", "2019"},
              "--from 2024-11 is after --to 2019");
  ExpectUsage({"ties", "Iran", "Iraq", "--to", "2019"}, "--to requires --from");
  ExpectUsage({"ties", "Iran", "Iraq", "--from", "2019", "--effective", "2020"}, "--effective");
  ExpectUsage({"treaty"}, "treaty is required");
  ExpectUsage({"treaties", "--standing", "signed"}, "--standing requires --party");
  ExpectUsage({"treaties", "--party", "Iran", "--standing", "sealed"},
              "\"sealed\": expected one of ended, none, signed");
  ExpectUsage({"treaties", "--obligation", "love"}, "expected one of defense, offense");
  ExpectUsage({"line", "sipri-deals"}, "expected SOURCE RECORD");
  ExpectUsage({"line", "--edition", "abcd"}, "expected SOURCE RECORD");
  ExpectUsage({"retract", "abcd"}, "--reason");
  ExpectUsage({"rebuild"}, "expected --data DIR");
  ExpectUsage({"serve"}, "expected --data DIR");
  ExpectUsage({"--json", "--csv", "sources"}, "--json");
}

TEST_F(Usage, EveryCommandExplainsItself) {
  const std::vector<std::string> commands = {"load",    "show",    "transfers", "flows",  "history",
                                             "line",    "watch",   "replay",    "append", "retract",
                                             "actors",  "sources", "editions",  "status", "digest",
                                             "rebuild", "serve",   "tie",       "ties",   "treaty",
                                             "treaties", "compare"};
  for (const std::string& command : commands) {
    const Ran ran = RunDossier({command, "--help"});
    EXPECT_EQ(ran.status, 0) << command;
    EXPECT_THAT(ran.out, HasSubstr("Examples:\n  dossier ")) << command;
  }
}

TEST_F(Usage, AServerThatIsNotThereIsAFailure) {
  const Ran ran = RunDossier({"--server", "127.0.0.1:1", "sources"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("dossier: sources: "));
}

TEST_F(Usage, AMissingFolderIsNotMadeByAQuestion) {
  const Ran ran = RunDossier({"--data", "/nonexistent/dossier", "sources"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("/nonexistent/dossier"));
}

}  // namespace
}  // namespace dossier
