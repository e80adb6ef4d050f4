// Ties over gRPC in the same process, at random days from 1950 to 2024, over all treaty
// collections, both halves of the arms register and the database of sanctions between states:
// percentiles over single answers.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "dossier/v1/ties_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/process.h"
#include "services/query/ties_service.h"
#include "services/query/unary_calls.h"
#include "tests/bench/lists_files.h"
#include "tests/bench/lists_system.h"
#include "tests/bench/lists_timing.h"

namespace dossier {
namespace {

constexpr uint32_t kDaySeed = 7;
constexpr char kData[] = DOSSIER_SOURCE_DIR "/../shared/data/";

struct File {
  std::string path;
  std::string publish_date;
};

std::vector<File> FilesOfTies() {
  std::vector<File> files = {
      {"transfers/sipri_register_17col_id_1950-1989_2024-04-16.csv", ""},
      {"transfers/sipri_register_17col_id_1990-2023_2024-04-13.csv", ""},
      {"treaties/gsdb_v4_cases.csv", "2024-01-01"},
      {"treaties/untc_index_2015.csv", "2015-03-14"},
      {"treaties/atop_4.01_member_level.csv", "2019-01-01"},
      {"treaties/atop_4.01_alliance_level.csv", "2019-01-01"},
      {"treaties/cow_alliances_4.1_directed_dyads.csv", "2013-01-01"},
      {"treaties/desta_agreements.csv", "2021-01-01"},
  };
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(kData) + "treaties/untc_2015", error)) {
    files.push_back({"treaties/untc_2015/" + entry.path().filename().string(), "2015-03-14"});
  }
  std::sort(files.begin() + 8, files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

class ServedTies {
 public:
  // Null, and the benchmark is skipped with a message: files are missing.
  static ServedTies* Get(benchmark::State& state) {
    static auto& made = *new std::unique_ptr<ServedTies>(Make());
    if (made == nullptr) state.SkipWithError("the treaties, transfers or sanctions are not there");
    return made.get();
  }

  v1::TiesService::StubInterface& stub() { return *stub_; }

 private:
  ServedTies() : calls_(system_.views()), service_(calls_, ListActors()) {}

  static std::unique_ptr<ServedTies> Make() {
    auto made = std::unique_ptr<ServedTies>(new ServedTies);
    for (const File& file : FilesOfTies()) {
      const auto bytes = ReadFile(kData + file.path);
      if (!bytes.has_value()) return nullptr;
      const std::string name = std::filesystem::path(file.path).filename().string();
      v1::LoadOptions options = OptionsFor(name, "", file.publish_date);
      options.set_accept_rejected(true);
      const auto loaded = made->system_.Load(*bytes, options);
      CHECK(loaded.ok()) << file.path << ": " << loaded.status();
    }
    ServerOptions options;
    options.listen = "";
    auto server = RunningServer::Start(options, {&made->service_});
    CHECK(server.ok()) << server.status();
    made->server_ = *std::move(server);
    made->stub_ = v1::TiesService::NewStub(made->server_->InProcessChannel());
    return made;
  }

  ListsSystem system_;
  UnaryCalls calls_;
  TiesServiceImpl service_;
  std::unique_ptr<RunningServer> server_;
  std::unique_ptr<v1::TiesService::StubInterface> stub_;
};

class RandomDays {
 public:
  v1::Date Next() {
    const absl::CivilDay first(1950, 1, 1);
    const absl::CivilDay last(2024, 12, 31);
    const absl::CivilDay day = first + static_cast<int64_t>(random_() % (last - first));
    v1::Date date;
    date.set_year(static_cast<int32_t>(day.year()));
    date.set_month(day.month());
    date.set_day(day.day());
    return date;
  }

 private:
  std::mt19937 random_{kDaySeed};
};

void ReportPercentiles(benchmark::State& state, const ElapsedSamples& samples) {
  state.counters["p50_ms"] = samples.wall_ms.Median();
  state.counters["p99_ms"] = samples.wall_ms.At(0.99);
  state.counters["p50_cpu_ms"] = samples.cpu_ms.Median();
  state.counters["p99_cpu_ms"] = samples.cpu_ms.At(0.99);
}

void BM_Tie(benchmark::State& state, const char* a, const char* b) {
  ServedTies* ties = ServedTies::Get(state);
  if (ties == nullptr) return;
  RandomDays days;
  ElapsedSamples samples;
  int64_t treaties = 0;
  for (auto _ : state) {
    v1::GetTieRequest request;
    request.set_a(a);
    request.set_b(b);
    *request.mutable_read_at()->mutable_cut()->mutable_effective_date() = days.Next();
    v1::GetTieResponse response;
    grpc::ClientContext context;
    const Stopwatch watch;
    const grpc::Status status = ties->stub().GetTie(&context, request, &response);
    samples.Add(watch.Read());
    CHECK(status.ok()) << status.error_message();
    for (const v1::SourceTie& part : response.tie().source()) treaties += part.treaty_size();
  }
  ReportPercentiles(state, samples);
  state.counters["treaties"] =
      benchmark::Counter(static_cast<double>(treaties), benchmark::Counter::kAvgIterations);
}
#define TIE_AT_DAY(name, a, b)        \
  BENCHMARK_CAPTURE(BM_Tie, name, a, b) \
      ->UseRealTime()                   \
      ->Iterations(500)                 \
      ->Unit(benchmark::kMillisecond)
TIE_AT_DAY(UsaRus, "state:USA", "state:RUS");
TIE_AT_DAY(UsaFra, "state:USA", "state:FRA");
TIE_AT_DAY(RusChn, "state:RUS", "state:CHN");

void BM_TiesOfFour(benchmark::State& state) {
  ServedTies* ties = ServedTies::Get(state);
  if (ties == nullptr) return;
  RandomDays days;
  ElapsedSamples samples;
  for (auto _ : state) {
    v1::GetTiesRequest request;
    for (const char* actor : {"state:CHN", "state:RUS", "state:IRN", "state:PRK"}) {
      request.add_actor(actor);
    }
    *request.mutable_read_at()->mutable_cut()->mutable_effective_date() = days.Next();
    v1::GetTiesResponse response;
    grpc::ClientContext context;
    const Stopwatch watch;
    const grpc::Status status = ties->stub().GetTies(&context, request, &response);
    samples.Add(watch.Read());
    CHECK(status.ok()) << status.error_message();
  }
  ReportPercentiles(state, samples);
}
BENCHMARK(BM_TiesOfFour)->UseRealTime()->Iterations(200)->Unit(benchmark::kMillisecond);

void BM_TieChangesOfFour(benchmark::State& state) {
  ServedTies* ties = ServedTies::Get(state);
  if (ties == nullptr) return;
  ElapsedSamples samples;
  for (auto _ : state) {
    v1::ListTieChangesRequest request;
    for (const char* actor : {"state:CHN", "state:RUS", "state:IRN", "state:PRK"}) {
      request.add_actor(actor);
    }
    request.mutable_from()->mutable_effective_date()->set_year(2018);
    request.mutable_read_at()->mutable_cut()->mutable_effective_date()->set_year(2023);
    v1::ListTieChangesResponse response;
    grpc::ClientContext context;
    const Stopwatch watch;
    const grpc::Status status = ties->stub().ListTieChanges(&context, request, &response);
    samples.Add(watch.Read());
    CHECK(status.ok()) << status.error_message();
  }
  ReportPercentiles(state, samples);
}
BENCHMARK(BM_TieChangesOfFour)->UseRealTime()->Iterations(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
