#include "services/ingest/sources/numeric_dates.h"

#include <array>

#include "services/model/dates.h"

namespace dossier {
namespace {

struct Number {
  int value = 0;
  size_t digits = 0;
};

// Numbers parted by one of "/.-"; nothing else, at most three. Their count, or 0.
size_t ReadNumbers(std::string_view text, std::array<Number, 3>& numbers) {
  char separator = 0;
  size_t count = 0;
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      Number& number = numbers[count];
      if (++number.digits > 4) return 0;
      number.value = number.value * 10 + (c - '0');
      continue;
    }
    if ((c != '/' && c != '.' && c != '-') || (separator != 0 && c != separator)) return 0;
    separator = c;
    if (numbers[count].digits == 0 || ++count == numbers.size()) return 0;
  }
  return numbers[count].digits == 0 ? 0 : count + 1;
}

std::optional<v1::Date> Checked(const Number& year, int month, int day) {
  if (year.digits != 4 || (month == 0 && day != 0)) return std::nullopt;
  v1::Date date = MakeDate(year.value, month, day);
  if (!ValidateDate(date).ok()) return std::nullopt;
  return date;
}

}  // namespace

std::optional<v1::Date> ReadNumericDate(std::string_view text, DateOrder order) {
  std::array<Number, 3> n = {};
  const size_t count = ReadNumbers(text, n);
  if (count == 1) return Checked(n[0], 0, 0);
  if (count == 2 && order == DateOrder::kDayMonthYear) {
    return Checked(n[1], n[0].value, 0);
  }
  if (count != 3) return std::nullopt;
  switch (order) {
    case DateOrder::kDayMonthYear:
      return Checked(n[2], n[1].value, n[0].value);
    case DateOrder::kMonthDayYear:
      return Checked(n[2], n[0].value, n[1].value);
    case DateOrder::kYearMonthDay:
      return Checked(n[0], n[1].value, n[2].value);
  }
  return std::nullopt;
}

}  // namespace dossier
