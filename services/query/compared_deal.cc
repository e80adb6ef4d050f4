#include "services/query/compared_deal.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr int kRecordsShown = 50;

int64_t Sum(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b < 0 ? INT64_MIN : INT64_MAX;
}

}  // namespace

void SourceSum::Add(const HeldTransfer& held, const v1::Transfer& transfer) {
  const v1::TransferRow& row = held.row;
  const bool is_first = sum_.records() == 0;
  sum_.set_records(sum_.records() + 1);
  if (sum_.record_size() < kRecordsShown) sum_.add_record(held.record);
  if (is_first || newest_ < held.version.stamp) {
    newest_ = held.version.stamp;
    sum_.set_designation(transfer.designation());
    supplier_ = transfer.supplier();
    recipient_ = transfer.recipient();
  }
  const uint32_t deal = numbers_.NumberOf(row.deal_id(), held.record);
  if (deal >= deals_.size()) deals_.resize(deal + 1);
  deals_[deal].Add(row, effective_year_);

  if (StandingAt(row, effective_year_) == Standing::kDelivered && row.first_year() != 0) {
    const int first = sum_.first_year();
    sum_.set_first_year(first == 0 ? row.first_year() : std::min(first, row.first_year()));
    sum_.set_last_year(std::max(sum_.last_year(), row.last_year()));
  }
  if (!CountsAsDelivered(row, effective_year_)) return;
  if (row.has_units()) sum_.set_units_delivered(Sum(sum_.units_delivered(), row.units()));
  if (row.has_tiv_delivered_thousandths()) {
    sum_.set_tiv_delivered_thousandths(
        Sum(sum_.tiv_delivered_thousandths(), row.tiv_delivered_thousandths()));
  }
}

v1::Stage SourceSum::Stage() const {
  const v1::Stage first = deals_.empty() ? v1::STAGE_UNSPECIFIED : deals_[0].Stage();
  const bool all_alike =
      std::all_of(deals_.begin(), deals_.end(),
                  [first](const DealUnits& deal) { return deal.Stage() == first; });
  return all_alike ? first : v1::STAGE_PARTLY_DELIVERED;
}

std::optional<int64_t> SourceSum::Units() const {
  if (sum_.has_units_delivered()) return sum_.units_delivered();
  if (Stage() == v1::STAGE_ORDERED) return 0;
  return std::nullopt;
}

void SourceSum::Write(v1::SourceDeal* deal) const {
  *deal = sum_;
  deal->set_stage(Stage());
  for (const DealUnits& units : deals_) {
    if (units.has_ordered) deal->set_number_ordered(Sum(deal->number_ordered(), units.ordered));
  }
}

void DealAcross::Add(const HeldTransfer& held, const v1::Transfer& transfer) {
  sums_.try_emplace(held.source, effective_year_).first->second.Add(held, transfer);
}

bool DealAcross::Differs() const {
  std::optional<int64_t> known;
  bool any_uncounted = false;
  for (const auto& [source, sum] : sums_) {
    const auto units = sum.Units();
    any_uncounted |= !units.has_value();
    if (units.has_value() && known.has_value() && *units != *known) return true;
    if (units.has_value()) known = units;
  }
  return any_uncounted && known == 0;
}

void DealAcross::Write(const std::vector<std::string>& sources, v1::ComparedDeal* deal) const {
  const SourceSum* newest = nullptr;
  for (const auto& [source, sum] : sums_) {
    v1::SourceDeal& of_source = *deal->add_source();
    sum.Write(&of_source);
    of_source.set_source(sources[source]);
    if (newest == nullptr || newest->newest_ < sum.newest_) newest = &sum;
  }
  if (newest == nullptr) return;
  *deal->mutable_supplier() = newest->supplier_;
  *deal->mutable_recipient() = newest->recipient_;
}

}  // namespace dossier
