// What changed in a register between two editions, over 30,000 records, of which 14,000 differ in a
// flag alone: as much as one edition of SIPRI's really turned over. 1,000 were withdrawn and 1,000
// came.
//
// "FirstPage" scans the register and reads the events of all revisions, to count; "NextPage" goes
// on in the middle. "OfAClass" is a first page that a class filters, "OfAPair" one of two parties.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <string>
#include <vector>

#include "services/model/actors.h"
#include "services/model/event_id.h"
#include "services/query/page_token.h"
#include "services/query/transfer_changes.h"
#include "tests/bench/folded_view.h"

namespace dossier {
namespace {

constexpr size_t kRecords = 31'000;
constexpr size_t kWithdrawn = 1'000;
constexpr size_t kNew = 1'000;
constexpr size_t kFlagged = 14'000;
constexpr int kDaysBetween = 360;

void Sign(v1::Event& event) {
  event.set_content_digest(ContentDigest(event));
  event.set_id(EditionEventId(event.edition_id(), 1, event));
}

class TwoEditions {
 public:
  static TwoEditions& Get() {
    static TwoEditions* made = new TwoEditions();
    return *made;
  }

  v1::ListTransferChangesResponse Ask(const v1::ListTransferChangesRequest& request) {
    auto from = ReadPageToken(request);
    CHECK(from.ok()) << from.status();
    auto as_of = AsOf::Open(view_.views(), request.read_at(), {},
                            from->has_value() ? &(*from)->cut : nullptr);
    CHECK(as_of.ok()) << as_of.status();
    auto response =
        ListTransferChanges(*as_of, actors_, request, from->has_value() ? (*from)->place : "");
    CHECK(response.ok()) << response.status();
    return *std::move(response);
  }

 private:
  TwoEditions() {
    const std::vector<v1::Event> events = MakeTransferEvents(kRecords, 6);
    std::vector<std::string> unit = {EditionPayload(0)};
    for (size_t i = 0; i < kRecords - kNew; ++i) unit.push_back(EventPayload(events[i]));
    view_.FoldUnit(unit);
    unit = {EditionPayload(kDaysBetween)};
    for (size_t i = 0; i < kFlagged + kWithdrawn; ++i) {
      v1::Delivery delivery = events[i].present().transfer().delivery(0);
      v1::Event later = Revise(events[i], kDaysBetween, delivery.number());
      if (i < kWithdrawn) {
        later.mutable_absent();
        later.clear_content_digest();
        later.set_id(EditionEventId(later.edition_id(), 1, later));
      } else {
        delivery.set_number_is_estimate(!delivery.number_is_estimate());
        *later.mutable_present()->mutable_transfer()->mutable_delivery(0) = delivery;
        Sign(later);
      }
      unit.push_back(EventPayload(later));
    }
    for (size_t i = kRecords - kNew; i < kRecords; ++i) {
      const v1::Delivery& delivery = events[i].present().transfer().delivery(0);
      unit.push_back(EventPayload(Revise(events[i], kDaysBetween, delivery.number())));
    }
    view_.FoldUnit(unit);
  }

  FoldedView view_;
  const ActorTable actors_;
};

v1::ListTransferChangesRequest Request() {
  v1::ListTransferChangesRequest request;
  request.set_source("sipri-deals");
  request.mutable_from()->mutable_known_by_date()->set_year(2024);
  return request;
}

void Run(benchmark::State& state, const v1::ListTransferChangesRequest& request) {
  TwoEditions& editions = TwoEditions::Get();
  v1::ListTransferChangesResponse response;
  for (auto _ : state) response = editions.Ask(request);
  state.counters["listed"] = response.change_size();
  for (const v1::VerbCount& count : response.verb_count()) {
    state.counters[v1::Verb_Name(count.verb()).substr(5)] = static_cast<double>(count.count());
  }
}

void BM_TransferChangesFirstPage(benchmark::State& state) { Run(state, Request()); }
BENCHMARK(BM_TransferChangesFirstPage)->Unit(benchmark::kMillisecond);

void BM_TransferChangesLargestPage(benchmark::State& state) {
  v1::ListTransferChangesRequest request = Request();
  request.set_page_size(1'000);
  Run(state, request);
}
BENCHMARK(BM_TransferChangesLargestPage)->Unit(benchmark::kMillisecond);

void BM_TransferChangesNextPage(benchmark::State& state) {
  v1::ListTransferChangesRequest request = Request();
  request.set_page_size(1'000);
  for (int page = 0; page < 7; ++page) {
    request.set_page_token(TwoEditions::Get().Ask(request).next_page_token());
  }
  request.set_page_size(50);
  Run(state, request);
}
BENCHMARK(BM_TransferChangesNextPage)->Unit(benchmark::kMillisecond);

void BM_TransferChangesOfAClass(benchmark::State& state) {
  v1::ListTransferChangesRequest request = Request();
  request.mutable_filter()->add_change_class(v1::CHANGE_CLASS_FLAG);
  request.mutable_filter()->set_no_other_class(true);
  Run(state, request);
}
BENCHMARK(BM_TransferChangesOfAClass)->Unit(benchmark::kMillisecond);

void BM_TransferChangesOfAPair(benchmark::State& state) {
  v1::ListTransferChangesRequest request = Request();
  request.mutable_filter()->add_supplier("USA");
  request.mutable_filter()->add_recipient("IND");
  Run(state, request);
}
BENCHMARK(BM_TransferChangesOfAPair)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
