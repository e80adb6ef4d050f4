// Small editions of the 16-column register, written by hand and read with the adapter.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/ingest/sources/sipri_register_csv.h"
#include "tests/ingest/table_reading.h"

namespace dossier {

inline constexpr char kTitle[] =
    "Transfers of major conventional arms from All countries  to All countries . Deals with "
    "deliveries made for the year range 'Not specified' to 'Not specified' \n";
inline constexpr char kGenerated[] = "Data generated: 13 Mar 2025 10:02:49 AM\n";
inline constexpr char kHeader[] =
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon "
    "description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI "
    "TIV for total order,SIPRI TIV of delivered weapons\n";
inline constexpr char kRow[] =
    "Peru,Brazil,1999,?,8,?,Trainer-1,trainer aircraft,6,?,2000; 2001,New,Two versions,0.9,7.2,"
    "5.4\n";
// Another row, so that the first can be rejected and the edition still has a record.
inline constexpr char kGoodRow[] =
    "Norway,Sweden,2003,,2,,Boat-2,patrol craft,1,,2004,New,,12.3,24.6,12.3\n";

inline std::string Edition(const std::string& rows) {
  return absl::StrCat(kTitle, kGenerated, kHeader, rows);
}

inline TableReading Read(std::string_view bytes, size_t chunk_size = 1 << 20) {
  return ReadTable(SipriRegisterCsvFormat(), bytes, chunk_size);
}

inline std::string With(const std::string& text, const std::string& from, const std::string& to) {
  EXPECT_THAT(text, testing::HasSubstr(from));
  return absl::StrReplaceAll(text, {{from, to}});
}

inline std::string Slice(const std::string& name) {
  std::ifstream file(DOSSIER_SOURCE_DIR "/tests/testdata/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_THAT(bytes.str(), testing::Not(testing::IsEmpty())) << name;
  return bytes.str();
}

enum class Lines { kAreTold, kAreNot };

inline std::vector<std::string> Contents(const TableReading& reading,
                                         Lines lines = Lines::kAreTold) {
  std::vector<std::string> contents;
  for (const EditionRecord& record : reading.records) {
    contents.push_back(absl::StrCat(record.key, " ", record.present.ShortDebugString()));
    for (const std::string& raw : record.raw) absl::StrAppend(&contents.back(), " ", raw);
    if (lines == Lines::kAreNot) continue;
    absl::StrAppend(&contents.back(), " ", record.line, "-", record.line_end);
  }
  return contents;
}

}  // namespace dossier
