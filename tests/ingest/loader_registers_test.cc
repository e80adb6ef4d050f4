// The published registers, where they are at hand.
#include <fstream>
#include <sstream>
#include <string>

#include "gtest/gtest.h"
#include "tests/ingest/ingest_fixture.h"

namespace dossier {
namespace {

class LoaderRegistersTest : public IngestFixture {
 protected:
  // Loads one of the publisher's files; the counts, or the status.
  std::string LoadFile(const std::string& name) {
    const std::string path =
        DOSSIER_SOURCE_DIR "/../shared/data/transfers/sipri_register_17col_id_" + name + ".csv";
    std::ifstream file(path, std::ios::binary);
    if (!file) return "missing";
    std::stringstream bytes;
    bytes << file.rdbuf();
    v1::LoadOptions options;
    options.set_file_name(name);
    options.set_accept_rejected(true);
    const Loaded loaded = Load(bytes.str(), options);
    report_ = loaded.report;
    return loaded.status.ok() ? loaded.Counts() : loaded.status.ToString();
  }

  v1::LoadReport report_;
};

TEST_F(LoaderRegistersTest, RegistersOfTwoSpansSlicesAndAMangledFileGoIn) {
  const std::string first = LoadFile("1950-1989_2024-04-16");
  if (first == "missing") GTEST_SKIP() << "the published registers are not at hand";
  EXPECT_EQ(first,
            "read 31319 = published 31319 + unchanged 0 + rejected 0; absent 0, restated 0, "
            "voided 0");
  EXPECT_EQ(LoadFile("1990-2023_2024-04-13"),
            "read 27838 = published 27838 + unchanged 0 + rejected 0; absent 0, restated 0, "
            "voided 0");
  const std::string before = Known("32502/2001", "2024-12-31");
  EXPECT_EQ(
      LoadFile("2000-2001_2025-02-10"),
      "read 1414 = published 2 + unchanged 1412 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_EQ(Known("32502/2001", "2024-12-31"), before);
  EXPECT_EQ(LoadFile("ukraine_2000-2024_2025-02-17"),
            "read 382 = published 0 + unchanged 382 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_EQ(LoadFile("1995-2024_2026-02-12_excel_mangled"),
            "read 25024 = published 11645 + unchanged 13379 + rejected 0; absent 368, restated 0, "
            "voided 0");
  const uint64_t head = Head();
  EXPECT_EQ(LoadFile("ukraine_2000-2024_2025-02-17"),
            "read 382 = published 0 + unchanged 382 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_TRUE(report_.already_loaded());
  EXPECT_EQ(Head(), head);
}

}  // namespace
}  // namespace dossier
