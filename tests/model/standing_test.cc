#include "services/model/standing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What is said of one party, from its text form.
struct Said {
  explicit Said(const std::string& text) {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &party)) << text;
    facts.part.push_back(&party);
  }
  Said(const Said&) = delete;

  v1::StandingOn On(int year, int month = 7, int day = 1) const {
    return StandingAt(facts, absl::CivilDay(year, month, day));
  }

  v1::TreatyParty party;
  PartyFacts facts;
};

std::string ActOf(v1::ActKind kind, const std::string& date) {
  return "act { kind: " + v1::ActKind_Name(kind) + " " + date + " } ";
}

TEST(StandingTest, EachActMakesOfAPartyWhatTheConventionSays) {
  const std::vector<std::pair<v1::ActKind, v1::Standing>> made = {
      {v1::ACT_KIND_SIGNATURE, v1::STANDING_SIGNED},
      {v1::ACT_KIND_SUCCESSION_TO_SIGNATURE, v1::STANDING_SIGNED},
      {v1::ACT_KIND_DEFINITIVE_SIGNATURE, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_RATIFICATION, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_ACCESSION, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_ACCEPTANCE, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_APPROVAL, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_FORMAL_CONFIRMATION, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_CONSENT_TO_BE_BOUND, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_SUCCESSION, v1::STANDING_CONSENTED},
      {v1::ACT_KIND_APPLICATION, v1::STANDING_APPLIES},
      {v1::ACT_KIND_PROVISIONAL_APPLICATION, v1::STANDING_APPLIES},
      {v1::ACT_KIND_ENTRY_INTO_FORCE, v1::STANDING_IN_FORCE},
      {v1::ACT_KIND_SUSPENSION, v1::STANDING_SUSPENDED},
      {v1::ACT_KIND_DENUNCIATION, v1::STANDING_ENDED},
      {v1::ACT_KIND_WITHDRAWAL, v1::STANDING_ENDED},
      {v1::ACT_KIND_TERMINATION, v1::STANDING_ENDED},
  };
  ASSERT_EQ(made.size(), static_cast<size_t>(v1::ActKind_MAX));
  for (const auto& [kind, standing] : made) {
    const Said said(ActOf(kind, "date { year: 1968 month: 7 day: 1 }"));
    EXPECT_EQ(said.On(1968, 6, 30).standing(), v1::STANDING_NONE) << kind;
    EXPECT_EQ(said.On(1968, 6, 30).possible(), v1::STANDING_NONE) << kind;
    EXPECT_EQ(said.On(1968, 7, 1).standing(), standing) << kind;
    EXPECT_EQ(said.On(1968, 7, 1).possible(), standing) << kind;
  }
}

TEST(StandingTest, RatificationDoesNotMakeItInForce) {
  const Said said(ActOf(v1::ACT_KIND_SIGNATURE, "date { year: 1967 }") +
                  ActOf(v1::ACT_KIND_RATIFICATION, "date { year: 1968 month: 3 day: 5 }"));
  EXPECT_EQ(said.On(1968, 3, 4).standing(), v1::STANDING_SIGNED);
  const v1::StandingOn on = said.On(2024);
  EXPECT_EQ(on.standing(), v1::STANDING_CONSENTED);
  EXPECT_EQ(PrintDate(on.since_date()), "1968-03-05");
  EXPECT_EQ(on.basis(),
            "ratification 1968-03-05; entry into force for the party is not stated");
}

TEST(StandingTest, InAPartialDateItIsPossible) {
  const Said said(ActOf(v1::ACT_KIND_SIGNATURE, "date { year: 2018 }") +
                  ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 2019 month: 5 }"));
  EXPECT_EQ(said.On(2017, 12, 31).possible(), v1::STANDING_NONE);
  EXPECT_EQ(said.On(2018).standing(), v1::STANDING_NONE);
  EXPECT_EQ(said.On(2018).possible(), v1::STANDING_SIGNED);
  // What is certain is not hidden by what is possible.
  EXPECT_EQ(said.On(2019, 5, 10).standing(), v1::STANDING_SIGNED);
  EXPECT_EQ(said.On(2019, 5, 10).possible(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(2019, 5, 31).standing(), v1::STANDING_IN_FORCE);
}

TEST(StandingTest, WhatIsToldAsDoneWasDoneByThen) {
  Said said(ActOf(v1::ACT_KIND_SIGNATURE, "date { year: 2024 month: 6 }") +
            ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 2025 }"));
  EXPECT_EQ(said.On(2024, 6, 20).standing(), v1::STANDING_NONE);
  said.facts.said = absl::CivilDay(2024, 6, 20);
  EXPECT_EQ(said.On(2024, 6, 19).standing(), v1::STANDING_NONE);
  EXPECT_EQ(said.On(2024, 6, 20).standing(), v1::STANDING_SIGNED);
  // What is announced for later is not.
  EXPECT_EQ(said.On(2025).standing(), v1::STANDING_SIGNED);
}

TEST(StandingTest, AnUndatedActIsNeverCertain) {
  const Said said(ActOf(v1::ACT_KIND_ACCESSION, ""));
  EXPECT_EQ(said.On(1800).possible(), v1::STANDING_CONSENTED);
  EXPECT_EQ(said.On(2024).standing(), v1::STANDING_NONE);
  EXPECT_THAT(said.On(2024).basis(), HasSubstr("date not stated"));
}

TEST(StandingTest, AnEndEndsItUntilALaterActBindsAnew) {
  const Said said(ActOf(v1::ACT_KIND_ACCESSION, "date { year: 1990 month: 1 day: 1 }") +
                  ActOf(v1::ACT_KIND_WITHDRAWAL, "date { year: 2003 month: 1 day: 10 }") +
                  ActOf(v1::ACT_KIND_ACCESSION, "date { year: 2010 month: 2 day: 3 }"));
  EXPECT_EQ(said.On(2003, 1, 9).standing(), v1::STANDING_CONSENTED);
  EXPECT_EQ(said.On(2003, 1, 10).standing(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(2009).possible(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(2010, 2, 3).standing(), v1::STANDING_CONSENTED);
  EXPECT_EQ(PrintDate(said.On(2011).since_date()), "2010-02-03");
}

TEST(StandingTest, AnEndInAPartialDateLeavesBothOpen) {
  const Said said(ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 1990 }") +
                  ActOf(v1::ACT_KIND_DENUNCIATION, "date { year: 2003 }"));
  EXPECT_EQ(said.On(2003).standing(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(2003).possible(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(2004).possible(), v1::STANDING_ENDED);
  EXPECT_THAT(said.On(2004).basis(), HasSubstr("notice given"));
}

TEST(StandingTest, ASuspensionLastsUntilTheNextAct) {
  const Said said(ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 2011 month: 2 day: 5 }") +
                  ActOf(v1::ACT_KIND_SUSPENSION, "date { year: 2023 month: 2 day: 28 }") +
                  ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 2025 month: 1 day: 1 }"));
  EXPECT_EQ(said.On(2023, 2, 27).standing(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(2023, 2, 28).standing(), v1::STANDING_SUSPENDED);
  EXPECT_EQ(said.On(2025, 1, 1).standing(), v1::STANDING_IN_FORCE);
}

TEST(StandingTest, ASpellHoldsFromItsFirstDayToItsLast) {
  const Said said(R"(spell {
    from_date { year: 1950 month: 2 day: 14 } to_date { year: 1979 month: 4 }
    obligation: OBLIGATION_DEFENSE obligation: OBLIGATION_CONSULTATION })");
  EXPECT_EQ(said.On(1950, 2, 13).standing(), v1::STANDING_NONE);
  EXPECT_EQ(said.On(1950, 2, 14).standing(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(1979, 4, 1).standing(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(1979, 4, 2).standing(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(1979, 4, 30).possible(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(1979, 5, 1).possible(), v1::STANDING_ENDED);
  EXPECT_EQ(PrintDate(said.On(1960).until_date()), "1979-04");
  EXPECT_THAT(OwedAt(said.facts, absl::CivilDay(1960, 1, 1)),
              ElementsAre(v1::OBLIGATION_DEFENSE, v1::OBLIGATION_CONSULTATION));
  EXPECT_THAT(OwedAt(said.facts, absl::CivilDay(1949, 1, 1)), IsEmpty());
}

TEST(StandingTest, SpellsThatMeetAreOneAndEachOwesItsOwn) {
  const Said said(R"(
    spell { from_date { year: 1949 } to_date { year: 1966 } obligation: OBLIGATION_DEFENSE }
    spell { from_date { year: 1966 } obligation: OBLIGATION_CONSULTATION })");
  EXPECT_EQ(said.On(1966).standing(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(PrintDate(said.On(2000).since_date()), "1949");
  EXPECT_THAT(OwedAt(said.facts, absl::CivilDay(2000, 1, 1)),
              ElementsAre(v1::OBLIGATION_CONSULTATION));
  EXPECT_THAT(OwedAt(said.facts, absl::CivilDay(1960, 1, 1)), ElementsAre(v1::OBLIGATION_DEFENSE));
}

TEST(StandingTest, BetweenTwoSpellsItHasEnded) {
  const Said said(R"(spell { from_date { year: 1949 } to_date { year: 1955 } }
                     spell { from_date { year: 1990 } to_date { year: 1999 } })");
  EXPECT_EQ(said.On(1970).standing(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(1970).possible(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(1995).standing(), v1::STANDING_IN_FORCE);
}

TEST(StandingTest, WhatObservationCutsOffMayHoldBeyondIt) {
  const Said said(R"(spell { from_date { year: 1816 } from_is_censored: true
                             to_date { year: 2012 } to_is_censored: true })");
  EXPECT_EQ(said.On(1810).standing(), v1::STANDING_NONE);
  EXPECT_EQ(said.On(1810).possible(), v1::STANDING_IN_FORCE);
  const v1::StandingOn after = said.On(2020);
  EXPECT_EQ(after.standing(), v1::STANDING_IN_FORCE);
  EXPECT_TRUE(after.last_observed());
}

TEST(StandingTest, PastWhatItsSourceCoversItIsLastObserved) {
  Said said("spell { from_date { year: 1949 month: 4 day: 4 } }");
  said.facts.covers_until = MakeDate(2016, 12, 31);
  EXPECT_FALSE(said.On(2016, 12, 31).last_observed());
  EXPECT_TRUE(said.On(2017, 1, 1).last_observed());
  EXPECT_EQ(said.On(2017, 1, 1).standing(), v1::STANDING_IN_FORCE);
  // What had ended before stays ended.
  Said ended("spell { from_date { year: 1949 } to_date { year: 1960 } }");
  ended.facts.covers_until = MakeDate(2016, 12, 31);
  EXPECT_FALSE(ended.On(2024).last_observed());
}

TEST(StandingTest, TheTreatysOwnDatesBindAll) {
  Said said(ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 1990 }"));
  said.facts.treaty_in_force = MakeDate(1995, 3, 1);
  said.facts.treaty_end = MakeDate(2010);
  EXPECT_EQ(said.On(1995, 2, 28).standing(), v1::STANDING_CONSENTED);
  EXPECT_EQ(said.On(1995, 3, 1).standing(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(2010).standing(), v1::STANDING_ENDED);
  EXPECT_EQ(said.On(2010).possible(), v1::STANDING_IN_FORCE);
  EXPECT_EQ(said.On(2011).possible(), v1::STANDING_ENDED);
  EXPECT_EQ(PrintDate(said.On(2000).until_date()), "2010");
}

TEST(StandingTest, OfTwoPartiesTheWeakerHolds) {
  const Said strong(ActOf(v1::ACT_KIND_ENTRY_INTO_FORCE, "date { year: 1990 }"));
  const Said weak(ActOf(v1::ACT_KIND_SIGNATURE, "date { year: 1989 }") +
                  ActOf(v1::ACT_KIND_RATIFICATION, "date { year: 2000 }"));
  for (const bool in_order : {true, false}) {
    const auto weaker = [&](int year) {
      return in_order ? WeakerOf(strong.On(year), weak.On(year))
                      : WeakerOf(weak.On(year), strong.On(year));
    };
    EXPECT_EQ(weaker(1995).standing(), v1::STANDING_SIGNED);
    EXPECT_EQ(weaker(2000).standing(), v1::STANDING_SIGNED);
    EXPECT_EQ(weaker(2000).possible(), v1::STANDING_CONSENTED);
    EXPECT_EQ(weaker(2001).standing(), v1::STANDING_CONSENTED);
  }
}

v1::TreatyParty RandomParty() {
  v1::TreatyParty party;
  const int acts = *rc::gen::inRange(0, 5);
  for (int i = 0; i < acts; ++i) {
    v1::TreatyAct& act = *party.add_act();
    act.set_kind(static_cast<v1::ActKind>(*rc::gen::inRange(1, v1::ActKind_MAX + 1)));
    const int year = *rc::gen::inRange(1989, 2000);
    const int month = *rc::gen::inRange(0, 13);
    if (year == 1989) continue;  // undated
    *act.mutable_date() = MakeDate(year, month, month == 0 ? 0 : *rc::gen::inRange(0, 29));
  }
  const int spells = *rc::gen::inRange(0, 3);
  for (int i = 0; i < spells; ++i) {
    v1::TreatySpell& spell = *party.add_spell();
    const int year = *rc::gen::inRange(1990, 2000);
    *spell.mutable_from_date() = MakeDate(year, *rc::gen::inRange(0, 13));
    const int years = *rc::gen::inRange(0, 4);
    if (years > 0) *spell.mutable_to_date() = MakeDate(year + years);
    spell.set_from_is_censored(*rc::gen::arbitrary<bool>());
    spell.set_to_is_censored(*rc::gen::arbitrary<bool>());
  }
  return party;
}

RC_GTEST_PROP(StandingTest, WhatIsCertainIsPossibleAndTheOrderOfPiecesDoesNotMatter, ()) {
  const v1::TreatyParty party = RandomParty();
  const absl::CivilDay day =
      absl::CivilDay(1989, 6, 1) + *rc::gen::inRange(0, 13 * 365);
  PartyFacts facts;
  facts.part.push_back(&party);
  if (*rc::gen::arbitrary<bool>()) facts.treaty_end = MakeDate(*rc::gen::inRange(1990, 2002));
  if (*rc::gen::arbitrary<bool>()) facts.treaty_in_force = MakeDate(*rc::gen::inRange(1990, 2002));
  const v1::StandingOn on = StandingAt(facts, day);
  RC_ASSERT(on.standing() != v1::STANDING_UNSPECIFIED);
  RC_ASSERT(on.standing() <= on.possible());

  // In pieces, the other way round: the same.
  std::vector<v1::TreatyParty> pieces;
  for (const v1::TreatyAct& act : party.act()) *pieces.emplace_back().add_act() = act;
  for (const v1::TreatySpell& spell : party.spell()) *pieces.emplace_back().add_spell() = spell;
  PartyFacts in_pieces = facts;
  in_pieces.part.clear();
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    in_pieces.part.push_back(&*piece);
  }
  const v1::StandingOn again = StandingAt(in_pieces, day);
  RC_ASSERT(again.standing() == on.standing());
  RC_ASSERT(again.possible() == on.possible());
}

RC_GTEST_PROP(StandingTest, WithoutEndsItOnlyGrows, ()) {
  v1::TreatyParty party = RandomParty();
  party.clear_spell();
  auto& acts = *party.mutable_act();
  acts.erase(std::remove_if(acts.begin(), acts.end(),
                            [](const v1::TreatyAct& act) {
                              return act.kind() >= v1::ACT_KIND_SUSPENSION;
                            }),
             acts.end());
  PartyFacts facts;
  facts.part.push_back(&party);
  const absl::CivilDay day = absl::CivilDay(1989, 6, 1) + *rc::gen::inRange(0, 13 * 365);
  const int later = *rc::gen::inRange(0, 2000);
  RC_ASSERT(StandingAt(facts, day).standing() <= StandingAt(facts, day + later).standing());
  RC_ASSERT(StandingAt(facts, day).possible() <= StandingAt(facts, day + later).possible());
}

}  // namespace
}  // namespace dossier
