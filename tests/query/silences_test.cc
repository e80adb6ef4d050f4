// What editions mean that say nothing of a record, as its history tells it.
#include "services/query/silences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Ordered(int number) {
  return Delivered("1", "state:RUS", "state:IRN", 0, 0, 0,
                   absl::StrCat("number_ordered: ", number));
}
std::string DeliveredIn(int year) { return Delivered("1", "state:RUS", "state:IRN", year, 5); }

class SilencesTest : public QueryFixture {
 protected:
  v1::GetHistoryResponse History(const std::string& more) {
    return Ask(&Stub::GetHistory, "source: 'toy' with_silences: true record: '1' " + more);
  }
  // "2021-01-01 OUTSIDE_SCOPE deliveries only".
  static std::vector<std::string> Print(const v1::GetHistoryResponse& history) {
    std::vector<std::string> printed;
    for (const v1::EditionSilence& silence : history.silence()) {
      printed.push_back(absl::StrCat(PrintPublishStamp(silence.stamp()), " ",
                                     v1::Silence_Name(silence.silence()).substr(8), " ",
                                     silence.scope()));
    }
    return printed;
  }
  std::vector<std::string> Silences(const std::string& more = "") { return Print(History(more)); }
};

TEST_F(SilencesTest, EachEditionIsToldForWhatItsScopeMeans) {
  Load("toy", "2019-01-01", {});
  Load("toy", "2020-01-01", {{"1", Ordered(24)}});
  Load("toy", "2021-01-01", {});
  Load("toy", "2022-01-01", {}, "deliveries_only: true");
  Load("toy", "2023-01-01", {}, "additions_only: true");
  Load("toy", "2024-01-01", {{"1", ""}});
  Load("toy", "2025-01-01", {});
  Load("toy", "2026-01-01", {{"1", DeliveredIn(2025)}});
  Load("toy", "2027-01-01", {}, "deliveries_only: true");
  Load("toy", "2028-01-01", {}, "recipient: 'state:IND'");
  const auto history = History("");
  EXPECT_THAT(Print(history),
              ElementsAre("2021-01-01 UNCHANGED whole", "2022-01-01 OUTSIDE_SCOPE deliveries only",
                          "2023-01-01 ADDITIONS_ONLY additions only",
                          "2027-01-01 UNCHANGED deliveries only",
                          "2028-01-01 OUTSIDE_SCOPE recipient in {state:IND}"));
  EXPECT_EQ(history.silence(0).record(), "1");
  EXPECT_THAT(history.silence(0).edition_id(), SizeIs(16));
  EXPECT_EQ(history.version_size(), 3);
}

TEST_F(SilencesTest, EditionsOfOtherTreatiesAndPartsAreNone) {
  Said party{"1", ""};
  party.present = "treaty { treaty { id: 'toy:1' } party { party { id: 'state:IRN' } } }";
  Load("toy", "2020-01-01", {party}, "treaty: 'toy:1'");
  Load("toy", "2021-01-01", {}, "treaty: 'toy:2'");
  Load("toy", "2022-01-01", {}, "treaty: ['toy:1', 'toy:2']");
  Load("toy", "2023-01-01", {}, "part: SANCTION_PART_ADDRESSES");
  EXPECT_THAT(Silences(), ElementsAre("2022-01-01 UNCHANGED treaty in {toy:1, toy:2}"));
}

TEST_F(SilencesTest, AreToldOnlyIfAskedForAndAtTheCut) {
  Load("toy", "2020-01-01", {{"1", Ordered(24)}});
  const uint64_t one = Load("toy", "2021-01-01", {});
  Load("toy", "2022-01-01", {});
  EXPECT_THAT(Print(Ask(&Stub::GetHistory, "source: 'toy' record: '1'")), IsEmpty());
  EXPECT_THAT(Silences("read_at { cut { known_by_date { year: 2021 } } }"),
              ElementsAre("2021-01-01 UNCHANGED whole"));
  EXPECT_THAT(Silences(absl::StrCat("read_at { cut { sequence: ", one, " } }")),
              ElementsAre("2021-01-01 UNCHANGED whole"));
  const uint64_t before = views_->position().sequence;
  Retract("toy", "2021-01-01", {});
  EXPECT_THAT(Silences(), ElementsAre("2022-01-01 UNCHANGED whole"));
  EXPECT_THAT(Silences(absl::StrCat("read_at { cut { sequence: ", before, " } }")), SizeIs(2));
}

TEST_F(SilencesTest, AnEditionWhoseStatementWasVoidedIsSilent) {
  Load("toy", "2020-01-01", {{"1", Ordered(24)}});
  Load("toy", "2021-01-01", {{"1", Ordered(25)}});
  ReadAnew("toy", "2021-01-01", {{"1", "", /*is_void=*/true}});
  EXPECT_THAT(Silences(), ElementsAre("2021-01-01 UNCHANGED whole"));
}

TEST_F(SilencesTest, NothingLiveHasNone) {
  Load("toy", "2020-01-01", {{"1", Ordered(24)}, {"2", Ordered(1)}});
  Load("toy", "2021-01-01", {});
  Retract("toy", "2020-01-01", {"1", "2"});
  EXPECT_THAT(Silences(), IsEmpty());
  Report("analyst:a", "2020-01-01", {{"1", Ordered(24)}});
  EXPECT_THAT(
      Print(Ask(&Stub::GetHistory, "source: 'analyst:a' with_silences: true record: '1'")),
      IsEmpty());
}

// Held against the definition, edition by edition, however statements and silences alternate.
TEST_F(SilencesTest, ManyEditionsAreToldAsOneByOne) {
  std::vector<std::string> expected;
  bool present = false;
  for (int i = 0; i < 70; ++i) {
    const std::string date = absl::StrCat(1950 + i, "-01-01");
    const int way = i < 40 ? (i * i + i / 3) % 7 : 6;
    if (way == 0) {
      Load("toy", date, {{"1", Ordered(i + 1)}});
      present = true;
    } else if (way == 1 && i % 2 == 0) {
      Load("toy", date, {{"1", ""}});
      present = false;
    } else {
      Load("toy", date, {{"other", Ordered(i)}}, way == 2 ? "deliveries_only: true" : "");
      if (!present) continue;
      expected.push_back(date + (way == 2 ? " OUTSIDE_SCOPE deliveries only" : " UNCHANGED whole"));
    }
  }
  ASSERT_GT(expected.size(), 30u);
  EXPECT_EQ(Silences(), expected);
}

TEST_F(SilencesTest, StandOnThePageOfTheLastVersionByRecord) {
  Load("toy", "2020-01-01", {{"1/a", Ordered(1)}, {"1/b", Ordered(2)}, {"1/c", Ordered(3)}});
  Load("toy", "2021-01-01", {{"1/a", Ordered(4)}, {"1/b", Ordered(5)}});
  Load("toy", "2022-01-01", {});
  const auto whole = History("");
  ASSERT_EQ(whole.version_size(), 5);
  const auto records = [](const v1::GetHistoryResponse& page) {
    std::vector<std::string> records;
    for (const auto& silence : page.silence()) records.push_back(silence.record());
    return records;
  };
  EXPECT_THAT(records(whole), ElementsAre("1/a", "1/b", "1/c", "1/c"));
  for (int page_size : {1, 2, 3}) {
    std::vector<std::string> joined;
    std::string token;
    do {
      const auto page =
          History(absl::StrCat("page_size: ", page_size, " page_token: '", token, "'"));
      for (const auto& silence : page.silence()) {
        const auto& versions = page.version();
        EXPECT_TRUE(std::any_of(versions.begin(), versions.end(), [&](const v1::Version& version) {
          return version.record() == silence.record();
        })) << silence.record();
      }
      const auto told = records(page);
      joined.insert(joined.end(), told.begin(), told.end());
      token = page.next_page_token();
    } while (!token.empty());
    EXPECT_EQ(joined, records(whole)) << page_size;
  }
}

}  // namespace
}  // namespace dossier
