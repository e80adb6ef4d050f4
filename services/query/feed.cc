#include "services/query/feed.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/change_class.h"
#include "services/model/contents.h"
#include "services/query/feed_cursor.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"
#include "storage/log_record.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// A chunk is closed at the first of these.
constexpr size_t kItemsMax = 64;
constexpr size_t kBytesMax = 256 << 10;
constexpr uint64_t kRowsMax = 16'384;

constexpr int kValuesMax = 200;
// So many statements without content (absences) are gone back over to find whom one concerns.
constexpr int kStatementsBackMax = 16;

std::string EventRowKey(uint64_t sequence) { return KeyBuilder(kEventRow).Number(sequence).Take(); }

absl::Status Damaged(uint64_t sequence) {
  return absl::DataLossError(absl::StrCat("view: the row of sequence ", sequence, " is damaged"));
}

absl::Status CheckNumbers(const v1::WatchRequest& request) {
  for (const auto& [field, size] : {std::pair{"source", request.source_size()},
                                    {"kind", request.kind_size()},
                                    {"change_class", request.change_class_size()}}) {
    if (size <= kValuesMax) continue;
    return InvalidField(field, absl::StrCat("too many values; expected at most ", kValuesMax));
  }
  return absl::OkStatus();
}

absl::Status CheckWatch(const v1::WatchRequest& request) {
  if (request.from_now() && !request.cursor().empty()) {
    return InvalidField("from_now", "set together with cursor; expected one of them");
  }
  if (absl::Status s = CheckNumbers(request); !s.ok()) return s;
  for (int value : request.change_class()) {
    if (v1::ChangeClass_IsValid(value) && value != v1::CHANGE_CLASS_UNSPECIFIED) continue;
    return InvalidField("change_class", absl::StrCat(value, "; expected 1 to ",
                                                     static_cast<int>(v1::ChangeClass_MAX)));
  }
  for (const std::string& kind : request.kind()) {
    if (std::find(std::begin(kFamilies), std::end(kFamilies), kind) == std::end(kFamilies)) {
      return InvalidField(
          "kind", absl::StrCat("\"", kind, "\"; expected one of ", absl::StrJoin(kFamilies, ", ")));
    }
  }
  return absl::OkStatus();
}

void TellChange(v1::FeedItem& item) {
  std::vector<v1::FieldChange> changes;
  if (item.event().has_present() && item.before().has_present()) {
    changes = DiffEvents(item.before(), item.event());
  }
  // What an older reading of the edition had left unsaid may stand against the statement of an
  // edition before: still it is the reading alone that changed what was known.
  if (item.event().cause() == v1::CAUSE_REPARSED) {
    item.add_change_class(v1::CHANGE_CLASS_REPARSED);
  } else if (item.has_before()) {
    for (v1::ChangeClass value : ClassesOf(item.before(), item.event(), changes)) {
      item.add_change_class(value);
    }
  }
  for (v1::FieldChange& change : changes) *item.add_change() = std::move(change);
}

}  // namespace

// What is under way while a chunk is read.
struct WatchReader::Chunk {
  std::unique_ptr<RowCursor> rows;
  FeedChunk<v1::WatchResponse> out;
  size_t bytes = 0;
  uint64_t rows_read = 0;

  bool full() const {
    return out.messages.size() >= kItemsMax || bytes >= kBytesMax || rows_read >= kRowsMax;
  }
};

std::string WatchReader::CursorText() const { return WriteFeedCursor({log_id_, sequence_}); }

absl::Status WatchReader::Open(const CallLimits& limits) {
  if (absl::Status s = CheckWatch(request_); !s.ok()) return s;
  if (!request_.cursor().empty()) {
    auto cursor = ReadFeedCursor(request_.cursor());
    if (!cursor.ok()) return cursor.status();
    log_id_ = cursor->log_id;
    sequence_ = cursor->sequence;
  }
  auto as_of = AsOf::Open(views_, {}, limits);
  if (!as_of.ok()) return as_of.status();
  if (request_.from_now()) sequence_ = as_of->sequence();
  auto actors = ResolveActors(*as_of, table_, {{"actor", request_.actor()}});
  if (!actors.ok()) return actors.status();
  filter_.actors.insert(actors->front().begin(), actors->front().end());
  filter_.sources.insert(request_.source().begin(), request_.source().end());
  filter_.kinds.insert(request_.kind().begin(), request_.kind().end());
  filter_.classes.insert(request_.change_class().begin(), request_.change_class().end());
  filter_.news_only = request_.news_only();
  last_sent_ = limits.now();
  opened_ = true;
  return absl::OkStatus();
}

absl::Status WatchReader::CheckLog(RowCursor& rows) {
  const auto log_id = rows.Find(LogIdKey());
  if (!rows.status().ok()) return rows.status();
  if (!log_id.has_value()) return absl::OkStatus();  // the view holds nothing yet
  if (log_id_.empty()) log_id_ = std::string(*log_id);
  if (*log_id == log_id_) return absl::OkStatus();
  return FieldError(absl::StatusCode::kFailedPrecondition, "cursor",
                    "it belongs to another log; expected one of a watch of this log");
}

absl::StatusOr<FeedChunk<v1::WatchResponse>> WatchReader::Read(const CallLimits& limits) {
  if (absl::Status s = limits.Check(); !s.ok()) return s;
  if (!opened_) {
    if (absl::Status s = Open(limits); !s.ok()) return s;
  }
  Chunk chunk;
  chunk.rows = views_.Read();
  auto position = PositionOf(*chunk.rows);
  if (!position.ok()) return position.status();
  if (absl::Status s = CheckLog(*chunk.rows); !s.ok()) return s;
  const uint64_t head = position->sequence;
  if (absl::Status s = Scan(head, limits, chunk); !s.ok()) return s;

  auto& out = chunk.out;
  if (sequence_ < head) {
    caught_up_ = false;
  } else if (sequence_ == head && !caught_up_) {
    caught_up_ = true;
    out.messages.emplace_back().set_caught_up(true);
    if (!log_id_.empty()) out.messages.back().set_cursor(CursorText());
  }
  const absl::Time now = limits.now();
  const bool due = now - last_sent_ >= heartbeat_;
  if (due && out.messages.empty() && !log_id_.empty()) {
    out.messages.emplace_back().set_cursor(CursorText());
  }
  if (due || !out.messages.empty()) last_sent_ = now;
  if (sequence_ >= head) {
    out.then = FeedChunk<v1::WatchResponse>::Then::kWait;
    // A replica that is behind the cursor is waited for.
    out.wait_for_sequence = sequence_ > head ? sequence_ : head + 1;
    out.wait_until = last_sent_ + heartbeat_;
  }
  return std::move(out);
}

absl::Status WatchReader::Scan(uint64_t head, const CallLimits& limits, Chunk& chunk) {
  RowCursor& rows = *chunk.rows;
  bool in_place = false;  // whether the cursor stands on the row of sequence_
  while (sequence_ < head && !chunk.full()) {
    const std::string key = EventRowKey(sequence_ + 1);
    if (in_place) {
      rows.Next();
    } else {
      rows.Seek(key);
    }
    if (!rows.status().ok()) return rows.status();
    if (!rows.Valid() || rows.key() != key) return Damaged(sequence_ + 1);
    auto candidate = Look(rows.value());
    if (!candidate.ok()) return candidate.status();
    ++sequence_;
    in_place = !candidate->has_value();
    if (!in_place) {
      (*candidate)->sequence = sequence_;
      if (absl::Status s = AddIfConcerned(**candidate, chunk); !s.ok()) return s;
    }
    if ((++chunk.rows_read & 0xff) == 0) {
      if (absl::Status s = limits.Check(); !s.ok()) return s;
    }
  }
  return absl::OkStatus();
}

// By the row's first bytes alone, so that what is not asked for costs a step of the cursor.
absl::StatusOr<std::optional<WatchReader::Candidate>> WatchReader::Look(
    std::string_view value) const {
  const auto head = DecodeEventRowHead(value);
  if (!head.has_value()) return Damaged(sequence_ + 1);
  Candidate candidate;
  candidate.verb = static_cast<v1::Verb>(head->verb);
  candidate.novelty = static_cast<v1::Novelty>(head->novelty);
  candidate.before = head->before;
  const bool changes =
      candidate.verb != v1::VERB_UNSPECIFIED && candidate.verb != v1::VERB_REPEATED;
  if (!changes || (filter_.news_only && candidate.novelty != v1::NOVELTY_NEWS)) return std::nullopt;
  return candidate;
}

bool WatchReader::OwnContentMatches(const v1::Event& event) const {
  if (!event.has_present()) return false;
  if (!filter_.kinds.empty() && !filter_.kinds.contains(std::string(FamilyOf(event.present()))))
    return false;
  if (filter_.actors.empty()) return true;
  const std::vector<std::string_view> actors = ActorsOf(event.present());
  return std::any_of(actors.begin(), actors.end(), [&](std::string_view actor) {
    return filter_.actors.contains(std::string(actor));
  });
}

absl::StatusOr<bool> WatchReader::Concerned(const v1::Event& event, uint64_t before,
                                            Chunk& chunk) const {
  if (!filter_.sources.empty() && !filter_.sources.contains(event.source())) return false;
  if ((filter_.actors.empty() && filter_.kinds.empty()) || OwnContentMatches(event)) return true;
  for (int i = 0; before != 0 && i < kStatementsBackMax; ++i) {
    auto earlier = EventAt(*chunk.rows, before);
    if (!earlier.ok()) return earlier.status();
    if (earlier->has_present()) return OwnContentMatches(*earlier);
    const auto row = chunk.rows->Find(EventRowKey(before));
    const auto head = row.has_value() ? DecodeEventRowHead(*row) : std::nullopt;
    if (!head.has_value()) return Damaged(before);
    before = head->before;
  }
  return false;
}

bool WatchReader::ClassMatches(const v1::FeedItem& item) const {
  const bool revises_transfer = item.verb() == v1::VERB_REVISED &&
                                item.event().present().has_transfer() &&
                                item.before().present().has_transfer();
  if (filter_.classes.empty() || !revises_transfer) return true;
  return std::any_of(item.change_class().begin(), item.change_class().end(),
                     [&](int value) { return filter_.classes.contains(value); });
}

absl::Status WatchReader::AddIfConcerned(const Candidate& candidate, Chunk& chunk) {
  auto event = EventAt(*chunk.rows, candidate.sequence);
  if (!event.ok()) return event.status();
  auto concerned = Concerned(*event, candidate.before, chunk);
  if (!concerned.ok()) return concerned.status();
  if (!*concerned) return absl::OkStatus();

  v1::WatchResponse message;
  v1::FeedItem& item = *message.mutable_item();
  item.set_sequence(candidate.sequence);
  item.set_verb(candidate.verb);
  item.set_novelty(candidate.novelty);
  *item.mutable_event() = *std::move(event);
  if (candidate.before != 0) {
    auto earlier = EventAt(*chunk.rows, candidate.before);
    if (!earlier.ok()) return earlier.status();
    *item.mutable_before() = *std::move(earlier);
  }
  TellChange(item);
  if (!ClassMatches(item)) return absl::OkStatus();
  message.set_cursor(CursorText());
  chunk.bytes += message.ByteSizeLong();
  chunk.out.messages.push_back(std::move(message));
  return absl::OkStatus();
}

}  // namespace dossier
