#include "services/query/list_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <optional>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/query/list_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ListScanTest : public ListFixture {
 protected:
  AsOf Open(const std::string& read_at = "") {
    v1::ReadAt parsed;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(read_at, &parsed));
    auto as_of = AsOf::Open(*views_, parsed, {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    return *std::move(as_of);
  }
  static std::vector<std::string> Records(AsOf& as_of, const RecordRange& range,
                                          size_t wanted = SIZE_MAX) {
    std::vector<std::string> records;
    const absl::Status scanned = ScanRecords(as_of, range, {&as_of.known(), 1},
                                             [&](const ScannedRecord& at) -> absl::StatusOr<bool> {
                                               records.emplace_back(at.record);
                                               return records.size() < wanted;
                                             });
    EXPECT_TRUE(scanned.ok()) << scanned;
    return records;
  }
};

TEST_F(ListScanTest, ARangeHasABeginningAndAnEnd) {
  Load("a", "2022-02-01", {Listed("1", EntryText("x:1", "A"))});
  Load("b", "2022-02-01",
       {Listed("1", EntryText("x:1", "A")), Listed("1/aliases", EntryText("x:1", "A")),
        Listed("10", EntryText("x:10", "A")), Listed("2", EntryText("x:2", "A"))});
  Load("c", "2022-02-01", {Listed("1", EntryText("x:1", "A"))});
  AsOf as_of = Open();
  EXPECT_THAT(Records(as_of, {.source = "b"}), ElementsAre("1", "1/aliases", "10", "2"));
  EXPECT_THAT(Records(as_of, {.source = "b", .from = After("1")}),
              ElementsAre("1/aliases", "10", "2"));
  EXPECT_THAT(Records(as_of, {.source = "b", .from = "1"}, 2), ElementsAre("1", "1/aliases"));
  EXPECT_THAT(Records(as_of, {.source = "b", .prefix = "1"}), ElementsAre("1", "1/aliases", "10"));
  EXPECT_THAT(Records(as_of, {.source = "b", .prefix = "1/"}), ElementsAre("1/aliases"));
  EXPECT_THAT(Records(as_of, {.source = "b", .from = After("2")}), IsEmpty());
}

TEST_F(ListScanTest, AnErrorOfTheVisitEndsIt) {
  Load("a", "2022-02-01", {Listed("1", EntryText("x:1", "A"))});
  AsOf as_of = Open();
  const absl::Status scanned = ScanRecords(
      as_of, {.source = "a"}, {&as_of.known(), 1},
      [](const ScannedRecord&) -> absl::StatusOr<bool> { return absl::InternalError("no more"); });
  EXPECT_EQ(scanned.message(), "no more");
}

// Whatever was loaded and retracted, in whatever order: a pass says of each record at each cut what
// looking it up says.
TEST_F(ListScanTest, APassAgreesWithLookingUp) {
  const bool held = rc::check([this](uint32_t seed) {
    std::mt19937 random(seed);
    const std::string source = absl::StrCat("list-", seed);
    const auto below = [&](int n) { return static_cast<int>(random() % n); };
    std::set<std::string> records;
    std::map<std::string, std::vector<std::string>> loaded;  // by date
    for (int step = 0; step < 40; ++step) {
      const std::string date = absl::StrCat("2022-01-", 10 + below(15));
      if (loaded.contains(date)) {
        Retract(source, date, loaded[date]);
        loaded.erase(date);
        continue;
      }
      std::vector<Said> said;
      for (int i = 0; i < 4; ++i) {
        const std::string record = absl::StrCat(below(4), below(2) == 0 ? "/aliases" : "");
        const auto& there = loaded[date];
        if (std::find(there.begin(), there.end(), record) != there.end()) continue;
        said.push_back(below(3) == 0
                           ? Gone(record)
                           : Listed(record, EntryText("x:1", absl::StrCat("N", below(3)))));
        loaded[date].push_back(record);
        records.insert(record);
      }
      Load(source, date, said);
    }
    for (int i = 0; i < 12; ++i) {
      const uint64_t head = views_->position().sequence;
      const std::string day =
          absl::StrCat("known_by_date { year: 2022 month: 1 day: ", 10 + below(16), " } ");
      const std::string sequence = absl::StrCat("sequence: ", 1 + random() % head, " ");
      AsOf as_of =
          Open(absl::StrCat("cut { ", i % 3 != 0 ? day : "", i % 2 != 0 ? sequence : "", "}"));
      uint64_t other_sequence = 0;
      v1::Cut other;
      RC_ASSERT(google::protobuf::TextFormat::ParseFromString(day + sequence, &other));
      const auto earlier = as_of.Resolve(other, "from", &other_sequence);
      RC_ASSERT(earlier.ok());
      const KnowledgeCut cuts[] = {*earlier, as_of.known()};
      std::map<std::string, std::vector<std::optional<VersionKey>>> scanned, looked_up;
      const auto scan = ScanRecords(
          as_of, {.source = source}, cuts, [&](const ScannedRecord& at) -> absl::StatusOr<bool> {
            for (const HeldStatement& one : at.holds) {
              scanned[std::string(at.record)].push_back(one.said ? std::optional(one.version)
                                                                 : std::nullopt);
            }
            return true;
          });
      RC_ASSERT(scan.ok());
      for (const std::string& record : records) {
        std::vector<std::optional<VersionKey>> holds;
        for (const KnowledgeCut& cut : cuts) {
          const auto statement = LatestAt(as_of.rows(), source, record, cut);
          RC_ASSERT(statement.ok());
          holds.push_back(statement->has_value() ? std::optional((*statement)->version)
                                                 : std::nullopt);
        }
        if (holds[0].has_value() || holds[1].has_value()) looked_up[record] = holds;
      }
      RC_ASSERT(scanned == looked_up);
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace dossier
