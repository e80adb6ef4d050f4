#include "services/query/audit.h"

#include <glog/logging.h>

#include <memory>
#include <optional>
#include <string_view>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "openssl/evp.h"
#include "storage/log_record.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

absl::Status Damaged(const char* what) {
  return absl::DataLossError(std::string("view: ") + what + " does not decode");
}

class Sha256Stream {
 public:
  Sha256Stream() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    CHECK_EQ(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr), 1);
  }

  void Raw(std::string_view bytes) {
    CHECK_EQ(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()), 1);
  }
  void Text(std::string_view bytes) {
    char length[4];
    for (int i = 0; i < 4; ++i) length[i] = static_cast<char>(bytes.size() >> (8 * i));
    Raw({length, sizeof(length)});
    Raw(bytes);
  }
  std::string Finish() {
    std::string digest(32, '\0');
    CHECK_EQ(EVP_DigestFinal_ex(context_.get(), reinterpret_cast<uint8_t*>(digest.data()), nullptr),
             1);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// An 'e' row's value less what differs between logs.
absl::StatusOr<std::string> WithoutRandomness(std::string_view value) {
  if (value.size() < kEventRowRecord) return Damaged("an event row");
  std::string bare(value);
  const auto record = DecodeLogRecord(value.substr(kEventRowRecord));
  if (!record.ok()) return bare;  // somebody else's bytes: they have no salt
  bare.replace(kEventRowRecord + kSaltOffset, sizeof(Salt), sizeof(Salt), '\0');
  v1::LogEntry entry;
  const bool is_statement = value[0] != v1::VERB_UNSPECIFIED;
  if (!is_statement && entry.ParseFromString(record->payload) &&
      (entry.has_genesis() || entry.has_writer_opened())) {
    bare.resize(bare.size() - record->payload.size());
  }
  return bare;
}

class ViewDigest {
 public:
  absl::Status Add(std::string_view key, std::string_view value) {
    if (key == LogIdKey()) return absl::OkStatus();
    ++rows_;
    sha256_.Text(key);
    if (key[0] == kEventRow) {
      auto bare = WithoutRandomness(value);
      if (!bare.ok()) return bare.status();
      sha256_.Text(*bare);
    } else {
      sha256_.Text(key == PositionKey() ? value.substr(0, sizeof(uint64_t)) : value);
    }
    return absl::OkStatus();
  }
  uint64_t rows() const { return rows_; }
  std::string Finish() { return sha256_.Finish(); }

 private:
  Sha256Stream sha256_;
  uint64_t rows_ = 0;
};

class KnowledgeDigest {
 public:
  // Takes the 'h' rows in order.
  absl::Status Add(std::string_view key, std::string_view value) {
    KeyParser parser(key);
    std::string_view source, record;
    VersionKey version;
    if (!parser.Text(&source) || !parser.Text(&record) || !parser.Version(&version)) {
      return Damaged("a statement's key");
    }
    const bool same_record = source == source_ && record == record_;
    if (!same_record || version.stamp != stamp_) Keep();
    if (!same_record) {
      source_ = source;
      record_ = record;
      kept_.reset();
    }
    stamp_ = version.stamp;
    if (!said_.emplace().ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return Damaged("a statement");
    }
    return absl::OkStatus();
  }
  uint64_t records() const { return records_; }
  std::string Finish() {
    Keep();
    return sha256_.Finish();
  }

 private:
  // The last statement seen is the one that wins at its stamp.
  void Keep() {
    if (!said_.has_value()) return;
    const v1::StatementRow said = *std::move(said_);
    said_.reset();
    if (!kept_.has_value() && !said.present()) return;
    if (kept_.has_value() && kept_->present() == said.present() &&
        kept_->content_digest() == said.content_digest()) {
      return;
    }
    if (!kept_.has_value()) ++records_;
    sha256_.Text(source_);
    sha256_.Text(record_);
    sha256_.Raw(KeyBuilder(kStatementRow).Stamp(stamp_).key().substr(1));
    sha256_.Raw(said.present() ? std::string_view("\1", 1) : std::string_view("\0", 1));
    sha256_.Text(said.content_digest());
    kept_ = said;
  }

  Sha256Stream sha256_;
  uint64_t records_ = 0;
  std::string source_;
  std::string record_;
  StampKey stamp_;
  std::optional<v1::StatementRow> said_;  // at stamp_, so far
  std::optional<v1::StatementRow> kept_;  // the last one of the record that was digested
};

}  // namespace

absl::StatusOr<Digests> DigestRows(AsOf& as_of) {
  ViewDigest view;
  KnowledgeDigest knowledge;
  RowCursor& rows = as_of.rows();
  for (rows.Seek(""); rows.Valid(); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    if (absl::Status s = view.Add(rows.key(), rows.value()); !s.ok()) return s;
    if (rows.key()[0] != kStatementRow) continue;
    if (absl::Status s = knowledge.Add(rows.key(), rows.value()); !s.ok()) return s;
  }
  if (!rows.status().ok()) return rows.status();
  Digests digests;
  digests.rows = view.rows();
  digests.view = view.Finish();
  digests.knowledge = knowledge.Finish();
  digests.records = knowledge.records();
  return digests;
}

}  // namespace dossier
