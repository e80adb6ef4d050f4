// Reads the bytes of a register with the adapter, and keeps all that it hands out.
#pragma once

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/sipri_deals_csv.h"

namespace dossier {

inline const ActorTable& Table() {
  static const auto& table = *new ActorTable();
  return table;
}

struct Collected : RecordSink {
  std::vector<EditionRecord> records;
  std::vector<std::string> rejections;  // "line:column: field: reason"
  std::vector<std::string> rejected_keys;
  absl::Status status;  // of Feed or Finish
  EditionFacts facts;

  absl::Status OnRecord(EditionRecord record) override {
    records.push_back(std::move(record));
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    rejections.push_back(absl::StrCat(rejection.line(), ":", rejection.column(), ": ",
                                      rejection.field(), ": ", rejection.reason()));
    rejected_keys.push_back(key.value_or("none"));
    return absl::OkStatus();
  }
};

// Feeds the bytes in chunks of the given sizes, over and over.
inline std::unique_ptr<Collected> Read(std::string_view bytes,
                                       std::vector<size_t> sizes = {1 << 20}) {
  auto result = std::make_unique<Collected>();
  auto reader = SipriDealsCsvFormat().open(Table(), *result, "");
  for (size_t i = 0; !bytes.empty() && result->status.ok(); ++i) {
    const size_t size = std::min(sizes[i % sizes.size()], bytes.size());
    result->status = reader->Feed(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (!result->status.ok()) return result;
  auto facts = reader->Finish();
  result->status = facts.status();
  if (facts.ok()) result->facts = *std::move(facts);
  return result;
}

inline std::string FileBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace dossier
