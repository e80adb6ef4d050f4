#include "services/ingest/sources/sipri_rtf_row.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/sipri_cells.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int64_t kNumberMax = 1'000'000'000;
constexpr std::string_view kNotAvailable = ". .";

enum : size_t {
  kRecipient,
  kOrdered,
  kDesignation,
  kDescription,
  kOrderYear,
  kDeliveryYears,
  kDelivered,
  kComments,
};
static_assert(kComments + 1 == kSipriRtfCells);

constexpr std::string_view kHeadings[kSipriRtfCells] = {
    "recipient (R)", "No. ordered",         "Weapon designation", "Weapon description",
    "Year of order", "Year(s) of delivery", "No. delivered",      "Comments"};

// What stands in a cell, and whether brackets mark it as uncertain: "(12)", "12", "()".
struct Printed {
  std::string_view text;
  bool is_uncertain = false;
};

class RowCells {
 public:
  RowCells(std::span<const RtfCell> cells, std::vector<std::string>& raw)
      : cells_(cells), raw_(raw) {}

  std::string_view Text(size_t cell) const { return Trimmed(cells_[cell].text); }

  // "Not available" is nothing, but for the raw text.
  Printed Read(size_t cell) {
    const std::string_view text = Text(cell);
    if (text == kNotAvailable) {
      Keep(cell);
      return {};
    }
    if (!text.starts_with('(') || !text.ends_with(')')) return {text};
    return {Trimmed(text.substr(1, text.size() - 2)), true};
  }

  void Keep(size_t cell) {
    raw_.push_back(std::string(kHeadings[cell]).append(" ").append(Text(cell)));
  }

  std::optional<int64_t> Number(size_t cell, std::string_view text) {
    if (text.empty()) return std::nullopt;
    const std::optional<int64_t> number = SipriDigits(text);
    if (number && *number <= kNumberMax) return number;
    Fail(cell, "number",
         absl::StrCat("a whole number of 0 to ", kNumberMax,
                      ", in brackets or not, \". .\" or an empty cell"));
    return std::nullopt;
  }

  std::optional<int> Year(size_t cell, std::string_view text) {
    if (text.empty()) return std::nullopt;
    const std::optional<int> year = SipriYear(text);
    if (!year) Fail(cell, "year", "1900 to 2100, in brackets or not, or an empty cell");
    return year;
  }

  // None, one, or the first and the last of a span.
  std::vector<int> Years(size_t cell, std::string_view text) {
    if (text.empty()) return {};
    const size_t dash = text.find('-');
    const std::optional<int> first = SipriYear(text.substr(0, dash));
    if (first && dash == std::string_view::npos) return {*first};
    const auto last = first ? SipriYear(text.substr(dash + 1)) : std::nullopt;
    if (last && *first < *last) return {*first, *last};
    Fail(cell, "year(s)",
         "as \"1973\" or \"1973-1977\", of 1900 to 2100, in brackets or not, or an empty cell");
    return {};
  }

  std::optional<v1::Rejection> fault() && { return std::move(fault_); }

 private:
  void Fail(size_t cell, std::string_view what, std::string_view expected) {
    if (fault_) return;
    fault_ = RejectionAt(cells_[cell].line, kHeadings[cell],
                         std::string(what)
                             .append(" ")
                             .append(Quoted(Text(cell)))
                             .append(": expected ")
                             .append(expected));
    fault_->set_column(cells_[cell].column);
  }

  std::span<const RtfCell> cells_;
  std::vector<std::string>& raw_;
  std::optional<v1::Rejection> fault_;
};

void ReadDelivery(RowCells& row, v1::Transfer& transfer) {
  const Printed years = row.Read(kDeliveryYears);
  const Printed delivered = row.Read(kDelivered);
  v1::Delivery delivery;
  for (int year : row.Years(kDeliveryYears, years.text)) delivery.add_year(year);
  delivery.set_years_are_span(delivery.year_size() > 1);
  if (years.is_uncertain) delivery.set_year_is_estimate(true);
  const std::optional<int64_t> number = row.Number(kDelivered, delivered.text);
  if (number) delivery.set_number(*number);
  if (delivered.is_uncertain) delivery.set_number_is_estimate(true);
  if (delivery.year_size() > 0 || number.value_or(0) > 0) {
    *transfer.add_delivery() = std::move(delivery);
    return;
  }
  if (years.is_uncertain) row.Keep(kDeliveryYears);
  if (delivered.is_uncertain) row.Keep(kDelivered);
}

}  // namespace

std::optional<v1::Rejection> ReadSipriRtfRow(std::span<const RtfCell> cells, v1::Transfer& transfer,
                                             std::vector<std::string>& raw) {
  RowCells row(cells, raw);
  const Printed ordered = row.Read(kOrdered);
  if (auto number = row.Number(kOrdered, ordered.text)) transfer.set_number_ordered(*number);
  if (ordered.is_uncertain) transfer.set_number_ordered_is_estimate(true);
  transfer.set_designation(std::string(row.Text(kDesignation)));
  transfer.set_description(std::string(row.Text(kDescription)));
  const Printed order_year = row.Read(kOrderYear);
  if (auto year = row.Year(kOrderYear, order_year.text)) {
    *transfer.mutable_order_date() = MakeDate(*year);
  }
  if (order_year.is_uncertain) transfer.set_order_date_is_estimate(true);
  ReadDelivery(row, transfer);
  transfer.set_comment(std::string(row.Text(kComments)));
  return std::move(row).fault();
}

}  // namespace dossier
