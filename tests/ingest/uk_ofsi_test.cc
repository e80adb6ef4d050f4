// OFSI's consolidated list, as text and as a workbook, with invented parties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/ingest/sources/uk_ofsi_columns.h"
#include "services/ingest/sources/uk_ofsi_csv.h"
#include "services/ingest/sources/uk_ofsi_xlsx.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"
#include "tests/ingest/workbook_bytes.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kHead[] =
    "Last Updated,02/04/2014\r\n"
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,"
    "Nationality,Passport Details,NI Number,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Regime,"
    "Listed On,Last Updated,Group ID\r\n";

// Rows of two groups, mixed.
constexpr char kRows[] =
    " OTTOKAR,Rupert,von,,,,Count,00/00/1980,1) Streslau 2) Zenda,1) Tunisia 2) Iran,Tunisian,"
    "Passport No: 592660 (issued in Zenda),,Chancellor,1 Castle Road,,,,,Zenda,1234,"
    "Germany (previous address),UN Ref QDe.904. Of the court.,Individual,AKA,Ruritania,01/04/2013,"
    "02/04/2014,90001\r\n"
    "ZENDA TRADING,,,,,,,,,,,,,,Quai 7,,,,,,,France,UN REF:QE.A.946.14. Trades.,Entity,Prime Alias,"
    "Ruritania,01/04/2012,02/04/2012,90002\r\n"
    "OTTOKAR,Rupert,,,,,,01/08/1981,1) Streslau 2) Zenda,1) Tunisia 2) Iran,Tunisian,"
    "Passport No: 592660 (issued in Zenda),,Chancellor,1 Castle Road,,,,,Zenda,1234,"
    "Germany (previous address),UN Ref QDe.904. Of the court.,Individual,Prime Alias,Ruritania,"
    "01/04/2013,02/04/2014,90001\r\n"
    "ZENDA HANDEL,,,,,,,,,,,,,,Quai 7,,,,,,,France,UN REF:QE.A.946.14. Trades.,Entity,FKA,"
    "Ruritania,01/04/2012,02/04/2012,90002";

std::string Text(std::string_view rows = kRows) { return kHead + std::string(rows); }
TableReading Read(std::string_view bytes, size_t chunk_size = 1 << 20) {
  return ReadTable(UkOfsiCsvFormat(), bytes, chunk_size);
}

TEST(UkOfsiCsvTest, TheFirstLineIsTheStampAndAGroupIsARecord) {
  const TableReading reading = Read(Text());
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.facts.source, "uk-ofsi");
  EXPECT_EQ(PrintPublishStamp(reading.facts.stamp), "2014-04-02");
  EXPECT_EQ(reading.facts.stamp.basis(), v1::BASIS_STATED);
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2014-04-02");
  EXPECT_EQ(PrintScope(reading.facts.scope), "whole");
  EXPECT_THAT(reading.facts.warnings, ElementsAre(HasSubstr("line 6, has no line end")));
  EXPECT_THAT(reading.Keys(), ElementsAre("90001", "90002"));
  EXPECT_EQ(reading.records[0].line, 3u);
  EXPECT_EQ(reading.records[0].line_end, 3u);
  EXPECT_THAT(reading.records[0].more_lines, ElementsAre(5u));
}

TEST(UkOfsiCsvTest, NamesHaveThePrimaryOneFirstAndTheirParts) {
  const v1::Sanction sanction = Read(Text()).Sanction("90001");
  ASSERT_EQ(sanction.name_size(), 2);
  EXPECT_EQ(sanction.name(0).whole(), "Rupert OTTOKAR");
  EXPECT_EQ(sanction.name(0).kind(), v1::NAME_KIND_PRIMARY);
  EXPECT_EQ(sanction.name(1).whole(), "Rupert von OTTOKAR");
  EXPECT_EQ(sanction.name(1).kind(), v1::NAME_KIND_ALIAS);
  EXPECT_EQ(sanction.name(1).part(2).heading(), "Name 6");
  EXPECT_EQ(sanction.name(1).part(2).value(), "OTTOKAR");
  EXPECT_EQ(sanction.target(0).id(), "uk:90001");
  EXPECT_EQ(sanction.target(0).printed_name(), "Rupert OTTOKAR");
  EXPECT_EQ(sanction.target_kind(), v1::ACTOR_KIND_PERSON);
  EXPECT_THAT(sanction.title(), ElementsAre("Count"));
  EXPECT_THAT(sanction.position(), ElementsAre("Chancellor"));
}

TEST(UkOfsiCsvTest, BirthsOfSeveralDatesAndPlacesStandApart) {
  const v1::Sanction sanction = Read(Text()).Sanction("90001");
  ASSERT_EQ(sanction.birth_size(), 4);
  EXPECT_EQ(PrintDate(sanction.birth(0).date()), "1980");
  EXPECT_EQ(sanction.birth(0).printed(), "00/00/1980");
  EXPECT_EQ(PrintDate(sanction.birth(1).date()), "1981-08-01");
  EXPECT_EQ(sanction.birth(2).place(), "Streslau");
  EXPECT_EQ(sanction.birth(2).country().id(), "state:TUN");
  EXPECT_EQ(sanction.birth(3).place(), "Zenda");
  EXPECT_EQ(sanction.birth(3).country().id(), "state:IRN");
  EXPECT_EQ(OtherOf(sanction, "Town of Birth"), "1) Streslau 2) Zenda");
  EXPECT_EQ(OtherOf(sanction, "Country of Birth"), "1) Tunisia 2) Iran");
}

TEST(UkOfsiCsvTest, AddressesNumbersAndDates) {
  const v1::Sanction sanction = Read(Text()).Sanction("90001");
  ASSERT_EQ(sanction.address_size(), 1);
  EXPECT_EQ(sanction.address(0).street(), "1 Castle Road, Zenda");
  EXPECT_EQ(sanction.address(0).postal_code(), "1234");
  EXPECT_EQ(sanction.address(0).country().id(), "state:DEU");
  EXPECT_EQ(sanction.nationality(0).country().id(), "state:TUN");
  ASSERT_EQ(sanction.identifier_size(), 1);
  EXPECT_EQ(sanction.identifier(0).number(), "592660");
  EXPECT_EQ(sanction.identifier(0).note(), "Passport No: 592660 (issued in Zenda)");
  EXPECT_EQ(sanction.identifier(0).kind(), v1::IDENTIFIER_KIND_PASSPORT);
  ASSERT_EQ(sanction.date_size(), 2);
  EXPECT_EQ(sanction.date(0).kind(), v1::SANCTION_DATE_KIND_LISTED);
  EXPECT_EQ(PrintDate(sanction.date(0).date()), "2013-04-01");
  EXPECT_EQ(sanction.date(1).kind(), v1::SANCTION_DATE_KIND_AMENDED);
  EXPECT_THAT(sanction.programme(), ElementsAre("Ruritania"));
  EXPECT_EQ(sanction.measure(0).rule(), "uk-ofsi-freeze");
  EXPECT_EQ(sanction.remarks(), "UN Ref QDe.904. Of the court.");
}

TEST(UkOfsiCsvTest, AnEntityKeepsThatItIsOne) {
  const v1::Sanction sanction = Read(Text()).Sanction("90002");
  EXPECT_EQ(sanction.target_kind(), v1::ACTOR_KIND_UNSPECIFIED);
  EXPECT_EQ(OtherOf(sanction, "Group Type"), "Entity");
  EXPECT_EQ(sanction.name(1).kind(), v1::NAME_KIND_FORMER);
  EXPECT_EQ(sanction.claim(0).object().id(), "un:QE.A.946.14");
}

TEST(UkOfsiCsvTest, TheOrderOfRowsAndTheChunkingChangeNothing) {
  const TableReading reading = Read(Text());
  EXPECT_EQ(Read(WithLinesReversed(Text(), 2)).Digests(), reading.Digests());
  for (size_t size : {1, 2, 7, 300}) EXPECT_EQ(Read(Text(), size).Digests(), reading.Digests());
}

// The number of the claim that a text makes, or "".
std::string ClaimOf(const std::string& information) {
  const std::string row = absl::StrReplaceAll(
      "ABRA,,,,,,,,,,,,,,,,,,,,,,\"TEXT\",Entity,Prime Alias,R,01/04/2012,02/04/2012,7\n",
      {{"TEXT", information}});
  const v1::Sanction sanction = Read(Text(row)).Sanction("7");
  if (sanction.claim().empty()) return "";
  EXPECT_EQ(sanction.claim_size(), 1);
  EXPECT_EQ(sanction.claim(0).kind(), v1::CLAIM_KIND_TRANSPOSES);
  EXPECT_EQ("un:" + sanction.claim(0).object().printed_name(), sanction.claim(0).object().id());
  EXPECT_THAT(information, HasSubstr(sanction.claim(0).printed()));
  return sanction.claim(0).object().printed_name();
}

TEST(UkOfsiCsvTest, ReferencesToTheUnsListAreClaims) {
  EXPECT_EQ(ClaimOf("UN Ref QDe.904. Abra."), "QDe.904");
  EXPECT_EQ(ClaimOf("UN REF:QE.A.946.14. Abra."), "QE.A.946.14");
  EXPECT_EQ(ClaimOf("Annex IV. UN Listing. UN Ref.KPI.967. Abra"), "KPi.967");
  EXPECT_EQ(ClaimOf("UN Reference KPi.967."), "KPi.967");
  EXPECT_EQ(ClaimOf("UN Ref. CFi.909. Friend of X (UN Ref CFi.908)"), "CFi.909");
  EXPECT_EQ(ClaimOf("UN Ref E.92.I.11. Abra"), "E.92.I.11");
  EXPECT_EQ(ClaimOf("UN Ref. I.AC.50.20.12.12.(1). Abra"), "I.AC.50.20.12.12.(1)");
  EXPECT_EQ(ClaimOf("EU listing. Not UN."), "");
  EXPECT_EQ(ClaimOf("UN Ref.077. Abra"), "");
}

TEST(UkOfsiCsvTest, ShipsNumbersAreTheEntrysOwnWhereTheTextBeginsWithThem) {
  const std::string row =
      "ABRA,,,,,,,,,,,,,,,,,,,,,,TEXT,Entity,Prime Alias,R,01/04/2012,02/04/2012,7\n";
  const auto read = [&](const char* text) {
    return Read(Text(absl::StrReplaceAll(row, {{"TEXT", text}}))).Sanction("7");
  };
  const v1::Sanction ship = read("IMO: 8937600. MMSI: 445539900. A vessel.");
  ASSERT_EQ(ship.identifier_size(), 2);
  EXPECT_EQ(ship.identifier(0).number(), "8937600");
  EXPECT_EQ(ship.identifier(1).kind(), v1::IDENTIFIER_KIND_MMSI);
  EXPECT_EQ(read("Owns ships. IMO: 8937600.").identifier_size(), 0);
}

// A row of a group.
std::string RowOf(const std::string& name, const std::string& group_id) {
  return name + ",,,,,,,,,,,,,,,,,,,,,,,Entity,Prime Alias,R,01/04/2012,02/04/2012," + group_id;
}

TEST(UkOfsiCsvTest, ARowThatDoesNotReadLeavesItsGroupOutAndReadingGoesOn) {
  const TableReading reading =
      Read(Text(absl::StrCat(RowOf("ABRA", "7"), "\n\n", RowOf(" ", "7"), "\n",
                             RowOf("CADABRA", "7"), "\n", RowOf("ABRA", "8"), "\n")));
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.Keys(), ElementsAre("8"));
  EXPECT_THAT(reading.rejections,
              ElementsAre("5:1: Name 6: no name: expected one in Name 1 to Name 6"));
  EXPECT_THAT(reading.rejected_keys, ElementsAre("7"));
}

TEST(UkOfsiCsvTest, ARowThatDoesNotTellItsGroupRefusesTheEdition) {
  const auto refusal = [](const std::string& row) {
    return Message(Read(Text(absl::StrCat(RowOf("ABRA", "7"), "\n", row, "\n"))).status);
  };
  EXPECT_EQ(refusal(RowOf("ABRA", "x7")),
            "line 4: column 71: Group ID: expected a number of at most 12 digits, found \"x7\"");
  EXPECT_EQ(refusal("too,few"), "line 4: column 8: expected 29 cells, found 2");
  EXPECT_EQ(refusal("\"a\"b,"),
            "line 4: column 4: text after a closing quote: expected a separator or a line end");
}

TEST(UkOfsiCsvTest, AGroupIdThatMayBeCutOffRefusesTheEdition) {
  const std::string rows = RowOf("ABRA", "125") + "\n" + RowOf("CADABRA", "12531") + "\n";
  const std::string whole = Text(rows + RowOf("CABRA", "12531"));
  const TableReading reading = Read(whole);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_TRUE(reading.facts.lacks_end_mark);
  EXPECT_FALSE(Read(whole + "\n").facts.lacks_end_mark);
  EXPECT_EQ(Message(Read(std::string_view(whole).substr(0, whole.size() - 1)).status),
            "line 5: column 72: Group ID: the file ends here, and no other row has \"1253\": "
            "expected a line end after a number that may be cut off");
  // Another row has "125": the file could end so, and is held to few endings.
  EXPECT_TRUE(Read(std::string_view(whole).substr(0, whole.size() - 2)).facts.lacks_end_mark);
}

// The towns and countries of births in rows with these cells of towns and countries.
std::vector<std::string> PlacesOf(const std::vector<std::string>& cells) {
  std::string rows;
  for (const std::string& cell : cells) {
    absl::StrAppend(&rows, "ABRA,,,,,,,,", cell,
                    ",,,,,,,,,,,,,,Individual,Prime Alias,R,01/04/2012,02/04/2012,7\n");
  }
  std::vector<std::string> places;
  const v1::Sanction sanction = Read(Text(rows)).Sanction("7");
  for (const v1::Birth& birth : sanction.birth()) {
    places.push_back(birth.place() + "/" + birth.country().printed_name());
  }
  return places;
}

TEST(UkOfsiCsvTest, TownsAreInTheCountriesOfTheirRows) {
  EXPECT_THAT(PlacesOf({"Abra,Tunisia", "Zenda,Iran", "Cabra,Kuwait"}),
              ElementsAre("Abra/Tunisia", "Cabra/Kuwait", "Zenda/Iran"));
  EXPECT_THAT(PlacesOf({"Abra,Tunisia", "Abra,", ",Tunisia", "Zenda,", ",Iran"}),
              ElementsAre("/Iran", "Abra/Tunisia", "Zenda/"));
  EXPECT_THAT(PlacesOf({"1) Abra 2) Zenda,Iran"}), ElementsAre("Abra/", "Zenda/", "/Iran"));
}

TEST(UkOfsiCsvTest, AnEditionThatCannotBeReadWholeIsRefused) {
  const auto refusal = [](std::string_view bytes) { return Message(Read(bytes).status); };
  EXPECT_THAT(refusal(""), StartsWith("line 1: column 1: the file is empty: expected "));
  EXPECT_THAT(refusal("Name 6,Name 1\n"), StartsWith("line 1: column 1: expected \"Last Updated"));
  EXPECT_EQ(refusal("Last Updated,2 April\n"),
            "line 1: expected the date of \"Last Updated\" as DD/MM/YYYY, found \"2 April\"");
  EXPECT_THAT(refusal("Last Updated,02/04/2014\n"), HasSubstr("ends before the table"));
  EXPECT_EQ(refusal("Last Updated,02/04/2014\nName 6,Name 2\n"),
            "line 2: column 8: expected header \"Name 1\", found \"Name 2\"");
  EXPECT_EQ(refusal(kHead), "line 1: no records: expected at least one row after the header");
  EXPECT_EQ(refusal(Text("ABRA,,,")),
            "line 3: column 8: the file ends inside this row: expected 29 cells, found 4");
  EXPECT_THAT(refusal(Text("\"ABRA,,,")),
              HasSubstr("line 3: column 1: a quote that is not closed"));
  EXPECT_THAT(refusal(Text(RowOf("", "7") + "\n")),
              HasSubstr("none of the 1 records could be read; the first: "));
}

// The workbook of the 2022 layout.
std::vector<std::string> Cells2022(const std::vector<std::pair<UkOfsiColumn, std::string>>& cells) {
  std::vector<std::string> row(kUkOfsiColumns);
  for (const auto& [column, text] : cells) row[column] = text;
  return row;
}

std::string Workbook2022(const std::vector<std::vector<std::string>>& rows) {
  std::string sheet = InlineRow(1, {"Last Updated", "10/04/2025"});
  sheet += InlineRow(2, {kUkOfsiHeader2022.begin(), kUkOfsiHeader2022.end()});
  uint32_t number = 2;
  for (const auto& row : rows) sheet += InlineRow(++number, row);
  return ZipBytes(Workbook(sheet));
}

const std::vector<std::string>& ShipRow() {
  static const auto& row = *new std::vector<std::string>(Cells2022(
      {{kUkName6, "ABRA 5"},
       {kUkNonLatinName, "АБРА"},
       {kUkNonLatinScript, "Cyrillic"},
       {kUkNonLatinLanguage, "Russian"},
       {kUkOtherInformation,
        "(UK Sanctions List Ref):RUR0001. (UN Ref):QDi.928. Seen at night. Ship of ZENDA (UN Ref "
        "QDe.904). (UK Statement of Reasons):It carried cheese. (Phone number):(1) +49 1 (2) +49 2 "
        "(IMO number):7408800 (Current owners):Zenda Shipping (Flag of ship):North Korea (Previous "
        "flags):Russia (Type of ship):Oil tanker (Year built):1975 (Parent company):ZENDA AG"},
       {kUkGroupType, "Ship"},
       {kUkAliasType, "Primary name"},
       {kUkAliasQuality, "Good quality"},
       {kUkRegime, "Ruritania"},
       {kUkListedOn, "03/04/2018"},
       {kUkDesignated, "30/03/2018"},
       {kUkLastUpdated, "31/12/2020"},
       {kUkGroupId, "13651"}}));
  return row;
}

TEST(UkOfsiXlsxTest, AShipWithAllThatItsRemarksSay) {
  const TableReading reading = ReadTable(UkOfsiXlsxFormat(), Workbook2022({ShipRow()}), 100);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(PrintPublishStamp(reading.facts.stamp), "2025-04-10");
  EXPECT_EQ(reading.records[0].line, 3u);
  EXPECT_EQ(reading.records[0].element, "sheet 1");
  const v1::Sanction sanction = reading.Sanction("13651");
  EXPECT_EQ(sanction.target_kind(), v1::ACTOR_KIND_VESSEL);
  ASSERT_EQ(sanction.name_size(), 2);
  EXPECT_EQ(sanction.name(0).quality(), v1::NAME_QUALITY_GOOD);
  EXPECT_EQ(sanction.name(1).whole(), "АБРА");
  EXPECT_EQ(sanction.name(1).kind(), v1::NAME_KIND_VARIATION);
  EXPECT_EQ(sanction.name(1).script(), "Cyrillic");
  EXPECT_EQ(sanction.name(1).note(), "Russian");
  EXPECT_EQ(sanction.date(0).kind(), v1::SANCTION_DATE_KIND_DESIGNATED);
  EXPECT_EQ(PrintDate(sanction.date(0).date()), "2018-03-30");
  ASSERT_EQ(sanction.claim_size(), 1);
  EXPECT_EQ(sanction.claim(0).object().id(), "un:QDi.928");
  EXPECT_EQ(sanction.reason(), "It carried cheese.");
  std::vector<std::string> numbers;
  for (const auto& identifier : sanction.identifier()) numbers.push_back(identifier.number());
  EXPECT_THAT(numbers, ElementsAre("RUR0001", "+49 1", "+49 2", "7408800"));
  EXPECT_EQ(sanction.craft().flag().id(), "state:PRK");
  EXPECT_EQ(sanction.craft().owner(), "Zenda Shipping");
  EXPECT_EQ(sanction.craft().built(), "1975");
  EXPECT_EQ(OtherOf(sanction, "Previous flags"), "Russia");
  EXPECT_EQ(sanction.link(0).other().printed_name(), "ZENDA AG");
  EXPECT_EQ(sanction.link(0).kind(), v1::LINK_KIND_OTHER);
}

TEST(UkOfsiXlsxTest, NumbersAndTheirDetailsArePairsWhereTheyNumberAlike) {
  std::vector<std::string> row = ShipRow();
  row[kUkPassportNumber] = "(1) A1230 (2) B4560";
  row[kUkPassportDetails] = "(1) Ruritanian (2) Expired";
  row[kUkNationalNumber] = "777000";
  row[kUkNationalDetails] = "(1) Card (2) Licence";
  const v1::Sanction sanction =
      ReadTable(UkOfsiXlsxFormat(), Workbook2022({row})).Sanction("13651");
  EXPECT_EQ(sanction.identifier(0).number(), "A1230");
  EXPECT_EQ(sanction.identifier(0).note(), "Ruritanian");
  EXPECT_EQ(sanction.identifier(1).note(), "Expired");
  EXPECT_EQ(sanction.identifier(2).kind(), v1::IDENTIFIER_KIND_NATIONAL_ID);
  EXPECT_EQ(sanction.identifier(2).note(), "");
  EXPECT_EQ(OtherOf(sanction, "National Identification Details"), "(1) Card (2) Licence");
}

TEST(UkOfsiXlsxTest, ANumberHasTheDetailsOfItsRow) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [number, details] :
       {std::pair("111000", "Iraq"), std::pair("222000", "Iran"), std::pair("222000", "")}) {
    rows.push_back(ShipRow());
    rows.back()[kUkPassportNumber] = number;
    rows.back()[kUkPassportDetails] = details;
  }
  const v1::Sanction sanction = ReadTable(UkOfsiXlsxFormat(), Workbook2022(rows)).Sanction("13651");
  std::vector<std::string> passports;
  for (const v1::Identifier& identifier : sanction.identifier()) {
    if (identifier.kind() != v1::IDENTIFIER_KIND_PASSPORT) continue;
    passports.push_back(identifier.number() + " " + identifier.note());
  }
  EXPECT_THAT(passports, ElementsAre("111000 Iraq", "222000 Iran"));
}

// The measures that "Other Information" publishes, "KIND DETAIL".
std::vector<std::string> MeasuresOf(const std::string& information) {
  std::vector<std::string> row = ShipRow();
  row[kUkOtherInformation] = information;
  std::vector<std::string> other = row;
  other[kUkName6] = "CADABRA";
  const v1::Sanction sanction =
      ReadTable(UkOfsiXlsxFormat(), Workbook2022({row, other})).Sanction("13651");
  EXPECT_EQ(sanction.remarks(), information);
  std::vector<std::string> measures;
  for (const v1::Measure& measure : sanction.measure()) {
    if (measure.basis() != v1::MEASURE_BASIS_PUBLISHED) continue;
    measures.push_back(v1::MeasureKind_Name(measure.kind()).substr(13) + " " + measure.detail());
  }
  return measures;
}

TEST(UkOfsiXlsxTest, MeasuresBesideTheFreezeArePublished) {
  const std::string financial = "Financial sanctions imposed in addition to an asset freeze: ";
  EXPECT_THAT(MeasuresOf("(UK Sanctions List Ref):RUR0002. " + financial +
                         "Trust services. Date trust services sanctions imposed: 01/02/2024."),
              ElementsAre("FINANCIAL Trust services"));
  EXPECT_THAT(
      MeasuresOf("(UK Sanctions List Ref):RUR0002. " + financial +
                 "Dealing with transferable securities or money-market instruments. Loans and "
                 "credit arrangements. Correspondent banking relationships etc. Trust services. X"),
      ElementsAre("FINANCIAL Dealing with transferable securities or money-market instruments",
                  "FINANCIAL Loans and credit arrangements",
                  "FINANCIAL Correspondent banking relationships etc", "FINANCIAL Trust services"));
  EXPECT_THAT(MeasuresOf("(UK Sanctions List Ref):RUR0002. (1) Sanction imposed in addition to an "
                         "asset freeze: Travel ban. Date travel ban imposed: 01/02/2024."),
              ElementsAre("TRAVEL_BAN Travel ban"));
  EXPECT_THAT(MeasuresOf("(UK Sanctions List Ref):RUR0002. (UK Statement of Reasons):" + financial +
                         "Trust services."),
              IsEmpty());
  EXPECT_THAT(MeasuresOf("(UK Sanctions List Ref):RUR0002. " + financial + "Trust services of X."),
              IsEmpty());
}

TEST(UkOfsiXlsxTest, AnEntryUnderTwoRegimesKeepsWhichDateIsOfWhich) {
  std::vector<std::string> other = ShipRow();
  other[kUkRegime] = "Zenda";
  other[kUkListedOn] = "05/05/2019";
  const v1::Sanction sanction =
      ReadTable(UkOfsiXlsxFormat(), Workbook2022({other, ShipRow()})).Sanction("13651");
  EXPECT_THAT(sanction.programme(), ElementsAre("Ruritania", "Zenda"));
  std::vector<std::string> dates;
  for (const v1::SanctionDate& date : sanction.date()) {
    if (date.kind() != v1::SANCTION_DATE_KIND_LISTED) continue;
    dates.push_back(date.detail() + " " + PrintDate(date.date()));
  }
  EXPECT_THAT(dates, ElementsAre("Ruritania 2018-04-03", "Zenda 2019-05-05"));
}

TEST(UkOfsiXlsxTest, ARowThatDoesNotReadLeavesItsGroupOut) {
  std::vector<std::string> nameless = ShipRow();
  nameless[kUkName6] = " ";
  std::vector<std::string> wide = ShipRow();
  wide[kUkGroupId] = "13652";
  std::vector<std::string> good = wide;
  good[kUkGroupId] = "13653";
  wide.push_back("more");
  const TableReading reading =
      ReadTable(UkOfsiXlsxFormat(), Workbook2022({ShipRow(), nameless, wide, good}));
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.Keys(), ElementsAre("13653"));
  EXPECT_THAT(reading.rejections,
              ElementsAre("4:1: Name 6: no name: expected one in Name 1 to Name 6",
                          "5:37: : a cell beyond the header"));
  EXPECT_THAT(reading.rejected_keys, ElementsAre("13651", "13652"));
}

TEST(UkOfsiXlsxTest, WorkbooksAreRefusedWithThePlace) {
  std::vector<std::string> bad = ShipRow();
  bad[kUkGroupId] = "none";
  const auto refusal = [](std::string_view bytes) {
    return Message(ReadTable(UkOfsiXlsxFormat(), bytes).status);
  };
  EXPECT_EQ(refusal(Workbook2022({bad, ShipRow()})),
            "workbook: xl/worksheets/one.xml: line 3: column 36: Group ID: expected a number of at "
            "most 12 digits, found \"none\"");
  EXPECT_EQ(refusal(""), "line 1: column 1: the file is empty: expected a workbook");
  EXPECT_THAT(refusal("Last Updated"), StartsWith("workbook: the archive: it does not open"));
  EXPECT_THAT(refusal(ZipBytes(Workbook(InlineRow(1, {"Name"})))),
              HasSubstr("line 1: column 1: expected \"Last Updated\", found \"Name\""));
  const std::string dated = InlineRow(1, {"Last Updated", "10/04/2025"});
  EXPECT_THAT(refusal(ZipBytes(Workbook(dated))), HasSubstr("ends before the table"));
  EXPECT_THAT(refusal(ZipBytes(Workbook(dated + InlineRow(2, {"Name 6", "Name 2"})))),
              HasSubstr("line 2: column 2: expected header \"Name 1\", found \"Name 2\""));
  EXPECT_EQ(refusal(Workbook2022({})),
            "line 1: no records: expected at least one row after the header");
}

TEST(UkOfsiTest, EachFormatRecognisesItsFiles) {
  const std::string workbook = Workbook2022({ShipRow()});
  EXPECT_TRUE(UkOfsiCsvFormat().recognises({Text(), "x.csv", ""}));
  EXPECT_FALSE(UkOfsiCsvFormat().recognises({"Name 6,Name 1\n", "x.csv", "uk-ofsi"}));
  EXPECT_TRUE(UkOfsiXlsxFormat().recognises({workbook, "conlist.xlsx", ""}));
  EXPECT_TRUE(UkOfsiXlsxFormat().recognises({workbook, "x", "uk-ofsi"}));
  EXPECT_FALSE(UkOfsiXlsxFormat().recognises({workbook, "x.xlsx", ""}));
}

TEST(UkOfsiPublishedTest, FourYearsHaveTheStepsThatAreKnown) {
  const std::string before = PublishedList("uk_ofsi_sanctionsconlist_2014-04-02.csv");
  const std::string after = PublishedList("uk_ofsi_sanctionsconlist_2018-04-13.csv");
  if (before.empty() || after.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading old_list = Read(before);
  const TableReading new_list = Read(after);
  EXPECT_EQ(old_list.records.size(), 2'297u);
  EXPECT_EQ(new_list.records.size(), 2'106u);
  EXPECT_THAT(old_list.rejections, IsEmpty());
  const EditionSteps steps = StepsBetween(old_list, new_list);
  EXPECT_EQ(steps.added, 642u);
  EXPECT_EQ(steps.removed, 833u);
  EXPECT_EQ(steps.changed, 704u);
  EXPECT_EQ(Read(WithLinesReversed(after, 2)).Digests(), new_list.Digests());
  EXPECT_TRUE(old_list.facts.lacks_end_mark);
  EXPECT_FALSE(new_list.facts.lacks_end_mark);
  EXPECT_THAT(Message(Read(std::string_view(before).substr(0, before.size() - 2)).status),
              HasSubstr("no other row has \"125\""));
}

TEST(UkOfsiPublishedTest, TheWorkbookGoesOnWithTheSameKeys) {
  const std::string text = PublishedList("uk_ofsi_sanctionsconlist_2018-04-13.csv");
  const std::string workbook = PublishedList("uk_ofsi_conlist_2025-04-10.xlsx");
  if (text.empty() || workbook.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading list = ReadTable(UkOfsiXlsxFormat(), workbook);
  ASSERT_TRUE(list.status.ok()) << list.status;
  EXPECT_EQ(list.records.size(), 4'686u);
  EXPECT_THAT(list.rejections, IsEmpty());
  EXPECT_EQ(StepsBetween(Read(text), list).removed, 498u);
  const auto entries =
      std::count_if(list.records.begin(), list.records.end(), [](const EditionRecord& record) {
        const auto& measures = record.present.sanction().measure();
        return std::any_of(measures.begin(), measures.end(), [](const v1::Measure& measure) {
          return measure.kind() == v1::MEASURE_KIND_FINANCIAL;
        });
      });
  EXPECT_EQ(entries, 2'178);
}

}  // namespace
}  // namespace dossier
