#include "services/query/flow_table.h"

#include <algorithm>
#include <tuple>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace dossier {
namespace {

constexpr uint32_t kNobody = UINT32_MAX;

int64_t Millionths(int64_t part, int64_t whole) {
  return static_cast<int64_t>(absl::int128(part) * 1'000'000 / whole);
}

}  // namespace

FlowTable::FlowTable(const v1::GetFlowsRequest& request)
    : request_(request),
      by_supplier_(request.grouping() != v1::FLOW_GROUPING_RECIPIENT),
      by_recipient_(request.grouping() != v1::FLOW_GROUPING_SUPPLIER) {
  keys_.push_back({kNobody, kNobody, {0, 0}});
  cells_.emplace_back();
}

FlowTable::Span FlowTable::CellYears(const v1::TransferRow& row) const {
  const Span own = {row.first_year(), row.last_year()};
  const int width = request_.window_years();
  if (width <= 1 || own.first == 0) return own;
  const int window = (own.first - request_.year_from()) / width;
  if (window != (own.second - request_.year_from()) / width) return own;
  const int from = request_.year_from() + window * width;
  const int to = from + width - 1;
  return {from, request_.year_to() == 0 ? to : std::min(to, request_.year_to())};
}

uint32_t FlowTable::ActorNumber(std::string_view id, const std::string& name,
                                const StampKey& stamp) {
  const auto [found, is_new] =
      actor_numbers_.try_emplace(absl::string_view(id.data(), id.size()), actors_.size());
  if (is_new) actors_.push_back({std::string(id), name, stamp});
  Actor& actor = actors_[found->second];
  // Of two names published together, the greater one: any rule will do that the order of rows
  // does not change.
  if (actor.named < stamp || (actor.named == stamp && actor.name < name)) {
    actor.named = stamp;
    actor.name = name;
  }
  return found->second;
}

uint32_t FlowTable::CellNumber(const CellKey& key) {
  const auto [found, is_new] = cell_numbers_.try_emplace(key, cells_.size());
  if (is_new) {
    keys_.push_back(key);
    cells_.emplace_back();
  }
  return found->second;
}

void FlowTable::AddTo(uint32_t cell, uint32_t deal, const v1::TransferRow& row) {
  v1::Measures& measures = cells_[cell];
  AddRow(row, /*delivered=*/true, &measures);
  if (deals_.Insert(cell, deal)) measures.set_deals(measures.deals() + 1);
}

void FlowTable::Add(const PlacedTransfer& placed) {
  const v1::TransferRow& row = placed.row;
  const StampKey& stamp = placed.version.stamp;
  const uint32_t supplier =
      by_supplier_ ? ActorNumber(placed.supplier, row.supplier_name(), stamp) : kNobody;
  const uint32_t recipient =
      by_recipient_ ? ActorNumber(placed.recipient, row.recipient_name(), stamp) : kNobody;
  const Span years = CellYears(row);
  const uint32_t deal = deals_.NumberOf(row.deal_id(), placed.record);
  AddTo(CellNumber({supplier, recipient, years}), deal, row);
  AddTo(CellNumber({kNobody, kNobody, years}), deal, row);
  AddRow(row, /*delivered=*/true, &cells_[0]);
}

bool FlowTable::RowBefore(uint32_t a, uint32_t b) const {
  const auto actor = [&](uint32_t number) -> const Actor& {
    return number == kNobody ? nobody_ : actors_[number];
  };
  const auto order = [&](const CellKey& key) {
    const Actor& supplier = actor(key.supplier);
    const Actor& recipient = actor(key.recipient);
    return std::tie(supplier.name, supplier.id, recipient.name, recipient.id, key.years);
  };
  return order(keys_[a]) < order(keys_[b]);
}

void FlowTable::FillRow(uint32_t cell, v1::FlowRow* row) const {
  const CellKey& key = keys_[cell];
  const auto fill = [&](uint32_t number, v1::ActorRef* ref) {
    ref->set_id(actors_[number].id);
    ref->set_printed_name(actors_[number].name);
  };
  if (key.supplier != kNobody) fill(key.supplier, row->mutable_supplier());
  if (key.recipient != kNobody) fill(key.recipient, row->mutable_recipient());
  row->set_year_from(key.years.first);
  row->set_year_to(key.years.second);
  *row->mutable_measures() = cells_[cell];
  const uint32_t total = cell_numbers_.at({kNobody, kNobody, key.years});
  const int64_t whole = cells_[total].tiv_thousandths();
  if (whole != 0) {
    row->set_share_millionths(Millionths(cells_[cell].tiv_thousandths(), whole));
  }
}

void FlowTable::Fill(v1::GetFlowsResponse* response) const {
  std::vector<uint32_t> rows;
  std::vector<uint32_t> totals;
  for (uint32_t cell = 1; cell < cells_.size(); ++cell) {
    const bool is_total = keys_[cell].supplier == kNobody && keys_[cell].recipient == kNobody;
    (is_total ? totals : rows).push_back(cell);
  }
  std::sort(rows.begin(), rows.end(), [&](uint32_t a, uint32_t b) { return RowBefore(a, b); });
  std::sort(totals.begin(), totals.end(),
            [&](uint32_t a, uint32_t b) { return keys_[a].years < keys_[b].years; });
  response->mutable_row()->Reserve(static_cast<int>(rows.size()));
  for (uint32_t cell : rows) FillRow(cell, response->add_row());
  for (uint32_t cell : totals) {
    v1::FlowTotal& total = *response->add_total();
    total.set_year_from(keys_[cell].years.first);
    total.set_year_to(keys_[cell].years.second);
    *total.mutable_measures() = cells_[cell];
  }
  *response->mutable_grand_total() = cells_[0];
  response->mutable_grand_total()->set_deals(deals_.size());
}

}  // namespace dossier
