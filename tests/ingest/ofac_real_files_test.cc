// The lists as OFAC published them, read whole: what changed from each to the next.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/match.h"
#include "services/ingest/intake.h"
#include "services/ingest/sources/ofac_csv.h"
#include "services/ingest/sources/ofac_enhanced_xml.h"
#include "services/ingest/sources/ofac_xml.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string RealFile(const std::string& name) {
  return FileBytes(absl::StrCat(DOSSIER_SOURCE_DIR, "/../shared/data/sanctions/us_ofac_", name));
}

using Digests = std::map<std::string, std::string>;  // by key

Digests DigestsOf(Collected& result) {
  Digests digests;
  for (EditionRecord& record : result.records) {
    HeldRecord held = HeldRecordOf(std::move(record));
    digests.emplace(std::move(held.key), std::move(held.said.content_digest));
  }
  return digests;
}

// "added, removed, changed".
std::string Step(const Digests& before, const Digests& after) {
  size_t added = 0;
  size_t removed = 0;
  size_t changed = 0;
  for (const auto& [key, digest] : after) {
    const auto old = before.find(key);
    added += old == before.end();
    changed += old != before.end() && old->second != digest;
  }
  for (const auto& [key, digest] : before) removed += !after.contains(key);
  return absl::StrCat(added, ", ", removed, ", ", changed);
}

struct Edition {
  const char* name;
  size_t records;
  const char* step;  // from the one before
};

// The table of the data's README.
constexpr Edition kSdnEditions[] = {
    {"2019-01-15", 7379, ""},
    {"2021-04-25", 8890, "1712, 201, 833"},
    {"2021-07-07", 8976, "150, 64, 11"},
    {"2021-08-18", 9083, "110, 3, 4"},
    {"2022-02-17", 9056, "361, 388, 108"},
    {"2022-02-23T0152Z", 9108, "52, 0, 2"},
    {"2022-02-23T1846Z", 9121, "13, 0, 0"},
    {"2022-02-24", 9123, "2, 0, 0"},
    {"2022-02-25", 9214, "91, 0, 4"},
    {"2022-02-26", 9218, "4, 0, 2"},
    {"2022-02-28", 9222, "4, 0, 0"},
    {"2022-03-24", 9793, "572, 1, 25"},
    {"2022-04-08", 9966, "174, 1, 8"},
    {"2022-04-11", 9953, "8, 21, 0"},
    {"2023-06-29", 12631, "2862, 184, 749"},
    {"2024-01-08", 13821, "1401, 211, 47"},
    {"2024-02-20", 13931, "116, 6, 11"},
    {"2024-02-23", 14484, "553, 0, 8"},
};

TEST(OfacRealFilesTest, EveryPublishedChangeAndNoOther) {
  Digests before;
  for (const Edition& edition : kSdnEditions) {
    const std::string bytes = RealFile(absl::StrCat("sdn_", edition.name, ".csv"));
    if (bytes.empty()) GTEST_SKIP() << "the SDN list of " << edition.name << " is not there";
    const auto result = ReadAs(OfacSdnCsvFormat(), bytes, {64 << 10});
    ASSERT_TRUE(result->status.ok()) << edition.name << result->status;
    EXPECT_THAT(result->rejections, IsEmpty()) << edition.name;
    EXPECT_THAT(result->records, SizeIs(edition.records)) << edition.name;
    EXPECT_EQ(result->facts.lacks_end_mark, std::string_view(edition.name) == "2019-01-15");
    Digests after = DigestsOf(*result);
    if (edition.step[0] != '\0') {
      EXPECT_EQ(Step(before, after), edition.step) << edition.name;
    }
    before = std::move(after);
  }
}

TEST(OfacRealFilesTest, TheConsolidatedListOfTwoDays) {
  const std::string august = RealFile("cons_prim_2025-08-18.csv");
  const std::string december = RealFile("cons_prim_2025-12-19.csv");
  if (august.empty() || december.empty()) GTEST_SKIP() << "the consolidated lists are not there";
  const auto before = ReadAs(OfacConsolidatedCsvFormat(), august);
  const auto after = ReadAs(OfacConsolidatedCsvFormat(), december);
  ASSERT_TRUE(before->status.ok() && after->status.ok()) << before->status << after->status;
  EXPECT_EQ(Step(DigestsOf(*before), DigestsOf(*after)), "0, 1, 11");
}

struct Part {
  const char* file;
  size_t records;
  size_t items;  // addresses, names or texts
};

TEST(OfacRealFilesTest, TheOtherParts) {
  for (const Part& part :
       {Part{"add_2019-01-15.csv", 7379, 11696}, Part{"add_2024-01-08.csv", 13821, 18990},
        Part{"alt_2019-01-15.csv", 3196, 9682}, Part{"alt_2024-01-08.csv", 6667, 17091},
        Part{"sdn_comments_2019-01-15.csv", 13, 13}, Part{"sdn_comments_2021-07-07.csv", 5, 5},
        Part{"cons_add_2025-12-19.csv", 442, 574}, Part{"cons_alt_2025-12-19.csv", 395, 1073},
        Part{"cons_comments_2025-12-19.csv", 10, 10}}) {
    const std::string bytes = RealFile(part.file);
    if (bytes.empty()) GTEST_SKIP() << part.file << " is not there";
    const bool is_sdn = !absl::StrContains(part.file, "cons_");
    const EditionFormat& format = is_sdn ? OfacSdnCsvFormat() : OfacConsolidatedCsvFormat();
    EXPECT_TRUE(format.recognises({bytes, part.file, ""})) << part.file;
    const auto result = ReadAs(format, bytes);
    ASSERT_TRUE(result->status.ok()) << part.file << result->status;
    EXPECT_THAT(result->rejections, IsEmpty()) << part.file;
    EXPECT_THAT(result->records, SizeIs(part.records)) << part.file;
    size_t items = 0;
    for (const EditionRecord& record : result->records) {
      const v1::Sanction& sanction = record.present.sanction();
      items += sanction.part() == v1::SANCTION_PART_ADDRESSES ? sanction.address_size()
               : sanction.part() == v1::SANCTION_PART_ALIASES ? sanction.name_size()
                                                              : 1;
    }
    EXPECT_EQ(items, part.items) << part.file;
  }
}

TEST(OfacRealFilesTest, TheXmlOfTheConsolidatedList) {
  for (const auto& [date, records] :
       {std::pair("2018-04-06", 639), std::pair("2024-05-06", 443), std::pair("2025-03-28", 443)}) {
    const std::string bytes = RealFile(absl::StrCat("consolidated_", date, ".xml"));
    if (bytes.empty()) GTEST_SKIP() << "the XML of " << date << " is not there";
    const auto result = ReadAs(OfacConsolidatedXmlFormat(), bytes, {64 << 10});
    ASSERT_TRUE(result->status.ok()) << date << result->status;
    EXPECT_THAT(result->rejections, IsEmpty()) << date;
    EXPECT_THAT(result->records, SizeIs(records)) << date;
    EXPECT_EQ(PrintPublishStamp(result->facts.stamp), date);
    EXPECT_THAT(result->facts.warnings, IsEmpty());
  }
}

TEST(OfacRealFilesTest, TheEnhancedXmlOfAProgramme) {
  const std::string bytes = RealFile("enhanced_irgc_2024-08-28.xml");
  if (bytes.empty()) GTEST_SKIP() << "the enhanced XML is not there";
  const auto result = ReadAs(OfacEnhancedXmlFormat(), bytes, {64 << 10});
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  EXPECT_THAT(result->records, SizeIs(293));
  EXPECT_EQ(PrintScope(result->facts.scope), "programme in {IRGC}");
  EXPECT_THAT(result->facts.warnings, IsEmpty());
}

}  // namespace
}  // namespace dossier
