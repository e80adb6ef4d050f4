// Dates of digits alone: "02/04/2014", "17.3.2014", "2019-12-03".
#pragma once

#include <optional>
#include <string_view>

#include "dossier/v1/time.pb.h"

namespace dossier {

enum class DateOrder {
  kDayMonthYear,
  kMonthDayYear,
  kYearMonthDay,
};

// The date, if the text is one: three numbers with "/", "." or "-" between, alike, the year of four
// digits. "00" for the day, or for day and month, is one not known: a partial date. So is a bare
// year; and "MM/YYYY" where the day comes first in the order.
std::optional<v1::Date> ReadNumericDate(std::string_view text, DateOrder order);

}  // namespace dossier
