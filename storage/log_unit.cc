#include "storage/log_unit.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dossier/v1/event.pb.h"
#include "glog/logging.h"
#include "openssl/evp.h"
#include "openssl/rand.h"

namespace dossier {
namespace {

Salt SystemSalt() {
  Salt salt;
  CHECK_EQ(RAND_bytes(salt.data(), static_cast<int>(salt.size())), 1) << "no randomness";
  return salt;
}

std::string AsString(const Salt& salt) {
  return std::string(reinterpret_cast<const char*>(salt.data()), salt.size());
}

}  // namespace

struct RecordDigester::Context {
  EVP_MD* sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* state = EVP_MD_CTX_new();

  ~Context() {
    EVP_MD_CTX_free(state);
    EVP_MD_free(sha256);
  }
};

RecordDigester::RecordDigester() : context_(std::make_unique<Context>()) {}
RecordDigester::RecordDigester(RecordDigester&&) noexcept = default;
RecordDigester::~RecordDigester() = default;

std::array<uint8_t, 32> RecordDigester::Digest(std::string_view bytes) {
  std::array<uint8_t, 32> digest;
  CHECK_EQ(EVP_DigestInit_ex(context_->state, context_->sha256, nullptr), 1);
  CHECK_EQ(EVP_DigestUpdate(context_->state, bytes.data(), bytes.size()), 1);
  CHECK_EQ(EVP_DigestFinal_ex(context_->state, digest.data(), nullptr), 1);
  return digest;
}

UnitEncoder::UnitEncoder(std::string author, WriterOptions options, int64_t last_recorded_micros)
    : author_(std::move(author)),
      options_(std::move(options)),
      last_recorded_micros_(last_recorded_micros) {
  if (!options_.random_salt) options_.random_salt = SystemSalt;
  if (!options_.now) options_.now = absl::Now;
}

std::vector<std::string> UnitEncoder::OpeningPayloads(bool log_is_empty) {
  std::vector<std::string> payloads;
  if (log_is_empty) {
    v1::LogEntry genesis;
    genesis.mutable_genesis()->set_log_id(AsString(options_.random_salt()));
    payloads.push_back(genesis.SerializeAsString());
  }
  v1::LogEntry opened;
  opened.mutable_writer_opened()->set_writer(author_);
  opened.mutable_writer_opened()->set_writer_id(AsString(options_.random_salt()));
  payloads.push_back(opened.SerializeAsString());
  return payloads;
}

absl::Status UnitEncoder::Check(std::span<const std::string> payloads) const {
  if (payloads.empty()) return absl::InvalidArgumentError("unit: empty, expected a payload");
  if (payloads.size() > kMaxUnitRecords) {
    return absl::ResourceExhaustedError(
        absl::StrCat("unit: ", payloads.size(), " records, at most ", kMaxUnitRecords));
  }
  const size_t header_bytes = kSaltOffset + sizeof(Salt) + 1 + author_.size();
  size_t unit_bytes = 0;
  for (size_t i = 0; i < payloads.size(); ++i) {
    const size_t record_bytes = header_bytes + payloads[i].size();
    if (record_bytes > kMaxRecordBytes) {
      return absl::ResourceExhaustedError(absl::StrCat("unit: record ", i, ": ", record_bytes,
                                                       " bytes, at most ", kMaxRecordBytes));
    }
    unit_bytes += record_bytes;
  }
  if (unit_bytes > kMaxUnitBytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("unit: ", unit_bytes, " bytes, at most ", kMaxUnitBytes));
  }
  return absl::OkStatus();
}

void UnitEncoder::Encode(std::span<const std::string> payloads,
                         const std::function<void(std::string record)>& take) {
  Observe(absl::ToUnixMicros(options_.now()));
  RecordHeader header;
  header.recorded_micros = last_recorded_micros_;
  header.unit_count = static_cast<uint32_t>(payloads.size());
  header.author = author_;
  for (const std::string& payload : payloads) {
    header.salt = options_.random_salt();
    take(EncodeLogRecord(header, payload));
    ++header.unit_index;
  }
}

void UnitEncoder::Observe(int64_t recorded_micros) {
  last_recorded_micros_ = std::max(last_recorded_micros_, recorded_micros);
}

absl::Status CheckAuthor(std::string_view author) {
  if (author.size() <= 255) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("author of ", author.size(), " bytes, at most 255 fit a record's header"));
}

}  // namespace dossier
