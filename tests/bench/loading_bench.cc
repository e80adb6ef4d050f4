// Loading an edition of 30,000 rows until it is visible: into an empty log, and again as a later
// edition that says the same; against reading and splitting its bytes, and against the log alone
// taking the very same payloads. CPU time is the process's: loading projects, too.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/loader.h"
#include "services/model/actors.h"
#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "storage/log_record.h"
#include "tests/bench/bench_events.h"

namespace dossier {
namespace {

constexpr int kRows = 30'000;
constexpr int kYearsOfDeal = 4;
constexpr const char* kNames[] = {"United States", "Russia", "China",  "France",  "Germany",
                                  "Italy",         "Israel", "India",  "Algeria", "Egypt",
                                  "Brazil",        "Poland", "Norway", "Peru",    "Japan"};

// The bytes of a register exported so many seconds after 10 o'clock.
std::string RegisterExportedAt(int seconds) {
  std::string text = absl::StrCat(
      "Transfers of major conventional arms from All countries  to All countries . Deals with "
      "deliveries made for the year range '1950' to '2023' \n"
      "Source: SIPRI Arms Transfers Database (c) SIPRI.\nData generated: 16 Apr 2024 10:",
      absl::Dec(seconds / 60 % 60, absl::kZeroPad2), ":", absl::Dec(seconds % 60, absl::kZeroPad2),
      " AM\nSIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,"
      "Order date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery "
      "year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,"
      "Local production\n");
  constexpr int kNameCount = std::size(kNames);
  for (int row = 0; row < kRows; ++row) {
    const int deal = row / kYearsOfDeal;
    const int first_year = 1950 + deal % 70;
    absl::StrAppend(&text, 10'000 + deal, ",", kNames[deal * deal % kNameCount % 9], ",",
                    kNames[deal % kNameCount], ",Model-", deal % 500,
                    ",fighter/ground attack aircraft,Aircraft,", first_year - 1, ",Yes,",
                    1 + row % 90, ",No,", first_year + row % kYearsOfDeal, ",Yes,New,12.25,12.25,",
                    (1 + row % 90) * 12, ",No\n");
  }
  return text;
}

// A log, its view with a projector that follows it, and a loader.
class LoadingSystem {
 public:
  LoadingSystem() {
    auto log = OpenEmbeddedLog(dir_.path() + "/log");
    CHECK(log.ok()) << log.status();
    log_ = *std::move(log);
    auto views = Views::Open(dir_.path() + "/view", {});
    CHECK(views.ok()) << views.status();
    views_ = *std::move(views);
    auto projector = Projector::Open(*log_, *views_);
    CHECK(projector.ok()) << projector.status();
    projecting_ = std::jthread([projector = *std::move(projector)](std::stop_token stop) {
      CHECK(projector->Run(stop).ok());
    });
    auto archive = Archive::Open(dir_.path() + "/archive");
    CHECK(archive.ok()) << archive.status();
    archive_ = std::make_unique<Archive>(*std::move(archive));
    ledger_ = std::make_unique<Ledger>(*log_, *views_, LedgerOptions{});
    loader_ = std::make_unique<Loader>(*ledger_, *archive_, EditionFormats(), table_);
  }

  v1::LoadCounts Load(std::string_view bytes) {
    v1::LoadOptions options;
    options.set_file_name("register.csv");
    auto intake = loader_->Begin(options);
    CHECK(intake.ok()) << intake.status();
    CHECK((*intake)->Write(bytes).ok());
    v1::LoadReport report;
    const absl::Status loaded = loader_->Load(
        options, **intake, [](const v1::LoadProgress&) { return absl::OkStatus(); }, report);
    CHECK(loaded.ok()) << loaded;
    return report.edition().counts();
  }

  EventLog& log() { return *log_; }

 private:
  BenchDir dir_;
  const ActorTable table_;
  std::unique_ptr<EventLog> log_;
  std::unique_ptr<Views> views_;
  std::jthread projecting_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Loader> loader_;
};

void ReportRows(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * kRows);
}

void BM_LoadIntoEmpty(benchmark::State& state) {
  const std::string bytes = RegisterExportedAt(0);
  for (auto _ : state) {
    state.PauseTiming();
    auto system = std::make_unique<LoadingSystem>();
    state.ResumeTiming();
    CHECK_EQ(system->Load(bytes).published(), uint64_t{kRows});
    state.PauseTiming();
    system.reset();
    state.ResumeTiming();
  }
  ReportRows(state);
}
BENCHMARK(BM_LoadIntoEmpty)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

void BM_LoadUnchanged(benchmark::State& state) {
  LoadingSystem system;
  CHECK_EQ(system.Load(RegisterExportedAt(0)).published(), uint64_t{kRows});
  int seconds = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const std::string bytes = RegisterExportedAt(++seconds);
    state.ResumeTiming();
    CHECK_EQ(system.Load(bytes).unchanged(), uint64_t{kRows});
  }
  ReportRows(state);
}
BENCHMARK(BM_LoadUnchanged)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

void BM_LoadBaselineSplit(benchmark::State& state) {
  const std::string bytes = RegisterExportedAt(0);
  for (auto _ : state) {
    size_t cells = 0;
    for (size_t at = 0; at < bytes.size();) {
      const size_t line_end = bytes.find('\n', at);
      std::vector<std::string> row;
      for (size_t cell = at; cell <= line_end;) {
        const size_t cell_end = std::min(bytes.find(',', cell), line_end);
        row.push_back(bytes.substr(cell, cell_end - cell));
        cell = cell_end + 1;
      }
      cells += row.size();
      at = line_end + 1;
    }
    benchmark::DoNotOptimize(cells);
  }
  ReportRows(state);
}
BENCHMARK(BM_LoadBaselineSplit)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

// What a load of the register appends.
std::vector<std::string> PayloadsOfLoad() {
  LoadingSystem system;
  system.Load(RegisterExportedAt(0));
  auto reader = system.log().OpenReader(LogPosition{});
  CHECK(reader.ok()) << reader.status();
  std::vector<std::string> payloads;
  for (;;) {
    auto records = (*reader)->Read(kRows, absl::ZeroDuration());
    CHECK(records.ok()) << records.status();
    if (records->empty()) return payloads;
    for (const ReadRecord& record : *records) {
      auto decoded = DecodeLogRecord(record.bytes);
      CHECK(decoded.ok()) << decoded.status();
      payloads.push_back(std::move(decoded->payload));
    }
  }
}

void BM_LoadBaselineLogAlone(benchmark::State& state) {
  const std::vector<std::string> payloads = PayloadsOfLoad();
  for (auto _ : state) {
    state.PauseTiming();
    auto dir = std::make_unique<BenchDir>();
    auto log = OpenEmbeddedLog(dir->path() + "/log");
    CHECK(log.ok()) << log.status();
    auto writer = (*log)->OpenWriter("bench", {});
    CHECK(writer.ok()) << writer.status();
    state.ResumeTiming();
    CHECK((*writer)->Append(payloads).ok());
    state.PauseTiming();
    writer->reset();
    log->reset();
    dir.reset();
    state.ResumeTiming();
  }
  ReportRows(state);
}
BENCHMARK(BM_LoadBaselineLogAlone)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
