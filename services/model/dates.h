// Dates and publish stamps: reading, printing, comparing. No clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "dossier/v1/time.pb.h"

namespace dossier {

// "2024", "2024-03", "2024-03-18". InvalidArgument says what was wrong and expected.
absl::StatusOr<v1::Date> ParseDate(std::string_view text);
// A date as ParseDate reads it; "" for an unset date.
std::string PrintDate(const v1::Date& date);
// Whether the parts are in range and the day exists.
absl::Status ValidateDate(const v1::Date& date);

v1::Date MakeDate(int year, int month = 0, int day = 0);

// The first and the last microsecond of the period that a date names, UTC. An unset date has no
// bounds: the infinite past and future.
absl::Time StartOf(const v1::Date& date);
absl::Time EndOf(const v1::Date& date);

// Dates as windows: earliest day of `a` <= earliest day of `b` and so on.
bool Before(const v1::Date& a, const v1::Date& b);  // all of a is before all of b
v1::Date DateOf(absl::Time time);                   // the day in UTC
v1::Date DateOf(const v1::PublishStamp& stamp);     // the day, month or year of its precision

// A publish stamp of a date ("2024-03-18") or an RFC 3339 time ("2024-03-18T18:13:50Z"), with the
// precision that the text has; ordinal and tie unset.
absl::StatusOr<v1::PublishStamp> ParsePublishStamp(std::string_view text, v1::Basis basis);
// The start of the period that holds `time`. Of a time to the second, its fraction is kept, to
// microseconds, so that an analyst's statements within one second keep their order.
v1::PublishStamp MakePublishStamp(absl::Time time, v1::Precision precision, v1::Basis basis);
// "2024-03-18", "2024-03-18 18:13:50"; an ordinal other than 0 as "#2".
std::string PrintPublishStamp(const v1::PublishStamp& stamp);

absl::Time ToTime(const google::protobuf::Timestamp& timestamp);
// Times outside the years 1 to 9999, infinite ones too, become the nearest that Timestamp can hold.
google::protobuf::Timestamp ToTimestamp(absl::Time time);

}  // namespace dossier
