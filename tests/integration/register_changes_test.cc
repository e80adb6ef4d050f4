// What changed between three published editions of the 16-column register is told for what it is:
// revisions of marks of estimates as such, and the same counts by the feed and between two cuts.
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/query/feed.h"
#include "services/query/transfer_changes.h"
#include "tests/integration/all_pages.h"
#include "tests/integration/register_editions_fixture.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

using Counts = std::map<std::string, uint64_t>;  // by verb or class, as in the proto

// Supplier, recipient and order year: which deals could be taken for each other.
std::string PlainPlace(const PlainCells& cells) {
  return absl::StrCat(cells[kSupplierCell], "|", cells[kRecipientCell], "|", cells[kOrderYearCell]);
}

class RegisterChangesRealFiles : public RegisterEditionsTest {};

// Revisions of marks alone, told and by the rows: between the edition before and this one.
class MarkRevisions {
 public:
  MarkRevisions(const std::vector<PlainDeal>& before, const std::vector<PlainDeal>& after) {
    std::map<PlainCells, std::vector<PlainCells>> old, now;
    std::map<std::string, size_t> at_place_before, at_place_after;
    for (const PlainDeal& deal : before) {
      old[WithoutMarks(deal.cells)].push_back(deal.cells);
      ++at_place_before[PlainPlace(deal.cells)];
    }
    for (const PlainDeal& deal : after) {
      now[WithoutMarks(deal.cells)].push_back(deal.cells);
      ++at_place_after[PlainPlace(deal.cells)];
    }
    for (const auto& [unmarked, rows] : old) {
      const auto same = now.find(unmarked);
      if (same == now.end() || rows.size() > 1 || same->second.size() > 1) continue;
      if (rows[0] == same->second[0]) continue;
      (OnlyDeliveredMark(rows[0], same->second[0]) ? delivered_ : others_).insert(unmarked);
      const std::string place = PlainPlace(unmarked);
      if (at_place_before[place] == 1 && at_place_after[place] == 1) alone_.insert(unmarked);
    }
  }

  static bool OnlyDeliveredMark(PlainCells before, PlainCells after) {
    before[kDeliveredMarkCell].clear();
    after[kDeliveredMarkCell].clear();
    return before == after;
  }

  // Of the mark of the number delivered alone, and of other marks too or alone.
  const std::set<PlainCells>& delivered() const { return delivered_; }
  const std::set<PlainCells>& others() const { return others_; }
  // Those of which no other deal has the parties and the order year.
  const std::set<PlainCells>& unmistakable() const { return alone_; }

 private:
  std::set<PlainCells> delivered_, others_, alone_;
};

TEST_F(RegisterChangesRealFiles, RevisionsOfMarksAloneAreFlagsAndTheLoadWarns) {
  Published& published = InOrder();
  for (size_t i = 1; i < kRegisterEditions; ++i) {
    SCOPED_TRACE(kRegisterNames[i]);
    EXPECT_THAT(published.reports[i].warning(),
                Contains(HasSubstr("number delivered is estimate: filled in")));
    const MarkRevisions expected(published.plain[i - 1], published.plain[i]);
    ASSERT_GT(expected.delivered().size(), 9'000u);
    auto request = ChangesBetween(kRegisterDays[i - 1], kRegisterDays[i]);
    request.mutable_filter()->add_change_class(v1::CHANGE_CLASS_FLAG);
    request.mutable_filter()->set_no_other_class(true);
    std::set<PlainCells> told;
    size_t changes = 0, of_delivered = 0;
    const auto pages = AllPages(published.path, request, &ListTransferChanges);
    for (const v1::ListTransferChangesResponse& page : pages) {
      for (const v1::TransferChange& change : page.change()) {
        ++changes;
        ASSERT_THAT(change.change_class(), ElementsAre(v1::CHANGE_CLASS_FLAG));
        const PlainCells &before = RowOf(change.before()), &after = RowOf(change.after());
        ASSERT_EQ(WithoutMarks(before), WithoutMarks(after)) << change.ShortDebugString();
        ASSERT_NE(before, after);
        const bool only_delivered = MarkRevisions::OnlyDeliveredMark(before, after);
        of_delivered += only_delivered ? 1 : 0;
        EXPECT_EQ(change.change_size() == 1 &&
                      change.change(0).field() == "delivery[0].number_is_estimate",
                  only_delivered)
            << change.ShortDebugString();
        told.insert(WithoutMarks(after));
      }
    }
    for (const PlainCells& row : expected.unmistakable()) {
      EXPECT_TRUE(told.contains(row)) << absl::StrJoin(row, ",");
    }
    // A deal can take the number of another that has the same parties, year and weapon.
    size_t missed = 0;
    for (const auto* rows : {&expected.delivered(), &expected.others()}) {
      for (const PlainCells& row : *rows) missed += told.contains(row) ? 0 : 1;
    }
    EXPECT_LE(missed * 200, expected.delivered().size()) << "more than one in two hundred";
    ASSERT_FALSE(pages.empty());
    ASSERT_EQ(pages[0].class_count_size(), 1);
    EXPECT_EQ(pages[0].class_count(0).alone(), changes);
    std::cout << kRegisterNames[i] << ": " << changes << " revisions of marks alone, "
              << of_delivered << " of the number delivered; by the rows "
              << expected.delivered().size() << " and " << expected.others().size()
              << " others, of which " << missed << " not so told\n";
  }
}

// By verb and, of revisions, by class: any, and alone.
struct Tally {
  Counts verbs, classes, alone;

  bool operator==(const Tally&) const = default;

  template <typename Classes>
  void Take(v1::Verb verb, const Classes& of) {
    ++verbs[v1::Verb_Name(verb)];
    for (const int each : of) {
      ++classes[v1::ChangeClass_Name(static_cast<v1::ChangeClass>(each))];
      if (of.size() == 1) ++alone[v1::ChangeClass_Name(static_cast<v1::ChangeClass>(each))];
    }
  }
};

std::ostream& operator<<(std::ostream& out, const Tally& tally) {
  for (const Counts* counts : {&tally.verbs, &tally.classes, &tally.alone}) {
    for (const auto& [name, count] : *counts) out << " " << name << " " << count;
    out << ";";
  }
  return out;
}

TEST_F(RegisterChangesRealFiles, TheFeedTellsOfEachEditionWhatChangedBetweenTheCuts) {
  Published& published = InOrder();
  std::vector<Tally> told(kRegisterEditions);
  v1::WatchRequest watch;
  watch.add_source(kRegisterSource);
  WatchReader reader(published.path.views(), Actors(), watch, absl::Hours(1));
  for (bool caught_up = false; !caught_up;) {
    const auto chunk = reader.Read({});
    ASSERT_TRUE(chunk.ok()) << chunk.status();
    for (const v1::WatchResponse& message : chunk->messages) {
      caught_up = caught_up || message.caught_up();
      if (!message.has_item()) continue;
      const v1::FeedItem& item = message.item();
      size_t edition = 0;
      while (published.reports[edition].last_sequence() < item.sequence()) ++edition;
      told[edition].Take(item.verb(), item.change_class());
      EXPECT_EQ(item.novelty(), edition == 0 ? v1::NOVELTY_BASELINE : v1::NOVELTY_NEWS);
    }
  }
  EXPECT_EQ(told[0].verbs, (Counts{{"VERB_REPORTED", published.plain[0].size()}}));
  for (size_t i = 1; i < kRegisterEditions; ++i) {
    SCOPED_TRACE(kRegisterNames[i]);
    Tally listed, counted;
    const auto request = ChangesBetween(kRegisterDays[i - 1], kRegisterDays[i]);
    const auto pages = AllPages(published.path, request, &ListTransferChanges);
    ASSERT_FALSE(pages.empty());
    for (const v1::ListTransferChangesResponse& page : pages) {
      for (const v1::TransferChange& change : page.change()) {
        listed.Take(change.verb(), change.change_class());
        EXPECT_EQ(change.change_class_size() > 0, change.verb() == v1::VERB_REVISED);
      }
    }
    for (const v1::VerbCount& each : pages[0].verb_count()) {
      counted.verbs[v1::Verb_Name(each.verb())] = each.count();
    }
    for (const v1::ClassCount& each : pages[0].class_count()) {
      counted.classes[v1::ChangeClass_Name(each.change_class())] = each.count();
      if (each.alone() > 0) {
        counted.alone[v1::ChangeClass_Name(each.change_class())] = each.alone();
      }
    }
    EXPECT_EQ(told[i], listed);
    EXPECT_EQ(counted, listed);
    std::cout << kRegisterNames[i] << ":" << listed << "\n";
    const v1::LoadCounts& counts = published.reports[i].edition().counts();
    EXPECT_EQ(listed.verbs["VERB_WITHDRAWN"], counts.absent());
    EXPECT_EQ(listed.verbs["VERB_REPORTED"] + listed.verbs["VERB_REVISED"] +
                  listed.verbs["VERB_CAME_BACK"],
              counts.published());
  }
}

}  // namespace
}  // namespace dossier
