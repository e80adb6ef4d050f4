#include "services/ingest/original.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"

namespace dossier {
namespace {

// A message of gRPC's has room for 4 MiB.
constexpr size_t kTextBytesMax = size_t{3} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

absl::Status CheckLocator(const v1::Locator& locator, uint32_t context) {
  if (locator.line() == 0) {
    return absl::InvalidArgumentError("locator.line: is 0, expected a line from 1");
  }
  if (locator.line_end() != 0 && locator.line_end() < locator.line()) {
    return absl::InvalidArgumentError("locator.line_end: is before locator.line");
  }
  if (locator.line_end() > locator.line() &&
      locator.line_end() - locator.line() >= kOriginalLinesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("locator: names over ", kOriginalLinesMax, " lines"));
  }
  if (context > kOriginalContextMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("context: is ", context, ", expected 0 to ", kOriginalContextMax));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::GetOriginalResponse> ReadOriginal(const Archive& archive,
                                                     const v1::Locator& locator, uint32_t context) {
  if (absl::Status status = CheckLocator(locator, context); !status.ok()) return status;
  const uint64_t first = locator.line();
  const uint64_t last = std::max(locator.line(), locator.line_end());
  v1::GetOriginalResponse response;
  response.set_file_name(locator.file_name());
  size_t bytes = 0;
  const LineSplitter::Visit show = [&](const Line& line) -> absl::Status {
    if (line.number + context < first || line.number > last + context) return absl::OkStatus();
    std::string_view text = line.text;
    if (line.number == 1 && text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      text.remove_prefix(kByteOrderMark.size());
    }
    v1::OriginalLine& shown = *response.add_line();
    shown.set_number(line.number);
    shown.set_text(ToUtf8(text));
    shown.set_located(line.number >= first && line.number <= last);
    bytes += shown.text().size();
    if (bytes <= kTextBytesMax) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        absl::StrCat("the lines have over ", kTextBytesMax, " bytes, the most that is shown"));
  };
  LineSplitter lines;
  absl::Status read = archive.Read(locator.bytes_digest(),
                                   [&](std::string_view piece) { return lines.Feed(piece, show); });
  if (!read.ok()) return read;
  if (read = lines.Finish(show); !read.ok()) return read;
  if (last <= lines.last_number()) return response;
  return absl::InvalidArgumentError(
      absl::StrCat("locator: names line ", last, ", the edition has ", lines.last_number()));
}

}  // namespace dossier
