#include "storage/log_record.h"

#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "glog/logging.h"

namespace dossier {
namespace {

constexpr char kVersion = 1;
constexpr size_t kFixedSize = kSaltOffset + sizeof(Salt) + 1;

template <typename Integer>
void AppendLittleEndian(std::string& out, Integer number) {
  for (size_t i = 0; i < sizeof(number); ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

template <typename Integer>
Integer ReadLittleEndian(const char* bytes) {
  Integer number = 0;
  for (size_t i = 0; i < sizeof(number); ++i) {
    number |= static_cast<Integer>(static_cast<uint8_t>(bytes[i])) << (8 * i);
  }
  return number;
}

}  // namespace

std::string EncodeLogRecord(const RecordHeader& header, std::string_view payload) {
  CHECK_LE(header.author.size(), 255u);
  CHECK_LT(header.unit_index, header.unit_count);
  std::string out;
  out.reserve(kFixedSize + header.author.size() + payload.size());
  out.push_back(kVersion);
  AppendLittleEndian(out, static_cast<uint64_t>(header.recorded_micros));
  AppendLittleEndian(out, header.unit_index);
  AppendLittleEndian(out, header.unit_count);
  out.append(reinterpret_cast<const char*>(header.salt.data()), header.salt.size());
  out.push_back(static_cast<char>(header.author.size()));
  out.append(header.author);
  out.append(payload);
  return out;
}

absl::StatusOr<LogRecord> DecodeLogRecord(std::string_view bytes) {
  size_t payload_offset = 0;
  auto header = DecodeLogHeader(bytes, &payload_offset);
  if (!header.ok()) return header.status();
  return LogRecord{*std::move(header), std::string(bytes.substr(payload_offset))};
}

absl::StatusOr<RecordHeader> DecodeLogHeader(std::string_view bytes, size_t* payload_offset) {
  if (bytes.size() < kFixedSize) {
    return absl::DataLossError(
        absl::StrCat("log record: ", bytes.size(), " bytes, a header has at least ", kFixedSize));
  }
  if (bytes[0] != kVersion) {
    return absl::DataLossError(absl::StrCat("log record: version ", static_cast<uint8_t>(bytes[0]),
                                            ", expected ", static_cast<int>(kVersion)));
  }
  RecordHeader header;
  header.recorded_micros = static_cast<int64_t>(ReadLittleEndian<uint64_t>(bytes.data() + 1));
  header.unit_index = ReadLittleEndian<uint32_t>(bytes.data() + 9);
  header.unit_count = ReadLittleEndian<uint32_t>(bytes.data() + 13);
  if (header.unit_index >= header.unit_count) {
    return absl::DataLossError(absl::StrCat("log record: index ", header.unit_index,
                                            " in a unit of ", header.unit_count,
                                            ", expected an index below the count"));
  }
  std::memcpy(header.salt.data(), bytes.data() + kSaltOffset, header.salt.size());
  const size_t author_size = static_cast<uint8_t>(bytes[kFixedSize - 1]);
  if (bytes.size() - kFixedSize < author_size) {
    return absl::DataLossError(absl::StrCat("log record: ends within its author, expected ",
                                            author_size, " bytes, found ",
                                            bytes.size() - kFixedSize));
  }
  header.author = bytes.substr(kFixedSize, author_size);
  *payload_offset = kFixedSize + author_size;
  return header;
}

}  // namespace dossier
