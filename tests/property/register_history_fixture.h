// A tiny register (toy_register_fixture.h) loaded through the real ingest path, beside what its
// editions mean: a fold over what the adapter reads, in publish order; it knows nothing of events.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/ingest/edition_reader.h"
#include "storage/view_keys.h"
#include "tests/ingest/faulty_log_fixture.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_register_fixture.h"
#include "tests/storage/temp_dir.h"

namespace dossier {

inline constexpr int kLastToyDay = 4;  // of January 2021, of AnyToyRegister

// What the adapter finds in an edition, and what that covers. For use in a property, which fails
// where keys or scope are not by the rules.
struct ReadRegister : RecordSink {
  explicit ReadRegister(const ToyRegister& edition);

  absl::Status OnRecord(EditionRecord record) override;
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override;

  bool Covers(const v1::Transfer& transfer) const;

  std::map<std::string, v1::Transfer> held;  // by record
  v1::Scope scope;

 private:
  void ExpectKey(const std::string& record, const v1::Transfer& transfer) const;
};

// A register, beside the editions that are live by rights. For use in a property.
class RegisterHistory {
 public:
  RegisterHistory() { Open(); }

  // Loads an edition that may be live already.
  void Load(const ToyRegister& edition);
  // The one at this place among the live ones; the live one that this is.
  void Retract(size_t index);
  void Retract(const ToyRegister& edition);

  // The log fails in the midst of a load; all is begun anew, at times with no view left, and the
  // edition, which may be in or not, is loaded again.
  void CrashWhileLoading(const ToyRegister& edition);

  // At every publish time each record is what the editions say, and no other record is.
  void ExpectMeaning();
  void ExpectRebuilt();

  // What is held at the end of each day, and what each day and all of them together changed.
  std::vector<std::string> Answers();
  // What each event of the log says of which record at which stamp, in order.
  std::vector<std::string> Events();
  std::string Knowledge() { return path_->TakeDigests().knowledge; }

  const std::map<StampKey, ToyRegister>& live() const { return live_; }

 private:
  void Open();
  std::string ChangesBetween(int from_day, int to_day);

  TempDir dir_;
  std::unique_ptr<EventLog> embedded_;
  std::unique_ptr<FaultyLog> log_;
  std::unique_ptr<IngestPath> path_;
  std::map<StampKey, ToyRegister> live_;
  std::map<StampKey, v1::EditionLoaded> loaded_;
};

}  // namespace dossier
