// Registers of deals without numbers loaded by the program, which is killed at random points and
// started again: what is known in the end is what is known of them undisturbed.
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/integration/killed_loads_fixture.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_register_fixture.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

constexpr int kEditions = 4;
constexpr int kDeals = 6'000;

TEST(RegisterCrash, LoadsThatAreKilledAndRunAgainComeToTheSame) {
  const TempDir dir;
  IngestPath undisturbed;
  KilledLoads loads;
  for (const ToyRegister& edition : ToyRegisters(kEditions, kDeals)) {
    const auto report = undisturbed.Load(edition.Text(), edition.Options());
    ASSERT_TRUE(report.ok()) << report.status();
    const std::string file = absl::StrCat(dir.path(), "/", edition.Options().file_name());
    std::ofstream(file, std::ios::binary) << edition.Text();
    loads.Load(file, {"--accept-ending"});
  }
  loads.ExpectKnowledge(undisturbed.TakeDigests().knowledge);
}

}  // namespace
}  // namespace dossier
