// All that a reader of an edition says of some bytes, as one text that any chunking must give.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "services/ingest/edition_reader.h"
#include "services/model/contents.h"
#include "services/utf8.h"

namespace dossier {

struct OfacTranscript : RecordSink {
  std::string text;

  absl::Status OnRecord(EditionRecord record) override {
    CHECK(IsWellFormed(record.present)) << record.present.ShortDebugString();
    const v1::Sanction& sanction = record.present.sanction();
    CHECK_EQ(sanction.target_size(), 1);
    CHECK(record.key.starts_with(sanction.target(0).id().substr(5))) << record.key;
    CHECK(record.line > 0 && record.line <= record.line_end);
    const std::string bytes = record.present.SerializeAsString();
    CHECK(!bytes.empty());
    // Protobuf takes any bytes for text when it writes, and complains only when it reads.
    CHECK(IsUtf8(record.present.DebugString()));
    absl::StrAppend(&text, record.key, " ", record.line, "-", record.line_end, " ", bytes, "\n");
    for (const std::string& raw : record.raw) {
      CHECK(IsUtf8(raw));
      absl::StrAppend(&text, raw, "\n");
    }
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    CHECK(rejection.line() > 0 && !rejection.reason().empty());
    CHECK(IsUtf8(rejection.reason()));
    absl::StrAppend(&text, rejection.SerializeAsString(), key.value_or("none"), "\n");
    return absl::OkStatus();
  }
};

inline std::string ReadInChunks(const EditionFormat& format, const ActorTable& table,
                                std::string_view bytes, size_t chunk_size) {
  OfacTranscript transcript;
  const std::unique_ptr<EditionReader> reader = format.open(table, transcript, "");
  absl::Status status;
  for (size_t at = 0; at < bytes.size() && status.ok(); at += chunk_size) {
    status = reader->Feed(bytes.substr(at, chunk_size));
  }
  if (status.ok()) {
    const absl::StatusOr<EditionFacts> facts = reader->Finish();
    status = facts.status();
    if (facts.ok()) {
      absl::StrAppend(&transcript.text, facts->scope.SerializeAsString(),
                      facts->stamp.SerializeAsString(), facts->lacks_end_mark);
      for (const std::string& warning : facts->warnings) transcript.text += warning;
    }
  }
  const std::string end = status.ToString();
  CHECK(IsUtf8(end));
  return transcript.text + end;
}

// One input: recognised or not, read in two chunkings.
inline int FuzzEdition(const EditionFormat& format, const uint8_t* bytes, size_t size) {
  static const auto& table = *new ActorTable();
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t chunk_size = size == 0 ? 1 : 1 + bytes[size - 1] % 61;
  format.recognises({input.substr(0, kSniffBytes), "", format.source});
  CHECK(ReadInChunks(format, table, input, chunk_size) ==
        ReadInChunks(format, table, input, size + 1))
      << "chunks of " << chunk_size << " bytes read otherwise than the whole";
  return 0;
}

}  // namespace dossier
