#include "services/model/contents.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/model/event_id.h"
#include "services/model/name_words.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::Event Said(const std::string& sanction) {
  v1::Event event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      sanction, event.mutable_present()->mutable_sanction()));
  return event;
}

std::vector<std::string> Changes(const v1::Event& before, const v1::Event& after) {
  std::vector<std::string> lines;
  for (const v1::FieldChange& change : DiffEvents(before, after)) {
    lines.push_back(absl::StrCat(change.field(), ": ", change.before(), " -> ", change.after()));
  }
  return lines;
}

constexpr char kParty[] = R"pb(
  part: SANCTION_PART_ENTRY
  target { id: "ofac:99001" printed_name: "DOE, Jane" }
  programme: "SDGT"
  name { whole: "DOE, Jane" kind: NAME_KIND_PRIMARY }
  name { whole: "Яна" kind: NAME_KIND_ALIAS quality: NAME_QUALITY_LOW }
  identifier {
    kind: IDENTIFIER_KIND_PASSPORT
    number: "A-12 34"
    country { id: "state:RUS" printed_name: "Russia" }
  }
  link {
    other { printed_name: "ACME" }
    kind: LINK_KIND_LINKED_TO
  }
  claim {
    object { id: "un:QDi.999" printed_name: "QDi.999" }
    kind: CLAIM_KIND_TRANSPOSES
  }
)pb";

TEST(ContentsTest, ADifferenceNamesWhatOneSideHasAndTheOtherNot) {
  const v1::Event before = Said(kParty);
  v1::Event after = before;
  v1::Sanction& sanction = *after.mutable_present()->mutable_sanction();
  sanction.add_programme("SYRIA");
  sanction.mutable_identifier(0)->set_number("B-77");
  sanction.set_gender("Female");
  EXPECT_THAT(Changes(before, after),
              ElementsAre("programme:  -> SYRIA",
                          "identifier: passport, A-12 34, Russia -> passport, B-77, Russia",
                          "gender:  -> Female"));
  EXPECT_THAT(Changes(before, before), IsEmpty());
}

TEST(ContentsTest, AnotherOrderIsADifference) {
  const v1::Event before = Said(R"pb(programme: "A" programme: "B")pb");
  const v1::Event after = Said(R"pb(programme: "B" programme: "A")pb");
  EXPECT_THAT(Changes(before, after), ElementsAre("programme: in another order -> reordered"));
}

// What only moves between the parts of an element prints alike, and is a difference all the same.
TEST(ContentsTest, AnotherDivisionOfATextIsADifference) {
  for (const bool ignores_blanks : {false, true}) {
    v1::Event before = Said(R"pb(address { city: "Old Port, North" })pb");
    v1::Event after = Said(R"pb(address { city: "Old Port" region: "North" })pb");
    for (v1::Event* event : {&before, &after}) {
      event->mutable_present()->mutable_sanction()->set_is_blank_insensitive(ignores_blanks);
    }
    EXPECT_NE(ContentDigest(before), ContentDigest(after));
    EXPECT_THAT(Changes(before, after),
                ElementsAre("address: city {Old Port, North} -> city {Old Port}, region {North}"));
  }
}

TEST(ContentsTest, EvidenceIsPartOfWhatIsSaid) {
  const v1::Event before = Said(kParty);
  v1::Event after = before;
  after.add_raw("Captain of the guard");
  after.set_reliability(v1::RELIABILITY_USUALLY_RELIABLE);
  EXPECT_THAT(Changes(before, after),
              ElementsAre("reliability:  -> usually reliable", "raw:  -> Captain of the guard"));
  EXPECT_NE(ContentDigest(before), ContentDigest(after));
}

TEST(ContentsTest, AllThatAContentIsAboutIsFound) {
  const v1::Event event = Said(kParty);
  EXPECT_THAT(ActorsOf(event.present()), ElementsAre("ofac:99001", "un:QDi.999"));
  std::vector<std::string> names;
  for (const GivenName& name : NamesOf(event.present())) {
    names.push_back(absl::StrCat(std::string(name.actor), "=", std::string(name.name)));
  }
  EXPECT_THAT(names, ElementsAre("ofac:99001=DOE, Jane", "ofac:99001=DOE, Jane", "ofac:99001=Яна"));
  const auto identifiers = IdentifiersOf(event.present());
  ASSERT_EQ(identifiers.size(), 1u);
  EXPECT_EQ(FoldIdentifier(identifiers[0].name), "a1234");
  EXPECT_EQ(FoldIdentifier("IMO 999-0010"), "9990010");
  EXPECT_EQ(FoldIdentifier("IMOLA 7"), "imola7");
  EXPECT_EQ(FoldIdentifier("MMSI"), "mmsi");
  EXPECT_EQ(FamilyOf(event.present()), "sanction");
}

TEST(ContentsTest, ASanctionNeedsATargetWithAnIdAndAPart) {
  v1::Event event = Said(kParty);
  EXPECT_TRUE(IsWellFormed(event.present()));
  event.mutable_present()->mutable_sanction()->mutable_target(0)->clear_id();
  EXPECT_FALSE(IsWellFormed(event.present()));
  event = Said(kParty);
  event.mutable_present()->mutable_sanction()->clear_part();
  EXPECT_FALSE(IsWellFormed(event.present()));
  event = Said(kParty);
  event.mutable_present()->mutable_sanction()->mutable_name(0)->set_whole(std::string("a\0b", 3));
  EXPECT_FALSE(IsWellFormed(event.present()));
  EXPECT_FALSE(IsWellFormed(v1::Present()));
}

TEST(ContentsTest, WhiteSpaceCountsUnlessTheListSaysNot) {
  const v1::Event tight = Said(R"pb(name { whole: "ALASAD" }
                                    remarks: "a) x")pb");
  const v1::Event loose = Said(R"pb(name { whole: " AL\tASAD\302\240" }
                                    remarks: "a)x\n")pb");
  EXPECT_NE(ContentDigest(tight), ContentDigest(loose));
  v1::Event tight_list = tight;
  v1::Event loose_list = loose;
  tight_list.mutable_present()->mutable_sanction()->set_is_blank_insensitive(true);
  loose_list.mutable_present()->mutable_sanction()->set_is_blank_insensitive(true);
  EXPECT_EQ(ContentDigest(tight_list), ContentDigest(loose_list));
  EXPECT_NE(ContentDigest(tight_list), ContentDigest(tight));
  loose_list.mutable_present()->mutable_sanction()->set_remarks("a) y");
  EXPECT_NE(ContentDigest(tight_list), ContentDigest(loose_list));
}

TEST(NameWordsTest, TheOrderOfWordsDoesNotCount) {
  const NameWords name = WordsOf("ali hassan ali");
  EXPECT_THAT(name.words, ElementsAre("ali", "hassan"));
  EXPECT_EQ(name.digest.size(), kWordsDigestSize);
  EXPECT_EQ(name.digest, WordsOf("hassan ali ali").digest);
  EXPECT_NE(name.digest, WordsOf("hassan ali").digest);
  EXPECT_THAT(WordsOf("").words, IsEmpty());
}

}  // namespace
}  // namespace dossier
