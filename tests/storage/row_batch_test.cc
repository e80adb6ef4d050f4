// A batch laid over stored rows, held against a std::map that says what must stand there.
#include "storage/row_batch.h"

#include <map>
#include <optional>

#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "storage/row_overlay.h"

namespace dossier {
namespace {

using Rows = std::map<std::string, std::string>;

// Stored rows for a batch to lie over; fails on demand.
class MapCursor : public RowCursor {
 public:
  explicit MapCursor(const Rows& rows, const bool& fails) : rows_(rows), fails_(fails) {}

  void Seek(std::string_view target) override { place_ = rows_.lower_bound(std::string(target)); }
  void SeekForPrev(std::string_view target) override {
    place_ = rows_.upper_bound(std::string(target));
    Prev();
  }
  void Next() override { ++place_; }
  void Prev() override { place_ = place_ == rows_.begin() ? rows_.end() : std::prev(place_); }
  bool Valid() const override { return !fails_ && place_ != rows_.end(); }
  std::string_view key() const override { return place_->first; }
  std::string_view value() const override { return place_->second; }
  absl::Status status() const override {
    return fails_ ? absl::DataLossError("no disk") : absl::OkStatus();
  }

 private:
  const Rows& rows_;
  const bool& fails_;
  Rows::const_iterator place_;
};

// Short keys over few bytes, so that they collide, nest and share prefixes up to a zero byte; some
// with a long tail behind the eight bytes that the overlay compares first.
std::string AnyKey() {
  std::string key = *rc::gen::resize(
      6, rc::gen::container<std::string>(rc::gen::elementOf(std::string("\0ab\xff", 4))));
  if (*rc::gen::inRange(0, 4) == 0)
    key += "long tail" + std::string(1, *rc::gen::arbitrary<char>());
  return key;
}

class Model {
 public:
  Model() {
    const size_t count = *rc::gen::inRange<size_t>(0, 30);
    for (size_t i = 0; i < count; ++i) stored_[AnyKey()] = *rc::gen::arbitrary<std::string>();
    expected_ = stored_;
  }

  OverlayBatch& batch() { return batch_; }

  void Put(const std::string& key, const std::string& value) {
    batch_.Put(key, value);
    expected_[key] = value;
  }
  void Delete(const std::string& key) {
    batch_.Delete(key);
    expected_.erase(key);
  }
  void Seek(const std::string& target) {
    batch_.Seek(target);
    Expect(expected_.lower_bound(target));
  }
  void SeekForPrev(const std::string& target) {
    batch_.SeekForPrev(target);
    auto place = expected_.upper_bound(target);
    Expect(place == expected_.begin() ? expected_.end() : std::prev(place));
  }
  // Steps are taken from a row that was found, too.
  void Find(const std::string& key) {
    const auto value = batch_.Find(key);
    const auto expected = expected_.find(key);
    RC_ASSERT(value.has_value() == (expected != expected_.end()));
    if (!value.has_value()) return batch_.Seek(key);
    RC_ASSERT(*value == expected->second);
    Expect(expected);
  }
  void Next() {
    if (!batch_.Valid()) return;
    const std::string from(batch_.key());
    batch_.Next();
    Expect(expected_.upper_bound(from));
  }
  void Prev() {
    if (!batch_.Valid()) return;
    auto place = expected_.lower_bound(std::string(batch_.key()));
    batch_.Prev();
    Expect(place == expected_.begin() ? expected_.end() : std::prev(place));
  }
  void ReadAll() {
    batch_.Seek("");
    for (const auto& [key, value] : expected_) {
      RC_ASSERT(batch_.Valid());
      RC_ASSERT(batch_.key() == key);
      RC_ASSERT(batch_.value() == value);
      batch_.Next();
    }
    RC_ASSERT(!batch_.Valid());
    RC_ASSERT(batch_.status().ok());
  }

 private:
  void Expect(Rows::const_iterator place) {
    RC_ASSERT(batch_.Valid() == (place != expected_.end()));
    if (!batch_.Valid()) return;
    RC_ASSERT(batch_.key() == place->first);
    RC_ASSERT(batch_.value() == place->second);
  }

  Rows stored_;
  Rows expected_;
  const bool fails_ = false;
  OverlayBatch batch_{[this] { return std::make_unique<MapCursor>(stored_, fails_); }};
};

TEST(RowBatchTest, ReadsAsAMapThatTookTheSameChanges) {
  EXPECT_TRUE(rc::check([] {
    Model model;
    const size_t steps = *rc::gen::inRange<size_t>(0, 200);
    for (size_t i = 0; i < steps; ++i) {
      switch (*rc::gen::inRange(0, 9)) {
        case 0:
          model.Put(AnyKey(), *rc::gen::arbitrary<std::string>());
          break;
        case 1:
          model.Delete(AnyKey());
          break;
        case 2:
          model.Seek(AnyKey());
          break;
        case 3:
          model.SeekForPrev(AnyKey());
          break;
        case 4:
          model.Find(AnyKey());
          break;
        case 5:
        case 6:
          model.Next();
          break;
        default:
          model.Prev();
          break;
      }
    }
    model.ReadAll();
  }));
}

TEST(RowBatchTest, KeysAndValuesStayWhileOtherRowsChange) {
  const Rows stored = {{"b", "stored"}};
  const bool fails = false;
  OverlayBatch batch([&] { return std::make_unique<MapCursor>(stored, fails); });
  batch.Put("a", "first");
  batch.Seek("a");
  const std::string_view key = batch.key(), value = batch.value();
  batch.Put("a", "second");
  for (int i = 0; i < 1000; ++i) batch.Put("a" + std::to_string(i), "more");
  EXPECT_EQ(key, "a");
  EXPECT_EQ(value, "first");
  EXPECT_EQ(batch.Find("a"), "second");
}

TEST(RowBatchTest, ABatchThatOnlyWritesNeverOpensTheStoredRows) {
  OverlayBatch batch([]() -> std::unique_ptr<RowCursor> {
    ADD_FAILURE() << "the stored rows were opened";
    return nullptr;
  });
  batch.Put("a", "1");
  batch.Delete("b");
  EXPECT_TRUE(batch.status().ok());
  EXPECT_GE(batch.bytes(), 3u);
}

TEST(RowBatchTest, AFailureBelowStopsTheCursorAndIsTold) {
  const Rows stored = {{"b", "stored"}};
  bool fails = false;
  OverlayBatch batch([&] { return std::make_unique<MapCursor>(stored, fails); });
  batch.Put("a", "1");
  batch.Put("c", "2");
  batch.Seek("a");
  ASSERT_TRUE(batch.Valid());
  fails = true;
  batch.Next();
  EXPECT_FALSE(batch.Valid());
  EXPECT_EQ(batch.status().code(), absl::StatusCode::kDataLoss);
}

// Enough rows that share long beginnings for the sort to go from eight bytes to the next, up to
// where it compares whole keys; many replaced, some deleted.
TEST(RowOverlayTest, VisitsWhatStandsInOrderHoweverItCame) {
  for (const bool read_in_between : {false, true}) {
    RowOverlay overlay;
    std::map<std::string, std::optional<std::string>> expected;
    const std::string text(80, 'x');
    for (uint32_t i = 0, number = 1; i < 20'000; ++i) {
      number = number * 1'664'525 + 1'013'904'223;  // a linear congruential generator
      std::string key = "t" + std::to_string(number >> 8 & 1) + std::string(1, '\0');
      key += text.substr(0, number >> 9 & 63) + std::to_string(number >> 15 & 255);
      if (i % 7 == 0) key += text;
      if (i % 5 == 0) {
        overlay.Delete(key);
        expected[key] = std::nullopt;
      } else {
        overlay.Put(key, std::to_string(i));
        expected[key] = std::to_string(i);
      }
      if (read_in_between && i == 10'000) RowOverlay::Cursor(overlay).Seek("");
    }
    auto next = expected.begin();
    overlay.Visit([&](const RowOverlay::Row& row) {
      const bool as_expected = next != expected.end() && row.key == next->first &&
                               row.deleted == !next->second.has_value() &&
                               row.value == next->second.value_or("");
      EXPECT_TRUE(as_expected) << row.key;
      ++next;
      return as_expected;
    });
    EXPECT_TRUE(next == expected.end());
  }
}

TEST(RowOverlayTest, BytesCountWhatIsHeld) {
  RowOverlay overlay;
  EXPECT_EQ(overlay.bytes(), 0u);
  for (int i = 0; i < 1000; ++i) overlay.Put("key" + std::to_string(i), std::string(100, 'v'));
  EXPECT_GE(overlay.bytes(), 1000 * 100u);
  EXPECT_LE(overlay.bytes(), 1000 * 200u);
}

}  // namespace
}  // namespace dossier
