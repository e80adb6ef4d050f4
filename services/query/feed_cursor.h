// Where a watch goes on: opaque to the caller, bound to its log. Not secret; a checksum tells a
// damaged one. Format before base64:
//
//   cursor := version checksum log sequence
//   version  := u8, 1       checksum := 8 bytes of SHA-256 over all that follows it
//   log      := 16 bytes    sequence := u64 big-endian: the last one dealt with
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

struct FeedCursor {
  std::string log_id;  // 16 bytes
  uint64_t sequence = 0;
};

std::string WriteFeedCursor(const FeedCursor& cursor);

// InvalidArgument: no cursor of a watch.
absl::StatusOr<FeedCursor> ReadFeedCursor(std::string_view text);

}  // namespace dossier
