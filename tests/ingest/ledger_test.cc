#include "services/ingest/ledger.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/ingest/ingest_fixture.h"

namespace dossier {
namespace {

class LedgerTest : public IngestFixture {
 protected:
  // Appends a unit of retractions of nothing, which have no effect but a place in the log.
  absl::StatusOr<UnitSequences> Write(int records, const std::string& reason = "r") {
    return ledger_->Write([&](const Views& views) -> absl::StatusOr<std::vector<std::string>> {
      ++compared_;
      seen_ = views.position().sequence;
      std::vector<std::string> payloads;
      for (int i = 0; i < records; ++i) {
        v1::LogEntry entry;
        entry.mutable_edition_retracted()->set_source("s");
        entry.mutable_edition_retracted()->set_reason(reason + std::to_string(i));
        payloads.push_back(entry.SerializeAsString());
      }
      return payloads;
    });
  }

  int compared_ = 0;
  uint64_t seen_ = 0;
};

TEST_F(LedgerTest, AUnitIsVisibleWithItsSequencesWhenWriteReturns) {
  auto unit = Write(3);
  ASSERT_TRUE(unit.ok()) << unit.status();
  EXPECT_EQ(unit->first, 3u);  // after genesis and writer opened
  EXPECT_EQ(unit->last, 5u);
  EXPECT_EQ(Head(), 5u);
  unit = Write(1);
  ASSERT_TRUE(unit.ok());
  EXPECT_EQ(unit->first, 6u);
  EXPECT_EQ(seen_, 5u);
}

TEST_F(LedgerTest, NothingToAppendAppendsNothing) {
  auto unit = Write(0);
  ASSERT_TRUE(unit.ok());
  EXPECT_EQ(unit->first, 0u);
  EXPECT_EQ(Head(), 2u);
}

TEST_F(LedgerTest, AComparisonsStatusComesBackAsItIs) {
  auto unit = ledger_->Write([](const Views&) -> absl::StatusOr<std::vector<std::string>> {
    return absl::NotFoundError("no such thing");
  });
  EXPECT_EQ(unit.status(), absl::NotFoundError("no such thing"));
}

TEST_F(LedgerTest, AfterAFailureBeforeTheCommitItComparesAgain) {
  log_->Fail(FaultyLog::Fault::kBeforeCommit, 1);
  auto unit = Write(2);
  ASSERT_TRUE(unit.ok()) << unit.status();
  EXPECT_EQ(compared_, 2);
  EXPECT_EQ(seen_, 3u);  // genesis, opened, opened again
  EXPECT_EQ(unit->first, 4u);
  EXPECT_EQ(Head(), 5u);
}

TEST_F(LedgerTest, AUnitThatWentInAllTheSameIsNotDoubled) {
  log_->Fail(FaultyLog::Fault::kAfterCommit, 1);
  auto unit = Write(2);
  ASSERT_TRUE(unit.ok()) << unit.status();
  EXPECT_EQ(compared_, 1);
  EXPECT_EQ(unit->first, 3u);
  EXPECT_EQ(unit->last, 4u);
  EXPECT_EQ(Head(), 5u);  // the unit, and the second opening
}

TEST_F(LedgerTest, ItGivesUpAfterThreeAttemptsAndRecovers) {
  log_->Fail(FaultyLog::Fault::kBeforeCommit, 3);
  EXPECT_TRUE(absl::IsUnavailable(Write(1).status()));
  EXPECT_EQ(compared_, 3);
  EXPECT_TRUE(Write(1).ok());
}

TEST_F(LedgerTest, OnceFencedItStaysFenced) {
  ASSERT_TRUE(Write(1).ok());
  auto other = embedded_->OpenWriter("another", {});
  ASSERT_TRUE(other.ok());
  for (int i = 0; i < 2; ++i) {
    auto unit = Write(1);
    EXPECT_TRUE(absl::IsFailedPrecondition(unit.status())) << unit.status();
    EXPECT_NE(unit.status().message().find("another writer took over the log"),
              absl::string_view::npos);
  }
  RestartIngest();
  EXPECT_TRUE(Write(1).ok());
}

TEST_F(LedgerTest, ThatItIsFencedIsToldOnce) {
  int told = 0;
  LedgerOptions options;
  options.on_fenced = [&] { ++told; };
  Ledger ledger(*log_, *views_, options);
  const auto write = [&] {
    v1::LogEntry entry;
    entry.mutable_edition_retracted()->set_source("s");
    return ledger
        .Write([&](const Views&) { return std::vector<std::string>{entry.SerializeAsString()}; })
        .status();
  };
  ASSERT_TRUE(write().ok());
  EXPECT_TRUE(ledger.status().ok());
  auto other = embedded_->OpenWriter("another", {});
  ASSERT_TRUE(other.ok());
  EXPECT_TRUE(ledger.status().ok());
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(absl::IsFailedPrecondition(write()));
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(absl::IsFailedPrecondition(ledger.status())) << ledger.status();
}

TEST_F(LedgerTest, ANewWriterSeesWhatTheOneBeforeItAppended) {
  auto other = embedded_->OpenWriter("another", {});
  ASSERT_TRUE(other.ok());
  v1::LogEntry entry;
  entry.mutable_edition_retracted()->set_source("s");
  ASSERT_TRUE((*other)->Append(std::vector<std::string>{entry.SerializeAsString()}).ok());
  ASSERT_TRUE(Write(1).ok());
  EXPECT_EQ(seen_, 4u);  // genesis, opened, the other's unit, opened
}

TEST_F(LedgerTest, ToInspectFencesNobody) {
  auto other = embedded_->OpenWriter("another", {});
  ASSERT_TRUE(other.ok());
  uint64_t seen = 0;
  ASSERT_TRUE(ledger_
                  ->Inspect([&](const Views& views) {
                    seen = views.position().sequence;
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(seen, 2u);
  v1::LogEntry entry;
  entry.mutable_edition_retracted()->set_source("s");
  EXPECT_TRUE((*other)->Append(std::vector<std::string>{entry.SerializeAsString()}).ok());
}

TEST_F(LedgerTest, AViewThatDoesNotCatchUpIsADeadline) {
  projector_ = std::jthread();
  LedgerOptions options;
  options.catch_up_max = absl::Milliseconds(50);
  Ledger ledger(*log_, *views_, options);
  auto unit = ledger.Write([](const Views&) { return std::vector<std::string>{"never"}; });
  EXPECT_TRUE(absl::IsDeadlineExceeded(unit.status())) << unit.status();
}

TEST_F(LedgerTest, AStopLetsGoWhoWaitsForTheView) {
  projector_ = std::jthread();
  std::stop_source stop;
  stop.request_stop();
  LedgerOptions options;
  options.catch_up_max = absl::Hours(1);
  options.stop = stop.get_token();
  Ledger ledger(*log_, *views_, options);
  auto unit = ledger.Write([](const Views&) { return std::vector<std::string>{"never"}; });
  EXPECT_TRUE(absl::IsUnavailable(unit.status())) << unit.status();
}

}  // namespace
}  // namespace dossier
