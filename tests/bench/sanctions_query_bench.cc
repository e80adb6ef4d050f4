// Questions about sanctions over gRPC in the same process, at random days over OFAC's 18 editions
// of the SDN list and the newest edition of each other list: percentiles over single answers.
//
// A search is timed until its first page is full or nothing is left: a page that ended early, since
// it had read enough, is followed by the next.
#include <benchmark/benchmark.h>
#include <glog/logging.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/process.h"
#include "services/query/sanctions_service.h"
#include "services/query/unary_calls.h"
#include "tests/bench/lists_files.h"
#include "tests/bench/lists_system.h"
#include "tests/bench/lists_timing.h"

namespace dossier {
namespace {

constexpr uint32_t kDaySeed = 5;
constexpr int kPageHits = 20;
constexpr int kPagesMax = 1'000;

struct ListFile {
  const char* name;
  const char* source;
  const char* publish_date = "";
};

// Beside OFAC's SDN editions. The addresses and aliases of the newest of these are of January 2024.
constexpr ListFile kOtherLists[] = {
    {"us_ofac_add_2024-01-08.csv", kSdnSource},
    {"us_ofac_alt_2024-01-08.csv", kSdnSource},
    {"us_ofac_cons_prim_2025-12-19.csv", "ofac-consolidated"},
    {"us_ofac_cons_add_2025-12-19.csv", "ofac-consolidated"},
    {"us_ofac_cons_alt_2025-12-19.csv", "ofac-consolidated"},
    {"un_sc_consolidated_2025-04-19.xml", ""},
    {"uk_ofsi_sanctionsconlist_2018-04-13.csv", ""},
    {"uk_ofsi_conlist_2025-04-10.xlsx", ""},
    {"eu_fsf_v1.0_excerpt_2016-02-11.xml", ""},
    {"eu_oj_consolidated_32014R0269_2026-08-14.csv", ""},
    {"ca_sema_2025-05-25.xml", ""},
};

// What reads often have: commonest words, alone and in pairs, whole names in another order,
// beginnings, identifiers, and what is on no list.
constexpr std::array kTexts = {"company",
                               "limited",
                               "al",
                               "mohammed",
                               "bank",
                               "trading llc",
                               "ali",
                               "ali hassan",
                               "de",
                               "la",
                               "the",
                               "of",
                               "abu",
                               "muhammad",
                               "ahmad",
                               "general",
                               "a",
                               "m",
                               "joint",
                               "joint stock company",
                               "co ltd",
                               "company limited",
                               "bank of",
                               "of the",
                               "al al",
                               "abd al",
                               "khan",
                               "ivanov",
                               "mohammad ali",
                               "vladimir",
                               "vladimirovich",
                               "islamic republic of iran",
                               "shipping lines",
                               "russian",
                               "oao",
                               "ooo",
                               "comp",
                               "moham",
                               "trad",
                               "internat",
                               "ministry of def",
                               "9187629",
                               "IR0123456789",
                               "A1234567",
                               "QDi.430",
                               "1",
                               "19",
                               "xqzvw",
                               "no such party anywhere",
                               "zzz company",
                               "limited xqzvw"};

// All lists, served.
class ServedLists {
 public:
  // Null, and the benchmark is skipped with a message: files are missing.
  static ServedLists* Get(benchmark::State& state) {
    static auto& made = *new std::unique_ptr<ServedLists>(Make(state));
    if (made == nullptr) state.SkipWithError("the lists are not there");
    return made.get();
  }

  v1::SanctionsService::StubInterface& stub() { return *stub_; }

 private:
  ServedLists() : calls_(system_.views()), service_(calls_, ListActors()) {}

  static std::unique_ptr<ServedLists> Make(benchmark::State& state) {
    auto made = std::unique_ptr<ServedLists>(new ServedLists);
    for (const char* name : kSdnEditions) {
      if (!made->Load({name, kSdnSource}, state)) return nullptr;
    }
    for (const ListFile& file : kOtherLists) {
      if (!made->Load(file, state)) return nullptr;
    }
    ServerOptions options;
    options.listen = "";
    auto server = RunningServer::Start(options, {&made->service_});
    CHECK(server.ok()) << server.status();
    made->server_ = *std::move(server);
    made->stub_ = v1::SanctionsService::NewStub(made->server_->InProcessChannel());
    return made;
  }

  bool Load(const ListFile& file, benchmark::State& state) {
    const auto bytes = ReadList(file.name, state);
    if (!bytes.has_value()) return false;
    v1::LoadOptions options = OptionsFor(file.name, file.source, file.publish_date);
    options.set_accept_rejected(true);
    options.set_accept_ending(true);
    const auto loaded = system_.Load(*bytes, options);
    CHECK(loaded.ok()) << file.name << ": " << loaded.status();
    return true;
  }

  ListsSystem system_;
  UnaryCalls calls_;
  SanctionsServiceImpl service_;
  std::unique_ptr<RunningServer> server_;
  std::unique_ptr<v1::SanctionsService::StubInterface> stub_;
};

// Days from the first edition's to a week after the last one's.
class RandomDays {
 public:
  v1::Date Next() {
    const absl::CivilDay first(2019, 1, 15);
    const absl::CivilDay last(2024, 3, 1);
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

// On the wall; and of the process, which what else the machine does cannot lengthen.
void ReportPercentiles(benchmark::State& state, const ElapsedSamples& samples) {
  state.counters["p50_ms"] = samples.wall_ms.Median();
  state.counters["p99_ms"] = samples.wall_ms.At(0.99);
  state.counters["p50_cpu_ms"] = samples.cpu_ms.Median();
  state.counters["p99_cpu_ms"] = samples.cpu_ms.At(0.99);
}

void BM_ListAtDay(benchmark::State& state, const v1::EntryFilter& filter) {
  ServedLists* lists = ServedLists::Get(state);
  if (lists == nullptr) return;
  RandomDays days;
  ElapsedSamples samples;
  uint64_t entries = 0;
  for (auto _ : state) {
    v1::ListEntriesRequest request;
    request.set_source(kSdnSource);
    *request.mutable_filter() = filter;
    *request.mutable_read_at()->mutable_cut()->mutable_known_by_date() = days.Next();
    v1::ListEntriesResponse response;
    grpc::ClientContext context;
    const Stopwatch watch;
    const grpc::Status status = lists->stub().ListEntries(&context, request, &response);
    samples.Add(watch.Read());
    CHECK(status.ok()) << status.error_message();
    entries += response.count();
  }
  ReportPercentiles(state, samples);
  state.counters["entries"] =
      benchmark::Counter(static_cast<double>(entries), benchmark::Counter::kAvgIterations);
}

v1::EntryFilter OfProgramme(const char* programme) {
  v1::EntryFilter filter;
  filter.add_programme(programme);
  return filter;
}

v1::EntryFilter OfCountry(const char* country) {
  v1::EntryFilter filter;
  filter.add_country(country);
  return filter;
}

#define LIST_AT_DAY(name, filter, times)        \
  BENCHMARK_CAPTURE(BM_ListAtDay, name, filter) \
      ->UseRealTime()                           \
      ->Iterations(times)                       \
      ->Unit(benchmark::kMillisecond)
LIST_AT_DAY(All, v1::EntryFilter(), 2'000);
LIST_AT_DAY(Programme, OfProgramme("SDGT"), 200);
LIST_AT_DAY(RareProgramme, OfProgramme("DARFUR"), 200);
LIST_AT_DAY(Country, OfCountry("state:RUS"), 200);

class EmptyService : public v1::SanctionsService::CallbackService {
 public:
  grpc::ServerUnaryReactor* ListEntries(grpc::CallbackServerContext* context,
                                        const v1::ListEntriesRequest*,
                                        v1::ListEntriesResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

void BM_ListBaselineEmptyHandler(benchmark::State& state) {
  EmptyService service;
  ServerOptions options;
  options.listen = "";
  const auto server = RunningServer::Start(options, {&service});
  CHECK(server.ok()) << server.status();
  const auto stub = v1::SanctionsService::NewStub((*server)->InProcessChannel());
  ElapsedSamples samples;
  for (auto _ : state) {
    v1::ListEntriesResponse response;
    grpc::ClientContext context;
    const Stopwatch watch;
    CHECK(stub->ListEntries(&context, {}, &response).ok());
    samples.Add(watch.Read());
  }
  ReportPercentiles(state, samples);
}
BENCHMARK(BM_ListBaselineEmptyHandler)->UseRealTime()->Unit(benchmark::kMillisecond);

// Pages until so many hits are there, or no page is left.
struct Found {
  int hits = 0;
  int pages = 0;
};

Found SearchFor(v1::SanctionsService::StubInterface& stub, v1::SearchRequest request) {
  Found found;
  do {
    v1::SearchResponse response;
    grpc::ClientContext context;
    const grpc::Status status = stub.Search(&context, request, &response);
    CHECK(status.ok()) << request.text() << ": " << status.error_message();
    found.hits += response.hit_size();
    ++found.pages;
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty() && found.hits < kPageHits && found.pages < kPagesMax);
  return found;
}

// Every text in turn, now or at random days.
void BM_SearchByName(benchmark::State& state, bool at_days) {
  ServedLists* lists = ServedLists::Get(state);
  if (lists == nullptr) return;
  RandomDays days;
  ElapsedSamples all;
  std::array<Samples, kTexts.size()> of_text;
  int64_t hits = 0;
  int64_t pages = 0;
  size_t next = 0;
  for (auto _ : state) {
    const size_t text = next++ % kTexts.size();
    v1::SearchRequest request;
    request.set_text(kTexts[text]);
    if (at_days) *request.mutable_read_at()->mutable_cut()->mutable_known_by_date() = days.Next();
    const Stopwatch watch;
    const Found found = SearchFor(lists->stub(), request);
    const Elapsed elapsed = watch.Read();
    all.Add(elapsed);
    of_text[text].Add(elapsed.cpu_ms);
    hits += found.hits;
    pages += found.pages;
  }
  ReportPercentiles(state, all);
  const auto slowest =
      std::max_element(of_text.begin(), of_text.end(),
                       [](const Samples& a, const Samples& b) { return a.Median() < b.Median(); });
  state.SetLabel(absl::StrCat("slowest \"", kTexts[slowest - of_text.begin()],
                              "\": ", slowest->Median(), " ms of CPU"));
  const auto searches = static_cast<double>(state.iterations());
  state.counters["hits"] = static_cast<double>(hits) / searches;
  state.counters["pages"] = static_cast<double>(pages) / searches;
}
BENCHMARK_CAPTURE(BM_SearchByName, Now, false)
    ->UseRealTime()
    ->Iterations(40 * kTexts.size())
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_SearchByName, AtDays, true)
    ->UseRealTime()
    ->Iterations(40 * kTexts.size())
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier
