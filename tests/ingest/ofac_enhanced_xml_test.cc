#include "services/ingest/sources/ofac_enhanced_xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Slice() { return TestFile("ofac_enhanced.xml"); }

std::string With(std::string_view from, std::string_view to) {
  return absl::StrReplaceAll(Slice(), {{std::string(from), std::string(to)}});
}

std::unique_ptr<Collected> ReadEnhanced(std::string_view bytes,
                                        std::vector<size_t> sizes = {1 << 20}) {
  return ReadAs(OfacEnhancedXmlFormat(), bytes, std::move(sizes));
}

TEST(OfacEnhancedXmlTest, TheEdition) {
  const auto result = ReadEnhanced(Slice());
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  ASSERT_THAT(result->records, SizeIs(1));
  EXPECT_EQ(PrintPublishStamp(result->facts.stamp), "2024-08-28");
  EXPECT_EQ(result->facts.stamp.basis(), v1::BASIS_STATED);
  EXPECT_EQ(PrintScope(result->facts.scope), "programme in {RURITANIA}");
  EXPECT_EQ(PrintDate(result->facts.covers_until), "2024-08-28");
  EXPECT_THAT(result->facts.warnings, IsEmpty());
  EXPECT_EQ(result->records[0].key, "301");
  EXPECT_EQ(result->records[0].element, "entity 301");
  const auto later = ReadEnhanced(With("T00:00:00", "T07:08:09"));
  EXPECT_EQ(PrintPublishStamp(later->facts.stamp), "2024-08-28 07:08:09");
}

TEST(OfacEnhancedXmlTest, WhatTheListSaysOfTheEntity) {
  const auto result = ReadEnhanced(Slice());
  ASSERT_THAT(result->records, SizeIs(1));
  const v1::Sanction& person = result->records[0].present.sanction();
  EXPECT_EQ(person.target(0).id(), "ofac:301");
  EXPECT_EQ(person.target(0).printed_name(), "EXAMPLE, Anna Maria");
  EXPECT_EQ(person.target_kind(), v1::ACTOR_KIND_PERSON);
  EXPECT_EQ(person.list(), "SDN List");
  ASSERT_THAT(person.date(), SizeIs(1));
  EXPECT_EQ(person.date(0).kind(), v1::SANCTION_DATE_KIND_LISTED);
  EXPECT_EQ(PrintDate(person.date(0).date()), "2019-03-26");
  EXPECT_EQ(person.date(0).detail(), "SDN List");
  ASSERT_THAT(person.measure(), SizeIs(2));
  EXPECT_EQ(person.measure(0).kind(), v1::MEASURE_KIND_ASSET_FREEZE);
  EXPECT_EQ(person.measure(0).basis(), v1::MEASURE_BASIS_PUBLISHED);
  EXPECT_EQ(person.measure(1).kind(), v1::MEASURE_KIND_SECONDARY);
  EXPECT_THAT(person.instrument(), ElementsAre("Executive Order 13224 (Terrorism)"));
  EXPECT_THAT(person.title(), ElementsAre("Keeper of the Seal"));
  EXPECT_THAT(result->records[0].raw, ElementsAre("a person of note"));
  ASSERT_THAT(person.link(), SizeIs(1));
  EXPECT_EQ(person.link(0).other().id(), "ofac:12478");
  EXPECT_EQ(person.link(0).kind(), v1::LINK_KIND_OTHER);
  EXPECT_EQ(person.link(0).printed_kind(), "Owned or Controlled By");
}

TEST(OfacEnhancedXmlTest, TheProfile) {
  const auto result = ReadEnhanced(Slice());
  ASSERT_THAT(result->records, SizeIs(1));
  const v1::Sanction& person = result->records[0].present.sanction();
  ASSERT_THAT(person.name(), SizeIs(3));
  EXPECT_EQ(person.name(0).kind(), v1::NAME_KIND_PRIMARY);
  EXPECT_EQ(person.name(0).script(), "Latin");
  EXPECT_EQ(person.name(1).kind(), v1::NAME_KIND_VARIATION);
  EXPECT_EQ(person.name(1).script(), "Cyrillic");
  EXPECT_EQ(person.name(2).kind(), v1::NAME_KIND_FORMER);
  EXPECT_EQ(person.name(2).quality(), v1::NAME_QUALITY_LOW);
  ASSERT_THAT(person.address(), SizeIs(2));
  EXPECT_EQ(person.address(0).street(), "12 Quay Street");
  EXPECT_EQ(person.address(0).city(), "Old Harbour");
  EXPECT_EQ(person.address(0).country().id(), "state:BGR");
  EXPECT_EQ(person.address(1).id(), "40224");
  EXPECT_EQ(PrintDate(person.birth(0).date()), "1961");
  EXPECT_EQ(person.birth(0).id(), "31039");
  EXPECT_EQ(person.nationality(0).country().id(), "state:BGR");
  ASSERT_THAT(person.identifier(), SizeIs(2));
  EXPECT_EQ(person.identifier(0).kind(), v1::IDENTIFIER_KIND_PHONE);
  EXPECT_EQ(person.identifier(1).kind(), v1::IDENTIFIER_KIND_PASSPORT);
  EXPECT_EQ(PrintDate(person.identifier(1).issue_date()), "2014-03");
  EXPECT_EQ(person.identifier(1).note(), "isValid false");
}

TEST(OfacEnhancedXmlTest, WhatHasNoFieldIsKept) {
  const auto result = ReadEnhanced(Slice());
  ASSERT_THAT(result->records, SizeIs(1));
  EXPECT_THAT(
      OtherOf(result->records[0].present.sanction()),
      ElementsAre("identityId: 18235",
                  "feature 31039 Birthdate: versionId 28778; valueDate id 41401; fromDateBegin "
                  "1961-01-01; toDateEnd 1961-12-31; isPrimary true",
                  "feature 31040 Nationality Country: versionId 28779; isPrimary true",
                  "feature 31041 Secondary sanctions risk:: versionId 28780; valueRefId 91473; "
                  "isPrimary true",
                  "identityDocument 17181 Passport: name nameId 41877; nameTranslationId 35663; "
                  "EXAMPLE, Anna Maria; isValid false; issueDate id 40036; fromDateBegin "
                  "2014-03-01; toDateEnd 2014-03-31",
                  "numbers: sanctionsList 26901; sanctionsProgram 28153; sanctionsType 18626; "
                  "legalAuthority 14934; translation 35663; namePart 69192; translation 35664; "
                  "translation 35665; translation 36321; addressPart 53727; addressPart 53728; "
                  "relationship 8163"));
}

TEST(OfacEnhancedXmlTest, UnknownElementsAndAttributesAreKeptUnderTheirPaths) {
  const auto others_with = [](std::string_view from, const std::string& to) {
    const std::string bytes = Slice();
    const size_t at = bytes.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    std::string changed = bytes;
    changed.replace(at, from.size(), to);
    const auto result = ReadEnhanced(changed);
    EXPECT_TRUE(result->status.ok()) << result->status;
    EXPECT_THAT(result->records, SizeIs(1));
    return result->records.empty() ? std::vector<std::string>()
                                   : OtherOf(result->records[0].present.sanction());
  };
  const auto kept = [&](std::string_view tag, const std::string& other) {
    const std::string opened = absl::StrCat("<", std::string(tag), ">");
    EXPECT_THAT(others_with(opened, opened + "<MOON since=\"2001\">Luna</MOON>"),
                testing::Contains(HasSubstr(other)))
        << tag;
  };
  kept("generalInfo", "MOON: since 2001; Luna");
  kept("names", "names/MOON: since 2001; Luna");
  kept("addresses", "addresses/MOON: since 2001; Luna");
  kept("nameParts", "names/name/translations/translation/nameParts/MOON: since 2001; Luna");
  kept("addressParts",
       "addresses/address/translations/translation/addressParts/MOON: since 2001; Luna");
  EXPECT_THAT(others_with("<translations>", "<translations moon=\"Luna\"><MOON>Io</MOON>"),
              testing::IsSupersetOf(
                  {"names/name/translations: moon Luna", "names/name/translations/MOON: Io"}));
  EXPECT_THAT(others_with("<names>", "<names moon=\"Luna\">"),
              testing::Contains("names: moon Luna"));
  EXPECT_THAT(others_with("</entity>", "<MOON><phase>new</phase></MOON></entity>"),
              testing::Contains("MOON: phase new"));
  EXPECT_THAT(others_with("<entity id=\"301\"", "<entity moon=\"Luna\" id=\"301\""),
              testing::Contains("entity: moon Luna"));
  EXPECT_THAT(others_with("<isPrimary>", "<isPrimary moon=\"Luna\">"),
              testing::Contains(HasSubstr("isPrimary moon Luna")));
}

TEST(OfacEnhancedXmlTest, ADirectiveIsAMeasureOfItsKind) {
  const auto kind_of = [](const std::string& type) {
    const auto result =
        ReadEnhanced(With(">Block</sanctionsType>", ">" + type + "</sanctionsType>"));
    EXPECT_THAT(result->records, SizeIs(1)) << result->status;
    const v1::Measure& measure = result->records[0].present.sanction().measure(0);
    EXPECT_EQ(measure.detail(), type);
    return measure.kind();
  };
  EXPECT_EQ(kind_of("Executive Order 14024 Directive 2"), v1::MEASURE_KIND_FINANCIAL);
  EXPECT_EQ(kind_of("13662 Sectoral Directive 4"), v1::MEASURE_KIND_TRADE);
  EXPECT_EQ(kind_of("Reject"), v1::MEASURE_KIND_OTHER);
}

TEST(OfacEnhancedXmlTest, WhatIsNewOfThePublicationIsToldAndWhatIsNewBesideItRefused) {
  const auto told = ReadEnhanced(With("<filters>", "<editor>Abra</editor><filters>"));
  ASSERT_TRUE(told->status.ok()) << told->status;
  EXPECT_THAT(told->facts.warnings,
              ElementsAre(HasSubstr("\"editor\" of \"Abra\" is not known, and was not read")));
  const auto refused = ReadEnhanced(With("</entities>", "</entities><vessels/>"));
  EXPECT_EQ(refused->status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused->status.message()),
              HasSubstr("an element \"vessels\" in <sanctionsData>: expected <entity>"));
}

TEST(OfacEnhancedXmlTest, AFilterOfListsOnlyAdds) {
  const auto result = ReadEnhanced(
      With("<value>SDN List</value>",
           "<value>SDN List</value></referenceValue><referenceValue refId=\"2\"><type>ENTITY "
           "LISTING TYPE</type><value>Other List</value>"));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_TRUE(result->facts.scope.additions_only());
  EXPECT_THAT(
      result->facts.warnings,
      ElementsAre("only of SDN List: what the edition does not hold is not taken as ended"));
}

TEST(OfacEnhancedXmlTest, ABadEntityIsRejected) {
  const std::string again = "<entity id=\"301\"><names/></entity><entity id=\"x\"/></entities>";
  const auto result = ReadEnhanced(With("</entities>", again));
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(
      result->rejections,
      ElementsAre(HasSubstr("names: no primary name: expected one with a formattedFullName"),
                  HasSubstr("id: \"x\": expected an entity's number")));
  EXPECT_THAT(result->rejected_keys, ElementsAre("301", "none"));
}

std::string Refusal(const std::string& bytes) {
  const auto result = ReadEnhanced(bytes);
  EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument) << result->status;
  return std::string(result->status.message());
}

TEST(OfacEnhancedXmlTest, AnEditionThatIsNotWholeIsRefused) {
  EXPECT_THAT(Refusal(""), HasSubstr("the document is empty"));
  EXPECT_THAT(Refusal(Slice().substr(0, 4000)), HasSubstr("the document ends inside"));
  EXPECT_THAT(Refusal(With("<dataAsOf>2024-08-28T00:00:00</dataAsOf>", "")),
              HasSubstr("no dataAsOf: expected one in publicationInfo"));
  EXPECT_THAT(Refusal(With("2024-08-28T00", "28.08.2024T00")), HasSubstr("line 4: dataAsOf: "));
  EXPECT_THAT(Refusal(With("/exports/ENHANCED_XML", "/exports/OTHER")),
              HasSubstr("expected sanctionsData in OFAC's namespace of ENHANCED_XML"));
  EXPECT_THAT(Refusal(With("sanctionsProgram refId=\"91166\">RURITANIA</sanctionsProgram>",
                           "country>Ruritania</country>")),
              HasSubstr("line 10: a filter \"country\": expected sanctionsList or"));
  EXPECT_THAT(Refusal(With("<sanctionsProgram refId=\"91166\">RURITANIA",
                           "<sanctionsProgram refId=\"91166\">OTHER")),
              HasSubstr("none of 1 entities could be read"));
}

TEST(OfacEnhancedXmlTest, ChunksDoNotMatter) {
  const std::string whole = TranscriptOf(*ReadEnhanced(Slice()));
  EXPECT_EQ(TranscriptOf(*ReadEnhanced(Slice(), {1})), whole);
  EXPECT_EQ(TranscriptOf(*ReadEnhanced(Slice(), {13, 300})), whole);
}

TEST(OfacEnhancedXmlTest, TheRootIsRecognised) {
  EXPECT_TRUE(OfacEnhancedXmlFormat().recognises({Slice(), "", ""}));
  EXPECT_FALSE(OfacEnhancedXmlFormat().recognises({"<sdnList/>", "enhanced.xml", ""}));
}

}  // namespace
}  // namespace dossier
