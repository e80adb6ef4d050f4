#include "services/ingest/sources/ofac_xml.h"

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

std::string Slice() { return TestFile("ofac_consolidated.xml"); }

std::string With(std::string_view from, std::string_view to) {
  return absl::StrReplaceAll(Slice(), {{std::string(from), std::string(to)}});
}

std::unique_ptr<Collected> ReadSdn(std::string_view bytes) {
  return ReadAs(OfacSdnXmlFormat(), bytes);
}

TEST(OfacXmlTest, TheEdition) {
  for (const char* name :
       {"http://tempuri.org/sdnList.xsd",
        "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"}) {
    const auto result = ReadSdn(With("http://tempuri.org/sdnList.xsd", name));
    ASSERT_TRUE(result->status.ok()) << result->status;
    EXPECT_THAT(result->rejections, IsEmpty());
    ASSERT_THAT(result->records, SizeIs(2));
    EXPECT_EQ(PrintPublishStamp(result->facts.stamp), "2025-03-28");
    EXPECT_EQ(result->facts.stamp.basis(), v1::BASIS_STATED);
    EXPECT_EQ(PrintDate(result->facts.covers_until), "2025-03-28");
    EXPECT_EQ(PrintScope(result->facts.scope), "whole");
    EXPECT_EQ(result->facts.source, "ofac-sdn-xml");
    EXPECT_THAT(result->facts.warnings, IsEmpty());
    EXPECT_EQ(result->records[0].key, "301");
    EXPECT_EQ(result->records[0].element, "sdnEntry 301");
    EXPECT_EQ(result->records[0].line, 7u);
  }
}

TEST(OfacXmlTest, APerson) {
  const auto result = ReadSdn(Slice());
  ASSERT_THAT(result->records, SizeIs(2));
  const v1::Sanction& person = result->records[0].present.sanction();
  EXPECT_EQ(person.target(0).id(), "ofac:301");
  EXPECT_EQ(person.target(0).printed_name(), "EXAMPLE, Anna Maria");
  EXPECT_EQ(person.target_kind(), v1::ACTOR_KIND_PERSON);
  EXPECT_THAT(person.programme(), ElementsAre("RURITANIA", "SDGT"));
  EXPECT_THAT(person.position(), ElementsAre("Keeper of the Seal"));
  EXPECT_EQ(person.link(0).other().printed_name(), "OLD BANK");
  ASSERT_THAT(person.name(), SizeIs(3));
  EXPECT_EQ(person.name(1).quality(), v1::NAME_QUALITY_LOW);
  EXPECT_EQ(person.name(2).kind(), v1::NAME_KIND_FORMER);
  EXPECT_EQ(person.name(2).whole(), "EXAMPLE, Anne");
  EXPECT_EQ(person.name(2).id(), "8002");
  EXPECT_EQ(person.nationality(0).country().id(), "state:BGR");
  ASSERT_THAT(person.birth(), SizeIs(2));
  EXPECT_EQ(PrintDate(person.birth(0).date()), "1962");
  EXPECT_TRUE(person.birth(0).is_approximate());
  EXPECT_EQ(person.birth(1).place(), "Old Harbour, Ruritania");
  EXPECT_EQ(person.birth(1).note(), "mainEntry false");
  ASSERT_THAT(person.address(), SizeIs(1));
  EXPECT_EQ(person.address(0).street(), "12 Quay Street, Floor 2");
  EXPECT_EQ(person.address(0).region(), "North Province");
  EXPECT_THAT(OtherOf(person),
              ElementsAre("hairList: hair colour red", "uid: 9002 9003 9005 6001"));
}

TEST(OfacXmlTest, AnIdIsWhatItsTypeSays) {
  const auto result = ReadSdn(Slice());
  const v1::Sanction& person = result->records[0].present.sanction();
  EXPECT_EQ(person.gender(), "Female");
  ASSERT_THAT(person.date(), SizeIs(1));
  EXPECT_EQ(person.date(0).kind(), v1::SANCTION_DATE_KIND_LISTED);
  ASSERT_THAT(person.measure(), SizeIs(2));
  EXPECT_EQ(person.measure(0).rule(), "ofac-sdn-blocking");
  EXPECT_EQ(person.measure(1).kind(), v1::MEASURE_KIND_SECONDARY);
  ASSERT_THAT(person.identifier(), SizeIs(2));
  EXPECT_EQ(person.identifier(0).kind(), v1::IDENTIFIER_KIND_PASSPORT);
  EXPECT_EQ(person.identifier(0).country().id(), "state:BGR");
  EXPECT_EQ(PrintDate(person.identifier(0).issue_date()), "1991-07-10");
  EXPECT_EQ(person.identifier(0).note(), "expirationDate never");
  EXPECT_EQ(person.identifier(1).printed_kind(), "Library Card");
  EXPECT_EQ(person.identifier(1).kind(), v1::IDENTIFIER_KIND_OTHER);
  const v1::Sanction& vessel = result->records[1].present.sanction();
  EXPECT_EQ(vessel.target_kind(), v1::ACTOR_KIND_VESSEL);
  EXPECT_EQ(vessel.identifier(0).kind(), v1::IDENTIFIER_KIND_IMO);
  EXPECT_EQ(vessel.identifier(0).number(), "9187629");
  EXPECT_EQ(vessel.identifier(1).number(), "T2EX4");
  EXPECT_EQ(vessel.craft().flag().id(), "state:MLT");
  EXPECT_EQ(vessel.craft().tonnage(), "159758");
}

TEST(OfacXmlTest, ChunksDoNotMatter) {
  const std::string whole = TranscriptOf(*ReadSdn(Slice()));
  EXPECT_EQ(TranscriptOf(*ReadAs(OfacSdnXmlFormat(), Slice(), {1})), whole);
  EXPECT_EQ(TranscriptOf(*ReadAs(OfacSdnXmlFormat(), Slice(), {11, 200})), whole);
}

TEST(OfacXmlTest, ABadEntryIsRejected) {
  const auto nameless = ReadSdn(With("<lastName>SEA EXAMPLE</lastName>", ""));
  ASSERT_TRUE(nameless->status.ok()) << nameless->status;
  EXPECT_THAT(nameless->rejections, ElementsAre("99:0: lastName: empty: expected a name"));
  EXPECT_THAT(nameless->rejected_keys, ElementsAre("302"));
  const auto numberless = ReadSdn(With("<uid>302</uid>", "<uid>3O2</uid>"));
  EXPECT_THAT(numberless->rejections,
              ElementsAre("99:0: uid: \"3O2\": expected an entry's number"));
  const auto endless = ReadSdn(With("<uid>302</uid>", "<uid>" + std::string(300, '3') + "</uid>"));
  EXPECT_THAT(endless->rejections, ElementsAre(HasSubstr(": expected an entry's number")));
  EXPECT_THAT(endless->rejected_keys, ElementsAre("none"));
  const auto twice = ReadSdn(With("<uid>302</uid>", "<uid>301</uid>"));
  EXPECT_THAT(twice->rejections,
              ElementsAre("99:0: uid: entry 301 stands in line 7 already: expected it once"));
}

std::string Refusal(const std::string& bytes) {
  const auto result = ReadSdn(bytes);
  EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument) << result->status;
  return std::string(result->status.message());
}

TEST(OfacXmlTest, AnEditionThatIsNotWholeIsRefused) {
  EXPECT_THAT(Refusal(""), HasSubstr("the document is empty"));
  EXPECT_THAT(Refusal(Slice().substr(0, Slice().size() - 11)),
              HasSubstr("the document ends inside"));
  EXPECT_THAT(Refusal(With("<Record_Count>2", "<Record_Count>3")),
              HasSubstr("the list ends after 2 entries: expected 3, as Record_Count says"));
  EXPECT_THAT(Refusal(With("<Record_Count>2", "<Record_Count>two")),
              HasSubstr("line 5: Record_Count \"two\": expected a number"));
  EXPECT_THAT(Refusal(With("<Record_Count>2</Record_Count>", "")), HasSubstr("no Record_Count"));
  EXPECT_THAT(Refusal(With("03/28/2025", "28/03/2025")),
              HasSubstr("line 4: Publish_Date \"28/03/2025\": expected mm/dd/yyyy"));
  EXPECT_THAT(Refusal(With("<Publish_Date>03/28/2025</Publish_Date>", "")),
              HasSubstr("no Publish_Date"));
  EXPECT_THAT(
      Refusal(With("http://tempuri.org/sdnList.xsd", "urn:other")),
      HasSubstr("line 2: root \"sdnList\" in namespace \"urn:other\": expected sdnList in"));
  EXPECT_THAT(Refusal(absl::StrReplaceAll(Slice(), {{"<uid>30", "<uid>x30"}})),
              HasSubstr("none of 2 entries could be read"));
}

TEST(OfacXmlTest, TheFileNameTellsTheList) {
  const std::string bytes = Slice();
  EXPECT_TRUE(OfacSdnXmlFormat().recognises({bytes, "SDN.XML", ""}));
  EXPECT_FALSE(OfacConsolidatedXmlFormat().recognises({bytes, "SDN.XML", ""}));
  EXPECT_TRUE(OfacConsolidatedXmlFormat().recognises({bytes, "us_ofac_consolidated_x.xml", ""}));
  EXPECT_TRUE(OfacConsolidatedXmlFormat().recognises({bytes, "x", "ofac-consolidated-xml"}));
  EXPECT_FALSE(OfacSdnXmlFormat().recognises({bytes, "x", ""}));
  EXPECT_FALSE(OfacSdnXmlFormat().recognises({"<other/>", "sdn.xml", ""}));
}

}  // namespace
}  // namespace dossier
