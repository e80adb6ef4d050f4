// A row of the Design of Trade Agreements database (DESTA), as it is printed. (Dür, Baccini, Elsig:
// The Design of International Trade Agreements: Introducing a New Dataset. Review of International
// Organizations 9, 2014; the project's codebook has the columns.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/sources/csv_records.h"

namespace dossier {

inline constexpr char kDestaSource[] = "desta";
inline constexpr size_t kDestaMembersMax = 91;
inline constexpr size_t kDestaTextBytesMax = 2'000;  // of a cell

// As `entry_type` has them.
enum class DestaEntry {
  kAgreement,  // "base_treaty"
  kProtocol,   // "protocol or amendment"
  kConsolidated,
  kNegotiation,
  kAccession,
  kWithdrawal,
};

// A pair of columns: c1 and mc1.
struct DestaMember {
  int code = 0;             // ISO 3166-1 numeric, or DESTA's own
  std::string printed;      // the same as printed
  std::optional<int> flag;  // 0 to 3; unset: "NA"
};

struct DestaRow {
  std::string number;  // "17", "17+1" (an accession), "22_1" (a withdrawal), "44a" (consolidated)
  std::string base;    // a number
  std::string name;
  DestaEntry entry = DestaEntry::kAgreement;
  std::string entry_type;  // as printed
  int kind = 0;            // `typememb`, 1 to 7
  int year = 0;            // signed; 0: "NA"
  int in_force_year = 0;   // 0: "NA", or before `year`, which cannot be: then among the rest
  std::vector<DestaMember> members;
  std::vector<std::string> rest;  // what has no field above: "language=English"
  uint32_t line = 0;
  uint32_t line_end = 0;

  // What a party did under the base treaty, and no treaty of its own.
  bool IsStep() const {
    return entry == DestaEntry::kAccession || entry == DestaEntry::kWithdrawal;
  }
  // Of a step: whether this member took it. Its flag is the lower one of the two that the row has.
  bool Acts(const DestaMember& member) const;
  // The lowest and the highest flag; unset: no member has one.
  std::optional<int> LowestFlag() const;
  std::optional<int> HighestFlag() const;
};

struct DestaFault {
  size_t column = 0;
  std::string reason;
};

// "number" to "mc91".
std::span<const std::string_view> DestaHeadings();

// Reads a row that has a cell for each heading; the first cell that does not read is the fault.
std::optional<DestaFault> ReadDestaRow(const CsvRecord& printed, DestaRow& row);

}  // namespace dossier
