#include "services/cli/numbers.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/ascii.h"
#include "services/model/dates.h"
#include "services/model/transfers.h"

namespace dossier {
namespace {

// `number` / `divisor`, rounded half away from zero.
int64_t RoundedQuotient(int64_t number, int64_t divisor) {
  const int64_t rest = number % divisor;
  int64_t quotient = number / divisor;
  if (rest >= divisor - divisor / 2) ++quotient;
  if (-rest >= divisor - divisor / 2) --quotient;
  return quotient;
}

std::string Magnitude(int64_t number) {
  const std::string text = std::to_string(number);
  return number < 0 ? text.substr(1) : text;
}

std::string Delivered(const v1::Transfer& transfer) {
  std::string text;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (delivery.year().empty()) continue;
    text += text.empty() ? "; delivered " : ", ";
    text += delivery.years_are_span()
                ? PrintYears(*delivery.year().begin(), *delivery.year().rbegin())
                : PrintYears(delivery.year());
  }
  return text;
}

std::string Quantity(const v1::Transfer& transfer) {
  int64_t units = 0;
  std::string text;
  if (UnitsOf(transfer, &units)) text = Grouped(units);
  if (transfer.has_number_ordered()) {
    text += (text.empty() ? "" : " of ") + Grouped(transfer.number_ordered());
  }
  return text.empty() ? "" : text + " ";
}

}  // namespace

std::string Grouped(int64_t number) {
  const std::string digits = Magnitude(number);
  std::string text = number < 0 ? "-" : "";
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string Counted(int64_t number, std::string_view singular, std::string_view plural) {
  return Grouped(number) + " " + std::string(number == 1 ? singular : plural);
}

std::string TivForPrograms(int64_t thousandths) {
  const int64_t hundredths = RoundedQuotient(thousandths, 10);
  std::string digits = Magnitude(hundredths);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  digits.insert(digits.size() - 2, ".");
  return (hundredths < 0 ? "-" : "") + digits;
}

std::string TivForPeople(int64_t thousandths) {
  if (thousandths == 0) return "0";
  if (thousandths > -9'995 && thousandths < 9'995) return TivForPrograms(thousandths);
  return Grouped(RoundedQuotient(thousandths, 1'000));
}

std::string Percent(int64_t part, int64_t whole) {
  if (whole == 0) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f%%",
                100.0 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

std::string PrintYears(int from, int to) {
  if (from == 0) return "";
  if (to == from || to == 0) return std::to_string(from);
  return std::to_string(from) + "-" + std::to_string(to);
}

std::string PrintYears(const google::protobuf::RepeatedField<int32_t>& years) {
  std::string text;
  for (int first = 0; first < years.size();) {
    int last = first;
    while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
    if (first > 0) text += ", ";
    text += PrintYears(years[first], years[last]);
    first = last + 1;
  }
  return text;
}

std::string Words(std::string_view value_name, std::string_view prefix) {
  if (value_name.substr(0, prefix.size()) == prefix) value_name.remove_prefix(prefix.size());
  if (value_name == "UNSPECIFIED") return "";
  std::string words(value_name);
  absl::AsciiStrToLower(&words);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string PrintStamp(const v1::PublishStamp& stamp) {
  if (!stamp.has_time()) return "";
  const std::string basis = Words(v1::Basis_Name(stamp.basis()), "BASIS_");
  return PrintPublishStamp(stamp) + (basis.empty() ? "" : " (" + basis + ")");
}

std::string PrintTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", ToTime(time), absl::UTCTimeZone());
}

std::string PrintLocator(const v1::Locator& locator) {
  if (locator.line() == 0) return locator.file_name();
  std::string text = locator.file_name() + ":" + std::to_string(locator.line());
  if (locator.line_end() > locator.line()) text += "-" + std::to_string(locator.line_end());
  return text;
}

std::string Summary(const v1::Transfer& transfer) {
  std::string text = transfer.supplier().printed_name() + " to " +
                     transfer.recipient().printed_name() + ": " + Quantity(transfer) +
                     transfer.designation();
  if (!transfer.description().empty()) text += ", " + transfer.description();
  if (transfer.has_order_date()) text += "; ordered " + PrintDate(transfer.order_date());
  text += Delivered(transfer);
  if (transfer.delivery_size() > 0 && transfer.has_tiv_delivered_thousandths()) {
    text += "; TIV " + PrintTiv(transfer.tiv_delivered_thousandths());
  }
  return text;
}

}  // namespace dossier
