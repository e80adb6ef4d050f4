#include "services/query/name_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/query/list_fixture.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class NameSearchTest : public ListFixture {
 protected:
  void LoadLists() {
    Load(
        "ofac-sdn", "2022-02-01",
        {Listed("7", EntryText("ofac:7", "TOY, Álì Bin",
                               "programme: 'TOY' target_kind: ACTOR_KIND_PERSON identifier { kind: "
                               "IDENTIFIER_KIND_PASSPORT printed_kind: 'Passport' number: "
                               "'AB-123 456' }")),
         Listed("8", EntryText("ofac:8", "TOYLAND SHIPPING COMPANY")),
         Listed("9", EntryText("ofac:9", "GAME SHIPPING", "identifier { number: 'AB1234' }"))});
    Load("ofac-sdn", "2022-02-02",
         {Listed("8/aliases", PartText("ALIASES", "ofac:8",
                                       "name { whole: 'Company of Toys' kind: NAME_KIND_ALIAS "
                                       "quality: NAME_QUALITY_LOW }"))},
         "part: SANCTION_PART_ALIASES");
    Load("uk-ofsi", "2022-02-01", {Listed("100", EntryText("uk:100", "Ali bin Toy"))});
  }
  // "KIND actor: found" of all pages.
  std::vector<std::string> Found(const std::string& request) {
    std::vector<std::string> found;
    std::string token;
    for (int pages = 0; pages < 1'000; ++pages) {
      const auto page = Search(absl::StrCat(request, " page_token: '", token, "'"));
      for (const v1::SearchHit& hit : page.hit()) {
        found.push_back(absl::StrCat(v1::MatchKind_Name(hit.match()).substr(11), " ",
                                     hit.actor().id(), ": ", hit.found()));
      }
      token = page.next_page_token();
      if (token.empty()) break;
    }
    return found;
  }
};

TEST_F(NameSearchTest, KindsOfMatchesComeBestFirst) {
  LoadLists();
  EXPECT_THAT(Found("text: 'Ali bin Toy'"),
              ElementsAre("EXACT uk:100: Ali bin Toy", "FOLDED ofac:7: TOY, Álì Bin"));
  EXPECT_THAT(Found("text: 'toy, ALÍ bin'"),
              UnorderedElementsAre("FOLDED ofac:7: TOY, Álì Bin", "FOLDED uk:100: Ali bin Toy"));
  EXPECT_THAT(Found("text: 'toyland ship'"),
              ElementsAre("PREFIX ofac:8: TOYLAND SHIPPING COMPANY"));
  EXPECT_THAT(Found("text: 'shipping toyl'"),
              ElementsAre("WORDS ofac:8: TOYLAND SHIPPING COMPANY"));
  EXPECT_THAT(Found("text: 'shipping'"),
              UnorderedElementsAre("WORDS ofac:8: TOYLAND SHIPPING COMPANY",
                                   "WORDS ofac:9: GAME SHIPPING"));
  EXPECT_THAT(Found("text: 'ping'"), IsEmpty());
}

TEST_F(NameSearchTest, IdentifiersAreFoundByLettersAndDigits) {
  LoadLists();
  EXPECT_THAT(Found("text: 'ab123456'"), ElementsAre("IDENTIFIER ofac:7: Passport AB-123 456"));
  EXPECT_THAT(Found("text: 'AB 1234'"),
              ElementsAre("IDENTIFIER ofac:9: AB1234", "PREFIX ofac:7: Passport AB-123 456"));
  EXPECT_THAT(Found("text: 'AB 1234' match: MATCH_KIND_IDENTIFIER"),
              ElementsAre("IDENTIFIER ofac:9: AB1234"));
  EXPECT_THAT(Found("text: 'AB 1234' page_size: 1"), Found("text: 'AB 1234'"));
  EXPECT_THAT(Found("text: 'ab1'"), IsEmpty());
}

TEST_F(NameSearchTest, AnActorStandsOnceUnderTheBestKindAskedFor) {
  LoadLists();
  EXPECT_THAT(Found("text: 'company'"), ElementsAre("PREFIX ofac:8: Company of Toys"));
  EXPECT_THAT(Found("text: 'company' match: MATCH_KIND_WORDS"),
              ElementsAre(HasSubstr("WORDS ofac:8: ")));
  EXPECT_THAT(Found("text: 'Ali bin Toy' match: MATCH_KIND_FOLDED"),
              UnorderedElementsAre("FOLDED ofac:7: TOY, Álì Bin", "FOLDED uk:100: Ali bin Toy"));
  EXPECT_THAT(Found("text: 'ali toy bin' source: 'uk-ofsi'"),
              ElementsAre("FOLDED uk:100: Ali bin Toy"));
}

TEST_F(NameSearchTest, AHitSaysWhoItIsAndWhereItStands) {
  LoadLists();
  const v1::SearchHit alias = Search("text: 'company of toys'").hit(0);
  EXPECT_EQ(alias.actor().printed_name(), "TOYLAND SHIPPING COMPANY");
  EXPECT_EQ(alias.source(), "ofac-sdn");
  EXPECT_EQ(alias.quality(), v1::NAME_QUALITY_LOW);
  EXPECT_EQ(alias.ground().record(), "8/aliases");
  const v1::SearchHit person = Search("text: 'toy ali bin' source: 'ofac-sdn'").hit(0);
  EXPECT_EQ(person.kind(), v1::ACTOR_KIND_PERSON);
  EXPECT_THAT(person.programme(), ElementsAre("TOY"));
  const auto response = Search("text: 'nobody'");
  EXPECT_THAT(response.searched(), ElementsAre("ofac-sdn", "uk-ofsi"));
  EXPECT_THAT(response.notice(), HasSubstr("no clearance"));
}

TEST_F(NameSearchTest, OnlyWhoBearsANameAtTheCutIsFound) {
  LoadLists();
  const uint64_t before = views_->position().sequence;
  Load("ofac-sdn", "2022-03-01", {Listed("8", EntryText("ofac:8", "RENAMED COMPANY")), Gone("9")},
       "part: SANCTION_PART_ENTRY");
  EXPECT_THAT(Found("text: 'toyland'"), IsEmpty());
  EXPECT_THAT(Found("text: 'renamed'"), ElementsAre("PREFIX ofac:8: RENAMED COMPANY"));
  EXPECT_THAT(Found("text: 'game'"), IsEmpty());
  EXPECT_THAT(Found("text: 'AB1234'"), ElementsAre(HasSubstr("ofac:7")));
  for (const std::string& cut :
       {KnownBy("2022-02-28"), absl::StrCat("read_at { cut { sequence: ", before, " } }")}) {
    EXPECT_THAT(Found("text: 'toyland' " + cut), ElementsAre(HasSubstr("PREFIX ofac:8: TOYLAND")));
    EXPECT_THAT(Found("text: 'game' " + cut), ElementsAre("PREFIX ofac:9: GAME SHIPPING"));
    EXPECT_THAT(Found("text: 'renamed' " + cut), IsEmpty());
  }
  EXPECT_THAT(Found("text: 'game' " + KnownBy("2022-01-01")), IsEmpty());
}

TEST_F(NameSearchTest, AnAliasCountsWhileItsEntryIsListed) {
  LoadLists();
  EXPECT_THAT(Found("text: 'company of toys'"), ElementsAre("FOLDED ofac:8: Company of Toys"));
  // The aliases are of an edition of their own, which stands.
  Load("ofac-sdn", "2022-03-01", {Gone("8")}, "part: SANCTION_PART_ENTRY");
  EXPECT_THAT(Found("text: 'company of toys'"), IsEmpty());
  EXPECT_THAT(Found("text: 'company of toys' " + KnownBy("2022-02-28")),
              ElementsAre("FOLDED ofac:8: Company of Toys"));
}

TEST_F(NameSearchTest, NamesOfVoidedStatementsAreNotFound) {
  const std::string transfer =
      "supplier { id: 'state:RUS' printed_name: 'Rossiya' } "
      "recipient { id: 'state:IND' printed_name: 'Bharat' }";
  const uint64_t said =
      Report("analyst:ana", "2024-03-01",
             {{"1", transfer},
              Listed("2", EntryText("state:EGY", "Misr")),
              {"3",
               "supplier { id: 'unresolved:ana:Atlantis' printed_name: "
               "'Atlantis' } recipient { id: 'state:RUS' printed_name: 'Rus' }"}});
  const std::vector<std::string> texts = {"text: 'rossiya' ", "text: 'bharat' ", "text: 'misr' ",
                                          "text: 'atlantis' ",
                                          "text: 'rus' match: MATCH_KIND_EXACT "
                                          "match: MATCH_KIND_FOLDED "};
  for (const std::string& text : texts) {
    EXPECT_EQ(Found(text).size(), 1u) << text;
    EXPECT_THAT(Found(text + KnownBy("1990-01-01")), IsEmpty()) << text;
  }
  Report("analyst:ana", "2024-03-01", {{"1", "", true}, {"2", "", true}, {"3", "", true}});
  for (const std::string& text : texts) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
    EXPECT_EQ(Found(absl::StrCat(text, "read_at { cut { sequence: ", said, " } }")).size(), 1u)
        << text;
  }
}

TEST_F(NameSearchTest, NamesOfLaterEditionsAreNotVerified) {
  std::vector<Said> said;
  for (int i = 0; i < 700; ++i) {
    said.push_back(Listed(absl::StrCat(i), EntryText(absl::StrCat("ofac:", i), "Toy Company")));
  }
  Load("ofac-sdn", "2022-02-01", {Listed("900", EntryText("ofac:900", "Toy Company"))});
  Load("ofac-sdn", "2022-03-01", said);
  // Those that were verified would fill pages without a hit.
  const auto page = Search("text: 'toy company' " + KnownBy("2022-02-15"));
  ASSERT_EQ(page.hit_size(), 1);
  EXPECT_EQ(page.hit(0).actor().id(), "ofac:900");
  EXPECT_THAT(page.next_page_token(), IsEmpty());
  // What was published earlier counts, however late it was accepted.
  Load("ofac-sdn", "2022-01-01", {Listed("901", EntryText("ofac:901", "Late Company"))});
  EXPECT_EQ(Found("text: 'late company' " + KnownBy("2022-01-15")).size(), 1u);
}

TEST_F(NameSearchTest, ActorsOfTransfersAreFoundToo) {
  Load("toy", "2024-03-01",
       {{"1",
         "supplier { id: 'unresolved:toy:Atlantis Works' printed_name: 'Atlantis Works' } "
         "recipient { id: 'state:IND' printed_name: 'Bharat' }"}});
  EXPECT_THAT(Found("text: 'works atl'"),
              ElementsAre("WORDS unresolved:toy:Atlantis Works: Atlantis Works"));
  const v1::SearchHit hit = Search("text: 'bharat'").hit(0);
  EXPECT_EQ(hit.actor().id(), "state:IND");
  EXPECT_EQ(hit.kind(), v1::ACTOR_KIND_STATE);
  EXPECT_FALSE(hit.has_ground());
  EXPECT_THAT(Found("text: 'bharat' read_at { cut { sequence: 1 } }"), IsEmpty());
}

TEST_F(NameSearchTest, CommonWordsAreJoined) {
  std::vector<Said> said;
  for (int i = 0; i < 600; ++i) {
    // Every name has "common", every third "bank", every fifth "marine".
    std::string name =
        absl::StrCat("Name", i, " Common", i % 3 == 0 ? " Bank" : "", i % 5 == 0 ? " Marine" : "");
    said.push_back(Listed(absl::StrCat(i), EntryText(absl::StrCat("ofac:", i), name)));
  }
  Load("ofac-sdn", "2022-02-01", said);
  const auto all = Found("text: 'marine common bank' page_size: 7");
  EXPECT_EQ(all.size(), 40u);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 40u);
  EXPECT_EQ(Found("text: 'marine common bank'"), all);
  EXPECT_EQ(Found("text: 'common' page_size: 100").size(), 600u);
  // The last word as a beginning: of few words, and beside others that few names have.
  EXPECT_THAT(Found("text: 'common bank name30'"),
              UnorderedElementsAre("WORDS ofac:30: Name30 Common Bank Marine",
                                   "WORDS ofac:300: Name300 Common Bank Marine",
                                   "WORDS ofac:303: Name303 Common Bank",
                                   "WORDS ofac:306: Name306 Common Bank",
                                   "WORDS ofac:309: Name309 Common Bank"));
  EXPECT_THAT(Found("text: 'name305 comm'"), ElementsAre("PREFIX ofac:305: Name305 Common Marine"));
  EXPECT_THAT(Found("text: 'common name305 mar'"),
              ElementsAre("WORDS ofac:305: Name305 Common Marine"));
  EXPECT_THAT(Found("text: 'marine name305 com'"),
              ElementsAre("WORDS ofac:305: Name305 Common Marine"));
}

TEST_F(NameSearchTest, ManyWhoBoreANameOnceEndAPageEarlyWithATokenToGoOn) {
  std::vector<Said> said, gone;
  for (int i = 0; i < 700; ++i) {
    said.push_back(Listed(absl::StrCat(i), EntryText(absl::StrCat("ofac:", i), "Toy Company")));
    if (i != 650) gone.push_back(Gone(absl::StrCat(i)));
  }
  Load("ofac-sdn", "2022-02-01", said);
  Load("ofac-sdn", "2022-03-01", gone);
  EXPECT_THAT(Search("text: 'toy company'").hit(), IsEmpty());
  EXPECT_THAT(Search("text: 'toy company'").next_page_token(), ::testing::Not(IsEmpty()));
  EXPECT_THAT(Found("text: 'toy company'"), ElementsAre("FOLDED ofac:650: Toy Company"));
}

TEST_F(NameSearchTest, WhatCannotBeAskedIsRefusedByField) {
  LoadLists();
  const auto error = [&](const std::string& request) {
    return Fails(&SanctionsStub::Search, request).error_message();
  };
  EXPECT_THAT(error(""), HasSubstr("text: no letters or digits"));
  EXPECT_THAT(error("text: '---'"), HasSubstr("text: no letters or digits"));
  EXPECT_THAT(error(absl::StrCat("text: '", std::string(501, 'a'), "'")),
              HasSubstr("text: longer than 500 bytes"));
  EXPECT_THAT(error("text: 'a' source: 'nobody'"), HasSubstr("source: \"nobody\""));
  EXPECT_THAT(error("text: 'a' page_size: -1"), HasSubstr("page_size"));
}

}  // namespace
}  // namespace dossier
