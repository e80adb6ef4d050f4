// RocksDB's statuses as ours. Included by .cc files of this folder only.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace rocksdb {
class Status;
}

namespace dossier {

// OK stays OK. A lock that another process holds, and all that may pass: Unavailable. Stored bytes
// that do not decode or are missing: DataLoss. No space: ResourceExhausted. `where` begins the
// message.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view where);

}  // namespace dossier
