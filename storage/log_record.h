// One record of the event log: what the writer adds, and the payload.
//
// Byte format, the same on every log (integers little-endian):
//
//   record   := version recorded index count salt author payload
//   version  := u8, 1
//   recorded := i64, microseconds since 1970 UTC, never smaller than in the record before
//   index    := u32, place in its unit from 0
//   count    := u32, size of the unit, index < count
//   salt     := 16 random bytes; with the payload hashed under it, a payload can be erased one day
//               and every proof over header and digest still holds
//   author   := u8 length, then that many bytes
//   payload  := the rest: a serialised dossier.v1.LogEntry
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

using Salt = std::array<uint8_t, 16>;

struct RecordHeader {
  int64_t recorded_micros = 0;
  uint32_t unit_index = 0;
  uint32_t unit_count = 1;
  Salt salt{};
  std::string author;  // at most 255 bytes
};

// Where the salt stands in an encoded record, for digests that leave it out.
inline constexpr size_t kSaltOffset = 1 + 8 + 4 + 4;

struct LogRecord {
  RecordHeader header;
  std::string payload;
};

std::string EncodeLogRecord(const RecordHeader& header, std::string_view payload);

// DataLoss if the bytes are no such record.
absl::StatusOr<LogRecord> DecodeLogRecord(std::string_view bytes);

// The same without a copy of the payload: `payload_offset` is where it begins.
absl::StatusOr<RecordHeader> DecodeLogHeader(std::string_view bytes, size_t* payload_offset);

}  // namespace dossier
