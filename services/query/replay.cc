#include "absl/strings/str_cat.h"
#include "services/query/feed.h"
#include "services/query/field_error.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

constexpr int kRecordsMax = 500;
constexpr size_t kBytesMax = 1 << 20;

}  // namespace

absl::Status ReplayReader::Open(uint64_t head) {
  const bool to_the_end = last_ == 0;
  if (to_the_end) last_ = head;
  if (next_ == 0) next_ = 1;
  if (!to_the_end && next_ > last_) {
    return InvalidField("first_sequence", absl::StrCat(next_, " is after last_sequence, ", last_));
  }
  if (last_ > head) {
    return FieldError(absl::StatusCode::kFailedPrecondition, "last_sequence",
                      absl::StrCat(last_, " is after the view's head, ", head));
  }
  opened_ = true;
  return absl::OkStatus();
}

absl::StatusOr<FeedChunk<v1::ReplayResponse>> ReplayReader::Read(const CallLimits& limits) {
  if (absl::Status s = limits.Check(); !s.ok()) return s;
  const auto rows = views_.Read();
  if (!opened_) {
    auto position = PositionOf(*rows);
    if (!position.ok()) return position.status();
    if (absl::Status s = Open(position->sequence); !s.ok()) return s;
  }
  FeedChunk<v1::ReplayResponse> chunk;
  v1::ReplayResponse message;
  size_t bytes = 0;
  for (; next_ <= last_ && message.record_size() < kRecordsMax && bytes < kBytesMax; ++next_) {
    auto record = LoggedRecordAt(*rows, next_);
    if (!record.ok()) return record.status();
    bytes += record->ByteSizeLong();
    *message.add_record() = *std::move(record);
  }
  if (message.record_size() > 0) chunk.messages.push_back(std::move(message));
  if (next_ > last_) chunk.then = FeedChunk<v1::ReplayResponse>::Then::kEnd;
  return chunk;
}

}  // namespace dossier
