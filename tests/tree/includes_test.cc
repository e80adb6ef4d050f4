// Keeps the tree as it is meant to be: which folder may include what, and a few rules of style.
//
//   proto <- storage
//   proto <- services/model         (of storage only the types of view_keys.h)
//   ingest, projector, query        include model, storage, proto and services/*.h, and never each
//                                   other; their main.cc also what a main wires
//   services/wiring                 what the mains share: the one place that names a concrete log
//   services/cli                    all of it in one process
//
// RocksDB's headers stand in storage alone, librdkafka's in storage/kafka_* alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLinesMax = 600;
constexpr size_t kColumnsMax = 100;

// The part of the tree that a file belongs to: its folder, for services two levels of it. What is
// in services itself is "services".
std::string PartOf(std::string_view path) {
  if (path.starts_with("dossier/v1/")) return "proto";
  const size_t first = path.find('/');
  if (first == std::string_view::npos) return "";
  if (!path.starts_with("services/")) return std::string(path.substr(0, first));
  const size_t second = path.find('/', first + 1);
  return std::string(path.substr(0, second == std::string_view::npos ? first : second));
}

// Parts that each part may include, beside itself and libraries.
const std::map<std::string, std::vector<std::string>> kAllowed = {
    {"storage", {"proto"}},
    {"services", {"proto"}},
    {"services/model", {"proto"}},
    {"services/ingest", {"proto", "storage", "services", "services/model"}},
    {"services/projector", {"proto", "storage", "services", "services/model"}},
    {"services/query", {"proto", "storage", "services", "services/model"}},
    {"services/wiring", {"proto", "storage", "services", "services/projector"}},
    {"services/cli",
     {"proto", "storage", "services", "services/model", "services/ingest", "services/projector",
      "services/query", "services/wiring"}},
};

bool IsMain(std::string_view file) {
  return file.ends_with("/main.cc") && !file.starts_with("services/cli/");
}

bool IsConcreteLog(std::string_view include) {
  return include.starts_with("storage/embedded_log") || include.starts_with("storage/kafka_");
}

// Why a source must not include a file; empty: it may.
std::string Verdict(const std::string& file, const std::string& include) {
  if (include.starts_with("rocksdb/")) {
    return PartOf(file) == "storage" ? "" : "RocksDB's headers stand in storage alone";
  }
  if (include.starts_with("librdkafka/")) {
    return file.starts_with("storage/kafka_") ? "" : "librdkafka's stand in storage/kafka_* alone";
  }
  const std::string from = PartOf(file);
  const std::string to = PartOf(include);
  if (IsConcreteLog(include) && from != "storage" && file != "services/wiring/open_log.cc") {
    return "only services/wiring/open_log.cc names a concrete log";
  }
  const bool ours = to == "proto" || to == "tests" || kAllowed.contains(to);
  if (!ours || from == to) return "";
  if (from == "services/model" && include == "storage/view_keys.h") return "";
  if (IsMain(file) && (to == "services/wiring" || to == "services/projector")) return "";
  if (file == "services/ingest/main.cc" && to == "services/query") return "";
  const auto& allowed = kAllowed.at(from);
  if (std::find(allowed.begin(), allowed.end(), to) != allowed.end()) return "";
  return from + " must not include " + to;
}

// What an include directive names; empty: the line is none.
std::string IncludedBy(std::string_view line) {
  constexpr std::string_view kInclude = "#include ";
  if (!line.starts_with(kInclude) || line.size() < kInclude.size() + 2) return "";
  line.remove_prefix(kInclude.size() + 1);
  return std::string(line.substr(0, line.find_first_of("\">")));
}

// Whether a word stands in a line by itself.
bool HasWord(std::string_view line, std::string_view word) {
  const auto is_letter = [&](size_t at) { return at < line.size() && std::isalnum(line[at]) != 0; };
  for (size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    if (!(at > 0 && is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

// Characters of a line in UTF-8.
size_t Columns(std::string_view line) {
  return std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

// Calls `visit` with each line of each source (*.h, *.cc, *.proto) below the folders, and its
// number from 1.
template <typename Visit>
size_t ForEachLine(const std::vector<std::string>& folders, const Visit& visit) {
  size_t files = 0;
  for (const std::string& folder : folders) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(DOSSIER_SOURCE_DIR) / folder)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc" && extension != ".proto") continue;
      ++files;
      const std::string file = fs::relative(entry.path(), DOSSIER_SOURCE_DIR);
      std::ifstream lines(entry.path());
      size_t number = 0;
      for (std::string line; std::getline(lines, line);) visit(file, ++number, line);
    }
  }
  return files;
}

TEST(Tree, IncludesRunOneWay) {
  size_t includes = 0;
  const size_t files =
      ForEachLine({"storage", "services"},
                  [&](const std::string& file, size_t number, const std::string& line) {
                    const std::string include = IncludedBy(line);
                    if (include.empty()) return;
                    ++includes;
                    EXPECT_EQ(Verdict(file, include), "") << file << ":" << number << ": " << line;
                  });
  EXPECT_GT(files, 100u);
  EXPECT_GT(includes, files);
}

TEST(Tree, ProtosIncludeOnlyProtos) {
  ForEachLine({"proto"}, [](const std::string& file, size_t number, const std::string& line) {
    constexpr std::string_view kImport = "import \"";
    if (!line.starts_with(kImport)) return;
    const std::string_view imported = std::string_view(line).substr(kImport.size());
    EXPECT_TRUE(imported.starts_with("dossier/v1/") || imported.starts_with("google/"))
        << file << ":" << number << ": " << line;
  });
}

TEST(Tree, ModelDoesNoInputAndReadsNoClock) {
  ForEachLine({"services/model"},
              [](const std::string& file, size_t number, const std::string& line) {
                for (const char* header : {"fstream", "iostream", "filesystem", "cstdio", "thread",
                                           "mutex", "chrono", "absl/time/clock.h"}) {
                  EXPECT_NE(IncludedBy(line), header) << file << ":" << number;
                }
                EXPECT_EQ(line.find("absl::Now("), std::string::npos) << file << ":" << number;
              });
}

TEST(Tree, FilesFitInTheHead) {
  std::map<std::string, size_t> lines_of;
  ForEachLine({"proto", "storage", "services", "tests"},
              [&](const std::string& file, size_t number, const std::string& line) {
                lines_of[file] = number;
                EXPECT_LE(Columns(line), kColumnsMax) << file << ":" << number;
              });
  for (const auto& [file, lines] : lines_of) {
    EXPECT_LE(lines, kLinesMax) << file;
  }
}

TEST(Tree, NothingIsLeftToBeDone) {
  // Put together, so that this file does not find itself.
  const std::vector<std::string> words = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                          std::string("XX") + "X"};
  ForEachLine({"proto", "storage", "services", "tests"},
              [&](const std::string& file, size_t number, const std::string& line) {
                for (const std::string& word : words) {
                  EXPECT_FALSE(HasWord(line, word)) << file << ":" << number << ": " << line;
                }
              });
}

TEST(Tree, HeadersAreIncludedOnce) {
  std::map<std::string, bool> guarded;
  ForEachLine({"storage", "services", "tests"},
              [&](const std::string& file, size_t, const std::string& line) {
                if (file.ends_with(".h")) guarded[file] |= line == "#pragma once";
              });
  for (const auto& [file, is_guarded] : guarded) EXPECT_TRUE(is_guarded) << file;
}

// The rules themselves.

TEST(TreeRules, RefuseWhatBreaksThem) {
  for (const auto& [file, include] : std::vector<std::pair<std::string, std::string>>{
           {"services/query/flows.cc", "services/ingest/loader.h"},
           {"services/ingest/loader.cc", "services/query/flows.h"},
           {"services/ingest/loader.cc", "services/projector/projector.h"},
           {"services/query/main.cc", "services/ingest/loader.h"},
           {"services/query/flows.cc", "storage/embedded_log.h"},
           {"services/cli/local_system.cc", "storage/embedded_log.h"},
           {"services/ingest/main.cc", "storage/kafka_log.h"},
           {"services/model/dates.cc", "storage/views.h"},
           {"services/model/dates.cc", "services/log.h"},
           {"services/log.cc", "services/model/dates.h"},
           {"storage/views.cc", "services/model/dates.h"},
           {"services/ingest/loader.cc", "services/cli/program.h"},
           {"services/query/flows.cc", "rocksdb/db.h"},
           {"storage/primary_views.cc", "librdkafka/rdkafka.h"},
           {"services/wiring/open_log.cc", "librdkafka/rdkafka.h"},
           {"services/query/flows.cc", "tests/storage/temp_dir.h"}}) {
    EXPECT_NE(Verdict(file, include), "") << file << " <- " << include;
  }
}

TEST(TreeRules, AllowWhatIsMeant) {
  for (const auto& [file, include] : std::vector<std::pair<std::string, std::string>>{
           {"services/ingest/main.cc", "services/projector/projector.h"},
           {"services/ingest/sources/csv_cells.cc", "services/ingest/edition_reader.h"},
           {"services/wiring/open_log.cc", "storage/kafka_log.h"},
           {"services/model/replan.h", "storage/view_keys.h"},
           {"services/query/flows.cc", "dossier/v1/query_service.pb.h"},
           {"services/query/flows.cc", "absl/status/status.h"},
           {"storage/kafka_log.cc", "librdkafka/rdkafka.h"}}) {
    EXPECT_EQ(Verdict(file, include), "") << file << " <- " << include;
  }
}

TEST(TreeRules, FindWordsByThemselves) {
  EXPECT_TRUE(HasWord("// WORD: later", "WORD"));
  EXPECT_FALSE(HasWord("dossier-WORDWORD", "WORD"));
  EXPECT_FALSE(HasWord("PASSWORD", "WORD"));
  EXPECT_EQ(Columns("\u00e9t\u00e9"), 3u);
}

}  // namespace
}  // namespace dossier
