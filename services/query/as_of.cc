#include "services/query/as_of.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/query/field_error.h"
#include "storage/log_record.h"

namespace dossier {
namespace {

constexpr absl::Duration kWaitSlice = absl::Milliseconds(50);
constexpr int32_t kPageSizeMax = 1000;

absl::Status BadCut(std::string_view field, std::string_view what) {
  return InvalidField(absl::StrCat("read_at.cut.", std::string(field)), what);
}

absl::Status CheckDate(std::string_view field, const v1::Date& date) {
  const absl::Status status = ValidateDate(date);
  return status.ok() ? status : BadCut(field, std::string(status.message()));
}

absl::Status CheckTime(std::string_view field, const google::protobuf::Timestamp& time) {
  constexpr int64_t kFirstSecond = -62135596800;  // 0001-01-01
  constexpr int64_t kLastSecond = 253402300799;   // 9999-12-31
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() > 999'999'999) {
    return BadCut(field, "out of range; expected a time of the years 1 to 9999");
  }
  return absl::OkStatus();
}

// The last stamp that lies at or before a time.
StampKey LastStampBy(absl::Time time) {
  StampKey stamp = kLastStamp;
  stamp.micros = absl::ToUnixMicros(time);
  return stamp;
}

bool HasPrefix(std::string_view key, std::string_view prefix) {
  return key.substr(0, prefix.size()) == prefix;
}

// The sequence stored as the value of an 'a' row.
bool NamedBy(std::string_view value, uint64_t sequence) {
  uint64_t first = 0;
  // A parser skips the kind byte of a key; a value has none.
  const std::string as_key = absl::StrCat("-", std::string(value));
  return KeyParser(as_key).Number(&first) && first <= sequence;
}

}  // namespace

absl::Status CallLimits::Check() const {
  if (is_cancelled && is_cancelled()) return absl::CancelledError("the caller has gone");
  if (now() > deadline) return absl::DeadlineExceededError("the answer was not ready in time");
  return absl::OkStatus();
}

absl::Status AwaitSequence(Views& views, uint64_t sequence, const CallLimits& limits) {
  if (views.position().sequence >= sequence) return absl::OkStatus();
  const absl::Time until = std::min(limits.deadline, limits.now() + kDefaultWait);
  while (!views.WaitForSequence(sequence, kWaitSlice)) {
    if (limits.is_cancelled && limits.is_cancelled()) {
      return absl::CancelledError("the caller has gone");
    }
    if (limits.now() >= until) {
      return absl::DeadlineExceededError(
          absl::StrCat("read_at.wait_for_sequence: the view is at sequence ",
                       views.position().sequence, "; ", sequence, " did not come in time"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<AsOf> AsOf::Open(Views& views, const v1::ReadAt& read_at, CallLimits limits,
                                const ResolvedCut* pinned) {
  AsOf as_of;
  as_of.limits_ = std::move(limits);
  const uint64_t wait_for =
      std::max(read_at.wait_for_sequence(), pinned != nullptr ? pinned->sequence : 0);
  if (absl::Status s = AwaitSequence(views, wait_for, as_of.limits_); !s.ok()) return s;
  as_of.rows_ = views.Read();
  if (absl::Status s = as_of.ReadHead(); !s.ok()) return s;
  *as_of.answered_at_.mutable_cut() = read_at.cut();
  if (absl::Status s = as_of.ResolveCut(read_at.cut()); !s.ok()) return s;
  if (pinned != nullptr) {
    if (absl::Status s = as_of.TakePinned(*pinned); !s.ok()) return s;
  }
  as_of.resolved_.stamp = as_of.known_.stamp;
  as_of.resolved_.sequence = as_of.known_.sequence;
  as_of.answered_at_.set_sequence(as_of.known_.sequence);
  // Nothing in the view is later: the rows of the head are the answer's.
  if (as_of.known_.sequence == as_of.answered_at_.view_sequence()) {
    as_of.known_.sequence = UINT64_MAX;
  }
  return as_of;
}

absl::Status AsOf::ReadHead() {
  auto position = PositionOf(*rows_);
  if (!position.ok()) return position.status();
  answered_at_.set_view_sequence(position->sequence);
  if (const auto log_id = rows_->Find(LogIdKey()); log_id.has_value()) {
    resolved_.log_id = std::string(*log_id);
    answered_at_.set_log_id(Hex(*log_id));
  }
  return rows_->status();
}

absl::Status AsOf::ResolveCut(const v1::Cut& cut) {
  if (cut.has_effective_date()) {
    if (absl::Status s = CheckDate("effective_date", cut.effective_date()); !s.ok()) return s;
  }
  switch (cut.known_by_case()) {
    case v1::Cut::kKnownByDate:
      if (absl::Status s = CheckDate("known_by_date", cut.known_by_date()); !s.ok()) return s;
      known_.stamp = LastStampBy(EndOf(cut.known_by_date()));
      break;
    case v1::Cut::kKnownByTime:
      if (absl::Status s = CheckTime("known_by_time", cut.known_by_time()); !s.ok()) return s;
      known_.stamp = LastStampBy(ToTime(cut.known_by_time()));
      break;
    case v1::Cut::KNOWN_BY_NOT_SET:
      break;
  }
  return ResolveSequence(cut, &known_.sequence);
}

absl::Status AsOf::ResolveSequence(const v1::Cut& cut, uint64_t* sequence) {
  const uint64_t head = answered_at_.view_sequence();
  *sequence = head;
  if (cut.accepted_by_case() == v1::Cut::kSequence) {
    if (cut.sequence() > head) {
      return FieldError(absl::StatusCode::kFailedPrecondition, "read_at.cut.sequence",
                        absl::StrCat(cut.sequence(), " is after the view's head, ", head));
    }
    *sequence = cut.sequence();
  } else if (cut.accepted_by_case() == v1::Cut::kAcceptedByTime) {
    if (absl::Status s = CheckTime("accepted_by_time", cut.accepted_by_time()); !s.ok()) return s;
    auto last = LastAcceptedBy(ToTime(cut.accepted_by_time()));
    if (!last.ok()) return last.status();
    *sequence = *last;
  }
  if (*sequence == head) return absl::OkStatus();
  auto snapped = SnapToUnit(*rows_, *sequence);
  if (!snapped.ok()) return snapped.status();
  *sequence = *snapped;
  return absl::OkStatus();
}

// Recorded times never run backwards, so this is a binary search. A record that does not decode
// has no time; it stands with the one before it.
absl::StatusOr<uint64_t> AsOf::LastAcceptedBy(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  uint64_t accepted = 0;  // accepted by then
  uint64_t later = answered_at_.view_sequence() + 1;
  while (later - accepted > 1) {
    const uint64_t middle = accepted + (later - accepted) / 2;
    std::optional<int64_t> recorded;
    rows_->Seek(KeyBuilder(kEventRow).Number(middle).key());
    uint64_t at = middle;
    for (; at > accepted && rows_->Valid() && !recorded.has_value(); rows_->Prev()) {
      if (absl::Status s = CountRow(); !s.ok()) return s;
      if (rows_->value().size() < kEventRowRecord) return absl::DataLossError("view: an event row");
      auto record = DecodeLogRecord(rows_->value().substr(kEventRowRecord));
      if (record.ok()) recorded = record->header.recorded_micros;
      if (!recorded.has_value()) --at;
    }
    if (!rows_->status().ok()) return rows_->status();
    if (!recorded.has_value() || *recorded <= micros) {
      accepted = middle;
    } else {
      later = at;
    }
  }
  return accepted;
}

absl::Status AsOf::TakePinned(const ResolvedCut& pinned) {
  if (pinned.log_id != resolved_.log_id || pinned.sequence > answered_at_.view_sequence()) {
    return InvalidField("page_token", "it belongs to another log");
  }
  known_.stamp = pinned.stamp;
  known_.sequence = pinned.sequence;
  return absl::OkStatus();
}

absl::StatusOr<v1::Actor> ResolveActor(AsOf& as_of, const ActorTable& table, std::string_view text,
                                       std::string_view field) {
  if (text.empty()) {
    return InvalidField(field, "empty; expected an actor's id, code or name");
  }
  if (const v1::Actor* actor = table.Find(text); actor != nullptr) return *actor;
  const std::string folded = FoldName(text);
  RowCursor& rows = as_of.rows();
  const std::string kind(1, kActorNameRow);
  for (rows.Seek(kind); rows.Valid() && HasPrefix(rows.key(), kind); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    std::string_view id, source, name;
    KeyParser parser(rows.key());
    if (!parser.Text(&id) || !parser.Text(&source) || !parser.Text(&name)) {
      return absl::DataLossError("view: an actor's name row does not decode");
    }
    if (id != text && (folded.empty() || FoldName(name) != folded)) continue;
    if (!NamedBy(rows.value(), as_of.sequence())) continue;
    const v1::Actor* known = table.Find(id);
    return known != nullptr ? *known : ActorFromId(id);
  }
  if (!rows.status().ok()) return rows.status();
  return FieldError(absl::StatusCode::kNotFound, field,
                    absl::StrCat("\"", std::string(text), "\" is no actor's id, code or name"));
}

absl::StatusOr<size_t> CheckPageSize(int32_t asked, size_t usual) {
  if (asked < 0 || asked > kPageSizeMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("page_size: ", asked, "; expected 1 to ", kPageSizeMax, ", or 0 for ", usual));
  }
  return asked == 0 ? usual : static_cast<size_t>(asked);
}

}  // namespace dossier
