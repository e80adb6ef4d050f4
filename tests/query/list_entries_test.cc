#include "services/query/list_entries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/query/list_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kAddressesOnly[] = "part: SANCTION_PART_ADDRESSES";
constexpr char kEntriesOnly[] = "part: SANCTION_PART_ENTRY";

class ListEntriesTest : public ListFixture {
 protected:
  void LoadList() {
    Load("ofac-sdn", "2022-02-01",
         {Listed("30", EntryText("ofac:30", "A",
                                 "programme: 'TOY' target_kind: ACTOR_KIND_PERSON "
                                 "measure { kind: MEASURE_KIND_ASSET_FREEZE }")),
          Listed("306", EntryText("ofac:306", "B",
                                  "programme: 'TOY' programme: 'PLAY' target_kind: "
                                  "ACTOR_KIND_VESSEL")),
          Listed("306-A", EntryText("ofac:306-A", "C", "programme: 'PLAY'")),
          Listed("31", EntryText("ofac:31", "D", "programme: 'Game'"))},
         kEntriesOnly);
    Load("ofac-sdn", "2022-02-02",
         {Listed("306/addresses",
                 PartText("ADDRESSES", "ofac:306", "address { country { id: 'state:IRN' } }")),
          Listed("31/addresses",
                 PartText("ADDRESSES", "ofac:31", "address { country { id: 'state:RUS' } }"))},
         kAddressesOnly);
  }
  std::vector<std::string> Fitting(const std::string& filter) {
    const std::string request = absl::StrCat("source: 'ofac-sdn' filter { ", filter, " }");
    const auto all = AllRecords(request);
    EXPECT_EQ(Entries(request).count(), all.size()) << filter;
    // In pages of one, and of two, it is the same list.
    EXPECT_EQ(AllRecords(request + " page_size: 1"), all) << filter;
    EXPECT_EQ(AllRecords(request + " page_size: 2"), all) << filter;
    return all;
  }
};

TEST_F(ListEntriesTest, EntriesStandInTheOrderOfTheirKeysWithTheirCount) {
  LoadList();
  EXPECT_THAT(Fitting(""), ElementsAre("30", "306", "306-A", "31"));
  const auto page = Entries("source: 'ofac-sdn' page_size: 2");
  EXPECT_EQ(page.count(), 4u);
  EXPECT_EQ(page.entry(1).sanction().address_size(), 1);
  EXPECT_THAT(page.coverage(0), HasSubstr("part in {entries} | part in {addresses}; 2 editions"));
}

TEST_F(ListEntriesTest, AnyPartOfAnEntryCanFit) {
  LoadList();
  EXPECT_THAT(Fitting("programme: 'toy'"), ElementsAre("30", "306"));
  EXPECT_THAT(Fitting("programme: 'TOY' programme: 'GAME'"), ElementsAre("30", "306", "31"));
  EXPECT_THAT(Fitting("country: 'Iran'"), ElementsAre("306"));
  EXPECT_THAT(Fitting("country: 'IRN' country: 'RU'"), ElementsAre("306", "31"));
  EXPECT_THAT(Fitting("country: 'IRN' programme: 'PLAY'"), ElementsAre("306"));
  EXPECT_THAT(Fitting("country: 'IRN' programme: 'GAME'"), IsEmpty());
  EXPECT_THAT(Fitting("kind: ACTOR_KIND_VESSEL kind: ACTOR_KIND_PERSON"), ElementsAre("30", "306"));
  EXPECT_THAT(Fitting("measure: MEASURE_KIND_ASSET_FREEZE"), ElementsAre("30"));
}

TEST_F(ListEntriesTest, ACountryFitsWhatItIsTheTargetOf) {
  const auto measures = [](const std::string& targets) {
    return absl::StrCat("sanction { part: SANCTION_PART_ENTRY ", targets,
                        " sender { id: 'state:USA' } }");
  };
  Load("ofac-sdn", "2022-02-01",
       {Listed("1", measures("target { id: 'state:IRN' }")),
        Listed("2", measures("target { id: 'state:PRK' } target { id: 'state:IRN' }")),
        Listed("3", measures("target { id: 'state:PRK' } target { id: 'state:RUS' }"))});
  EXPECT_THAT(Fitting("country: 'Iran'"), ElementsAre("1", "2"));
  EXPECT_THAT(Fitting("country: 'RUS'"), ElementsAre("3"));
  EXPECT_THAT(Fitting("country: 'USA'"), IsEmpty());
  Load("ofac-sdn", "2022-03-01", {Listed("2", measures("target { id: 'state:PRK' }"))});
  EXPECT_THAT(AllRecords("source: 'ofac-sdn' filter { country: 'Iran' } "), ElementsAre("1"));
  EXPECT_EQ(Changes("source: 'ofac-sdn' filter { country: 'Iran' } "
                    "from { known_by_date { year: 2022 month: 2 } }")
                .change_size(),
            1);
}

TEST_F(ListEntriesTest, AListWithoutAnEditionByTheCutSaysSo) {
  LoadList();
  const auto coverage = [&](const std::string& request) {
    return std::string(Entries(request).coverage(0));
  };
  EXPECT_EQ(coverage("source: 'ofac-sdn' " + KnownBy("2018-01-01")),
            "ofac-sdn: no edition by this cut");
  Load("toy-list", "2022-02-01", {Listed("1", EntryText("toy:1", "A"))});
  EXPECT_EQ(coverage("source: 'toy-list' " + KnownBy("2018-01-01")),
            "toy-list: no edition by this cut");
  Report("analyst:ana", "2022-02-01", {Listed("1", EntryText("toy:1", "A"))});
  EXPECT_EQ(coverage("source: 'analyst:ana'"), "analyst:ana: reports, no editions");
}

TEST_F(ListEntriesTest, AListIsWhatItWasOnADay) {
  LoadList();
  Load("ofac-sdn", "2022-03-01",
       {Gone("306"), Listed("5", EntryText("ofac:5", "E", "programme: 'TOY'"))}, kEntriesOnly);
  EXPECT_THAT(AllRecords("source: 'ofac-sdn' "), ElementsAre("30", "306-A", "31", "5"));
  EXPECT_EQ(Entries("source: 'ofac-sdn' ").count(), 4u);
  EXPECT_EQ(Entries("source: 'ofac-sdn' " + KnownBy("2022-02-28")).count(), 4u);
  EXPECT_THAT(AllRecords("source: 'ofac-sdn' " + KnownBy("2022-02-28")),
              ElementsAre("30", "306", "306-A", "31"));
  EXPECT_THAT(AllRecords("source: 'ofac-sdn' filter { programme: 'TOY' }"), ElementsAre("30", "5"));
  // The addresses of an entry that is gone do not bring it back.
  EXPECT_THAT(AllRecords("source: 'ofac-sdn' filter { country: 'IRN' }"), IsEmpty());
  EXPECT_EQ(Entries("source: 'ofac-sdn' " + KnownBy("2022-01-31")).count(), 0u);
}

TEST_F(ListEntriesTest, ALateEditionCountsOnlyOnceItWasAccepted) {
  LoadList();
  const uint64_t before = views_->position().sequence;
  Load("ofac-sdn", "2022-01-01",
       {Listed("1", EntryText("ofac:1", "Z")), Listed("30", EntryText("ofac:30", "A"))},
       kEntriesOnly);
  Load("ofac-sdn", "2022-02-01", {Gone("1")}, kEntriesOnly);
  const std::string then = absl::StrCat(" sequence: ", before, " } }");
  const std::string in_january = "known_by_date { year: 2022 month: 1 day: 15 }";
  EXPECT_EQ(Entries("source: 'ofac-sdn' read_at { cut { " + in_january + " } }").count(), 2u);
  EXPECT_EQ(Entries("source: 'ofac-sdn' read_at { cut { " + in_january + then).count(), 0u);
  EXPECT_THAT(AllRecords("source: 'ofac-sdn' read_at { cut { " + in_january + then), IsEmpty());
  EXPECT_EQ(Entries("source: 'ofac-sdn' read_at { cut {" + then).count(), 4u);
}

TEST_F(ListEntriesTest, WhatIsVoidedLaterStillStoodThen) {
  LoadList();
  const uint64_t before = views_->position().sequence;
  Retract("ofac-sdn", "2022-02-01", {"30", "306", "306-A", "31"});
  EXPECT_THAT(AllRecords("source: 'ofac-sdn'"), IsEmpty());
  EXPECT_EQ(Entries("source: 'ofac-sdn'").count(), 0u);
  const std::string then =
      absl::StrCat("source: 'ofac-sdn' read_at { cut { sequence: ", before, " } } ");
  EXPECT_THAT(AllRecords(then + "page_size: 1"), ElementsAre("30", "306", "306-A", "31"));
  EXPECT_EQ(Entries(then).count(), 4u);
  EXPECT_THAT(AllRecords(then + "filter { country: 'IRN' }"), ElementsAre("306"));
}

TEST_F(ListEntriesTest, LaterPagesGoOnWithTheFirstOnesCutAndCount) {
  LoadList();
  for (const std::string filter : {"", " filter { programme: 'TOY' programme: 'PLAY' } "}) {
    const std::string request = absl::StrCat("source: 'ofac-sdn' page_size: 2", filter);
    const auto first = Entries(request);
    Load("ofac-sdn", "2022-03-01", {Gone("31"), Listed("9", EntryText("ofac:9", "F"))},
         kEntriesOnly);
    const auto second =
        Entries(absl::StrCat(request, " page_token: '", first.next_page_token(), "'"));
    EXPECT_EQ(second.count(), first.count()) << filter;
    EXPECT_EQ(second.answered_at().sequence(), first.answered_at().sequence());
    EXPECT_EQ(second.entry(0).record(), "306-A") << filter;
    Retract("ofac-sdn", "2022-03-01", {"31", "9"});
  }
}

TEST_F(ListEntriesTest, ALongListIsPagedWhole) {
  std::vector<Said> said;
  std::vector<std::string> records;
  for (int i = 0; i < 500; ++i) {
    records.push_back(absl::StrCat(i));
    said.push_back(Listed(records.back(), EntryText(absl::StrCat("ofac:", i), "X",
                                                    i % 7 == 0 ? "programme: 'TOY'" : "")));
  }
  Load("ofac-sdn", "2022-02-01", said);
  std::sort(records.begin(), records.end());
  EXPECT_EQ(AllRecords("source: 'ofac-sdn' page_size: 64"), records);
  std::erase_if(records, [](const std::string& record) { return std::stoi(record) % 7 != 0; });
  EXPECT_EQ(AllRecords("source: 'ofac-sdn' filter { programme: 'TOY' } page_size: 10"), records);
}

TEST_F(ListEntriesTest, WhatCannotBeAskedIsRefusedByField) {
  LoadList();
  const auto error = [&](const std::string& request) {
    return Fails(&SanctionsStub::ListEntries, request).error_message();
  };
  EXPECT_THAT(error(""), HasSubstr("source: empty"));
  EXPECT_THAT(error("source: 'nobody'"), HasSubstr("source: \"nobody\" has published nothing"));
  EXPECT_THAT(error("source: 'ofac-sdn' page_size: 5000"), HasSubstr("page_size"));
  EXPECT_THAT(error("source: 'ofac-sdn' filter { country: 'Atlantis' }"),
              HasSubstr("filter.country: \"Atlantis\" is no actor"));
  EXPECT_THAT(error("source: 'ofac-sdn' page_token: 'x'"), HasSubstr("page_token"));
}

}  // namespace
}  // namespace dossier
