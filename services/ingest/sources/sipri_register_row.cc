#include "services/ingest/sources/sipri_register_row.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {

const std::array<std::string_view, kSipriRegisterColumns> kSipriRegisterHeader = {
    "Recipient",
    "Supplier",
    "Year of order",
    "",
    "Number ordered",
    "",
    "Weapon designation",
    "Weapon description",
    "Number delivered",
    "",
    "Year(s) of delivery",
    "status",
    "Comments",
    "SIPRI TIV per unit",
    "SIPRI TIV for total order",
    "SIPRI TIV of delivered weapons"};

const std::array<std::string_view, kSipriRegisterColumns> kSipriRegisterFields = [] {
  auto fields = kSipriRegisterHeader;
  fields[kRegisterOrderYearMark] = "Year of order [?]";
  fields[kRegisterOrderedMark] = "Number ordered [?]";
  fields[kRegisterDeliveredMark] = "Number delivered [?]";
  return fields;
}();

namespace {

void Set(std::string_view text, std::string* field) { field->assign(text.data(), text.size()); }

// Whether the column holds "?".
bool IsMarked(SipriCells& row, SipriRegisterColumn column) {
  const std::string_view text = row.Text(column);
  if (!text.empty() && text != "?") {
    row.Fail(column, absl::StrCat("mark ", Quoted(text), ": expected ? or an empty cell"));
  }
  return text == "?";
}

std::vector<int> Years(SipriCells& row) {
  std::vector<int> years;
  const std::string_view text = row.Text(kRegisterDeliveryYears);
  for (size_t at = 0; !text.empty() && at <= text.size();) {
    const size_t end = std::min(text.find(';', at), text.size());
    const std::string_view printed = Trimmed(text.substr(at, end - at));
    const std::optional<int> year = SipriYear(printed);
    if (!year) {
      row.Fail(kRegisterDeliveryYears,
               absl::StrCat("year ", Quoted(printed), " of ", Quoted(text), ": expected ",
                            kSipriYearMin, " to ", kSipriYearMax,
                            ", with semicolons between years, or an empty cell"));
      return {};
    }
    years.push_back(*year);
    at = end + 1;
  }
  std::sort(years.begin(), years.end());
  return years;
}

void ReadDelivery(SipriCells& row, EditionRecord& record) {
  const std::optional<int64_t> number = row.Number(kRegisterDelivered);
  const bool is_marked = IsMarked(row, kRegisterDeliveredMark);
  const std::vector<int> years = Years(row);
  if (years.empty() && number.value_or(0) == 0) {
    if (is_marked) {
      record.raw.push_back(
          absl::StrCat("Number delivered: ", number ? absl::StrCat(*number, " ?") : "?"));
    }
    return;
  }
  v1::Delivery& delivery = *record.present.mutable_transfer()->add_delivery();
  delivery.mutable_year()->Assign(years.begin(), years.end());
  if (number) delivery.set_number(*number);
  if (is_marked) delivery.set_number_is_estimate(true);
}

void ReadTivs(SipriCells& row, v1::Transfer& transfer) {
  if (auto tiv = row.Tiv(kRegisterTivUnit)) transfer.set_tiv_deal_unit_thousandths(*tiv);
  if (auto tiv = row.Tiv(kRegisterTivOrder)) transfer.set_tiv_order_thousandths(*tiv);
  if (auto tiv = row.Tiv(kRegisterTivDelivered)) transfer.set_tiv_delivered_thousandths(*tiv);
}

}  // namespace

std::optional<v1::Rejection> SipriRegisterRowReader::Read(std::string_view text,
                                                          const std::vector<Cell>& cells,
                                                          EditionRecord& record) {
  if (cells.size() != kSipriRegisterColumns) {
    return RejectSipriWidth(text, cells, kSipriRegisterFields);
  }
  SipriCells row(text, cells, kSipriRegisterFields);
  v1::Transfer& transfer = *record.present.mutable_transfer();
  parties_.Set(row.Required(kRegisterRecipient), *transfer.mutable_recipient());
  parties_.Set(row.Required(kRegisterSupplier), *transfer.mutable_supplier());
  if (auto year = row.Year(kRegisterOrderYear, false)) {
    transfer.mutable_order_date()->set_year(*year);
  }
  if (IsMarked(row, kRegisterOrderYearMark)) transfer.set_order_date_is_estimate(true);
  if (auto number = row.Number(kRegisterOrdered)) transfer.set_number_ordered(*number);
  if (IsMarked(row, kRegisterOrderedMark)) transfer.set_number_ordered_is_estimate(true);
  Set(row.Text(kRegisterDesignation), transfer.mutable_designation());
  Set(row.Text(kRegisterDescription), transfer.mutable_description());
  ReadDelivery(row, record);
  transfer.set_condition(row.Condition(kRegisterStatus));
  Set(row.Text(kRegisterComments), transfer.mutable_comment());
  ReadTivs(row, transfer);
  return std::move(row).fault();
}

}  // namespace dossier
