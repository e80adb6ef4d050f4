#include "services/cli/transfer_cells.h"

#include <algorithm>
#include <cstdint>

#include "services/cli/numbers.h"
#include "services/model/dates.h"
#include "services/model/transfers.h"

namespace dossier {
namespace {

std::string Number(int64_t number, bool grouped) {
  return grouped ? Grouped(number) : std::to_string(number);
}

bool AnyDelivery(const v1::Transfer& transfer, bool (v1::Delivery::*is_so)() const) {
  return std::any_of(transfer.delivery().begin(), transfer.delivery().end(),
                     [is_so](const v1::Delivery& delivery) { return (delivery.*is_so)(); });
}

}  // namespace

std::string OrderedCell(const v1::Transfer& transfer, bool mark) {
  if (!transfer.has_number_ordered()) return "";
  return Number(transfer.number_ordered(), mark) +
         (mark && transfer.number_ordered_is_estimate() ? "?" : "");
}

std::string DeliveredCell(const v1::Transfer& transfer, bool mark) {
  int64_t units = 0;
  if (!UnitsOf(transfer, &units)) return "";
  return Number(units, mark) + (mark && AnyNumberIsEstimate(transfer) ? "?" : "");
}

std::string OrderDateCell(const v1::Transfer& transfer, bool mark) {
  return PrintDate(transfer.order_date()) +
         (mark && transfer.order_date_is_estimate() ? "?" : "");
}

std::string DeliveryYearsCell(const v1::Transfer& transfer, bool mark) {
  std::string years;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (delivery.year().empty()) continue;
    if (!years.empty()) years += "; ";
    years += delivery.years_are_span()
                 ? PrintYears(*delivery.year().begin(), *delivery.year().rbegin())
                 : PrintYears(delivery.year());
    if (mark && delivery.year_is_estimate()) years += "?";
  }
  return years;
}

std::string StageCell(v1::Stage stage) { return Words(v1::Stage_Name(stage), "STAGE_"); }

bool AnyNumberIsEstimate(const v1::Transfer& transfer) {
  return AnyDelivery(transfer, &v1::Delivery::number_is_estimate);
}

bool AnyYearIsEstimate(const v1::Transfer& transfer) {
  return AnyDelivery(transfer, &v1::Delivery::year_is_estimate);
}

std::string YesOrNo(bool is_so) { return is_so ? "yes" : "no"; }

}  // namespace dossier
