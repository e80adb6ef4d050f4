#include "services/query/as_of.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/process.h"
#include "services/query/page_token.h"
#include "services/status_details.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

class AsOfTest : public QueryFixture {
 protected:
  // The cut's text proto, resolved.
  absl::StatusOr<AsOf> Open(const std::string& cut, CallLimits limits = {}) {
    v1::ReadAt read_at;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(cut, read_at.mutable_cut())) << cut;
    return AsOf::Open(*views_, read_at, std::move(limits));
  }
  uint64_t SequenceAt(const std::string& cut) {
    auto as_of = Open(cut);
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    return as_of.ok() ? as_of->sequence() : 0;
  }
  // A list's request whose token pins a sequence; of the fixture's log unless told.
  std::string ListWithToken(uint64_t sequence, const std::string& log_id = "") {
    ResolvedCut pinned = Open("")->resolved();
    pinned.sequence = sequence;
    if (!log_id.empty()) pinned.log_id = log_id;
    return absl::StrCat("page_token: '", WritePageToken(v1::ListTransfersRequest(), pinned, ""),
                        "'");
  }
  uint64_t LoadThree(const std::string& publish_date) {
    return Load("toy", publish_date,
                {{"1", Delivered("1", "state:RUS", "state:IND", 2000, 1)},
                 {"2", Delivered("2", "state:RUS", "state:IND", 2001, 2)}});
  }
};

TEST_F(AsOfTest, AnAnswerSaysWhereItStands) {
  const uint64_t end = LoadThree("2020-01-01");
  const auto answer =
      Ask(&Stub::GetActor, "actor: 'RUS' read_at { cut { known_by_date { year: 2020 } } }")
          .answered_at();
  EXPECT_EQ(answer.cut().known_by_date().year(), 2020);
  EXPECT_EQ(answer.sequence(), end);
  EXPECT_EQ(answer.view_sequence(), end);
  EXPECT_EQ(answer.log_id().size(), 32u);
}

TEST_F(AsOfTest, ASequenceInsideAUnitSnapsDownToItsStart) {
  const uint64_t before = views_->position().sequence;
  const uint64_t end = LoadThree("2020-01-01");
  ASSERT_EQ(end, before + 3);
  EXPECT_EQ(SequenceAt(absl::StrCat("sequence: ", end)), end);
  EXPECT_EQ(SequenceAt(absl::StrCat("sequence: ", end - 1)), before);
  EXPECT_EQ(SequenceAt(absl::StrCat("sequence: ", before + 1)), before);
  EXPECT_EQ(SequenceAt("sequence: 0"), 0u);
}

TEST_F(AsOfTest, ASequenceAfterTheHeadIsRefusedByField) {
  const grpc::Status status =
      Fails(&Stub::GetActor, "actor: 'RUS' read_at { cut { sequence: 99 } }");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("read_at.cut.sequence: 99 is after"));
  const auto violations = FieldViolationsOf(FromGrpc(status));
  ASSERT_EQ(violations.field_violations_size(), 1);
  EXPECT_EQ(violations.field_violations(0).field(), "read_at.cut.sequence");
}

TEST_F(AsOfTest, ASizeOfPagesOutOfRangeIsRefusedByField) {
  const auto size = CheckPageSize(5000, 50);
  EXPECT_EQ(size.status().message(), "page_size: 5000; expected 1 to 1000, or 0 for 50");
  const auto violations = FieldViolationsOf(size.status());
  ASSERT_EQ(violations.field_violations_size(), 1);
  EXPECT_EQ(violations.field_violations(0).field(), "page_size");
}

TEST_F(AsOfTest, AnAcceptanceTimeIsTheLastSequenceByThen) {
  const auto at = [](absl::Time time) {
    return absl::StrCat("accepted_by_time { seconds: ", absl::ToUnixSeconds(time), " }");
  };
  const absl::Time opened = now_;
  std::vector<std::pair<absl::Time, uint64_t>> units;
  units.emplace_back(opened, views_->position().sequence);
  for (int i = 1; i <= 9; ++i) {
    const uint64_t end = LoadThree(absl::StrCat("2020-01-0", i));
    units.emplace_back(now_, end);
  }
  EXPECT_EQ(SequenceAt(at(opened - absl::Seconds(1))), 0u);
  for (const auto& [time, end] : units) EXPECT_EQ(SequenceAt(at(time)), end) << time;
  EXPECT_EQ(SequenceAt(at(now_ + absl::Hours(1))), units.back().second);
}

TEST_F(AsOfTest, UndecodableRecordsDoNotStopTheSearchForATime) {
  LoadThree("2020-01-01");
  Append({v1::LogEntry(), v1::LogEntry(), v1::LogEntry()});
  const absl::Time time = now_;
  const uint64_t end = views_->position().sequence;
  LoadThree("2020-01-02");
  EXPECT_EQ(
      SequenceAt(absl::StrCat("accepted_by_time { seconds: ", absl::ToUnixSeconds(time), " }")),
      end);
}

TEST_F(AsOfTest, KnownByADateIncludesTheWholePeriod) {
  const auto bound = [&](const std::string& cut) { return Open(cut)->known().stamp; };
  const auto stamp = [](const char* text) {
    return StampKeyOf(*ParsePublishStamp(text, v1::BASIS_STATED));
  };
  EXPECT_LT(stamp("2024-03-31T23:59:59Z"), bound("known_by_date { year: 2024 month: 3 }"));
  EXPECT_LT(bound("known_by_date { year: 2024 month: 3 }"), stamp("2024-04-01"));
  EXPECT_LT(stamp("2024-12-31"), bound("known_by_date { year: 2024 }"));
  EXPECT_LT(stamp("1970-01-01T00:01:00Z"), bound("known_by_time { seconds: 60 }"));
  EXPECT_EQ(bound(""), kLastStamp);
}

TEST_F(AsOfTest, ADateThatDoesNotExistIsRefused) {
  for (const char* cut :
       {"effective_date { year: 2023 month: 2 day: 29 }", "known_by_date { year: 0 month: 2 }",
        "known_by_time { nanos: -1 }", "accepted_by_time { seconds: 999999999999 }"}) {
    const auto opened = Open(cut);
    EXPECT_EQ(opened.status().code(), absl::StatusCode::kInvalidArgument) << cut;
    EXPECT_THAT(std::string(opened.status().message()), HasSubstr("read_at.cut.")) << cut;
  }
}

TEST_F(AsOfTest, AWaitEndsWhenTheSequenceComes) {
  const uint64_t next = views_->position().sequence + 1;
  std::jthread writer([&] {
    absl::SleepFor(absl::Milliseconds(100));
    Append({v1::LogEntry()});
  });
  const auto answer =
      Ask(&Stub::GetActor, absl::StrCat("actor: 'RUS' read_at { wait_for_sequence: ", next, " }"));
  EXPECT_GE(answer.answered_at().sequence(), next);
}

TEST_F(AsOfTest, AWaitEndsWithTheDeadline) {
  CallLimits limits;
  limits.deadline = absl::Now() + absl::Milliseconds(120);
  const absl::Status status = AwaitSequence(*views_, 1000, limits);
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(status.message()), HasSubstr("1000 did not come"));
}

TEST_F(AsOfTest, AWaitEndsWhenTheCallerHasGone) {
  CallLimits limits;
  limits.is_cancelled = [] { return true; };
  EXPECT_EQ(AwaitSequence(*views_, 1000, limits).code(), absl::StatusCode::kCancelled);
}

TEST_F(AsOfTest, ManyWaitingCallsDoNotHoldUpOthers) {
  std::vector<std::jthread> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.emplace_back([this] {
      v1::GetActorResponse response;
      const grpc::Status status =
          TryAsk(&Stub::GetActor, "actor: 'RUS' read_at { wait_for_sequence: 1000 }", &response,
                 absl::Seconds(2));
      EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    });
  }
  absl::SleepFor(absl::Milliseconds(100));
  const absl::Time asked = absl::Now();
  EXPECT_EQ(Ask(&Stub::GetActor, "actor: 'RUS'").actor().id(), "state:RUS");
  EXPECT_EQ(Ask(&Stub::FindActors, "text: 'russ'").actor(0).id(), "state:RUS");
  EXPECT_LT(absl::Now() - asked, absl::Seconds(1));
}

TEST_F(AsOfTest, TokensOfLaterSequencesDoNotHoldUpOthers) {
  const std::string request = ListWithToken(1000);
  std::vector<std::jthread> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.emplace_back([&] {
      v1::ListTransfersResponse response;
      EXPECT_EQ(TryAsk(&Stub::ListTransfers, request, &response, absl::Seconds(2)).error_code(),
                grpc::StatusCode::DEADLINE_EXCEEDED);
    });
  }
  absl::SleepFor(absl::Milliseconds(100));
  const absl::Time asked = absl::Now();
  EXPECT_EQ(Ask(&Stub::ListTransfers, "").transfer_size(), 0);
  EXPECT_LT(absl::Now() - asked, absl::Seconds(1));
}

TEST_F(AsOfTest, ATokenIsWaitedForAndBlamed) {
  ResolvedCut pinned = Open("")->resolved();
  pinned.sequence = 1000;
  CallLimits limits;
  limits.deadline = absl::Now() + absl::Milliseconds(120);
  const auto opened = AsOf::Open(*views_, {}, limits, &pinned);
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(opened.status().message()),
              HasSubstr("page_token: the view is at sequence"));
}

TEST_F(AsOfTest, ATokenOfAnotherLogIsRefusedWithoutAWait) {
  const absl::Time asked = absl::Now();
  const grpc::Status status = Fails(&Stub::ListTransfers, ListWithToken(1000, "another log's id"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("page_token: it belongs to another log"));
  EXPECT_LT(absl::Now() - asked, absl::Seconds(5));
}

TEST_F(AsOfTest, AScanStopsAtItsDeadline) {
  CallLimits limits;
  absl::Time clock = absl::FromUnixSeconds(100);
  limits.now = [&clock] { return clock; };
  limits.deadline = absl::FromUnixSeconds(200);
  auto as_of = Open("", limits);
  ASSERT_TRUE(as_of.ok());
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(as_of->CountRow().ok());
  clock = absl::FromUnixSeconds(201);
  absl::Status status;
  int rows = 0;
  while (status.ok() && rows < 1000) {
    status = as_of->CountRow();
    ++rows;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_LE(rows, 256);
}

}  // namespace
}  // namespace dossier
