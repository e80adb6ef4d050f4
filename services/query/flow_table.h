// The cells of a table of flows: who delivered how much to whom in which years.
//
//   FlowTable table(request);
//   table.Add(placed);        // each record that holds at the cut and passes the filter
//   table.Fill(&response);    // rows, totals, shares
//
// A record goes into the cell of its own years: a single year, or the window that holds all of
// them. A number over several years that fits no window has a cell with its own span, and is never
// split. Deliveries whose year is not given stand under the years 0 to 0. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/query_service.pb.h"
#include "services/query/measures.h"
#include "services/query/place_scan.h"

namespace dossier {

class FlowTable {
 public:
  // `request` is valid (flows.cc checks it) and must outlive the table.
  explicit FlowTable(const v1::GetFlowsRequest& request);

  void Add(const PlacedTransfer& placed);

  void Fill(v1::GetFlowsResponse* response) const;

 private:
  using Span = std::pair<int32_t, int32_t>;
  struct CellKey {
    uint32_t supplier;  // index into actors_, or kNobody
    uint32_t recipient;
    Span years;

    bool operator==(const CellKey&) const = default;
    template <typename H>
    friend H AbslHashValue(H h, const CellKey& key) {
      return H::combine(std::move(h), key.supplier, key.recipient, key.years);
    }
  };
  struct Actor {
    std::string id;
    std::string name;
    StampKey named = {};  // when the name was published
  };

  Span CellYears(const v1::TransferRow& row) const;
  uint32_t ActorNumber(std::string_view id, const std::string& name, const StampKey& stamp);
  uint32_t CellNumber(const CellKey& key);
  void AddTo(uint32_t cell, uint32_t deal, const v1::TransferRow& row);
  bool RowBefore(uint32_t a, uint32_t b) const;
  void FillRow(uint32_t cell, v1::FlowRow* row) const;

  const v1::GetFlowsRequest& request_;
  bool by_supplier_;
  bool by_recipient_;
  std::vector<Actor> actors_;
  const Actor nobody_;  // orders before all others
  absl::flat_hash_map<std::string, uint32_t> actor_numbers_;
  // Cells, totals of a span (nobody on either side), and the grand total, which is cell 0 and whose
  // deals are all that deals_ has numbered.
  std::vector<CellKey> keys_;
  std::vector<v1::Measures> cells_;
  absl::flat_hash_map<CellKey, uint32_t> cell_numbers_;
  DealSet deals_;
};

}  // namespace dossier
