#include "storage/view_keys.h"

#include <glog/logging.h>

#include <algorithm>

namespace dossier {
namespace {

constexpr uint64_t kSignBit = uint64_t{1} << 63;

void AppendBigEndian(uint64_t number, int bytes, std::string* out) {
  char text[8];
  for (int i = 0; i < bytes; ++i) text[i] = static_cast<char>(number >> (8 * (bytes - 1 - i)));
  out->append(text, bytes);
}

void AppendStamp(const StampKey& stamp, std::string* out) {
  AppendBigEndian(static_cast<uint64_t>(stamp.micros) ^ kSignBit, 8, out);
  AppendBigEndian(stamp.ordinal, 4, out);
  out->append(reinterpret_cast<const char*>(stamp.tie.data()), stamp.tie.size());
}

void AppendVersion(const VersionKey& version, std::string* out) {
  AppendStamp(version.stamp, out);
  AppendBigEndian(version.adapter_version, 4, out);
  AppendBigEndian(version.sequence, 8, out);
}

uint64_t BigEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

}  // namespace

StampKey StampKeyOf(const v1::PublishStamp& stamp) {
  StampKey key;
  key.micros = stamp.time().seconds() * 1'000'000 + stamp.time().nanos() / 1'000;
  key.ordinal = stamp.ordinal();
  std::copy_n(stamp.tie().begin(), std::min(stamp.tie().size(), key.tie.size()), key.tie.begin());
  return key;
}

KeyBuilder& KeyBuilder::Text(std::string_view text) {
  Open(text);
  key_.push_back('\0');
  return *this;
}

KeyBuilder& KeyBuilder::Open(std::string_view text) {
  CHECK(FitsKey(text)) << "a key's text holds a zero byte";
  key_.append(text);
  return *this;
}

KeyBuilder& KeyBuilder::Number(uint64_t number) {
  AppendBigEndian(number, 8, &key_);
  return *this;
}

KeyBuilder& KeyBuilder::Stamp(const StampKey& stamp) {
  AppendStamp(stamp, &key_);
  return *this;
}

KeyBuilder& KeyBuilder::Version(const VersionKey& version) {
  AppendVersion(version, &key_);
  return *this;
}

KeyBuilder& KeyBuilder::Raw(std::string_view bytes) {
  key_.append(bytes);
  return *this;
}

bool KeyParser::Text(std::string_view* text) {
  const size_t end = rest_.find('\0');
  if (end == std::string_view::npos) return false;
  *text = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return true;
}

bool KeyParser::Number(uint64_t* number) {
  if (rest_.size() < 8) return false;
  *number = BigEndian(rest_.substr(0, 8));
  rest_.remove_prefix(8);
  return true;
}

bool KeyParser::Stamp(StampKey* stamp) {
  if (rest_.size() < kStampSize) return false;
  stamp->micros = static_cast<int64_t>(BigEndian(rest_.substr(0, 8)) ^ kSignBit);
  stamp->ordinal = static_cast<uint32_t>(BigEndian(rest_.substr(8, 4)));
  std::copy_n(rest_.begin() + 12, stamp->tie.size(), stamp->tie.begin());
  rest_.remove_prefix(kStampSize);
  return true;
}

bool KeyParser::Version(VersionKey* version) {
  if (rest_.size() < kVersionSize || !Stamp(&version->stamp)) return false;
  version->adapter_version = static_cast<uint32_t>(BigEndian(rest_.substr(0, 4)));
  version->sequence = BigEndian(rest_.substr(4, 8));
  rest_.remove_prefix(12);
  return true;
}

std::string EncodeVersion(const VersionKey& version) {
  std::string bytes;
  bytes.reserve(kVersionSize);
  AppendVersion(version, &bytes);
  return bytes;
}

std::optional<VersionKey> DecodeVersion(std::string_view bytes) {
  if (bytes.size() != kVersionSize) return std::nullopt;
  VersionKey version;
  KeyParser::OfBytes(bytes).Version(&version);
  return version;
}

std::string EncodeNumber(uint64_t number) {
  std::string bytes;
  AppendBigEndian(number, 8, &bytes);
  return bytes;
}

std::optional<uint64_t> DecodeNumber(std::string_view bytes) {
  if (bytes.size() != 8) return std::nullopt;
  return BigEndian(bytes);
}

std::string EncodeEventRow(const EventRowHead& head, std::string_view record) {
  std::string value;
  value.reserve(kEventRowRecord + record.size());
  value.push_back(static_cast<char>(head.verb));
  value.push_back(static_cast<char>(head.novelty));
  AppendBigEndian(head.before, 8, &value);
  value.append(record);
  return value;
}

std::optional<EventRowHead> DecodeEventRowHead(std::string_view value) {
  if (value.size() < kEventRowRecord) return std::nullopt;
  return EventRowHead{static_cast<uint8_t>(value[0]), static_cast<uint8_t>(value[1]),
                      BigEndian(value.substr(2, 8))};
}

std::string PositionKey() { return KeyBuilder(kMetaRow).Raw("position").Take(); }
std::string LogIdKey() { return KeyBuilder(kMetaRow).Raw("log").Take(); }

}  // namespace dossier
