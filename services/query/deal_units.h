// How far a deal has come at an effective date, as all its records of one source say together.
#pragma once

#include <algorithm>
#include <cstdint>

#include "dossier/v1/transfer.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/measures.h"

namespace dossier {

struct DealUnits {
  // Over the records whose deliveries count in sums (measures.h); at most INT64_MAX.
  int64_t delivered = 0;
  // The largest: where a deal has several records, each repeats the number of the whole deal.
  int64_t ordered = 0;
  bool has_ordered = false;
  bool has_uncounted_delivery = false;
  bool any_delivery = false;
  // Deliveries over several years have begun, and their last year has not come.
  bool is_under_way = false;

  void Add(const v1::TransferRow& row, int effective_year) {
    if (row.has_number_ordered()) {
      has_ordered = true;
      ordered = std::max(ordered, row.number_ordered());
    }
    if (!CountsAsDelivered(row, effective_year)) {
      is_under_way |= StandingAt(row, effective_year) == Standing::kDelivered;
      return;
    }
    any_delivery = true;
    has_uncounted_delivery |= row.has_uncounted_delivery();
    if (__builtin_add_overflow(delivered, row.units(), &delivered)) delivered = INT64_MAX;
  }

  v1::Stage Stage() const {
    if (is_under_way) return v1::STAGE_PARTLY_DELIVERED;
    if (!any_delivery) return v1::STAGE_ORDERED;
    const bool partly = has_ordered && !has_uncounted_delivery && delivered < ordered;
    return partly ? v1::STAGE_PARTLY_DELIVERED : v1::STAGE_DELIVERED;
  }

  // Ordered and not, or partly, delivered.
  bool IsOpen() const { return Stage() != v1::STAGE_DELIVERED; }
};

}  // namespace dossier
