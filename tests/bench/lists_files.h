// The publishers' own lists, read where they stand beside the project, for what made-up ones cannot
// show. They belong to their publishers and are no part of it: without them a benchmark is skipped.
#pragma once

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/v1/ingest_service.pb.h"

namespace dossier {

// OFAC's primary records, in the order of publication.
inline constexpr std::array kSdnEditions = {
    "us_ofac_sdn_2019-01-15.csv",       "us_ofac_sdn_2021-04-25.csv",
    "us_ofac_sdn_2021-07-07.csv",       "us_ofac_sdn_2021-08-18.csv",
    "us_ofac_sdn_2022-02-17.csv",       "us_ofac_sdn_2022-02-23T0152Z.csv",
    "us_ofac_sdn_2022-02-23T1846Z.csv", "us_ofac_sdn_2022-02-24.csv",
    "us_ofac_sdn_2022-02-25.csv",       "us_ofac_sdn_2022-02-26.csv",
    "us_ofac_sdn_2022-02-28.csv",       "us_ofac_sdn_2022-03-24.csv",
    "us_ofac_sdn_2022-04-08.csv",       "us_ofac_sdn_2022-04-11.csv",
    "us_ofac_sdn_2023-06-29.csv",       "us_ofac_sdn_2024-01-08.csv",
    "us_ofac_sdn_2024-02-20.csv",       "us_ofac_sdn_2024-02-23.csv"};
inline constexpr const char* kNewestSdn = kSdnEditions.back();
inline constexpr int64_t kNewestSdnEntries = 14'484;
inline constexpr char kSdnSource[] = "ofac-sdn";

// Where a list of that name stands.
std::string ListPath(std::string_view name);

// A file's bytes; nullopt: it is not there.
std::optional<std::string> ReadFile(const std::string& path);

// A list's bytes; nullopt, and the benchmark is skipped with a message: it is not there.
std::optional<std::string> ReadList(std::string_view name, benchmark::State& state);

// The same lines in an order that hangs on the seed alone; what follows the last line end stays
// there.
std::string ShuffleLines(std::string_view bytes, uint32_t seed);

v1::LoadOptions OptionsFor(std::string_view file_name, std::string_view source = "",
                           std::string_view publish_date = "");

}  // namespace dossier
