// The feed over real gRPC: catching up, live, resumed, filtered, and what it does to those who are
// slow, too many, or on the wrong log.
#include "services/query/feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "services/query/feed_cursor.h"
#include "tests/query/feed_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string ToIndia(int64_t tiv) { return Delivered("1", "state:RUS", "state:IND", 2000, tiv); }
std::string ToIran(int64_t tiv) { return Delivered("2", "state:RUS", "state:IRN", 2000, tiv); }

std::vector<uint64_t> Range(uint64_t first, uint64_t last) {
  std::vector<uint64_t> range;
  for (uint64_t i = first; i <= last; ++i) range.push_back(i);
  return range;
}

class FeedTest : public FeedFixture {
 protected:
  // An edition of so many records; returns the sequence of its first.
  uint64_t LoadMany(const std::string& publish_date, int records, int64_t tiv) {
    std::vector<Said> said;
    for (int i = 0; i < records; ++i) {
      said.push_back({absl::StrCat(10'000 + i, "/2000"),
                      Delivered(absl::StrCat(10'000 + i), "state:USA", "state:JPN", 2000, tiv)});
    }
    return Load("toy", publish_date, said) - records + 1;
  }
  std::vector<uint64_t> Sent(const std::string& request) { return Watch(request).UntilCaughtUp(); }
};

TEST_F(FeedTest, CatchesUpThenGoesOnLiveWithoutGapOrRepeat) {
  const uint64_t first = LoadMany("2020-01-01", 300, 1);
  Watching watching = Watch("");
  EXPECT_EQ(watching.UntilCaughtUp(), Range(first, first + 299));
  const uint64_t live = Report("analyst:a", "2020-02-01", {{"1", ToIndia(1)}});
  const auto message = watching.Next();
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->item().sequence(), live);
  EXPECT_EQ(message->item().verb(), v1::VERB_REPORTED);
  EXPECT_FALSE(message->item().has_before());
}

TEST_F(FeedTest, AnyCursorResumesRightAfterItsMessage) {
  const uint64_t first = LoadMany("2020-01-01", 150, 1);
  std::vector<std::string> cursors;
  {
    Watching watching = Watch("");
    for (int i = 0; i < 150; ++i) cursors.push_back(watching.Next()->cursor());
  }
  for (int i : {0, 63, 64, 149}) {
    EXPECT_EQ(Sent(absl::StrCat("cursor: '", cursors[i], "'")), Range(first + i + 1, first + 149));
  }
}

TEST_F(FeedTest, FromNowSendsOnlyWhatComesAfter) {
  LoadMany("2020-01-01", 5, 1);
  Watching watching = Watch("from_now: true");
  EXPECT_THAT(watching.UntilCaughtUp(), IsEmpty());
  const uint64_t live = Report("analyst:a", "2020-02-01", {{"1", ToIndia(1)}});
  EXPECT_EQ(watching.Next()->item().sequence(), live);
}

TEST_F(FeedTest, AnItemShowsWhatWasSaidBeforeAndWhatChanged) {
  Load("toy", "2020-01-01", {{"1", ToIndia(5)}});
  const uint64_t newer = Load("toy", "2022-01-01", {{"1", ToIndia(7)}});
  const uint64_t between = Load("toy", "2021-01-01", {{"1", ToIndia(6)}});
  const uint64_t absent = Load("toy", "2023-01-01", {{"1", ""}});
  const uint64_t back = Load("toy", "2024-01-01", {{"1", ToIndia(7)}});
  Watching watching = Watch("");
  watching.UntilCaughtUp();
  const auto& items = watching.items();
  ASSERT_THAT(items, SizeIs(5));
  const auto before = [](const v1::FeedItem& item) {
    return item.before().present().transfer().tiv_delivered_thousandths();
  };
  EXPECT_EQ(items[1].sequence(), newer);
  EXPECT_EQ(items[1].verb(), v1::VERB_REVISED);
  EXPECT_EQ(before(items[1]), 5) << "2021 had not arrived";
  ASSERT_THAT(items[1].change(), SizeIs(1));
  EXPECT_EQ(items[1].change(0).field(), "tiv_delivered_thousandths");
  EXPECT_EQ(items[1].change(0).before(), "0.005");
  EXPECT_EQ(items[1].change(0).after(), "0.007");
  EXPECT_EQ(items[2].sequence(), between);
  EXPECT_EQ(items[2].novelty(), v1::NOVELTY_LATE);
  EXPECT_EQ(before(items[2]), 5);
  EXPECT_EQ(items[3].sequence(), absent);
  EXPECT_EQ(items[3].verb(), v1::VERB_WITHDRAWN);
  EXPECT_EQ(before(items[3]), 7);
  EXPECT_THAT(items[3].change(), IsEmpty());
  EXPECT_EQ(items[4].sequence(), back);
  EXPECT_EQ(items[4].verb(), v1::VERB_CAME_BACK);
  EXPECT_TRUE(items[4].before().has_absent());
}

TEST_F(FeedTest, AVoidShowsWhatItWithdrew) {
  Load("toy", "2020-01-01", {{"1", ToIndia(5)}});
  Load("toy", "2021-01-01", {{"1", ToIndia(6)}});
  const uint64_t voided = Retract("toy", "2021-01-01", {"1"});
  Load("toy", "2022-01-01", {{"1", ToIndia(9)}});
  Watching watching = Watch("");
  watching.UntilCaughtUp();
  const auto& items = watching.items();
  ASSERT_THAT(items, SizeIs(4));
  EXPECT_EQ(items[2].sequence(), voided);
  EXPECT_EQ(items[2].verb(), v1::VERB_VOIDED);
  EXPECT_EQ(items[2].before().present().transfer().tiv_delivered_thousandths(), 6);
  EXPECT_EQ(items[3].before().present().transfer().tiv_delivered_thousandths(), 5);
  EXPECT_EQ(items[1].before().present().transfer().tiv_delivered_thousandths(), 5)
      << "2021 stood when it arrived";
}

TEST_F(FeedTest, FiltersByActorAlsoWhatHasNoContentOrMovesAway) {
  const uint64_t first = Load("toy", "2020-01-01", {{"1", ToIndia(1)}, {"2", ToIran(1)}}) - 1;
  const uint64_t moved = Load("toy", "2021-01-01", {{"1", ToIran(1)}});
  const uint64_t gone = Load("toy", "2022-01-01", {{"2", ""}});
  const uint64_t voided = Retract("toy", "2022-01-01", {"2"});
  EXPECT_THAT(Sent("actor: 'India'"), ElementsAre(first, moved));
  EXPECT_THAT(Sent("actor: 'IRN'"), ElementsAre(first + 1, moved, gone, voided));
  EXPECT_THAT(Sent("actor: 'state:JPN'"), IsEmpty());
  EXPECT_THAT(Sent("actor: 'IND' actor: 'IRN' kind: 'transfer'"),
              ElementsAre(first, first + 1, moved, gone, voided));
}

TEST_F(FeedTest, FiltersBySource) {
  Load("toy", "2020-01-01", {{"1", ToIndia(1)}});
  const uint64_t own = Report("analyst:a", "2020-02-01", {{"1", ToIndia(1)}});
  EXPECT_THAT(Sent("source: 'analyst:a'"), ElementsAre(own));
  EXPECT_THAT(Sent("source: 'analyst:b'"), IsEmpty());
}

TEST_F(FeedTest, EachFamilyIsAKindOfItsOwn) {
  const std::string one = "{ id: 'state:PRK' printed_name: 'PRK' }";
  const std::string other = "{ id: 'state:RUS' printed_name: 'RUS' }";
  const std::vector<std::pair<std::string, std::string>> said = {
      {"treaty", "treaty { treaty { id: 'treaty:pact' } party { party " + one +
                     " act { kind: ACT_KIND_SIGNATURE } } party { party " + other + " } }"},
      {"membership", "membership { member " + one +
                         " organisation { id: 'org:UN' printed_name: 'UN' } status: "
                         "MEMBERSHIP_STATUS_JOINED }"},
      {"deployment", "deployment { sender " + one + " supported " + other + " }"},
      {"indicator", "indicator { actor " + one + " on " + other + " name: 'trade' }"},
      {"dealing", "dealing { kind: DEALING_KIND_VISIT actor " + one + " toward " + other + " }"},
  };
  std::vector<uint64_t> sequences;
  for (const auto& event : said) {
    const Said statement{.record = event.first, .transfer = "", .present = event.second};
    sequences.push_back(Report("analyst:a", "2024-11-01", {statement}));
  }
  Report("analyst:a", "2024-11-01", {{"transfer", ToIndia(1)}});
  for (size_t i = 0; i < said.size(); ++i) {
    EXPECT_THAT(Sent("kind: '" + said[i].first + "'"), ElementsAre(sequences[i]));
  }
  EXPECT_EQ(Sent("actor: 'North Korea'"), sequences);
  EXPECT_THAT(Sent("actor: 'org:UN' kind: 'membership' kind: 'treaty'"),
              ElementsAre(sequences[1]));
}

TEST_F(FeedTest, NewsOnlyLeavesOutBaselineAndLate) {
  Load("toy", "2020-01-01", {{"1", ToIndia(1)}});
  const uint64_t news = Load("toy", "2022-01-01", {{"1", ToIndia(2)}});
  Load("toy", "2021-01-01", {{"1", ToIndia(3)}});
  EXPECT_THAT(Sent("news_only: true"), ElementsAre(news));
  EXPECT_THAT(Sent(""), SizeIs(3));
}

std::vector<std::string> Classes(const v1::FeedItem& item) {
  std::vector<std::string> names;
  for (int value : item.change_class()) {
    names.push_back(v1::ChangeClass_Name(static_cast<v1::ChangeClass>(value)).substr(13));
  }
  return names;
}

TEST_F(FeedTest, ARevisionHasTheClassesOfItsChange) {
  Load("toy", "2020-01-01", {{"1", ToIndia(5)}});
  Load("toy", "2021-01-01", {{"1", ToIndia(6) + "comment: 'Order for 9'"}});
  Watching watching = Watch("");
  watching.UntilCaughtUp();
  ASSERT_THAT(watching.items(), SizeIs(2));
  EXPECT_THAT(watching.items()[0].change_class(), IsEmpty());
  EXPECT_THAT(Classes(watching.items()[1]), ElementsAre("REVALUATION", "REWORDING"));
}

TEST_F(FeedTest, FiltersRevisionsOfTransfersByClassAndNothingElse) {
  const uint64_t reported = Load("toy", "2020-01-01", {{"1", ToIndia(5)}});
  const uint64_t revalued = Load("toy", "2021-01-01", {{"1", ToIndia(6)}});
  const uint64_t reworded = Load("toy", "2022-01-01", {{"1", ToIndia(6) + "comment: 'x'"}});
  const uint64_t both = Load("toy", "2023-01-01", {{"1", ToIndia(7) + "comment: 'y'"}});
  const uint64_t withdrawn = Load("toy", "2024-01-01", {{"1", ""}});
  const std::string joins =
      "membership { member { id: 'state:PRK' printed_name: 'PRK' } "
      "organisation { id: 'org:UN' printed_name: 'UN' } role: ";
  const auto report = [&](const std::string& date, const std::string& role) {
    return Report("analyst:a", date,
                  {{.record = "m", .transfer = "", .present = joins + "'" + role + "' }"}});
  };
  const uint64_t member = report("2024-02-01", "");
  const uint64_t observer = report("2024-03-01", "observer");
  EXPECT_THAT(Sent("change_class: CHANGE_CLASS_REWORDING"),
              ElementsAre(reported, reworded, both, withdrawn, member, observer));
  EXPECT_THAT(Sent("change_class: CHANGE_CLASS_REVALUATION change_class: CHANGE_CLASS_FLAG"),
              ElementsAre(reported, revalued, both, withdrawn, member, observer));
  EXPECT_THAT(Sent("change_class: CHANGE_CLASS_FLAG source: 'toy'"),
              ElementsAre(reported, withdrawn));
}

TEST_F(FeedTest, WhatIsReadAnewIsNoNews) {
  const uint64_t second = Load("toy", "2020-01-01", {{"1", ToIndia(5)}, {"2", ToIran(5)}});
  const uint64_t first = second - 1;
  const uint64_t news = Load("toy", "2021-01-01", {{"2", ToIran(6)}});
  const uint64_t last = ReadAnew("toy", "2021-01-01",
                                 {{"1", ToIndia(9)},
                                  {"2", ToIran(7)},
                                  {"3", ToIndia(1)},
                                  {"4", "", /*is_void=*/true}});
  const uint64_t voided = ReadAnew("toy", "2020-01-01", {{"1", "", /*is_void=*/true}});
  Watching watching = Watch("");
  const std::vector<uint64_t> sent = watching.UntilCaughtUp();
  ASSERT_THAT(sent, ElementsAre(first, second, news, last - 3, last - 2, last - 1, voided))
      << "a void of nothing is a repeat";
  const auto& items = watching.items();
  EXPECT_EQ(items[2].novelty(), v1::NOVELTY_NEWS);
  for (size_t i = 3; i < items.size(); ++i) {
    EXPECT_EQ(items[i].novelty(), v1::NOVELTY_REPARSED) << items[i].DebugString();
    EXPECT_THAT(Classes(items[i]), ElementsAre("REPARSED")) << items[i].DebugString();
  }
  EXPECT_EQ(items[3].verb(), v1::VERB_REVISED) << "of what an edition before it says";
  EXPECT_EQ(items[4].verb(), v1::VERB_REVISED);
  EXPECT_EQ(items[5].verb(), v1::VERB_REPORTED);
  EXPECT_EQ(items[6].verb(), v1::VERB_VOIDED);
  EXPECT_THAT(Sent("news_only: true"), ElementsAre(news));
  EXPECT_THAT(Sent("change_class: CHANGE_CLASS_REPARSED"),
              ElementsAre(first, second, last - 3, last - 2, last - 1, voided));
  EXPECT_THAT(Sent("change_class: CHANGE_CLASS_REVALUATION"),
              ElementsAre(first, second, news, last - 1, voided));
}

TEST_F(FeedTest, APrintedNameOfSeveralActorsMeansThemAll) {
  const auto sold_by = [](const std::string& id, const std::string& name) {
    return "supplier { id: '" + id + "' printed_name: '" + name +
           "' } recipient { id: 'state:IND' printed_name: 'India' }";
  };
  const uint64_t one = Load("one", "2020-01-01", {{"1", sold_by("unresolved:one:Thule", "Thule")}});
  const uint64_t two = Load("two", "2020-01-01", {{"1", sold_by("unresolved:two:THULE", "THULE")}});
  EXPECT_THAT(Sent("actor: 'thule'"), ElementsAre(one, two));
  EXPECT_THAT(Sent("actor: 'unresolved:two:THULE'"), ElementsAre(two));
}

TEST_F(FeedTest, RepeatsAreNotSent) {
  const uint64_t first = Load("toy", "2020-01-01", {{"1", ToIndia(1)}});
  Load("toy", "2021-01-01", {{"1", ToIndia(1)}});
  EXPECT_THAT(Sent(""), ElementsAre(first));
}

TEST_F(FeedTest, TheCursorAdvancesThroughFilteredSilence) {
  Serve({.heartbeat = absl::Milliseconds(50)});
  Watching watching = Watch("actor: 'RUS'");
  EXPECT_THAT(watching.UntilCaughtUp(), IsEmpty());
  const uint64_t end = LoadMany("2020-01-01", 3, 1) + 2;
  for (uint64_t reached = 0; reached < end;) {
    const auto message = watching.Next();
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->signal_case(), v1::WatchResponse::SIGNAL_NOT_SET);
    const auto cursor = ReadFeedCursor(message->cursor());
    ASSERT_TRUE(cursor.ok()) << cursor.status();
    reached = cursor->sequence;
  }
}

TEST_F(FeedTest, ACursorAheadOfTheViewIsWaitedFor) {
  LoadMany("2020-01-01", 2, 1);
  Watching at_head = Watch("");
  at_head.UntilCaughtUp();
  auto cursor = ReadFeedCursor(at_head.cursor());
  ASSERT_TRUE(cursor.ok());
  cursor->sequence += 3;  // as if at a replica that is three records behind
  Watching watching = Watch(absl::StrCat("cursor: '", WriteFeedCursor(*cursor), "'"));
  std::jthread later([this] {
    absl::SleepFor(absl::Milliseconds(200));
    LoadMany("2020-02-01", 4, 2);  // with the edition's own record, five
  });
  EXPECT_EQ(watching.UntilCaughtUp(), Range(cursor->sequence + 1, cursor->sequence + 2));
}

TEST_F(FeedTest, BadRequestsAreRefusedByField) {
  LoadMany("2020-01-01", 1, 1);
  const auto ends = [&](const std::string& request) { return Watch(request).End(); };
  const std::string other = WriteFeedCursor({std::string(16, 'x'), 1});
  EXPECT_EQ(ends(absl::StrCat("cursor: '", other, "'")).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"cursor: 'no cursor'", "cursor: damaged"},
      {absl::StrCat("cursor: '", other.substr(1), "'"), "cursor: damaged"},
      {absl::StrCat("from_now: true cursor: '", other, "'"), "from_now: set together"},
      {"kind: 'tariff'", "expected one of transfer, sanction"},
      {"change_class: CHANGE_CLASS_UNSPECIFIED", "change_class: 0; expected 1 to 13"},
      {"change_class: CHANGE_CLASS_FLAG change_class: 99", "change_class: 99; expected 1 to 13"},
      {"actor: ''", "actor"}};
  for (const auto& [request, message] : bad) {
    const grpc::Status status = ends(request);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << request;
    EXPECT_THAT(status.error_message(), HasSubstr(message));
  }
  EXPECT_EQ(ends("actor: 'Atlantis'").error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(FeedTest, WatchesOverTheCapAreRefusedAndEndedOnesMakeRoom) {
  Serve({.watches_max = 2});
  auto first = std::make_unique<Watching>(*feed_, "");
  Watching second = Watch("");
  first->UntilCaughtUp();
  second.UntilCaughtUp();
  EXPECT_EQ(Watch("").End().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  first.reset();
  for (;;) {  // the end of the first one takes a moment to arrive
    Watching third = Watch("");
    if (third.Next().has_value()) break;
    ASSERT_EQ(third.End().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    absl::SleepFor(absl::Milliseconds(10));
  }
}

TEST_F(FeedTest, AStopEndsWatchesPromptly) {
  Watching watching = Watch("");
  watching.UntilCaughtUp();
  const absl::Time began = absl::Now();
  stop_.request_stop();
  EXPECT_FALSE(watching.Next().has_value());
  EXPECT_EQ(watching.End().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_LT(absl::Now() - began, absl::Seconds(2));
}

TEST_F(FeedTest, ASlowSubscriberHoldsNobodyUpAndMissesNothing) {
  constexpr int kRecords = 4000;
  const uint64_t first = LoadMany("2020-01-01", kRecords, 1);
  Watching slow = Watch("");
  ASSERT_EQ(slow.Next()->item().sequence(), first);
  EXPECT_THAT(Sent(""), SizeIs(kRecords));
  const uint64_t second = LoadMany("2021-01-01", kRecords, 2);  // while the slow one stands still
  std::vector<uint64_t> expected = Range(first + 1, first + kRecords - 1);
  for (uint64_t i : Range(second, second + kRecords - 1)) expected.push_back(i);
  std::vector<uint64_t> sent;
  while (sent.size() < expected.size()) {
    const auto message = slow.Next();
    ASSERT_TRUE(message.has_value());
    if (message->has_item()) sent.push_back(message->item().sequence());
  }
  EXPECT_EQ(sent, expected);
}

TEST_F(FeedTest, AChunkIsBoundedHoweverFarBehindTheWatchIs) {
  LoadMany("2020-01-01", 2000, 1);
  WatchReader reader(*views_, table_, {}, absl::Seconds(5));
  auto chunk = reader.Read({});
  ASSERT_TRUE(chunk.ok()) << chunk.status();
  EXPECT_LE(chunk->messages.size(), 64u);
  EXPECT_EQ(chunk->then, FeedChunk<v1::WatchResponse>::Then::kMore);
}

TEST_F(FeedTest, ReplayGivesTheRecordsAsTheLogHoldsThem) {
  const uint64_t first = LoadMany("2020-01-01", 1200, 1);
  Append({v1::LogEntry()});  // sets nothing: undecodable
  const auto all = Replay("");
  ASSERT_TRUE(all.ok()) << all.status();
  ASSERT_EQ(all->size(), first + 1200);
  EXPECT_TRUE(all->front().entry().has_genesis());
  for (size_t i = 0; i < all->size(); ++i) ASSERT_EQ((*all)[i].sequence(), i + 1);
  EXPECT_EQ((*all)[first - 1].author(), "fixture");
  EXPECT_EQ((*all)[first - 1].unit_index(), 1u);
  EXPECT_EQ((*all)[first - 1].unit_count(), 1201u);
  EXPECT_FALSE(all->back().has_entry());

  const auto some = Replay(absl::StrCat("first_sequence: ", first, " last_sequence: ", first + 1));
  ASSERT_TRUE(some.ok()) << some.status();
  ASSERT_THAT(*some, SizeIs(2));
  EXPECT_EQ(some->front().sequence(), first);
  EXPECT_EQ(some->front().entry().event().record(), "10000/2000");
}

TEST_F(FeedTest, ReplayRefusesARangeThatIsNone) {
  EXPECT_EQ(Replay("first_sequence: 2 last_sequence: 1").status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Replay("last_sequence: 1000").status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace dossier
