// What primary and secondary views share: how RocksDB is set up for rows, and a cursor over it.
// Included by .cc files of this folder only.
#pragma once

#include <memory>

#include "storage/views.h"

namespace rocksdb {
class DB;
struct Options;
}  // namespace rocksdb

namespace dossier {

rocksdb::Options RowOptions();

// One state of all rows: that at the time of the call. Keeps the database open while it lives.
std::unique_ptr<RowCursor> OpenRocksCursor(std::shared_ptr<rocksdb::DB> db);

// The value of the 'm' "position" row.
std::string EncodePosition(const LogPosition& position);

absl::StatusOr<std::unique_ptr<Views>> OpenPrimaryViews(const std::string& dir);
absl::StatusOr<std::unique_ptr<Views>> OpenSecondaryViews(const std::string& dir,
                                                          const std::string& secondary_dir);

}  // namespace dossier
