#include "storage/log_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace dossier {
namespace {

LogRecord Sample() {
  LogRecord record;
  record.header.recorded_micros = 0x0102030405060708;
  record.header.unit_index = 1;
  record.header.unit_count = 3;
  record.header.salt.fill(0xee);
  record.header.author = "ann";
  record.payload = "payload";
  return record;
}

std::string Encode(const LogRecord& record) {
  return EncodeLogRecord(record.header, record.payload);
}

TEST(LogRecordTest, TheBytesAreAsTheGrammarHasThem) {
  const std::string expected = std::string("\x01", 1) + "\x08\x07\x06\x05\x04\x03\x02\x01" +
                               std::string("\x01\0\0\0", 4) + std::string("\x03\0\0\0", 4) +
                               std::string(16, '\xee') + "\x03" + "annpayload";
  EXPECT_EQ(Encode(Sample()), expected);
  EXPECT_EQ(expected.substr(kSaltOffset, 16), std::string(16, '\xee'));
}

TEST(LogRecordTest, AnyRecordComesBackAsItWas) {
  EXPECT_TRUE(rc::check([](int64_t recorded, uint32_t index, const std::string& author,
                           const std::string& payload, const Salt& salt) {
    LogRecord record;
    record.header.recorded_micros = recorded;
    record.header.unit_index = index % UINT32_MAX;
    record.header.unit_count = record.header.unit_index + 1;
    record.header.salt = salt;
    record.header.author = author.substr(0, 255);
    record.payload = payload;
    auto decoded = DecodeLogRecord(Encode(record));
    RC_ASSERT(decoded.ok());
    RC_ASSERT(decoded->header.recorded_micros == recorded);
    RC_ASSERT(decoded->header.unit_index == record.header.unit_index);
    RC_ASSERT(decoded->header.unit_count == record.header.unit_count);
    RC_ASSERT(decoded->header.salt == salt);
    RC_ASSERT(decoded->header.author == record.header.author);
    RC_ASSERT(decoded->payload == payload);
  }));
}

TEST(LogRecordTest, TheLongestAuthorFits) {
  LogRecord record = Sample();
  record.header.author = std::string(255, 'a');
  auto decoded = DecodeLogRecord(Encode(record));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->header.author, record.header.author);
}

TEST(LogRecordTest, AnEmptyPayloadIsAPayload) {
  LogRecord record = Sample();
  record.payload.clear();
  auto decoded = DecodeLogRecord(Encode(record));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->payload, "");
}

TEST(LogRecordTest, ARecordCutAnywhereInItsHeaderIsDataLoss) {
  const std::string bytes = Encode(Sample());
  const size_t header_bytes = bytes.size() - Sample().payload.size();
  for (size_t size = 0; size < header_bytes; ++size) {
    EXPECT_EQ(DecodeLogRecord(bytes.substr(0, size)).status().code(), absl::StatusCode::kDataLoss)
        << "cut to " << size;
  }
}

TEST(LogRecordTest, AnotherVersionIsDataLossAndNamed) {
  std::string bytes = Encode(Sample());
  bytes[0] = 2;
  const absl::Status status = DecodeLogRecord(bytes).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("version 2"));
}

TEST(LogRecordTest, AnIndexOutsideTheUnitIsDataLoss) {
  std::string bytes = Encode(Sample());
  bytes[9] = 3;
  EXPECT_EQ(DecodeLogRecord(bytes).status().code(), absl::StatusCode::kDataLoss);
  bytes[9] = 0;
  bytes[13] = 0;
  EXPECT_EQ(DecodeLogRecord(bytes).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace dossier
