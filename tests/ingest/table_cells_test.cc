// What adapters of tables read out of cells: dates, numbered items, countries, numbers in words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/numeric_dates.h"
#include "services/ingest/sources/printed_countries.h"
#include "services/ingest/sources/row_groups.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Date(std::string_view text, DateOrder order = DateOrder::kDayMonthYear) {
  const auto date = ReadNumericDate(text, order);
  return date ? PrintDate(*date) : "none";
}

TEST(NumericDatesTest, OrdersAndPartialDates) {
  EXPECT_EQ(Date("02/04/2014"), "2014-04-02");
  EXPECT_EQ(Date("17.3.2014"), "2014-03-17");
  EXPECT_EQ(Date("06/19/2003", DateOrder::kMonthDayYear), "2003-06-19");
  EXPECT_EQ(Date("2019-12-03", DateOrder::kYearMonthDay), "2019-12-03");
  EXPECT_EQ(Date("00/00/1980"), "1980");
  EXPECT_EQ(Date("00/03/1980"), "1980-03");
  EXPECT_EQ(Date("03/1980"), "1980-03");
  EXPECT_EQ(Date("1980"), "1980");
}

TEST(NumericDatesTest, WhatIsNoDateIsNone) {
  for (const char* text : {"", "31/02/2014", "1/2/14", "2014-04-02", "01/00/1980", "1/2.2014",
                           "1/2/2014/3", "//2014", "1 2 2014", "99999", "0000"}) {
    EXPECT_EQ(Date(text), "none") << text;
  }
}

TEST(NumberedItemsTest, EachWayOfNumbering) {
  EXPECT_THAT(NumberedItems("(1) Abra (2) Cadabra"), ElementsAre("Abra", "Cadabra"));
  EXPECT_THAT(NumberedItems("1) Abra 2) Cadabra"), ElementsAre("Abra", "Cadabra"));
  EXPECT_THAT(NumberedItems("(a) Abra, (b) Cadabra; (c) -"), ElementsAre("Abra", "Cadabra", "-"));
  EXPECT_THAT(NumberedItems("(i) 4.1.1960, (ii) 5.1.1960"), ElementsAre("4.1.1960", "5.1.1960"));
  EXPECT_THAT(NumberedItems("(1) Abra"), ElementsAre("Abra"));
  EXPECT_THAT(NumberedItems("(1)X (2)Y\u00a0(3) Z"), ElementsAre("X", "Y", "Z"));
}

TEST(NumberedItemsTest, WhatIsNotSafelySplitStaysWhole) {
  for (const char* text :
       {"", "Abra", "Abra (1) b (2) c", "(2) b (3) c", "(1)-(2) Abra", "(1) (2) Abra",
        "(1) to (6) Abra (7) Cadabra", "(1)-(5) Abra (6)-(7) Cadabra"}) {
    EXPECT_THAT(NumberedItems(text), IsEmpty()) << text;
  }
  EXPECT_TRUE(IsNumbered("(1)-(2) Abra"));
  EXPECT_FALSE(IsNumbered("Abra (1)"));
}

TEST(NumberedItemsTest, SeparatedItemsLeaveOutWhatIsEmpty) {
  EXPECT_THAT(SeparatedItems(" a;; b ;", ';'), ElementsAre("a", "b"));
  EXPECT_THAT(SeparatedItems("", ';'), IsEmpty());
}

TEST(NumberedItemsTest, SeparatedItemsHaveABoundAndLoseNothing) {
  std::string cell;
  for (size_t i = 1; i < kSeparatedItemsMax; ++i) cell += "x;";
  cell += "y; z";
  const auto items = SeparatedItems(cell, ';');
  ASSERT_EQ(items.size(), kSeparatedItemsMax);
  EXPECT_EQ(items.back(), "y; z");
}

TEST(NumberedItemsTest, BracketsAndQuotesHoldSeparatorsOfTheirOwn) {
  const auto items = [](std::string_view cell) { return SeparatedOutsideBrackets(cell, ';'); };
  EXPECT_THAT(items("\"Abra (born: 1973; in: Zenda)\"; Cadabra"),
              ElementsAre("Abra (born: 1973; in: Zenda)", "Cadabra"));
  EXPECT_THAT(items("Abra ((a; b); c); \"D; E\"; F"), ElementsAre("Abra ((a; b); c)", "D; E", "F"));
  EXPECT_THAT(items("Abra (born B; Cadabra"), ElementsAre("Abra (born B", "Cadabra"));
  EXPECT_THAT(items("Abra) (born B; Cadabra"), ElementsAre("Abra) (born B", "Cadabra"));
  EXPECT_THAT(items("\"Abra; Cadabra"), ElementsAre("\"Abra", "Cadabra"));
  EXPECT_EQ(WithoutQuotes("\"A; B\""), "A; B");
  EXPECT_EQ(WithoutQuotes("\"A\"; \"B\""), "\"A\"; \"B\"");
}

std::string Country(std::string_view printed) {
  static const auto& table = *new ActorTable();
  v1::ActorRef country;
  PrintedCountries(table, "uk-ofsi").Set(printed, country);
  EXPECT_EQ(country.printed_name(), printed);
  return country.id();
}

TEST(PrintedCountriesTest, NamesAdjectivesCapitalsAndCircumstances) {
  EXPECT_EQ(Country("Iran"), "state:IRN");
  EXPECT_EQ(Country("Tunisian"), "state:TUN");
  EXPECT_EQ(Country("RUSSIA"), "state:RUS");
  EXPECT_EQ(Country("Germany (in prison since Sept 2007)"), "state:DEU");
  EXPECT_EQ(Country("Kuwaiti citizenship"), "state:KWT");
  EXPECT_EQ(Country("Iran (Islamic Republic of)."), "state:IRN");
  EXPECT_EQ(Country("Congo (Democratic Republic)"), "state:COD");
}

TEST(PrintedCountriesTest, WhatSeveralShareOrNoneIsStaysAsPrinted) {
  EXPECT_EQ(Country("Congolese"), "unresolved:uk-ofsi:Congolese");
  EXPECT_EQ(Country("Cyprus (Northern)"), "state:northern-cyprus");
  EXPECT_EQ(Country("Iran (Tehran, near the bazaar)"),
            "unresolved:uk-ofsi:Iran (Tehran, near the bazaar)");
  EXPECT_EQ(Country("IR"), "unresolved:uk-ofsi:IR");
}

// "2014-03", "2014..2016", "~" before an approximate one, and what is kept as printed in brackets.
std::string BirthDate(std::string_view printed) {
  v1::Birth birth;
  ReadBirthDate(printed, DateOrder::kDayMonthYear, birth);
  std::string text = birth.is_approximate() ? "~" : "";
  text += PrintDate(birth.date());
  if (birth.has_date_to()) text += ".." + PrintDate(birth.date_to());
  return birth.printed().empty() ? text : text + " [" + birth.printed() + "]";
}

TEST(SanctionFieldsTest, BirthDatesAsListsPrintThem) {
  EXPECT_EQ(BirthDate("17/08/1957"), "1957-08-17");
  EXPECT_EQ(BirthDate("1957"), "1957");
  EXPECT_EQ(BirthDate("00/00/1980"), "1980 [00/00/1980]");
  EXPECT_EQ(BirthDate("9 Jun. 1982"), "1982-06-09");
  EXPECT_EQ(BirthDate("March 1962"), "1962-03");
  EXPECT_EQ(BirthDate("March/April 1965"), " [March/April 1965]");
  EXPECT_EQ(BirthDate("Approximately 1951"), "~1951 [Approximately 1951]");
  EXPECT_EQ(BirthDate("circa 1951"), "~1951 [circa 1951]");
  EXPECT_EQ(BirthDate("1951 to 1953"), "1951..1953 [1951 to 1953]");
  EXPECT_EQ(BirthDate("Between 1971 and 1973"), "1971..1973 [Between 1971 and 1973]");
  EXPECT_EQ(BirthDate("9 October (year unknown)"), " [9 October (year unknown)]");
  EXPECT_EQ(BirthDate("31.2.1970"), " [31.2.1970]");
}

std::string Number(std::string_view text) {
  v1::Sanction sanction;
  const v1::Identifier* identifier =
      AddWordyIdentifier(v1::IDENTIFIER_KIND_PASSPORT, "Passport", text, sanction);
  return identifier->note().empty() ? identifier->number()
                                    : identifier->number() + " [" + identifier->note() + "]";
}

TEST(SanctionFieldsTest, NumbersAmongWords) {
  EXPECT_EQ(Number("A123456"), "A123456");
  EXPECT_EQ(Number("Passport No: 592660 (Ruritanian)"),
            "592660 [Passport No: 592660 (Ruritanian)]");
  EXPECT_EQ(Number("no.: 0216155930"), "0216155930 [no.: 0216155930]");
  EXPECT_EQ(Number("number:F50850"), "F50850 [number:F50850]");
  EXPECT_EQ(Number("Ruritanian passport 592660"), "Ruritanian passport 592660");
  EXPECT_EQ(Number("D 000974 (Ruritanian)"), "D 000974 (Ruritanian)");
}

TEST(SanctionFieldsTest, DatesOfEntriesAreKeptAsPrintedWhereTheyAreNone) {
  v1::Sanction sanction;
  const auto add = [&](std::string_view printed) {
    AddDate(v1::SANCTION_DATE_KIND_LISTED, printed, DateOrder::kDayMonthYear, "", sanction);
  };
  add("17.3.2014");
  add("17.3.2014");
  add("");
  add("spring 2014");
  add("spring 2014");
  DropRepeats(sanction);
  ASSERT_EQ(sanction.date_size(), 2);
  EXPECT_EQ(PrintDate(sanction.date(0).date()), "2014-03-17");
  EXPECT_EQ(sanction.date(0).printed(), "");
  EXPECT_FALSE(sanction.date(1).has_date());
  EXPECT_EQ(sanction.date(1).printed(), "spring 2014");
}

TEST(SanctionFieldsTest, OtherFieldsThatRepeatStandOnceInTheirOrder) {
  v1::Sanction sanction;
  for (const char* value : {"b", "a", "b", "", "a", "c"}) AddOther("Heading", value, sanction);
  AddOther("Another", "a", sanction);
  DropRepeats(sanction);
  std::vector<std::string> others;
  for (const auto& other : sanction.other())
    others.push_back(other.heading() + " " + other.value());
  EXPECT_THAT(others, ElementsAre("Heading b", "Heading a", "Heading c", "Another a"));
}

TEST(SanctionFieldsTest, NamesAsKeysAreInOneLineAndBounded) {
  EXPECT_EQ(KeyOfName("  ABRA \n CADABRA "), "ABRA CADABRA");
  std::string name(300, 'x');
  const std::string key = KeyOfName(name);
  EXPECT_EQ(key.size(), 160u);
  name.back() = 'y';
  EXPECT_NE(KeyOfName(name), key);
}

TEST(RowGroupsTest, GroupsAreTheSameForAnyOrderOfRows) {
  RowGroups groups(2);
  const auto add = [&](std::string_view key, std::string_view a, std::string_view b,
                       uint32_t line) {
    const std::string_view cells[] = {a, b};
    ASSERT_TRUE(groups.Add(key, cells, line, line).ok());
  };
  add("K", " b", "2", 3);
  add("L", "x", "", 4);
  add("K", "a", "2 ", 5);
  add("K", "b", "2", 6);
  std::vector<std::string> seen;
  const auto status = groups.ForEach([&](const RowGroup& group, EditionRecord record) {
    std::string text = record.key + " " + std::to_string(record.line);
    for (uint32_t line : record.more_lines) text += "+" + std::to_string(line);
    for (std::string_view value : group.Values(0)) text.append(" ").append(value);
    for (std::string_view value : group.Values(1)) text.append(" ").append(value);
    seen.push_back(text + " rows " + std::to_string(group.rows.size()));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(seen, ElementsAre("K 3+5+6 a b 2 rows 2", "L 4 x rows 1"));
}

TEST(RowGroupsTest, AGroupThatIsDroppedIsNotHandedOut) {
  RowGroups groups(1);
  const std::string_view cells[] = {"x"};
  ASSERT_TRUE(groups.Add("K", cells, 1, 1).ok());
  ASSERT_TRUE(groups.Add("L", cells, 2, 2).ok());
  ASSERT_TRUE(groups.Drop("K", 3).ok());
  ASSERT_TRUE(groups.Drop("M", 4).ok());
  ASSERT_TRUE(groups.Add("M", cells, 5, 5).ok());
  EXPECT_TRUE(groups.Has("M"));
  EXPECT_FALSE(groups.Has("N"));
  std::vector<std::string> keys;
  const auto status = groups.ForEach([&](const RowGroup&, EditionRecord record) {
    keys.push_back(record.key);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(keys, ElementsAre("L"));
}

TEST(RowGroupsTest, AGroupHasABound) {
  RowGroups groups(1);
  const std::string_view cells[] = {"x"};
  absl::Status status;
  for (size_t i = 0; i <= kRowsOfGroupMax && status.ok(); ++i) {
    status = groups.Add("K", cells, static_cast<uint32_t>(i + 1), static_cast<uint32_t>(i + 1));
  }
  EXPECT_EQ(status.message(), "line 10001: too many rows of one record: expected at most 10000");
}

}  // namespace
}  // namespace dossier
