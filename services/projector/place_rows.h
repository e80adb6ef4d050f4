// The rows by which a pair of actors finds its transfers: 't', and 'u' once voided.
//
// A version of a record puts a "here" row at its own place, and the version after it in publish
// order a "gone" row at that place if it is not there any more. So a scan of one place, in key
// order, knows for each record whether it holds there at any cut.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "dossier/v1/view_rows.pb.h"
#include "storage/timeline.h"
#include "storage/views.h"

namespace dossier {

// The place rows of one record. The arguments' bytes and the batch must outlive it.
class PlaceRows {
 public:
  PlaceRows(std::string_view source, std::string_view record, RowBatch& batch)
      : source_(source), record_(record), batch_(batch) {}

  void PutHere(const Statement& statement, v1::TransferRow row);

  // Marks that from `statement` on the record is no longer at the place of `left`, an older
  // version's facets, unless it is still there or the mark stands. True if the statement's row
  // changed (gone_from has grown) and must be written.
  bool PutGone(Statement& statement, const v1::Facets& left, uint64_t from_sequence);

  // Moves all rows of a statement to the voided ones.
  absl::Status Void(const Statement& statement, uint64_t voided_sequence);

 private:
  std::string Key(RowKind kind, std::string_view supplier, std::string_view recipient,
                  const VersionKey& version) const;

  std::string_view source_;
  std::string_view record_;
  RowBatch& batch_;
};

}  // namespace dossier
