// Scans by place, held at every cut against each record's timeline read by itself.
#include "services/query/place_scan.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

// A statement about a record: at most one of `absent` and `is_void`.
struct Toy {
  int record = 0;
  int stamp = 0;
  int place = 0;
  bool absent = false;
  bool is_void = false;
};

std::string SupplierOf(int place) { return place % 2 == 0 ? "state:RUS" : "state:CHN"; }
std::string RecipientOf(int place) { return place / 2 % 2 == 0 ? "state:IND" : "state:PAK"; }

using Found = std::set<std::tuple<std::string, std::string, std::string, uint64_t>>;

// A log and its view, to which toys are appended.
class ToyView {
 public:
  ToyView() {
    auto log = OpenEmbeddedLog(dir_.path() + "/log");
    EXPECT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
    auto writer = log_->OpenWriter("toys", {});
    EXPECT_TRUE(writer.ok()) << writer.status();
    writer_ = *std::move(writer);
    auto views = Views::Open(dir_.path() + "/view", {});
    EXPECT_TRUE(views.ok()) << views.status();
    views_ = *std::move(views);
  }

  // As statements of a source; so many a unit.
  void Append(const std::string& source, const std::vector<Toy>& toys, size_t unit_records = 1) {
    std::vector<std::string> unit;
    for (size_t i = 0; i < toys.size(); ++i) {
      unit.push_back(EntryOf(source, toys[i]).SerializeAsString());
      if (unit.size() < unit_records && i + 1 < toys.size()) continue;
      ASSERT_TRUE(writer_->Append(unit).ok());
      unit.clear();
    }
    auto projector = Projector::Open(*log_, *views_);
    ASSERT_TRUE(projector.ok()) << projector.status();
    ASSERT_TRUE((*projector)->CatchUp().ok());
  }

  AsOf At(int stamp, uint64_t sequence) {
    v1::ReadAt read_at;
    if (stamp >= 0) read_at.mutable_cut()->mutable_known_by_time()->set_seconds(stamp);
    if (sequence < head()) read_at.mutable_cut()->set_sequence(sequence);
    auto as_of = AsOf::Open(*views_, read_at, {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    return *std::move(as_of);
  }
  uint64_t head() const { return views_->position().sequence; }

 private:
  v1::LogEntry EntryOf(const std::string& source, const Toy& toy) {
    v1::LogEntry entry;
    v1::Event& event = *entry.mutable_event();
    std::string id = absl::StrCat(++events_);
    id.resize(16, '.');
    event.set_id(id);
    event.set_source(source);
    event.set_record(absl::StrCat("r", toy.record));
    event.set_edition_id("an edition");
    event.mutable_stamp()->mutable_time()->set_seconds(toy.stamp);
    if (toy.is_void) {
      event.mutable_void_();
    } else if (toy.absent) {
      event.mutable_absent();
    } else {
      v1::Transfer& transfer = *event.mutable_present()->mutable_transfer();
      transfer.mutable_supplier()->set_id(SupplierOf(toy.place));
      transfer.mutable_recipient()->set_id(RecipientOf(toy.place));
      transfer.set_designation(absl::StrCat(events_));
      event.set_content_digest(id);
    }
    return entry;
  }

  TempDir dir_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<LogWriter> writer_;
  std::unique_ptr<Views> views_;
  int events_ = 0;
};

Found Scan(AsOf& as_of, const PlaceRange& range) {
  Found found;
  std::string last;
  const absl::Status scanned = ScanPlaces(as_of, range, "", [&](const PlacedTransfer& placed) {
    EXPECT_LT(last, placed.place) << "out of order";
    last = placed.place;
    found.emplace(placed.supplier, placed.recipient, placed.record, placed.version.sequence);
    return true;
  });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return found;
}

Found ByTimelines(AsOf& as_of, const std::string& source, int records) {
  Found found;
  for (int i = 0; i < records; ++i) {
    const std::string record = absl::StrCat("r", i);
    const auto statement = LatestAt(as_of.rows(), source, record, as_of.known());
    EXPECT_TRUE(statement.ok()) << statement.status();
    if (!statement->has_value() || !(*statement)->row.present()) continue;
    const v1::Facets& facets = (*statement)->row.facets();
    found.emplace(facets.supplier(), facets.recipient(), record, (*statement)->version.sequence);
  }
  return found;
}

// One by one, each from the place of the one before.
Found ScanInPages(AsOf& as_of, const std::string& source) {
  Found found;
  std::string after;
  for (bool more = true; more;) {
    more = false;
    const absl::Status scanned =
        ScanPlaces(as_of, {source, "", ""}, std::string(after), [&](const PlacedTransfer& placed) {
          found.emplace(placed.supplier, placed.recipient, placed.record, placed.version.sequence);
          after = placed.place;
          more = true;
          return false;
        });
    EXPECT_TRUE(scanned.ok()) << scanned;
  }
  return found;
}

void CheckAt(ToyView& view, const std::string& source, int records, int stamp, uint64_t sequence) {
  AsOf as_of = view.At(stamp, sequence);
  const Found expected = ByTimelines(as_of, source, records);
  EXPECT_EQ(Scan(as_of, {source, "", ""}), expected) << "stamp " << stamp << ", " << sequence;
  EXPECT_EQ(ScanInPages(as_of, source), expected);
  Found by_pairs;
  for (const char* supplier : {"state:CHN", "state:RUS"}) {
    Found of_supplier = Scan(as_of, {source, supplier, ""});
    Found of_pairs;
    for (const char* recipient : {"state:IND", "state:PAK"}) {
      of_pairs.merge(Scan(as_of, {source, supplier, recipient}));
    }
    EXPECT_EQ(of_supplier, of_pairs);
    by_pairs.merge(of_pairs);
  }
  EXPECT_EQ(by_pairs, expected);
}

std::vector<Toy> AnyToys(int records, int stamps) {
  return *rc::gen::container<std::vector<Toy>>(
      rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, records), rc::gen::inRange(0, stamps),
                                  rc::gen::inRange(0, 4), rc::gen::inRange(0, 6)),
                   [](const std::tuple<int, int, int, int>& t) {
                     const auto [record, stamp, place, kind] = t;
                     return Toy{record, stamp, place, kind == 0, kind == 1};
                   }));
}

TEST(PlaceScanTest, EveryCutEqualsTheTimelines) {
  constexpr int kRecords = 3;
  constexpr int kStamps = 3;
  ToyView view;
  int sources = 0;
  const bool holds = rc::check([&] {
    const std::string source = absl::StrCat("toy", ++sources);
    const uint64_t before = view.head();
    view.Append(source, AnyToys(kRecords, kStamps));
    for (int stamp = -1; stamp < kStamps; ++stamp) {
      for (uint64_t sequence = before; sequence <= view.head(); ++sequence) {
        CheckAt(view, source, kRecords, stamp, sequence);
      }
    }
    RC_ASSERT(!testing::Test::HasFailure());
  });
  EXPECT_TRUE(holds);
}

TEST(PlaceScanTest, ManyVersionsOfOneRecordAreFoundAtAnyCut) {
  std::vector<Toy> toys = {{0, 500, 0}, {2, 500, 0}};
  for (int i = 0; i < 400; ++i) toys.push_back({1, i * 7 % 400, i % 3, i % 11 == 0});
  for (int i = 0; i < 400; i += 3) toys.push_back({1, i, 0, false, true});
  ToyView view;
  view.Append("toy", toys);
  for (int stamp : {-1, 0, 3, 200, 399, 1000}) {
    for (uint64_t sequence = 0; sequence <= view.head(); sequence += 13) {
      CheckAt(view, "toy", 3, stamp, sequence);
    }
    CheckAt(view, "toy", 3, stamp, view.head());
  }
}

TEST(PlaceScanTest, MoreVoidedRecordsThanAreHeldAtATime) {
  constexpr int kRecords = 2500;
  std::vector<Toy> toys;
  for (int i = 0; i < kRecords; ++i) toys.push_back({i, 1, i % 4});
  for (int i = 0; i < kRecords; i += 2) toys.push_back({i, 1, 0, false, true});
  ToyView view;
  view.Append("toy", toys, /*unit_records=*/50);
  for (uint64_t back : {1250, 1150, 50, 0}) {
    AsOf as_of = view.At(-1, view.head() - back);
    EXPECT_EQ(Scan(as_of, {"toy", "", ""}), ByTimelines(as_of, "toy", kRecords)) << back;
  }
}

TEST(PlaceScanTest, SuppliersAndSourcesAreListedOnce) {
  ToyView view;
  view.Append("toy", {{0, 1, 0}, {1, 1, 1}, {2, 1, 1}, {3, 1, 2}});
  AsOf as_of = view.At(-1, view.head());
  EXPECT_EQ(*SuppliersOf(as_of, "toy", "state:IND"),
            (std::vector<std::string>{"state:CHN", "state:RUS"}));
  EXPECT_EQ(*SuppliersOf(as_of, "toy", "state:PAK"), std::vector<std::string>{"state:RUS"});
  EXPECT_EQ(*SourcesWithPlaces(as_of), std::vector<std::string>{"toy"});
}

}  // namespace
}  // namespace dossier
