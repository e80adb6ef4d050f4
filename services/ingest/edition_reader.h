// Reads one edition's bytes into records: what each adapter in sources/ implements.
//
// An adapter is fed the bytes in chunks of any size, keeps bounded state, and hands each record to
// a sink in the order of the file. It resolves actors, but knows nothing of what was loaded before.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/model/actors.h"

namespace dossier {

// A record as an edition holds it.
struct EditionRecord {
  std::string key;  // within the source; the rule is in the adapter's header
  v1::Present present;
  uint32_t line = 0;  // first and last line of the original, from 1
  uint32_t line_end = 0;
  std::vector<uint32_t> more_lines;  // further ones, where they do not follow each other
  std::string element;               // as v1::Locator.element
  std::vector<std::string> raw;      // text that was not understood
};

// What an edition says of itself, known once all its bytes were read.
struct EditionFacts {
  std::string source;
  // Unset time: the file states none, the loader must give it.
  v1::PublishStamp stamp;
  v1::Scope scope;
  v1::Date covers_until;
  std::string publisher;
  // The format marks its end, or ends its last line, and this file does not: it may have been cut
  // off there.
  bool lacks_end_mark = false;
  // Readings that a person should see ("preamble says 1995 to 2025, rows end in 2024").
  std::vector<std::string> warnings;
};

class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // Not ok: reading stops with this status.
  virtual absl::Status OnRecord(EditionRecord record) = 0;
  // A record that could not be read. `key` is set where at least its key could. Several that follow
  // each other and name columns of one line are of one record.
  virtual absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) = 0;
};

class EditionReader {
 public:
  virtual ~EditionReader() = default;

  // Takes the next bytes. Not ok: the edition as a whole cannot be read; the message names line
  // and column, what was wrong and what was expected.
  virtual absl::Status Feed(std::string_view bytes) = 0;
  // After the last byte.
  virtual absl::StatusOr<EditionFacts> Finish() = 0;
};

// What is known of a file before it is read.
struct Sniff {
  std::string_view first_bytes;  // at most kSniffBytes
  std::string_view file_name;    // as the loader gave it; may be empty
  std::string_view source;       // as the loader asked; empty: any
};

// A format that an adapter reads, as one source publishes it: (adapter, source) is unique.
struct EditionFormat {
  std::string adapter;  // "sipri-deals-csv"
  uint32_t version;     // of the adapter, from 1
  std::string source;   // "sipri-deals"
  // Whether the file is of this format. By its content, wherever that tells; else by the source
  // asked for, or the publisher's file name. Asked only where `source` fits or is empty.
  bool (*recognises)(const Sniff& sniff);
  // `table` and `sink` must outlive the reader. `file_name`: as in Sniff, for formats whose name
  // says what the file is of.
  std::unique_ptr<EditionReader> (*open)(const ActorTable& table, RecordSink& sink,
                                         std::string_view file_name);
};

inline constexpr size_t kSniffBytes = 64 << 10;

// All formats, in the order in which they are tried (sources/formats.cc).
const std::vector<EditionFormat>& EditionFormats();

}  // namespace dossier
