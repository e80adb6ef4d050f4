#include "services/query/measures.h"

#include <limits>

namespace dossier {
namespace {

int64_t Sum(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b < 0 ? std::numeric_limits<int64_t>::min() : std::numeric_limits<int64_t>::max();
}

}  // namespace

Standing StandingAt(const v1::TransferRow& row, int effective_year) {
  if (row.order_year() > effective_year) return Standing::kNotYet;
  if (row.stage() == v1::STAGE_ORDERED) return Standing::kOrdered;
  if (row.first_year() <= effective_year) return Standing::kDelivered;
  return row.order_year() == 0 ? Standing::kNotYet : Standing::kOrdered;
}

void AddRow(const v1::TransferRow& row, bool delivered, v1::Measures* measures) {
  measures->set_records(measures->records() + 1);
  if (row.estimated()) measures->set_records_estimated(measures->records_estimated() + 1);
  if (!delivered) return;
  const int64_t tiv = row.tiv_delivered_thousandths();
  measures->set_tiv_thousandths(Sum(measures->tiv_thousandths(), tiv));
  if (row.estimated()) {
    measures->set_tiv_estimated_thousandths(Sum(measures->tiv_estimated_thousandths(), tiv));
  }
  measures->set_units(Sum(measures->units(), row.units()));
  if (!row.has_tiv_delivered_thousandths()) {
    measures->set_records_without_tiv(measures->records_without_tiv() + 1);
  }
  if (!row.has_units()) {
    measures->set_records_without_number(measures->records_without_number() + 1);
  }
}

void AddMeasures(const v1::Measures& part, v1::Measures* sum) {
  sum->set_tiv_thousandths(Sum(sum->tiv_thousandths(), part.tiv_thousandths()));
  sum->set_tiv_estimated_thousandths(
      Sum(sum->tiv_estimated_thousandths(), part.tiv_estimated_thousandths()));
  sum->set_records(sum->records() + part.records());
  sum->set_records_estimated(sum->records_estimated() + part.records_estimated());
  sum->set_units(Sum(sum->units(), part.units()));
  sum->set_records_without_tiv(sum->records_without_tiv() + part.records_without_tiv());
  sum->set_records_without_number(sum->records_without_number() + part.records_without_number());
}

uint32_t DealSet::NumberOf(std::string_view deal_id, std::string_view record) {
  // A deal number and a record's key are kept apart by what follows them.
  key_.assign(deal_id.empty() ? record : deal_id);
  key_.push_back(deal_id.empty() ? '\1' : '\0');
  return numbers_.try_emplace(key_, static_cast<uint32_t>(numbers_.size())).first->second;
}

}  // namespace dossier
