// The feed as a read of the view's 'e' rows by sequence: what FeedService's streams send, chunk by
// chunk, without threads and without gRPC.
//
//   WatchReader reader(views, table, request, absl::Seconds(5));
//   auto chunk = reader.Read(limits);      // at most a few hundred KiB of messages, then what next
//
// A chunk is read through one cursor over the view, which is given back with it: a reader holds
// none in between, and stays small however far behind it is. The view shows whole units only, and
// so does the feed. One thread at a time. `views` and `table` must outlive a reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "dossier/v1/feed_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"
#include "storage/views.h"

namespace dossier {

template <typename Message>
struct FeedChunk {
  enum class Then {
    kMore,  // read on at once
    kWait,  // until the view holds `wait_for_sequence`, or until `wait_until`
    kEnd,   // that was all
  };
  std::vector<Message> messages;
  Then then = Then::kMore;
  uint64_t wait_for_sequence = 0;
  absl::Time wait_until = absl::InfiniteFuture();
};

// What a watch asks for, beside where it begins.
struct FeedFilter {
  absl::flat_hash_set<std::string> actors;  // ids; empty: all, as everywhere here
  absl::flat_hash_set<std::string> sources;
  absl::flat_hash_set<std::string> kinds;  // families of facts, as FamilyOf has them
  absl::flat_hash_set<int> classes;        // v1::ChangeClass, of revisions of transfers alone
  bool news_only = false;
};

// FeedService.Watch. Repeats change nothing and are not sent. An item concerns the actors of its
// own content and those of the statement before it; one without content, only the latter. What is
// withdrawn by a void is its `before`. `change` is filled in where both have content.
// `change_class` is REPARSED alone of all that comes of an edition's being read anew.
class WatchReader {
 public:
  // A cursor is sent alone when nothing else was sent for as long as `heartbeat`.
  WatchReader(Views& views, const ActorTable& table, v1::WatchRequest request,
              absl::Duration heartbeat)
      : views_(views), table_(table), request_(std::move(request)), heartbeat_(heartbeat) {}

  // InvalidArgument and NotFound name the request's field. FailedPrecondition: the cursor is of
  // another log. DataLoss. Or the limits' status.
  absl::StatusOr<FeedChunk<v1::WatchResponse>> Read(const CallLimits& limits);

 private:
  // An 'e' row that may concern the watcher.
  struct Candidate {
    uint64_t sequence = 0;
    v1::Verb verb = v1::VERB_UNSPECIFIED;
    v1::Novelty novelty = v1::NOVELTY_UNSPECIFIED;
    uint64_t before = 0;  // the statement that it changed; 0: none
  };
  struct Chunk;

  absl::Status Open(const CallLimits& limits);
  absl::Status CheckLog(RowCursor& rows);
  absl::Status Scan(uint64_t head, const CallLimits& limits, Chunk& chunk);
  absl::StatusOr<std::optional<Candidate>> Look(std::string_view value) const;
  absl::Status AddIfConcerned(const Candidate& candidate, Chunk& chunk);
  absl::StatusOr<bool> Concerned(const v1::Event& event, uint64_t before, Chunk& chunk) const;
  bool OwnContentMatches(const v1::Event& event) const;
  // Whether the item is no revision of a transfer, or one of a class that was asked for.
  bool ClassMatches(const v1::FeedItem& item) const;
  std::string CursorText() const;

  Views& views_;
  const ActorTable& table_;
  const v1::WatchRequest request_;
  const absl::Duration heartbeat_;
  bool opened_ = false;
  FeedFilter filter_;
  std::string log_id_;     // of the cursor, or of the view once it follows a log
  uint64_t sequence_ = 0;  // the last one dealt with
  bool caught_up_ = false;
  absl::Time last_sent_ = absl::InfinitePast();
};

// FeedService.Replay: at most 500 records and about 1 MiB a message, one message a chunk.
class ReplayReader {
 public:
  ReplayReader(Views& views, const v1::ReplayRequest& request)
      : views_(views), next_(request.first_sequence()), last_(request.last_sequence()) {}

  // InvalidArgument: the range is none. FailedPrecondition: it ends after the view's head.
  absl::StatusOr<FeedChunk<v1::ReplayResponse>> Read(const CallLimits& limits);

 private:
  absl::Status Open(uint64_t head);

  Views& views_;
  bool opened_ = false;
  uint64_t next_;
  uint64_t last_;
};

}  // namespace dossier
