// Reads bytes with one of OFAC's adapters, and shows what was handed out.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/edition_reader.h"
#include "tests/ingest/sipri_reading.h"

namespace dossier {

// Feeds the bytes in chunks of the given sizes, over and over.
inline std::unique_ptr<Collected> ReadAs(const EditionFormat& format, std::string_view bytes,
                                         std::vector<size_t> sizes = {1 << 20}) {
  auto result = std::make_unique<Collected>();
  auto reader = format.open(Table(), *result, "");
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

inline std::string TestFile(const std::string& name) {
  return FileBytes(absl::StrCat(DOSSIER_SOURCE_DIR, "/tests/testdata/", name));
}

// All records as text, for comparing.
inline std::string TranscriptOf(const Collected& result) {
  std::string text;
  for (const EditionRecord& record : result.records) {
    absl::StrAppend(&text, record.key, " ", record.line, "-", record.line_end, " ",
                    record.present.SerializeAsString(), "\n");
    for (const std::string& raw : record.raw) absl::StrAppend(&text, "raw ", raw, "\n");
  }
  for (const std::string& rejection : result.rejections) absl::StrAppend(&text, rejection, "\n");
  return absl::StrCat(text, result.status.ToString());
}

// "heading: value" of what has no field of its own.
inline std::vector<std::string> OtherOf(const v1::Sanction& sanction) {
  std::vector<std::string> printed;
  for (const v1::PrintedField& other : sanction.other()) {
    printed.push_back(absl::StrCat(other.heading(), ": ", other.value()));
  }
  return printed;
}

}  // namespace dossier
