// Two editions of a register, read anew by a newer version of their adapter: feed, history,
// transfers and changes tell what the reading changed from what the source changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/query/feed.h"
#include "services/query/history.h"
#include "services/query/transfer_changes.h"
#include "services/query/transfers_query.h"
#include "tests/ingest/second_formats.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_editions_fixture.h"

namespace dossier {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string Classes(const google::protobuf::RepeatedField<int>& classes) {
  return absl::StrJoin(classes, "+", [](std::string* out, int one) {
    absl::StrAppend(out, v1::ChangeClass_Name(static_cast<v1::ChangeClass>(one)).substr(13));
  });
}

constexpr char kRevised[] = "1001/2001"; // 3 units, then 9: the source revised it
constexpr char kRead[] = "1002/2001";    // 2 units in both editions: read as 20
constexpr char kLeft[] = "1003/2001";    // 1 unit in the first edition: left out
constexpr char kSource[] = "sipri-deals";

class ReparseToldApart : public testing::Test {
 protected:
  ReparseToldApart() {
    editions_.push_back(Edition(1, {{{1001, 2001}, 3}, {{1002, 2001}, 2}, {{1003, 2001}, 1}}));
    editions_.push_back(Edition(2, {{{1001, 2001}, 9}, {{1002, 2001}, 2}}));
    LoadBoth();
    head_ = path_.head();
    path_.ReadWith(newer_);
    LoadBoth();
  }

  static ToyEdition Edition(int day, const std::vector<std::pair<ToyRecord, int>>& numbers) {
    ToyEdition edition;
    edition.day = day;
    for (const auto& [record, number] : numbers) {
      edition.rows[record] = {number, "China", "Algeria"};
    }
    return edition;
  }
  void LoadBoth() {
    for (const ToyEdition& edition : editions_) {
      auto report = path_.Load(edition.Text(), edition.Options());
      ASSERT_TRUE(report.ok()) << report.status();
      reports_.push_back(*std::move(report));
    }
  }

  AsOf Open() { return *AsOf::Open(path_.views(), {}, {}); }

  std::vector<v1::FeedItem> Watch(const v1::WatchRequest& request) {
    WatchReader reader(path_.views(), Actors(), request, absl::Hours(1));
    std::vector<v1::FeedItem> items;
    for (bool caught_up = false; !caught_up;) {
      auto chunk = reader.Read({});
      EXPECT_TRUE(chunk.ok()) << chunk.status();
      if (!chunk.ok()) return items;
      for (const v1::WatchResponse& message : chunk->messages) {
        caught_up = caught_up || message.caught_up();
        if (message.has_item()) items.push_back(message.item());
      }
    }
    return items;
  }

  // "REVISED NEW_DELIVERIES" of each version.
  std::vector<std::string> History(const std::string& record) {
    v1::GetHistoryRequest request;
    request.set_source(kSource);
    request.set_record(record);
    AsOf as_of = Open();
    const auto history = GetHistory(as_of, request, "");
    EXPECT_TRUE(history.ok()) << history.status();
    std::vector<std::string> versions;
    for (const v1::Version& version : history->version()) {
      versions.push_back(absl::StrCat(v1::Verb_Name(version.verb()).substr(5), " ",
                                      Classes(version.change_class())));
    }
    return versions;
  }

  // "1002/2001 REVISED REPARSED" of each deal that changed from the cut on.
  std::vector<std::string> Changes(const v1::Cut& from, const v1::Cut& to) {
    v1::ListTransferChangesRequest request;
    request.set_source(kSource);
    *request.mutable_from() = from;
    *request.mutable_read_at()->mutable_cut() = to;
    auto as_of = AsOf::Open(path_.views(), request.read_at(), {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    const auto changes = ListTransferChanges(*as_of, Actors(), request, "");
    EXPECT_TRUE(changes.ok()) << changes.status();
    std::vector<std::string> told;
    for (const v1::TransferChange& change : changes->change()) {
      told.push_back(absl::StrCat(change.record(), " ", v1::Verb_Name(change.verb()).substr(5), " ",
                                  Classes(change.change_class())));
    }
    return told;
  }

  static v1::Cut AtSequence(uint64_t sequence) {
    v1::Cut cut;
    cut.set_sequence(sequence);
    return cut;
  }
  static v1::Cut KnownBy(int day) {
    v1::Cut cut;
    cut.mutable_known_by_date()->set_year(2021);
    cut.mutable_known_by_date()->set_month(1);
    cut.mutable_known_by_date()->set_day(day);
    return cut;
  }

  const std::vector<EditionFormat> newer_ = SecondFormats();
  std::vector<ToyEdition> editions_;
  std::vector<v1::LoadReport> reports_;
  uint64_t head_ = 0;  // before anything was read anew
  IngestPath path_;
};

TEST_F(ReparseToldApart, InTheReportOfTheLoad) {
  ASSERT_EQ(reports_.size(), 4u);
  EXPECT_EQ(reports_[0].reparses_version(), 0u);
  EXPECT_EQ(reports_[2].reparses_version(), 1u);
  EXPECT_EQ(reports_[3].reparses_version(), 1u);
  EXPECT_EQ(reports_[3].edition().adapter_version(), 2u);
}

TEST_F(ReparseToldApart, InTheFeed) {
  std::vector<std::string> before, since, records_since;
  for (const v1::FeedItem& item : Watch({})) {
    auto& told = item.sequence() <= head_ ? before : since;
    told.push_back(absl::StrCat(v1::Novelty_Name(item.novelty()).substr(8), " ",
                                Classes(item.change_class())));
    if (item.sequence() > head_) records_since.push_back(item.event().record());
  }
  EXPECT_THAT(before, UnorderedElementsAre("BASELINE ", "BASELINE ", "BASELINE ",
                                           "NEWS NEW_DELIVERIES", "NEWS "));
  EXPECT_THAT(since, Each("REPARSED REPARSED"));
  EXPECT_THAT(records_since, UnorderedElementsAre(kRead, kLeft, kRead, kLeft));

  v1::WatchRequest news;
  news.set_news_only(true);
  for (const v1::FeedItem& item : Watch(news)) EXPECT_LE(item.sequence(), head_);
  v1::WatchRequest growing;
  growing.set_news_only(true);
  growing.add_change_class(v1::CHANGE_CLASS_NEW_DELIVERIES);
  std::vector<std::string> revised;
  for (const v1::FeedItem& item : Watch(growing)) {
    if (item.verb() == v1::VERB_REVISED) revised.push_back(item.event().record());
  }
  EXPECT_THAT(revised, ElementsAre(kRevised));
}

TEST_F(ReparseToldApart, InTheHistory) {
  EXPECT_THAT(History(kRevised), ElementsAre("REPORTED ", "REVISED NEW_DELIVERIES"));
  EXPECT_THAT(History(kRead), ElementsAre("REPORTED ", "REVISED REPARSED", "VOIDED REPARSED"));
  EXPECT_THAT(History(kLeft), ElementsAre("VOIDED REPARSED", "VOIDED REPARSED"));
}

TEST_F(ReparseToldApart, InTheTransfers) {
  AsOf as_of = Open();
  const auto listed = ListTransfers(as_of, Actors(), {}, "");
  ASSERT_TRUE(listed.ok()) << listed.status();
  std::vector<std::string> told;
  for (const v1::TransferRecord& record : listed->transfer()) {
    told.push_back(absl::StrCat(record.record(), " ", record.transfer().delivery(0).number(), " ",
                                v1::Cause_Name(record.cause()).substr(6), " by version ",
                                record.adapter_version()));
  }
  EXPECT_THAT(told, UnorderedElementsAre("1001/2001 9 SOURCE by version 1",
                                         "1002/2001 20 REPARSED by version 2"));
}

TEST_F(ReparseToldApart, InTheChangesBetweenCuts) {
  const uint64_t now = path_.head();
  EXPECT_THAT(Changes(AtSequence(head_), AtSequence(now)),
              UnorderedElementsAre("1002/2001 REVISED REPARSED"));
  EXPECT_THAT(Changes(KnownBy(1), KnownBy(2)),
              UnorderedElementsAre("1001/2001 REVISED NEW_DELIVERIES"));
}

}  // namespace
}  // namespace dossier
