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
constexpr std::string_view kCutField = "read_at.cut";

// A field of a cut, by the request's field that gives the cut.
std::string FieldOf(std::string_view cut, std::string_view field) {
  return absl::StrCat(std::string(cut), ".", std::string(field));
}

absl::Status CheckDate(const std::string& field, const v1::Date& date) {
  const absl::Status status = ValidateDate(date);
  return status.ok() ? status : InvalidField(field, std::string(status.message()));
}

absl::Status CheckTime(const std::string& field, const google::protobuf::Timestamp& time) {
  constexpr int64_t kFirstSecond = -62135596800;  // 0001-01-01
  constexpr int64_t kLastSecond = 253402300799;   // 9999-12-31
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() > 999'999'999) {
    return InvalidField(field, "out of range; expected a time of the years 1 to 9999");
  }
  return absl::OkStatus();
}

// The last stamp that lies at or before a time.
StampKey LastStampBy(absl::Time time) {
  StampKey stamp = kLastStamp;
  stamp.micros = absl::ToUnixMicros(time);
  return stamp;
}

absl::Status TokenOfAnotherLog() { return InvalidField("page_token", "it belongs to another log"); }

}  // namespace

absl::Status CallLimits::Check() const {
  if (is_cancelled && is_cancelled()) return absl::CancelledError("the caller has gone");
  if (now() > deadline) return absl::DeadlineExceededError("the answer was not ready in time");
  return absl::OkStatus();
}

absl::Status AwaitSequence(Views& views, uint64_t sequence, const CallLimits& limits,
                           std::string_view field) {
  if (views.position().sequence >= sequence) return absl::OkStatus();
  const absl::Time until = std::min(limits.deadline, limits.now() + kDefaultWait);
  while (!views.WaitForSequence(sequence, kWaitSlice)) {
    if (limits.is_cancelled && limits.is_cancelled()) {
      return absl::CancelledError("the caller has gone");
    }
    if (limits.now() >= until) {
      return FieldError(absl::StatusCode::kDeadlineExceeded, field,
                        absl::StrCat("the view is at sequence ", views.position().sequence, "; ",
                                     sequence, " did not come in time"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<AsOf> AsOf::Open(Views& views, const v1::ReadAt& read_at, CallLimits limits,
                                const ResolvedCut* pinned) {
  AsOf as_of;
  as_of.limits_ = std::move(limits);
  if (absl::Status s = Await(views, read_at, as_of.limits_, pinned); !s.ok()) return s;
  as_of.rows_ = views.Read();
  if (absl::Status s = as_of.ReadHead(); !s.ok()) return s;
  *as_of.answered_at_.mutable_cut() = read_at.cut();
  if (absl::Status s = as_of.ResolveCut(read_at.cut(), kCutField, &as_of.known_); !s.ok()) return s;
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

absl::Status AsOf::Await(Views& views, const v1::ReadAt& read_at, const CallLimits& limits,
                         const ResolvedCut* pinned) {
  const uint64_t asked = read_at.wait_for_sequence();
  if (pinned == nullptr) return AwaitSequence(views, asked, limits);
  if (std::max(pinned->sequence, asked) > views.position().sequence) {
    // The sequence of another log says nothing of this one: it is not waited for.
    const auto rows = views.Read();
    const auto log_id = rows->Find(LogIdKey());
    if (!rows->status().ok()) return rows->status();
    if (log_id.has_value() && *log_id != pinned->log_id) return TokenOfAnotherLog();
  }
  return pinned->sequence > asked ? AwaitSequence(views, pinned->sequence, limits, "page_token")
                                  : AwaitSequence(views, asked, limits);
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

absl::Status AsOf::ResolveCut(const v1::Cut& cut, std::string_view field, KnowledgeCut* known) {
  if (cut.has_effective_date()) {
    absl::Status s = CheckDate(FieldOf(field, "effective_date"), cut.effective_date());
    if (!s.ok()) return s;
  }
  switch (cut.known_by_case()) {
    case v1::Cut::kKnownByDate: {
      absl::Status s = CheckDate(FieldOf(field, "known_by_date"), cut.known_by_date());
      if (!s.ok()) return s;
      known->stamp = LastStampBy(EndOf(cut.known_by_date()));
      break;
    }
    case v1::Cut::kKnownByTime: {
      absl::Status s = CheckTime(FieldOf(field, "known_by_time"), cut.known_by_time());
      if (!s.ok()) return s;
      known->stamp = LastStampBy(ToTime(cut.known_by_time()));
      break;
    }
    case v1::Cut::KNOWN_BY_NOT_SET:
      break;
  }
  return ResolveSequence(cut, field, &known->sequence);
}

absl::StatusOr<KnowledgeCut> AsOf::Resolve(const v1::Cut& cut, std::string_view field,
                                           uint64_t* sequence) {
  KnowledgeCut known;
  if (absl::Status s = ResolveCut(cut, field, &known); !s.ok()) return s;
  if (cut.accepted_by_case() == v1::Cut::ACCEPTED_BY_NOT_SET) known.sequence = this->sequence();
  *sequence = known.sequence;
  if (known.sequence == answered_at_.view_sequence()) known.sequence = UINT64_MAX;
  return known;
}

AsOf AsOf::At(const v1::Cut& cut, const KnowledgeCut& known, uint64_t sequence) const {
  AsOf other(*this);
  other.known_ = known;
  other.resolved_.stamp = known.stamp;
  other.resolved_.sequence = sequence;
  *other.answered_at_.mutable_cut() = cut;
  other.answered_at_.set_sequence(sequence);
  return other;
}

absl::Status AsOf::ResolveSequence(const v1::Cut& cut, std::string_view field, uint64_t* sequence) {
  const uint64_t head = answered_at_.view_sequence();
  *sequence = head;
  if (cut.accepted_by_case() == v1::Cut::kSequence) {
    if (cut.sequence() > head) {
      return FieldError(absl::StatusCode::kFailedPrecondition, FieldOf(field, "sequence"),
                        absl::StrCat(cut.sequence(), " is after the view's head, ", head));
    }
    *sequence = cut.sequence();
  } else if (cut.accepted_by_case() == v1::Cut::kAcceptedByTime) {
    absl::Status s = CheckTime(FieldOf(field, "accepted_by_time"), cut.accepted_by_time());
    if (!s.ok()) return s;
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
    return TokenOfAnotherLog();
  }
  known_.stamp = pinned.stamp;
  known_.sequence = pinned.sequence;
  return absl::OkStatus();
}

absl::StatusOr<size_t> CheckPageSize(int32_t asked, size_t usual) {
  if (asked < 0 || asked > kPageSizeMax) {
    return InvalidField(
        "page_size", absl::StrCat(asked, "; expected 1 to ", kPageSizeMax, ", or 0 for ", usual));
  }
  return asked == 0 ? usual : static_cast<size_t>(asked);
}

}  // namespace dossier
