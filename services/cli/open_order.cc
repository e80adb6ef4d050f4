#include "services/cli/open_order.h"

#include <algorithm>
#include <iterator>

#include "services/cli/editions.h"
#include "services/model/transfers.h"

namespace dossier {
namespace {

constexpr OrderFacts kOrderFacts[] = {
    {"sipri-deals",
     "no record can be an open order: a row for each delivery, and never what was ordered", false},
    {"sipri-orders",
     "an order not delivered in full is open; how many were delivered it never says", false},
    {"sipri-register", "a row for each deal, with what was ordered and what was delivered", true},
    {"sipri-register-rtf", "a row for each deal, with what was ordered and what was delivered",
     true},
};

}  // namespace

const OrderFacts* OrderFactsOf(std::string_view source) {
  const auto* facts = std::find_if(std::begin(kOrderFacts), std::end(kOrderFacts),
                                   [&](const OrderFacts& one) { return one.source == source; });
  return facts == std::end(kOrderFacts) ? nullptr : facts;
}

OpenOrder::OpenOrder(const v1::TransferRecord& of, const std::vector<v1::Edition>& live)
    : record(of) {
  const v1::Transfer& transfer = record.transfer();
  // What a later year delivers has not come at an effective date.
  const bool none_yet = record.stage() == v1::STAGE_ORDERED;
  const OrderFacts* facts = OrderFactsOf(record.source());
  int64_t units = 0;
  if (none_yet && (transfer.delivery_size() > 0 || (facts != nullptr && facts->tells_of_none))) {
    delivered = 0;
  } else if (!none_yet && UnitsOf(transfer, &units)) {
    delivered = units;
  }
  if (transfer.has_number_ordered() && delivered.has_value()) {
    outstanding = transfer.number_ordered() - *delivered;
  }
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (none_yet || delivery.year().empty()) continue;
    const int last = *delivery.year().rbegin();
    if (last > last_delivery_year) last_year_is_estimate = false;
    last_year_is_estimate |= last >= last_delivery_year && delivery.year_is_estimate();
    last_delivery_year = std::max(last_delivery_year, last);
  }
  const v1::Edition* last = LastToReport(live, record);
  last_reported = last != nullptr ? last->loaded().stamp() : record.stamp();
  // Of an edition that only adds, silence says nothing either way.
  outside_newest = last != nullptr && last != &live.back() &&
                   !live.back().loaded().scope().additions_only();
}

}  // namespace dossier
