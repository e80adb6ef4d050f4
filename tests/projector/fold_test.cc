// The fold's rows, held at every cut against a brute-force reading of the events.
#include "services/projector/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "services/model/event_id.h"
#include "storage/log_record.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr char kSource[] = "toy";

struct ToyEvent {
  int record = 0;
  int stamp = 0;
  uint32_t adapter = 1;  // 2 reads anew
  int content = 0;  // below 0: absent; kVoid: void; else present with this content
};
constexpr int kVoid = 99;
[[maybe_unused]] void showValue(const ToyEvent& event, std::ostream& out) {
  out << "{record " << event.record << ", stamp " << event.stamp << ", adapter " << event.adapter
      << ", content " << event.content << "}";
}

constexpr int kRecords = 3;
constexpr int kStamps = 4;

std::string SupplierOf(int content) { return content % 2 == 0 ? "state:RUS" : "state:CHN"; }
std::string RecipientOf(int content) { return content % 3 == 0 ? "state:IRN" : "state:PRK"; }
std::string RecordOf(int record) { return std::to_string(record) + "/2000"; }

v1::Event EventOf(const ToyEvent& toy, int number) {
  v1::Event event;
  std::string id = std::to_string(number);
  id.resize(16, '.');
  event.set_id(id);
  event.set_source(kSource);
  event.set_record(RecordOf(toy.record));
  event.set_edition_id("an edition");
  event.set_cause(toy.adapter == 1 ? v1::CAUSE_SOURCE : v1::CAUSE_REPARSED);
  event.mutable_stamp()->mutable_time()->set_seconds(toy.stamp);
  event.set_adapter_version(toy.adapter);
  if (toy.content == kVoid) {
    event.mutable_void_();
  } else if (toy.content < 0) {
    event.mutable_absent();
  } else {
    v1::Transfer& transfer = *event.mutable_present()->mutable_transfer();
    transfer.mutable_supplier()->set_id(SupplierOf(toy.content));
    transfer.mutable_recipient()->set_id(RecipientOf(toy.content));
    transfer.set_designation(std::to_string(toy.content));
    event.set_content_digest(ContentDigest(event));
  }
  return event;
}

ReadRecord RecordOfEvent(const v1::Event& event, uint64_t sequence) {
  v1::LogEntry entry;
  *entry.mutable_event() = event;
  ReadRecord record;
  record.after.sequence = sequence;
  record.after.offset = sequence;
  record.bytes = EncodeLogRecord({}, entry.SerializeAsString());
  return record;
}

// A view in a folder of its own.
class FreshView {
 public:
  FreshView() {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-fold-XXXXXX").string();
    dir_ = mkdtemp(name.data());
    auto opened = Views::Open(dir_ + "/view", {});
    RC_ASSERT(opened.ok());
    views_ = *std::move(opened);
  }
  ~FreshView() {
    views_.reset();
    std::filesystem::remove_all(dir_);
  }
  Views& operator*() { return *views_; }
  Views* operator->() { return views_.get(); }

 private:
  std::string dir_;
  std::unique_ptr<Views> views_;
};

// Applies the events as units of one, in batches closed wherever `closes` says.
void Project(const std::vector<ToyEvent>& events, const std::vector<bool>& closes, bool sorted,
             Views& views) {
  Fold fold;
  RC_ASSERT(fold.Start(*views.Read()).ok());
  auto batch = views.NewBatch();
  for (size_t i = 0; i < events.size(); ++i) {
    const DecodedRecord record =
        Decode(RecordOfEvent(EventOf(events[i], static_cast<int>(i)), i + 1));
    RC_ASSERT(fold.ApplyUnit({&record, 1}, *batch).ok());
    if (!closes[i] && i + 1 < events.size()) continue;
    fold.WriteCounters(*batch);
    const absl::Status written = sorted ? views.IngestSorted(std::move(batch), record.read.after)
                                        : views.Commit(std::move(batch), record.read.after);
    RC_ASSERT(written.ok());
    batch = views.NewBatch();
  }
}

struct Stated {
  VersionKey version;
  int content = 0;
  uint64_t voided = UINT64_MAX;  // by this sequence
};

// Every effective statement of each record, with when it was voided.
std::map<int, std::vector<Stated>> Statements(const std::vector<ToyEvent>& events) {
  std::map<int, std::vector<Stated>> statements;
  for (size_t i = 0; i < events.size(); ++i) {
    const ToyEvent& event = events[i];
    const uint64_t sequence = i + 1;
    const StampKey stamp{event.stamp * 1'000'000, 0, {}};
    auto& of_record = statements[event.record];
    if (event.content == kVoid) {
      for (Stated& stated : of_record) {
        if (stated.version.stamp == stamp && stated.voided == UINT64_MAX) stated.voided = sequence;
      }
      continue;
    }
    // A repeat of the newest live statement by the same adapter at the stamp has no effect.
    const Stated* newest = nullptr;
    for (const Stated& stated : of_record) {
      if (stated.version.stamp == stamp && stated.version.adapter_version == event.adapter &&
          stated.voided == UINT64_MAX) {
        newest = &stated;
      }
    }
    const int content = std::max(event.content, -1);
    if (newest != nullptr && newest->content == content) continue;
    of_record.push_back({{stamp, event.adapter, sequence}, content, UINT64_MAX});
  }
  return statements;
}

const Stated* Expected(const std::vector<Stated>& statements, const KnowledgeCut& cut) {
  const Stated* best = nullptr;
  for (const Stated& stated : statements) {
    if (stated.version.sequence > cut.sequence) continue;
    if (stated.voided != UINT64_MAX && stated.voided <= cut.sequence) continue;
    if (cut.stamp < stated.version.stamp) continue;
    if (best == nullptr || best->version < stated.version) best = &stated;
  }
  return best;
}

// The records that hold at a place at a cut, by the rule at PlaceRow.
std::set<std::string> RecordsAt(RowCursor& rows, const std::string& supplier,
                                const std::string& recipient, const KnowledgeCut& cut) {
  std::map<std::string, std::pair<VersionKey, bool>> best;
  for (RowKind kind : {kPlaceRow, kVoidedPlaceRow}) {
    const std::string prefix = KeyBuilder(kind).Text(kSource).Text(supplier).Text(recipient).Take();
    for (rows.Seek(prefix); rows.Valid() && rows.key().substr(0, prefix.size()) == prefix;
         rows.Next()) {
      std::string_view skipped, record;
      VersionKey version;
      KeyParser parser(rows.key());
      RC_ASSERT(parser.Text(&skipped) && parser.Text(&skipped) && parser.Text(&skipped) &&
                parser.Text(&record) && parser.Version(&version));
      v1::PlaceRow row;
      RC_ASSERT(row.ParseFromString(std::string(rows.value())));
      RC_ASSERT((row.voided_sequence() != 0) == (kind == kVoidedPlaceRow));
      if (cut.stamp < version.stamp || row.from_sequence() > cut.sequence) continue;
      if (row.voided_sequence() != 0 && row.voided_sequence() <= cut.sequence) continue;
      auto [at, added] = best.try_emplace(std::string(record), version, row.has_here());
      if (!added && at->second.first < version) at->second = {version, row.has_here()};
    }
  }
  std::set<std::string> records;
  for (const auto& [record, found] : best) {
    if (found.second) records.insert(record);
  }
  return records;
}

std::vector<ToyEvent> AnyEvents() {
  return *rc::gen::container<std::vector<ToyEvent>>(rc::gen::apply(
      [](int record, int stamp, bool second_adapter, int content) {
        if (content == 6) content = kVoid;
        return ToyEvent{record, stamp, second_adapter ? 2u : 1u, content};
      },
      rc::gen::inRange(0, kRecords), rc::gen::inRange(1, kStamps + 1),
      rc::gen::map(rc::gen::inRange(0, 4), [](int n) { return n == 0; }), rc::gen::inRange(-1, 7)));
}

void ExpectAllCuts(const std::vector<ToyEvent>& events, Views& views) {
  const auto statements = Statements(events);
  auto rows = views.Read();
  std::vector<KnowledgeCut> cuts;
  for (int stamp = 0; stamp <= kStamps + 1; ++stamp) {
    const StampKey bound =
        stamp > kStamps ? kLastStamp : StampKey{stamp * 1'000'000, UINT32_MAX, kLastStamp.tie};
    cuts.push_back({bound, UINT64_MAX});
    for (uint64_t sequence = 0; sequence <= events.size(); ++sequence) {
      cuts.push_back({bound, sequence});
    }
  }
  for (const KnowledgeCut& cut : cuts) {
    std::map<std::pair<std::string, std::string>, std::set<std::string>> places;
    for (const auto& [record, of_record] : statements) {
      const Stated* expected = Expected(of_record, cut);
      const auto found = LatestAt(*rows, kSource, RecordOf(record), cut);
      RC_ASSERT(found.ok());
      RC_LOG() << "record " << record << " at stamp " << cut.stamp.micros << ", sequence "
               << cut.sequence << "\n";
      RC_ASSERT(found->has_value() == (expected != nullptr));
      if (expected == nullptr) continue;
      RC_ASSERT((*found)->version == expected->version);
      RC_ASSERT((*found)->row.present() == (expected->content >= 0));
      if (expected->content < 0) continue;
      places[{SupplierOf(expected->content), RecipientOf(expected->content)}].insert(
          RecordOf(record));
    }
    for (int content = 0; content < 6; ++content) {
      const auto place = std::pair(SupplierOf(content), RecipientOf(content));
      RC_ASSERT(RecordsAt(*rows, place.first, place.second, cut) == places[place]);
    }
  }
}

RC_GTEST_PROP(Fold, AnswersEveryCutAsTheEventsDo, ()) {
  const auto events = AnyEvents();
  FreshView views;
  Project(events, std::vector<bool>(events.size(), true), /*sorted=*/false, *views);
  ExpectAllCuts(events, *views);
}

RC_GTEST_PROP(Fold, GivesTheSameRowsHoweverItIsBatched, ()) {
  const auto events = AnyEvents();
  RC_PRE(!events.empty());
  const auto all_rows = [](Views& views) {
    std::map<std::string, std::string> rows;
    auto cursor = views.Read();
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
      rows.emplace(cursor->key(), cursor->value());
    }
    return rows;
  };
  FreshView one_by_one;
  Project(events, std::vector<bool>(events.size(), true), /*sorted=*/false, *one_by_one);
  FreshView in_batches;
  const auto closes =
      *rc::gen::container<std::vector<bool>>(events.size(), rc::gen::arbitrary<bool>());
  Project(events, closes, /*sorted=*/true, *in_batches);
  FreshView at_once;
  Project(events, std::vector<bool>(events.size(), false), /*sorted=*/true, *at_once);
  const auto rows = all_rows(*one_by_one);
  RC_ASSERT(all_rows(*in_batches) == rows);
  RC_ASSERT(all_rows(*at_once) == rows);
}

RC_GTEST_PROP(Fold, WhatANewReadingChangesIsReparsedAndNothingElseIs, ()) {
  const auto events = AnyEvents();
  FreshView views;
  Project(events, std::vector<bool>(events.size(), false), /*sorted=*/false, *views);
  auto rows = views->Read();
  for (size_t i = 0; i < events.size(); ++i) {
    const auto row = rows->Find(KeyBuilder(kEventRow).Number(i + 1).key());
    RC_ASSERT(row.has_value());
    const auto head = DecodeEventRowHead(*row);
    RC_ASSERT(head.has_value());
    // Without effect: it repeats what was said at its stamp, or voids nothing.
    if (head->verb == v1::VERB_REPEATED && head->novelty == v1::NOVELTY_UNSPECIFIED) continue;
    RC_ASSERT((head->novelty == v1::NOVELTY_REPARSED) == (events[i].adapter == 2));
    RC_ASSERT(head->novelty != v1::NOVELTY_UNSPECIFIED);
  }
}

RC_GTEST_PROP(Fold, ForEachRecordVisitsWhatLatestAtFinds, ()) {
  const auto events = AnyEvents();
  FreshView views;
  Project(events, std::vector<bool>(events.size(), false), /*sorted=*/false, *views);
  for (int stamp = 0; stamp <= kStamps; ++stamp) {
    const StampKey bound{stamp * 1'000'000, UINT32_MAX, kLastStamp.tie};
    std::map<std::string, VersionKey> visited;
    auto rows = views->Read();
    RC_ASSERT(ForEachRecord(*rows, kSource, "", bound,
                            [&](std::string_view record, const Statement& statement) {
                              visited.emplace(record, statement.version);
                              return absl::OkStatus();
                            })
                  .ok());
    std::map<std::string, VersionKey> expected;
    for (int record = 0; record < kRecords; ++record) {
      const auto found = LatestAt(*rows, kSource, RecordOf(record), {bound, UINT64_MAX});
      RC_ASSERT(found.ok());
      if (found->has_value()) expected.emplace(RecordOf(record), (*found)->version);
    }
    RC_ASSERT(visited == expected);
  }
}

}  // namespace
}  // namespace dossier
