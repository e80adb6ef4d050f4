#include "storage/views.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "storage/view_keys.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

using Rows = std::map<std::string, std::string>;

LogPosition PositionAt(uint64_t sequence) {
  LogPosition position;
  position.sequence = sequence;
  position.offset = sequence + 7;
  position.last_digest.fill(static_cast<uint8_t>(sequence));
  return position;
}

std::unique_ptr<Views> OpenViews(const std::string& dir) {
  auto views = Views::Open(dir, {});
  EXPECT_TRUE(views.ok()) << views.status();
  return views.ok() ? *std::move(views) : nullptr;
}

// All rows but the position.
Rows AllRows(const Views& views) {
  Rows rows;
  auto cursor = views.Read();
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    if (cursor->key() != PositionKey()) rows[std::string(cursor->key())] = cursor->value();
  }
  EXPECT_TRUE(cursor->status().ok()) << cursor->status();
  return rows;
}

class ViewsTest : public testing::Test {
 protected:
  enum class How { kCommit, kIngest };

  void Write(How how, const Rows& puts, uint64_t sequence,
             const std::vector<std::string>& deletes = {}) {
    auto batch = views_->NewBatch();
    for (const auto& [key, value] : puts) batch->Put(key, value);
    for (const std::string& key : deletes) batch->Delete(key);
    const absl::Status written = how == How::kCommit
                                     ? views_->Commit(std::move(batch), PositionAt(sequence))
                                     : views_->IngestSorted(std::move(batch), PositionAt(sequence));
    ASSERT_TRUE(written.ok()) << written;
  }
  void Reopen() {
    views_.reset();
    views_ = OpenViews(dir_.path());
  }
  std::unique_ptr<Views> OpenSecondary() {
    auto secondary =
        Views::Open(dir_.path(), {.secondary = true, .secondary_dir = secondary_dir_.path()});
    EXPECT_TRUE(secondary.ok()) << secondary.status();
    return secondary.ok() ? *std::move(secondary) : nullptr;
  }

  TempDir dir_, secondary_dir_;
  std::unique_ptr<Views> views_ = OpenViews(dir_.path());
};

TEST_F(ViewsTest, AFreshViewIsEmptyAndStandsAtTheBeginning) {
  EXPECT_EQ(views_->position(), LogPosition{});
  auto rows = views_->Read();
  rows->Seek("");
  EXPECT_FALSE(rows->Valid());
  auto position = PositionOf(*rows);
  ASSERT_TRUE(position.ok());
  EXPECT_EQ(*position, LogPosition{});
}

TEST_F(ViewsTest, RowsAndPositionMoveTogetherAndStayAfterReopening) {
  Write(How::kCommit, {{"a", "1"}, {"b", "2"}}, 2);
  Write(How::kIngest, {{"b", "3"}, {"c", "4"}}, 4, {"a"});
  Write(How::kCommit, {{"d", "5"}}, 5, {"c"});
  for (int opened = 0; opened < 2; ++opened) {
    EXPECT_EQ(AllRows(*views_), (Rows{{"b", "3"}, {"d", "5"}}));
    EXPECT_EQ(views_->position(), PositionAt(5));
    auto position = PositionOf(*views_->Read());
    ASSERT_TRUE(position.ok());
    EXPECT_EQ(*position, PositionAt(5));
    Reopen();
  }
}

TEST_F(ViewsTest, ACursorKeepsItsStateWhateverIsWritten) {
  Write(How::kCommit, {{"a", "1"}, {"b", "1"}}, 1);
  auto rows = views_->Read();
  rows->Seek("a");
  Write(How::kIngest, {{"a", "2"}, {"aa", "2"}}, 2, {"b"});
  Write(How::kCommit, {{"a", "3"}, {"ab", "3"}}, 3);
  rows->Next();
  ASSERT_TRUE(rows->Valid());
  EXPECT_EQ(rows->key(), "b");
  EXPECT_EQ(rows->Find("a"), "1");
  auto position = PositionOf(*rows);
  ASSERT_TRUE(position.ok());
  EXPECT_EQ(position->sequence, 1u);
}

TEST_F(ViewsTest, ABatchReadsStoredRowsAndItsOwn) {
  Write(How::kCommit, {{"a", "1"}, {"b", "1"}, {"d", "1"}}, 1);
  auto batch = views_->NewBatch();
  batch->Put("c", "2");
  batch->Delete("b");
  batch->SeekForPrev("cc");
  ASSERT_TRUE(batch->Valid());
  EXPECT_EQ(batch->key(), "c");
  batch->Prev();
  EXPECT_EQ(batch->key(), "a");
  batch->Prev();
  EXPECT_FALSE(batch->Valid());
  EXPECT_EQ(AllRows(*views_), (Rows{{"a", "1"}, {"b", "1"}, {"d", "1"}})) << "nothing is committed";
}

TEST_F(ViewsTest, AnIngestLargerThanOneFileIsTakenInWhole) {
  Rows rows;
  for (int i = 0; i < 150; ++i) {
    std::string value(1 << 20, '\0');
    for (size_t k = 0; k < value.size(); k += 8) value[k] = static_cast<char>(i * 31 + k * k % 253);
    rows[absl::StrCat("row", 1000 + i)] = std::move(value);
  }
  Write(How::kIngest, rows, 1);
  EXPECT_EQ(AllRows(*views_), rows);
}

TEST_F(ViewsTest, CommitAndIngestGiveTheSameRows) {
  EXPECT_TRUE(rc::check([] {
    TempDir committed_dir, ingested_dir;
    auto committed = OpenViews(committed_dir.path());
    auto ingested = OpenViews(ingested_dir.path());
    Rows expected;
    const uint64_t writes = *rc::gen::inRange<uint64_t>(1, 6);
    for (uint64_t sequence = 1; sequence <= writes; ++sequence) {
      auto batch = committed->NewBatch(), sorted = ingested->NewBatch();
      const size_t changes = *rc::gen::inRange<size_t>(0, 20);
      for (size_t i = 0; i < changes; ++i) {
        const std::string key = *rc::gen::resize(
            3,
            rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('\0', 'a', 'z'))));
        if (*rc::gen::inRange(0, 3) == 0) {
          batch->Delete(key);
          sorted->Delete(key);
          expected.erase(key);
        } else {
          const std::string value = *rc::gen::arbitrary<std::string>();
          batch->Put(key, value);
          sorted->Put(key, value);
          expected[key] = value;
        }
      }
      RC_ASSERT(committed->Commit(std::move(batch), PositionAt(sequence)).ok());
      // Either way must carry on from the other.
      const bool bulk = *rc::gen::inRange(0, 3) > 0;
      RC_ASSERT((bulk ? ingested->IngestSorted(std::move(sorted), PositionAt(sequence))
                      : ingested->Commit(std::move(sorted), PositionAt(sequence)))
                    .ok());
    }
    RC_ASSERT(AllRows(*committed) == expected);
    RC_ASSERT(AllRows(*ingested) == expected);
    RC_ASSERT(ingested->position() == PositionAt(writes));
  }));
}

TEST_F(ViewsTest, AViewThatSomebodyWritesIsUnavailableAndNamed) {
  const absl::Status status = Views::Open(dir_.path(), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(dir_.path()));
}

TEST_F(ViewsTest, DamagedFilesAreDataLoss) {
  Write(How::kIngest, {{"a", "1"}}, 1);
  views_.reset();
  for (const auto& file : std::filesystem::directory_iterator(dir_.path())) {
    if (!file.path().filename().string().starts_with("MANIFEST")) continue;
    std::fstream manifest(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    manifest.seekp(8);
    manifest << "damaged";
  }
  EXPECT_EQ(Views::Open(dir_.path(), {}).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(ViewsTest, APositionThatDoesNotDecodeIsDataLoss) {
  auto batch = views_->NewBatch();
  batch->Put(PositionKey(), "short");
  EXPECT_EQ(PositionOf(*batch).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(ViewsTest, SortedFilesLeftByAKilledProcessAreRemoved) {
  views_.reset();
  const std::string leftover = dir_.path() + "/sorted-0";
  std::ofstream(leftover) << "half a file";
  Reopen();
  EXPECT_FALSE(std::filesystem::exists(leftover));
  Write(How::kIngest, {{"a", "1"}}, 1);
  for (const auto& file : std::filesystem::directory_iterator(dir_.path())) {
    EXPECT_FALSE(file.path().filename().string().starts_with("sorted-")) << file.path();
  }
}

TEST_F(ViewsTest, AWaitEndsWhenThePositionIsReachedOrTimeIsUp) {
  Write(How::kCommit, {}, 3);
  EXPECT_TRUE(views_->WaitForSequence(3, absl::ZeroDuration()));
  EXPECT_TRUE(views_->WaitForOffset(10, absl::ZeroDuration()));
  EXPECT_FALSE(views_->WaitForSequence(4, absl::Milliseconds(20)));
  EXPECT_FALSE(views_->WaitForOffset(11, absl::Milliseconds(20)));
  auto waiting = std::async(std::launch::async,
                            [&] { return views_->WaitForSequence(4, absl::InfiniteDuration()); });
  Write(How::kIngest, {}, 4);
  EXPECT_TRUE(waiting.get());
}

TEST_F(ViewsTest, ASecondarySeesWhatWasWrittenOnceItCatchesUp) {
  Write(How::kCommit, {{"a", "1"}}, 1);
  auto secondary = OpenSecondary();
  EXPECT_EQ(AllRows(*secondary), (Rows{{"a", "1"}}));
  EXPECT_EQ(secondary->position(), PositionAt(1));
  auto before = secondary->Read();
  Write(How::kIngest, {{"b", "2"}}, 2, {"a"});
  Write(How::kCommit, {{"c", "3"}}, 3);
  ASSERT_TRUE(secondary->CatchUp().ok());
  EXPECT_EQ(secondary->position(), PositionAt(3));
  EXPECT_EQ(AllRows(*secondary), (Rows{{"b", "2"}, {"c", "3"}}));
  EXPECT_EQ(before->Find("a"), "1") << "an older cursor keeps its state";
  EXPECT_EQ(before->Find("b"), std::nullopt);
}

TEST_F(ViewsTest, ASecondaryFollowsAPrimaryThatRestarts) {
  Write(How::kCommit, {{"a", "1"}}, 1);
  auto secondary = OpenSecondary();
  for (uint64_t sequence = 2; sequence < 8; ++sequence) {
    Reopen();
    Write(sequence % 2 == 0 ? How::kCommit : How::kIngest, {{"a", absl::StrCat(sequence)}},
          sequence);
    ASSERT_TRUE(secondary->WaitForSequence(sequence, absl::Seconds(10)));
    EXPECT_EQ(AllRows(*secondary), (Rows{{"a", absl::StrCat(sequence)}}));
  }
}

TEST_F(ViewsTest, ASecondaryFollowsAViewThatWasMadeAnew) {
  Write(How::kCommit, {{"a", "1"}}, 1);
  auto secondary = OpenSecondary();
  auto before = secondary->Read();
  views_.reset();
  for (const auto& file : std::filesystem::directory_iterator(dir_.path())) {
    std::filesystem::remove_all(file.path());
  }
  EXPECT_EQ(secondary->CatchUp().code(), absl::StatusCode::kUnavailable);
  Reopen();
  Write(How::kCommit, {{"b", "2"}}, 2);
  ASSERT_TRUE(secondary->WaitForSequence(2, absl::Seconds(10)));
  EXPECT_EQ(AllRows(*secondary), (Rows{{"b", "2"}}));
  EXPECT_EQ(before->Find("a"), "1");
}

TEST_F(ViewsTest, ASecondaryWaitsForNewsWithoutBeingTold) {
  auto secondary = OpenSecondary();
  EXPECT_FALSE(secondary->WaitForSequence(1, absl::Milliseconds(20)));
  auto waiting = std::async(std::launch::async,
                            [&] { return secondary->WaitForOffset(8, absl::Seconds(30)); });
  Write(How::kCommit, {{"a", "1"}}, 1);
  EXPECT_TRUE(waiting.get());
}

TEST_F(ViewsTest, ASecondaryOfNothingIsUnavailable) {
  TempDir empty;
  const absl::Status status =
      Views::Open(empty.path(), {.secondary = true, .secondary_dir = secondary_dir_.path()})
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(empty.path()));
}

TEST_F(ViewsTest, ASecondaryWithoutAFolderOfItsOwnIsRefused) {
  EXPECT_EQ(Views::Open(dir_.path(), {.secondary = true, .secondary_dir = ""}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ViewsTest, ASecondaryWritesNothing) {
  auto secondary = OpenSecondary();
  EXPECT_EQ(secondary->Commit(views_->NewBatch(), PositionAt(1)).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(secondary->IngestSorted(views_->NewBatch(), PositionAt(1)).code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace dossier
