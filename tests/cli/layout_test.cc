// How text, numbers, tables and CSV come out.
#include <gtest/gtest.h>

#include <sstream>

#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/table.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

TEST(Text, WidthCountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("Türkiye"), 7);
  EXPECT_EQ(DisplayWidth("中国"), 4);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1);
  EXPECT_EQ(CutToWidth("Türkiye", 5), "Türk…");
  EXPECT_EQ(CutToWidth("中国人", 5), "中国…");
  EXPECT_EQ(CutToWidth("Chad", 4), "Chad");
}

TEST(Text, ControlCharactersCannotReachTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb\r\n"), "a?[31mb??");
  EXPECT_EQ(Printable("a\xe2\x80\xae"
                      "b"),
            "a?b");
  EXPECT_EQ(Printable("a\xff"), "a\xef\xbf\xbd");
}

TEST(Text, WrapsAtBlanks) {
  EXPECT_EQ(Wrap("one two three", 8), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("unbreakable", 4), (std::vector<std::string>{"unbreakable"}));
}

TEST(Text, SparklineReachesTheTopAtTheLargest) { EXPECT_EQ(Sparkline({0, 1, 8}), "·▂█"); }

TEST(Numbers, TivForProgramsRoundsHalfAwayFromZero) {
  EXPECT_EQ(TivForPrograms(0), "0.00");
  EXPECT_EQ(TivForPrograms(4), "0.00");
  EXPECT_EQ(TivForPrograms(5), "0.01");
  EXPECT_EQ(TivForPrograms(8'125), "8.13");
  EXPECT_EQ(TivForPrograms(8'124), "8.12");
  EXPECT_EQ(TivForPrograms(-8'125), "-8.13");
  EXPECT_EQ(TivForPrograms(-4), "0.00");
  EXPECT_EQ(TivForPrograms(1'320'000), "1320.00");
}

TEST(Numbers, ForPeople) {
  EXPECT_EQ(Grouped(1'234'567), "1,234,567");
  EXPECT_EQ(Grouped(-999), "-999");
  EXPECT_EQ(Grouped(INT64_MIN), "-9,223,372,036,854,775,808");
  EXPECT_EQ(TivForPeople(1'319'500), "1,320");
  EXPECT_EQ(TivForPeople(8'100), "8.10");
  EXPECT_EQ(Percent(1, 8), "12.5%");
  EXPECT_EQ(Percent(1, 0), "");
  EXPECT_EQ(PrintYears(2000, 2004), "2000-2004");
  EXPECT_EQ(PrintYears(0, 0), "");
  v1::Delivery delivery;
  EXPECT_EQ(PrintYears(delivery.year()), "");
  for (const int year : {2001, 2003, 2004, 2005, 2009}) delivery.add_year(year);
  EXPECT_EQ(PrintYears(delivery.year()), "2001, 2003-2005, 2009");
  EXPECT_EQ(Words("VERB_CAME_BACK", "VERB_"), "came back");
  EXPECT_EQ(Words("STAGE_UNSPECIFIED", "STAGE_"), "");
}

TEST(Numbers, ASummaryKeepsTheGapsOfADelivery) {
  v1::Transfer transfer;
  transfer.set_designation("Rafale");
  v1::Delivery& delivery = *transfer.add_delivery();
  delivery.add_year(2001);
  delivery.add_year(2005);
  EXPECT_EQ(Summary(transfer), " to : Rafale; delivered 2001, 2005");
}

std::string Printed(const Table& table, int width) {
  std::ostringstream out;
  table.Print(out, width);
  return out.str();
}

TEST(Table, AlignsByDisplayWidth) {
  Table table({{"name", Table::kText}, {"TIV", Table::kNumber}});
  table.AddRow({"Türkiye", "1,320"});
  table.AddRow({"中国", "8"});
  EXPECT_EQ(Printed(table, 0),
            "name       TIV\n"
            "───────  ─────\n"
            "Türkiye  1,320\n"
            "中国         8\n");
}

TEST(Table, ShrinksFirstThenLeavesColumnsOut) {
  Table table({{"name", Table::kShrinks}, {"TIV", Table::kNumber}, {"more", Table::kOptional}});
  table.AddRow({"Democratic Republic", "1", "something"});
  EXPECT_EQ(Printed(table, 28),
            "name          TIV  more\n"
            "────────────  ───  ─────────\n"
            "Democratic …    1  something\n");
  EXPECT_EQ(Printed(table, 16),
            "name        TIV\n"
            "──────────  ───\n"
            "Democrati…    1\n");
}

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(CsvField("plain"), "plain");
  EXPECT_EQ(CsvField(""), "");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(CsvField("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(CsvField(" edge"), "\" edge\"");
  std::ostringstream out;
  PrintCsvRow(out, {"a", "b,c", ""});
  EXPECT_EQ(out.str(), "a,\"b,c\",\n");
}

}  // namespace
}  // namespace dossier
