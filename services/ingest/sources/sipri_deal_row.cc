#include "services/ingest/sources/sipri_deal_row.h"

#include <limits>

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

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2100;
constexpr size_t kDealDigitsMax = 12;
constexpr int64_t kNumberMax = 1'000'000'000;
constexpr size_t kTivDigitsMax = 12;
constexpr size_t kNamesMax = 65'536;

// Digits only, at most 18 of them, and at least one.
std::optional<int64_t> Digits(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  int64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> Year(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  const std::optional<int64_t> year = Digits(text);
  if (!year || *year < kYearMin || *year > kYearMax) return std::nullopt;
  return static_cast<int>(*year);
}

std::optional<uint64_t> Deal(std::string_view text) {
  if (text.size() > kDealDigitsMax || text.starts_with('0')) return std::nullopt;
  const std::optional<int64_t> deal = Digits(text);
  if (!deal) return std::nullopt;
  return static_cast<uint64_t>(*deal);
}

// The cells of one row, read from left to right up to the first that is wrong.
class RowCells {
 public:
  RowCells(std::string_view line, const std::vector<Cell>& cells) : line_(line), cells_(cells) {}

  std::string_view Text(SipriDealColumn column) const { return cells_[column].text; }

  std::string_view Required(SipriDealColumn column) {
    if (Text(column).empty()) Fail(column, "the cell is empty: expected a name");
    return Text(column);
  }

  uint64_t DealId() {
    const std::optional<uint64_t> deal = Deal(Text(kDealId));
    if (!deal) {
      Fail(kDealId, absl::StrCat("deal id ", Quoted(Text(kDealId)), ": expected a whole number of ",
                                 "1 to ", kDealDigitsMax, " digits that does not begin with 0"));
    }
    return deal.value_or(0);
  }

  std::optional<int> YearIn(SipriDealColumn column, bool required) {
    const std::string_view text = Text(column);
    if (text.empty() && !required) return std::nullopt;
    const std::optional<int> year = Year(text);
    if (!year) {
      Fail(column, absl::StrCat("year ", Quoted(text), ": expected ", kYearMin, " to ", kYearMax,
                                required ? "" : " or an empty cell"));
    }
    return year;
  }

  std::optional<bool> Flag(SipriDealColumn column) {
    const std::string_view text = Text(column);
    if (text == "Yes") return true;
    if (text == "No") return false;
    if (!text.empty()) {
      Fail(column, absl::StrCat("flag ", Quoted(text), ": expected Yes, No or an empty cell"));
    }
    return std::nullopt;
  }

  std::optional<int64_t> Number(SipriDealColumn column) {
    const std::string_view text = Text(column);
    if (text.empty()) return std::nullopt;
    const std::optional<int64_t> number = Digits(text);
    if (!number || *number > kNumberMax) {
      Fail(column,
           absl::StrCat("number ", Quoted(text), text.starts_with('-') ? " is negative" : "",
                        ": expected a whole number of 0 to ", kNumberMax, " or an empty cell"));
      return std::nullopt;
    }
    return number;
  }

  // In thousandths; exact.
  std::optional<int64_t> Tiv(SipriDealColumn column) {
    const std::string_view text = Text(column);
    if (text.empty()) return std::nullopt;
    const size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::optional<int64_t> units = Digits(whole);
    std::optional<int64_t> thousandths = 0;
    if (point != std::string_view::npos) {
      const std::string_view decimals = text.substr(point + 1);
      thousandths = decimals.size() > 3 ? std::nullopt : Digits(decimals);
      for (size_t i = decimals.size(); thousandths && i < 3; ++i) *thousandths *= 10;
    }
    if (!units || !thousandths || whole.size() > kTivDigitsMax) {
      Fail(column, absl::StrCat("TIV ", Quoted(text), text.starts_with('-') ? " is negative" : "",
                                ": expected a number of at most ", kTivDigitsMax,
                                " digits, with a point and 1 to 3 decimals or without, or an empty "
                                "cell"));
      return std::nullopt;
    }
    return *units * 1000 + *thousandths;
  }

  v1::Condition Condition() {
    const std::string_view text = Text(kStatus);
    if (text.empty()) return v1::CONDITION_UNSPECIFIED;
    if (text == "New") return v1::CONDITION_NEW;
    if (text == "Second hand") return v1::CONDITION_SECOND_HAND;
    if (text == "Second hand but modernized") return v1::CONDITION_SECOND_HAND_MODERNIZED;
    Fail(kStatus, absl::StrCat("status ", Quoted(text),
                               ": expected New, Second hand, Second hand but modernized or an "
                               "empty cell"));
    return v1::CONDITION_UNSPECIFIED;
  }

  std::optional<v1::Rejection> fault() && { return std::move(fault_); }

 private:
  void Fail(SipriDealColumn column, std::string reason) {
    if (!fault_) fault_ = RejectCell(line_, cells_[column], column, std::move(reason));
  }

  std::string_view line_;
  const std::vector<Cell>& cells_;
  std::optional<v1::Rejection> fault_;
};

void Set(std::string_view text, std::string* field) { field->assign(text.data(), text.size()); }

void ReadDelivery(RowCells& row, v1::Delivery& delivery) {
  if (auto number = row.Number(kNumber)) delivery.set_number(*number);
  if (auto flag = row.Flag(kNumberIsEstimate)) delivery.set_number_is_estimate(*flag);
  if (auto year = row.YearIn(kDeliveryYear, true)) delivery.add_year(*year);
  if (auto flag = row.Flag(kDeliveryYearIsEstimate)) delivery.set_year_is_estimate(*flag);
}

void ReadTivs(RowCells& row, v1::Transfer& transfer) {
  if (auto tiv = row.Tiv(kTivNewUnit)) transfer.set_tiv_new_unit_thousandths(*tiv);
  if (auto tiv = row.Tiv(kTivDealUnit)) transfer.set_tiv_deal_unit_thousandths(*tiv);
  if (auto tiv = row.Tiv(kTivDelivered)) transfer.set_tiv_delivered_thousandths(*tiv);
}

// A row that has not 17 cells: what is missing, or what is too much.
v1::Rejection WrongCount(std::string_view line, const std::vector<Cell>& cells) {
  if (cells.size() > kSipriDealColumns) {
    v1::Rejection rejection = RejectCell(
        line, cells[kSipriDealColumns], kLocalProduction,
        absl::StrCat("the row has ", cells.size(), " cells: expected ", size_t{kSipriDealColumns},
                     ", and quotes around a text with a ", "comma in it"));
    rejection.clear_field();
    return rejection;
  }
  const auto missing = static_cast<SipriDealColumn>(cells.size());
  return RejectCell(line, Cell{{}, line.size()}, missing,
                    absl::StrCat("the row ends after ", cells.size(), " cells: expected ",
                                 size_t{kSipriDealColumns}));
}

}  // namespace

std::string SipriDealKey::Text() const { return absl::StrCat(deal, "/", year); }

std::optional<SipriDealKey> SipriDealKeyOf(const std::vector<Cell>& cells) {
  if (cells.size() <= kDeliveryYear) return std::nullopt;
  const std::optional<uint64_t> deal = Deal(cells[kDealId].text);
  const std::optional<int> year = Year(cells[kDeliveryYear].text);
  if (!deal || !year) return std::nullopt;
  return SipriDealKey{*deal, *year};
}

v1::Rejection RejectCell(std::string_view line, const Cell& cell, SipriDealColumn column,
                         std::string reason) {
  v1::Rejection rejection;
  rejection.set_column(ColumnAt(line, cell.offset));
  Set(kSipriDealHeader[column], rejection.mutable_field());
  rejection.set_reason(std::move(reason));
  return rejection;
}

std::optional<v1::Rejection> SipriDealRowReader::Read(std::string_view line,
                                                      const std::vector<Cell>& cells,
                                                      v1::Transfer& transfer) {
  if (cells.size() != kSipriDealColumns) return WrongCount(line, cells);
  RowCells row(line, cells);
  row.DealId();
  Set(row.Text(kDealId), transfer.mutable_deal_id());
  SetActor(row.Required(kSupplier), *transfer.mutable_supplier());
  SetActor(row.Required(kRecipient), *transfer.mutable_recipient());
  Set(row.Text(kDesignation), transfer.mutable_designation());
  Set(row.Text(kDescription), transfer.mutable_description());
  Set(row.Text(kCategory), transfer.mutable_category());
  if (auto year = row.YearIn(kOrderDate, false)) transfer.mutable_order_date()->set_year(*year);
  if (auto flag = row.Flag(kOrderDateIsEstimate)) transfer.set_order_date_is_estimate(*flag);
  ReadDelivery(row, *transfer.add_delivery());
  transfer.set_condition(row.Condition());
  ReadTivs(row, transfer);
  if (auto flag = row.Flag(kLocalProduction)) transfer.set_local_production(*flag);
  return std::move(row).fault();
}

void SipriDealRowReader::SetActor(std::string_view name, v1::ActorRef& actor) {
  const absl::string_view key(name.data(), name.size());
  auto known = id_of_name_.find(key);
  if (known == id_of_name_.end()) {
    if (id_of_name_.size() >= kNamesMax) id_of_name_.clear();
    known = id_of_name_.emplace(key, table_.Resolve(source_, name)).first;
  }
  actor.set_id(known->second);
  Set(name, actor.mutable_printed_name());
}

}  // namespace dossier
