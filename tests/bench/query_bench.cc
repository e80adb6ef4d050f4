// A dossier and a table of flows, now and at past cuts, against one cursor that only steps over the
// same rows.
//
// The view holds 60,000 records, a third of them the United States', and three later editions that
// each revise a third of all. "First edition" is the cut right after the oldest edition, the
// dearest one: every revision has to be passed over.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <string>
#include <vector>

#include "services/model/actors.h"
#include "services/query/dossier.h"
#include "services/query/flows.h"
#include "services/query/place_scan.h"
#include "storage/view_keys.h"
#include "tests/bench/folded_view.h"

namespace dossier {
namespace {

constexpr size_t kRecords = 60'000;
constexpr int kRevisions = 3;
constexpr int kDaysBetween = 30;
// One in so many records is given to the largest supplier, on top of what chance gave it.
constexpr size_t kLargestEvery = 5;
constexpr char kLargest[] = "USA";

enum class CutAt { kNow, kFirstEditionByPublish, kFirstEditionBySequence };

class Register {
 public:
  static Register& Get() {
    static Register* made = new Register();
    return *made;
  }

  Views& views() { return view_.views(); }
  const ActorTable& actors() const { return actors_; }

  v1::ReadAt ReadAt(CutAt at) const {
    v1::ReadAt read_at;
    v1::Cut& cut = *read_at.mutable_cut();
    if (at == CutAt::kFirstEditionBySequence) cut.set_sequence(first_edition_end_);
    if (at == CutAt::kFirstEditionByPublish) {
      v1::Date& date = *cut.mutable_known_by_date();
      date.set_year(2024);
      date.set_month(4);
      date.set_day(17);
    }
    return read_at;
  }

 private:
  Register() {
    std::vector<v1::Event> events = MakeTransferEvents(kRecords, 2);
    for (size_t i = 0; i < events.size(); i += kLargestEvery) {
      events[i] = SoldBy(events[i], kLargest);
    }
    std::vector<std::string> unit = {EditionPayload(0)};
    for (const v1::Event& event : events) unit.push_back(EventPayload(event));
    first_edition_end_ = view_.FoldUnit(unit);
    for (int revision = 1; revision <= kRevisions; ++revision) {
      const int days = revision * kDaysBetween;
      unit = {EditionPayload(days)};
      for (size_t i = 0; i < events.size(); ++i) {
        if (i % kRevisions != static_cast<size_t>(revision - 1)) continue;
        unit.push_back(EventPayload(Revise(events[i], days, 1'000 + revision)));
      }
      view_.FoldUnit(unit);
    }
  }

  FoldedView view_;
  const ActorTable actors_;
  uint64_t first_edition_end_ = 0;
};

void BM_Dossier(benchmark::State& state, CutAt at) {
  Register& made = Register::Get();
  v1::GetDossierRequest request;
  request.set_actor(std::string("state:") + kLargest);
  *request.mutable_read_at() = made.ReadAt(at);
  int64_t records = 0;
  for (auto _ : state) {
    auto as_of = AsOf::Open(made.views(), request.read_at(), {});
    CHECK(as_of.ok()) << as_of.status();
    auto response = GetDossier(*as_of, made.actors(), request);
    CHECK(response.ok()) << response.status();
    const v1::SourceDossier& source = response->dossier(0).source(0);
    records = source.as_supplier().total().records() + source.as_recipient().total().records();
  }
  state.counters["records"] = static_cast<double>(records);
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * records);
}
BENCHMARK_CAPTURE(BM_Dossier, Now, CutAt::kNow)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Dossier, FirstEditionByPublish, CutAt::kFirstEditionByPublish)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Dossier, FirstEditionBySequence, CutAt::kFirstEditionBySequence)
    ->Unit(benchmark::kMillisecond);

// Steps over all rows that begin with one of the prefixes.
void ScanRows(benchmark::State& state, const std::vector<std::string>& prefixes) {
  Register& made = Register::Get();
  int64_t rows_seen = 0;
  for (auto _ : state) {
    auto rows = made.views().Read();
    size_t bytes = 0;
    for (const std::string& prefix : prefixes) {
      for (rows->Seek(prefix); rows->Valid() && rows->key().substr(0, prefix.size()) == prefix;
           rows->Next()) {
        bytes += rows->key().size() + rows->value().size();
        ++rows_seen;
      }
    }
    CHECK(rows->status().ok());
    benchmark::DoNotOptimize(bytes);
  }
  state.counters["rows"] = static_cast<double>(rows_seen) / static_cast<double>(state.iterations());
  state.SetItemsProcessed(rows_seen);
}

void BM_DossierBaselineScan(benchmark::State& state) {
  const std::string largest = std::string("state:") + kLargest;
  std::vector<std::string> prefixes = {
      KeyBuilder(kPlaceRow).Text("sipri-deals").Text(largest).Take()};
  auto as_of = AsOf::Open(Register::Get().views(), {}, {});
  CHECK(as_of.ok());
  const auto suppliers = SuppliersOf(*as_of, "sipri-deals", largest);
  CHECK(suppliers.ok());
  for (const std::string& supplier : *suppliers) {
    prefixes.push_back(
        KeyBuilder(kPlaceRow).Text("sipri-deals").Text(supplier).Text(largest).Take());
  }
  ScanRows(state, prefixes);
}
BENCHMARK(BM_DossierBaselineScan)->Unit(benchmark::kMillisecond);

void BM_Flows(benchmark::State& state, CutAt at) {
  Register& made = Register::Get();
  v1::GetFlowsRequest request;
  request.set_source("sipri-deals");
  request.set_grouping(v1::FLOW_GROUPING_PAIR);
  *request.mutable_read_at() = made.ReadAt(at);
  int64_t records = 0;
  for (auto _ : state) {
    auto as_of = AsOf::Open(made.views(), request.read_at(), {});
    CHECK(as_of.ok()) << as_of.status();
    auto response = GetFlows(*as_of, made.actors(), request);
    CHECK(response.ok()) << response.status();
    records = response->grand_total().records();
  }
  CHECK_EQ(records, static_cast<int64_t>(kRecords));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * records);
}
BENCHMARK_CAPTURE(BM_Flows, Now, CutAt::kNow)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Flows, FirstEditionByPublish, CutAt::kFirstEditionByPublish)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Flows, FirstEditionBySequence, CutAt::kFirstEditionBySequence)
    ->Unit(benchmark::kMillisecond);

void BM_FlowsBaselineScan(benchmark::State& state) {
  ScanRows(state, {KeyBuilder(kPlaceRow).Text("sipri-deals").Take()});
}
BENCHMARK(BM_FlowsBaselineScan)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
