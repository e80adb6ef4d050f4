// What an adapter makes of any bytes: valid text, and the same for any chunking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "services/ingest/edition_reader.h"
#include "services/model/contents.h"
#include "services/utf8.h"

namespace dossier {

// Everything that a reader said, as one text.
struct EditionTranscript : RecordSink {
  std::string text;

  absl::Status OnRecord(EditionRecord record) override {
    CHECK(!record.key.empty() && IsUtf8(record.key) && IsUtf8(record.element));
    CHECK(IsWellFormed(record.present)) << record.key;
    CHECK(record.line > 0 && record.line <= record.line_end);
    std::string bytes;
    CHECK(record.present.SerializeToString(&bytes));
    v1::Present parsed;  // fails where a text is not UTF-8
    CHECK(parsed.ParseFromString(bytes)) << record.key;
    absl::StrAppend(&text, record.key, " ", record.line, "-", record.line_end, " ", bytes, "\n");
    for (const std::string& raw : record.raw) absl::StrAppend(&text, raw, "\n");
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    CHECK(rejection.line() > 0 && !rejection.reason().empty() && IsUtf8(rejection.reason()));
    absl::StrAppend(&text, rejection.SerializeAsString(), key.value_or("none"), "\n");
    return absl::OkStatus();
  }
};

inline std::string TranscriptOf(const EditionFormat& format, const ActorTable& table,
                                std::string_view bytes, size_t chunk_size,
                                std::string_view file_name = "") {
  EditionTranscript transcript;
  const std::unique_ptr<EditionReader> reader = format.open(table, transcript, file_name);
  absl::Status status;
  for (size_t at = 0; at < bytes.size() && status.ok(); at += chunk_size) {
    status = reader->Feed(bytes.substr(at, chunk_size));
  }
  if (status.ok()) {
    const absl::StatusOr<EditionFacts> facts = reader->Finish();
    status = facts.status();
    if (facts.ok()) {
      absl::StrAppend(&transcript.text, facts->scope.SerializeAsString(),
                      facts->stamp.SerializeAsString(), facts->covers_until.SerializeAsString());
    }
  }
  CHECK(IsUtf8(std::string(status.message())));
  return transcript.text + status.ToString();
}

// One run of a fuzz target: the last byte chooses the chunks. `file_name`: for formats whose name
// says what the file is of.
inline void FuzzEdition(const EditionFormat& format, const uint8_t* bytes, size_t size,
                        std::string_view file_name = "") {
  static const auto& table = *new ActorTable();
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t chunk_size = size == 0 ? 1 : 1 + bytes[size - 1] % 61;
  format.recognises({input.substr(0, kSniffBytes), file_name, ""});
  CHECK(TranscriptOf(format, table, input, chunk_size, file_name) ==
        TranscriptOf(format, table, input, size + 1, file_name))
      << "chunks of " << chunk_size << " bytes read otherwise than the whole";
}

}  // namespace dossier
