// The EU's list in both of its layouts: eu_fsf_xml, eu_fsf_csv, eu_fsf_entity.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/ingest/sources/eu_fsf_csv.h"
#include "services/ingest/sources/eu_fsf_csv_row.h"
#include "services/ingest/sources/eu_fsf_xml.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

using Lines = std::vector<std::string>;

std::unique_ptr<Collected> ReadXml(const std::string& bytes,
                                   std::vector<size_t> sizes = {1 << 20}) {
  return ReadAs(EuFsfXmlFormat(), bytes, std::move(sizes));
}

std::unique_ptr<Collected> ReadCsv(const std::string& bytes,
                                   std::vector<size_t> sizes = {1 << 20}) {
  return ReadAs(EuFsfCsvFormat(), bytes, std::move(sizes));
}

std::string With(const std::string& file, const std::string& from, const std::string& to) {
  const std::string bytes = TestFile(file);
  EXPECT_THAT(bytes, HasSubstr(from));
  return absl::StrReplaceAll(bytes, {{from, to}});
}

// Header and rows, each with its line end.
Lines LinesOf(const std::string& file) {
  Lines lines = absl::StrSplit(TestFile(file), '\n', absl::SkipEmpty());
  for (std::string& line : lines) line += "\n";
  return lines;
}

std::string Refusal(const Collected& result) {
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument);
  return std::string(result.status.message());
}

// Contents without the reference number, which the XML file does not have.
Lines Contents(const Collected& result) {
  Lines contents;
  for (const EditionRecord& record : result.records) {
    v1::Sanction sanction = record.present.sanction();
    auto* identifiers = sanction.mutable_identifier();
    if (!identifiers->empty() && identifiers->Get(0).kind() == v1::IDENTIFIER_KIND_REFERENCE) {
      identifiers->erase(identifiers->begin());
    }
    contents.push_back(absl::StrCat(record.key, "\n", sanction.DebugString()));
  }
  return contents;
}

TEST(EuFsfTest, AnEntitysPartsAreAllKept) {
  const auto result = ReadCsv(TestFile("eu_fsf.csv"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  ASSERT_THAT(result->records, SizeIs(2));
  v1::Sanction expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        part: SANCTION_PART_ENTRY
        target { id: "eu:7" printed_name: "Abel Test Exemplar" }
        target_kind: ACTOR_KIND_PERSON
        programme: "IRQ"
        instrument: "901/2001 (OJ L901)"
        measure {
          kind: MEASURE_KIND_ASSET_FREEZE
          basis: MEASURE_BASIS_IMPLIED
          rule: "eu-fsf-freeze"
        }
        date {
          kind: SANCTION_DATE_KIND_ACT_PUBLISHED
          date { year: 2001 month: 2 day: 3 }
          detail: "901/2001 (OJ L901)"
        }
        date {
          kind: SANCTION_DATE_KIND_DESIGNATED
          date { year: 2001 month: 1 day: 25 }
          detail: "Date of UN designation"
        }
        name {
          whole: "Abel Test Exemplar"
          kind: NAME_KIND_PRIMARY
          part { heading: "FIRSTNAME" value: "Abel" }
          part { heading: "MIDDLENAME" value: "Test" }
          part { heading: "LASTNAME" value: "Exemplar" }
          id: "9"
          note: "901/2001 (OJ L901)"
          act_date { year: 2001 month: 2 day: 3 }
        }
        name {
          whole: "Abelo Exemplar"
          kind: NAME_KIND_ALIAS
          part { heading: "FIRSTNAME" value: "Abelo" }
          part { heading: "LASTNAME" value: "Exemplar" }
          script: "FR"
          id: "20"
          note: "902/2002 (OJ L902)"
          act_date { year: 2002 month: 3 day: 4 }
        }
        birth {
          date { year: 1957 }
          is_approximate: true
          place: "Cusco"
          country { id: "state:PER" printed_name: "PER" }
          id: "5"
          note: "901/2001 (OJ L901)"
          act_date { year: 2001 month: 2 day: 3 }
        }
        birth {
          date { year: 1953 }
          date_to { year: 1958 }
          is_approximate: true
          id: "6"
          note: "902/2002 (OJ L902)"
          act_date { year: 2002 month: 3 day: 4 }
        }
        birth {
          printed: "N/A"
          id: "8"
          note: "903/2003 (OJ L903); TAQA"
          act_date { year: 2003 month: 4 day: 5 }
        }
        nationality {
          country { id: "state:PER" printed_name: "PER" }
          is_citizenship: true
          note: "901/2001 (OJ L901); Id 4"
          act_date { year: 2001 month: 2 day: 3 }
        }
        identifier { kind: IDENTIFIER_KIND_REFERENCE printed_kind: "EU_ref_num" number: "EU.7.1" }
        identifier {
          kind: IDENTIFIER_KIND_PASSPORT
          printed_kind: "passport-National passport"
          number: "P000001"
          country { id: "state:PER" printed_name: "PER" }
          note: "901/2001 (OJ L901); ((issued in Lima))"
          id: "2"
          act_date { year: 2001 month: 2 day: 3 }
        }
        address {
          street: "12 Test Street, Block 5"
          city: "Lima"
          postal_code: "15001"
          country { id: "state:PER" printed_name: "PER" }
          note: "901/2001 (OJ L901); PHONE[1] FAX[2]"
          id: "3"
          act_date { year: 2001 month: 2 day: 3 }
        }
        position: "Deputy; of Nothing"
        position: "clerk"
        title: "Dr"
        gender: "M"
        claim {
          object { id: "un:QDi.901" printed_name: "QDi.901" }
          kind: CLAIM_KIND_TRANSPOSES
          printed: "UN Ref QDi.901"
        }
        remarks: "(UN Ref QDi.901) (Date of UN designation: 2001-01-25)"
        other { heading: "901/2001 (OJ L901)" value: "http://example.org/?uri=OJ:L:901&from=EN" }
        other { heading: "902/2002 (OJ L902)" value: "http://example.org/?uri=OJ:L:902" }
        other { heading: "903/2003 (OJ L903)" value: "http://example.org/?uri=OJ:L:903" })pb",
      &expected));
  EXPECT_EQ(result->records[0].present.sanction().DebugString(), expected.DebugString());
  EXPECT_EQ(result->records[0].key, "7");
  EXPECT_EQ(result->records[0].line, 2u);
  EXPECT_EQ(result->records[0].line_end, 9u);
}

TEST(EuFsfTest, BothLayoutsGiveTheSameContent) {
  const auto xml = ReadXml(TestFile("eu_fsf.xml"));
  const auto csv = ReadCsv(TestFile("eu_fsf.csv"));
  ASSERT_TRUE(xml->status.ok()) << xml->status;
  EXPECT_THAT(xml->records, SizeIs(2));
  EXPECT_EQ(Contents(*xml), Contents(*csv));
  EXPECT_EQ(xml->records[1].element, "ENTITY 31");
  EXPECT_EQ(xml->records[1].line, 57u);
  const v1::Sanction& entity = xml->records[1].present.sanction();
  EXPECT_EQ(entity.target_kind(), v1::ACTOR_KIND_UNSPECIFIED);
  EXPECT_THAT(OtherOf(entity), ElementsAre(StartsWith("903/2003 (OJ L903): http"), "Type: E"));
  EXPECT_EQ(entity.birth(0).country().id(), "unresolved:eu-fsf:XXQ");
}

TEST(EuFsfTest, WhatASpreadsheetDidIsUndone) {
  const auto clean = ReadCsv(TestFile("eu_fsf.csv"));
  const auto mangled = ReadCsv(TestFile("eu_fsf_spreadsheet.csv"));
  ASSERT_TRUE(mangled->status.ok()) << mangled->status;
  EXPECT_THAT(mangled->rejections, IsEmpty());
  EXPECT_EQ(TranscriptOf(*mangled), TranscriptOf(*clean));
}

TEST(EuFsfTest, RowsOfAnEntityMayStandApartAndInAnyOrder) {
  Lines lines = LinesOf("eu_fsf.csv");
  std::reverse(lines.begin() + 1, lines.end());
  std::swap(lines[1], lines[5]);
  const auto result = ReadCsv(absl::StrJoin(lines, ""));
  ASSERT_TRUE(result->status.ok()) << result->status;
  const auto sorted = ReadCsv(TestFile("eu_fsf.csv"));
  ASSERT_THAT(result->records, SizeIs(2));
  EXPECT_THAT(Contents(*result), testing::UnorderedElementsAreArray(Contents(*sorted)));
  EXPECT_EQ(result->records[0].key, "7");
  EXPECT_EQ(result->records[0].line, 2u);
  EXPECT_EQ(result->records[0].line_end, 2u);
  EXPECT_THAT(result->records[0].more_lines, ElementsAre(4, 5, 7, 8, 9, 10, 11));
}

TEST(EuFsfTest, AnEntityUnderSeveralActsListsEachOnce) {
  Lines lines = LinesOf("eu_fsf.csv");
  std::string again = absl::StrReplaceAll(
      lines[1], {{"7;P;901/2001 (OJ L901);2001-02-03;", "7;P;900/2000 (OJ L900);2000-01-02;"}});
  lines.push_back(again);
  const auto result = ReadCsv(absl::StrJoin(lines, ""));
  ASSERT_THAT(result->records, SizeIs(2)) << result->status;
  const v1::Sanction& sanction = result->records[0].present.sanction();
  EXPECT_THAT(sanction.instrument(), ElementsAre("900/2000 (OJ L900)", "901/2001 (OJ L901)"));
  EXPECT_THAT(sanction.programme(), ElementsAre("IRQ"));
  EXPECT_THAT(sanction.name(), SizeIs(2));  // the part of both rows is one
}

// Rows of entity 7 with a name each.
std::string RowsOfNames(int from, int to) {
  const std::string row = LinesOf("eu_fsf.csv")[1];
  std::string rows;
  for (int i = from; i < to; ++i) {
    absl::StrAppend(&rows, absl::StrReplaceAll(row, {{"Exemplar", absl::StrCat("Exemplar ", i)}}));
  }
  return rows;
}

TEST(EuFsfTest, AnEntityHasAtMostTenThousandRows) {
  const std::string header = LinesOf("eu_fsf.csv")[0];
  const auto most = ReadCsv(header + RowsOfNames(0, 10'000));
  ASSERT_TRUE(most->status.ok()) << most->status;
  ASSERT_THAT(most->records, SizeIs(1));
  EXPECT_THAT(most->records[0].present.sanction().name(), SizeIs(10'000));
  const std::string last = LinesOf("eu_fsf.csv")[9];
  const auto over = ReadCsv(header + RowsOfNames(0, 10'002) + last);
  ASSERT_TRUE(over->status.ok()) << over->status;
  EXPECT_THAT(over->rejections,
              ElementsAre("10002:0: : one more row of the entity: expected at most 10000"));
  EXPECT_THAT(over->rejected_keys, ElementsAre("7"));
  EXPECT_THAT(over->records, SizeIs(1));
}

TEST(EuFsfTest, WhatIsGatheredOfPartsCountsToTheLimitOfMemory) {
  std::vector<Cell> cells(kEuFsfColumns);
  cells[kEuFsfEntityId].text = "7";
  EuFsfRows rows;
  size_t bytes = 0;
  ASSERT_FALSE(AddEuFsfRow(cells, rows, bytes));
  rows.lines.push_back(2);
  const size_t before = bytes;
  cells[kEuFsfFirstPart].text = "9";
  ASSERT_FALSE(AddEuFsfRow(cells, rows, bytes));
  EXPECT_GE(bytes, before + sizeof(EuFsfPart));
  EXPECT_THAT(rows.entity.parts, SizeIs(1));
  const size_t after = bytes;
  ASSERT_FALSE(AddEuFsfRow(cells, rows, bytes));  // the same again
  EXPECT_EQ(bytes, after);
  EXPECT_THAT(rows.entity.parts, SizeIs(1));
}

TEST(EuFsfTest, AnEntityOfTooManyPartsIsRejected) {
  std::string citizens;
  for (int i = 0; i <= 10'000; ++i) absl::StrAppend(&citizens, "<CITIZEN Id=\"", i, "\"/>");
  const auto result = ReadXml(With("eu_fsf.xml", "<NAME Id=\"40\"", citizens + "<NAME Id=\"40\""));
  EXPECT_THAT(result->records, SizeIs(1)) << result->status;
  EXPECT_THAT(result->rejections, ElementsAre(HasSubstr("parts: expected at most 10000")));
}

TEST(EuFsfTest, LineBreaksAsTwoCharactersAreBlanksHoweverMany) {
  std::string broken;
  for (int i = 0; i < 200'000; ++i) broken += "a\\n";
  const absl::Time start = absl::Now();
  const auto result = ReadXml(With("eu_fsf.xml", "Beispiel \"AG\"", broken + "\\nb"));
  EXPECT_LT(absl::Now() - start, absl::Seconds(2));
  ASSERT_THAT(result->records, SizeIs(2)) << result->status;
  const std::string& name = result->records[1].present.sanction().name(0).whole();
  EXPECT_EQ(name.size(), 2 * 200'000u + 1);
  EXPECT_THAT(name, StartsWith("a a a "));
  EXPECT_THAT(name, testing::EndsWith("a a b"));
}

TEST(EuFsfTest, EachReferenceOfTheUnIsAClaimOnce) {
  const auto result = ReadXml(With("eu_fsf.xml", "(UN Ref QDi.901)",
                                   "(UN Ref QDi.901) (UN Ref QDI.902) (UN ref "
                                   "QDi.901) (UN ref E.29.I.91)"));
  ASSERT_THAT(result->records, SizeIs(2)) << result->status;
  std::vector<std::string> claimed;
  for (const v1::IdentityClaim& claim : result->records[0].present.sanction().claim()) {
    claimed.push_back(claim.object().id());
  }
  EXPECT_THAT(claimed, ElementsAre("un:QDi.901", "un:QDi.902", "un:E.29.I.91"));
}

TEST(EuFsfTest, ADateThatEndsBeforeItBeginsIsKeptAsPrinted) {
  const auto result = ReadXml(With("eu_fsf.xml", "1953 - 1958", "1958 - 1953"));
  ASSERT_THAT(result->records, SizeIs(2)) << result->status;
  const v1::Birth& birth = result->records[0].present.sanction().birth(1);
  EXPECT_EQ(birth.printed(), "1958 - 1953 (approximative)");
  EXPECT_FALSE(birth.has_date());
  EXPECT_FALSE(birth.has_date_to());
}

TEST(EuFsfTest, ThePrintedDayIsTheStamp) {
  for (const auto& result :
       {ReadXml(TestFile("eu_fsf.xml")), ReadCsv(TestFile("eu_fsf_spreadsheet.csv"))}) {
    EXPECT_EQ(result->facts.source, "eu-fsf");
    EXPECT_EQ(PrintPublishStamp(result->facts.stamp), "2016-02-11");
    EXPECT_EQ(result->facts.stamp.basis(), v1::BASIS_STATED);
    EXPECT_EQ(result->facts.stamp.precision(), v1::PRECISION_DAY);
    EXPECT_EQ(PrintScope(result->facts.scope), "whole");
    EXPECT_EQ(PrintDate(result->facts.covers_until), "2016-02-11");
  }
}

TEST(EuFsfTest, BytesOfWindowsAndUtf8GiveTheSameText) {
  for (const char* name : {"B\xe9ispiel", "B\xc3\xa9ispiel"}) {
    const auto result = ReadCsv(With("eu_fsf_spreadsheet.csv", "Beispiel", name));
    ASSERT_THAT(result->records, SizeIs(2));
    EXPECT_EQ(result->records[1].present.sanction().name(0).whole(), "B\xc3\xa9ispiel \"AG\"");
  }
}

TEST(EuFsfTest, WhatTheLayoutDoesNotHaveIsKept) {
  const auto result = ReadXml(With("eu_fsf.xml", "<NAME Id=\"40\" Entity_id=\"31\"",
                                   "<MOON>Luna</MOON><NAME Id=\"40\" Entity_id=\"32\" new=\"1\""));
  ASSERT_THAT(result->records, SizeIs(2)) << result->status;
  EXPECT_THAT(OtherOf(result->records[1].present.sanction()),
              ElementsAre(StartsWith("903/2003"), "Type: E", "MOON: Luna", "NAME Entity_id: 32",
                          "NAME new: 1"));
  const auto bad_date = ReadXml(With("eu_fsf.xml", "2003-04-05", "5 April"));
  EXPECT_EQ(bad_date->records[1].present.sanction().name(0).note(),
            "903/2003 (OJ L903); reg_date: 5 April");
  EXPECT_EQ(bad_date->records[1].present.sanction().date(0).printed(), "5 April");
}

TEST(EuFsfTest, ABadRowRejectsItsEntityAndNoOther) {
  struct Case {
    const char* from;
    const char* to;
    const char* rejection;
    const char* key;
  };
  for (const Case& c : {
           Case{"11/02/2016;31;E;903/2003 (OJ L903);2003-04-05;http://example.org/?uri=OJ:L:903;"
                "TAQA;;;;",
                "11/02/2016;31;E;", "11:0: : the row has 52 cells: expected 59", "31"},
           Case{";31;E;", ";31;P;", "11:15: : Subject_type: \"E\": expected \"P\" as in line 10",
                "31"},
           Case{";40;31;", ";40;32;",
                "10:89: : Entity_logical_id: entity id \"32\": expected \"31\" as in column 2",
                "31"},
           Case{"11/02/2016;31;E;903", "12/02/2016;31;E;903",
                "10:1: : date \"12/02/2016\": expected \"11/02/2016\" as in line 2", "31"},
           Case{"\"Beispiel \"\"AG\"\"\"", "\"Beispiel \"AG\"",
                "10:174: : text after a closing quote: expected a separator", "31"},
           Case{"\"Beispiel \"\"AG\"\"\"", "",
                "10:0: Naal_wholename: the entity has no name: expected at least one", "31"},
       }) {
    std::string bytes = TestFile("eu_fsf.csv");
    ASSERT_THAT(bytes, HasSubstr(c.from));
    bytes.replace(bytes.find(c.from), std::string(c.from).size(), c.to);
    const auto result = ReadCsv(bytes);
    EXPECT_TRUE(result->status.ok()) << result->status;
    ASSERT_THAT(result->rejections, SizeIs(1)) << c.to;
    EXPECT_EQ(result->rejections[0], c.rejection);
    EXPECT_EQ(result->rejected_keys[0], c.key);
    EXPECT_EQ(result->records[0].key, "7");
  }
}

TEST(EuFsfTest, AnEntityThatCannotBeReadIsRejected) {
  EXPECT_THAT(ReadXml(With("eu_fsf.xml", "ENTITY Id=\"31\"", "ENTITY Id=\"031\""))->rejections,
              ElementsAre("57:0: Id: id \"031\": expected a whole number of at most 12 digits"));
  const std::string digits(300, '3');
  EXPECT_THAT(
      ReadXml(With("eu_fsf.xml", "ENTITY Id=\"31\"", "ENTITY Id=\"" + digits + "\""))->rejections,
      ElementsAre(testing::AllOf(StartsWith("57:0: Id: id \"333"),
                                 HasSubstr(": expected a whole number of at most 12 digits"))));
  EXPECT_THAT(ReadXml(With("eu_fsf.xml", "Beispiel \"AG\"", " "))->rejections,
              ElementsAre("57:0: NAME: the entity has no name: expected at least one"));
  EXPECT_THAT(ReadXml(With("eu_fsf.xml", "ENTITY Id=\"31\"", "ENTITY Id=\"7\""))->rejections,
              ElementsAre("57:0: : record 7 stands in line 4 already: expected one of each"));
}

TEST(EuFsfTest, AnEditionThatIsNotWholeIsRefused) {
  const std::string xml = TestFile("eu_fsf.xml");
  EXPECT_THAT(Refusal(*ReadXml("")), StartsWith("line 1: column 1: the document is empty"));
  EXPECT_THAT(Refusal(*ReadXml(xml.substr(0, xml.size() - 9))),
              HasSubstr("the document ends inside <WHOLE> of line 3"));
  EXPECT_THAT(Refusal(*ReadXml(With("eu_fsf.xml", "11/02/2016", "2016-02-11"))),
              StartsWith("line 3: <WHOLE>: Date: date \"2016-02-11\": expected a day as"));
  EXPECT_THAT(Refusal(*ReadXml(With("eu_fsf.xml", "11/02/2016", "31/02/2016"))),
              HasSubstr("date \"31/02/2016\": expected a day"));
  EXPECT_THAT(Refusal(*ReadXml("<WHOLE Date=\"11/02/2016\"></WHOLE>")), HasSubstr("no records"));

  const std::string csv = TestFile("eu_fsf.csv");
  const std::string header = LinesOf("eu_fsf.csv")[0];
  EXPECT_THAT(Refusal(*ReadCsv("")), StartsWith("line 1: column 1: the file is empty"));
  EXPECT_THAT(Refusal(*ReadCsv(header)), StartsWith("line 1: no records: expected at least one"));
  EXPECT_THAT(Refusal(*ReadCsv("a;b\n")),
              StartsWith("line 1: column 1: heading 1: \"a\": expected \"Date_file\""));
  EXPECT_THAT(Refusal(*ReadCsv(With("eu_fsf.csv", ";EU_ref_num", ""))),
              HasSubstr("heading 59: \"the end of the line\": expected \"EU_ref_num\""));
  EXPECT_THAT(Refusal(*ReadCsv(With("eu_fsf.csv", ";EU_ref_num", ";EU_ref_num;X"))),
              HasSubstr("heading 60: \"X\": expected \"the end of the line\""));
  for (size_t cut : {3, 10, 60, 150}) {
    EXPECT_THAT(Refusal(*ReadCsv(csv.substr(0, csv.size() - cut))), StartsWith("line 11: column "))
        << cut;
  }
  const std::string mangled = TestFile("eu_fsf_spreadsheet.csv");
  for (size_t cut : {2, 10, 60, 150}) {
    EXPECT_THAT(
        Refusal(*ReadCsv(mangled.substr(0, mangled.size() - cut))),
        testing::AllOf(StartsWith("line 11: column "), HasSubstr("the file ends inside this row")))
        << cut;
  }
  EXPECT_THAT(Refusal(*ReadCsv(With("eu_fsf.csv", "2016;31;E", "2016;x1;E"))),
              StartsWith("line 10: column 12: entity id \"x1\": expected a whole number of at most "
                         "12 digits"));
  EXPECT_THAT(Refusal(*ReadCsv(With("eu_fsf.csv", "11/02/2016", "2016"))),
              HasSubstr("none of the 2 records could be read; the first: date \"2016\""));
}

TEST(EuFsfTest, ChunksOfAnySizeGiveTheSame) {
  const std::string xml = TestFile("eu_fsf.xml");
  EXPECT_EQ(TranscriptOf(*ReadXml(xml, {1, 13})), TranscriptOf(*ReadXml(xml)));
  const std::string csv = TestFile("eu_fsf_spreadsheet.csv");
  EXPECT_EQ(TranscriptOf(*ReadCsv(csv, {1, 13})), TranscriptOf(*ReadCsv(csv)));
}

TEST(EuFsfTest, TheLayoutsAreRecognisedByTheirContent) {
  const auto is_xml = [](std::string_view bytes) {
    return EuFsfXmlFormat().recognises({bytes, "", ""});
  };
  const auto is_csv = [](std::string_view bytes) {
    return EuFsfCsvFormat().recognises({bytes, "", ""});
  };
  EXPECT_TRUE(is_xml(TestFile("eu_fsf.xml")));
  EXPECT_TRUE(is_csv(TestFile("eu_fsf.csv")));
  EXPECT_TRUE(is_csv(TestFile("eu_fsf_spreadsheet.csv")));
  EXPECT_FALSE(is_xml(TestFile("eu_fsf.csv")));
  EXPECT_FALSE(is_xml("<WHOLE>"));
  EXPECT_FALSE(is_csv(TestFile("eu_fsf.xml")));
  EXPECT_FALSE(is_csv("Date_file;Other;"));
}

}  // namespace
}  // namespace dossier
