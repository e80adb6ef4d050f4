// The event log in a folder of this host: RocksDB, one synced write a unit.
//
//   auto log = OpenEmbeddedLog(dir);
//
// A record's offset is its sequence less 1. Fencing is within the process, since RocksDB's lock
// keeps every other process out. The log must outlive its writers and readers.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/event_log.h"

namespace dossier {

// Opens or makes the log in `dir`. Unavailable: another process, or another log object of this
// one, holds it. DataLoss: what is there does not read as a log.
absl::StatusOr<std::unique_ptr<EventLog>> OpenEmbeddedLog(const std::string& dir);

}  // namespace dossier
