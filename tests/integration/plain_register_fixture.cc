#include "tests/integration/plain_register_fixture.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/ingest/nothing_dropped_walk_fixture.h"

namespace dossier {
namespace {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

std::string OneBlank(std::string_view text) {
  std::string kept;
  for (const char c : WithoutEnds(text)) {
    const bool is_blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!is_blank) {
      kept.push_back(c);
    } else if (!kept.ends_with(' ')) {
      kept.push_back(' ');
    }
  }
  return kept;
}

// "13.60" as "13.6", "2.0" as "2".
std::string PlainNumber(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

PlainCells Tidied(PlainCells cells) {
  for (std::string& cell : cells) cell = OneBlank(cell);
  for (const PlainCell tiv : {kUnitTivCell, kOrderTivCell, kDeliveredTivCell}) {
    cells[tiv] = PlainNumber(cells[tiv]);
  }
  std::vector<std::string> years;
  for (const std::string& year : Split(cells[kYearsCell], ';')) {
    if (!WithoutEnds(year).empty()) years.emplace_back(WithoutEnds(year));
  }
  std::sort(years.begin(), years.end());
  cells[kYearsCell] = absl::StrJoin(years, "; ");
  return cells;
}

std::string Mark(bool is_estimate) { return is_estimate ? "?" : ""; }

std::string Tiv(bool is_given, int64_t thousandths) {
  if (!is_given) return "";
  return PlainNumber(
      absl::StrCat(thousandths / 1'000, ".", absl::Dec(thousandths % 1'000, absl::kZeroPad3)));
}

std::string Status(v1::Condition condition) {
  static const auto& printed = *new std::map<v1::Condition, std::string>{
      {v1::CONDITION_NEW, "New"},
      {v1::CONDITION_SECOND_HAND, "Second hand"},
      {v1::CONDITION_SECOND_HAND_MODERNIZED, "Second hand but modernized"}};
  const auto at = printed.find(condition);
  return at != printed.end() ? at->second : "";
}

}  // namespace

std::vector<PlainDeal> PlainRegister(std::string_view bytes) {
  std::vector<PlainDeal> deals;
  uint32_t number = 0;
  bool in_table = false, goes_on = false;
  for (std::string& line : Split(bytes, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    const std::string text = AsUtf8(line);
    if (!in_table) {
      in_table = text.starts_with("Recipient,Supplier,Year of order,");
      continue;
    }
    if (text.empty()) continue;
    PlainCells cells = Split(text, ',');
    if (goes_on) {
      PlainCells& before = deals.back().cells;
      absl::StrAppend(&before.back(), "\n", cells.front());
      before.insert(before.end(), cells.begin() + 1, cells.end());
    } else {
      deals.push_back({number, std::move(cells)});
    }
    goes_on = deals.back().cells.size() < kPlainCells;
  }
  for (PlainDeal& deal : deals) {
    EXPECT_EQ(deal.cells.size(), size_t{kPlainCells}) << "line " << deal.line;
    deal.cells.resize(kPlainCells);
    deal.cells = Tidied(std::move(deal.cells));
  }
  return deals;
}

PlainCells PlainCellsOf(const v1::Transfer& transfer) {
  EXPECT_LE(transfer.delivery_size(), 1) << "a number over several years was split";
  const bool has_delivery = transfer.delivery_size() > 0;
  const v1::Delivery& delivery =
      has_delivery ? transfer.delivery(0) : v1::Delivery::default_instance();
  PlainCells cells(kPlainCells);
  cells[kRecipientCell] = transfer.recipient().printed_name();
  cells[kSupplierCell] = transfer.supplier().printed_name();
  if (transfer.has_order_date()) cells[kOrderYearCell] = absl::StrCat(transfer.order_date().year());
  cells[kOrderYearMarkCell] = Mark(transfer.order_date_is_estimate());
  if (transfer.has_number_ordered()) cells[kOrderedCell] = absl::StrCat(transfer.number_ordered());
  cells[kOrderedMarkCell] = Mark(transfer.number_ordered_is_estimate());
  cells[kDesignationCell] = transfer.designation();
  cells[kDescriptionCell] = transfer.description();
  if (delivery.has_number()) cells[kDeliveredCell] = absl::StrCat(delivery.number());
  if (!has_delivery) cells[kDeliveredCell] = "0";
  cells[kDeliveredMarkCell] = Mark(delivery.number_is_estimate());
  cells[kYearsCell] = absl::StrJoin(delivery.year(), "; ");
  cells[kStatusCell] = Status(transfer.condition());
  cells[kCommentCell] = transfer.comment();
  cells[kUnitTivCell] =
      Tiv(transfer.has_tiv_deal_unit_thousandths(), transfer.tiv_deal_unit_thousandths());
  cells[kOrderTivCell] =
      Tiv(transfer.has_tiv_order_thousandths(), transfer.tiv_order_thousandths());
  cells[kDeliveredTivCell] =
      Tiv(transfer.has_tiv_delivered_thousandths(), transfer.tiv_delivered_thousandths());
  return Tidied(std::move(cells));
}

PlainCells WithoutMarks(PlainCells cells) {
  for (const PlainCell mark : {kOrderYearMarkCell, kOrderedMarkCell, kDeliveredMarkCell}) {
    cells[mark].clear();
  }
  return cells;
}

}  // namespace dossier
