// An open order as its source reports it, and what is worked out beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dossier/v1/query_service.pb.h"
#include "services/cli/transfer_cells.h"

namespace dossier {

// What the layout of a source lets it say of orders: from the head of its adapter.
struct OrderFacts {
  std::string_view source;
  std::string_view words;  // for people
  // Whether a record without a delivery says that nothing was delivered.
  bool tells_of_none = false;
};
// Null: not known; it reports what it reports.
const OrderFacts* OrderFactsOf(std::string_view source);

struct OpenOrder {
  // `live`: the live editions of its source, oldest first. Both must outlive it.
  OpenOrder(const v1::TransferRecord& record, const std::vector<v1::Edition>& live);

  bool IsEstimate() const {
    return record.transfer().number_ordered_is_estimate() ||
           AnyNumberIsEstimate(record.transfer());
  }

  const v1::TransferRecord& record;
  // Unset where the source does not give it; outstanding: where it does not give both.
  std::optional<int64_t> delivered;
  std::optional<int64_t> outstanding;
  int last_delivery_year = 0;
  bool last_year_is_estimate = false;
  // Of the last edition to hold it, which can be later than the one that its words are from.
  v1::PublishStamp last_reported;
  // It is held only because the newest edition does not cover it.
  bool outside_newest = false;
};

}  // namespace dossier
