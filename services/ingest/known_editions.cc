#include "services/ingest/known_editions.h"

#include <algorithm>
#include <functional>
#include <string>

namespace dossier {
namespace {

// Calls `visit` with the editions whose key begins with `prefix`, in key order, until it is false.
absl::Status ForEachEdition(RowCursor& rows, const std::string& prefix,
                            const std::function<bool(v1::Edition edition)>& visit) {
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix);
       rows.Next()) {
    v1::Edition edition;
    if (!edition.ParseFromArray(rows.value().data(), static_cast<int>(rows.value().size()))) {
      return absl::DataLossError("view: an edition does not decode");
    }
    if (!visit(std::move(edition))) break;
  }
  return rows.status();
}

}  // namespace

absl::StatusOr<std::vector<v1::Edition>> LiveEditions(RowCursor& rows, std::string_view source) {
  std::vector<v1::Edition> live;
  const auto stamp_of = [](const v1::Edition& edition) {
    return StampKeyOf(edition.loaded().stamp());
  };
  absl::Status status =
      ForEachEdition(rows, KeyBuilder(kEditionRow).Text(source).Take(), [&](v1::Edition edition) {
        if (edition.state() != v1::EDITION_STATE_LIVE) return true;
        if (!live.empty() && stamp_of(live.back()) == stamp_of(edition)) live.pop_back();
        live.push_back(std::move(edition));
        return true;
      });
  if (!status.ok()) return status;
  return live;
}

absl::StatusOr<uint32_t> LoadsAt(RowCursor& rows, std::string_view source, const StampKey& stamp) {
  uint32_t loads = 0;
  absl::Status status =
      ForEachEdition(rows, KeyBuilder(kEditionRow).Text(source).Stamp(stamp).Take(),
                     [&](const v1::Edition& edition) {
                       loads = std::max(loads, edition.loaded().load());
                       return true;
                     });
  if (!status.ok()) return status;
  return loads;
}

absl::StatusOr<std::optional<std::string>> SourceOfEdition(RowCursor& rows,
                                                           std::string_view edition_id) {
  std::optional<std::string> source;
  absl::Status status =
      ForEachEdition(rows, std::string(1, kEditionRow), [&](const v1::Edition& edition) {
        if (edition.loaded().edition_id() == edition_id) source = edition.loaded().source();
        return !source.has_value();
      });
  if (!status.ok()) return status;
  return source;
}

}  // namespace dossier
