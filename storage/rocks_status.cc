#include "storage/rocks_status.h"

#include "absl/strings/str_cat.h"
#include "rocksdb/status.h"

namespace dossier {

absl::Status FromRocks(const rocksdb::Status& status, std::string_view where) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  const std::string message = absl::StrCat(std::string(where), ": ", text);
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(message);
  // RocksDB has no code of its own for a lock that is held.
  if (text.find("lock") != std::string::npos && text.find("LOCK") != std::string::npos) {
    return absl::UnavailableError(absl::StrCat(
        std::string(where), ": in use by another process or by this one, expected to be its only ",
        "user (", text, ")"));
  }
  if (status.IsCorruption()) return absl::DataLossError(message);
  if (status.IsInvalidArgument()) return absl::FailedPreconditionError(message);
  if (status.IsNotSupported()) return absl::UnimplementedError(message);
  return absl::UnavailableError(message);
}

}  // namespace dossier
