// Adding transfers up: what counts of a record at an effective date, and sums of TIV, units,
// records and distinct deals.
//
// An effective date limits the world, by years, since that is what registers give:
//   - a record ordered in a later year is left out;
//   - deliveries that begin in a later year have not happened: the record is an order, and is left
//     out if it states no order year;
//   - deliveries over several years count in sums once their last year has come.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/view_rows.pb.h"

namespace dossier {

enum class Standing {
  kNotYet,     // nothing of it has happened
  kOrdered,    // ordered; no delivery
  kDelivered,  // at least the first delivery
};

// How a record stands at the end of a year (INT_MAX: all that is reported).
Standing StandingAt(const v1::TransferRow& row, int effective_year);

// Whether its deliveries count in sums.
inline bool CountsAsDelivered(const v1::TransferRow& row, int effective_year) {
  return StandingAt(row, effective_year) == Standing::kDelivered &&
         row.last_year() <= effective_year;
}

// Adds a record: its TIV and units only if `delivered`; a missing TIV or number is counted only
// where there should be one. Sums stop at the largest int64. Deals are counted by DealSet.
void AddRow(const v1::TransferRow& row, bool delivered, v1::Measures* measures);

// Adds one sum to another, all but the deals.
void AddMeasures(const v1::Measures& part, v1::Measures* sum);

// Gives each deal of one source a small number, and says which was not yet seen in a cell.
class DealSet {
 public:
  // A record without a deal number is a deal of its own.
  uint32_t NumberOf(std::string_view deal_id, std::string_view record);
  // So many deals have a number: all that were asked for.
  int64_t size() const { return static_cast<int64_t>(numbers_.size()); }
  // True at the first time.
  bool Insert(uint32_t cell, uint32_t deal) {
    return seen_.insert(uint64_t{cell} << 32 | deal).second;
  }

 private:
  absl::flat_hash_map<std::string, uint32_t> numbers_;
  absl::flat_hash_set<uint64_t> seen_;
  std::string key_;  // reused
};

}  // namespace dossier
