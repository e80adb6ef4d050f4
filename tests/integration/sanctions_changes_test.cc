// Every published change of a list, and no other: the editions that OFAC, the UN and OFSI put out,
// in any order, give each step's additions, removals and amendments, entry by entry, as a plain
// comparison of the files does, and as was counted by hand of the files.
#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "tests/integration/lists_fixture.h"

namespace dossier {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct Step {
  const char* date;
  size_t records;
  size_t added, removed, amended;  // since the step before
};

constexpr Step kSdn[] = {
    {"2019-01-15", 7'379, 0, 0, 0},          {"2021-04-25", 8'890, 1'712, 201, 833},
    {"2021-07-07", 8'976, 150, 64, 11},      {"2021-08-18", 9'083, 110, 3, 4},
    {"2022-02-17", 9'056, 361, 388, 108},    {"2022-02-23T0152Z", 9'108, 52, 0, 2},
    {"2022-02-23T1846Z", 9'121, 13, 0, 0},   {"2022-02-24", 9'123, 2, 0, 0},
    {"2022-02-25", 9'214, 91, 0, 4},         {"2022-02-26", 9'218, 4, 0, 2},
    {"2022-02-28", 9'222, 4, 0, 0},          {"2022-03-24", 9'793, 572, 1, 25},
    {"2022-04-08", 9'966, 174, 1, 8},        {"2022-04-11", 9'953, 8, 21, 0},
    {"2023-06-29", 12'631, 2'862, 184, 749}, {"2024-01-08", 13'821, 1'401, 211, 47},
    {"2024-02-20", 13'931, 116, 6, 11},      {"2024-02-23", 14'484, 553, 0, 8},
};

// Amendments of the last step: 479 entries differ in their text, 480 in how it is divided among
// elements, 464 in more than the order of elements.
constexpr Step kUn[] = {
    {"2017-06-20", 1'024, 0, 0, 0},  {"2017-06-30", 1'024, 0, 0, 1},
    {"2017-07-03", 1'021, 0, 3, 0},  {"2018-08-24", 1'098, 92, 15, 40},
    {"2018-10-29", 1'093, 3, 8, 8},  {"2020-03-20", 1'014, 23, 102, 596},
    {"2020-11-23", 1'018, 5, 1, 25}, {"2020-11-24", 1'018, 0, 0, 0},
    {"2020-11-30", 1'018, 0, 0, 0},  {"2025-04-19", 877, 45, 186, 480},
};

std::string SdnName(const Step& step) { return std::string("us_ofac_sdn_") + step.date + ".csv"; }
std::string UnName(const Step& step) {
  return std::string("un_sc_consolidated_") + step.date + ".xml";
}

// Orders in which to load so many editions: as published, in reverse, and shuffled.
std::vector<std::vector<size_t>> Orders(size_t count) {
  std::vector<size_t> order(count);
  for (size_t i = 0; i < count; ++i) order[i] = i;
  std::vector<std::vector<size_t>> orders{order, {order.rbegin(), order.rend()}};
  std::mt19937 random(20'240'223);
  for (size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  orders.push_back(order);
  return orders;
}

// The day of a publish time, and the one before it.
v1::Date DayOf(const v1::EditionLoaded& edition) { return DateOf(ToTime(edition.stamp().time())); }
v1::Date DayBefore(const v1::EditionLoaded& edition) {
  return DateOf(StartOf(DayOf(edition)) - absl::Hours(24));
}

class SanctionsChangesTest : public ListsTest {
 protected:
  // Loads the editions in an order; what was loaded, in the order of publication.
  template <size_t count>
  static std::vector<v1::EditionLoaded> LoadAll(IngestPath& path, const Step (&steps)[count],
                                                std::string (*name)(const Step&),
                                                const std::vector<size_t>& order) {
    std::vector<v1::EditionLoaded> loaded(count);
    for (size_t index : order) {
      loaded[index] = Load(path, name(steps[index])).edition();
      EXPECT_EQ(loaded[index].counts().read(), steps[index].records) << steps[index].date;
    }
    return loaded;
  }

  // The list between each two editions is the earlier one.
  template <size_t count>
  static void ExpectCounts(IngestPath& path, const Step (&steps)[count],
                           const std::vector<v1::EditionLoaded>& loaded) {
    const std::string source = loaded.front().source();
    EXPECT_EQ(CountOn(path, source, DayBefore(loaded.front())), 0u);
    for (size_t i = 0; i < count; ++i) {
      EXPECT_EQ(CountOf(path, loaded[i]), steps[i].records) << steps[i].date;
      if (i == 0 || Before(DayBefore(loaded[i]), DayOf(loaded[i - 1]))) continue;
      EXPECT_EQ(CountOn(path, source, DayBefore(loaded[i])), steps[i - 1].records)
          << "before " << steps[i].date;
    }
  }
};

TEST_F(SanctionsChangesTest, TheSdnListGivesItsTableInAnyOrder) {
  std::vector<PlainList> lists;
  for (const Step& step : kSdn) lists.push_back(PlainOfac(Bytes(SdnName(step))));
  std::string knowledge;
  for (const std::vector<size_t>& order : Orders(std::size(kSdn))) {
    SCOPED_TRACE(testing::PrintToString(order));
    IngestPath path;
    const std::vector<v1::EditionLoaded> loaded = LoadAll(path, kSdn, &SdnName, order);
    for (size_t i = 1; i < lists.size(); ++i) {
      SCOPED_TRACE(kSdn[i].date);
      const ListDifference told = Changes(path, loaded[i - 1], loaded[i]);
      EXPECT_EQ(told, DifferenceOf(lists[i - 1], lists[i]));
      EXPECT_EQ(told.added.size(), kSdn[i].added);
      EXPECT_EQ(told.removed.size(), kSdn[i].removed);
      EXPECT_EQ(told.amended.size(), kSdn[i].amended);
    }
    ExpectCounts(path, kSdn, loaded);
    const Digests digests = path.TakeDigests();
    if (knowledge.empty()) knowledge = digests.knowledge;
    EXPECT_EQ(digests.knowledge, knowledge);
    EXPECT_EQ(path.RebuiltDigests({}).view, digests.view);
  }
}

TEST_F(SanctionsChangesTest, ChangesOverYearsAreThoseBetweenTheTwoEditions) {
  IngestPath path;
  const std::vector<v1::EditionLoaded> loaded =
      LoadAll(path, kSdn, &SdnName, Orders(std::size(kSdn)).front());
  EXPECT_EQ(Changes(path, loaded.front(), loaded.back()),
            DifferenceOf(PlainOfac(Bytes(SdnName(kSdn[0]))),
                         PlainOfac(Bytes(SdnName(kSdn[std::size(kSdn) - 1])))));
  EXPECT_EQ(Changes(path, loaded[3], loaded[3]), ListDifference());
}

TEST_F(SanctionsChangesTest, TheUnListGivesItsTableInAnyOrder) {
  std::vector<PlainList> lists, sorted_lists;
  for (const Step& step : kUn) {
    lists.push_back(PlainUn(Bytes(UnName(step))));
    sorted_lists.push_back(PlainUnSorted(Bytes(UnName(step))));
  }
  std::string knowledge;
  for (const std::vector<size_t>& order : Orders(std::size(kUn))) {
    SCOPED_TRACE(testing::PrintToString(order));
    IngestPath path;
    const std::vector<v1::EditionLoaded> loaded = LoadAll(path, kUn, &UnName, order);
    for (size_t i = 1; i < lists.size(); ++i) {
      SCOPED_TRACE(kUn[i].date);
      const ListDifference told = Changes(path, loaded[i - 1], loaded[i]);
      const ListDifference most = DifferenceOf(lists[i - 1], lists[i]);
      const ListDifference least = DifferenceOf(sorted_lists[i - 1], sorted_lists[i]);
      EXPECT_EQ(most.amended.size(), kUn[i].amended);
      EXPECT_EQ(told.added, most.added);
      EXPECT_EQ(told.removed, most.removed);
      EXPECT_EQ(told.added.size(), kUn[i].added);
      EXPECT_EQ(told.removed.size(), kUn[i].removed);
      EXPECT_TRUE(std::includes(most.amended.begin(), most.amended.end(), told.amended.begin(),
                                told.amended.end()))
          << "amended that did not change: " << told << " beside " << most;
      EXPECT_TRUE(std::includes(told.amended.begin(), told.amended.end(), least.amended.begin(),
                                least.amended.end()))
          << "changed and not amended: " << told << " beside " << least;
    }
    ExpectCounts(path, kUn, loaded);
    const Digests digests = path.TakeDigests();
    if (knowledge.empty()) knowledge = digests.knowledge;
    EXPECT_EQ(digests.knowledge, knowledge);
    EXPECT_EQ(path.RebuiltDigests({}).view, digests.view);
  }
}

TEST_F(SanctionsChangesTest, AnEditionEqualToTheLastPublishesNothingButItsLoad) {
  IngestPath path;
  Load(path, "un_sc_consolidated_2020-11-23.xml");
  for (const char* name :
       {"un_sc_consolidated_2020-11-24.xml", "un_sc_consolidated_2020-11-30.xml"}) {
    const uint64_t head = path.head();
    const v1::LoadReport report = Load(path, name);
    EXPECT_EQ(report.edition().counts().unchanged(), 1'018u);
    EXPECT_EQ(path.head(), head + 1);
  }
}

TEST_F(SanctionsChangesTest, DamagedEditionsAreRefusedAndTheLogStaysAsItWas) {
  IngestPath path;
  Load(path, "un_sc_consolidated_2025-04-19.xml");
  const uint64_t head = path.head();
  const auto corrupt = TryLoad(path, "un_sc_consolidated_2025-08-16_corrupt.xml");
  EXPECT_TRUE(absl::IsInvalidArgument(corrupt.status())) << corrupt.status();
  EXPECT_THAT(std::string(corrupt.status().message()), HasSubstr("line "));
  v1::LoadOptions options;
  options.set_accept_rejected(true);
  options.set_accept_ending(true);
  EXPECT_FALSE(TryLoad(path, "un_sc_consolidated_2025-08-16_corrupt.xml", options).ok());
  for (const char* source : {"un-consolidated", "ofac-sdn", "uk-ofsi", ""}) {
    options.set_file_name("us_ofac_sdn_2025-08-16.csv");
    options.set_source(source);
    EXPECT_TRUE(absl::IsInvalidArgument(path.Load("", options).status())) << source;
  }
  EXPECT_EQ(path.head(), head);
}

TEST_F(SanctionsChangesTest, AFileCutOffAnywhereEndsNothing) {
  IngestPath path;
  Load(path, "un_sc_consolidated_2025-04-19.xml");
  Load(path, "us_ofac_sdn_2024-02-20.csv");
  const uint64_t head = path.head();
  for (const char* name : {"un_sc_consolidated_2025-04-19.xml", "us_ofac_sdn_2024-02-23.csv"}) {
    const std::string whole = Bytes(name);
    std::mt19937 random(7);
    for (int i = 0; i < 20; ++i) {
      v1::LoadOptions options;
      options.set_file_name(name);
      options.set_publish_date("2025-06-01");
      const size_t size = random() % (whole.size() / 10 * 9);
      const auto report = path.Load(whole.substr(0, size), options);
      EXPECT_FALSE(report.ok()) << name << " cut off after " << size << " bytes";
    }
  }
  EXPECT_EQ(path.head(), head);
}

TEST_F(SanctionsChangesTest, TheWeekOfTheInvasionIsNews) {
  IngestPath path;
  std::set<std::string> expected, told;
  PlainList before;
  for (const Step& step : kSdn) {
    const PlainList list = PlainOfac(Bytes(SdnName(step)));
    if (absl::StartsWith(step.date, "2022-02-2")) {
      expected.merge(DifferenceOf(before, list).added);
    }
    before = list;
    Load(path, SdnName(step));
    if (&step != kSdn) continue;
    EXPECT_THAT(NewsAfter(path, 0), IsEmpty()) << "the first is a baseline";
  }
  size_t news = 0;
  for (const v1::FeedItem& item : NewsAfter(path, 0)) {
    EXPECT_EQ(item.novelty(), v1::NOVELTY_NEWS);
    ++news;
    const std::string date = PrintPublishStamp(item.event().stamp());
    if (item.verb() != v1::VERB_REPORTED || !absl::StartsWith(date, "2022-02-2")) continue;
    told.insert(item.event().present().sanction().target(0).id());
  }
  EXPECT_EQ(told.size(), 52u + 13 + 2 + 91 + 4 + 4);
  EXPECT_EQ(told, expected);
  size_t changes = 0;
  for (const Step& step : kSdn) changes += step.added + step.removed + step.amended;
  EXPECT_EQ(news, changes);
}

TEST_F(SanctionsChangesTest, AnArchiveEditionWakesNobody) {
  IngestPath path;
  for (const Step& step : kSdn) {
    if (std::string_view(step.date) != "2021-07-07") Load(path, SdnName(step));
  }
  const uint64_t head = path.head();
  const v1::LoadReport late = Load(path, "us_ofac_sdn_2021-07-07.csv");
  EXPECT_GT(late.edition().counts().published(), 0u);
  EXPECT_GT(path.head(), head);
  EXPECT_THAT(NewsAfter(path, head), IsEmpty());
}

TEST_F(SanctionsChangesTest, OfsiLostAThirdInFourYears) {
  const std::string names[] = {"uk_ofsi_sanctionsconlist_2014-04-02.csv",
                               "uk_ofsi_sanctionsconlist_2018-04-13.csv"};
  const ListDifference expected = DifferenceOf(PlainUk(Bytes(names[0])), PlainUk(Bytes(names[1])));
  std::string knowledge;
  for (const auto& [first, second] : {std::pair(0, 1), std::pair(1, 0)}) {
    IngestPath path;
    v1::EditionLoaded loaded[2];
    loaded[first] = Load(path, names[first]).edition();
    loaded[second] = Load(path, names[second]).edition();
    EXPECT_EQ(CountOf(path, loaded[0]), 2'297u);
    EXPECT_EQ(CountOf(path, loaded[1]), 2'106u);
    ListDifference told = Changes(path, loaded[0], loaded[1]);
    for (auto* ids : {&told.added, &told.removed, &told.amended}) {
      std::set<std::string> groups;
      for (const std::string& id : *ids) groups.insert(id.substr(id.find(':') + 1));
      *ids = groups;
    }
    EXPECT_EQ(told.added.size(), 642u);
    EXPECT_EQ(told.removed.size(), 833u);
    EXPECT_EQ(told.amended.size(), 704u);
    EXPECT_EQ(told, expected);
    const Digests digests = path.TakeDigests();
    if (knowledge.empty()) knowledge = digests.knowledge;
    EXPECT_EQ(digests.knowledge, knowledge);
  }
}

TEST_F(SanctionsChangesTest, TheNonSdnListLostOneEntry) {
  IngestPath path;
  const v1::EditionLoaded before = Load(path, "us_ofac_cons_prim_2025-08-18.csv").edition();
  const v1::EditionLoaded after = Load(path, "us_ofac_cons_prim_2025-12-19.csv").edition();
  const ListDifference told = Changes(path, before, after);
  EXPECT_EQ(told, DifferenceOf(PlainOfac(Bytes("us_ofac_cons_prim_2025-08-18.csv")),
                               PlainOfac(Bytes("us_ofac_cons_prim_2025-12-19.csv"))));
  EXPECT_EQ(told.added.size(), 0u);
  EXPECT_EQ(told.removed.size(), 1u);
  EXPECT_EQ(told.amended.size(), 11u);
}

TEST_F(SanctionsChangesTest, AnEditionSaysNothingOfPartsThatItLacks) {
  IngestPath path;
  std::vector<v1::EditionLoaded> sdn;
  for (const char* name :
       {"us_ofac_sdn_2019-01-15.csv", "us_ofac_add_2019-01-15.csv", "us_ofac_alt_2019-01-15.csv",
        "us_ofac_sdn_comments_2019-01-15.csv", "us_ofac_sdn_2024-01-08.csv",
        "us_ofac_add_2024-01-08.csv", "us_ofac_alt_2024-01-08.csv", "us_ofac_sdn_2024-02-20.csv",
        "us_ofac_sdn_2024-02-23.csv"}) {
    const v1::LoadReport report = Load(path, name);
    EXPECT_EQ(report.edition().source(), "ofac-sdn") << name;
    EXPECT_THAT(report.scope(), HasSubstr("part in {")) << name;
    if (absl::StartsWith(name, "us_ofac_sdn_20")) sdn.push_back(report.edition());
  }
  ASSERT_EQ(sdn.size(), 4u);
  const auto over_years = PartChanges(path, sdn[0], sdn[1]);
  EXPECT_GT(over_years.at(v1::SANCTION_PART_ADDRESSES).removed(), 0u);
  EXPECT_GT(over_years.at(v1::SANCTION_PART_ALIASES).removed(), 0u);
  EXPECT_FALSE(over_years.contains(v1::SANCTION_PART_COMMENTS));
  EXPECT_EQ(Changes(path, sdn[1], sdn[2]).removed.size(), kSdn[16].removed);
  EXPECT_EQ(Changes(path, sdn[2], sdn[3]).added.size(), kSdn[17].added);
}

}  // namespace
}  // namespace dossier
