#include "services/ingest/sources/sipri_deal_row.h"

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {

const std::array<std::string_view, kSipriDealColumns> kSipriDealHeader = {
    "SIPRI AT Database ID",
    "Supplier",
    "Recipient",
    "Designation",
    "Description",
    "Armament category",
    "Order date",
    "Order date is estimate",
    "Numbers delivered",
    "Numbers delivered is estimate",
    "Delivery year",
    "Delivery year is estimate",
    "Status",
    "SIPRI estimate",
    "TIV deal unit",
    "TIV delivery values",
    "Local production"};

namespace {

constexpr size_t kDealDigitsMax = 12;

std::optional<uint64_t> Deal(std::string_view text) {
  if (text.size() > kDealDigitsMax || text.starts_with('0')) return std::nullopt;
  const std::optional<int64_t> deal = SipriDigits(text);
  if (!deal) return std::nullopt;
  return static_cast<uint64_t>(*deal);
}

void CheckDealId(SipriCells& row) {
  const std::string_view text = row.Text(kDealId);
  if (Deal(text)) return;
  row.Fail(kDealId, absl::StrCat("deal id ", Quoted(text), ": expected a whole number of 1 to ",
                                 kDealDigitsMax, " digits that does not begin with 0"));
}

std::optional<bool> Flag(SipriCells& row, size_t column) {
  const std::string_view text = row.Text(column);
  if (text == "Yes") return true;
  if (text == "No") return false;
  if (!text.empty()) {
    row.Fail(column, absl::StrCat("flag ", Quoted(text), ": expected Yes, No or an empty cell"));
  }
  return std::nullopt;
}

void Set(std::string_view text, std::string* field) { field->assign(text.data(), text.size()); }

void ReadDelivery(SipriCells& row, v1::Delivery& delivery) {
  if (auto number = row.Number(kNumber)) delivery.set_number(*number);
  if (auto flag = Flag(row, kNumberIsEstimate)) delivery.set_number_is_estimate(*flag);
  if (auto year = row.Year(kDeliveryYear, true)) delivery.add_year(*year);
  if (auto flag = Flag(row, kDeliveryYearIsEstimate)) delivery.set_year_is_estimate(*flag);
}

void ReadTivs(SipriCells& row, v1::Transfer& transfer) {
  if (auto tiv = row.Tiv(kTivNewUnit)) transfer.set_tiv_new_unit_thousandths(*tiv);
  if (auto tiv = row.Tiv(kTivDealUnit)) transfer.set_tiv_deal_unit_thousandths(*tiv);
  if (auto tiv = row.Tiv(kTivDelivered)) transfer.set_tiv_delivered_thousandths(*tiv);
}

}  // namespace

std::string SipriDealKey::Text() const { return absl::StrCat(deal, "/", year); }

std::optional<SipriDealKey> SipriDealKeyOf(const std::vector<Cell>& cells) {
  if (cells.size() <= kDeliveryYear) return std::nullopt;
  const std::optional<uint64_t> deal = Deal(cells[kDealId].text);
  const std::optional<int> year = SipriYear(cells[kDeliveryYear].text);
  if (!deal || !year) return std::nullopt;
  return SipriDealKey{*deal, *year};
}

std::optional<v1::Rejection> SipriDealRowReader::Read(std::string_view line,
                                                      const std::vector<Cell>& cells,
                                                      v1::Transfer& transfer) {
  if (cells.size() != kSipriDealColumns) return RejectSipriWidth(line, cells, kSipriDealHeader);
  SipriCells row(line, cells, kSipriDealHeader);
  CheckDealId(row);
  Set(row.Text(kDealId), transfer.mutable_deal_id());
  parties_.Set(row.Required(kSupplier), *transfer.mutable_supplier());
  parties_.Set(row.Required(kRecipient), *transfer.mutable_recipient());
  Set(row.Text(kDesignation), transfer.mutable_designation());
  Set(row.Text(kDescription), transfer.mutable_description());
  Set(row.Text(kCategory), transfer.mutable_category());
  if (auto year = row.Year(kOrderDate, false)) transfer.mutable_order_date()->set_year(*year);
  if (auto flag = Flag(row, kOrderDateIsEstimate)) transfer.set_order_date_is_estimate(*flag);
  ReadDelivery(row, *transfer.add_delivery());
  transfer.set_condition(row.Condition(kStatus));
  ReadTivs(row, transfer);
  if (auto flag = Flag(row, kLocalProduction)) transfer.set_local_production(*flag);
  return std::move(row).fault();
}

}  // namespace dossier
