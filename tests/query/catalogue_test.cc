// Sources, editions and the state of log and view, over real gRPC.
#include "services/query/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Content(int64_t tiv) { return Delivered("1", "state:RUS", "state:IND", 2000, tiv); }

class CatalogueTest : public QueryFixture {
 protected:
  // "date STATE" of each edition.
  static std::vector<std::string> Print(const v1::ListEditionsResponse& response) {
    std::vector<std::string> printed;
    for (const v1::Edition& edition : response.edition()) {
      printed.push_back(
          absl::StrCat(PrintPublishStamp(edition.loaded().stamp()), " ",
                       v1::EditionState_Name(edition.state()).substr(sizeof("EDITION_STATE"))));
    }
    return printed;
  }
  static std::string At(uint64_t sequence) {
    return absl::StrCat("read_at { cut { sequence: ", sequence, " } }");
  }
};

TEST_F(CatalogueTest, SourcesShowTheirNewestEditionAndHowFarTheyCover) {
  Load("toy", "2022-01-01", {{"1", Content(1)}, {"2", Content(1)}}, "", "2021-12-31");
  Load("toy", "2020-01-01", {{"1", Content(2)}, {"3", ""}}, "", "2019-12-31");
  Report("analyst:a", "2023-01-01", {{"1", Content(1)}});
  const auto response = Ask(&Stub::ListSources, "");
  ASSERT_THAT(response.source(), SizeIs(2));
  const v1::Source& analyst = response.source(0);
  EXPECT_EQ(analyst.id(), "analyst:a");
  EXPECT_EQ(analyst.editions(), 0u);
  EXPECT_FALSE(analyst.has_newest_edition());
  EXPECT_FALSE(analyst.has_covers_until());
  const v1::Source& toy = response.source(1);
  EXPECT_EQ(toy.editions(), 2u);
  EXPECT_EQ(toy.events(), 4u);
  EXPECT_EQ(toy.records(), 3u);
  EXPECT_EQ(PrintPublishStamp(toy.newest_edition().loaded().stamp()), "2022-01-01");
  EXPECT_EQ(PrintDate(toy.covers_until()), "2021-12-31");
}

TEST_F(CatalogueTest, AnEditionOfSomePartiesDoesNotRaiseWhatTheSourceCovers) {
  Load("toy", "2022-01-01", {{"1", Content(1)}}, "", "2021-12-31");
  Load("toy", "2025-01-01", {{"2", Content(1)}}, "recipient: 'state:UKR'", "2024-12-31");
  Load("toy", "2026-01-01", {{"3", Content(1)}}, "supplier: 'state:FRA'", "2025-12-31");
  Load("part", "2025-01-01", {{"1", Content(1)}}, "recipient: 'state:UKR'", "2024-12-31");
  const auto response = Ask(&Stub::ListSources, "");
  ASSERT_THAT(response.source(), SizeIs(2));
  EXPECT_FALSE(response.source(0).has_covers_until());
  EXPECT_EQ(PrintDate(response.source(1).covers_until()), "2021-12-31");
}

TEST_F(CatalogueTest, ACutGivesTheNewestEditionOfThen) {
  const uint64_t first = Load("toy", "2022-01-01", {{"1", Content(1)}}, "", "2021-12-31");
  Load("toy", "2020-01-01", {{"1", Content(2)}}, "", "2019-12-31");
  const auto known = Ask(&Stub::ListSources, "read_at { cut { known_by_date { year: 2021 } } }");
  ASSERT_THAT(known.source(), SizeIs(1));
  EXPECT_EQ(PrintDate(known.source(0).covers_until()), "2019-12-31");
  EXPECT_EQ(known.source(0).editions(), 1u);
  const auto accepted = Ask(&Stub::ListSources, At(first));
  ASSERT_THAT(accepted.source(), SizeIs(1));
  EXPECT_EQ(accepted.source(0).editions(), 1u);
  EXPECT_THAT(Ask(&Stub::ListSources, "read_at { cut { known_by_date { year: 2019 } } }").source(),
              IsEmpty());
}

TEST_F(CatalogueTest, EditionsAreListedByStampWithTheirStateAtTheCut) {
  Load("toy", "2022-01-01", {{"1", Content(1)}}, "delivery_year_from: 1990 delivery_year_to: 2021");
  const uint64_t both = Load("toy", "2020-01-01", {{"1", Content(2)}});
  const uint64_t retracted = Retract("toy", "2022-01-01", {"1"}) - 1;
  const uint64_t anew = Load("toy", "2020-01-01", {{"1", Content(3)}}) - 1;
  Load("other", "2021-01-01", {{"1", Content(2)}});

  const auto now = Ask(&Stub::ListEditions, "source: 'toy'");
  EXPECT_THAT(Print(now),
              ElementsAre("2020-01-01 SUPERSEDED", "2020-01-01 LIVE", "2022-01-01 RETRACTED"));
  EXPECT_THAT(now.scope(), ElementsAre("whole", "whole", "delivery year 1990..2021"));
  EXPECT_EQ(now.edition(0).retracted_sequence(), anew);
  EXPECT_EQ(now.edition(2).retracted_sequence(), retracted);
  EXPECT_EQ(now.edition(2).retraction_reason(), "loaded by mistake");
  const auto then = Ask(&Stub::ListEditions, "source: 'toy' " + At(both));
  EXPECT_THAT(Print(then), ElementsAre("2020-01-01 LIVE", "2022-01-01 LIVE"));
  EXPECT_EQ(then.edition(1).retracted_sequence(), 0u);
  EXPECT_EQ(then.edition(1).retraction_reason(), "");
  EXPECT_THAT(Ask(&Stub::ListEditions, "").edition(), SizeIs(4));
  EXPECT_EQ(Fails(&Stub::ListEditions, "source: 'none'").error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(CatalogueTest, EditionsComeInPages) {
  for (int year = 2000; year < 2007; ++year) {
    Load(year % 2 == 0 ? "even" : "odd", absl::StrCat(year, "-01-01"), {{"1", Content(year)}});
  }
  const auto whole = Ask(&Stub::ListEditions, "");
  ASSERT_THAT(whole.edition(), SizeIs(7));
  v1::ListEditionsResponse joined;
  std::string token;
  do {
    const auto page =
        Ask(&Stub::ListEditions, absl::StrCat("page_size: 2 page_token: '", token, "'"));
    ASSERT_LE(page.edition_size(), 2);
    joined.mutable_edition()->MergeFrom(page.edition());
    joined.mutable_scope()->MergeFrom(page.scope());
    token = page.next_page_token();
  } while (!token.empty() && joined.edition_size() < 8);
  EXPECT_EQ(Print(joined), Print(whole));
  EXPECT_THAT(joined.scope(), SizeIs(7));
}

TEST_F(CatalogueTest, StatusCountsWhatTheLogHolds) {
  const std::string nobody =
      "supplier { id: 'unresolved:toy:Utopia' printed_name: 'Utopia' } "
      "recipient { id: 'unresolved:toy:Erewhon' printed_name: 'Erewhon' }";
  Load("toy", "2020-01-01", {{"1", Content(1)}, {"2", nobody}, {"3", nobody}});
  const uint64_t bad = Append({v1::LogEntry()});
  const uint64_t worse = Append({v1::LogEntry()});
  Load("toy", "2020-01-01", {{"1", Content(1)}});
  const auto status = Ask(&Stub::GetStatus, "");
  EXPECT_EQ(status.events(), 4u);
  EXPECT_EQ(status.repeats(), 1u);
  EXPECT_EQ(status.undecodable(), 2u);
  EXPECT_THAT(status.undecodable_sequence(), ElementsAre(worse, bad));
  EXPECT_EQ(status.writers_opened(), 1u);
  EXPECT_EQ(status.unresolved_actors(), 2u);
  ASSERT_THAT(status.source(), SizeIs(1));
  EXPECT_EQ(status.source(0).records(), 3u);
}

TEST_F(CatalogueTest, OnlyTheNewestUndecodableRecordsAreListed) {
  uint64_t last = 0;
  for (int i = 0; i < 101; ++i) last = Append({v1::LogEntry()}, /*project=*/i == 100);
  const auto status = Ask(&Stub::GetStatus, "");
  EXPECT_EQ(status.undecodable(), 101u);
  ASSERT_THAT(status.undecodable_sequence(), SizeIs(100));
  EXPECT_EQ(status.undecodable_sequence(0), last);
}

}  // namespace
}  // namespace dossier
