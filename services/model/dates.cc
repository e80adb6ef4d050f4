#include "services/model/dates.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "services/model/front_of.h"

namespace dossier {
namespace {

constexpr int kYearMax = 9999;
constexpr int kDaysOfEveryMonth = 28;
constexpr size_t kShownBytesMax = 40;
// Bounds of google.protobuf.Timestamp: years 1 to 9999.
constexpr int64_t kTimestampSecondsMin = -62135596800;
constexpr int64_t kTimestampSecondsMax = 253402300799;

// As much of a faulty text as a message shows.
std::string Shown(std::string_view text) {
  return absl::StrCat("\"", std::string(FrontOf(text, kShownBytesMax)), "\"");
}

absl::Status BadDate(std::string_view text, std::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat("date ", Shown(text), " ", std::string(problem),
                                                 ": expected YYYY, YYYY-MM or YYYY-MM-DD"));
}

// The number in exactly `text`, digits only; -1 for anything else.
int Digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

int LastDayOf(int year, int month) {
  return (absl::CivilDay(absl::CivilMonth(year, month) + 1) - 1).day();
}

absl::Time UtcTime(absl::CivilSecond second) {
  return absl::FromCivil(second, absl::UTCTimeZone());
}

absl::Time FloorTo(absl::Time time, v1::Precision precision) {
  const absl::CivilSecond second = absl::ToCivilSecond(time, absl::UTCTimeZone());
  switch (precision) {
    case v1::PRECISION_YEAR:
      return UtcTime(absl::CivilSecond(absl::CivilYear(second)));
    case v1::PRECISION_MONTH:
      return UtcTime(absl::CivilSecond(absl::CivilMonth(second)));
    case v1::PRECISION_DAY:
      return UtcTime(absl::CivilSecond(absl::CivilDay(second)));
    default:
      return absl::UnixEpoch() + absl::Floor(time - absl::UnixEpoch(), absl::Microseconds(1));
  }
}

}  // namespace

absl::StatusOr<v1::Date> ParseDate(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) {
    return BadDate(text, "is not a date");
  }
  v1::Date date = MakeDate(Digits(text.substr(0, 4)));
  if (text.size() >= 7) {
    if (text[4] != '-') return BadDate(text, "is not a date");
    date.set_month(Digits(text.substr(5, 2)));
  }
  if (text.size() == 10) {
    if (text[7] != '-') return BadDate(text, "is not a date");
    date.set_day(Digits(text.substr(8, 2)));
  }
  if (date.year() < 0 || date.month() < 0 || date.day() < 0) {
    return BadDate(text, "is not a date");
  }
  // A part that is written must not be 0, which stands for a part that is not.
  const bool zero_part = date.year() == 0 || (text.size() >= 7 && date.month() == 0) ||
                         (text.size() == 10 && date.day() == 0);
  if (zero_part || !ValidateDate(date).ok()) return BadDate(text, "does not exist");
  return date;
}

std::string PrintDate(const v1::Date& date) {
  if (date.year() == 0) return "";
  if (date.month() == 0) return absl::StrFormat("%04d", date.year());
  if (date.day() == 0) return absl::StrFormat("%04d-%02d", date.year(), date.month());
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

absl::Status ValidateDate(const v1::Date& date) {
  if (date.year() < 1 || date.year() > kYearMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("year ", date.year(), ": expected 1 to ", kYearMax));
  }
  if (date.month() < 0 || date.month() > 12) {
    return absl::InvalidArgumentError(
        absl::StrCat("month ", date.month(), ": expected 1 to 12, or 0 for an unknown one"));
  }
  if (date.day() == 0) return absl::OkStatus();
  if (date.month() != 0 && date.day() > 0 && date.day() <= kDaysOfEveryMonth) {
    return absl::OkStatus();  // most dates: without asking the calendar
  }
  if (date.month() == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("day ", date.day(), " without a month: expected both or neither"));
  }
  const int last_day = LastDayOf(date.year(), date.month());
  if (date.day() < 0 || date.day() > last_day) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "day %d: expected 1 to %d in %04d-%02d", date.day(), last_day, date.year(), date.month()));
  }
  return absl::OkStatus();
}

v1::Date MakeDate(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

absl::Time StartOf(const v1::Date& date) {
  if (date.year() == 0) return absl::InfinitePast();
  return UtcTime(
      absl::CivilSecond(date.year(), std::max(date.month(), 1), std::max(date.day(), 1)));
}

absl::Time EndOf(const v1::Date& date) {
  if (date.year() == 0) return absl::InfiniteFuture();
  absl::CivilDay next;
  if (date.month() == 0) {
    next = absl::CivilDay(absl::CivilYear(date.year()) + 1);
  } else if (date.day() == 0) {
    next = absl::CivilDay(absl::CivilMonth(date.year(), date.month()) + 1);
  } else {
    next = absl::CivilDay(date.year(), date.month(), date.day()) + 1;
  }
  return UtcTime(absl::CivilSecond(next)) - absl::Microseconds(1);
}

bool Before(const v1::Date& a, const v1::Date& b) { return EndOf(a) < StartOf(b); }

v1::Date DateOf(absl::Time time) {
  const absl::CivilDay day = absl::ToCivilDay(time, absl::UTCTimeZone());
  return MakeDate(static_cast<int>(day.year()), day.month(), day.day());
}

v1::Date DateOf(const v1::PublishStamp& stamp) {
  v1::Date date = DateOf(ToTime(stamp.time()));
  if (stamp.precision() == v1::PRECISION_YEAR) date.clear_month();
  if (stamp.precision() == v1::PRECISION_YEAR || stamp.precision() == v1::PRECISION_MONTH) {
    date.clear_day();
  }
  return date;
}

absl::StatusOr<v1::PublishStamp> ParsePublishStamp(std::string_view text, v1::Basis basis) {
  if (text.size() <= 10) {
    auto date = ParseDate(text);
    if (!date.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(date.status().message(), ", or a time as 2024-03-18T18:13:50Z"));
    }
    const v1::Precision precision = date->month() == 0 ? v1::PRECISION_YEAR
                                    : date->day() == 0 ? v1::PRECISION_MONTH
                                                       : v1::PRECISION_DAY;
    return MakePublishStamp(StartOf(*date), precision, basis);
  }
  absl::Time time;
  std::string problem;
  const std::string_view day = text.substr(0, 10);
  // ParseTime takes blanks at both ends and years of any length; RFC 3339 does not.
  if (!ParseDate(day).ok() || text[10] != 'T' || text.back() == ' ' ||
      !absl::ParseTime(absl::RFC3339_full, absl::string_view(text.data(), text.size()), &time,
                       &problem)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "time ", Shown(text),
        " is not an RFC 3339 time: expected YYYY-MM-DD or a time as 2024-03-18T18:13:50Z"));
  }
  return MakePublishStamp(time, v1::PRECISION_SECOND, basis);
}

v1::PublishStamp MakePublishStamp(absl::Time time, v1::Precision precision, v1::Basis basis) {
  v1::PublishStamp stamp;
  *stamp.mutable_time() = ToTimestamp(FloorTo(time, precision));
  stamp.set_precision(precision);
  stamp.set_basis(basis);
  return stamp;
}

std::string PrintPublishStamp(const v1::PublishStamp& stamp) {
  if (!stamp.has_time()) return "";
  const char* format = stamp.precision() == v1::PRECISION_YEAR    ? "%E4Y"
                       : stamp.precision() == v1::PRECISION_MONTH ? "%E4Y-%m"
                       : stamp.precision() == v1::PRECISION_DAY   ? "%E4Y-%m-%d"
                                                                  : "%E4Y-%m-%d %H:%M:%S";
  std::string text = absl::FormatTime(format, ToTime(stamp.time()), absl::UTCTimeZone());
  if (stamp.ordinal() != 0) absl::StrAppend(&text, "#", stamp.ordinal());
  return text;
}

absl::Time ToTime(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(std::clamp(seconds, kTimestampSecondsMin, kTimestampSecondsMax));
  if (timestamp.seconds() == seconds) {
    timestamp.set_nanos(
        static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  }
  return timestamp;
}

}  // namespace dossier
