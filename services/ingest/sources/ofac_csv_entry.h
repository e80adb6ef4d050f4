// What the rows of OFAC's CSV files say: cells into the fields of a sanction. The headings are
// those of OFAC's "Data Formats" page; the files have none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/ofac_csv_row.h"

namespace dossier {

// A file of the family: which part of the entries its rows hold, by their number of columns.
struct OfacCsvLayout {
  v1::SanctionPart part;
  std::string_view key_suffix;  // of records: "7157" + "/addresses"
  std::span<const std::string_view> headings;
  // The columns that no row leaves null beside the first.
  size_t filled_column;
  bool has_own_number;  // rows are numbered within their entry, in column 2
};

// The layout of so many columns; nullptr: none.
const OfacCsvLayout* FindOfacCsvLayout(size_t columns);

// "7157"; nullopt: not 1 to 10 digits that say more than 0.
std::optional<uint64_t> ParseOfacNumber(std::string_view text);

// A programme field, "SDGT] [SYRIA", by its parts; empty ones are left out.
std::vector<std::string> SplitOfacProgrammes(std::string_view field);

// Adds what a row of the layout says to the sanction: nothing about whom it is. `implied_rule`
// (sanction_rules.h) is the measure that being on the list means; empty: none.
void AddOfacRow(const OfacCsvLayout& layout, std::span<const OfacCell> cells,
                std::string_view implied_rule, v1::Sanction& sanction,
                std::vector<std::string>* raw);

}  // namespace dossier
