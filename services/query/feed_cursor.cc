#include "services/query/feed_cursor.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/model/event_id.h"
#include "services/query/field_error.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr char kVersion = 1;
constexpr size_t kChecksumSize = 8;
constexpr size_t kLogIdSize = 16;
constexpr size_t kCursorSize = 1 + kChecksumSize + kLogIdSize + 8;
constexpr size_t kTextBytesMax = 100;

std::string Checksum(std::string_view body) {
  return Sha256(absl::StrCat("feed cursor\n", std::string(body))).substr(0, kChecksumSize);
}

}  // namespace

std::string WriteFeedCursor(const FeedCursor& cursor) {
  const std::string body =
      absl::StrCat(cursor.log_id, KeyBuilder(kMetaRow).Number(cursor.sequence).key().substr(1));
  return absl::WebSafeBase64Escape(absl::StrCat(std::string(1, kVersion), Checksum(body), body));
}

absl::StatusOr<FeedCursor> ReadFeedCursor(std::string_view text) {
  std::string bytes;
  const bool fits = text.size() <= kTextBytesMax &&
                    absl::WebSafeBase64Unescape(std::string(text), &bytes) &&
                    bytes.size() == kCursorSize && bytes[0] == kVersion;
  const std::string body = fits ? bytes.substr(1 + kChecksumSize) : "";
  if (!fits || Checksum(body) != bytes.substr(1, kChecksumSize)) {
    return InvalidField("cursor", "damaged; expected the cursor of an earlier message of a watch");
  }
  FeedCursor cursor{body.substr(0, kLogIdSize), 0};
  KeyParser::OfBytes(std::string_view(body).substr(kLogIdSize)).Number(&cursor.sequence);
  return cursor;
}

}  // namespace dossier
