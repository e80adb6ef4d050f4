// Lists in XML through their adapters, into records with digests, against the parsing library alone
// with handlers that do nothing. `share` is the adapter's rate beside that, of medians, of time on
// the wall, and for `_cpu` of the process.
#include <benchmark/benchmark.h>
#include <glog/logging.h>
#include <libxml/parser.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/bench/lists_files.h"
#include "tests/bench/lists_reading.h"
#include "tests/bench/lists_timing.h"

namespace dossier {
namespace {

constexpr size_t kPieceBytes = 64 << 10;

Elapsed ParseAlone(std::string_view bytes) {
  const Stopwatch watch;
  xmlSAXHandler sax = {};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int,
                          const xmlChar**, int, int, const xmlChar**) {};
  sax.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  sax.characters = [](void*, const xmlChar*, int) {};
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
      xmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr), xmlFreeParserCtxt);
  CHECK(parser != nullptr);
  xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET);
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPieceBytes);
    CHECK_EQ(xmlParseChunk(parser.get(), piece.data(), static_cast<int>(piece.size()), 0), 0);
    bytes.remove_prefix(piece.size());
  }
  CHECK_EQ(xmlParseChunk(parser.get(), nullptr, 0, 1), 0);
  return watch.Read();
}

void BM_ReadXml(benchmark::State& state, const char* name) {
  const auto bytes = ReadList(name, state);
  if (!bytes.has_value()) return;
  const v1::LoadOptions options = OptionsFor(name);
  if (FormatOf(*bytes, options) == nullptr) return state.SkipWithError("no adapter reads it");
  ElapsedSamples adapter;
  ElapsedSamples parser;
  size_t records = 0;
  for (auto _ : state) {
    const Stopwatch watch;
    records = ReadRecords(*bytes, options, /*digest=*/true);
    adapter.Add(watch.Read());
    state.SetIterationTime(watch.Read().wall_ms / 1e3);
    parser.Add(ParseAlone(*bytes));
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * bytes->size()));
  state.counters["records"] = static_cast<double>(records);
  state.counters["adapter_cpu_ms"] = adapter.cpu_ms.Median();
  state.counters["parser_cpu_ms"] = parser.cpu_ms.Median();
  state.counters["share_cpu"] = parser.cpu_ms.Median() / adapter.cpu_ms.Median();
  state.counters["share"] = parser.wall_ms.Median() / adapter.wall_ms.Median();
}
#define READ_XML(list, file)                \
  BENCHMARK_CAPTURE(BM_ReadXml, list, file) \
      ->UseManualTime()                     \
      ->Iterations(41)                      \
      ->Unit(benchmark::kMillisecond)
READ_XML(Un, "un_sc_consolidated_2025-04-19.xml");
READ_XML(OfacConsolidated, "us_ofac_consolidated_2025-03-28.xml");
READ_XML(OfacEnhanced, "us_ofac_enhanced_irgc_2024-08-28.xml");
READ_XML(Eu, "eu_fsf_v1.0_excerpt_2016-02-11.xml");
READ_XML(Ca, "ca_sema_2025-05-25.xml");

}  // namespace
}  // namespace dossier
