// Any bytes, fed in two chunkings, give the same records, rejections and end; keys are unique and
// have their five parts; and rows in any order keep their keys.
#include <set>
#include <vector>

#include "services/ingest/sources/sipri_register_csv.h"
#include "services/ingest/sources/sipri_register_keys.h"
#include "tests/fuzz/edition_transcript.h"

namespace dossier {
namespace {

struct Keys : RecordSink {
  std::vector<EditionRecord> records;
  std::set<std::string> keys;

  absl::Status OnRecord(EditionRecord record) override {
    CHECK(keys.insert(record.key).second) << record.key;
    CHECK(record.key.size() <= 256 && record.present.transfer().delivery_size() <= 1);
    records.push_back(std::move(record));
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection, std::optional<std::string> key) override {
    if (key) CHECK(keys.insert(*key).second) << *key;
    return absl::OkStatus();
  }
};

void CheckKeys(std::string_view bytes) {
  static const auto& table = *new ActorTable();
  Keys read;
  const auto reader = SipriRegisterCsvFormat().open(table, read, "");
  if (!reader->Feed(bytes).ok() || !reader->Finish().ok()) return;
  SetSipriRegisterKeys(read.records);
  std::vector<EditionRecord> turned(read.records.rbegin(), read.records.rend());
  SetSipriRegisterKeys(turned);
  std::set<std::string> said;
  for (const EditionRecord& record : read.records) {
    said.insert(record.key + " " + record.present.SerializeAsString());
  }
  for (const EditionRecord& record : turned) {
    CHECK(said.contains(record.key + " " + record.present.SerializeAsString())) << record.key;
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  dossier::FuzzEdition(dossier::SipriRegisterCsvFormat(), bytes, size);
  dossier::CheckKeys({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
