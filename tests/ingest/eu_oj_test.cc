// Annexes of EU regulations out of the Official Journal, with invented parties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_join.h"
#include "services/ingest/sources/eu_oj_csv.h"
#include "services/ingest/sources/eu_oj_entry.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Fields = std::vector<std::pair<EuOjColumn, std::string>>;

// A row of the layout of amending acts, or of consolidated ones.
std::string Row(const Fields& fields, bool is_amending) {
  std::vector<std::string> cells(kEuOjColumns);
  for (const auto& [column, text] : fields) cells[column] = "\"" + text + "\"";
  if (!is_amending) cells.erase(cells.begin() + kOjAmendmentCelex);
  return absl::StrJoin(cells, ",") + "\r\n";
}

std::string Header(bool is_amending) {
  std::vector<std::string> cells(kEuOjHeader.begin(), kEuOjHeader.end());
  if (!is_amending) {
    cells.erase(cells.begin());
    cells[0] = "celex";
  }
  return absl::StrJoin(cells, ",") + "\r\n";
}

TableReading Read(const std::vector<Fields>& rows, bool is_amending = false) {
  std::string text = Header(is_amending);
  for (const Fields& fields : rows) text += Row(fields, is_amending);
  return ReadTable(EuOjCsvFormat(), text, 1000);
}

Fields Entry() {
  return {
      {kOjCelex, "39999R0001"},          {kOjRecordId, "7"},           {kOjProgramKey, "EU-RUR"},
      {kOjAnnex, "I.PERSONS"},           {kOjMeasure, "Asset freeze"}, {kOjStartDate, "17.3.2014"},
      {kOjReason, "He carried cheese."}, {kOjSchema, "Person"},        {kOjName, "Abra CADABRA"}};
}

Fields With(Fields fields, const Fields& more) {
  for (const auto& [column, text] : more) {
    std::erase_if(fields, [column = column](const auto& field) { return field.first == column; });
    fields.emplace_back(column, text);
  }
  return fields;
}

TEST(EuOjCsvTest, AConsolidatedActIsWholeWithinItsInstrument) {
  const TableReading reading = Read({Entry()});
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_EQ(PrintScope(reading.facts.scope), "instrument in {39999R0001}");
  EXPECT_FALSE(reading.facts.stamp.has_time());
  const v1::Sanction sanction = reading.Sanction("39999R0001/I.PERSONS/7");
  EXPECT_TRUE(Covers(reading.facts.scope, FacetsOf(reading.records[0].present)));
  EXPECT_EQ(sanction.target(0).id(), "eu-oj:39999R0001/I.PERSONS/7");
  EXPECT_EQ(sanction.list(), "39999R0001, annex I.PERSONS");
  EXPECT_THAT(sanction.programme(), ElementsAre("EU-RUR"));
  EXPECT_EQ(sanction.measure(0).kind(), v1::MEASURE_KIND_ASSET_FREEZE);
  EXPECT_EQ(sanction.measure(0).basis(), v1::MEASURE_BASIS_PUBLISHED);
  EXPECT_EQ(sanction.date(0).kind(), v1::SANCTION_DATE_KIND_LISTED);
  EXPECT_EQ(PrintDate(sanction.date(0).date()), "2014-03-17");
  EXPECT_EQ(sanction.reason(), "He carried cheese.");
  EXPECT_EQ(sanction.target_kind(), v1::ACTOR_KIND_PERSON);
}

TEST(EuOjCsvTest, AnAmendingActsRowIsTheRecordOfTheConsolidatedAct) {
  const TableReading amending =
      Read({With(Entry(), {{kOjAmendmentCelex, "39999R0002"}})}, /*is_amending=*/true);
  ASSERT_TRUE(amending.status.ok()) << amending.status;
  EXPECT_EQ(PrintScope(amending.facts.scope), "instrument in {39999R0001} & additions only");
  EXPECT_EQ(amending.records[0].element, "amendment 39999R0002");
  EXPECT_EQ(amending.Digests(), Read({Entry()}).Digests());
}

TEST(EuOjCsvTest, WithoutANumberTheNameIsTheKeyAndRepeatsAreOneRecord) {
  const Fields first = With(Entry(), {{kOjRecordId, ""}, {kOjNotes, "Son of A"}});
  const Fields again = With(first, {{kOjNotes, "Son of A."}});
  const TableReading reading = Read({first, again});
  EXPECT_THAT(reading.Keys(), ElementsAre("39999R0001/I.PERSONS/Abra CADABRA"));
  EXPECT_EQ(reading.records[0].present.sanction().remarks(), "Son of A\nSon of A.");
  EXPECT_EQ(reading.Digests(), Read({again, first}).Digests());
}

TEST(EuOjCsvTest, CellsThatListTheirItemsAreSplitAndKeptWhole) {
  const v1::Sanction sanction =
      Read({With(Entry(), {{kOjAlias, "АБРА; Ábra"},
                           {kOjWeakAlias, "Bra"},
                           {kOjPreviousName, "Old"},
                           {kOjNationality, "Ukrainian, Russian"},
                           {kOjBirthDate, "(a) 4.1.1960, (b) approximately 1961"},
                           {kOjBirthPlace, "Zenda"},
                           {kOjAddress, "Quai 7, Paris, France; Zenda"},
                           {kOjImoNumber, "9290300"},
                           {kOjInnCode, "7725842500"},
                           {kOjPassportNumber, "(a) A100 (expired), (b) B200"},
                           {kOjLegalForm, "GmbH"}})})
          .Sanction("39999R0001/I.PERSONS/7");
  ASSERT_EQ(sanction.name_size(), 5);
  EXPECT_EQ(sanction.name(1).whole(), "АБРА");
  EXPECT_EQ(sanction.name(3).quality(), v1::NAME_QUALITY_LOW);
  EXPECT_EQ(sanction.name(4).kind(), v1::NAME_KIND_FORMER);
  EXPECT_EQ(OtherOf(sanction, "alias"), "АБРА; Ábra");
  ASSERT_EQ(sanction.nationality_size(), 2);
  EXPECT_EQ(sanction.nationality(0).country().id(), "state:UKR");
  EXPECT_EQ(sanction.nationality(1).country().id(), "state:RUS");
  ASSERT_EQ(sanction.birth_size(), 3);
  EXPECT_EQ(PrintDate(sanction.birth(0).date()), "1960-01-04");
  EXPECT_TRUE(sanction.birth(1).is_approximate());
  EXPECT_EQ(sanction.birth(2).place(), "Zenda");
  EXPECT_EQ(OtherOf(sanction, "birthDate"), "(a) 4.1.1960, (b) approximately 1961");
  ASSERT_EQ(sanction.address_size(), 2);
  EXPECT_EQ(sanction.address(0).country().id(), "state:FRA");
  EXPECT_FALSE(sanction.address(1).has_country());
  std::vector<std::string> numbers;
  for (const auto& identifier : sanction.identifier()) numbers.push_back(identifier.number());
  EXPECT_THAT(numbers, UnorderedElementsAre("A100", "B200", "9290300", "7725842500"));
  EXPECT_EQ(OtherOf(sanction, "legalForm"), "GmbH");
}

std::vector<std::string> AliasesOf(const std::string& cell) {
  const TableReading reading = Read({With(Entry(), {{kOjAlias, cell}})});
  std::vector<std::string> names;
  for (const auto& name : reading.records[0].present.sanction().name()) {
    if (name.kind() == v1::NAME_KIND_ALIAS) names.push_back(name.whole());
  }
  return names;
}

TEST(EuOjCsvTest, AliasesAreNotCutWithinQuotesAndBrackets) {
  EXPECT_THAT(AliasesOf("\"\"Bra (Date of birth: 22.8.1973; place of birth: Zenda)\"\"; Kad CABRA"),
              ElementsAre("Bra (Date of birth: 22.8.1973; place of birth: Zenda)", "Kad CABRA"));
  EXPECT_THAT(AliasesOf("\"\"Bra (A; B)\"\"; Kad; \"\"Dab (C; D)\"\""),
              ElementsAre("Bra (A; B)", "Kad", "Dab (C; D)"));
  EXPECT_THAT(AliasesOf("born BRA; Kad CABRA) (born DAB"),
              ElementsAre("born BRA", "Kad CABRA) (born DAB"));
}

TEST(EuOjCsvTest, ACellOfTooManyItemsKeepsTheRestAsOne) {
  std::string cell = "a0";
  for (size_t i = 1; i <= kSeparatedItemsMax; ++i) cell += ";a" + std::to_string(i);
  const std::vector<std::string> names = AliasesOf(cell);
  ASSERT_EQ(names.size(), kSeparatedItemsMax);
  EXPECT_EQ(names.back(), "a1999;a2000");
}

v1::MeasureKind KindOf(const char* measure, const char* schema) {
  return Read({With(Entry(), {{kOjMeasure, measure}, {kOjSchema, schema}})})
      .records[0]
      .present.sanction()
      .measure(0)
      .kind();
}

TEST(EuOjCsvTest, MeasuresByTheirNames) {
  EXPECT_EQ(KindOf("Export control", "LegalEntity"), v1::MEASURE_KIND_EXPORT_CONTROL);
  EXPECT_EQ(KindOf("Financial restrictions", "LegalEntity"), v1::MEASURE_KIND_FINANCIAL);
  EXPECT_EQ(KindOf("Travel ban", "Person"), v1::MEASURE_KIND_TRAVEL_BAN);
  EXPECT_EQ(KindOf("Transportation restrictions", "Vessel"), v1::MEASURE_KIND_VESSEL);
  EXPECT_EQ(KindOf("Transportation restrictions", "LegalEntity"), v1::MEASURE_KIND_OTHER);
  EXPECT_EQ(KindOf("Something new", "Person"), v1::MEASURE_KIND_OTHER);
}

TEST(EuOjCsvTest, FaultsHaveTheirPlace) {
  EXPECT_EQ(Message(Read({With(Entry(), {{kOjAnnex, ""}}), Entry()}).status),
            "line 2: column 27: annex: empty: expected text");
  EXPECT_THAT(Message(Read({With(Entry(), {{kOjRecordId, ""}, {kOjName, ""}}), Entry()}).status),
              HasSubstr("name: empty: expected text"));
  const std::string tall(300, '1');
  EXPECT_THAT(Read({With(Entry(), {{kOjCelex, tall}}), With(Entry(), {{kOjAnnex, tall}}), Entry()})
                  .rejections,
              ElementsAre("2:1: amendedCelex: too long: expected at most 32 bytes",
                          "3:27: annex: too long: expected at most 48 bytes"));
  EXPECT_LE(Read({With(Entry(), {{kOjRecordId, tall}})}).records[0].key.size(), 256u);
  EXPECT_THAT(Message(ReadTable(EuOjCsvFormat(), "celex,annex\r\n").status),
              HasSubstr("line 1: column 7: expected header \"recordId\", found \"annex\""));
  EXPECT_THAT(Message(Read({}).status), HasSubstr("no records"));
  const std::string whole = Header(false) + Row(Entry(), false);
  EXPECT_THAT(Message(ReadTable(EuOjCsvFormat(), whole.substr(0, whole.size() - 30)).status),
              HasSubstr("line 2: column 118: the file ends inside this row: expected 45 cells"));
}

TEST(EuOjCsvTest, ARowThatDoesNotReadLeavesItsRecordOut) {
  const auto numbered = [](const std::string& number, const std::string& name) {
    return With(Entry(), {{kOjRecordId, number}, {kOjName, name}});
  };
  const TableReading reading =
      Read({numbered("7", "ABRA"), numbered("7", ""), numbered("8", "CADABRA")});
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  ASSERT_EQ(reading.Keys().size(), 1u);
  EXPECT_THAT(reading.Keys()[0], EndsWith("/8"));
  ASSERT_EQ(reading.rejected_keys.size(), 1u);
  EXPECT_THAT(reading.rejected_keys[0], EndsWith("/7"));
}

TEST(EuOjPublishedTest, KeysAreUniqueAndAmendmentsMeetTheirAct) {
  const std::string act = PublishedList("eu_oj_consolidated_32014R0833_2026-08-14.csv");
  const std::string amendment = PublishedList("eu_oj_amendment_32026R1848_2026-08-15.csv");
  const std::string repeats = PublishedList("eu_oj_consolidated_32002R0881_2026-08-14.csv");
  if (act.empty() || amendment.empty() || repeats.empty()) GTEST_SKIP() << kNoPublishedFiles;
  const TableReading consolidated = ReadTable(EuOjCsvFormat(), act);
  const TableReading amending = ReadTable(EuOjCsvFormat(), amendment);
  EXPECT_EQ(consolidated.records.size(), 1'746u);
  EXPECT_EQ(amending.records.size(), 157u);
  EXPECT_THAT(amending.rejections, IsEmpty());
  // 155 entries that it adds, and 2 that it changes: one of them a vessel's name.
  EXPECT_EQ(StepsBetween(consolidated, amending).added, 155u);
  EXPECT_EQ(StepsBetween(consolidated, amending).changed, 2u);
  EXPECT_EQ(ReadTable(EuOjCsvFormat(), repeats).records.size(), 348u);
}

}  // namespace
}  // namespace dossier
