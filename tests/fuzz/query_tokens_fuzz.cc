// Any text is a page token and a feed cursor that are written again as the same bytes, or is
// InvalidArgument; and a token over any place comes back whole.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "dossier/v1/query_service.pb.h"
#include "glog/logging.h"
#include "services/model/event_id.h"
#include "services/query/feed_cursor.h"
#include "services/query/page_token.h"

namespace dossier {
namespace {

// The same token in base64's one canonical form.
std::string Canonical(std::string_view text) {
  std::string bytes;
  CHECK(absl::WebSafeBase64Unescape(std::string(text), &bytes));
  return absl::WebSafeBase64Escape(bytes);
}

void CheckPageToken(const std::string& text) {
  v1::ListTransfersRequest request;
  request.set_page_token(text);
  const auto from = ReadPageToken(request);
  if (!from.ok()) {
    CHECK(absl::IsInvalidArgument(from.status())) << from.status();
  } else if (*from) {
    CHECK(WritePageToken(request, (*from)->cut, (*from)->place) == Canonical(text));
  }
}

void CheckFeedCursor(std::string_view text) {
  const auto cursor = ReadFeedCursor(text);
  if (cursor.ok()) {
    CHECK(WriteFeedCursor(*cursor) == Canonical(text));
  } else {
    CHECK(absl::IsInvalidArgument(cursor.status())) << cursor.status();
  }
}

// The bytes as what a token holds, so that what lies behind the checksum is read too.
void CheckThereAndBack(std::string_view bytes) {
  const size_t log_size = bytes.empty() ? 0 : std::min<size_t>(bytes[0] & 0x7f, bytes.size() - 1);
  ResolvedCut cut;
  cut.log_id = bytes.substr(bytes.empty() ? 0 : 1, log_size);
  cut.sequence = bytes.size();
  const std::string_view place = bytes.substr(std::min(bytes.size(), 1 + log_size));
  v1::ListTransfersRequest request;
  request.set_page_token(WritePageToken(request, cut, place));
  const auto from = ReadPageToken(request);
  CHECK(from.ok() && *from) << from.status();
  CHECK((*from)->cut.log_id == cut.log_id && (*from)->place == place);
  CHECK_EQ((*from)->cut.sequence, cut.sequence);
  // One byte damaged, or the rest cut off: refused.
  std::string damaged;
  CHECK(absl::WebSafeBase64Unescape(request.page_token(), &damaged));
  damaged[bytes.size() % damaged.size()] ^= 1;
  request.set_page_token(absl::WebSafeBase64Escape(damaged));
  CHECK(!ReadPageToken(request).ok());
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  dossier::CheckPageToken(std::string(input));
  dossier::CheckFeedCursor(input);
  dossier::CheckThereAndBack(input);
  return 0;
}
