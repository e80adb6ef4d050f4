#include "services/query/list_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "tests/query/list_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kEntriesOnly[] = "part: SANCTION_PART_ENTRY";
constexpr char kAddressesOnly[] = "part: SANCTION_PART_ADDRESSES";

std::string From(const std::string& date) {
  return absl::StrCat("from { known_by_date { ", ParseDate(date)->ShortDebugString(), " } } ");
}

class ListChangesTest : public ListFixture {
 protected:
  void LoadTwo() {
    Load("ofac-sdn", "2022-02-24",
         {Listed("1", EntryText("ofac:1", "STAYS", "programme: 'TOY'")),
          Listed("2", EntryText("ofac:2", "CHANGES", "programme: 'TOY' title: 'Mr'")),
          Listed("3", EntryText("ofac:3", "GOES", "programme: 'PLAY'"))},
         kEntriesOnly);
    Load("ofac-sdn", "2022-02-24",
         {Listed("2/addresses",
                 PartText("ADDRESSES", "ofac:2", "address { country { id: 'state:IRN' } }"))},
         kAddressesOnly);
    Load("ofac-sdn", "2022-02-25",
         {Listed("2", EntryText("ofac:2", "CHANGES", "programme: 'TOY' title: 'Dr'")), Gone("3"),
          Listed("4", EntryText("ofac:4", "COMES", "programme: 'PLAY'"))},
         kEntriesOnly);
    Load("ofac-sdn", "2022-02-26",
         {Listed("2/addresses",
                 PartText("ADDRESSES", "ofac:2", "address { country { id: 'state:RUS' } }"))},
         kAddressesOnly);
  }
  // "RECORD verb" of all pages.
  std::vector<std::string> All(const std::string& request) {
    std::vector<std::string> told;
    std::string token;
    for (int pages = 0; pages < 1'000; ++pages) {
      const auto page = Changes(absl::StrCat(request, " page_token: '", token, "'"));
      for (const v1::EntryChange& change : page.change()) {
        told.push_back(absl::StrCat(change.record(), " ", v1::Verb_Name(change.verb())));
      }
      token = page.next_page_token();
      if (token.empty()) break;
    }
    return told;
  }
  static std::vector<std::string> Counts(const v1::ListEntryChangesResponse& response) {
    std::vector<std::string> counts;
    for (const v1::ChangeCounts& count : response.count()) {
      counts.push_back(absl::StrCat(v1::SanctionPart_Name(count.part()), " +", count.added(), " -",
                                    count.removed(), " ~", count.amended()));
    }
    return counts;
  }
};

TEST_F(ListChangesTest, AnEarlierCutThatIsLaterIsRefused) {
  LoadTwo();
  const grpc::Status reversed =
      Fails(&SanctionsStub::ListEntryChanges,
            "source: 'ofac-sdn' " + From("2022-02-25") + KnownBy("2022-02-24"));
  EXPECT_EQ(reversed.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(reversed.error_message(), HasSubstr("from: it is the later cut: published by "
                                                  "2022-02-25, sequence "));
  EXPECT_THAT(reversed.error_message(), HasSubstr("read_at: published by 2022-02-24, sequence "));
  const auto error = [&](const std::string& cuts) {
    return Fails(&SanctionsStub::ListEntryChanges, "source: 'ofac-sdn' " + cuts).error_message();
  };
  EXPECT_THAT(error("from {} " + KnownBy("2022-02-24")), HasSubstr("all that was published"));
  EXPECT_THAT(error("from { sequence: 8 } read_at { cut { sequence: 4 } }"), HasSubstr("sequence"));
  EXPECT_THAT(error("from { known_by_time { seconds: 1646000000 } } " + KnownBy("2022-02-24")),
              HasSubstr("published by 2022-02-27T22:13:20+00:00"));
  EXPECT_THAT(All("source: 'ofac-sdn' " + From("2022-02-24") + KnownBy("2022-02-24")), IsEmpty());
}

TEST_F(ListChangesTest, RecordsThatDifferAreToldWithTheirFields) {
  LoadTwo();
  const auto response = Changes("source: 'ofac-sdn' " + From("2022-02-24") + KnownBy("2022-02-25"));
  ASSERT_EQ(response.change_size(), 3);
  EXPECT_THAT(Counts(response), ElementsAre("SANCTION_PART_ENTRY +1 -1 ~1"));
  const v1::EntryChange& amended = response.change(0);
  EXPECT_EQ(amended.record(), "2");
  EXPECT_EQ(amended.verb(), v1::VERB_REVISED);
  EXPECT_EQ(amended.party().printed_name(), "CHANGES");
  ASSERT_EQ(amended.change_size(), 1);
  EXPECT_EQ(amended.change(0).ShortDebugString(), "field: \"title\" before: \"Mr\" after: \"Dr\"");
  EXPECT_EQ(PrintPublishStamp(amended.before().stamp()), "2022-02-24");
  EXPECT_EQ(PrintPublishStamp(amended.after().stamp()), "2022-02-25");
  const v1::EntryChange& removed = response.change(1);
  EXPECT_EQ(removed.verb(), v1::VERB_WITHDRAWN);
  EXPECT_EQ(removed.party().id(), "ofac:3");
  EXPECT_EQ(removed.end_reason(), v1::END_REASON_NO_LONGER_LISTED);
  EXPECT_EQ(PrintPublishStamp(removed.after().stamp()), "2022-02-25");
  const v1::EntryChange& added = response.change(2);
  EXPECT_EQ(added.verb(), v1::VERB_REPORTED);
  EXPECT_FALSE(added.has_before());
  EXPECT_EQ(response.from().sequence(), response.answered_at().sequence());
}

TEST_F(ListChangesTest, PartsAreCountedApart) {
  LoadTwo();
  const std::string request = "source: 'ofac-sdn' " + From("2022-02-24");
  EXPECT_THAT(Counts(Changes(request)),
              ElementsAre("SANCTION_PART_ENTRY +1 -1 ~1", "SANCTION_PART_ADDRESSES +0 -0 ~1"));
  EXPECT_THAT(All(request), ElementsAre("2 VERB_REVISED", "2/addresses VERB_REVISED",
                                        "3 VERB_WITHDRAWN", "4 VERB_REPORTED"));
  EXPECT_EQ(All(request + "page_size: 1"), All(request));
  const auto second =
      Changes(absl::StrCat(request, "page_size: 1 page_token: '",
                           Changes(request + "page_size: 1").next_page_token(), "'"));
  EXPECT_EQ(second.count_size(), 2);
}

TEST_F(ListChangesTest, AFilterAsksForEntriesAsTheyWereAtEitherCut) {
  LoadTwo();
  const auto filtered = [&](const std::string& filter) {
    const std::string request =
        absl::StrCat("source: 'ofac-sdn' ", From("2022-02-24"), "filter { ", filter, " } ");
    EXPECT_EQ(All(request + "page_size: 1"), All(request));
    return All(request);
  };
  EXPECT_THAT(filtered("country: 'IRN'"),
              ElementsAre("2 VERB_REVISED", "2/addresses VERB_REVISED"));
  EXPECT_THAT(filtered("country: 'RUS' programme: 'toy'"),
              ElementsAre("2 VERB_REVISED", "2/addresses VERB_REVISED"));
  EXPECT_THAT(filtered("programme: 'PLAY'"), ElementsAre("3 VERB_WITHDRAWN", "4 VERB_REPORTED"));
  EXPECT_THAT(filtered("kind: ACTOR_KIND_VESSEL"), IsEmpty());
}

TEST_F(ListChangesTest, WhatCameBackIsSaidSo) {
  LoadTwo();
  Load("ofac-sdn", "2022-03-01", {Listed("3", EntryText("ofac:3", "GOES", "programme: 'PLAY'"))},
       kEntriesOnly);
  EXPECT_THAT(All("source: 'ofac-sdn' " + From("2022-02-26")), ElementsAre("3 VERB_CAME_BACK"));
  // Gone and back again between the cuts is no change.
  EXPECT_THAT(All("source: 'ofac-sdn' " + From("2022-02-24")),
              ElementsAre("2 VERB_REVISED", "2/addresses VERB_REVISED", "4 VERB_REPORTED"));
}

TEST_F(ListChangesTest, FromNothingAllIsAdded) {
  LoadTwo();
  EXPECT_THAT(All("source: 'ofac-sdn' " + From("2022-01-01") + KnownBy("2022-02-24")),
              ElementsAre("1 VERB_REPORTED", "2 VERB_REPORTED", "2/addresses VERB_REPORTED",
                          "3 VERB_REPORTED"));
}

TEST_F(ListChangesTest, BothAxesCut) {
  Load("ofac-sdn", "2022-02-24", {Listed("1", EntryText("ofac:1", "A"))});
  const uint64_t first = views_->position().sequence;
  Load("ofac-sdn", "2022-02-20", {Listed("2", EntryText("ofac:2", "B"))});
  Load("ofac-sdn", "2022-02-24", {Gone("2")});
  Retract("ofac-sdn", "2022-02-24", {"1", "2"});
  const std::string both = "source: 'ofac-sdn' " + From("2022-02-20");
  EXPECT_THAT(All(both), IsEmpty());
  const std::string then = absl::StrCat("read_at { cut { sequence: ", first, " } }");
  // Of the earlier cut nothing is said of what was accepted: it is the later one's.
  EXPECT_THAT(All(both + then), ElementsAre("1 VERB_REPORTED"));
  EXPECT_EQ(Changes(both + then).from().sequence(), first);
  const std::string accepted = absl::StrCat("source: 'ofac-sdn' from { sequence: ", first, " }");
  EXPECT_THAT(All(accepted), ElementsAre("1 VERB_WITHDRAWN", "2 VERB_REPORTED"));
}

TEST_F(ListChangesTest, LaterPagesKeepBothCuts) {
  LoadTwo();
  const std::string request = "source: 'ofac-sdn' page_size: 2 " + From("2022-02-24");
  const auto first = Changes(request);
  Load("ofac-sdn", "2022-03-01", {Gone("1"), Gone("2"), Gone("4")}, kEntriesOnly);
  const auto second =
      Changes(absl::StrCat(request, " page_token: '", first.next_page_token(), "'"));
  ASSERT_EQ(second.change_size(), 2);
  EXPECT_EQ(second.change(0).record(), "3");
  EXPECT_EQ(second.change(1).verb(), v1::VERB_REPORTED);
  EXPECT_EQ(Counts(second), Counts(first));
  EXPECT_EQ(second.from().sequence(), first.from().sequence());
}

TEST_F(ListChangesTest, WhatCannotBeAskedIsRefusedByField) {
  LoadTwo();
  const auto error = [&](const std::string& request) {
    return Fails(&SanctionsStub::ListEntryChanges, request).error_message();
  };
  EXPECT_THAT(error(From("2022")), HasSubstr("source: empty"));
  EXPECT_THAT(error("source: 'ofac-sdn'"), HasSubstr("from: not given"));
  EXPECT_THAT(error("source: 'nobody' from {}"), HasSubstr("source: \"nobody\""));
  EXPECT_THAT(error("source: 'ofac-sdn' from { known_by_date { year: 2022 month: 13 } }"),
              HasSubstr("from.known_by_date"));
  EXPECT_THAT(error("source: 'ofac-sdn' from { sequence: 999999 }"), HasSubstr("from.sequence"));
}

}  // namespace
}  // namespace dossier
