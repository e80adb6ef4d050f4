#include "services/ingest/load_slots.h"

#include "gtest/gtest.h"

namespace dossier {
namespace {

absl::Status GoOn() { return absl::OkStatus(); }

TEST(LoadSlotsTest, NoMoreAreGivenThanThereAre) {
  LoadSlots slots(2);
  const auto first = slots.Take(GoOn, absl::ZeroDuration());
  auto second = slots.Take(GoOn, absl::ZeroDuration());
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(second.ok());
  const auto third = slots.Take(GoOn, absl::ZeroDuration());
  EXPECT_TRUE(absl::IsResourceExhausted(third.status())) << third.status();
  second->reset();
  EXPECT_TRUE(slots.Take(GoOn, absl::ZeroDuration()).ok());
}

TEST(LoadSlotsTest, WhoWaitsGetsTheNextOne) {
  LoadSlots slots(1);
  auto first = slots.Take(GoOn, absl::ZeroDuration());
  ASSERT_TRUE(first.ok());
  bool asked = false;
  const auto second = slots.Take(
      [&] {
        asked = true;
        first->reset();
        return absl::OkStatus();
      },
      absl::Minutes(1));
  EXPECT_TRUE(asked);
  EXPECT_TRUE(second.ok()) << second.status();
}

TEST(LoadSlotsTest, WhoHasGoneWaitsNoLonger) {
  LoadSlots slots(1);
  const auto first = slots.Take(GoOn, absl::ZeroDuration());
  const auto second = slots.Take([] { return absl::CancelledError("gone"); }, absl::Minutes(1));
  EXPECT_EQ(second.status(), absl::CancelledError("gone"));
}

}  // namespace
}  // namespace dossier
