// Published lists loaded by the program, which is killed at random points and started again: what
// is known in the end is what is known of them undisturbed.
#include "gtest/gtest.h"
#include "tests/integration/killed_loads_fixture.h"
#include "tests/integration/lists_fixture.h"

namespace dossier {
namespace {

// Out of order, so that later editions are restated and ended too.
constexpr const char* kNames[] = {
    "us_ofac_sdn_2021-07-07.csv",        "us_ofac_add_2021-07-07.csv",
    "un_sc_consolidated_2018-10-29.xml", "us_ofac_sdn_2021-04-25.csv",
    "us_ofac_add_2021-04-25.csv",        "un_sc_consolidated_2018-08-24.xml"};

class SanctionsCrashTest : public ListsTest {};

TEST_F(SanctionsCrashTest, LoadsThatAreKilledAndRunAgainComeToTheSame) {
  IngestPath undisturbed;
  KilledLoads loads;
  for (const char* name : kNames) {
    Load(undisturbed, name);
    loads.Load(PathOf(name));
  }
  loads.ExpectKnowledge(undisturbed.TakeDigests().knowledge);
}

}  // namespace
}  // namespace dossier
