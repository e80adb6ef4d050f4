// The Denied Persons List and the Consolidated Screening List, with invented parties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/ingest/sources/bis_dpl_tsv.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/us_csl_csv.h"
#include "services/ingest/sources/us_csl_entry.h"
#include "services/model/dates.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kDplHeader[] =
    "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t"
    "\"Effective_Date\"\t\"Expiration_Date\"\t\"Standard_Order\"\t\"Last_Update\"\t\"Action\"\t"
    "\"FR_Citation\"\n";
constexpr char kDplRow[] =
    "\" ABRA CADABRA\"\t\"1 ELM ROAD\"\t\"SMALLVILLE\"\t\"KS\"\t\"US\"\t\"67524\"\t"
    "\"10/16/2017\"\t\"10/13/2020\"\t\"Y\"\t\"2017-10-23\"\t\"FR NOTICE ADDED\"\t"
    "\"82 F.R. 90001 10/20/2017\"\n";

TableReading ReadDpl(const std::string& rows) {
  return ReadTable(BisDplTsvFormat(), kDplHeader + rows);
}

std::string With(std::string_view row, std::string_view what, std::string_view by) {
  return absl::StrReplaceAll(std::string(row), {{std::string(what), std::string(by)}});
}

TEST(BisDplTsvTest, ARowBecomesTheSanctionOfAName) {
  const TableReading reading = ReadDpl(kDplRow);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.facts.source, "us-bis-dpl");
  EXPECT_FALSE(reading.facts.stamp.has_time());
  const v1::Sanction sanction = reading.Sanction("ABRA CADABRA");
  EXPECT_EQ(sanction.target(0).id(), "bis:ABRA CADABRA");
  EXPECT_EQ(sanction.name(0).kind(), v1::NAME_KIND_PRIMARY);
  EXPECT_EQ(sanction.address(0).street(), "1 ELM ROAD");
  EXPECT_EQ(sanction.address(0).city(), "SMALLVILLE");
  EXPECT_EQ(sanction.address(0).region(), "KS");
  EXPECT_EQ(sanction.address(0).postal_code(), "67524");
  EXPECT_EQ(sanction.address(0).country().id(), "state:USA");
  EXPECT_EQ(sanction.measure(0).rule(), "bis-dpl-denial");
  EXPECT_THAT(sanction.instrument(), ElementsAre("82 F.R. 90001 10/20/2017"));
  ASSERT_EQ(sanction.date_size(), 3);
  EXPECT_EQ(sanction.date(0).kind(), v1::SANCTION_DATE_KIND_IN_FORCE);
  EXPECT_EQ(PrintDate(sanction.date(0).date()), "2017-10-16");
  EXPECT_EQ(sanction.date(1).kind(), v1::SANCTION_DATE_KIND_EXPIRY);
  EXPECT_EQ(PrintDate(sanction.date(1).date()), "2020-10-13");
  EXPECT_EQ(sanction.date(2).kind(), v1::SANCTION_DATE_KIND_AMENDED);
  EXPECT_EQ(PrintDate(sanction.date(2).date()), "2017-10-23");
  EXPECT_EQ(OtherOf(sanction, "Action"), "FR NOTICE ADDED");
  EXPECT_EQ(OtherOf(sanction, "Standard_Order"), "Y");
}

TEST(BisDplTsvTest, RowsOfANameAreOneRecordWithTheirOrdersKeptApart) {
  std::string second = With(kDplRow, "1 ELM ROAD", "FCI SOMEWHERE");
  second = With(With(second, "10/16/2017", "06/19/2003"), "82 F.R. 90001", "68 F.R. 90002");
  const TableReading reading = ReadDpl(std::string(kDplRow) + second + kDplRow);
  EXPECT_THAT(reading.Keys(), ElementsAre("ABRA CADABRA"));
  EXPECT_EQ(reading.records[0].line, 2u);
  EXPECT_EQ(reading.records[0].line_end, 4u);
  const v1::Sanction sanction = reading.Sanction("ABRA CADABRA");
  ASSERT_EQ(sanction.address_size(), 2);
  EXPECT_EQ(sanction.address(0).note(), "82 F.R. 90001 10/20/2017");
  EXPECT_EQ(sanction.address(1).note(), "68 F.R. 90002 10/20/2017");
  EXPECT_EQ(PrintDate(sanction.date(0).date()), "2017-10-16");
  EXPECT_EQ(sanction.date(0).detail(), "82 F.R. 90001 10/20/2017");
  EXPECT_EQ(reading.Digests(), ReadDpl(second + kDplRow).Digests());
}

TEST(BisDplTsvTest, ADenialWithoutEndHasNoExpiry) {
  const v1::Sanction sanction = ReadDpl(With(kDplRow, "10/13/2020", "")).Sanction("ABRA CADABRA");
  for (const v1::SanctionDate& date : sanction.date()) {
    EXPECT_NE(date.kind(), v1::SANCTION_DATE_KIND_EXPIRY);
  }
}

TEST(BisDplTsvTest, FaultsHaveTheirPlace) {
  EXPECT_EQ(Message(ReadDpl(With(kDplRow, " ABRA CADABRA", " ") + kDplRow).status),
            "line 2: column 1: Name: no name: expected one");
  EXPECT_EQ(Message(ReadDpl(std::string("\"x\"\t\"y\"\n") + kDplRow).status),
            "line 2: column 8: expected 12 cells, found 2");
  EXPECT_THAT(Message(ReadTable(BisDplTsvFormat(), "\"Name\"\t\"Street\"\n").status),
              StartsWith("line 1: column 8: expected header \"Street_Address\", found \"Street\""));
  EXPECT_THAT(Message(ReadTable(BisDplTsvFormat(), "").status), HasSubstr("the file is empty"));
  EXPECT_THAT(Message(ReadDpl("").status), HasSubstr("no records"));
  EXPECT_THAT(Message(ReadDpl("\"ABRA\"\t\"1 E").status), HasSubstr("a quote that is not closed"));
}

TEST(BisDplPublishedTest, NamesSurviveRenewals) {
  const std::string before = PublishedList("us_bis_dpl_2019-06-29.txt");
  const std::string after = PublishedList("us_bis_dpl_2021-07-07.txt");
  if (before.empty() || after.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading old_list = ReadTable(BisDplTsvFormat(), before);
  const TableReading new_list = ReadTable(BisDplTsvFormat(), after);
  EXPECT_EQ(old_list.records.size(), 415u);
  EXPECT_EQ(new_list.records.size(), 459u);
  EXPECT_THAT(new_list.rejections, IsEmpty());
  const EditionSteps steps = StepsBetween(old_list, new_list);
  EXPECT_EQ(steps.added, 148u);
  EXPECT_EQ(steps.removed, 104u);
  EXPECT_EQ(steps.changed, 26u);
}

constexpr char kCslHeader[] =
    "source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,"
    "end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,"
    "gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,"
    "alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,"
    "ids\n";

TableReading ReadCsl(const std::string& rows) {
  return ReadTable(UsCslCsvFormat(), kCslHeader + rows);
}

TEST(UsCslCsvTest, AnEntryOfTheTreasuryHasOfacsNumber) {
  const v1::Sanction sanction =
      ReadCsl(
          "Specially Designated Nationals (SDN) - Treasury Department,900001,Individual,"
          "SDGT; SYRIA,\"CADABRA, Abra\",Minister,\"1 Elm Road, Zenda, IR; Paris, FR\",,,,,,,,"
          ",,,,,Remark. (Linked To: ZENDA AG),http://list,ABRA; A. C.,DZ,1955,SY,Zenda,"
          "http://more,\"IR, 0001110, Passport; 0002220, Tax ID No.; Subject to All, Additional "
          "Sanctions Information -\"\n")
          .Sanction("SDN/900001");
  EXPECT_EQ(sanction.target(0).id(), "ofac:900001");
  EXPECT_EQ(sanction.list(), "Specially Designated Nationals (SDN) - Treasury Department");
  EXPECT_EQ(sanction.authority(), "Treasury Department");
  EXPECT_EQ(sanction.measure(0).rule(), "ofac-sdn-blocking");
  EXPECT_THAT(sanction.programme(), ElementsAre("SDGT", "SYRIA"));
  EXPECT_EQ(OtherOf(sanction, "programs"), "SDGT; SYRIA");
  ASSERT_EQ(sanction.name_size(), 3);
  EXPECT_EQ(sanction.name(0).whole(), "CADABRA, Abra");
  EXPECT_EQ(sanction.name(2).whole(), "A. C.");
  ASSERT_EQ(sanction.address_size(), 2);
  EXPECT_EQ(sanction.address(0).street(), "1 Elm Road, Zenda, IR");
  EXPECT_EQ(sanction.address(0).country().id(), "state:IRN");
  EXPECT_EQ(sanction.address(1).country().id(), "state:FRA");
  ASSERT_EQ(sanction.nationality_size(), 2);
  EXPECT_FALSE(sanction.nationality(0).is_citizenship());
  EXPECT_TRUE(sanction.nationality(1).is_citizenship());
  EXPECT_EQ(sanction.nationality(1).country().id(), "state:DZA");
  ASSERT_EQ(sanction.birth_size(), 1);
  EXPECT_EQ(PrintDate(sanction.birth(0).date()), "1955");
  EXPECT_EQ(sanction.birth(0).place(), "Zenda");
  ASSERT_EQ(sanction.identifier_size(), 2);
  EXPECT_EQ(sanction.identifier(0).number(), "0001110");
  EXPECT_EQ(sanction.identifier(0).country().id(), "state:IRN");
  EXPECT_EQ(sanction.identifier(1).kind(), v1::IDENTIFIER_KIND_TAX);
  EXPECT_EQ(sanction.link(0).kind(), v1::LINK_KIND_LINKED_TO);
  EXPECT_EQ(sanction.link(0).other().printed_name(), "ZENDA AG");
  EXPECT_EQ(sanction.target_kind(), v1::ACTOR_KIND_PERSON);
}

constexpr char kEntityListRow[] =
    "Entity List (EL) - Bureau of Industry and Security,,,,Abra Ltd.,,\"Zenda, NO\",90 FR 90001,"
    "2010-06-28,,,For all items.,Presumption of denial,,,,,,,,http://list,,,,,,http://more,\n";

TEST(UsCslCsvTest, AnEntryOfTheEntityListIsAnExportControl) {
  const std::string other =
      With(With(kEntityListRow, "Zenda, NO", "Streslau, ZA"), "2010-06-28", "2010-07-01");
  const TableReading reading = ReadCsl(other + kEntityListRow);
  EXPECT_THAT(reading.Keys(), ElementsAre("EL/Abra Ltd."));
  const v1::Sanction sanction = reading.Sanction("EL/Abra Ltd.");
  EXPECT_EQ(sanction.target(0).id(), "csl:EL/Abra Ltd.");
  EXPECT_EQ(sanction.measure(0).kind(), v1::MEASURE_KIND_EXPORT_CONTROL);
  EXPECT_EQ(sanction.measure(0).basis(), v1::MEASURE_BASIS_PUBLISHED);
  EXPECT_EQ(sanction.measure(0).detail(), "For all items.");
  EXPECT_EQ(OtherOf(sanction, "license_policy"), "Presumption of denial");
  ASSERT_EQ(sanction.address_size(), 2);
  EXPECT_EQ(sanction.address(0).note(), "2010-07-01");
  EXPECT_EQ(sanction.address(0).country().id(), "state:ZAF");
  ASSERT_EQ(sanction.date_size(), 2);
  EXPECT_EQ(sanction.date(0).detail(), "90 FR 90001");
}

// The sanction of a row of the SDN list with these cells.
v1::Sanction ReadCslEntry(const std::vector<std::pair<UsCslColumn, std::string>>& fields) {
  std::vector<std::string> cells(kUsCslColumns);
  cells[kCslSource] = "Specially Designated Nationals (SDN) - Treasury Department";
  cells[kCslNumber] = "900001";
  cells[kCslName] = "ABRA";
  for (const auto& [column, text] : fields) cells[column] = "\"" + text + "\"";
  return ReadCsl(absl::StrJoin(cells, ",") + "\n").Sanction("SDN/900001");
}

TEST(UsCslCsvTest, IdsAreReadByTheHeadingsOfOfac) {
  const v1::Sanction sanction = ReadCslEntry(
      {{kCslFlag, "Iran"},
       {kCslIds,
        "Panama, Former Vessel Flag; Panama, Vessel Flag; IMO 9000001, Vessel Registration "
        "Identification; R-77, Vessel Registration Identification; Subject to Directive 3, "
        "Executive Order 13662 Directive Determination -; Ruritania Regulations, sections 1.1 and "
        "1.2, Secondary sanctions risk:; Female, Gender; PA, 12-3, Zenda Permit; Ten, Zenda "
        "Mark"}});
  EXPECT_EQ(OtherOf(sanction, "Former Vessel Flag"), "Panama");
  EXPECT_EQ(sanction.craft().flag().id(), "state:IRN");
  EXPECT_EQ(OtherOf(sanction, "Vessel Flag"), "Panama");
  EXPECT_EQ(sanction.gender(), "Female");
  ASSERT_EQ(sanction.identifier_size(), 3);
  EXPECT_EQ(sanction.identifier(0).kind(), v1::IDENTIFIER_KIND_IMO);
  EXPECT_EQ(sanction.identifier(0).number(), "9000001");
  EXPECT_EQ(sanction.identifier(1).kind(), v1::IDENTIFIER_KIND_REGISTRATION);
  EXPECT_EQ(sanction.identifier(1).number(), "R-77");
  EXPECT_EQ(sanction.identifier(2).kind(), v1::IDENTIFIER_KIND_OTHER);
  EXPECT_EQ(sanction.identifier(2).number(), "12-3");
  EXPECT_EQ(sanction.identifier(2).country().id(), "state:PAN");
  ASSERT_EQ(sanction.measure_size(), 3);
  EXPECT_EQ(sanction.measure(1).kind(), v1::MEASURE_KIND_FINANCIAL);
  EXPECT_EQ(sanction.measure(1).detail(),
            "Executive Order 13662 Directive Determination - Subject to Directive 3");
  EXPECT_EQ(sanction.measure(2).kind(), v1::MEASURE_KIND_SECONDARY);
}

TEST(UsCslCsvTest, CountriesAmongTheIdsAreKnown) {
  const v1::Sanction sanction =
      ReadCslEntry({{kCslIds, "Panama, Vessel Flag; Iran, Nationality Country"}});
  EXPECT_EQ(sanction.craft().flag().id(), "state:PAN");
  EXPECT_EQ(sanction.nationality(0).country().id(), "state:IRN");
}

TEST(UsCslCsvTest, LinksHaveBracketsInTheirNames) {
  const v1::Sanction sanction = ReadCslEntry(
      {{kCslRemarks, "(Linked To: GUARD (ZG)-NORTH) (Linked To: B (C) (Linked To: ZENDA AG) D"}});
  std::vector<std::string> names;
  for (const auto& link : sanction.link()) names.push_back(link.other().printed_name());
  EXPECT_THAT(names, ElementsAre("GUARD (ZG)-NORTH", "ZENDA AG"));
}

TEST(UsCslCsvTest, ACellOfTooManyItemsKeepsTheRestAsOne) {
  std::string cell = "a0";
  for (size_t i = 1; i <= kSeparatedItemsMax; ++i) cell += ";a" + std::to_string(i);
  const v1::Sanction sanction = ReadCslEntry({{kCslAltNames, cell}});
  ASSERT_EQ(sanction.name_size(), 1 + static_cast<int>(kSeparatedItemsMax));
  EXPECT_EQ(sanction.name(sanction.name_size() - 1).whole(), "a1999;a2000");
}

TEST(UsCslCsvTest, FaultsHaveTheirPlace) {
  EXPECT_EQ(Message(ReadCsl(With(kEntityListRow, "Abra Ltd.", "") + kEntityListRow + "\n").status),
            "line 2: column 55: name: empty: expected text");
  const std::string tall(300, '1');
  const std::string numbered = With(kEntityListRow, "Security,", "Security," + tall);
  EXPECT_THAT(ReadCsl(With(kEntityListRow, "(EL)", "(" + tall + ")") + numbered + kEntityListRow)
                  .rejections,
              ElementsAre("2:1: source: too long: expected a list's name of at most 64 bytes",
                          "3:52: entity_number: too long: expected a number of at most 64 bytes"));
  EXPECT_THAT(Message(ReadTable(UsCslCsvFormat(), "source,entity\n").status),
              StartsWith("line 1: column 8: expected header \"entity_number\", found \"entity\""));
}

TEST(UsCslCsvTest, ARowThatDoesNotReadLeavesItsRecordOut) {
  const std::string numbered = With(kEntityListRow, "Security,", "Security,77");
  const TableReading reading = ReadCsl(numbered + With(numbered, "Abra Ltd.", "") + kEntityListRow);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(reading.records.size(), 1u);
  EXPECT_THAT(reading.rejected_keys, ElementsAre("EL/77"));
}

// What is a code in the column of codes is none in the column of names, whichever was asked first.
TEST(UsCslCsvTest, TheOrderOfRowsDoesNotTellWhatACountryIs) {
  const auto row = [](const std::string& number, UsCslColumn column, const std::string& text) {
    std::vector<std::string> cells(kUsCslColumns);
    cells[kCslSource] = "Specially Designated Nationals (SDN) - Treasury Department";
    cells[kCslNumber] = number;
    cells[kCslName] = "ABRA";
    cells[column] = "\"" + text + "\"";
    return absl::StrJoin(cells, ",") + "\n";
  };
  const std::string flag = row("1", kCslFlag, "IR");
  const std::string address = row("2", kCslAddresses, "1 Elm Road, Zenda, IR");
  const TableReading reading = ReadCsl(flag + address);
  EXPECT_EQ(reading.Sanction("SDN/2").address(0).country().id(), "state:IRN");
  EXPECT_EQ(reading.Sanction("SDN/1").craft().flag().id(), "unresolved:us-csl:IR");
  EXPECT_EQ(ReadCsl(address + flag).Digests(), reading.Digests());
}

TEST(UsCslCsvTest, ListsHaveShortNames) {
  EXPECT_EQ(UsCslListName("Capta List (CAP) - Treasury Department"), "CAP");
  EXPECT_EQ(UsCslListName("A list - of somebody"), "A list - of somebody");
}

}  // namespace
}  // namespace dossier
