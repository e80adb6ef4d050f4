// One record with half a million corrections, at every kind of cut, beside the same with five
// hundred: what is asked must not care.
//
// Backdated corrections come newest first: each that arrives was published an hour before the last.
// A cut by publish time, or by sequence, lies in the middle of them; one by both at the middle by
// publish time, and a thousandth of them before the end by sequence, as a page token pins it. A
// receipt is a cut by both where corrections come in the order of publication: by the newest
// publish time, at the middle by sequence, so that half of them were published in time and came too
// late.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/model/actors.h"
#include "services/query/dossier.h"
#include "services/query/history.h"
#include "storage/timeline.h"
#include "tests/bench/folded_view.h"

namespace dossier {
namespace {

constexpr int64_t kNewest = 1'900'000'000;
constexpr int64_t kHour = 3'600;
constexpr size_t kAtOnce = 50'000;
constexpr int kFew = 500;
constexpr int kMany = 500'000;

enum class CutBy { kNothing, kPublish, kSequence, kBoth, kReceipt };

class CorrectedRecord {
 public:
  // Built once for each number of corrections and order of arrival.
  static CorrectedRecord& Get(int64_t corrections, CutBy by) {
    static auto* made = new std::map<std::pair<int64_t, bool>, CorrectedRecord>();
    const bool in_order = by == CutBy::kReceipt;
    return made->try_emplace({corrections, in_order}, corrections, in_order).first->second;
  }

  CorrectedRecord(int64_t corrections, bool in_order) : corrections_(corrections) {
    v1::Event event = MakeTransferEvents(1, 3)[0];
    record_ = event.record();
    supplier_ = event.present().transfer().supplier().id();
    std::vector<std::string> unit;
    for (int64_t i = 0; i < corrections; ++i) {
      event = Revise(event, 0, 1 + i);
      const int64_t age = in_order ? corrections - 1 - i : i;
      event.mutable_stamp()->mutable_time()->set_seconds(kNewest - age * kHour);
      unit.push_back(EventPayload(event));
      if (unit.size() < kAtOnce && i + 1 < corrections) continue;
      last_sequence_ = view_.FoldEach(unit);
      unit.clear();
    }
  }

  Views& views() { return view_.views(); }
  const ActorTable& actors() const { return actors_; }
  const std::string& record() const { return record_; }
  const std::string& supplier() const { return supplier_; }

  v1::ReadAt ReadAt(CutBy by) const {
    v1::ReadAt read_at;
    v1::Cut& cut = *read_at.mutable_cut();
    if (by == CutBy::kPublish || by == CutBy::kBoth) {
      cut.mutable_known_by_time()->set_seconds(kNewest - corrections_ / 2 * kHour);
    }
    if (by == CutBy::kReceipt) cut.mutable_known_by_time()->set_seconds(kNewest);
    if (by == CutBy::kSequence || by == CutBy::kReceipt) {
      cut.set_sequence(last_sequence_ - corrections_ / 2);
    }
    if (by == CutBy::kBoth) cut.set_sequence(last_sequence_ - corrections_ / 1'000 - 1);
    return read_at;
  }

 private:
  const int64_t corrections_;
  FoldedView view_;
  const ActorTable actors_;
  std::string record_;
  std::string supplier_;
  uint64_t last_sequence_ = 0;
};

void BM_LatestAt(benchmark::State& state, CutBy by) {
  CorrectedRecord& made = CorrectedRecord::Get(state.range(0), by);
  auto as_of = AsOf::Open(made.views(), made.ReadAt(by), {});
  CHECK(as_of.ok()) << as_of.status();
  for (auto _ : state) {
    auto latest = LatestAt(as_of->rows(), "sipri-deals", made.record(), as_of->known());
    CHECK(latest.ok() && latest->has_value()) << latest.status();
  }
}

void BM_HistoryPage(benchmark::State& state, CutBy by) {
  CorrectedRecord& made = CorrectedRecord::Get(state.range(0), by);
  v1::GetHistoryRequest request;
  *request.mutable_read_at() = made.ReadAt(by);
  request.set_source("sipri-deals");
  request.set_record(made.record());
  for (auto _ : state) {
    auto as_of = AsOf::Open(made.views(), request.read_at(), {});
    CHECK(as_of.ok()) << as_of.status();
    auto page = GetHistory(*as_of, request, "");
    CHECK(page.ok()) << page.status();
    CHECK_EQ(page->version_size(), 100);
  }
}

void BM_DossierOfCorrected(benchmark::State& state, CutBy by) {
  CorrectedRecord& made = CorrectedRecord::Get(state.range(0), by);
  v1::GetDossierRequest request;
  *request.mutable_read_at() = made.ReadAt(by);
  request.set_actor(made.supplier());
  for (auto _ : state) {
    auto as_of = AsOf::Open(made.views(), request.read_at(), {});
    CHECK(as_of.ok()) << as_of.status();
    auto response = GetDossier(*as_of, made.actors(), request);
    CHECK(response.ok()) << response.status();
    CHECK_EQ(response->dossier(0).source(0).as_supplier().total().records(), 1);
  }
}

#define AT_EVERY_CUT(name)                                                      \
  BENCHMARK_CAPTURE(name, Now, CutBy::kNothing)->Arg(kFew)->Arg(kMany);         \
  BENCHMARK_CAPTURE(name, ByPublish, CutBy::kPublish)->Arg(kFew)->Arg(kMany);   \
  BENCHMARK_CAPTURE(name, BySequence, CutBy::kSequence)->Arg(kFew)->Arg(kMany); \
  BENCHMARK_CAPTURE(name, ByBoth, CutBy::kBoth)->Arg(kFew)->Arg(kMany);         \
  BENCHMARK_CAPTURE(name, Receipt, CutBy::kReceipt)->Arg(kFew)->Arg(kMany)
AT_EVERY_CUT(BM_LatestAt);
AT_EVERY_CUT(BM_HistoryPage);
AT_EVERY_CUT(BM_DossierOfCorrected);

}  // namespace
}  // namespace dossier
