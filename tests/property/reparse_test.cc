// The same bytes read by a newer adapter: as if it had read them from the beginning, whatever it
// reads otherwise: what records say, their keys, what the edition covers.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/sipri_deals_csv.h"
#include "services/ingest/sources/sipri_register_csv.h"
#include "services/model/scope.h"
#include "services/query/feed.h"
#include "tests/property/ingest_path_fixture.h"
#include "tests/property/toy_editions_fixture.h"
#include "tests/property/toy_register_fixture.h"

namespace dossier {
namespace {

// What a newer adapter does otherwise.
enum class Otherwise {
  kNumbers,        // other numbers, some records left out, others found
  kKeys,           // every key is another one
  kKeysOfOthers,   // keys that were other records' keys
  kFewerKeys,      // of several records of before only the first, under a key of its own
  kFewerYears,     // covers fewer years, and leaves out what lies in others
  kFewerParties,   // covers one recipient alone
  kFewerDeals,     // covers deliveries alone
  kAdditionsOnly,  // covers nothing
  kAllParties,     // covers more than before
};
constexpr int kWays = 9;

v1::Scope ScopeOf(Otherwise way, v1::Scope scope) {
  switch (way) {
    case Otherwise::kFewerYears:
      scope.set_delivery_year_from(std::max(scope.delivery_year_from(), 2000));
      scope.set_delivery_year_to(
          scope.delivery_year_to() == 0 ? 2005 : std::min(scope.delivery_year_to(), 2005));
      break;
    case Otherwise::kFewerParties:
      scope.clear_recipient();
      scope.add_recipient("state:UKR");
      break;
    case Otherwise::kFewerDeals:
      scope.set_deliveries_only(true);
      break;
    case Otherwise::kAdditionsOnly:
      scope.set_additions_only(true);
      break;
    case Otherwise::kAllParties:
      scope.clear_recipient();
      break;
    default:
      break;
  }
  return scope;
}

// The key without its last number.
std::string DealOf(const std::string& key) { return key.substr(0, key.rfind('/')); }

template <Otherwise way>
class OtherwiseSink : public RecordSink {
 public:
  explicit OtherwiseSink(RecordSink& sink) : sink_(sink) {}

  absl::Status OnRecord(EditionRecord record) override {
    records_.push_back(std::move(record));
    return absl::OkStatus();
  }
  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    return sink_.OnRejection(std::move(rejection), std::move(key));
  }

  // Hands on what the edition holds in this reading.
  absl::Status Finish(const v1::Scope& scope) {
    std::sort(records_.begin(), records_.end(),
              [](const EditionRecord& a, const EditionRecord& b) { return a.key < b.key; });
    std::vector<std::string> keys;
    for (const EditionRecord& record : records_) keys.push_back(record.key);
    std::optional<std::string> deal;
    for (size_t i = 0; i < records_.size(); ++i) {
      EditionRecord& record = records_[i];
      v1::Transfer& transfer = *record.present.mutable_transfer();
      if (!Covers(scope, FacetsOf(record.present))) continue;
      switch (way) {
        case Otherwise::kNumbers:
          if (i % 5 == 1) continue;
          if (i % 5 == 2) absl::StrAppend(&record.key, "0");
          if (i % 5 != 3) transfer.set_number_ordered(transfer.number_ordered() * 10 + 1);
          break;
        case Otherwise::kKeys:
          record.key = absl::StrCat("deal/", record.key);
          break;
        case Otherwise::kKeysOfOthers:
          record.key = keys[keys.size() - 1 - i];
          break;
        case Otherwise::kFewerKeys:
          if (deal == DealOf(record.key)) continue;
          deal = record.key = DealOf(record.key);
          break;
        default:
          break;
      }
      if (absl::Status status = sink_.OnRecord(std::move(record)); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  RecordSink& sink_;
  std::vector<EditionRecord> records_;
};

using Format = const EditionFormat& (*)();

template <Format base, Otherwise way>
class OtherwiseReader : public EditionReader {
 public:
  OtherwiseReader(const ActorTable& table, RecordSink& sink)
      : sink_(sink), reader_(base().open(table, sink_, "")) {}

  absl::Status Feed(std::string_view bytes) override { return reader_->Feed(bytes); }
  absl::StatusOr<EditionFacts> Finish() override {
    auto facts = reader_->Finish();
    if (!facts.ok()) return facts;
    facts->scope = ScopeOf(way, facts->scope);
    if (absl::Status handed_on = sink_.Finish(facts->scope); !handed_on.ok()) return handed_on;
    return facts;
  }

 private:
  OtherwiseSink<way> sink_;
  std::unique_ptr<EditionReader> reader_;
};

using Formats = std::vector<EditionFormat>;

template <Format base, Otherwise way>
Formats NewerFormats() {
  EditionFormat format = base();
  ++format.version;
  format.open = [](const ActorTable& table, RecordSink& sink,
                   std::string_view) -> std::unique_ptr<EditionReader> {
    return std::make_unique<OtherwiseReader<base, way>>(table, sink);
  };
  return {format};
}

template <Format base, size_t... ways>
std::array<Formats, kWays> AllNewerFormats(std::index_sequence<ways...>) {
  return {NewerFormats<base, static_cast<Otherwise>(ways)>()...};
}

template <Format base>
const Formats& Newer(Otherwise way) {
  static const auto& all =
      *new std::array<Formats, kWays>(AllNewerFormats<base>(std::make_index_sequence<kWays>()));
  return all[static_cast<size_t>(way)];
}

// An edition, and whether the newer adapter has read it in the end.
struct ReadEdition {
  std::string text;
  v1::LoadOptions options;
  bool anew = false;
};

template <typename Edition>
std::vector<ReadEdition> AnyReadEditions(Edition (*any)()) {
  std::vector<ReadEdition> editions;
  const int count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    Edition edition = any();
    edition.ordinal = i;  // no edition twice
    editions.push_back({edition.Text(), edition.Options(), *rc::gen::arbitrary<bool>()});
    RC_LOG() << edition << (editions.back().anew ? " read anew\n" : "\n");
  }
  return editions;
}

v1::LoadReport Load(IngestPath& path, const ReadEdition& edition, const Formats& formats) {
  RC_LOG() << "load " << edition.options.file_name() << " #" << edition.options.ordinal()
           << (&formats == &EditionFormats() ? "\n" : " by the newer adapter\n");
  path.ReadWith(formats);
  auto report = path.Load(edition.text, edition.options);
  RC_LOG() << report.status() << "\n";
  RC_ASSERT(report.ok());
  RC_ASSERT(!report->already_loaded());
  return *std::move(report);
}

// Feed items after a sequence that are no readings alone.
int ChangesAtTheSourceAfter(IngestPath& path, uint64_t sequence) {
  WatchReader reader(path.views(), Actors(), {}, absl::Hours(1));
  int changes = 0;
  for (bool caught_up = false; !caught_up;) {
    const auto chunk = reader.Read({});
    RC_ASSERT(chunk.ok());
    for (const v1::WatchResponse& message : chunk->messages) {
      caught_up = caught_up || message.caught_up();
      const bool is_change = message.has_item() && message.item().sequence() > sequence &&
                             message.item().novelty() != v1::NOVELTY_REPARSED;
      changes += is_change ? 1 : 0;
    }
  }
  return changes;
}

void ExpectAsIfTheNewerHadBeenTheFirst(std::vector<ReadEdition> editions, const Formats& newer) {
  IngestPath at_once;
  for (const ReadEdition& each : editions) {
    Load(at_once, each, each.anew ? newer : EditionFormats());
  }
  IngestPath read_anew;
  for (size_t i = editions.size(); i > 1; --i) {
    std::swap(editions[i - 1], editions[*rc::gen::inRange<size_t>(0, i)]);
  }
  for (const ReadEdition& each : editions) Load(read_anew, each, EditionFormats());
  const uint64_t head = read_anew.head();
  for (const ReadEdition& each : editions) {
    if (!each.anew) continue;
    RC_ASSERT(Load(read_anew, each, newer).reparses_version() == newer.front().version - 1);
  }
  RC_ASSERT(ChangesAtTheSourceAfter(read_anew, head) == 0);
  RC_ASSERT(read_anew.TakeDigests().knowledge == at_once.TakeDigests().knowledge);
  RC_ASSERT(read_anew.RebuiltDigests({}).view == read_anew.TakeDigests().view);
}

Otherwise AnyWay() { return static_cast<Otherwise>(*rc::gen::inRange(0, kWays)); }

RC_GTEST_PROP(Reparse, IsAsIfTheNewerAdapterHadBeenTheFirst, ()) {
  const Otherwise way = AnyWay();
  RC_LOG() << "newer: way " << static_cast<int>(way) << "\n";
  ExpectAsIfTheNewerHadBeenTheFirst(AnyReadEditions(&AnyToyEdition),
                                    Newer<&SipriDealsCsvFormat>(way));
}

RC_GTEST_PROP(Reparse, OfARegisterWithoutDealNumbersIsNoOther, ()) {
  const Otherwise way = AnyWay();
  RC_LOG() << "newer: way " << static_cast<int>(way) << "\n";
  ExpectAsIfTheNewerHadBeenTheFirst(AnyReadEditions(&AnyToyRegister),
                                    Newer<&SipriRegisterCsvFormat>(way));
}

}  // namespace
}  // namespace dossier
