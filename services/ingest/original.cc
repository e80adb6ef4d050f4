#include "services/ingest/original.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/xlsx_rows.h"

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

// Takes the original's bytes as they come, and shows the lines of a window.
class LineWindow {
 public:
  // `locator` must outlive it.
  LineWindow(const v1::Locator& locator, uint32_t context)
      : first_(locator.line()),
        last_(std::max(locator.line(), locator.line_end())),
        context_(context) {
    response_.set_file_name(locator.file_name());
  }

  absl::Status Feed(std::string_view bytes) {
    if (!is_known_ && start_.size() + bytes.size() < kZipMarkBytes) {
      start_.append(bytes);
      return absl::OkStatus();
    }
    if (!is_known_) {
      is_known_ = true;
      start_.append(bytes);
      is_workbook_ = IsZip(start_);
      return Take(std::exchange(start_, {}));
    }
    return Take(bytes);
  }

  absl::StatusOr<v1::GetOriginalResponse> Finish() {
    absl::Status read = lines_.Feed(start_, show_text_);
    if (read.ok()) read = lines_.Finish(show_text_);
    if (read.ok() && is_workbook_) read = ShowRows();
    if (!read.ok()) return read;
    if (last_ <= last_number_) return std::move(response_);
    return absl::InvalidArgumentError(
        absl::StrCat("locator: names line ", last_, ", the edition has ", last_number_));
  }

 private:
  static constexpr size_t kZipMarkBytes = 4;

  absl::Status Take(std::string_view bytes) {
    if (!is_workbook_) return lines_.Feed(bytes, show_text_);
    if (workbook_.size() + bytes.size() > kXlsxBytesMax) {
      return absl::ResourceExhaustedError("the workbook is too large to show");
    }
    workbook_.append(bytes);
    return absl::OkStatus();
  }

  absl::Status ShowText(const Line& line) {
    std::string_view text = line.text;
    if (line.number == 1 && text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      text.remove_prefix(kByteOrderMark.size());
    }
    return Show(line.number, text);
  }

  absl::Status ShowRows() {
    return ReadXlsxRows(workbook_, [this](const XlsxRow& row) {
      if (!IsNear(row.number)) return Show(row.number, "");
      std::string text;
      for (size_t i = 0; i < row.cells.size(); ++i) {
        if (i > 0) text.push_back('\t');
        text.append(row.cells[i]);
      }
      return Show(row.number, text);
    });
  }

  bool IsNear(uint64_t number) const {
    return number + context_ >= first_ && number <= last_ + context_;
  }

  absl::Status Show(uint32_t number, std::string_view text) {
    last_number_ = number;
    if (!IsNear(number)) return absl::OkStatus();
    v1::OriginalLine& shown = *response_.add_line();
    shown.set_number(number);
    shown.set_text(ToUtf8(text));
    shown.set_located(number >= first_ && number <= last_);
    bytes_ += shown.text().size();
    if (bytes_ <= kTextBytesMax) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        absl::StrCat("the lines have over ", kTextBytesMax, " bytes, the most that is shown"));
  }

  const uint64_t first_;
  const uint64_t last_;
  const uint64_t context_;
  const LineSplitter::Visit show_text_ = [this](const Line& line) { return ShowText(line); };
  std::string start_;  // until it is known what the original is
  bool is_known_ = false;
  bool is_workbook_ = false;
  // Some formats keep many records on a line, and their adapters read no lines.
  LineSplitter lines_{kTextBytesMax};
  std::string workbook_;  // at most kXlsxBytesMax
  v1::GetOriginalResponse response_;
  size_t bytes_ = 0;
  uint64_t last_number_ = 0;
};

}  // namespace

absl::StatusOr<v1::GetOriginalResponse> ReadOriginal(const Archive& archive,
                                                     const v1::Locator& locator, uint32_t context) {
  if (absl::Status status = CheckLocator(locator, context); !status.ok()) return status;
  LineWindow window(locator, context);
  absl::Status read = archive.Read(locator.bytes_digest(),
                                   [&](std::string_view piece) { return window.Feed(piece); });
  if (!read.ok()) return read;
  return window.Finish();
}

}  // namespace dossier
