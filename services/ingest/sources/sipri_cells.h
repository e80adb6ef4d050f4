// The cells of a row in any layout of SIPRI's register of arms transfers: years, numbers, TIVs,
// conditions and names are written alike in all of them.
//
// A row may span lines. What is wrong is told with the line within the row, from 1, which whoever
// knows where the row begins makes the file's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/actor.pb.h"
#include "dossier/v1/ingest_service.pb.h"
#include "dossier/v1/transfer.pb.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/model/actors.h"

namespace dossier {

inline constexpr int kSipriYearMin = 1900;
inline constexpr int kSipriYearMax = 2100;

// Digits only, at most 18 of them, and at least one.
std::optional<int64_t> SipriDigits(std::string_view text);
// Four digits, within the years above.
std::optional<int> SipriYear(std::string_view text);

// A rejection of what stands at an offset of a row, under a heading; empty: of no column.
v1::Rejection RejectSipriRow(std::string_view row, size_t offset, std::string_view heading,
                             std::string reason);

// What is wrong with a row that has not as many cells as there are headings: what is missing, or
// what is too much.
v1::Rejection RejectSipriWidth(std::string_view row, const std::vector<Cell>& cells,
                               std::span<const std::string_view> headings);

// The cells of one row, read from left to right up to the first that is wrong: of that one the
// rejection tells, and what is read of it and behind it is of no use. An empty cell is nullopt.
class SipriCells {
 public:
  // All must outlive it. There are as many cells as headings.
  SipriCells(std::string_view row, const std::vector<Cell>& cells,
             std::span<const std::string_view> headings)
      : row_(row), cells_(cells), headings_(headings) {}

  // Blanks, tabs and line ends at both ends removed.
  std::string_view Text(size_t column) const;
  std::string_view Required(size_t column);
  std::optional<int> Year(size_t column, bool required);
  // A whole number of 0 to 1,000,000,000.
  std::optional<int64_t> Number(size_t column);
  // In thousandths; exact.
  std::optional<int64_t> Tiv(size_t column);
  // "New", "Second hand", "Second hand but modernized".
  v1::Condition Condition(size_t column);

  void Fail(size_t column, std::string reason);
  std::optional<v1::Rejection> fault() && { return std::move(fault_); }

 private:
  std::string_view row_;
  const std::vector<Cell>& cells_;
  std::span<const std::string_view> headings_;
  std::optional<v1::Rejection> fault_;
};

// Resolves the names of a register's parties, and remembers those that it has met. One thread at a
// time.
class SipriParties {
 public:
  // `table` must outlive it.
  SipriParties(const ActorTable& table, std::string_view source) : table_(table), source_(source) {}

  void Set(std::string_view name, v1::ActorRef& actor);

 private:
  const ActorTable& table_;
  const std::string source_;
  absl::flat_hash_map<std::string, std::string> id_of_name_;  // at most kNamesMax
};

}  // namespace dossier
