// What a load of OFAC's SDN list is made of, stage by stage. What the log alone takes, and the
// load as a whole: sanctions_load_bench.cc.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/ingest/comparison.h"
#include "services/ingest/intake.h"
#include "services/ingest/known_editions.h"
#include "services/ingest/unit.h"
#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "tests/bench/lists_files.h"
#include "tests/bench/lists_reading.h"
#include "tests/bench/lists_system.h"

namespace dossier {
namespace {

constexpr uint32_t kShuffleSeed = 4;

void ReportEntries(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * kNewestSdnEntries);
}

// The adapter's records, thrown away; or with what the comparison needs of each.
void BM_SdnRead(benchmark::State& state, bool digest) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  for (auto _ : state) {
    CHECK_EQ(ReadRecords(*bytes, OptionsFor(kNewestSdn, kSdnSource), digest),
             static_cast<size_t>(kNewestSdnEntries));
  }
  ReportEntries(state);
}
BENCHMARK_CAPTURE(BM_SdnRead, AdapterAlone, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_SdnRead, WithDigests, true)->Unit(benchmark::kMillisecond);

// The archive's part of it: hashed, compressed, and (kept) synced to the disk.
void BM_SdnArchive(benchmark::State& state, bool kept) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    const auto archive = Archive::Open(dir->path());
    CHECK(archive.ok()) << archive.status();
    state.ResumeTiming();
    {
      auto spool = archive->NewSpool();
      CHECK(spool.ok() && (*spool)->Write(*bytes).ok() && (*spool)->Digest().ok());
      if (kept) CHECK((*spool)->Keep().ok());
    }
    state.PauseTiming();
    dir.reset();
    state.ResumeTiming();
  }
  ReportEntries(state);
}
BENCHMARK_CAPTURE(BM_SdnArchive, Spooled, false)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_SdnArchive, Kept, true)->UseRealTime()->Unit(benchmark::kMillisecond);

// An edition taken in, and what a comparison of it stands on.
struct TakenIn {
  EditionReading reading;
  v1::EditionLoaded loaded;
  std::vector<v1::Edition> live;

  ComparisonInput Input() const {
    ComparisonInput input;
    input.edition = &loaded;
    input.held = &reading.held;
    input.live = &live;
    return input;
  }
};

EditionReading TakeIn(const ListsSystem& system, std::string_view bytes,
                      const v1::LoadOptions& options) {
  auto intake = EditionIntake::Begin(options, EditionFormats(), ListActors(), system.archive());
  CHECK(intake.ok()) << intake.status();
  const absl::Status written = (*intake)->Write(bytes);
  CHECK(written.ok()) << written;
  auto reading = (*intake)->Finish();
  CHECK(reading.ok()) << reading.status();
  return *std::move(reading);
}

TakenIn TakenInFor(ListsSystem& system, std::string_view bytes, const v1::LoadOptions& options) {
  TakenIn taken{TakeIn(system, bytes, options), {}, {}};
  taken.loaded.set_source(taken.reading.facts.source);
  *taken.loaded.mutable_stamp() = taken.reading.facts.stamp;
  *taken.loaded.mutable_scope() = taken.reading.facts.scope;
  taken.loaded.set_edition_id("0123456789abcdef");
  taken.loaded.set_bytes_digest(taken.reading.bytes_digest);
  taken.loaded.set_file_name(options.file_name());
  taken.loaded.set_adapter_version(taken.reading.format->version);
  taken.loaded.set_load(1);
  auto live = LiveEditions(*system.views().Read(), taken.loaded.source());
  CHECK(live.ok()) << live.status();
  taken.live = *std::move(live);
  return taken;
}

// Archive, adapter, digests, and sorting by key: all that happens while bytes come in.
void BM_SdnIntake(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  const ListsSystem system;
  for (auto _ : state) {
    CHECK_EQ(TakeIn(system, *bytes, OptionsFor(kNewestSdn, kSdnSource)).held.size(),
             static_cast<size_t>(kNewestSdnEntries));
  }
  ReportEntries(state);
}
BENCHMARK(BM_SdnIntake)->UseRealTime()->Unit(benchmark::kMillisecond);

// Against a view that holds nothing.
void BM_SdnCompareNew(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  ListsSystem system;
  const TakenIn taken = TakenInFor(system, *bytes, OptionsFor(kNewestSdn, kSdnSource));
  for (auto _ : state) {
    const auto compared = Compare(system.views(), taken.Input());
    CHECK(compared.ok() && compared->changes.size() == size_t{kNewestSdnEntries});
  }
  ReportEntries(state);
}
BENCHMARK(BM_SdnCompareNew)->Unit(benchmark::kMillisecond);

// Against a view that holds the same in another order.
void BM_SdnCompareUnchanged(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  ListsSystem system;
  const auto loaded = system.Load(*bytes, OptionsFor(kNewestSdn, kSdnSource));
  CHECK(loaded.ok()) << loaded.status();
  const TakenIn taken = TakenInFor(system, ShuffleLines(*bytes, kShuffleSeed),
                                   OptionsFor(kNewestSdn, kSdnSource, "2025-02-23"));
  for (auto _ : state) {
    const auto compared = Compare(system.views(), taken.Input());
    CHECK(compared.ok() && compared->changes.empty());
  }
  ReportEntries(state);
}
BENCHMARK(BM_SdnCompareUnchanged)->Unit(benchmark::kMillisecond);

// The payloads of the unit, from the comparison's outcome.
void BM_SdnBuildUnit(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  ListsSystem system;
  const TakenIn taken = TakenInFor(system, *bytes, OptionsFor(kNewestSdn, kSdnSource));
  const auto compared = Compare(system.views(), taken.Input());
  CHECK(compared.ok()) << compared.status();
  v1::LogEntry opening;
  *opening.mutable_edition_loaded() = taken.loaded;
  for (auto _ : state) {
    const auto payloads =
        UnitBuilder(system.views(), system.archive(), EditionFormats(), ListActors(), [] {
          return absl::OkStatus();
        }).Build(opening, compared->changes);
    CHECK(payloads.ok() && payloads->size() == size_t{kNewestSdnEntries} + 1);
  }
  ReportEntries(state);
}
BENCHMARK(BM_SdnBuildUnit)->Unit(benchmark::kMillisecond);

// From a log that holds the unit to a view that shows it.
void BM_SdnProject(benchmark::State& state) {
  const auto bytes = ReadList(kNewestSdn, state);
  if (!bytes.has_value()) return;
  std::vector<std::string> payloads;
  {
    ListsSystem system;
    CHECK(system.Load(*bytes, OptionsFor(kNewestSdn, kSdnSource)).ok());
    payloads = system.Payloads();
  }
  const BenchDir log_dir;
  const auto log = OpenEmbeddedLog(log_dir.path() + "/log");
  CHECK(log.ok()) << log.status();
  const auto writer = (*log)->OpenWriter("bench", {});
  CHECK(writer.ok() && (*writer)->Append(payloads).ok());
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    auto views = Views::Open(dir->path() + "/view", {});
    CHECK(views.ok()) << views.status();
    auto projector = Projector::Open(**log, **views);
    CHECK(projector.ok()) << projector.status();
    state.ResumeTiming();
    CHECK((*projector)->CatchUp().ok());
    state.PauseTiming();
    projector->reset();
    views->reset();
    dir.reset();
    state.ResumeTiming();
  }
  ReportEntries(state);
}
BENCHMARK(BM_SdnProject)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
