// What three published editions of the 16-column register say is what was known by the days after
// them, in whatever order they were loaded; and deals that the newest one does not cover are held,
// not withdrawn.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "services/query/history.h"
#include "services/query/transfer_changes.h"
#include "tests/integration/all_pages.h"
#include "tests/integration/register_editions_fixture.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<PlainCells> Sorted(std::vector<PlainCells> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<PlainCells> CellsOf(const std::vector<v1::TransferRecord>& records) {
  std::vector<PlainCells> rows;
  for (const v1::TransferRecord& record : records) rows.push_back(PlainCellsOf(record.transfer()));
  return Sorted(std::move(rows));
}

class RegisterRevisionsRealFiles : public RegisterEditionsTest {};

// What live editions say of deliveries to Russia, by their rows alone.
class PlainKnowledge {
 public:
  explicit PlainKnowledge(const std::vector<std::vector<PlainDeal>>& plain) : plain_(plain) {}

  // At the day after the edition `last`. An edition of deliveries alone says nothing of the deals
  // without any, but for those that it holds by the same designation.
  std::vector<PlainCells> Of(const std::string& supplier, size_t last,
                             const std::set<size_t>& live) const {
    std::vector<PlainCells> known;
    for (const size_t edition : live) {
      if (edition > last) break;
      std::vector<PlainCells> says;
      std::set<std::string> designations;
      for (const PlainDeal& deal : plain_[edition]) {
        if (deal.cells[kSupplierCell] != supplier || deal.cells[kRecipientCell] != "Russia") {
          continue;
        }
        says.push_back(deal.cells);
        designations.insert(deal.cells[kDesignationCell]);
      }
      for (const PlainCells& cells : known) {
        const bool is_silent = edition >= kRegistersWithOrders && cells[kYearsCell].empty();
        if (is_silent && !designations.contains(cells[kDesignationCell])) says.push_back(cells);
      }
      known = std::move(says);
    }
    return Sorted(std::move(known));
  }

 private:
  const std::vector<std::vector<PlainDeal>>& plain_;
};

TEST_F(RegisterRevisionsRealFiles, SayWhatEachEditionSaysInAnyOrderAndAfterEachWasTakenBack) {
  std::vector<std::vector<PlainDeal>> plain;
  for (const char* name : kRegisterNames) plain.push_back(PlainRegister(Bytes(name)));
  const PlainKnowledge expected(plain);
  const auto expect_known = [&](IngestPath& path, const std::set<size_t>& live) {
    for (size_t i = 0; i < kRegisterEditions; ++i) {
      for (const std::string supplier : {"Iran", "North Korea"}) {
        EXPECT_EQ(CellsOf(Held(path, kRegisterDays[i], supplier, "Russia")),
                  expected.Of(supplier, i, live))
            << supplier << " by " << kRegisterDays[i];
      }
    }
  };
  ASSERT_EQ(expected.Of("Iran", 0, {0, 1, 2}).size(), 2u);
  ASSERT_EQ(expected.Of("Iran", 2, {0, 1, 2}).size(), 5u) << "one is not covered by the last";

  std::string knowledge;
  std::vector<size_t> order = {0, 1, 2};
  size_t turn = 0;
  do {
    SCOPED_TRACE(absl::StrJoin(order, " "));
    IngestPath path;
    std::vector<v1::EditionLoaded> loaded(kRegisterEditions);
    std::set<size_t> live;
    const auto load = [&](size_t index) {
      loaded[index] = LoadFile(path, kRegisterNames[index]).edition();
      EXPECT_EQ(loaded[index].counts().read(), plain[index].size());
      live.insert(index);
      expect_known(path, live);
    };
    for (const size_t index : order) load(index);
    if (knowledge.empty()) knowledge = path.TakeDigests().knowledge;
    EXPECT_EQ(path.TakeDigests().knowledge, knowledge);
    // Each edition after loading in order, one of them after any other order.
    const std::vector<size_t> again =
        turn == 0 ? order : std::vector<size_t>{turn % kRegisterEditions};
    for (const size_t index : again) {
      SCOPED_TRACE(absl::StrCat("taken back: ", kRegisterNames[index]));
      EXPECT_TRUE(path.Retract(loaded[index]).ok());
      live.erase(index);
      expect_known(path, live);
      EXPECT_NE(path.TakeDigests().knowledge, knowledge);
      load(index);
      EXPECT_EQ(loaded[index].load(), 2u);
      EXPECT_EQ(path.TakeDigests().knowledge, knowledge);
    }
    if (turn == 0) {
      EXPECT_EQ(path.RebuiltDigests({}).view, path.TakeDigests().view);
    }
    ++turn;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(turn, 6u);
}

TEST_F(RegisterRevisionsRealFiles, HoldEachRowOfAnEditionOnTheDayAfterIt) {
  Published& published = InOrder();
  for (size_t i = 0; i < kRegisterEditions; ++i) {
    SCOPED_TRACE(kRegisterDays[i]);
    std::vector<PlainCells> printed;
    for (const PlainDeal& deal : published.plain[i]) printed.push_back(deal.cells);
    printed = Sorted(std::move(printed));
    const std::vector<PlainCells> held = CellsOf(Held(published.path, kRegisterDays[i]));
    std::vector<PlainCells> lost, more;
    std::set_difference(printed.begin(), printed.end(), held.begin(), held.end(),
                        std::back_inserter(lost));
    std::set_difference(held.begin(), held.end(), printed.begin(), printed.end(),
                        std::back_inserter(more));
    EXPECT_EQ(lost.size(), 0u) << absl::StrJoin(lost.front(), ",");
    if (i < kRegistersWithOrders) {
      EXPECT_EQ(more.size(), 0u) << absl::StrJoin(more.front(), ",");
    }
    for (const PlainCells& cells : more) EXPECT_EQ(cells[kYearsCell], "") << "not in the edition";
  }
}

TEST_F(RegisterRevisionsRealFiles, ADealOutsideTheNewestScopeIsHeldAndNotWithdrawn) {
  Published& published = InOrder();
  std::string record;
  size_t undelivered = 0;
  for (const v1::TransferRecord& held : Held(published.path, kRegisterDays[2], "Russia", "Iran")) {
    if (held.transfer().delivery_size() == 0) ++undelivered;
    if (held.transfer().designation() != "Su-35S") continue;
    EXPECT_EQ(record, "") << "held twice";
    record = held.record();
    EXPECT_EQ(held.stage(), v1::STAGE_ORDERED);
    EXPECT_EQ(held.transfer().number_ordered(), 24);
    EXPECT_EQ(held.transfer().order_date().year(), 2023);
    EXPECT_LE(PrintPublishStamp(held.stamp()), "2025-03-13 99");
  }
  ASSERT_NE(record, "");
  EXPECT_THAT(published.reports[2].scope(), HasSubstr("deliveries only"));
  EXPECT_THAT(published.reports[1].scope(), Not(HasSubstr("deliveries only")));

  auto request = ChangesBetween(kRegisterDays[1], kRegisterDays[2]);
  request.mutable_filter()->add_supplier("Russia");
  request.mutable_filter()->add_recipient("Iran");
  const auto pages = AllPages(published.path, request, &ListTransferChanges);
  ASSERT_EQ(pages.size(), 1u);
  for (const v1::TransferChange& change : pages[0].change()) EXPECT_NE(change.record(), record);
  EXPECT_EQ(pages[0].outside_newest_scope(), undelivered);
  EXPECT_EQ(pages[0].newest_scope(), published.reports[2].scope());

  v1::GetHistoryRequest asked;
  asked.set_source(kRegisterSource);
  asked.set_record(record);
  asked.set_with_silences(true);
  auto as_of = AsOf::Open(published.path.views(), asked.read_at(), {});
  ASSERT_TRUE(as_of.ok()) << as_of.status();
  const auto history = GetHistory(*as_of, asked, "");
  ASSERT_TRUE(history.ok()) << history.status();
  ASSERT_GT(history->version_size(), 0);
  for (const v1::Version& version : history->version()) {
    EXPECT_TRUE(version.event().has_present()) << version.ShortDebugString();
  }
  std::vector<std::string> outside;
  for (const v1::EditionSilence& silence : history->silence()) {
    if (silence.silence() != v1::SILENCE_OUTSIDE_SCOPE) continue;
    outside.push_back(silence.file_name());
    EXPECT_EQ(silence.scope(), published.reports[2].scope());
  }
  EXPECT_THAT(outside, ElementsAre(absl::StrCat("sipri_", kRegisterNames[2], ".csv")));
}

TEST_F(RegisterRevisionsRealFiles, NoDealWithoutDeliveriesIsWithdrawnByAnEditionOfDeliveries) {
  Published& published = InOrder();
  size_t undelivered = 0;
  for (const PlainDeal& deal : published.plain[1]) undelivered += deal.HasDelivery() ? 0 : 1;
  for (const PlainDeal& deal : published.plain[2]) EXPECT_TRUE(deal.HasDelivery()) << deal.line;
  ASSERT_GT(undelivered, 1'000u);

  size_t held = 0, delivered_since = 0;
  for (const v1::TransferRecord& record : Held(published.path, kRegisterDays[2])) {
    held += record.transfer().delivery_size() == 0 ? 1 : 0;
  }
  const auto request = ChangesBetween(kRegisterDays[1], kRegisterDays[2]);
  const auto pages = AllPages(published.path, request, &ListTransferChanges);
  for (const v1::ListTransferChangesResponse& page : pages) {
    EXPECT_EQ(page.outside_newest_scope(), held);
    for (const v1::TransferChange& change : page.change()) {
      if (!change.has_before() || !RowOf(change.before())[kYearsCell].empty()) continue;
      ++delivered_since;
      EXPECT_EQ(change.verb(), v1::VERB_REVISED) << change.ShortDebugString();
      EXPECT_THAT(change.change_class(), Contains(v1::CHANGE_CLASS_NEW_DELIVERIES));
    }
  }
  EXPECT_EQ(held + delivered_since, undelivered);
  std::cout << undelivered << " deals without deliveries in " << kRegisterNames[1] << ": " << held
            << " held since, " << delivered_since << " delivered since\n";
}

}  // namespace
}  // namespace dossier
