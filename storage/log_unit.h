// What every log's writer does alike: the records that open a log, the limits of a unit, the
// headers of its records, the digest of a record.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "storage/event_log.h"
#include "storage/log_record.h"

namespace dossier {

// SHA-256 of a record's encoded bytes, as LogPosition has it. One thread at a time.
class RecordDigester {
 public:
  RecordDigester();
  RecordDigester(RecordDigester&&) noexcept;
  ~RecordDigester();

  std::array<uint8_t, 32> Digest(std::string_view bytes);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Makes the records of one writer's units. One thread at a time.
class UnitEncoder {
 public:
  // `last_recorded_micros`: of the last record in the log, INT64_MIN in an empty one. `author` has
  // at most 255 bytes (CheckAuthor).
  UnitEncoder(std::string author, WriterOptions options, int64_t last_recorded_micros);

  // The payloads of the unit that opens the log for this writer: "writer opened", and before it in
  // the same unit the genesis if the log is empty. Draws the ids in that order.
  std::vector<std::string> OpeningPayloads(bool log_is_empty);

  // OK if the payloads can be one unit. InvalidArgument: none. ResourceExhausted: over a limit.
  absl::Status Check(std::span<const std::string> payloads) const;

  // Hands over the encoded records of a unit in order, all with one recorded time: the clock's, or
  // the last recorded one where the clock is behind it.
  void Encode(std::span<const std::string> payloads,
              const std::function<void(std::string record)>& take);

  // A record of somebody else's was seen; later ones are not recorded before it.
  void Observe(int64_t recorded_micros);
  int64_t last_recorded_micros() const { return last_recorded_micros_; }

 private:
  const std::string author_;
  WriterOptions options_;
  int64_t last_recorded_micros_;
};

// InvalidArgument: longer than a header can hold.
absl::Status CheckAuthor(std::string_view author);

}  // namespace dossier
