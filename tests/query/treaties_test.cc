// GetTreaty: given what sources said, at this cut, who had signed, who had consented, and for whom
// it was in force.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "tests/query/treaty_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr char kTreaty[] = "untc:26-3";
constexpr char kScope[] = "treaty: 'untc:26-3'";

class TreatiesTest : public TreatyFixture {
 protected:
  std::vector<v1::TreatyEntry> Entries(const std::string& request) {
    const auto response = Treaty(request);
    EXPECT_FALSE(response.notice().empty());
    return {response.entry().begin(), response.entry().end()};
  }
  // What one source has of the treaty; an empty entry where it has nothing.
  v1::TreatyEntry EntryOf(const std::string& source, const std::string& cut = "") {
    for (const auto& entry : Entries(absl::StrCat("treaty: '", kTreaty, "' ", cut))) {
      if (entry.source() == source) return entry;
    }
    return {};
  }
  using Standings = std::map<std::string, std::string>;
  static Standings StandingsIn(const v1::TreatyEntry& entry) {
    Standings standings;
    for (const auto& party : entry.party()) standings[party.party().id()] = Words(party.on());
    return standings;
  }
  Standings StandingsOf(const std::string& source, const std::string& cut = "") {
    return StandingsIn(EntryOf(source, cut));
  }

  // A status table of 2015.
  void LoadTable() {
    Load("untc", "2015-03-14",
         {Under(kTreaty, "state:FRA", Act("SIGNATURE", "1981-04-10")),
          Under(kTreaty, "state:CHN",
                Act("SIGNATURE", "1981-09-14") + Act("RATIFICATION", "1982-04-07")),
          Under(kTreaty, "state:CPV", Act("ACCESSION", "1997")),
          Under(kTreaty, "state:IRN", "")},
         kScope, "2015-03-14");
  }
};

TEST_F(TreatiesTest, BeforeTheFirstSignatureNobodyIsBound) {
  LoadTable();
  EXPECT_THAT(StandingsOf("untc", At("1981-04-09")),
              ElementsAre(Pair("state:CHN", "none"), Pair("state:CPV", "none"),
                          Pair("state:FRA", "none"), Pair("state:IRN", "none")));
}

TEST_F(TreatiesTest, WhoHadSignedAndWhoHadConsentedOnADay) {
  LoadTable();
  EXPECT_THAT(StandingsOf("untc", At("1982-04-06")),
              ElementsAre(Pair("state:CHN", "signed"), Pair("state:CPV", "none"),
                          Pair("state:FRA", "signed"), Pair("state:IRN", "none")));
  EXPECT_THAT(StandingsOf("untc", At("1982-04-07")),
              ElementsAre(Pair("state:CHN", "consented"), Pair("state:CPV", "none"),
                          Pair("state:FRA", "signed"), Pair("state:IRN", "none")));
  // Within the year that its accession is dated by.
  EXPECT_EQ(StandingsOf("untc", At("1997-06-01"))["state:CPV"], "none..consented");
  EXPECT_EQ(StandingsOf("untc", At("1998-01-01"))["state:CPV"], "consented");
}

TEST_F(TreatiesTest, ThePartiesOfAStandingAloneAndTheCountsOfAll) {
  LoadTable();
  const auto of = [&](const std::string& standings) {
    const auto entries =
        Entries(absl::StrCat("treaty: '", kTreaty, "' ", At("2000-01-01"), standings));
    EXPECT_EQ(entries.size(), 1u);
    EXPECT_EQ(Words(entries[0].count()), "consented 2, signed 1, none 1");
    return StandingsIn(entries[0]);
  };
  EXPECT_THAT(of("standing: STANDING_SIGNED"), ElementsAre(Pair("state:FRA", "signed")));
  EXPECT_THAT(of("standing: STANDING_SIGNED standing: STANDING_NONE"),
              ElementsAre(Pair("state:FRA", "signed"), Pair("state:IRN", "none")));
  EXPECT_THAT(of("standing: STANDING_IN_FORCE"), IsEmpty());
}

TEST_F(TreatiesTest, InForceOnlyFromADateThatIsStated) {
  Report("analyst:ann", "2024-12-05",
         {Under(kTreaty, "state:RUS",
                Act("SIGNATURE", "2024-06-19") + Act("RATIFICATION", "2024-11-09") +
                    Act("ENTRY_INTO_FORCE", "2024-12-04")),
          Under(kTreaty, "state:CHN", Act("RATIFICATION", "2024-11-09"))});
  EXPECT_THAT(StandingsOf("analyst:ann", At("2024-12-03")),
              ElementsAre(Pair("state:CHN", "consented"), Pair("state:RUS", "consented")));
  const v1::TreatyEntry entry = EntryOf("analyst:ann", At("2024-12-04"));
  EXPECT_THAT(StandingsIn(entry),
              ElementsAre(Pair("state:CHN", "consented"), Pair("state:RUS", "in_force")));
  EXPECT_EQ(PrintDate(entry.party(1).on().since_date()), "2024-12-04");
  EXPECT_FALSE(entry.party(1).on().basis().empty());
}

TEST_F(TreatiesTest, ATimeOfBeingBoundBeginsAndEnds) {
  Load("atop", "2018-05-01",
       {Under("atop:1005", "state:GBR", Spell("1902-01-30", "1923-08-17", {"DEFENSE"})),
        Under("atop:1005", "state:JPN", Spell("1902-01-30", "", {"DEFENSE", "NEUTRALITY"}))},
       "", "2016-12-31");
  const auto on = [&](const std::string& day) {
    return StandingsIn(Entries("treaty: 'atop:1005' " + At(day)).at(0));
  };
  EXPECT_THAT(on("1902-01-29"), ElementsAre(Pair("state:GBR", "none"), Pair("state:JPN", "none")));
  EXPECT_THAT(on("1923-08-17"),
              ElementsAre(Pair("state:GBR", "in_force"), Pair("state:JPN", "in_force")));
  EXPECT_THAT(on("1923-08-18"),
              ElementsAre(Pair("state:GBR", "ended"), Pair("state:JPN", "in_force")));
  // Past what the source covers.
  EXPECT_THAT(on("2020-01-01"), ElementsAre(Pair("state:GBR", "ended"),
                                            Pair("state:JPN", "in_force, last observed")));
}

TEST_F(TreatiesTest, AWithdrawalEndsItForThatParty) {
  Report("analyst:ann", "2024-01-01",
         {Under(kTreaty, "state:RUS",
                Act("RATIFICATION", "1996-05-05") + Act("WITHDRAWAL", "2023-11-02"))});
  EXPECT_EQ(StandingsOf("analyst:ann", At("2023-11-01"))["state:RUS"], "consented");
  EXPECT_EQ(StandingsOf("analyst:ann", At("2023-11-02"))["state:RUS"], "ended");
}

TEST_F(TreatiesTest, ReservationsAndTheCellAsPrintedAreShown) {
  Load("untc", "2015-03-14",
       {Under(kTreaty, "state:FRA",
              Act("RATIFICATION", "1988-03-04",
                  "printed: '4 Mar 1988' column: 'Ratification' reservation: 'not Protocol III'") +
                  Act("SIGNATURE", "1981-04-10", "declaration: 'as to article 4'"))},
       kScope, "2015-03-14");
  const v1::TreatyEntry entry = EntryOf("untc");
  ASSERT_EQ(entry.party_size(), 1);
  const v1::PartyStanding& party = entry.party(0);
  EXPECT_EQ(party.party().printed_name(), "state:FRA");
  ASSERT_EQ(party.facts().act_size(), 2);  // by date
  EXPECT_EQ(party.facts().act(0).declaration(), "as to article 4");
  EXPECT_EQ(party.facts().act(1).reservation(), "not Protocol III");
  EXPECT_EQ(party.facts().act(1).printed(), "4 Mar 1988");
  ASSERT_EQ(party.ground_size(), 1);
  EXPECT_EQ(party.ground(0).source(), "untc");
  EXPECT_EQ(party.ground(0).record(), "untc:26-3/state:FRA");
  EXPECT_EQ(party.ground(0).sequence(), views_->position().sequence);
}

TEST_F(TreatiesTest, ThePiecesOfOnePartyAreJoined) {
  Said second = Under(kTreaty, "state:FRA", Act("RATIFICATION", "1988-03-04"));
  second.record = "later";
  Report("analyst:ann", "2024-01-01",
         {second, Under(kTreaty, "state:FRA", Act("SIGNATURE", "1981-04-10"))});
  const v1::TreatyEntry entry = EntryOf("analyst:ann");
  ASSERT_EQ(entry.party_size(), 1);
  ASSERT_EQ(entry.party(0).facts().act_size(), 2);
  EXPECT_EQ(entry.party(0).facts().act(0).kind(), v1::ACT_KIND_SIGNATURE);
  EXPECT_EQ(entry.party(0).ground_size(), 2);
  EXPECT_EQ(Words(entry.count()), "consented 1");
}

TEST_F(TreatiesTest, WhatIsOwedToOneAloneStandsApartAndIsOnePartyInTheCount) {
  const auto dyad = [](const std::string& record, const std::string& a, const std::string& b) {
    Said said{record, ""};
    said.present = absl::StrCat("treaty { treaty { id: 'cow:3' } party { party { id: '", a,
                                "' } toward { id: '", b, "' } ",
                                Spell("1816-01-01", "1823-01-01", {"DEFENSE"}), "} }");
    return said;
  };
  Load("cow", "2013-01-01",
       {dyad("1", "state:GBR", "state:SWE"), dyad("2", "state:GBR", "state:PRT"),
        dyad("3", "state:SWE", "state:GBR")},
       "", "2012-12-31");
  const auto entries = Entries("treaty: 'cow:3' " + At("1820-01-01"));
  ASSERT_EQ(entries.size(), 1u);
  std::vector<std::string> owed;
  for (const auto& party : entries[0].party()) {
    owed.push_back(party.party().id() + " to " + party.facts().toward().id());
  }
  EXPECT_THAT(owed, ElementsAre("state:GBR to state:PRT", "state:GBR to state:SWE",
                                "state:SWE to state:GBR"));
  EXPECT_EQ(Words(entries[0].count()), "in_force 2");
}

TEST_F(TreatiesTest, WhatWasKnownByADateIsAnsweredAsOfThen) {
  LoadTable();
  Load("untc", "2016-01-01", {Under(kTreaty, "state:FRA", Act("RATIFICATION", "2014-03-04"))},
       kScope, "2016-01-01");
  EXPECT_EQ(StandingsOf("untc", At("2015-01-01", "2015-12-31"))["state:FRA"], "signed");
  EXPECT_EQ(StandingsOf("untc", At("2015-01-01"))["state:FRA"], "consented");
  EXPECT_EQ(StandingsOf("untc", At("2015-01-01", "2016-01-01"))["state:FRA"], "consented");
  const grpc::Status early =
      FailsTreaty(absl::StrCat("treaty: '", kTreaty, "' ", At("", "2015-03-13")));
  EXPECT_EQ(early.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(TreatiesTest, ALateEditionSpeaksForItsOwnTime) {
  LoadTable();
  const uint64_t before = views_->position().sequence;
  Load("untc", "1990-01-01",
       {Under(kTreaty, "state:FRA", Act("SIGNATURE", "1981-04-11")),
        Under(kTreaty, "state:YUG", Act("SIGNATURE", "1981-05-05"))},
       kScope, "1990-01-01");
  EXPECT_THAT(StandingsOf("untc", At("1981-04-10", "1990")),
              ElementsAre(Pair("state:FRA", "none"), Pair("state:YUG", "none")));
  EXPECT_EQ(StandingsOf("untc", At("1981-04-10"))["state:FRA"], "signed");
  const auto then = Treaty(
      absl::StrCat("treaty: '", kTreaty, "' read_at { cut { sequence: ", before, " } }"));
  ASSERT_EQ(then.entry_size(), 1);
  EXPECT_EQ(then.entry(0).party_size(), 4);
  EXPECT_EQ(then.answered_at().sequence(), before);
}

TEST_F(TreatiesTest, ARecordThatIsGoneOrVoidSaysNothing) {
  LoadTable();
  Load("untc", "2016-01-01", {GoneRecord("untc:26-3/state:IRN")}, kScope, "2016-01-01");
  EXPECT_EQ(EntryOf("untc").party_size(), 3);
  Retract("untc", "2016-01-01", {"untc:26-3/state:IRN"});
  EXPECT_EQ(EntryOf("untc").party_size(), 4);
  Retract("untc", "2015-03-14",
          {"untc:26-3/state:FRA", "untc:26-3/state:CHN", "untc:26-3/state:CPV",
           "untc:26-3/state:IRN"});
  EXPECT_EQ(FailsTreaty(absl::StrCat("treaty: '", kTreaty, "'")).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(TreatiesTest, TwoSourcesStandBesideEachOther) {
  LoadTable();
  Load("untc-index", "2015-03-14",
       {Describes(kTreaty, "Convention on arms",
                  "subject: 'Disarmament' signed_date { year: 1980 month: 10 day: 10 }")},
       "", "2015-03-14");
  Report("analyst:ann", "2024-01-01",
         {Under(kTreaty, "state:FRA", Act("RATIFICATION", "1988-03-04"))});
  const auto entries = Entries(absl::StrCat("treaty: '", kTreaty, "' ", At("2000-01-01")));
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].source(), "analyst:ann");
  EXPECT_EQ(entries[1].source(), "untc");
  EXPECT_EQ(entries[2].source(), "untc-index");
  EXPECT_THAT(StandingsIn(entries[0]), ElementsAre(Pair("state:FRA", "consented")));
  EXPECT_EQ(StandingsIn(entries[1])["state:FRA"], "signed");
  EXPECT_EQ(entries[2].party_size(), 0);
  // The index names it for all; what else it says stays with it.
  for (const auto& entry : entries) {
    EXPECT_EQ(entry.treaty().treaty().title(), "Convention on arms");
  }
  EXPECT_EQ(entries[1].treaty().subject(), "");
  EXPECT_EQ(entries[2].treaty().subject(), "Disarmament");
  EXPECT_EQ(entries[2].treaty().signed_date().year(), 1980);
  ASSERT_EQ(entries[2].ground_size(), 1);
  EXPECT_EQ(entries[2].ground(0).record(), kTreaty);
  EXPECT_EQ(PrintDate(entries[1].covers_until()), "2015-03-14");
  EXPECT_FALSE(entries[0].has_covers_until());
}

TEST_F(TreatiesTest, TheEndOfATreatyEndsItForAllThatItsPublisherNames) {
  Load("atop", "2018-05-01",
       {Under("atop:1", "state:GBR", Spell("1902-01-30", "", {"DEFENSE"}))}, "", "2016-12-31");
  Load("atop-alliances", "2018-05-01",
       {Describes("atop:1", "Alliance", "end_date { year: 1923 month: 8 day: 17 }")}, "",
       "2016-12-31");
  const auto on = [&](const std::string& day) {
    return StandingsIn(Entries("treaty: 'atop:1' " + At(day)).at(0))["state:GBR"];
  };
  EXPECT_EQ(on("1920-01-01"), "in_force");
  EXPECT_EQ(on("1924-01-01"), "ended");
}

TEST_F(TreatiesTest, OfAnAnalystsDescriptionsTheLastSaidWins) {
  Said later = Describes(kTreaty, "The new title", "in_force_date { year: 1984 }");
  later.record = "a";
  Report("analyst:ann", "2024-01-01",
         {Describes(kTreaty, "The old title",
                    "place: 'Geneva' in_force_date { year: 1983 month: 12 day: 2 } "
                    "obligation: OBLIGATION_DEFENSE")});
  Report("analyst:ann", "2024-01-02", {later});
  const v1::TreatyEntry entry = EntryOf("analyst:ann");
  EXPECT_EQ(entry.treaty().treaty().title(), "The new title");
  EXPECT_EQ(entry.treaty().place(), "Geneva");
  EXPECT_EQ(PrintDate(entry.treaty().in_force_date()), "1984");
  EXPECT_THAT(entry.treaty().obligation(), ElementsAre(v1::OBLIGATION_DEFENSE));
  EXPECT_EQ(entry.ground_size(), 2);
}

TEST_F(TreatiesTest, WhatAmendsItAndWhatIsDealtAboutItAreNotes) {
  LoadTable();
  Load("untc-index", "2015-03-14",
       {Describes(kTreaty, "Convention on arms"),
        Describes("untc:26-3-b", "Protocol II, as amended", "base { id: 'untc:26-3' }")},
       "", "2015-03-14");
  Said talks{"talks", ""};
  talks.present =
      "dealing { kind: DEALING_KIND_IMPLEMENTATION actor { id: 'state:CHN' } "
      "toward { id: 'state:IRN' } from_date { year: 2021 month: 4 } "
      "treaty { id: 'untc:26-3' } description: 'Little of it was carried out.' }";
  Report("analyst:ann", "2024-01-01", {talks});
  EXPECT_THAT(EntryOf("untc-index").note(),
              testing::Contains(
                  HasSubstr("amended or supplemented by Protocol II, as amended (untc:26-3-b)")));
  EXPECT_THAT(EntryOf("untc").note(),
              ElementsAre(HasSubstr("latest acts only")));  // of the source
  const v1::TreatyEntry ann = EntryOf("analyst:ann");
  ASSERT_EQ(ann.note_size(), 1);
  EXPECT_THAT(ann.note(0), HasSubstr("2021-04"));
  EXPECT_THAT(ann.note(0), HasSubstr("Little of it was carried out."));
  EXPECT_EQ(ann.party_size(), 0);
  EXPECT_EQ(ann.treaty().treaty().title(), "Convention on arms");
  // Of the protocol, its base is named.
  const auto protocol = Entries("treaty: 'untc:26-3-b'");
  ASSERT_EQ(protocol.size(), 1u);
  EXPECT_EQ(protocol[0].treaty().base().id(), kTreaty);
  EXPECT_EQ(protocol[0].treaty().base().title(), "Convention on arms");
}

TEST_F(TreatiesTest, ARecordThatMovedToAnotherTreatySaysNothingOfTheFirst) {
  Said moved = Under(kTreaty, "state:FRA", Act("SIGNATURE", "1981-04-10"));
  Report("analyst:ann", "2024-01-01",
         {moved, Under(kTreaty, "state:CHN", Act("SIGNATURE", "1981-04-10"))});
  Said there = Under("untc:26-4", "state:FRA", Act("SIGNATURE", "1981-04-10"));
  there.record = moved.record;
  Report("analyst:ann", "2024-02-01", {there});
  EXPECT_THAT(StandingsOf("analyst:ann"), ElementsAre(Pair("state:CHN", "signed")));
  EXPECT_THAT(StandingsIn(Entries("treaty: 'untc:26-4'").at(0)),
              ElementsAre(Pair("state:FRA", "signed")));
}

TEST_F(TreatiesTest, WhatIsNoTreatyIsNotFoundByItsField) {
  LoadTable();
  const grpc::Status unknown = FailsTreaty("treaty: 'untc:99-1'");
  EXPECT_EQ(unknown.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(unknown.error_message(), HasSubstr("treaty: \"untc:99-1\""));
  const grpc::Status empty = FailsTreaty("");
  EXPECT_EQ(empty.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(empty.error_message(), HasSubstr("treaty"));
  EXPECT_EQ(FailsTreaty("treaty: 'untc:26'").error_code(),
            grpc::StatusCode::NOT_FOUND);  // not by the beginning of an id
}

}  // namespace
}  // namespace dossier
