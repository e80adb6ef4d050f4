// Projecting a log into the views, against RocksDB alone writing the very same rows.
#include <benchmark/benchmark.h>
#include <glog/logging.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <filesystem>

#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "storage/views.h"
#include "tests/bench/bench_events.h"

namespace dossier {
namespace {

constexpr size_t kEvents = 100'000;
constexpr size_t kUnit = 10'000;
constexpr size_t kHeadUnit = 1'000;

using Rows = std::vector<std::pair<std::string, std::string>>;

// A log of kEvents in units, and the rows that its projection has.
struct Sample {
  BenchDir dir;
  std::unique_ptr<EventLog> log;
  Rows rows;

  static const Sample& Get() {
    static Sample* sample = new Sample();
    return *sample;
  }

 private:
  Sample() {
    auto opened = OpenEmbeddedLog(dir.path() + "/log");
    CHECK(opened.ok()) << opened.status();
    log = *std::move(opened);
    auto writer = log->OpenWriter("bench", {});
    CHECK(writer.ok()) << writer.status();
    std::vector<std::string> unit;
    for (const v1::Event& event : MakeTransferEvents(kEvents, 1)) {
      unit.push_back(EventPayload(event));
      if (unit.size() < kUnit) continue;
      CHECK((*writer)->Append(unit).ok());
      unit.clear();
    }
    auto views = Views::Open(dir.path() + "/rows", {});
    CHECK(views.ok()) << views.status();
    auto projector = Projector::Open(*log, **views);
    CHECK(projector.ok() && (*projector)->CatchUp().ok());
    auto cursor = (*views)->Read();
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
      rows.emplace_back(cursor->key(), cursor->value());
    }
  }
};

void ReportEvents(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kEvents));
}

void BM_CatchUp(benchmark::State& state) {
  const Sample& sample = Sample::Get();
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    auto views = Views::Open(dir->path() + "/view", {});
    CHECK(views.ok());
    auto projector = Projector::Open(*sample.log, **views);
    CHECK(projector.ok());
    state.ResumeTiming();
    CHECK((*projector)->CatchUp().ok());
    state.PauseTiming();
    projector->reset();
    views->reset();
    dir.reset();
    state.ResumeTiming();
  }
  ReportEvents(state);
}
BENCHMARK(BM_CatchUp)->Unit(benchmark::kMillisecond);

std::unique_ptr<rocksdb::DB> OpenRaw(const std::string& path) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.write_buffer_size = 16 << 20;
  rocksdb::DB* db = nullptr;
  CHECK(rocksdb::DB::Open(options, path, &db).ok());
  return std::unique_ptr<rocksdb::DB>(db);
}

void BM_CatchUpBaselineSortedFiles(benchmark::State& state) {
  const Sample& sample = Sample::Get();
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    auto db = OpenRaw(dir->path() + "/raw");
    state.ResumeTiming();
    rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), db->GetOptions());
    const std::string file = dir->path() + "/rows.sst";
    CHECK(writer.Open(file).ok());
    for (const auto& [key, value] : sample.rows) CHECK(writer.Put(key, value).ok());
    CHECK(writer.Finish().ok());
    CHECK(db->IngestExternalFile({file}, {}).ok());
    state.PauseTiming();
    db.reset();
    dir.reset();
    state.ResumeTiming();
  }
  ReportEvents(state);
}
BENCHMARK(BM_CatchUpBaselineSortedFiles)->Unit(benchmark::kMillisecond);

void BM_AtHead(benchmark::State& state) {
  const auto events = MakeTransferEvents(kEvents, 1);
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    auto log = OpenEmbeddedLog(dir->path() + "/log");
    auto views = Views::Open(dir->path() + "/view", {});
    CHECK(log.ok() && views.ok());
    auto writer = (*log)->OpenWriter("bench", {});
    auto projector = Projector::Open(**log, **views);
    CHECK(writer.ok() && projector.ok());
    std::vector<std::string> unit;
    for (const v1::Event& event : events) {
      unit.push_back(EventPayload(event));
      if (unit.size() < kHeadUnit) continue;
      CHECK((*writer)->Append(unit).ok());
      unit.clear();
      state.ResumeTiming();
      CHECK((*projector)->CatchUp().ok());
      state.PauseTiming();
    }
    projector->reset();
    views->reset();
    writer->reset();
    log->reset();
    dir.reset();
    state.ResumeTiming();
  }
  ReportEvents(state);
}
BENCHMARK(BM_AtHead)->Unit(benchmark::kMillisecond);

// The same rows in batches of as many events, sorted within each batch.
void BM_AtHeadBaselineWriteBatch(benchmark::State& state) {
  const Sample& sample = Sample::Get();
  const size_t batches = kEvents / kHeadUnit;
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    auto db = OpenRaw(dir->path() + "/raw");
    state.ResumeTiming();
    for (size_t batch_number = 0; batch_number < batches; ++batch_number) {
      rocksdb::WriteBatch batch;
      for (size_t i = batch_number; i < sample.rows.size(); i += batches) {
        CHECK(batch.Put(sample.rows[i].first, sample.rows[i].second).ok());
      }
      CHECK(db->Write({}, &batch).ok());
    }
    state.PauseTiming();
    db.reset();
    dir.reset();
    state.ResumeTiming();
  }
  ReportEvents(state);
}
BENCHMARK(BM_AtHeadBaselineWriteBatch)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
