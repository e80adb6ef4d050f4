#include "services/ingest/sources/ca_sema_xml.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/model/scope.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::unique_ptr<Collected> ReadCa(const std::string& bytes, std::vector<size_t> sizes = {1 << 20}) {
  return ReadAs(CaSemaXmlFormat(), bytes, std::move(sizes));
}

std::string With(const std::string& from, const std::string& to) {
  const std::string bytes = TestFile("ca_sema.xml");
  EXPECT_THAT(bytes, HasSubstr(from));
  return absl::StrReplaceAll(bytes, {{from, to}});
}

std::vector<std::string> KeysOf(const Collected& result) {
  std::vector<std::string> keys;
  for (const EditionRecord& record : result.records) keys.push_back(record.key);
  return keys;
}

v1::Sanction Parsed(const std::string& text) {
  v1::Sanction sanction;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &sanction));
  return sanction;
}

TEST(CaSemaXmlTest, KeysSurviveTheRenamingOfTagsCountriesAndSchedules) {
  const auto before = ReadCa(TestFile("ca_sema_old_tags.xml"));
  const auto after = ReadCa(TestFile("ca_sema.xml"));
  ASSERT_TRUE(before->status.ok()) << before->status;
  ASSERT_TRUE(after->status.ok()) << after->status;
  EXPECT_THAT(before->rejections, IsEmpty());
  EXPECT_THAT(KeysOf(*before), ElementsAre("MMR/1/4", "SYR/2/12", "example-rules-exr/1/1"));
  EXPECT_THAT(KeysOf(*after),
              ElementsAre("MMR/1/4", "SYR/2/12", "example-rules-exr/1/1", "RUS/S1.1/7"));
}

TEST(CaSemaXmlTest, WhatIsTooLongForAKeyIsRejected) {
  const auto rejected = [](const std::string& country, const std::string& schedule) {
    const auto result = ReadCa(
        "<data-set><record><Country>Ukraine</Country><Entity>X</Entity><Item>9</Item>"
        "</record><record><Country>" +
        country + "</Country><Entity>X</Entity><Schedule>" + schedule +
        "</Schedule><Item>9</Item></record></data-set>");
    EXPECT_TRUE(result->status.ok()) << result->status;
    EXPECT_THAT(result->records, SizeIs(1));
    return result->rejections.size() == 1 ? result->rejections[0] : "none";
  };
  const std::string bytes = " bytes that identify the entry: expected at most ";
  EXPECT_EQ(rejected("Ukraine", "1, Part " + std::string(60, '7')),
            "1:0: Schedule: 60" + bytes + "50");
  EXPECT_EQ(rejected(std::string(170, 'a'), "1"), "1:0: Country: 170" + bytes + "160");
  EXPECT_EQ(rejected(std::string(5'000, 'a'), "1"), "1:0: Country: 5000" + bytes + "400");
}

TEST(CaSemaXmlTest, ASchedulesPartIsReadAsTheRuleSays) {
  const auto key = [](const std::string& country, const std::string& schedule) {
    const auto result =
        ReadCa("<data-set><record><Country>" + country + "</Country><Entity>X</Entity><Schedule>" +
               schedule + "</Schedule><Item>9</Item></record></data-set>");
    return result->records.empty() ? "none" : result->records[0].key;
  };
  EXPECT_EQ(key("Ukraine", "1"), "UKR/1/9");
  EXPECT_EQ(key("Ukraine", "1, Part 2"), "UKR/2/9");
  EXPECT_EQ(key("Ukraine", "Part 2"), "UKR/2/9");
  EXPECT_EQ(key("Belarus / B\xc3\xa9larus", "1,Part 3"), "BLR/3/9");
  EXPECT_EQ(key("Russia / Russie", "1, Part 1.1"), "RUS/1.1/9");
  EXPECT_EQ(key("Russia / Russie", "2"), "RUS/S2/9");
  EXPECT_EQ(key("Russia / Russie", "2, Part 1"), "RUS/S2.1/9");
  EXPECT_EQ(key("Iran", "2"), "IRN/2/9");
  EXPECT_EQ(key("Zimbabwe", "N/A"), "ZWE/1/9");
}

TEST(CaSemaXmlTest, APersonsFieldsAreAllKept) {
  const auto result = ReadCa(TestFile("ca_sema.xml"));
  const EditionRecord& record = result->records[1];
  EXPECT_EQ(record.element, "record SYR/2/12");
  EXPECT_EQ(record.line, 11u);
  EXPECT_EQ(record.line_end, 20u);
  const std::string expected = R"pb(
    part: SANCTION_PART_ENTRY
    target { id: "ca:SYR/2/12" printed_name: "Abel Exemplar" }
    target_kind: ACTOR_KIND_PERSON
    programme: "Syria / Syrie"
    date {
      kind: SANCTION_DATE_KIND_LISTED
      date { year: 2011 month: 5 day: 24 }
    }
    name {
      whole: "Abel Exemplar"
      kind: NAME_KIND_PRIMARY
      part { heading: "GivenName" value: "Abel" }
      part { heading: "LastName" value: "Exemplar" }
    }
    birth { date { year: 1957 month: 1 } }
    title: "Colonel"
    other { heading: "Schedule" value: "Part 2" }
    other { heading: "Item" value: "12" })pb";
  EXPECT_EQ(record.present.sanction().DebugString(), Parsed(expected).DebugString());
  const v1::Sanction& other = result->records[2].present.sanction();
  EXPECT_FALSE(other.birth(0).has_date());
  EXPECT_EQ(other.birth(0).printed(), "1951-05-06 or 1952-05-06");
}

TEST(CaSemaXmlTest, AnEntitysAliasesStayWhole) {
  const auto result = ReadCa(TestFile("ca_sema_old_tags.xml"));
  const std::string expected = R"pb(
    part: SANCTION_PART_ENTRY
    target { id: "ca:MMR/1/4" printed_name: "Example Timber, Ltd." }
    programme: "Burma / Birmanie"
    name { whole: "Example Timber, Ltd." kind: NAME_KIND_PRIMARY }
    name { whole: "Example Timber, Timber (Example) Co., Ltd." kind: NAME_KIND_ALIAS }
    other { heading: "Schedule" value: "1" }
    other { heading: "Item" value: "4" })pb";
  EXPECT_EQ(result->records[0].present.sanction().DebugString(), Parsed(expected).DebugString());
}

TEST(CaSemaXmlTest, AShipsTitleAndBirthAreItsTypeAndBuilding) {
  const auto result = ReadCa(TestFile("ca_sema.xml"));
  const std::string expected = R"pb(
    part: SANCTION_PART_ENTRY
    target { id: "ca:RUS/S1.1/7" printed_name: "EXAMPLE STAR" }
    target_kind: ACTOR_KIND_VESSEL
    programme: "Russia / Russie"
    date {
      kind: SANCTION_DATE_KIND_LISTED
      date { year: 2023 month: 2 day: 24 }
    }
    name { whole: "EXAMPLE STAR" kind: NAME_KIND_PRIMARY }
    identifier { kind: IDENTIFIER_KIND_IMO printed_kind: "ShipIMONumber" number: "9000001" }
    craft { type: "General Cargo" built: "1984" }
    other { heading: "Schedule" value: "1.1" }
    other { heading: "Item" value: "7" })pb";
  EXPECT_EQ(result->records[3].present.sanction().DebugString(), Parsed(expected).DebugString());
}

TEST(CaSemaXmlTest, TheFileHasNoDate) {
  const auto result = ReadCa(TestFile("ca_sema.xml"));
  EXPECT_EQ(result->facts.source, "ca-sema");
  EXPECT_FALSE(result->facts.stamp.has_time());
  EXPECT_EQ(result->facts.covers_until.year(), 0);
  EXPECT_EQ(PrintScope(result->facts.scope), "whole");
}

TEST(CaSemaXmlTest, WhatTheFormatDoesNotHaveIsKept) {
  const auto result = ReadCa(With("<Item>12</Item>",
                                  "<Item>12</Item><Moon>Luna</Moon><Item>13"
                                  "</Item>"));
  EXPECT_EQ(result->records[1].key, "SYR/2/12");
  EXPECT_THAT(OtherOf(result->records[1].present.sanction()),
              ElementsAre("Moon: Luna", "Item: 13", "Schedule: Part 2", "Item: 12"));
  const auto undated = ReadCa(With("2011-05-24", "May 2011"));
  EXPECT_EQ(undated->records[1].present.sanction().date(0).printed(), "May 2011");
}

TEST(CaSemaXmlTest, ABadEntryIsRejectedAndReadingGoesOn) {
  const auto rejections = [](const std::string& from, const std::string& to) {
    const auto result = ReadCa(With(from, to));
    EXPECT_THAT(result->records, SizeIs(3));
    return result->rejections;
  };
  EXPECT_THAT(rejections("<Country>Syria / Syrie</Country>", ""),
              ElementsAre("11:0: Country: the entry has no country: expected one"));
  EXPECT_THAT(rejections("<Item>12</Item>", "<Item> </Item>"),
              ElementsAre("11:0: Item: item \"\": expected a number"));
  EXPECT_THAT(rejections("<EntityOrShip>EXAMPLE STAR</EntityOrShip>", ""),
              ElementsAre("28:0: EntityOrShip: the entry has no name: expected one"));
  const auto twice =
      ReadCa(With("<Country>Syria / Syrie</Country>", "<Country>Burma / Birmanie</Country>"));
  EXPECT_THAT(twice->rejections, IsEmpty());  // another part
  const auto same = ReadCa(absl::StrReplaceAll(
      TestFile("ca_sema.xml"), {{"Syria / Syrie", "Burma"}, {"Part 2", "1"}, {">12<", ">4<"}}));
  EXPECT_THAT(same->rejections,
              ElementsAre("11:0: : record MMR/1/4 stands in line 3 already: expected one of each"));
  EXPECT_THAT(same->rejected_keys, ElementsAre("MMR/1/4"));
}

TEST(CaSemaXmlTest, AnEditionThatIsNotWholeIsRefused) {
  const auto refusal = [](const std::string& bytes) {
    const auto result = ReadCa(bytes);
    EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(result->status.message());
  };
  const std::string whole = TestFile("ca_sema.xml");
  EXPECT_THAT(refusal(""), StartsWith("line 1: column 1: the document is empty"));
  EXPECT_THAT(refusal(whole.substr(0, whole.size() - 8)),
              HasSubstr("the document ends inside <data-set> of line 2"));
  EXPECT_THAT(refusal(whole.substr(0, whole.size() / 2)), HasSubstr("the document ends inside <"));
  EXPECT_THAT(refusal("<data-set/>"), StartsWith("line 1: no records: expected at least one"));
  EXPECT_THAT(refusal("<dataset><record/></dataset>"),
              StartsWith("line 1: the document is a \"dataset\": expected <data-set>"));
  EXPECT_THAT(refusal(With("</data-set>", "<note>x</note></data-set>")),
              StartsWith("line 38: an element \"note\" in <data-set>: expected <record>"));
}

TEST(CaSemaXmlTest, ChunksOfAnySizeGiveTheSame) {
  const std::string bytes = TestFile("ca_sema.xml");
  EXPECT_EQ(TranscriptOf(*ReadCa(bytes, {1, 17})), TranscriptOf(*ReadCa(bytes)));
}

TEST(CaSemaXmlTest, TheFormatIsRecognisedByItsContent) {
  const EditionFormat& format = CaSemaXmlFormat();
  EXPECT_TRUE(format.recognises({TestFile("ca_sema.xml"), "", ""}));
  EXPECT_TRUE(format.recognises({TestFile("ca_sema_old_tags.xml"), "", ""}));
  EXPECT_FALSE(format.recognises({"<data-set><row/></data-set>", "", ""}));
  EXPECT_FALSE(format.recognises({"", "ca.xml", "ca-sema"}));
}

}  // namespace
}  // namespace dossier
