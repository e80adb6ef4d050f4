#include "services/model/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

absl::Time Utc(const char* text) {
  absl::Time time;
  std::string problem;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &problem)) << problem;
  return time;
}

TEST(DatesTest, APartialDateStaysPartial) {
  for (const char* text : {"2024", "2024-03", "2024-03-18", "0001", "9999-12-31", "2024-02-29"}) {
    auto date = ParseDate(text);
    ASSERT_TRUE(date.ok()) << date.status();
    EXPECT_EQ(PrintDate(*date), text);
  }
}

TEST(DatesTest, WhatIsNoDateIsRefusedWithItsText) {
  for (const char* text :
       {"", "24", "2024-3", "2024/03", "2024-03-1", "2024-03-18 ", "-024", "2o24", "2024-0x",
        "0000", "2024-00", "2024-13", "2024-03-00", "2024-03-32", "2023-02-29", "1900-02-29"}) {
    auto date = ParseDate(text);
    EXPECT_EQ(date.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(date.status().message(), HasSubstr(text));
    EXPECT_THAT(date.status().message(), HasSubstr("expected YYYY"));
  }
}

TEST(DatesTest, AFaultyTextIsShownInWholeCharacters) {
  const std::string text(39, '-');
  const std::string shown = absl::StrCat("\"", text, "\"");
  EXPECT_THAT(ParseDate(text + "\u00e9 and more").status().message(), HasSubstr(shown));
  EXPECT_THAT(ParsePublishStamp(text + "\u20ac", v1::BASIS_STATED).status().message(),
              HasSubstr(shown));
}

TEST(DatesTest, PartsOutOfRangeAreNamed) {
  EXPECT_THAT(ValidateDate(MakeDate(0)).message(), HasSubstr("year 0"));
  EXPECT_THAT(ValidateDate(MakeDate(10000)).message(), HasSubstr("year 10000"));
  EXPECT_THAT(ValidateDate(MakeDate(2024, 13)).message(), HasSubstr("month 13"));
  EXPECT_THAT(ValidateDate(MakeDate(2024, 0, 5)).message(), HasSubstr("without a month"));
  EXPECT_THAT(ValidateDate(MakeDate(2023, 2, 29)).message(), HasSubstr("expected 1 to 28"));
  EXPECT_FALSE(ValidateDate(MakeDate(2024, 3, -1)).ok());
  EXPECT_TRUE(ValidateDate(MakeDate(2024, 2, 29)).ok());
}

TEST(DatesTest, APeriodHoldsItsFirstAndLastMicrosecond) {
  EXPECT_EQ(StartOf(MakeDate(2024)), Utc("2024-01-01T00:00:00Z"));
  EXPECT_EQ(EndOf(MakeDate(2024)), Utc("2024-12-31T23:59:59.999999Z"));
  EXPECT_EQ(StartOf(MakeDate(2024, 2)), Utc("2024-02-01T00:00:00Z"));
  EXPECT_EQ(EndOf(MakeDate(2024, 2)), Utc("2024-02-29T23:59:59.999999Z"));
  EXPECT_EQ(EndOf(MakeDate(2024, 12, 31)), Utc("2024-12-31T23:59:59.999999Z"));
  EXPECT_EQ(StartOf(v1::Date()), absl::InfinitePast());
  EXPECT_EQ(EndOf(v1::Date()), absl::InfiniteFuture());
}

TEST(DatesTest, BeforeMeansAllOfItBeforeAllOfTheOther) {
  EXPECT_TRUE(Before(MakeDate(2023), MakeDate(2024, 1, 1)));
  EXPECT_FALSE(Before(MakeDate(2024), MakeDate(2024, 5)));
  EXPECT_FALSE(Before(MakeDate(2024, 5), MakeDate(2024)));
  EXPECT_FALSE(Before(MakeDate(2024, 5), MakeDate(2024, 5)));
  EXPECT_FALSE(Before(v1::Date(), MakeDate(2024)));
}

TEST(DatesTest, AStampKeepsThePrecisionOfItsText) {
  struct Case {
    const char* text;
    v1::Precision precision;
    const char* time;
    const char* printed;
  };
  for (const Case& c : {Case{"2024", v1::PRECISION_YEAR, "2024-01-01T00:00:00Z", "2024"},
                        Case{"2024-03", v1::PRECISION_MONTH, "2024-03-01T00:00:00Z", "2024-03"},
                        Case{"2024-03-18", v1::PRECISION_DAY, "2024-03-18T00:00:00Z", "2024-03-18"},
                        Case{"2024-03-18T18:13:50Z", v1::PRECISION_SECOND, "2024-03-18T18:13:50Z",
                             "2024-03-18 18:13:50"},
                        Case{"2020-11-23T20:00:00.25-05:00", v1::PRECISION_SECOND,
                             "2020-11-24T01:00:00.25Z", "2020-11-24 01:00:00"}}) {
    auto stamp = ParsePublishStamp(c.text, v1::BASIS_STATED);
    ASSERT_TRUE(stamp.ok()) << stamp.status();
    EXPECT_EQ(stamp->precision(), c.precision) << c.text;
    EXPECT_EQ(stamp->basis(), v1::BASIS_STATED);
    EXPECT_EQ(ToTime(stamp->time()), Utc(c.time)) << c.text;
    EXPECT_EQ(PrintPublishStamp(*stamp), c.printed);
  }
}

TEST(DatesTest, AnOrdinalIsPrinted) {
  auto stamp = ParsePublishStamp("2024-03-18", v1::BASIS_STATED);
  ASSERT_TRUE(stamp.ok());
  stamp->set_ordinal(2);
  EXPECT_EQ(PrintPublishStamp(*stamp), "2024-03-18#2");
  EXPECT_EQ(PrintPublishStamp(v1::PublishStamp()), "");
}

TEST(DatesTest, WhatIsNoTimeIsRefused) {
  for (const char* text : {"", "yesterday", "2024-03-18T18:13:50", "2024-03-18 18:13:50Z",
                           "2024-03-18T18:13:50Z ", "2024-02-30T00:00:00Z", "2024-03-18T25:00:00Z",
                           "2024-03-18T18:13:50Zebra", "infinite-future"}) {
    EXPECT_EQ(ParsePublishStamp(text, v1::BASIS_STATED).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(DatesTest, AStampIsTheStartOfItsPeriod) {
  const absl::Time time = Utc("2024-03-18T18:13:50.1234567Z");
  const auto start = [time](v1::Precision precision) {
    return ToTime(MakePublishStamp(time, precision, v1::BASIS_ASSUMED).time());
  };
  EXPECT_EQ(start(v1::PRECISION_YEAR), Utc("2024-01-01T00:00:00Z"));
  EXPECT_EQ(start(v1::PRECISION_MONTH), Utc("2024-03-01T00:00:00Z"));
  EXPECT_EQ(start(v1::PRECISION_DAY), Utc("2024-03-18T00:00:00Z"));
  EXPECT_EQ(start(v1::PRECISION_SECOND), Utc("2024-03-18T18:13:50.123456Z"));
}

TEST(DatesTest, TimestampsHoldTheirBounds) {
  EXPECT_EQ(ToTimestamp(absl::InfinitePast()).seconds(), -62135596800);
  EXPECT_EQ(ToTimestamp(absl::InfiniteFuture()).seconds(), 253402300799);
  const auto before_1970 = ToTimestamp(absl::FromUnixMicros(-1));
  EXPECT_EQ(before_1970.seconds(), -1);
  EXPECT_EQ(before_1970.nanos(), 999999000);
}

RC_GTEST_PROP(DatesTest, ATimeSurvivesTheTimestamp, ()) {
  const int64_t micros = *rc::gen::inRange<int64_t>(-60000000000000000, 60000000000000000);
  const absl::Time time = absl::FromUnixMicros(micros);
  RC_ASSERT(ToTime(ToTimestamp(time)) == time);
  RC_ASSERT(StartOf(DateOf(time)) <= time);
  RC_ASSERT(time <= EndOf(DateOf(time)));
}

}  // namespace
}  // namespace dossier
