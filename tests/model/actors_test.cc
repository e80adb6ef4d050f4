#include "services/model/actors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const ActorTable& Table() {
  static const ActorTable* const table = new ActorTable();
  return *table;
}

std::string Sipri(std::string_view name) { return Table().Resolve("sipri-deals", name); }

std::string IdOf(std::string_view text) {
  const v1::Actor* actor = Table().Find(text);
  return actor == nullptr ? "" : actor->id();
}

const v1::Actor& ActorOf(std::string_view id) {
  const v1::Actor* actor = Table().Find(id);
  EXPECT_NE(actor, nullptr) << id;
  return actor == nullptr ? v1::Actor::default_instance() : *actor;
}

std::string PeriodOf(std::string_view id) {
  const v1::Actor& actor = ActorOf(id);
  return PrintDate(actor.from_date()) + ".." + PrintDate(actor.to_date());
}

// "NAME from..to" of the actor's name, to see how it is bounded.
std::string Borne(std::string_view id, std::string_view name) {
  for (const v1::ActorName& known : ActorOf(id).names()) {
    if (known.name() == name)
      return PrintDate(known.from_date()) + ".." + PrintDate(known.to_date());
  }
  return "not borne";
}

TEST(ActorsTest, PrintedNamesOfStatesResolve) {
  EXPECT_EQ(Sipri("Russia"), "state:RUS");
  EXPECT_EQ(Sipri("Soviet Union"), "state:SUN");
  EXPECT_EQ(Sipri("Turkiye"), "state:TUR");
  EXPECT_EQ(Sipri("Turkey"), "state:TUR");
  EXPECT_EQ(Sipri("Cote d'Ivoire"), "state:CIV");
  EXPECT_EQ(Sipri("UAE"), "state:ARE");
  EXPECT_EQ(Sipri("Saint Vincent"), "state:VCT");
  EXPECT_EQ(Sipri("Bosnia-Herzegovina"), "state:BIH");
  EXPECT_EQ(Sipri("Congo"), "state:COG");
  EXPECT_EQ(Sipri("DR Congo"), "state:COD");
  EXPECT_EQ(Sipri("Aruba"), "state:ABW");
  EXPECT_EQ(Sipri("Kosovo"), "state:XKX");
  EXPECT_EQ(Sipri("Biafra"), "state:biafra");
  EXPECT_EQ(Sipri("Northern Cyprus"), "state:northern-cyprus");
}

TEST(ActorsTest, StarsMarkGroupsAndOrganisations) {
  EXPECT_EQ(Sipri("Hezbollah (Lebanon)*"), "group:hezbollah");
  EXPECT_EQ(KindOf(Sipri("Hezbollah (Lebanon)*")), v1::ACTOR_KIND_ARMED_GROUP);
  EXPECT_EQ(Sipri("NATO**"), "org:NATO");
  EXPECT_EQ(Sipri("Regional Security System**"), "org:RSS");
  EXPECT_EQ(ActorOf("org:UN").kind(), v1::ACTOR_KIND_ORGANISATION);
}

TEST(ActorsTest, WhatASourceCallsUnknownIsUnknownNotUnresolved) {
  EXPECT_EQ(Sipri("unknown supplier(s)"), "unknown:supplier");
  EXPECT_EQ(Sipri("Unknown recipient(s)"), "unknown:recipient");
  EXPECT_EQ(Sipri("unknown rebel group*"), "unknown:rebel-group");
  EXPECT_FALSE(IsUnresolved("unknown:supplier"));
  EXPECT_EQ(ActorOf("unknown:supplier").kind(), v1::ACTOR_KIND_UNKNOWN);
}

TEST(ActorsTest, NamesThatReplaceEachOtherAreOneActor) {
  EXPECT_EQ(Sipri("Libya HoR*"), Sipri("HoR (Libya)*"));
  EXPECT_EQ(Sipri("PIJ (Israel/Palestine)*"),
            Sipri("Palestinian Islamic Jihad (Israel/Palestine)*"));
}

TEST(ActorsTest, NamesThatStandSideBySideStayApart) {
  EXPECT_EQ(Sipri("North Yemen"), "state:YAR");
  EXPECT_EQ(Sipri("Yemen Arab Republic (North Yemen)"), "state:yemen-arab-republic");
  EXPECT_EQ(Sipri("Libya GNC"), "state:libya-gnc");
  EXPECT_EQ(Sipri("Libya"), "state:LBY");
  EXPECT_EQ(Sipri("Viet Cong (South Vietnam)*"), "group:viet-cong");
  EXPECT_EQ(Sipri("South Vietnam"), "state:RVN");
  EXPECT_EQ(Sipri("Viet Nam"), "state:VNM");
}

TEST(ActorsTest, ANameCanMeanOneActorAtSipriAndAnotherElsewhere) {
  EXPECT_EQ(Sipri("Yemen Arab Republic"), "state:yemen-arab-republic");
  EXPECT_EQ(Table().Resolve("cow-alliances", "Yemen Arab Republic"), "state:YAR");
  EXPECT_EQ(IdOf("Yemen Arab Republic"), "state:YAR");
}

TEST(ActorsTest, ResolvingMendsBlanksButNotCaseOrAccents) {
  EXPECT_EQ(Sipri("  Saudi \t Arabia \n"), "state:SAU");
  EXPECT_EQ(Sipri("saudi arabia"), "unresolved:sipri-deals:saudi arabia");
  EXPECT_EQ(Sipri("Perú"), "unresolved:sipri-deals:Perú");
  EXPECT_EQ(Sipri(" Perú  x"), "unresolved:sipri-deals:Perú x");
}

TEST(ActorsTest, UnknownNamesAreKeptBySourceAndName) {
  const std::string id = Table().Resolve("sipri-deals", "New Front (Atlantis)*");
  EXPECT_EQ(id, "unresolved:sipri-deals:New Front (Atlantis)*");
  EXPECT_TRUE(IsUnresolved(id));
  EXPECT_EQ(KindOf(id), v1::ACTOR_KIND_UNRESOLVED);
  EXPECT_EQ(ActorFromId(id).name(), "New Front (Atlantis)*");
  EXPECT_EQ(ActorFromId(id).kind(), v1::ACTOR_KIND_UNRESOLVED);
  EXPECT_EQ(ActorFromId(Table().Resolve("analyst:kim", "Group: North")).name(), "Group: North");
  EXPECT_EQ(Table().Find(id), nullptr);
}

TEST(ActorsTest, NoNulReachesAnId) {
  EXPECT_EQ(Sipri(std::string_view("Ru\0ssia", 7)), "unresolved:sipri-deals:Ru\xef\xbf\xbdssia");
}

TEST(ActorsTest, LongNamesAreCutAndStayApart) {
  const std::string at_limit(200, 'a');
  EXPECT_EQ(UnresolvedId("s", at_limit), "unresolved:s:" + at_limit);
  const std::string first = UnresolvedId("s", at_limit + "b");
  const std::string second = UnresolvedId("s", at_limit + "c");
  EXPECT_NE(first, second);
  EXPECT_EQ(first.size(), std::string("unresolved:s:").size() + 200);
  EXPECT_TRUE(first.starts_with("unresolved:s:aaaa"));
}

TEST(ActorsTest, KindFollowsFromThePrefix) {
  EXPECT_EQ(KindOf("state:RUS"), v1::ACTOR_KIND_STATE);
  EXPECT_EQ(KindOf("company:acme"), v1::ACTOR_KIND_COMPANY);
  EXPECT_EQ(KindOf("vessel:9074729"), v1::ACTOR_KIND_VESSEL);
  EXPECT_EQ(KindOf("person:x"), v1::ACTOR_KIND_PERSON);
  EXPECT_EQ(KindOf("aircraft:x"), v1::ACTOR_KIND_AIRCRAFT);
  EXPECT_EQ(KindOf("Russia"), v1::ACTOR_KIND_UNSPECIFIED);
  EXPECT_EQ(KindOf("state:"), v1::ACTOR_KIND_UNSPECIFIED);
  EXPECT_EQ(ActorFromId("company:acme").name(), "acme");
}

TEST(ActorsTest, FindsByIdCodeAndFoldedName) {
  for (const char* text : {"state:TUR", "STATE:tur", "TUR", "tr", "cow:640", "Türkiye", "turkiye",
                           "TURKEY", "  Republic of  Türkiye "}) {
    EXPECT_EQ(IdOf(text), "state:TUR") << text;
  }
  EXPECT_EQ(IdOf("cote d ivoire"), "state:CIV");
  EXPECT_EQ(IdOf("Côte d’Ivoire"), "state:CIV");
  EXPECT_EQ(IdOf("aland islands"), "state:ALA");
  EXPECT_EQ(IdOf("hezbollah"), "group:hezbollah");
  EXPECT_EQ(IdOf("Houthis"), "group:houthi");
  EXPECT_EQ(IdOf("European Union"), "org:EU");
  EXPECT_EQ(IdOf("Shanghai Cooperation Organization"), "org:SCO");
  EXPECT_EQ(IdOf("brics"), "org:BRICS");
  EXPECT_EQ(IdOf("Collective Security Treaty Organisation"), "org:CSTO");
  EXPECT_EQ(IdOf("CIS"), "org:CIS");
  EXPECT_EQ(IdOf("EAEU"), "org:EAEU");
  EXPECT_EQ(IdOf("USSR"), "state:SUN");
  EXPECT_EQ(IdOf("Atlantis"), "");
  EXPECT_EQ(IdOf(""), "");
  EXPECT_EQ(IdOf("cow:9999"), "");
}

TEST(ActorsTest, FormerCodesFindTheActorOfToday) {
  EXPECT_EQ(IdOf("BUR"), "state:MMR");
  EXPECT_EQ(IdOf("ZAR"), "state:COD");
  EXPECT_EQ(IdOf("SCG"), "state:SRB");
  EXPECT_EQ(IdOf("SU"), "state:SUN");
  EXPECT_EQ(IdOf("Upper Volta"), "state:BFA");
}

TEST(ActorsTest, AmbiguousCodesAndNamesGoToWhoBearsThemToday) {
  EXPECT_EQ(IdOf("cow:365"), "state:RUS");
  EXPECT_EQ(IdOf("cow:345"), "state:SRB");
  EXPECT_EQ(IdOf("AI"), "state:AIA");  // before 1977 the French Afars and Issas
  EXPECT_EQ(IdOf("SK"), "state:SVK");  // before 1975 Sikkim
  EXPECT_EQ(IdOf("AU"), "state:AUS");
  EXPECT_EQ(IdOf("Yugoslavia"), "state:YUG");
  EXPECT_EQ(IdOf("Yemen"), "state:YEM");
}

TEST(ActorsTest, IdentityIsBoundedInTime) {
  EXPECT_EQ(PeriodOf("state:SUN"), "1922-12-30..1991-12-25");
  EXPECT_EQ(PeriodOf("state:RUS"), "1991-12-26..");
  EXPECT_EQ(PeriodOf("state:DDR"), "1949-10-07..1990-10-02");
  EXPECT_EQ(PeriodOf("state:YUG"), "..1992-04-26");
  EXPECT_EQ(PeriodOf("state:SRB"), "1992-04-27..");
  EXPECT_EQ(PeriodOf("state:CSK"), "1918-10-28..1992-12-31");
  EXPECT_EQ(PeriodOf("state:RVN"), "1954-06-04..1975-04-30");
  EXPECT_EQ(PeriodOf("state:YEM"), "1990-05-22..");
  EXPECT_EQ(PeriodOf("state:YMD"), "1967-11-30..1990-05-21");
  EXPECT_EQ(PeriodOf("state:YAR"), "1926-09-02..1990-05-21");
}

TEST(ActorsTest, NamesAreBoundedInTime) {
  EXPECT_EQ(Borne("state:DEU", "West Germany"), "1949-05-23..1990-10-02");
  EXPECT_EQ(Borne("state:DEU", "Germany"), "1990-10-03..");
  EXPECT_EQ(Borne("state:SRB", "Serbia and Montenegro"), "2003-02-04..2006-06-02");
  EXPECT_EQ(Borne("state:TUR", "Turkey"), "..2022-05-31");
  EXPECT_EQ(Borne("state:COD", "Zaire"), "1971-10-27..1997-05-16");
  EXPECT_EQ(ActorOf("state:DEU").names(0).name(), "Germany");
}

TEST(ActorsTest, SuccessorsAreLinked) {
  EXPECT_THAT(ActorOf("state:CSK").successor(), ElementsAre("state:CZE", "state:SVK"));
  EXPECT_THAT(ActorOf("state:YEM").predecessor(), UnorderedElementsAre("state:YAR", "state:YMD"));
  EXPECT_THAT(ActorOf("state:DEU").predecessor(), ElementsAre("state:DDR"));
  EXPECT_THAT(ActorOf("state:VNM").predecessor(), ElementsAre("state:RVN"));
  EXPECT_THAT(ActorOf("state:RUS").predecessor(), ElementsAre("state:SUN"));
  EXPECT_EQ(ActorOf("state:SUN").successor_size(), 12);
  EXPECT_EQ(ActorOf("state:EST").predecessor_size(), 0);
}

TEST(ActorsTest, GermanyHasBothNumbersOfCow) {
  EXPECT_THAT(ActorOf("state:DEU").cow_number(), ElementsAre(260, 255));
  EXPECT_EQ(IdOf("cow:260"), "state:DEU");
  EXPECT_EQ(IdOf("cow:255"), "state:DEU");
}

TEST(ActorsTest, TrickyIdentitiesCarryANote) {
  for (const char* id : {"state:DEU", "state:SRB", "state:VNM", "state:TWN", "state:PSE",
                         "state:ESH", "state:XKX", "state:yemen-arab-republic", "state:ABW"}) {
    EXPECT_FALSE(ActorOf(id).note().empty()) << id;
  }
}

TEST(ActorsTest, IdsAreUniqueSortedAndOfTheirKind) {
  std::string before;
  for (const v1::Actor& actor : Table().actors()) {
    EXPECT_LT(before, actor.id());
    before = actor.id();
    EXPECT_NE(actor.kind(), v1::ACTOR_KIND_UNSPECIFIED) << actor.id();
    EXPECT_EQ(actor.kind(), KindOf(actor.id()));
    EXPECT_FALSE(actor.name().empty()) << actor.id();
    EXPECT_EQ(IdOf(actor.id()), actor.id());
  }
  EXPECT_GT(Table().actors().size(), 300u);
}

TEST(ActorsTest, LinksAreMirroredAndLeadFromWhatEnded) {
  for (const v1::Actor& actor : Table().actors()) {
    for (const std::string& id : actor.successor()) {
      EXPECT_THAT(ActorOf(id).predecessor(), ::testing::Contains(actor.id()));
      EXPECT_TRUE(actor.has_to_date()) << actor.id();
    }
    for (const std::string& id : actor.predecessor()) {
      EXPECT_THAT(ActorOf(id).successor(), ::testing::Contains(actor.id()));
    }
  }
}

struct Period {
  absl::Time from = absl::InfinitePast();
  absl::Time to = absl::InfiniteFuture();
};

template <typename Bounded>
Period PeriodIn(const Bounded& bounded) {
  Period period;
  if (bounded.has_from_date()) period.from = StartOf(bounded.from_date());
  if (bounded.has_to_date()) period.to = EndOf(bounded.to_date());
  return period;
}

TEST(ActorsTest, BoundsBeginBeforeTheyEnd) {
  for (const v1::Actor& actor : Table().actors()) {
    EXPECT_LT(PeriodIn(actor).from, PeriodIn(actor).to) << actor.id();
    for (const v1::ActorName& name : actor.names()) {
      EXPECT_LT(PeriodIn(name).from, PeriodIn(name).to) << actor.id() << " " << name.name();
    }
  }
}

TEST(ActorsTest, ANameBelongsToOneActorAtATime) {
  struct Bearer {
    std::string id;
    Period period;
  };
  std::map<std::string, std::vector<Bearer>> bearers;
  for (const v1::Actor& actor : Table().actors()) {
    for (const v1::ActorName& name : actor.names()) {
      const Period own = PeriodIn(actor), borne = PeriodIn(name);
      const Period both = {std::max(own.from, borne.from), std::min(own.to, borne.to)};
      for (const Bearer& other : bearers[FoldName(name.name())]) {
        const bool overlaps = both.from <= other.period.to && other.period.from <= both.to;
        EXPECT_TRUE(other.id == actor.id() || !overlaps)
            << name.name() << ": " << other.id << " and " << actor.id();
      }
      bearers[FoldName(name.name())].push_back({actor.id(), both});
    }
  }
}

TEST(ActorsTest, EveryNameFindsABearer) {
  for (const v1::Actor& actor : Table().actors()) {
    for (const v1::ActorName& name : actor.names()) {
      const v1::Actor* found = Table().Find(name.name());
      ASSERT_NE(found, nullptr) << name.name();
      const bool is_borne = std::any_of(found->names().begin(), found->names().end(),
                                        [&](const v1::ActorName& known) {
                                          return FoldName(known.name()) == FoldName(name.name());
                                        });
      const bool is_code = name.name().size() <= 3;
      EXPECT_TRUE(is_borne || is_code) << name.name() << " finds " << found->id();
    }
  }
}

TEST(FoldNameTest, FoldsCaseAccentsPunctuationAndBlanks) {
  EXPECT_EQ(FoldName("Côte d'Ivoire"), "cote d ivoire");
  EXPECT_EQ(FoldName("  TÜRKİYE\t(Republic) "), "turkiye republic");
  EXPECT_EQ(FoldName("Bosnia-Herzegovina"), "bosnia herzegovina");
  EXPECT_EQ(FoldName("Straße"), "strasse");
  EXPECT_EQ(FoldName("Łódź, Ørsted & Æther"), "lodz orsted aether");
  EXPECT_EQ(FoldName("Россия"), FoldName("РОССИЯ"));
  EXPECT_EQ(FoldName("हिन्दी"), "हिन्दी");
  EXPECT_EQ(FoldName("***"), "");
}

RC_GTEST_PROP(FoldNameTest, FoldingTwiceChangesNothing, (const std::string& bytes)) {
  const std::string once = FoldName(bytes);
  RC_ASSERT(FoldName(once) == once);
}

RC_GTEST_PROP(ActorsTest, AnyBytesResolveToAnIdThatCanBeStored, ()) {
  const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const std::string id = Table().Resolve("sipri-deals", bytes);
  RC_ASSERT(id.find('\0') == std::string::npos);
  RC_ASSERT(id.size() <= std::string("unresolved:sipri-deals:").size() + 200);
  v1::Actor actor;
  actor.set_id(id);
  RC_ASSERT(v1::Actor().ParseFromString(actor.SerializeAsString()));  // refuses invalid UTF-8
  RC_ASSERT(id == Table().Resolve("sipri-deals", bytes));
}

}  // namespace
}  // namespace dossier
