// The same bytes read by a newer adapter: as if it had read them from the beginning.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/ingest/sources/sipri_deals_csv.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_editions_fixture.h"

namespace dossier {
namespace {

// Reads other numbers out of a register, leaves some records out and finds others.
class OtherwiseSink : public RecordSink {
 public:
  explicit OtherwiseSink(RecordSink& sink) : sink_(sink) {}

  absl::Status OnRecord(EditionRecord record) override {
    if (record.key == "1001/2000") return absl::OkStatus();
    if (record.key == "1002/2005") record.key = "1003/2005";
    v1::Delivery& delivery = *record.present.mutable_transfer()->mutable_delivery(0);
    if (record.key != "1001/2010") delivery.set_number(delivery.number() * 10);
    return sink_.OnRecord(std::move(record));
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    return sink_.OnRejection(std::move(rejection), std::move(key));
  }

 private:
  RecordSink& sink_;
};

class OtherwiseReader : public EditionReader {
 public:
  OtherwiseReader(const ActorTable& table, RecordSink& sink)
      : sink_(sink), reader_(SipriDealsCsvFormat().open(table, sink_, "")) {}

  absl::Status Feed(std::string_view bytes) override { return reader_->Feed(bytes); }
  absl::StatusOr<EditionFacts> Finish() override { return reader_->Finish(); }

 private:
  OtherwiseSink sink_;
  std::unique_ptr<EditionReader> reader_;
};

const std::vector<EditionFormat>& NewerFormats() {
  static const auto& formats = *new std::vector<EditionFormat>([] {
    EditionFormat format = SipriDealsCsvFormat();
    ++format.version;
    format.open = [](const ActorTable& table, RecordSink& sink,
                   std::string_view) -> std::unique_ptr<EditionReader> {
      return std::make_unique<OtherwiseReader>(table, sink);
    };
    return std::vector<EditionFormat>{format};
  }());
  return formats;
}

// An edition, and whether the newer adapter has read it in the end.
struct ReadEdition {
  ToyEdition edition;
  bool anew = false;
};

void Load(IngestPath& path, const ToyEdition& edition, bool newer) {
  RC_LOG() << (newer ? "newer: " : "load ") << edition << "\n";
  path.ReadWith(newer ? NewerFormats() : EditionFormats());
  const auto report = path.Load(edition.Text(), edition.Options());
  RC_ASSERT(report.ok());
  RC_ASSERT(!report->already_loaded());
}

RC_GTEST_PROP(Reparse, IsAsIfTheNewerAdapterHadBeenTheFirst, ()) {
  std::vector<ReadEdition> editions;
  const int count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    editions.push_back({AnyToyEdition(), *rc::gen::arbitrary<bool>()});
    editions.back().edition.ordinal = i;  // no edition twice
  }
  IngestPath at_once;
  for (const ReadEdition& each : editions) Load(at_once, each.edition, each.anew);
  IngestPath read_anew;
  for (size_t i = editions.size(); i > 1; --i) {
    std::swap(editions[i - 1], editions[*rc::gen::inRange<size_t>(0, i)]);
  }
  for (const ReadEdition& each : editions) Load(read_anew, each.edition, false);
  for (const ReadEdition& each : editions) {
    if (each.anew) Load(read_anew, each.edition, true);
  }
  RC_ASSERT(read_anew.TakeDigests().knowledge == at_once.TakeDigests().knowledge);
  RC_ASSERT(read_anew.RebuiltDigests({}).view == read_anew.TakeDigests().view);
}

}  // namespace
}  // namespace dossier
