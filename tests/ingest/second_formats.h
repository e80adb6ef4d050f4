// A newer version of the adapter of "sipri-deals", for tests of a reparse: it reads 2 units as 20,
// and leaves out deliveries of one unit.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/ingest/sources/sipri_deals_csv.h"

namespace dossier {

class SecondVersion : public EditionReader, public RecordSink {
 public:
  SecondVersion(const ActorTable& table, RecordSink& sink)
      : sink_(sink), reader_(SipriDealsCsvFormat().open(table, *this, "")) {}

  absl::Status Feed(std::string_view bytes) override { return reader_->Feed(bytes); }
  absl::StatusOr<EditionFacts> Finish() override { return reader_->Finish(); }
  absl::Status OnRecord(EditionRecord record) override {
    v1::Delivery& delivery = *record.present.mutable_transfer()->mutable_delivery(0);
    if (delivery.number() == 1) return absl::OkStatus();
    if (delivery.number() == 2) delivery.set_number(20);
    return sink_.OnRecord(std::move(record));
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    return sink_.OnRejection(std::move(rejection), std::move(key));
  }

 private:
  RecordSink& sink_;
  std::unique_ptr<EditionReader> reader_;
};

// That adapter alone, under this name.
inline std::vector<EditionFormat> SecondFormats(const std::string& adapter = "sipri-deals-csv") {
  EditionFormat format = SipriDealsCsvFormat();
  format.adapter = adapter;
  format.version = 2;
  format.open = [](const ActorTable& table, RecordSink& sink,
                   std::string_view) -> std::unique_ptr<EditionReader> {
    return std::make_unique<SecondVersion>(table, sink);
  };
  return {format};
}

}  // namespace dossier
