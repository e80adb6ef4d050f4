// Rows of the Design of Trade Agreements database, written and read.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/ingest/sources/desta_csv.h"
#include "services/ingest/sources/desta_row.h"
#include "services/model/dates.h"
#include "tests/ingest/table_reading.h"

namespace dossier {

inline std::string DestaHeader() {
  std::string header =
      R"("number";"base_treaty";"name";"entry_type";"consolidated";"year";"entryforceyear";)"
      R"("language";"typememb";"regioncon";"wto_listed";"wto_name")";
  for (const char* prefix : {"c", "mc"}) {
    for (size_t i = 1; i <= kDestaMembersMax; ++i) absl::StrAppend(&header, ";\"", prefix, i, "\"");
  }
  return header + "\n";
}

// 91 cells: those given, and NA.
inline std::string DestaCells(std::string_view cells) {
  std::vector<std::string> all = absl::StrSplit(absl::string_view(cells.data(), cells.size()), ' ');
  all.resize(kDestaMembersMax, "NA");
  return absl::StrJoin(all, ";");
}

// A row of two states without sides, where nothing else is said.
struct DestaExample {
  std::string number;
  std::string base;
  std::string entry = "base_treaty";
  std::string year = "1990";
  std::string in_force = "NA";
  std::string kind = "1";
  std::string codes = "250 276";
  std::string flags = "0 0";
  std::string name = "Examples";

  std::string Print() const {
    return absl::StrCat("\"", number, "\";", base, ";\"", name, "\";\"", entry, "\";0;", year, ";",
                        in_force, ";\"English\";", kind, ";\"Europe\";1;\"Examples of Trade\";",
                        DestaCells(codes), ";", DestaCells(flags), "\n");
  }
};

inline std::string DestaRows(const std::vector<DestaExample>& rows) {
  std::string text;
  for (const DestaExample& row : rows) text += row.Print();
  return text;
}

inline TableReading ReadDesta(const std::vector<DestaExample>& rows, size_t chunk_size = 61) {
  return ReadTable(DestaCsvFormat(), DestaHeader() + DestaRows(rows), chunk_size);
}

inline const v1::Treaty& DestaTreaty(const TableReading& reading, std::string_view key) {
  for (const EditionRecord& record : reading.records) {
    if (record.key == key) return record.present.treaty();
  }
  ADD_FAILURE() << "no record " << key;
  return v1::Treaty::default_instance();
}

// "state:FRA/2 SIGNATURE 1990" for side 2.
inline std::vector<std::string> DestaParties(const TableReading& reading, std::string_view key) {
  std::vector<std::string> parties;
  for (const v1::TreatyParty& party : DestaTreaty(reading, key).party()) {
    std::string& text = parties.emplace_back(absl::StrCat(party.party().id(), "/", party.side()));
    for (const v1::TreatyAct& act : party.act()) {
      absl::StrAppend(&text, " ", v1::ActKind_Name(act.kind()).substr(9), " ",
                      PrintDate(act.date()));
    }
  }
  return parties;
}

inline const std::vector<std::string>& DestaRaw(const TableReading& reading, std::string_view key) {
  for (const EditionRecord& record : reading.records) {
    if (record.key == key) return record.raw;
  }
  static const auto& none = *new std::vector<std::string>();
  return none;
}

// A region of France and Germany, and Algeria.
inline const DestaExample kRegionAndState = {.number = "21",
                                             .base = "21",
                                             .kind = "3",
                                             .codes = "12 250 276",
                                             .flags = "0 1 1"};
// France and Germany; Fiji and Papua New Guinea.
inline const DestaExample kTwoRegions = {.number = "31",
                                         .base = "31",
                                         .kind = "4",
                                         .codes = "242 598 250 276 380",
                                         .flags = "2 2 3 3 3"};

}  // namespace dossier
