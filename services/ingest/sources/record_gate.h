// What stands between the reader of a list and its sink: a key passes once, what is handed on and
// what is rejected is counted, and a list without a record is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

class RecordGate {
 public:
  // `sink` must outlive it.
  explicit RecordGate(RecordSink& sink) : sink_(sink) {}

  // Hands the record on; rejects it where one of its key was before. Not OK: the sink's status, or
  // ResourceExhausted beyond 1,000,000 records.
  absl::Status Pass(EditionRecord record);
  absl::Status Reject(v1::Rejection rejection, std::optional<std::string> key);
  // InvalidArgument: nothing passed. `expected` says what a record is ("an <ENTITY>").
  absl::Status CheckAny(std::string_view expected) const;

 private:
  RecordSink& sink_;
  absl::flat_hash_map<std::string, uint32_t> line_of_key_;
  uint32_t passed_ = 0;
  uint32_t rejected_ = 0;
  v1::Rejection first_rejection_;
};

// A rejection of what stands in a line, under a field's heading.
v1::Rejection RejectionAt(uint32_t line, std::string_view field, std::string reason);

}  // namespace dossier
