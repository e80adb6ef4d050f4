// The graceful stop: calls under way may end, hanging ones are cancelled; and signals.
#include <signal.h>

#include <chrono>
#include <thread>

#include "process_fixture.h"

namespace dossier {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class StopTest : public ProcessTest {
 protected:
  // Watches in a thread until the stream ends; `watching` says when it has begun.
  std::thread Watch() {
    return std::thread([this, channel = Connect()] {
      grpc::ClientContext context;
      const auto reader = v1::FeedService::NewStub(channel)->Watch(&context, {});
      v1::WatchResponse response;
      while (reader->Read(&response)) watching = true;
      ended = FromGrpc(reader->Finish());
    });
  }

  void AwaitWatching() {
    for (int i = 0; i < 5000 && !watching; ++i) std::this_thread::sleep_for(milliseconds(1));
    ASSERT_TRUE(watching);
  }

  std::atomic<bool> watching = false;
  absl::Status ended;
};

TEST_F(StopTest, ACallUnderWayEndsByItself) {
  options_.stop_grace = std::chrono::seconds(10);
  Serve();
  std::thread watcher = Watch();
  AwaitWatching();
  std::thread stopper([this] {
    std::this_thread::sleep_for(milliseconds(100));
    stop_.request_stop();
  });
  const auto start = steady_clock::now();
  server_.reset();
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(5));
  stopper.join();
  watcher.join();
  EXPECT_EQ(ended, absl::UnavailableError("stopping"));
  EXPECT_EQ(feed_.cancelled, 0);
}

TEST_F(StopTest, AHangingCallIsCancelledAfterTheGrace) {
  options_.stop_grace = milliseconds(300);
  Serve();
  std::thread watcher = Watch();
  AwaitWatching();
  const auto start = steady_clock::now();
  server_.reset();
  EXPECT_GE(steady_clock::now() - start, milliseconds(290));
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(5));
  watcher.join();
  EXPECT_FALSE(ended.ok());
  EXPECT_EQ(feed_.cancelled, 1);
}

TEST_F(StopTest, ServesUntilTheTokenIsStopped) {
  Serve();
  std::thread serving([this] { server_->ServeUntil(stop_.get_token()); });
  EXPECT_TRUE(CallAudit(Connect()).ok());
  stop_.request_stop();
  serving.join();
  EXPECT_EQ(CallAudit(Connect()).code(), absl::StatusCode::kUnavailable);
}

// Runs in a process of its own, by re-executing this program.
void StopOnFirstSignal(int signal_number) {
  const std::stop_token stop = StopOnSignals();
  kill(getpid(), signal_number);
  for (int i = 0; i < 5000 && !stop.stop_requested(); ++i) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  _exit(stop.stop_requested() ? 42 : 1);
}

void DieOnSecondSignal() {
  const std::stop_token stop = StopOnSignals();
  kill(getpid(), SIGTERM);
  for (int i = 0; i < 5000 && !stop.stop_requested(); ++i) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  kill(getpid(), SIGINT);
  std::this_thread::sleep_for(std::chrono::seconds(5));
  _exit(1);
}

TEST(SignalsDeathTest, TheFirstSignalStops) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(StopOnFirstSignal(SIGTERM), testing::ExitedWithCode(42), "");
  EXPECT_EXIT(StopOnFirstSignal(SIGINT), testing::ExitedWithCode(42), "");
}

TEST(SignalsDeathTest, TheSecondSignalEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(DieOnSecondSignal(), testing::ExitedWithCode(128 + SIGINT), "");
}

}  // namespace
}  // namespace dossier
