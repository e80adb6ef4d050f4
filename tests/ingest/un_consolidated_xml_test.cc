#include "services/ingest/sources/un_consolidated_xml.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/ingest/sources/un_reference.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/model/scope.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

const std::string& Slice() {
  static const auto& bytes = *new std::string(TestFile("un_consolidated.xml"));
  return bytes;
}

std::unique_ptr<Collected> ReadUn(const std::string& bytes, std::vector<size_t> sizes = {1 << 20}) {
  return ReadAs(UnConsolidatedXmlFormat(), bytes, std::move(sizes));
}

std::string With(const std::string& from, const std::string& to) {
  EXPECT_THAT(Slice(), HasSubstr(from));
  return absl::StrReplaceAll(Slice(), {{from, to}});
}

std::string Digest(const EditionRecord& record) {
  v1::Event event;
  *event.mutable_present() = record.present;
  return ContentDigest(event);
}

std::string Printed(const google::protobuf::Message& message) { return message.DebugString(); }

v1::Sanction Parsed(const std::string& text) {
  v1::Sanction sanction;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &sanction));
  return sanction;
}

TEST(UnConsolidatedXmlTest, AnIndividualsFieldsAreAllKept) {
  const auto result = ReadUn(Slice());
  ASSERT_TRUE(result->status.ok()) << result->status;
  EXPECT_THAT(result->rejections, IsEmpty());
  ASSERT_THAT(result->records, SizeIs(2));
  const EditionRecord& record = result->records[0];
  EXPECT_EQ(record.key, "QDi.901");
  EXPECT_EQ(record.element, "INDIVIDUAL QDi.901 (DATAID 900001)");
  EXPECT_EQ(record.line, 3u);
  EXPECT_EQ(record.line_end, 5u);
  const std::string expected = R"pb(
    part: SANCTION_PART_ENTRY
    target { id: "un:QDi.901" printed_name: "ABEL EXEMPLAR" }
    target_kind: ACTOR_KIND_PERSON
    list: "UN List"
    programme: "Al-Qaida"
    date {
      kind: SANCTION_DATE_KIND_LISTED
      date { year: 2014 month: 7 day: 30 }
      printed: "2014-07-30-04:00"
    }
    date {
      kind: SANCTION_DATE_KIND_AMENDED
      date { year: 2015 month: 12 day: 10 }
    }
    date {
      kind: SANCTION_DATE_KIND_AMENDED
      date { year: 2016 month: 2 day: 15 }
    }
    name {
      whole: "ABEL EXEMPLAR"
      kind: NAME_KIND_PRIMARY
      part { heading: "FIRST_NAME" value: "ABEL" }
      part { heading: "SECOND_NAME" value: "EXEMPLAR" }
    }
    name { whole: "آبل" kind: NAME_KIND_VARIATION }
    name {
      whole: "Abelo"
      kind: NAME_KIND_ALIAS
      quality: NAME_QUALITY_GOOD
      note: "previously listed as"
    }
    name {
      whole: "Ab"
      kind: NAME_KIND_ALIAS
      quality: NAME_QUALITY_LOW
      part { heading: "DATE_OF_BIRTH" value: "1980" }
    }
    birth { date { year: 1981 month: 2 day: 3 } }
    birth {
      date { year: 1980 }
      is_approximate: true
    }
    birth {
      date { year: 1978 }
      date_to { year: 1982 }
      note: "from a false passport"
    }
    birth {
      place: "Cusco, Cusco Province"
      country { id: "state:PER" printed_name: "Peru" }
    }
    nationality { country { id: "state:PER" printed_name: "Peru" } }
    nationality {
      country {
        id: "unresolved:un-consolidated:Peruvian by birth"
        printed_name: "Peruvian by birth"
      }
    }
    identifier { kind: IDENTIFIER_KIND_REFERENCE number: "QDi.901" }
    identifier {
      kind: IDENTIFIER_KIND_PASSPORT
      printed_kind: "Passport"
      number: "P000001"
      country { id: "state:PER" printed_name: "Peru" }
      issue_date { year: 2001 month: 5 day: 6 }
      note: "expired; CITY_OF_ISSUE: Lima; COUNTRY_OF_ISSUE: Chile"
    }
    address {
      street: "1 Test Street"
      city: "Lima"
      region: "Lima Province"
      postal_code: "15001"
      country { id: "state:PER" printed_name: "Peru" }
      note: "as at 2014"
    }
    position: "Deputy of Nothing"
    position: "Clerk"
    title: "Dr"
    gender: "Male"
    remarks: "Said to be invented. Associated with Example Group (QDe.902)."
    other { heading: "SUBMITTED_BY" value: "Atlantis" }
    is_blank_insensitive: true)pb";
  EXPECT_EQ(Printed(record.present.sanction()), Printed(Parsed(expected)));
}

TEST(UnConsolidatedXmlTest, AnEntitysOldReferenceIsASupersededId) {
  const auto result = ReadUn(Slice());
  ASSERT_THAT(result->records, SizeIs(2));
  const std::string expected = R"pb(
    part: SANCTION_PART_ENTRY
    target { id: "un:IRe.902" printed_name: "EXAMPLE GROUP" }
    list: "UN List"
    programme: "Iran"
    date {
      kind: SANCTION_DATE_KIND_LISTED
      date { year: 2010 month: 6 day: 9 }
    }
    name { whole: "EXAMPLE GROUP" kind: NAME_KIND_PRIMARY }
    name { whole: "Old Example" kind: NAME_KIND_FORMER }
    name { whole: "E & G" kind: NAME_KIND_ALIAS }
    identifier { kind: IDENTIFIER_KIND_REFERENCE number: "IRe.902" }
    claim {
      object { id: "un:E.99.I.9" printed_name: "E.99.I.9" }
      kind: CLAIM_KIND_SUPERSEDED_ID
      printed: "Old Reference # E.99.I.9"
    }
    remarks: "Makes nothing. [Old Reference # E.99.I.9]"
    is_blank_insensitive: true)pb";
  EXPECT_EQ(Printed(result->records[1].present.sanction()), Printed(Parsed(expected)));
}

TEST(UnConsolidatedXmlTest, OldReferencesInManyRemarksAreReadOnceAndToALimit) {
  std::string comments;
  for (int i = 0; i < 3'000; ++i) {
    absl::StrAppend(&comments, "<COMMENTS1>[Old Reference #A.", i, "]</COMMENTS1>");
  }
  const auto result = ReadUn(With("<ENTITY>", "<ENTITY>" + comments));
  ASSERT_THAT(result->records, SizeIs(2)) << result->status;
  const v1::Sanction& entity = result->records[1].present.sanction();
  ASSERT_THAT(entity.claim(), SizeIs(100));
  EXPECT_EQ(entity.claim(0).object().id(), "un:A.0");
  EXPECT_EQ(entity.claim(99).object().id(), "un:A.99");
  EXPECT_THAT(entity.remarks(), HasSubstr("[Old Reference #A.2999]"));
}

TEST(UnConsolidatedXmlTest, YearsThatEndBeforeTheyBeginAreNoWindow) {
  const auto result = ReadUn(With("<TO_YEAR>1982", "<TO_YEAR>1972"));
  const v1::Birth& birth = result->records[0].present.sanction().birth(2);
  EXPECT_FALSE(birth.has_date());
  EXPECT_FALSE(birth.has_date_to());
  EXPECT_EQ(birth.printed(), "1978 to 1972");
}

TEST(UnConsolidatedXmlTest, TheTimeOfGenerationIsTheStampWithItsFraction) {
  const auto result = ReadUn(Slice());
  EXPECT_EQ(result->facts.source, "un-consolidated");
  EXPECT_EQ(PrintPublishStamp(result->facts.stamp), "2020-11-24 00:10:17");
  EXPECT_EQ(result->facts.stamp.time().nanos(), 600'000'000);
  EXPECT_EQ(result->facts.stamp.basis(), v1::BASIS_GENERATED);
  EXPECT_EQ(PrintScope(result->facts.scope), "whole");
  EXPECT_EQ(PrintDate(result->facts.covers_until), "2020-11-24");
  const auto zulu = ReadUn(With("2020-11-23T19:10:17.6-05:00", "2025-04-19T23:00:04.625Z"));
  EXPECT_EQ(PrintPublishStamp(zulu->facts.stamp), "2025-04-19 23:00:04");
}

TEST(UnConsolidatedXmlTest, WhiteSpaceNumbersAndOrderWithinAFieldAreNoChange) {
  const auto before = ReadUn(Slice());
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"><", ">\n            <"},
           {" ABEL ", "ABEL"},
           {"Said to\n   be", "Said to be"},
           {"<DATAID>900001", "<DATAID>900077"},
           {"<VERSIONNUM>1", "<VERSIONNUM>2"},
           {"<CITY>Cusco</CITY><STATE_PROVINCE>Cusco Province</STATE_PROVINCE>",
            "<STATE_PROVINCE>Cusco Province</STATE_PROVINCE><CITY>Cusco</CITY>"},
           {"<CITY_OF_ISSUE>Lima</CITY_OF_ISSUE><COUNTRY_OF_ISSUE>Chile</COUNTRY_OF_ISSUE>",
            "<COUNTRY_OF_ISSUE>Chile</COUNTRY_OF_ISSUE><CITY_OF_ISSUE>Lima</CITY_OF_ISSUE>"},
           {"<VALUE>2016-02-15</VALUE><VALUE>2015-12-10</VALUE>",
            "<VALUE>2015-12-10</VALUE><VALUE>2016-02-15</VALUE>"},
           {"<SORT_KEY/>", ""},
       }) {
    const auto after = ReadUn(With(from, to));
    ASSERT_THAT(after->records, SizeIs(2)) << from << after->status;
    EXPECT_EQ(Digest(after->records[0]), Digest(before->records[0])) << from;
    EXPECT_EQ(Digest(after->records[1]), Digest(before->records[1])) << from;
  }
}

TEST(UnConsolidatedXmlTest, EveryFieldCounts) {
  const auto before = ReadUn(Slice());
  for (const char* word : {"ABEL",          "آبل",
                           "invented",      "Dr",
                           "Clerk",         "Peruvian by birth",
                           "UN List",       "2015-12-10",
                           "Good",          "previously listed as",
                           "1980-",         "Lima Province",
                           "15001",         "as at 2014",
                           "APPROXIMATELY", "1982",
                           "from a false",  "Cusco",
                           "P000001",       "2001-05-06",
                           "Chile",         "expired",
                           "Male",          "Atlantis"}) {
    const std::string bytes =
        std::string(word) == "1980-" ? With("<YEAR>1980", "<YEAR>1979") : With(word, "EXACT");
    const auto after = ReadUn(bytes);
    ASSERT_THAT(after->records, SizeIs(2)) << word << after->status;
    EXPECT_NE(Digest(after->records[0]), Digest(before->records[0])) << word;
  }
}

TEST(UnConsolidatedXmlTest, WhatTheFormatDoesNotHaveIsKept) {
  const auto result =
      ReadUn(With("<CITY>Cusco</CITY>", "<CITY>Cusco</CITY><MOON since=\"2001\">Luna</MOON>"));
  EXPECT_EQ(result->records[0].present.sanction().birth(3).note(), "MOON: Luna; since=2001");
  const auto own = ReadUn(With("<ENTITY>", "<ENTITY state=\"dormant\"><MOON>Luna</MOON>"));
  const v1::Sanction& entity = own->records[1].present.sanction();
  ASSERT_THAT(entity.other(), SizeIs(2));
  EXPECT_EQ(entity.other(0).heading(), "MOON");
  EXPECT_EQ(entity.other(0).value(), "Luna");
  EXPECT_EQ(entity.other(1).value(), "state=dormant");
}

TEST(UnConsolidatedXmlTest, DatesThatAreNoneAreKeptAsPrinted) {
  const auto result = ReadUn(With("2010-06-09", "9 June 2010"));
  const v1::SanctionDate& listed = result->records[1].present.sanction().date(0);
  EXPECT_FALSE(listed.has_date());
  EXPECT_EQ(listed.printed(), "9 June 2010");
  const auto born = ReadUn(With("<DATE>1981-02-03", "<DATE>1981-02-30"));
  EXPECT_EQ(born->records[0].present.sanction().birth(0).printed(), "1981-02-30");
  EXPECT_FALSE(born->records[0].present.sanction().birth(0).has_date());
}

TEST(UnConsolidatedXmlTest, ABadEntryIsRejectedAndReadingGoesOn) {
  const auto nameless = ReadUn(With("<FIRST_NAME>EXAMPLE GROUP</FIRST_NAME>", ""));
  EXPECT_THAT(nameless->records, SizeIs(1));
  EXPECT_THAT(nameless->rejections,
              ElementsAre("8:0: FIRST_NAME: the entry has no name: expected at least one"));
  EXPECT_THAT(nameless->rejected_keys, ElementsAre("IRe.902"));
  const auto unnumbered = ReadUn(With("IRe.902", " "));
  EXPECT_THAT(unnumbered->rejections,
              ElementsAre(HasSubstr("REFERENCE_NUMBER: a reference number of 0 bytes: expected")));
  EXPECT_THAT(unnumbered->rejected_keys, ElementsAre("none"));
  const auto twice = ReadUn(With("IRe.902", "QDi.901"));
  EXPECT_THAT(twice->rejections,
              ElementsAre("8:0: : record QDi.901 stands in line 3 already: expected one of each"));
}

TEST(UnConsolidatedXmlTest, AnEditionThatIsNotWholeIsRefused) {
  const auto refusal = [](const std::string& bytes) {
    const auto result = ReadUn(bytes);
    EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(result->status.message());
  };
  EXPECT_THAT(refusal(""), StartsWith("line 1: column 1: the document is empty"));
  EXPECT_THAT(refusal(Slice().substr(0, Slice().size() - 30)),
              HasSubstr("the document ends inside"));
  EXPECT_THAT(refusal(With("2020-11-23T19:10:17.6-05:00", "yesterday")),
              StartsWith("line 1: dateGenerated \"yesterday\": expected a time as"));
  EXPECT_THAT(refusal(With("2020-11-23T19:10:17.6-05:00", "infinite-future")),
              StartsWith("line 1: dateGenerated"));
  EXPECT_THAT(refusal(With("CONSOLIDATED_LIST", "LIST")),
              StartsWith("line 1: the document is a \"LIST\": expected <CONSOLIDATED_LIST>"));
  EXPECT_THAT(refusal("<INDIVIDUAL/>"), StartsWith("line 1: the document is a \"INDIVIDUAL\""));
  EXPECT_THAT(refusal(With("ENTITIES", "VESSELS")),
              StartsWith("line 7: an element \"VESSELS\" in <CONSOLIDATED_LIST>: expected "
                         "<INDIVIDUAL>"));
  EXPECT_THAT(refusal("<CONSOLIDATED_LIST dateGenerated='2025-04-19T23:00:04Z'><INDIVIDUALS/>"
                      "</CONSOLIDATED_LIST>"),
              StartsWith("line 1: no records: expected at least one <INDIVIDUAL>"));
  EXPECT_THAT(refusal(With("REFERENCE_NUMBER", "NUMBER")),
              StartsWith("line 3: none of the 2 records could be read; the first: "
                         "REFERENCE_NUMBER: "));
}

TEST(UnConsolidatedXmlTest, ChunksOfAnySizeGiveTheSame) {
  const std::string whole = TranscriptOf(*ReadUn(Slice()));
  EXPECT_EQ(TranscriptOf(*ReadUn(Slice(), {1})), whole);
  EXPECT_EQ(TranscriptOf(*ReadUn(Slice(), {7, 100, 3})), whole);
}

TEST(UnConsolidatedXmlTest, TheFormatIsRecognisedByItsRoot) {
  const EditionFormat& format = UnConsolidatedXmlFormat();
  EXPECT_TRUE(format.recognises({Slice(), "", ""}));
  EXPECT_TRUE(format.recognises({"<!-- x --><CONSOLIDATED_LIST>", "", ""}));
  EXPECT_FALSE(format.recognises({"<sdnList>", "", ""}));
  EXPECT_FALSE(format.recognises({"", "un.xml", "un-consolidated"}));
}

TEST(UnReferenceTest, NumbersAreFoundInTheUnsSpelling) {
  const auto found = [](std::string_view text) {
    const auto reference = FindUnReference(text);
    return reference ? reference->number : "none";
  };
  EXPECT_EQ(found("see QDi.430."), "QDi.430");
  EXPECT_EQ(found("(KPI.067)"), "KPi.067");
  EXPECT_EQ(found("QDE. 004"), "QDe.004");
  EXPECT_EQ(found("UN Ref QI.A.18.01, old"), "QI.A.18.01");
  EXPECT_EQ(found("QE.A.146.14"), "QE.A.146.14");
  EXPECT_EQ(found("AQDi.430"), "none");
  EXPECT_EQ(found("QDi.43"), "none");
  EXPECT_EQ(found("QDi.4301"), "none");
  EXPECT_EQ(found("QDx.430 QI.A.18"), "none");
  EXPECT_EQ(found(""), "none");
}

TEST(UnReferenceTest, EachNumberThatATextSaysIsTheUnsIsNamed) {
  const auto named = [](std::string_view text) {
    std::vector<std::string> found;
    for (const UnReference& reference : NamedUnReferences(text)) {
      found.push_back(absl::StrCat(reference.number, "|", std::string(reference.printed)));
    }
    return found;
  };
  EXPECT_THAT(named("(UN Ref QDi.901)"), ElementsAre("QDi.901|UN Ref QDi.901"));
  EXPECT_THAT(named("Member of QDe.904. UN SC reference no.: QDI.901"),
              ElementsAre("QDi.901|UN SC reference no.: QDI.901"));
  EXPECT_THAT(named("(UN Ref QDi.901) (Date of UN designation: 2001-01-25) (UN ref QDi.902)"),
              ElementsAre("QDi.901|UN Ref QDi.901", "QDi.902|UN ref QDi.902"));
  EXPECT_THAT(named("UN listing. UN REF:QE.A.946.14. Then un ref E.29.I.91. UN Ref.KPI.967"),
              ElementsAre("QE.A.946.14|UN REF:QE.A.946.14", "E.29.I.91|un ref E.29.I.91",
                          "KPi.967|UN Ref.KPI.967"));
  EXPECT_THAT(named("UN Ref. I.AC.50.20.12.92.(1). Abra"),
              ElementsAre("I.AC.50.20.12.92.(1)|UN Ref. I.AC.50.20.12.92.(1)"));
  EXPECT_THAT(named("UN Ref QDi.901. Friend of X (UN Ref QDi.902)"),
              ElementsAre("QDi.901|UN Ref QDi.901"));
  for (const char* text :
       {"(UNSC RESOLUTION 1483)", "Associated with X (QDe.904)", "(UN Ref unknown; see QDe.904)",
        "under reference QDe.904", "UN Ref.077. Abra", "UN ref", "UN"}) {
    EXPECT_THAT(named(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace dossier
