// Tables of the UN Treaty Collection through the loader: each is a whole of its own treaty, and no
// more; and the published ones, where they are at hand.
#include <gmock/gmock.h>

#include <filesystem>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/untc_csv.h"
#include "services/ingest/sources/untc_index_csv.h"
#include "tests/ingest/ingest_fixture.h"
#include "tests/ingest/nothing_dropped_walk_fixture.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class UntcLoadingTest : public IngestFixture {
 protected:
  std::string LoadTable(const std::string& file_name, const std::string& publish_date,
                        const std::string& bytes) {
    v1::LoadOptions options;
    options.set_file_name(file_name);
    options.set_publish_date(publish_date);
    options.set_accept_ending(true);
    const Loaded loaded = Load(bytes, options);
    return loaded.status.ok() ? loaded.Counts() : Message(loaded.status);
  }
};

TEST_F(UntcLoadingTest, ATableEndsOnlyWhatItsOwnTreatyHeld) {
  const std::string two = "Participant,Signature\nPeru,1 Jan 2001\nChad,2 Feb 2002\n";
  const std::string one = "Participant,Signature\nPeru,1 Jan 2001\n";
  const std::string index =
      "chapter_no,treaty_no,treaty_name,url,chapter_url,chapter_name\n90,1,Convention,,,\n";
  EXPECT_THAT(LoadTable("untc_index.csv", "2015-03-14", index), HasSubstr("published 1"));
  // The same day, and the same bytes: the name alone tells two treaties apart.
  EXPECT_THAT(LoadTable("90-1.csv", "2015-03-14", two), HasSubstr("published 2"));
  EXPECT_THAT(LoadTable("90-2.csv", "2015-03-14", two + "Fiji,\n"), HasSubstr("published 3"));
  EXPECT_THAT(LoadTable("90-1.csv", "2016-03-14", one),
              HasSubstr("published 0 + unchanged 1 + rejected 0; absent 1"));
  EXPECT_THAT(LoadTable("table.csv", "2016-03-14", one),
              HasSubstr("expected <chapter>-<treaty>.csv"));
}

// The published folder; empty: it is not at hand.
std::vector<std::filesystem::path> PublishedTables() {
  std::set<std::filesystem::path> paths;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(
           absl::StrCat(kPublishedLists, "../treaties/untc_2015"), missing)) {
    paths.insert(entry.path());
  }
  return {paths.begin(), paths.end()};
}

std::string BytesOf(const std::filesystem::path& path) {
  return PublishedList("../treaties/untc_2015/" + path.filename().string());
}

TEST(UntcPublishedTest, EveryCellOfEveryTableIsAnAct) {
  const auto paths = PublishedTables();
  if (paths.empty()) GTEST_SKIP() << kNoPublishedFiles;
  EXPECT_EQ(paths.size(), 101u);
  size_t participants = 0, cells = 0, records = 0, unresolved = 0;
  std::map<std::string, size_t> acts;
  for (const std::filesystem::path& path : paths) {
    const std::string bytes = BytesOf(path);
    for (const PublishedField& field : WalkCells(bytes, {})) {
      ++(field.heading == "Participant" ? participants : cells);
    }
    const TableReading reading =
        ReadTable(UntcCsvFormat(), bytes, 1 << 20, path.filename().string());
    ASSERT_TRUE(reading.status.ok()) << path << ": " << reading.status;
    EXPECT_THAT(reading.rejections, IsEmpty()) << path;
    records += reading.records.size();
    for (const EditionRecord& record : reading.records) {
      const v1::TreatyParty& party = record.present.treaty().party(0);
      unresolved += IsUnresolved(party.party().id());
      for (const v1::TreatyAct& act : party.act()) ++acts[v1::ActKind_Name(act.kind())];
    }
  }
  EXPECT_EQ(participants, 9'847u);
  EXPECT_EQ(records, 9'847u);
  EXPECT_EQ(unresolved, 0u);
  size_t all = 0;
  for (const auto& [kind, count] : acts) all += count;
  EXPECT_EQ(all, cells);
  EXPECT_EQ(acts, (std::map<std::string, size_t>{
                      {"ACT_KIND_SIGNATURE", 4'146},
                      {"ACT_KIND_DEFINITIVE_SIGNATURE", 71},
                      {"ACT_KIND_RATIFICATION", 3'410},
                      {"ACT_KIND_ACCESSION", 2'926},
                      {"ACT_KIND_ACCEPTANCE", 381},
                      {"ACT_KIND_APPROVAL", 14},
                      {"ACT_KIND_FORMAL_CONFIRMATION", 6},
                      // 3 of them participations in treaty 18-2.
                      {"ACT_KIND_CONSENT_TO_BE_BOUND", 291},
                      {"ACT_KIND_APPLICATION", 1'602},
                      {"ACT_KIND_PROVISIONAL_APPLICATION", 22},
                      {"ACT_KIND_SUCCESSION", 358},
                      {"ACT_KIND_SUCCESSION_TO_SIGNATURE", 21},
                  }));
}

TEST(UntcPublishedTest, TheIndexNamesEveryTreatyOfTheTables) {
  const std::string bytes = PublishedList("../treaties/untc_index_2015.csv");
  if (bytes.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading reading = ReadTable(UntcIndexCsvFormat(), bytes);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_EQ(reading.records.size(), 401u);
  size_t dated = 0;
  std::set<std::string> named;
  for (const EditionRecord& record : reading.records) {
    named.insert(record.key);
    dated += record.present.treaty().has_signed_date();
  }
  EXPECT_EQ(dated, 385u);
  for (const std::filesystem::path& path : PublishedTables()) {
    EXPECT_TRUE(named.contains(path.stem().string())) << path;
  }
}

}  // namespace
}  // namespace dossier
