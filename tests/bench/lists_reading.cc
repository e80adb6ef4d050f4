#include "tests/bench/lists_reading.h"

#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "services/ingest/intake.h"
#include "tests/bench/lists_system.h"

namespace dossier {
namespace {

class CountingSink : public RecordSink {
 public:
  explicit CountingSink(bool digest) : digest_(digest) {}

  absl::Status OnRecord(EditionRecord record) override {
    ++records_;
    if (!digest_) return absl::OkStatus();
    const HeldRecord held = HeldRecordOf(std::move(record));
    benchmark::DoNotOptimize(held.present.data());
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string>) override {
    return absl::InvalidArgumentError(rejection.ShortDebugString());
  }

  size_t records() const { return records_; }

 private:
  const bool digest_;
  size_t records_ = 0;
};

}  // namespace

const EditionFormat* FormatOf(std::string_view bytes, const v1::LoadOptions& options) {
  const Sniff sniff{bytes.substr(0, kSniffBytes), options.file_name(), options.source()};
  const std::vector<EditionFormat>& formats = EditionFormats();
  const auto format = std::find_if(formats.begin(), formats.end(), [&](const EditionFormat& known) {
    return (sniff.source.empty() || sniff.source == known.source) && known.recognises(sniff);
  });
  return format != formats.end() ? &*format : nullptr;
}

size_t ReadRecords(std::string_view bytes, const v1::LoadOptions& options, bool digest) {
  const EditionFormat* format = FormatOf(bytes, options);
  CHECK(format != nullptr) << options.file_name() << " is of no format that is known";
  CountingSink sink(digest);
  const auto reader = format->open(ListActors(), sink, "");
  const absl::Status fed = reader->Feed(bytes);
  CHECK(fed.ok()) << options.file_name() << ": " << fed;
  const auto facts = reader->Finish();
  CHECK(facts.ok()) << options.file_name() << ": " << facts.status();
  return sink.records();
}

}  // namespace dossier
