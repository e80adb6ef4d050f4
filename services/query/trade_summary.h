// One direction of an actor's transfers in one source, summed up.
//
//   TradeSum sum(Direction::kAsSupplier, as_of->effective_year());
//   sum.Add(placed);                                  // each record that holds at the cut
//   sum.Finish(last_year, dossier.mutable_as_supplier());
//
// Records that are ordered and not delivered count as records and deals, in the total and with
// their partner and category; only deliveries have TIV, units and years. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/query_service.pb.h"
#include "services/query/deal_units.h"
#include "services/query/measures.h"
#include "services/query/place_scan.h"

namespace dossier {

enum class Direction { kAsSupplier, kAsRecipient };

class TradeSum {
 public:
  TradeSum(Direction direction, int effective_year)
      : direction_(direction), effective_year_(effective_year) {}

  void Add(const PlacedTransfer& placed);

  // Whether anything was added that has happened by the effective date.
  bool empty() const { return total_.records() == 0; }
  // The latest year of any delivery added; 0: none.
  int newest_year() const { return newest_year_; }

  // Whether the deal of a record that was added is ordered and not, or partly, delivered: as its
  // records are, all taken together.
  bool IsOpenDeal(const std::string& deal_id, std::string_view record);

  // Writes the summary; the last five years end with `last_year` (0: they are left out).
  void Finish(int last_year, v1::TradeSummary* summary);

 private:
  struct Partner {
    v1::PartnerMeasures measures;
    StampKey named;  // when the name was published
    uint32_t cell = 0;
  };
  struct Cell {
    v1::Measures measures;
    uint32_t number = 0;
  };
  // Deliveries of one span of years, with their deals.
  struct Span {
    v1::Measures measures;
    uint32_t cell = 0;
    std::vector<uint32_t> deals;  // of its records, each once
  };

  void AddTo(uint32_t cell, uint32_t deal, const v1::TransferRow& row, bool delivered,
             v1::Measures* measures);
  void AddToPartner(const PlacedTransfer& placed, uint32_t deal, bool delivered);
  void FinishFiveYears(int last_year, v1::TradeSummary* summary);
  void FinishPartners(v1::TradeSummary* summary);
  void FinishCategories(v1::TradeSummary* summary);

  const Direction direction_;
  const int effective_year_;
  v1::Measures total_;
  int newest_year_ = 0;
  absl::flat_hash_map<std::string, Partner> partners_;  // by actor id
  absl::flat_hash_map<std::string, Cell> categories_;
  std::map<std::pair<int, int>, Span> spans_;  // by first and last year
  DealSet deals_;
  std::vector<DealUnits> deal_units_;  // by the deal's number
  uint32_t next_cell_ = 0;             // of partners, categories and spans
};

}  // namespace dossier
