// Any bytes are a log record that encodes to the same bytes again, or DataLoss.
#include <cstdint>
#include <string_view>

#include "glog/logging.h"
#include "storage/log_record.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const absl::StatusOr<dossier::LogRecord> record = dossier::DecodeLogRecord(input);
  size_t payload_offset = 0;
  const absl::StatusOr<dossier::RecordHeader> header =
      dossier::DecodeLogHeader(input, &payload_offset);
  CHECK(record.ok() == header.ok()) << record.status() << " but " << header.status();
  if (!record.ok()) {
    CHECK(absl::IsDataLoss(record.status())) << record.status();
    return 0;
  }
  CHECK(input.substr(payload_offset) == record->payload);
  CHECK(header->unit_index < header->unit_count);
  CHECK(header->author == record->header.author);
  CHECK(dossier::EncodeLogRecord(record->header, record->payload) == input);
  return 0;
}
