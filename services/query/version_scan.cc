#include "services/query/version_scan.h"

#include <utility>

#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kReadAhead = 128;

absl::Status Damaged() { return absl::DataLossError("view: a statement does not decode"); }

// The first key after `key`.
std::string After(std::string key) {
  key.push_back('\0');
  return key;
}

}  // namespace

VersionScan::VersionScan(AsOf& as_of, std::string_view source, std::string_view record,
                         const std::optional<VersionKey>& after)
    : as_of_(as_of) {
  for (auto [kind, side] : {std::pair{kStatementRow, &live_}, {kVoidedStatementRow, &voided_}}) {
    side->prefix = KeyBuilder(kind).Text(source).Text(record).Take();
    side->from = after.has_value() ? After(side->prefix + EncodeVersion(*after)) : side->prefix;
  }
}

absl::Status VersionScan::Fill(Side& side) {
  RowCursor& rows = as_of_.rows();
  rows.Seek(side.from);
  for (; side.ahead.size() < kReadAhead; rows.Next()) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    if (!rows.status().ok()) return rows.status();
    if (!rows.Valid() || rows.key().substr(0, side.prefix.size()) != side.prefix) {
      side.done = true;
      return absl::OkStatus();
    }
    const auto version = DecodeVersion(rows.key().substr(side.prefix.size()));
    if (!version.has_value()) return Damaged();
    if (as_of_.known().stamp < version->stamp) {
      side.done = true;
      return absl::OkStatus();
    }
    if (version->sequence > as_of_.sequence()) continue;
    Statement& statement = side.ahead.emplace_back();
    statement.version = *version;
    if (!statement.row.ParseFromArray(rows.value().data(), static_cast<int>(rows.value().size()))) {
      return Damaged();
    }
    if (statement.row.voided_sequence() > as_of_.sequence()) statement.row.clear_voided_sequence();
  }
  side.from = After(side.prefix + EncodeVersion(side.ahead.back().version));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Statement>> VersionScan::Next() {
  for (Side* side : {&live_, &voided_}) {
    if (!side->ahead.empty() || side->done) continue;
    if (absl::Status s = Fill(*side); !s.ok()) return s;
  }
  if (live_.ahead.empty() && voided_.ahead.empty()) return std::nullopt;
  const bool from_live =
      voided_.ahead.empty() ||
      (!live_.ahead.empty() && live_.ahead.front().version < voided_.ahead.front().version);
  auto& ahead = from_live ? live_.ahead : voided_.ahead;
  Statement next = std::move(ahead.front());
  ahead.pop_front();
  return next;
}

}  // namespace dossier
