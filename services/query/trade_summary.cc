#include "services/query/trade_summary.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace dossier {
namespace {

constexpr int kYearsSummed = 5;
constexpr size_t kPartnersMax = 1000;

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

void TradeSum::AddTo(uint32_t cell, uint32_t deal, const v1::TransferRow& row, bool delivered,
                     v1::Measures* measures) {
  AddRow(row, delivered, measures);
  if (deals_.Insert(cell, deal)) measures->set_deals(measures->deals() + 1);
}

void TradeSum::Add(const PlacedTransfer& placed) {
  const v1::TransferRow& row = placed.row;
  if (StandingAt(row, effective_year_) == Standing::kNotYet) return;
  const bool delivered = CountsAsDelivered(row, effective_year_);
  const uint32_t deal = deals_.NumberOf(row.deal_id(), placed.record);
  AddRow(row, delivered, &total_);
  AddToPartner(placed, deal, delivered);
  if (deal >= deal_units_.size()) deal_units_.resize(deal + 1);
  deal_units_[deal].Add(row, effective_year_);

  auto [category, new_category] = categories_.try_emplace(row.category());
  if (new_category) category->second.number = next_cell_++;
  AddTo(category->second.number, deal, row, delivered, &category->second.measures);

  if (!delivered) return;
  newest_year_ = std::max(newest_year_, row.last_year());
  auto [span, new_span] = spans_.try_emplace({row.first_year(), row.last_year()});
  if (new_span) span->second.cell = next_cell_++;
  AddRow(row, delivered, &span->second.measures);
  if (deals_.Insert(span->second.cell, deal)) span->second.deals.push_back(deal);
}

void TradeSum::AddToPartner(const PlacedTransfer& placed, uint32_t deal, bool delivered) {
  const v1::TransferRow& row = placed.row;
  const bool sells = direction_ == Direction::kAsSupplier;
  const std::string_view id = sells ? placed.recipient : placed.supplier;
  const std::string& name = sells ? row.recipient_name() : row.supplier_name();
  auto [found, is_new] = partners_.try_emplace(Absl(id));
  Partner& partner = found->second;
  v1::ActorRef& ref = *partner.measures.mutable_partner();
  if (is_new) {
    partner.cell = next_cell_++;
    ref.set_id(std::string(id));
  }
  if (is_new || partner.named < placed.version.stamp) {
    ref.set_printed_name(name);
    partner.named = placed.version.stamp;
  }
  AddTo(partner.cell, deal, row, delivered, partner.measures.mutable_measures());
  if (!delivered || row.first_year() == 0) return;
  const int first = partner.measures.first_year();
  partner.measures.set_first_year(first == 0 ? row.first_year()
                                             : std::min(first, row.first_year()));
  partner.measures.set_last_year(std::max(partner.measures.last_year(), row.last_year()));
}

bool TradeSum::IsOpenDeal(const std::string& deal_id, std::string_view record) {
  const uint32_t deal = deals_.NumberOf(deal_id, record);
  return deal < deal_units_.size() && deal_units_[deal].IsOpen();
}

void TradeSum::Finish(int last_year, v1::TradeSummary* summary) {
  *summary->mutable_total() = total_;
  summary->mutable_total()->set_deals(deals_.size());
  FinishFiveYears(last_year, summary);
  FinishPartners(summary);
  FinishCategories(summary);
  for (auto& [years, span] : spans_) {
    v1::YearMeasures& year = *summary->add_year();
    year.set_year(years.first);
    year.set_year_to(years.second);
    *year.mutable_measures() = span.measures;
    year.mutable_measures()->set_deals(static_cast<int64_t>(span.deals.size()));
  }
  for (const DealUnits& deal : deal_units_) {
    if (deal.IsOpen()) summary->set_open_orders(summary->open_orders() + 1);
  }
}

void TradeSum::FinishFiveYears(int last_year, v1::TradeSummary* summary) {
  if (last_year == 0) return;
  const int first_year = last_year - kYearsSummed + 1;
  summary->set_last_five_years_from(first_year);
  summary->set_last_five_years_to(last_year);
  v1::Measures& sum = *summary->mutable_last_five_years();
  absl::flat_hash_set<uint32_t> deals;
  for (const auto& [years, span] : spans_) {
    if (years.first < first_year || years.second > last_year) continue;
    AddMeasures(span.measures, &sum);
    deals.insert(span.deals.begin(), span.deals.end());
  }
  sum.set_deals(static_cast<int64_t>(deals.size()));
}

void TradeSum::FinishPartners(v1::TradeSummary* summary) {
  std::vector<const v1::PartnerMeasures*> sorted;
  sorted.reserve(partners_.size());
  for (const auto& [id, partner] : partners_) sorted.push_back(&partner.measures);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
    const int64_t tiv_a = a->measures().tiv_thousandths();
    const int64_t tiv_b = b->measures().tiv_thousandths();
    return tiv_a != tiv_b ? tiv_a > tiv_b : a->partner().id() < b->partner().id();
  });
  if (sorted.size() > kPartnersMax) sorted.resize(kPartnersMax);
  for (const v1::PartnerMeasures* partner : sorted) *summary->add_partner() = *partner;
}

void TradeSum::FinishCategories(v1::TradeSummary* summary) {
  std::vector<std::pair<const std::string*, const v1::Measures*>> sorted;
  for (const auto& [name, cell] : categories_) sorted.emplace_back(&name, &cell.measures);
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    const int64_t tiv_a = a.second->tiv_thousandths();
    const int64_t tiv_b = b.second->tiv_thousandths();
    return tiv_a != tiv_b ? tiv_a > tiv_b : *a.first < *b.first;
  });
  for (const auto& [name, measures] : sorted) {
    v1::CategoryMeasures& category = *summary->add_category();
    category.set_category(*name);
    *category.mutable_measures() = *measures;
  }
}

}  // namespace dossier
