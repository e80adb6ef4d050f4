// Any bytes, fed in two chunkings, give the same records, rejections and end.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "services/ingest/sources/sipri_deals_csv.h"
#include "services/utf8.h"

namespace dossier {
namespace {

// Everything that a reader said, as one text.
struct Transcript : RecordSink {
  std::string text;

  absl::Status OnRecord(EditionRecord record) override {
    const v1::Transfer& transfer = record.present.transfer();
    CHECK(IsUtf8(transfer.supplier().printed_name()) && IsUtf8(transfer.designation()));
    CHECK_EQ(record.key, absl::StrCat(transfer.deal_id(), "/", transfer.delivery(0).year(0)));
    absl::StrAppend(&text, record.line, " ", record.present.SerializeAsString(), "\n");
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    CHECK(rejection.line() > 0 && !rejection.reason().empty());
    absl::StrAppend(&text, rejection.SerializeAsString(), key.value_or("none"), "\n");
    return absl::OkStatus();
  }
};

std::string Read(const ActorTable& table, std::string_view bytes, size_t chunk_size) {
  Transcript transcript;
  const std::unique_ptr<EditionReader> reader = SipriDealsCsvFormat().open(table, transcript, "");
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
      for (const std::string& warning : facts->warnings) transcript.text += warning;
    }
  }
  CHECK(IsUtf8(status.message().data() == nullptr
                   ? std::string_view()
                   : std::string_view(status.message().data(), status.message().size())));
  return transcript.text + status.ToString();
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const auto& table = *new dossier::ActorTable();
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const size_t chunk_size = size == 0 ? 1 : 1 + bytes[size - 1] % 61;
  dossier::SipriDealsCsvFormat().recognises({input.substr(0, dossier::kSniffBytes), "", ""});
  CHECK(dossier::Read(table, input, chunk_size) == dossier::Read(table, input, size + 1))
      << "chunks of " << chunk_size << " bytes read otherwise than the whole";
  return 0;
}
