#include "services/ingest/sources/sipri_register_keys.h"

#include <map>

#include "tests/ingest/sipri_register_reading.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::StartsWith;

TEST(SipriRegisterKeysTest, ARejectedDealKeepsItsKeyAndItsLikeKeepTheirs) {
  const std::string later = With(With(kRow, "2000; 2001", "2005"), "Two", "Three");
  const TableReading whole = Read(Edition(kRow + later));
  ASSERT_THAT(whole.Keys(), ElementsAre("state:BRA/state:PER/trainer1/1999/1",
                                        "state:BRA/state:PER/trainer1/1999/2"));
  const TableReading result = Read(Edition(With(kRow, "7.2", "?") + later));
  EXPECT_THAT(result.rejected_keys, ElementsAre(whole.records[0].key));
  EXPECT_THAT(result.Keys(), ElementsAre(whole.records[1].key));
}

TEST(SipriRegisterKeysTest, KeysDoNotDependOnTheOrderOfRowsOrOnMarks) {
  const std::vector<std::string> rows = {
      kRow,
      With(kRow, "6,?,2000; 2001", "0,,"),
      With(kRow, "2000; 2001", "2000"),
      With(kRow, ",8,", ",9,"),
      With(kRow, "6,?", "6,"),
      With(kRow, "Two", "Three"),
      With(kRow, "Peru", "Atlantis Nova"),
      With(kRow, "1999", ""),
  };
  const auto by_line_text = [&](const std::vector<size_t>& order, bool marked) {
    std::string text;
    for (size_t i : order) text += marked ? rows[i] : With(rows[i], ",8,?,", ",8,,");
    std::map<size_t, std::string> keys;
    const TableReading reading = Read(Edition(marked ? text : absl::StrReplaceAll(
                                                                  text, {{",9,?,", ",9,,"}})));
    EXPECT_EQ(reading.records.size(), order.size()) << reading.status;
    for (const EditionRecord& record : reading.records) keys[order[record.line - 4]] = record.key;
    return keys;
  };
  const auto expected = by_line_text({0, 1, 2, 3, 4, 5, 6, 7}, true);
  EXPECT_EQ(expected.at(1), "state:BRA/state:PER/trainer1/1999/6") << "without deliveries: last";
  EXPECT_EQ(expected.at(2), "state:BRA/state:PER/trainer1/1999/1") << "ended first";
  EXPECT_EQ(expected.at(3), "state:BRA/state:PER/trainer1/1999/5") << "more ordered";
  EXPECT_EQ(expected.at(6),
            "state:BRA/unresolved:sipri-register:Atlantis Nova/trainer1/1999/1");
  EXPECT_EQ(expected.at(7), "state:BRA/state:PER/trainer1/-/1");
  EXPECT_EQ(by_line_text({7, 6, 5, 4, 3, 2, 1, 0}, true), expected);
  EXPECT_EQ(by_line_text({3, 0, 7, 4, 1, 6, 5, 2}, true), expected);
}

TEST(SipriRegisterKeysTest, DealsThatSayTheSameAreTwo) {
  const TableReading result = Read(Edition(absl::StrCat(kRow, kRow)));
  EXPECT_THAT(result.Keys(), ElementsAre("state:BRA/state:PER/trainer1/1999/1",
                                         "state:BRA/state:PER/trainer1/1999/2"));
}

TEST(SipriRegisterKeysTest, ALongNameMakesAKeyOfItsOwn) {
  const std::string name(180, 'x');
  const TableReading result = Read(Edition(With(kRow, "Peru", name + "1") +
                                           With(kRow, "Peru", name + "2")));
  ASSERT_EQ(result.records.size(), 2u);
  for (const EditionRecord& record : result.records) {
    EXPECT_THAT(record.key, AllOf(StartsWith("state:BRA/sha256:"), testing::EndsWith("/1")));
    EXPECT_LT(record.key.size(), 256u);
  }
  EXPECT_NE(result.records[0].key, result.records[1].key);
}

}  // namespace
}  // namespace dossier
