#include "storage/views.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "storage/rocks_rows.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kPositionSize = 8 + 8 + 32 + 8;

void AppendNumber(std::string& out, uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

uint64_t ReadNumber(std::string_view bytes) {
  uint64_t number = 0;
  for (char byte : bytes.substr(0, 8)) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

}  // namespace

std::string EncodePosition(const LogPosition& position) {
  std::string value;
  value.reserve(kPositionSize);
  AppendNumber(value, position.sequence);
  AppendNumber(value, position.offset);
  value.append(reinterpret_cast<const char*>(position.last_digest.data()),
               position.last_digest.size());
  AppendNumber(value, kViewFormat);
  return value;
}

absl::StatusOr<LogPosition> PositionOf(RowCursor& rows) {
  LogPosition position;
  const auto value = rows.Find(PositionKey());
  if (!rows.status().ok()) return rows.status();
  if (!value.has_value()) return position;
  if (value->size() != kPositionSize) {
    return absl::DataLossError(
        absl::StrCat("view: position of ", value->size(), " bytes, expected ", kPositionSize));
  }
  if (const uint64_t format = ReadNumber(value->substr(48)); format != kViewFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("view: its rows are of format ", format, ", this program's of format ",
                     kViewFormat, ": delete the view's folder, it is made again from the log"));
  }
  position.sequence = ReadNumber(*value);
  position.offset = ReadNumber(value->substr(8));
  std::memcpy(position.last_digest.data(), value->data() + 16, position.last_digest.size());
  return position;
}

absl::StatusOr<std::unique_ptr<Views>> Views::Open(const std::string& dir,
                                                   const ViewsOptions& options) {
  return options.secondary ? OpenSecondaryViews(dir, options.secondary_dir) : OpenPrimaryViews(dir);
}

}  // namespace dossier
