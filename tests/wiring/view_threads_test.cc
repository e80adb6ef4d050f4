// A view that is kept current by a thread, and what is shown of it.
#include "services/wiring/view_threads.h"

#include <filesystem>

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "services/metrics.h"
#include "services/wiring/open_log.h"
#include "services/wiring/view_metrics.h"
#include "tests/process/scrape.h"

namespace dossier {
namespace {

class ViewThreadTest : public testing::Test {
 protected:
  ViewThreadTest() {
    dir_ = (std::filesystem::temp_directory_path() / "dossier_views_XXXXXX").string();
    EXPECT_NE(mkdtemp(dir_.data()), nullptr);
    LogOptions options;
    options.log = "embedded:" + dir_ + "/log";
    log_ = *OpenLog(options);
    views_ = *Views::Open(dir_ + "/view", {});
  }
  ~ViewThreadTest() override {
    views_.reset();
    log_.reset();
    std::filesystem::remove_all(dir_);
  }

  // Genesis and "writer opened" are records as any other.
  void Append() { ASSERT_TRUE(log_->OpenWriter("test", {}).ok()); }

  std::string dir_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<Views> views_;
  std::stop_source stop_;
};

// Says nothing, and fails when it is told to.
class FailingProjector : public Projector {
 public:
  absl::Status CatchUp() override { return absl::OkStatus(); }
  absl::Status Run(std::stop_token) override { return absl::DataLossError("records are missing"); }
};

TEST_F(ViewThreadTest, TheViewFollowsTheLog) {
  auto projector = Projector::Open(*log_, *views_);
  ASSERT_TRUE(projector.ok()) << projector.status();
  const ViewThread thread(**projector, stop_);
  Append();
  EXPECT_TRUE(views_->WaitForSequence(2, absl::Seconds(10)));
  Append();
  EXPECT_TRUE(views_->WaitForSequence(3, absl::Seconds(10)));
  EXPECT_TRUE(thread.status().ok());
  EXPECT_FALSE(stop_.stop_requested());
}

TEST_F(ViewThreadTest, ASecondaryFollowsThePrimary) {
  auto projector = Projector::Open(*log_, *views_);
  ASSERT_TRUE(projector.ok()) << projector.status();
  const ViewThread projecting(**projector, stop_);
  ViewsOptions options;
  options.secondary = true;
  options.secondary_dir = dir_ + "/secondary";
  auto secondary = Views::Open(dir_ + "/view", options);
  ASSERT_TRUE(secondary.ok()) << secondary.status();
  const ViewThread following(**secondary, stop_);
  Append();
  // Nobody but the thread makes the secondary look.
  for (int i = 0; i < 2000 && (*secondary)->position().sequence < 2; ++i) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_EQ((*secondary)->position().sequence, 2u);
}

TEST_F(ViewThreadTest, AFailureStopsTheProcess) {
  FailingProjector projector;
  const ViewThread thread(projector, stop_);
  for (int i = 0; i < 2000 && !stop_.stop_requested(); ++i) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_TRUE(stop_.stop_requested());
  EXPECT_EQ(thread.status(), absl::DataLossError("records are missing"));
}

TEST_F(ViewThreadTest, AViewsNumbersShow) {
  Append();
  auto projector = Projector::Open(*log_, *views_);
  ASSERT_TRUE(projector.ok()) << projector.status();
  ASSERT_TRUE((*projector)->CatchUp().ok());
  Metrics metrics;
  AddViewMetrics(metrics, *views_);
  ASSERT_TRUE(metrics.Expose("127.0.0.1:0").ok());
  const std::string page = Scrape(metrics.port());
  EXPECT_NE(page.find("\ndossier_view_sequence 2\n"), std::string::npos) << page;
  EXPECT_NE(page.find("\ndossier_view_log_offset 2\n"), std::string::npos) << page;
  EXPECT_NE(page.find("\ndossier_undecodable_total 0\n"), std::string::npos) << page;
  EXPECT_NE(page.find("\ndossier_events_total 0\n"), std::string::npos) << page;
}

}  // namespace
}  // namespace dossier
