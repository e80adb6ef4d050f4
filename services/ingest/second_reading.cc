#include "services/ingest/second_reading.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

class WantedRecords : public RecordSink {
 public:
  explicit WantedRecords(const std::map<std::string, std::string>& wanted) : wanted_(wanted) {}

  absl::Status OnRecord(EditionRecord record) override {
    const auto wanted = wanted_.find(record.key);
    if (wanted == wanted_.end()) return absl::OkStatus();
    HeldRecord held = HeldRecordOf(std::move(record));
    if (held.said.content_digest == wanted->second) found_.emplace(held.key, std::move(held));
    return absl::OkStatus();
  }

  absl::Status OnRejection(v1::Rejection, std::optional<std::string>) override {
    return absl::OkStatus();
  }

  std::map<std::string, HeldRecord> Take() { return std::move(found_); }

 private:
  const std::map<std::string, std::string>& wanted_;
  std::map<std::string, HeldRecord> found_;
};

// The adapter that read the edition, in the version of then where it is still there.
const EditionFormat* FormatOf(const v1::EditionLoaded& edition,
                              const std::vector<EditionFormat>& formats) {
  const EditionFormat* found = nullptr;
  for (const EditionFormat& format : formats) {
    if (format.adapter != edition.adapter() || format.source != edition.source()) continue;
    if (found == nullptr || format.version == edition.adapter_version()) found = &format;
  }
  return found;
}

}  // namespace

absl::StatusOr<std::map<std::string, HeldRecord>> ReadAgain(
    const v1::EditionLoaded& edition, const std::map<std::string, std::string>& wanted,
    const Archive& archive, const std::vector<EditionFormat>& formats, const ActorTable& table,
    const std::function<absl::Status()>& proceed) {
  const EditionFormat* format = FormatOf(edition, formats);
  if (format == nullptr) {
    return absl::NotFoundError(absl::StrCat("no adapter ", edition.adapter(), " any more"));
  }
  WantedRecords sink(wanted);
  auto reader = format->open(table, sink, edition.file_name());
  absl::Status read = archive.Read(edition.bytes_digest(), [&](std::string_view bytes) {
    if (absl::Status status = proceed(); !status.ok()) return status;
    return reader->Feed(bytes);
  });
  if (!read.ok()) return read;
  if (auto facts = reader->Finish(); !facts.ok()) return facts.status();
  return sink.Take();
}

}  // namespace dossier
