// Loading OFAC's whole SDN list, as published, until it is visible.
//
// Each round also takes the time of the baseline, so that both meet the same machine. `share` is
// the rate of the load beside that of the baseline, `times` how many times as long it takes; both
// of medians, of time on the wall, and for `_cpu` of the whole process.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/line_splitter.h"
#include "storage/embedded_log.h"
#include "tests/bench/lists_files.h"
#include "tests/bench/lists_system.h"
#include "tests/bench/lists_timing.h"

namespace dossier {
namespace {

constexpr uint32_t kShuffleSeed = 4;

ListsSystem::Outcome MustLoad(ListsSystem& system, std::string_view bytes,
                              const v1::LoadOptions& options) {
  auto outcome = system.Load(bytes, options);
  CHECK(outcome.ok()) << options.file_name() << ": " << outcome.status();
  return *std::move(outcome);
}

Elapsed AppendAlone(const std::vector<std::string>& payloads) {
  const BenchDir dir;
  auto log = OpenEmbeddedLog(dir.path() + "/log");
  CHECK(log.ok()) << log.status();
  auto writer = (*log)->OpenWriter("bench", {});
  CHECK(writer.ok()) << writer.status();
  const Stopwatch watch;
  CHECK((*writer)->Append(payloads).ok());
  return watch.Read();
}

// Against the log alone, appending the same payloads as one unit.
void BM_LoadSdnIntoEmpty(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  std::vector<std::string> payloads;
  ElapsedSamples visible;
  ElapsedSamples appended;
  ElapsedSamples alone;
  for (auto _ : state) {
    ListsSystem system;
    const auto outcome = MustLoad(system, *bytes, OptionsFor(kNewestSdn, kSdnSource));
    CHECK_EQ(outcome.report.edition().counts().published(), uint64_t{kNewestSdnEntries});
    visible.Add(outcome.until_visible);
    appended.Add(*outcome.until_appended);
    state.SetIterationTime(outcome.until_visible.wall_ms / 1e3);
    if (payloads.empty()) payloads = system.Payloads();
    alone.Add(AppendAlone(payloads));
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * kNewestSdnEntries);
  state.counters["visible_ms"] = visible.wall_ms.Median();
  state.counters["appended_ms"] = appended.wall_ms.Median();
  state.counters["log_alone_ms"] = alone.wall_ms.Median();
  state.counters["share"] = alone.wall_ms.Median() / visible.wall_ms.Median();
  state.counters["share_cpu"] = alone.cpu_ms.Median() / visible.cpu_ms.Median();
  state.counters["share_appended"] = alone.wall_ms.Median() / appended.wall_ms.Median();
}
BENCHMARK(BM_LoadSdnIntoEmpty)->UseManualTime()->Iterations(9)->Unit(benchmark::kMillisecond);

Elapsed ReadAndSplit(const std::string& path) {
  const Stopwatch watch;
  const auto bytes = ReadFile(path);
  CHECK(bytes.has_value()) << path;
  LineSplitter lines;
  CellSplitter cells;
  size_t count = 0;
  const auto visit = [&](const Line& line) {
    if (!cells.Split(line.text).has_value()) count += cells.cells().size();
    return absl::OkStatus();
  };
  CHECK(lines.Feed(*bytes, visit).ok() && lines.Finish(visit).ok());
  CHECK_GE(count, static_cast<size_t>(kNewestSdnEntries));
  return watch.Read();
}

// An edition of another day that says the same in another order, against reading the file from the
// disk and splitting it into cells.
void BM_LoadSdnShuffled(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  ListsSystem system;
  MustLoad(system, *bytes, OptionsFor(kNewestSdn, kSdnSource));
  const std::string shuffled = ShuffleLines(*bytes, kShuffleSeed);
  ElapsedSamples loads;
  ElapsedSamples splits;
  int year = 2024;
  for (auto _ : state) {
    const std::string day = absl::StrCat(++year, "-02-23");
    const auto outcome = MustLoad(system, shuffled, OptionsFor(kNewestSdn, kSdnSource, day));
    CHECK_EQ(outcome.report.edition().counts().unchanged(), uint64_t{kNewestSdnEntries});
    loads.Add(outcome.until_visible);
    state.SetIterationTime(outcome.until_visible.wall_ms / 1e3);
    splits.Add(ReadAndSplit(ListPath(kNewestSdn)));
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * kNewestSdnEntries);
  state.counters["load_ms"] = loads.wall_ms.Median();
  state.counters["split_ms"] = splits.wall_ms.Median();
  state.counters["times"] = loads.wall_ms.Median() / splits.wall_ms.Median();
  state.counters["times_cpu"] = loads.cpu_ms.Median() / splits.cpu_ms.Median();
}
BENCHMARK(BM_LoadSdnShuffled)->UseManualTime()->Iterations(15)->Unit(benchmark::kMillisecond);

// All editions, oldest first.
void BM_LoadSdnEditions(benchmark::State& state) {
  std::vector<std::string> editions;
  for (const char* name : kSdnEditions) {
    auto bytes = ReadList(name, state);
    if (!bytes.has_value()) return;
    editions.push_back(*std::move(bytes));
  }
  int64_t read = 0;
  int64_t events = 0;
  ElapsedSamples loads;
  for (auto _ : state) {
    ListsSystem system;
    const Stopwatch watch;
    for (size_t i = 0; i < editions.size(); ++i) {
      const auto outcome = MustLoad(system, editions[i], OptionsFor(kSdnEditions[i], kSdnSource));
      const v1::LoadCounts& counts = outcome.report.edition().counts();
      read += static_cast<int64_t>(counts.read());
      events += static_cast<int64_t>(counts.published() + counts.absent());
    }
    loads.Add(watch.Read());
    state.SetIterationTime(watch.Read().wall_ms / 1e3);
  }
  state.SetItemsProcessed(read);
  state.counters["events"] = static_cast<double>(events / state.iterations());
  state.counters["seconds"] = loads.wall_ms.Median() / 1e3;
  state.counters["seconds_cpu"] = loads.cpu_ms.Median() / 1e3;
}
BENCHMARK(BM_LoadSdnEditions)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
