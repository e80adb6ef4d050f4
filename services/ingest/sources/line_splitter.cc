#include "services/ingest/sources/line_splitter.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

absl::Status TooLong(uint32_t line, size_t bytes_max) {
  return LineError(line, static_cast<uint32_t>(bytes_max) + 1,
                   absl::StrCat("the line is too long: expected at most ", bytes_max, " bytes"));
}

}  // namespace

absl::Status LineSplitter::Feed(std::string_view bytes, const Visit& visit) {
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (partial_.size() + piece.size() > line_bytes_max_) {
      return TooLong(number_ + 1, line_bytes_max_);
    }
    if (end == std::string_view::npos) {
      partial_.append(piece);
      return absl::OkStatus();
    }
    bytes.remove_prefix(end + 1);
    if (partial_.empty()) {
      if (auto status = OnLine(piece, true, visit); !status.ok()) return status;
      continue;
    }
    partial_.append(piece);
    if (auto status = OnLine(partial_, true, visit); !status.ok()) return status;
    partial_.clear();
  }
  return absl::OkStatus();
}

absl::Status LineSplitter::Finish(const Visit& visit) {
  return partial_.empty() ? absl::OkStatus() : OnLine(partial_, false, visit);
}

absl::Status LineSplitter::OnLine(std::string_view text, bool terminated, const Visit& visit) {
  if (number_ == std::numeric_limits<uint32_t>::max()) {
    return LineError(number_, 0, "too many lines: expected at most 4294967295");
  }
  ++number_;
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return LineError(number_, ColumnAt(ToUtf8(text), nul), "a NUL byte: expected a text file");
  }
  return visit({text, number_, terminated});
}

}  // namespace dossier
