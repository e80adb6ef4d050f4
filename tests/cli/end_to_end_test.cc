// The whole program on a folder of its own: the sample publications in, answers out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string kSamples = std::string(DOSSIER_SOURCE_DIR) + "/deploy/samples/";
const std::string kOlder = kSamples + "transfers-2024-03-18.csv";
const std::string kNewer = kSamples + "transfers-2025-03-13.csv";

std::string ReadWhole(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

class EndToEnd : public testing::Test {
 protected:
  EndToEnd() {
    std::string name = (fs::temp_directory_path() / "dossier_cli_XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~EndToEnd() override { fs::remove_all(root_); }

  Ran Dossier(std::vector<std::string> arguments, const std::string& in = "") {
    arguments.insert(arguments.begin(), {"--data", (root_ / "data").string()});
    return RunDossier(arguments, {.channel = nullptr, .in = in, .width = 0, .stop = {}});
  }
  std::string Out(std::vector<std::string> arguments) {
    const Ran ran = Dossier(std::move(arguments));
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  std::string Write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name) << text;
    return (root_ / name).string();
  }
  void LoadSamples() { ASSERT_EQ(Dossier({"load", kOlder, kNewer}).status, 0); }

  fs::path root_;
};

TEST_F(EndToEnd, LoadReportsEachFile) {
  const Ran ran = Dossier({"load", kOlder, kNewer, kOlder});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("sipri-deals, published 2024-03-18"));
  EXPECT_THAT(ran.out, HasSubstr("(generated)"));
  EXPECT_THAT(ran.out, HasSubstr("12 read = 12 published + 0 unchanged + 0 rejected"));
  EXPECT_THAT(ran.out, HasSubstr("already loaded, nothing to do"));
}

TEST_F(EndToEnd, AFailingFileIsSaidAndDoesNotStopTheOthers) {
  std::string text = ReadWhole(kOlder);
  const size_t year = text.find(",No,600,Yes,2023,");
  ASSERT_NE(year, std::string::npos);
  text.replace(year, 17, ",No,600,Yes,never,");
  const std::string broken = Write("broken.csv", text);
  const Ran ran = Dossier({"load", broken, (root_ / "missing.csv").string(), kOlder});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("dossier: load " + broken + ": 1 of 12 records cannot be read"));
  EXPECT_TRUE(std::regex_search(ran.err, std::regex("broken\\.csv:14(:[0-9]+)?: .*never")))
      << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("missing.csv: cannot be read: No such file"));
  EXPECT_THAT(ran.err, HasSubstr("2 of 3 files failed"));
  EXPECT_THAT(ran.out, HasSubstr("12 published"));
}

TEST_F(EndToEnd, ADryRunAppendsNothing) {
  EXPECT_THAT(Out({"load", "--dry-run", kOlder}), HasSubstr("would be loaded"));
  EXPECT_THAT(Out({"sources"}), HasSubstr("No source"));
}

TEST_F(EndToEnd, ShowIsAPageAtTheCut) {
  LoadSamples();
  const std::string now = Out({"show", "Egypt"});
  EXPECT_THAT(now, HasSubstr("state:EGY"));
  EXPECT_THAT(now, HasSubstr("As recipient"));
  EXPECT_THAT(now, HasSubstr("France"));
  EXPECT_THAT(now, HasSubstr("1,320"));
  EXPECT_THAT(now, HasSubstr("Sequence "));
  const std::string before = Out({"show", "Egypt", "--known-by", "2023"});
  EXPECT_THAT(before, Not(HasSubstr("1,320")));
  EXPECT_THAT(Out({"show", "Egypt", "--csv"}),
              HasSubstr("state:EGY,sipri-deals,recipient,total,,,,,1320.00,0.00,5,1,24\n"));
}

TEST_F(EndToEnd, FlowsOfBothEditions) {
  LoadSamples();
  const std::string then = Out({"flows", "--by", "supplier", "--from", "2022", "--to", "2023",
                                "--known-by", "2024-12-31", "--csv"});
  EXPECT_EQ(then,
            "supplier,supplier_name,year,tiv\n"
            "state:IRN,Iran,2022,120.00\n"
            "state:IRN,Iran,2023,120.00\n"
            "state:USA,United States,2022,8.80\n");
  EXPECT_THAT(Out({"flows", "--from", "2022", "--to", "2023", "--csv"}),
              HasSubstr("state:IRN,Iran,2023,200.00\n"));
  EXPECT_THAT(Out({"flows"}), HasSubstr("TIV, millions"));
}

TEST_F(EndToEnd, TransfersHistoryAndLineLeadToTheOriginal) {
  LoadSamples();
  EXPECT_THAT(Out({"transfers", "--supplier", "Iran", "--csv"}), HasSubstr("Shahed-136"));
  const std::string history = Out({"history", "sipri-deals", "1/2023"});
  EXPECT_THAT(history, HasSubstr("reported"));
  EXPECT_THAT(history, HasSubstr("revised (new deliveries, revaluation)"));
  EXPECT_THAT(history, HasSubstr("transfers-2024-03-18.csv:14"));
  EXPECT_THAT(history, HasSubstr("600 -> 2000"));
  const std::string line = Out({"line", "sipri-deals", "1/2023", "--known-by", "2024"});
  EXPECT_THAT(line, HasSubstr("transfers-2024-03-18.csv\n"));
  EXPECT_THAT(line, HasSubstr(">     14  1,Iran,Russia,Shahed-136"));
  EXPECT_THAT(line, HasSubstr("600,Yes,2023"));
}

TEST_F(EndToEnd, AnEditionIsFoundByItsIdAndRetracted) {
  LoadSamples();
  const std::string editions = Out({"editions", "--csv"});
  std::smatch id;
  const std::regex newer("\n([0-9a-f]{32}),sipri-deals,2025");
  ASSERT_TRUE(std::regex_search(editions, id, newer)) << editions;
  EXPECT_THAT(Out({"line", "--edition", id[1].str().substr(0, 8), "--line", "12"}),
              HasSubstr(">     12  SIPRI AT Database ID"));
  EXPECT_THAT(Out({"retract", id[1].str(), "--reason", "a test"}), HasSubstr("Retracted "));
  EXPECT_THAT(Out({"flows", "--from", "2023", "--to", "2023", "--csv"}),
              HasSubstr("state:IRN,Iran,2023,120.00\n"));
  EXPECT_EQ(Dossier({"retract", id[1].str(), "--reason", "again"}).status, 1);
}

TEST_F(EndToEnd, AnAnalystsEventsAreAcknowledgedOrRefused) {
  LoadSamples();
  const std::string good =
      R"({"id":"AAAAAAAAAAAAAAAAAAAAAQ==","record":"r1","present":{"transfer":{)"
      R"("supplier":{"id":"state:FRA","printed_name":"France"},)"
      R"("recipient":{"id":"state:EGY","printed_name":"Egypt"},"designation":"Rafale"}}})";
  const std::string bad = R"({"id":"AAAA","present":{"transfer":{}}})";
  const Ran ran =
      Dossier({"append", "--analyst", "ana", "-"}, good + "\n\n" + bad + "\nnot json\n" + good);
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("line 1: event 00000000000000000000000000000001 stored"));
  EXPECT_THAT(ran.out, HasSubstr("line 5: event 00000000000000000000000000000001 was stored"));
  EXPECT_THAT(ran.err, HasSubstr("-:3: event.id: "));
  EXPECT_THAT(ran.err, HasSubstr("-:3: event.record: "));
  EXPECT_THAT(ran.err, HasSubstr("-:4: expected an Event as JSON: Unexpected token.\n"));
  EXPECT_THAT(Out({"history", "analyst:ana", "r1"}), HasSubstr("by ana"));
}

TEST_F(EndToEnd, AnAnalystsTextFormat) {
  const std::string file = Write("two.txtpb",
                                 "---\nid: '0123456789abcdef'\nrecord: 'r1'\npresent { transfer {\n"
                                 "supplier { printed_name: 'France' } recipient { printed_name: "
                                 "'Egypt' } designation: 'Rafale' } }\n---\nid: 7\n");
  const Ran ran = Dossier({"append", "--analyst", "ana", file});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("line 2: event 30313233343536373839616263646566 stored"));
  EXPECT_THAT(ran.err, HasSubstr("two.txtpb:7: expected an Event in text format: line 1"));
}

TEST_F(EndToEnd, WatchAndReplay) {
  LoadSamples();
  const std::string watched = Out({"watch", "--until-caught-up", "--news-only"});
  EXPECT_THAT(watched,
              HasSubstr("news  revised (new deliveries, revaluation)  sipri-deals 1/2023"));
  EXPECT_THAT(watched, Not(HasSubstr("baseline")));
  EXPECT_THAT(Out({"watch", "--until-caught-up", "--csv"}), HasSubstr(",baseline,reported,"));
  EXPECT_THAT(Out({"replay", "--first", "1", "--last", "1"}), HasSubstr("genesis"));
  EXPECT_THAT(Out({"replay", "--csv"}), HasSubstr("edition loaded,sipri-deals"));
}

TEST_F(EndToEnd, ARebuiltViewAgrees) {
  LoadSamples();
  const std::string before = Out({"digest"});
  const std::string rebuilt = Out({"rebuild"});
  EXPECT_THAT(rebuilt, HasSubstr("They agree."));
  EXPECT_THAT(rebuilt, HasSubstr(before.substr(before.find_first_not_of(" view"), 64)));
  EXPECT_EQ(Out({"digest"}), before);
}

TEST_F(EndToEnd, ARebuildReplacesAViewThatDoesNotRead) {
  LoadSamples();
  const std::string before = Out({"digest"});
  std::ofstream(root_ / "data" / "view" / "CURRENT") << "MANIFEST-none\n";
  EXPECT_EQ(Dossier({"digest"}).status, 1);
  EXPECT_THAT(Out({"rebuild"}), HasSubstr("view before       could not be read"));
  EXPECT_EQ(Out({"digest"}), before);
}

TEST_F(EndToEnd, StatusAndActors) {
  LoadSamples();
  EXPECT_THAT(Out({"status"}), HasSubstr("writers_opened"));
  EXPECT_THAT(Out({"sources", "--csv"}), HasSubstr("\nsipri-deals,2,"));
  EXPECT_THAT(Out({"actors", "viet"}), HasSubstr("state:VNM"));
}

TEST_F(EndToEnd, ServeSaysWhereAndStopsWhenTold) {
  LoadSamples();
  std::stop_source stop;
  stop.request_stop();
  const Ran ran =
      RunDossier({"serve", "--data", (root_ / "data").string(), "--listen", "127.0.0.1:0"},
                 {.channel = nullptr, .in = "", .width = 0, .stop = stop.get_token()});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(std::regex_match(ran.out, std::regex("serving on 127\\.0\\.0\\.1:[1-9][0-9]*\n")))
      << ran.out;
}

TEST_F(EndToEnd, ServeTakesItsFlagsFromAFileAndTheCommandLineOverIt) {
  std::stop_source stop;
  stop.request_stop();
  const RunWith stopped{.channel = nullptr, .in = "", .width = 0, .stop = stop.get_token()};
  const std::string data = (root_ / "data").string();
  const std::string file = Write(
      "dossier.toml", "listen = \"127.0.0.2:0\"\ndata = \"" + data + "\"\nlog-level = \"error\"\n");
  EXPECT_THAT(RunDossier({"serve", "--config", file}, stopped).out,
              HasSubstr("serving on 127.0.0.2:"));
  EXPECT_THAT(RunDossier({"serve", "--listen", "127.0.0.1:0", "--config", file}, stopped).out,
              HasSubstr("serving on 127.0.0.1:"));
  const std::string tokens =
      Write("tokens.toml", "listen = \"127.0.0.1:0\"\ntokens = \"/nonexistent/tokens\"\n");
  const Ran locked = RunDossier({"--data", data, "serve", "--config", tokens}, stopped);
  EXPECT_EQ(locked.status, 1);
  EXPECT_THAT(locked.err, HasSubstr("/nonexistent/tokens"));
}

TEST_F(EndToEnd, AFileOfFlagsThatDoesNotReadServesNothing) {
  const std::string misspelt = Write("misspelt.toml", "tokenz = \"/etc/dossier/tokens\"\n");
  for (const std::string& file : {misspelt, (root_ / "missing.toml").string()}) {
    const Ran ran = Dossier({"serve", "--listen", "127.0.0.1:0", "--config", file});
    EXPECT_EQ(ran.status, 2) << file;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(file == misspelt ? "tokenz" : "missing.toml"));
  }
}

}  // namespace
}  // namespace dossier
