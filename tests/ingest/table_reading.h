// Reads the bytes of an edition with an adapter, and keeps all that it hands out.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/edition_reader.h"
#include "services/model/event_id.h"

namespace dossier {

inline constexpr char kPublishedLists[] = DOSSIER_SOURCE_DIR "/../shared/data/sanctions/";
inline constexpr char kNoPublishedFiles[] =
    "the published files are not at hand: expected in ../shared/data beside the project's folder";

struct TableReading : RecordSink {
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

  // The sanction of the record with a key; an empty one where there is none.
  const v1::Sanction& Sanction(std::string_view key) const {
    for (const EditionRecord& record : records) {
      if (record.key == key) return record.present.sanction();
    }
    return v1::Sanction::default_instance();
  }
  std::vector<std::string> Keys() const {
    std::vector<std::string> keys;
    for (const EditionRecord& record : records) keys.push_back(record.key);
    return keys;
  }
  // By key, the digest of what the record says.
  std::map<std::string, std::string> Digests() const {
    std::map<std::string, std::string> digests;
    for (const EditionRecord& record : records) {
      v1::Event event;
      *event.mutable_present() = record.present;
      digests[record.key] = ContentDigest(event);
    }
    return digests;
  }
};

inline TableReading ReadTable(const EditionFormat& format, std::string_view bytes,
                              size_t chunk_size = 1 << 20, std::string_view file_name = "") {
  static const auto& table = *new ActorTable();
  TableReading reading;
  const auto reader = format.open(table, reading, file_name);
  while (!bytes.empty() && reading.status.ok()) {
    reading.status = reader->Feed(bytes.substr(0, chunk_size));
    bytes.remove_prefix(std::min(chunk_size, bytes.size()));
  }
  if (!reading.status.ok()) return reading;
  absl::StatusOr<EditionFacts> facts = reader->Finish();
  reading.status = facts.status();
  if (facts.ok()) reading.facts = *std::move(facts);
  return reading;
}

inline std::string Message(const absl::Status& status) { return std::string(status.message()); }

// A field of a sanction's `other`; "": it has none of this heading.
inline std::string OtherOf(const v1::Sanction& sanction, std::string_view heading) {
  for (const v1::PrintedField& other : sanction.other()) {
    if (other.heading() == heading) return other.value();
  }
  return "";
}

// Of two editions: how many records came, left and changed.
struct EditionSteps {
  size_t added = 0;
  size_t removed = 0;
  size_t changed = 0;
};

inline EditionSteps StepsBetween(const TableReading& before, const TableReading& after) {
  const auto old_digests = before.Digests();
  const auto new_digests = after.Digests();
  EditionSteps steps;
  for (const auto& [key, digest] : new_digests) {
    const auto old = old_digests.find(key);
    if (old == old_digests.end()) {
      ++steps.added;
    } else if (old->second != digest) {
      ++steps.changed;
    }
  }
  for (const auto& [key, digest] : old_digests) steps.removed += new_digests.count(key) == 0;
  return steps;
}

inline std::string PublishedList(const std::string& name) {
  std::ifstream file(kPublishedLists + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The lines of a text in another order: the first `head` stay, the others are turned around.
inline std::string WithLinesReversed(std::string_view text, size_t head) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  std::reverse(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end());
  std::string reversed;
  for (std::string_view line : lines) {
    reversed.append(line);
    if (!line.ends_with('\n')) reversed.push_back('\n');
  }
  return reversed;
}

}  // namespace dossier
