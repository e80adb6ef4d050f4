#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "dossier/v1/feed_service.grpc.pb.h"
#include "services/cli/change_words.h"
#include "services/cli/commands.h"
#include "services/cli/feed_line.h"

namespace dossier {
namespace {

constexpr std::chrono::milliseconds kFirstPause{200};
constexpr std::chrono::milliseconds kLongestPause{10'000};
constexpr int kAttemptsMax = 60;

struct WatchFlags {
  std::vector<std::string> actor, source, kind, change_class;
  std::string from_cursor;
  bool from_now = false;
  bool news_only = false;
  bool until_caught_up = false;
};

v1::WatchRequest RequestOf(const WatchFlags& flags) {
  v1::WatchRequest request;
  request.set_cursor(flags.from_cursor);
  request.set_from_now(flags.from_now);
  request.mutable_actor()->Assign(flags.actor.begin(), flags.actor.end());
  request.mutable_source()->Assign(flags.source.begin(), flags.source.end());
  request.mutable_kind()->Assign(flags.kind.begin(), flags.kind.end());
  request.set_news_only(flags.news_only);
  *request.mutable_change_class() = ClassesOfWords(flags.change_class);
  return request;
}

// False: stopped before the time was over.
bool Pause(std::stop_token stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

// Follows the feed over as many calls as it takes.
class Watcher {
 public:
  Watcher(const Session& session, const WatchFlags& flags, std::stop_token stop)
      : session_(session), flags_(flags), request_(RequestOf(flags)), stop_(std::move(stop)) {
    if (session.format() == OutputFormat::kCsv) PrintFeedCsvHeading(session.out());
  }

  absl::Status Follow(v1::FeedService::Stub& feed) {
    int attempts = 0;
    std::chrono::milliseconds pause = kFirstPause;
    while (true) {
      heard_ = false;
      const absl::Status status = FollowOnce(feed);
      if (done_ || stop_.stop_requested()) return absl::OkStatus();
      if (heard_) {
        attempts = 0;
        pause = kFirstPause;
      }
      // Without a cursor there is nothing to go on from: a server that never answered.
      if (!absl::IsUnavailable(status) || request_.cursor().empty()) return status;
      if (++attempts > kAttemptsMax) return status;
      session_.terminal.err << "dossier: watch: " << std::string(status.message())
                            << "; going on in " << pause.count() << " ms\n";
      if (!Pause(stop_, pause)) return absl::OkStatus();
      pause = std::min(2 * pause, kLongestPause);
    }
  }

  const std::string& cursor() const { return request_.cursor(); }

 private:
  absl::Status FollowOnce(v1::FeedService::Stub& feed) {
    grpc::ClientContext context;
    const std::stop_callback cancel(stop_, [&context] { context.TryCancel(); });
    const auto stream = feed.Watch(&context, request_);
    v1::WatchResponse response;
    while (!done_ && stream->Read(&response)) Take(response);
    if (done_) context.TryCancel();
    absl::Status status = FromGrpc(stream->Finish());
    if (status.ok()) status = absl::UnavailableError("the server ended the feed");
    return status;
  }

  void Take(const v1::WatchResponse& response) {
    heard_ = true;
    if (!response.cursor().empty()) {
      request_.set_cursor(response.cursor());
      request_.set_from_now(false);
    }
    switch (session_.format()) {
      case OutputFormat::kJson:
        session_.PrintJson(response);
        break;
      case OutputFormat::kCsv:
        if (response.has_item()) PrintFeedItemCsv(session_.out(), response.item(), cursor());
        break;
      case OutputFormat::kTable:
        if (response.has_item()) PrintFeedItem(session_.out(), response.item());
        break;
    }
    session_.out().flush();
    // Nobody reads any more.
    if (!session_.out().good()) done_ = true;
    if (!response.caught_up()) return;
    if (flags_.until_caught_up) done_ = true;
    if (session_.format() == OutputFormat::kTable && !flags_.until_caught_up) {
      session_.terminal.err << "dossier: watch: caught up; cursor " << cursor() << '\n';
    }
  }

  const Session& session_;
  const WatchFlags& flags_;
  v1::WatchRequest request_;
  std::stop_token stop_;
  bool heard_ = false;
  bool done_ = false;
};

int Watch(Session& session, const WatchFlags& flags) {
  // Before any thread starts, so that all of them leave the signals to it.
  const std::stop_token stop = session.terminal.stop_on_signals();
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto feed = v1::FeedService::NewStub(*channel);
  Watcher watcher(session, flags, stop);
  const absl::Status status = watcher.Follow(*feed);
  if (!watcher.cursor().empty() && session.format() != OutputFormat::kJson) {
    session.terminal.err << "dossier: watch: go on with --from-cursor " << watcher.cursor() << '\n';
  }
  return status.ok() ? kDone : session.Fail("watch", status);
}

}  // namespace

void AddWatch(Program& program) {
  auto flags = std::make_shared<WatchFlags>();
  CLI::App& command =
      AddCommand(program, "watch", "What changes, as it changes",
                 "  dossier --server localhost:7400 watch --actor Iran --news-only --from-now\n"
                 "  dossier --data ./data watch --until-caught-up --json",
                 flags, &Watch);
  command.add_option("--actor", flags->actor, "Id, code or name; any of them");
  command.add_option("--source", flags->source, "Only of these sources");
  command.add_option(
      "--kind", flags->kind,
      "Only of these kinds of facts: transfer, sanction, link, identity-claim, treaty, membership, "
      "deployment, indicator, dealing");
  CLI::Option* cursor =
      command.add_option("--from-cursor", flags->from_cursor, "Go on after this cursor");
  command.add_flag("--from-now", flags->from_now, "Begin with what comes next")->excludes(cursor);
  command.add_flag("--news-only", flags->news_only, "Leave out baseline, late and reparsed items");
  AddClassFlag(command, flags->change_class,
               "Of revisions of transfers only those of any of these classes: new-deliveries, "
               "revised-count, revaluation, flag ...");
  command.add_flag("--until-caught-up", flags->until_caught_up,
                   "End once all that is known was shown");
}

}  // namespace dossier
