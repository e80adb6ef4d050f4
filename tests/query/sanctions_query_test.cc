#include "services/query/sanctions_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/query/entry_reader.h"
#include "services/query/sanction_records.h"
#include "tests/query/list_fixture.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Window(const v1::Bound& bound) {
  return PrintDate(bound.earliest_date()) + ".." + PrintDate(bound.latest_date());
}

class SanctionsQueryTest : public ListFixture {
 protected:
  // An entry that a list took up with its second edition and dropped with its fourth.
  void LoadHistory() {
    const std::string seven =
        EntryText("ofac:7", "TOYLAND SHIPPING", "programme: 'TOY' target_kind: ACTOR_KIND_COMPANY");
    Load("ofac-sdn", "2022-02-01", {Listed("5", EntryText("ofac:5", "OTHER, Otto"))}, "",
         "2022-02-01");
    Load("ofac-sdn", "2022-02-24", {Listed("7", seven)}, "", "2022-02-24");
    Load("ofac-sdn", "2022-03-01", {}, "", "2022-03-01");
    Load("ofac-sdn", "2022-04-01", {Gone("7")}, "", "2022-04-01");
  }
  // The only entry of the answer's only party.
  v1::SanctionEntry Only(const std::string& request) {
    const auto response = Sanctions(request);
    EXPECT_EQ(response.party_size(), 1) << response.DebugString();
    if (response.party_size() == 0 || response.party(0).entry_size() != 1) {
      ADD_FAILURE() << response.DebugString();
      return {};
    }
    return response.party(0).entry(0);
  }
  std::vector<std::string> Reached(const std::string& request) {
    std::vector<std::string> ids;
    const auto response = Sanctions(request);
    for (const auto& party : response.party()) {
      std::string by;
      if (party.has_by()) by = " by " + party.by().ground().record();
      ids.push_back(party.actor().id() + by);
    }
    return ids;
  }
};

TEST_F(SanctionsQueryTest, AnEntrySaysWhatItRestsOn) {
  LoadHistory();
  const v1::SanctionEntry entry = Only("actor: 'ofac:7' " + KnownBy("2022-03-05"));
  EXPECT_EQ(entry.source(), "ofac-sdn");
  EXPECT_EQ(entry.record(), "7");
  EXPECT_EQ(entry.party().printed_name(), "TOYLAND SHIPPING");
  EXPECT_EQ(entry.list(), "Specially Designated Nationals and Blocked Persons List (SDN)");
  EXPECT_THAT(entry.authority(), HasSubstr("OFAC"));
  ASSERT_EQ(entry.ground_size(), 1);
  EXPECT_EQ(PrintPublishStamp(entry.ground(0).stamp()), "2022-02-24");
  EXPECT_EQ(entry.in_force(), v1::IN_FORCE_YES);
  EXPECT_EQ(Window(entry.window().from()), "2022-02-01..2022-02-24");
  EXPECT_FALSE(entry.window().has_to());
  EXPECT_EQ(entry.end_reason(), v1::END_REASON_UNSPECIFIED);
}

TEST_F(SanctionsQueryTest, WhatEndedIsThereWhenAskedFor) {
  LoadHistory();
  EXPECT_THAT(Sanctions("actor: 'ofac:7'").party(0).entry(), IsEmpty());
  const v1::SanctionEntry entry = Only("actor: 'ofac:7' include_ended: true");
  EXPECT_EQ(entry.in_force(), v1::IN_FORCE_NO);
  EXPECT_EQ(entry.end_reason(), v1::END_REASON_NO_LONGER_LISTED);
  EXPECT_EQ(Window(entry.window().to()), "2022-03-01..2022-04-01");
  ASSERT_EQ(entry.ground_size(), 2);
  EXPECT_EQ(PrintPublishStamp(entry.ground(1).stamp()), "2022-04-01");
}

TEST_F(SanctionsQueryTest, OnADateItIsWhatHeldThen) {
  LoadHistory();
  EXPECT_THAT(Sanctions("actor: 'ofac:7' " + EffectiveOn("2022-01-31")).party(0).entry(),
              IsEmpty());
  for (const auto& [day, expected] : {std::pair{"2022-02-10", v1::IN_FORCE_POSSIBLY},
                                      {"2022-02-24", v1::IN_FORCE_YES},
                                      {"2022-03-15", v1::IN_FORCE_POSSIBLY}}) {
    EXPECT_EQ(Only(absl::StrCat("actor: 'ofac:7' ", EffectiveOn(day))).in_force(), expected) << day;
  }
  EXPECT_THAT(Sanctions("actor: 'ofac:7' " + EffectiveOn("2022-04-01")).party(0).entry(),
              IsEmpty());
  const auto past = Only("actor: 'ofac:5' " + EffectiveOn("2023-01-01"));
  EXPECT_EQ(past.in_force(), v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_THAT(past.note(), ElementsAre("last observed 2022-04-01"));
}

TEST_F(SanctionsQueryTest, BySequenceNothingLaterCounts) {
  Load("ofac-sdn", "2022-04-01", {Listed("7", EntryText("ofac:7", "TOYLAND"))});
  const uint64_t first = views_->position().sequence;
  Load("ofac-sdn", "2022-02-01", {Listed("5", EntryText("ofac:5", "OTHER"))});
  const std::string then = absl::StrCat("read_at { cut { sequence: ", first, " } } ");
  // That an older edition did not hold it was not known then.
  EXPECT_EQ(Window(Only("actor: 'ofac:7' " + then).window().from()), "..2022-04-01");
  EXPECT_EQ(Window(Only("actor: 'ofac:7'").window().from()), "2022-02-01..2022-04-01");
  EXPECT_EQ(Fails(&SanctionsStub::GetSanctions, "actor: 'ofac:5' " + then).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(SanctionsQueryTest, ARetractedEditionShowsNothingMore) {
  Load("ofac-sdn", "2022-02-01", {Listed("7", EntryText("ofac:7", "TOYLAND"))});
  const uint64_t first = views_->position().sequence;
  Load("ofac-sdn", "2022-04-01", {Gone("7")});
  const uint64_t second = views_->position().sequence;
  Retract("ofac-sdn", "2022-04-01", {"7"});
  EXPECT_EQ(Only("actor: 'ofac:7'").in_force(), v1::IN_FORCE_YES);
  const auto at = [&](uint64_t sequence) {
    return Sanctions(absl::StrCat("actor: 'ofac:7' read_at { cut { sequence: ", sequence, " } }"))
        .party(0)
        .entry_size();
  };
  EXPECT_EQ(at(first), 1);
  EXPECT_EQ(at(second), 0);
}

TEST_F(SanctionsQueryTest, PartsOfAnEntryAreOne) {
  Load("ofac-sdn", "2022-02-01",
       {Listed("7", EntryText("ofac:7", "TOYLAND",
                              "programme: 'TOY' remarks: 'DOB 1 Jan 19' "
                              "remarks_cut: true")),
        // Stands between the entry and its parts in the order of keys.
        Listed("7-A", EntryText("ofac:7-A", "NEIGHBOUR"))});
  Load("ofac-sdn", "2022-02-02",
       {Listed("7/addresses", PartText("ADDRESSES", "ofac:7", "address { city: 'Port Toy' }"))},
       "part: SANCTION_PART_ADDRESSES");
  Load("ofac-sdn", "2022-02-03",
       {Listed("7/aliases", PartText("ALIASES", "ofac:7",
                                     "name { whole: 'TOYLAND LINES' kind: NAME_KIND_ALIAS }"))},
       "part: SANCTION_PART_ALIASES");
  Load("ofac-sdn", "2022-02-04",
       {Listed("7/comments", PartText("COMMENTS", "ofac:7", "remarks: '51; POB Toytown.'"))},
       "part: SANCTION_PART_COMMENTS");
  const v1::SanctionEntry entry = Only("actor: 'ofac:7'");
  EXPECT_EQ(entry.sanction().target_size(), 1);
  EXPECT_EQ(entry.sanction().part(), v1::SANCTION_PART_ENTRY);
  EXPECT_EQ(entry.sanction().address(0).city(), "Port Toy");
  ASSERT_EQ(entry.sanction().name_size(), 2);
  EXPECT_EQ(entry.sanction().name(1).whole(), "TOYLAND LINES");
  EXPECT_EQ(entry.sanction().remarks(), "DOB 1 Jan 1951; POB Toytown.");
  EXPECT_FALSE(entry.sanction().remarks_cut());
  ASSERT_EQ(entry.sanction().birth_size(), 1);
  EXPECT_EQ(PrintDate(entry.sanction().birth(0).date()), "1951-01-01");
  EXPECT_EQ(entry.ground_size(), 4);
  // A file of aliases says nothing of the entry itself.
  EXPECT_EQ(Window(entry.window().from()), "..2022-02-01");
  EXPECT_TRUE(Only("actor: 'ofac:7' " + KnownBy("2022-02-03")).sanction().remarks_cut());
}

TEST_F(SanctionsQueryTest, CommentsOfEarlierRemarksAreNotJoined) {
  const auto load = [&](const std::string& date, const std::string& remarks) {
    Load("ofac-sdn", date,
         {Listed("7",
                 EntryText("ofac:7", "TOYLAND", "remarks: '" + remarks + "' remarks_cut: true"))},
         "part: SANCTION_PART_ENTRY");
  };
  load("2022-02-01", "DOB 1 Jan 19");
  Load("ofac-sdn", "2022-02-04",
       {Listed("7/comments", PartText("COMMENTS", "ofac:7", "remarks: '51; POB Toytown.'"))},
       "part: SANCTION_PART_COMMENTS");
  load("2022-03-01", "DOB 1 Jan 1951; a.k.a. XX");
  const v1::SanctionEntry entry = Only("actor: 'ofac:7'");
  EXPECT_EQ(entry.sanction().remarks(), "DOB 1 Jan 1951; a.k.a. XX");
  EXPECT_TRUE(entry.sanction().remarks_cut());
  EXPECT_THAT(entry.raw(), Contains("51; POB Toytown."));
  EXPECT_THAT(entry.note(), Contains(HasSubstr("as published 2022-02-04 are of earlier remarks")));
  load("2022-04-01", "DOB 1 Jan 19");
  EXPECT_EQ(Only("actor: 'ofac:7'").sanction().remarks(), "DOB 1 Jan 1951; POB Toytown.");
  // A later file of comments that says the same says it of the remarks of its day.
  load("2022-05-01", "DOB 1 Jan 18");
  EXPECT_TRUE(Only("actor: 'ofac:7'").sanction().remarks_cut());
  Load("ofac-sdn", "2022-05-02", {}, "part: SANCTION_PART_COMMENTS");
  EXPECT_EQ(Only("actor: 'ofac:7'").sanction().remarks(), "DOB 1 Jan 1851; POB Toytown.");
}

TEST_F(SanctionsQueryTest, AnEndedEntryIsComposedOfWhatWasLastSaid) {
  Load("ofac-sdn", "2022-02-01", {Listed("7", EntryText("ofac:7", "TOYLAND"))});
  Load("ofac-sdn", "2022-02-02",
       {Listed("7/addresses", PartText("ADDRESSES", "ofac:7", "address { city: 'Port Toy' }"))},
       "part: SANCTION_PART_ADDRESSES");
  Load("ofac-sdn", "2022-03-01", {Gone("7")}, "part: SANCTION_PART_ENTRY");
  Load("ofac-sdn", "2022-03-02", {Gone("7/addresses")}, "part: SANCTION_PART_ADDRESSES");
  const v1::SanctionEntry entry = Only("actor: 'ofac:7' include_ended: true");
  EXPECT_EQ(entry.sanction().address(0).city(), "Port Toy");
  EXPECT_EQ(PrintPublishStamp(entry.ground(2).stamp()), "2022-03-01");
}

TEST_F(SanctionsQueryTest, WhatLeavesOneListOfAFamilyForAnotherHasMoved) {
  const std::string seven = EntryText("ofac:7", "TOYLAND");
  Load("ofac-sdn", "2022-02-01", {Listed("7", seven)});
  Load("ofac-sdn-xml", "2022-02-01", {Listed("7", seven)});
  Load("ofac-consolidated", "2022-02-02", {Listed("5", EntryText("ofac:5", "OTHER"))});
  Load("ofac-sdn", "2022-03-01", {Gone("7")});
  const auto reason = [&] {
    const auto response = Sanctions("actor: 'ofac:7' include_ended: true");
    for (const auto& entry : response.party(0).entry()) {
      if (entry.source() == "ofac-sdn") return entry.end_reason();
    }
    return v1::END_REASON_UNSPECIFIED;
  };
  EXPECT_EQ(reason(), v1::END_REASON_NO_LONGER_LISTED);  // the other one is the same list
  Load("ofac-consolidated", "2022-03-02", {Listed("7", seven)});
  EXPECT_EQ(reason(), v1::END_REASON_MOVED);
}

TEST_F(SanctionsQueryTest, WhatAnotherListHeldBeforeOrLongAfterHasNotMoved) {
  const auto entry = [](int id) {
    return Listed(absl::StrCat(id), EntryText(absl::StrCat("ofac:", id), absl::StrCat("TOY ", id)));
  };
  Load("ofac-consolidated", "2021-01-01", {entry(1), entry(4)});
  Load("ofac-consolidated", "2021-02-01", {Gone("4")});
  Load("ofac-sdn", "2022-02-01", {entry(1), entry(2), entry(3), entry(4)});
  Load("ofac-sdn", "2022-03-01", {Gone("1"), Gone("2"), Gone("3"), Gone("4")});
  Load("ofac-consolidated", "2022-03-02", {entry(2)});
  Load("ofac-consolidated", "2023-03-02", {entry(3)});
  const auto reason = [&](int id) {
    const auto response = Sanctions(absl::StrCat("actor: 'ofac:", id, "' include_ended: true"));
    for (const auto& one : response.party(0).entry()) {
      if (one.source() == "ofac-sdn") return one.end_reason();
    }
    return v1::END_REASON_UNSPECIFIED;
  };
  EXPECT_EQ(reason(1), v1::END_REASON_NO_LONGER_LISTED);  // stood on both
  EXPECT_EQ(reason(2), v1::END_REASON_MOVED);
  EXPECT_EQ(reason(3), v1::END_REASON_NO_LONGER_LISTED);  // a year later
  EXPECT_EQ(reason(4), v1::END_REASON_NO_LONGER_LISTED);  // on an older edition alone
}

TEST_F(SanctionsQueryTest, WhatTheListHoldsIsNotLeftOutBeforeItBegins) {
  Load("eu-fsf", "2026-08-15",
       {Listed("7", EntryText("eu:7", "TOYLAND",
                              "date { kind: SANCTION_DATE_KIND_IN_FORCE date { year: 2026 month: 8 "
                              "day: 23 } }"))},
       "", "2026-08-15");
  const v1::SanctionEntry entry = Only("actor: 'eu:7'");
  EXPECT_EQ(entry.in_force(), v1::IN_FORCE_NO);
  EXPECT_EQ(entry.end_reason(), v1::END_REASON_UNSPECIFIED);
  EXPECT_THAT(entry.note(), ElementsAre("listed; begins 2026-08-23"));
  EXPECT_EQ(Only("actor: 'eu:7' " + EffectiveOn("2026-08-16")).in_force(), v1::IN_FORCE_NO);
  EXPECT_THAT(Sanctions("actor: 'eu:7' " + EffectiveOn("2026-08-14")).party(0).entry(), IsEmpty());
  const v1::SanctionEntry later = Only("actor: 'eu:7' " + EffectiveOn("2026-09-01"));
  EXPECT_EQ(later.in_force(), v1::IN_FORCE_POSSIBLY);
  EXPECT_THAT(later.note(), ElementsAre("listed, begins after what was last observed"));
  EXPECT_EQ(Ask(&Stub::GetDossier, "actor: 'eu:7'").dossier(0).source(0).sanctions_on(), 1);
}

TEST_F(SanctionsQueryTest, OfWhatCameBackTheRunOfTheDateIsTold) {
  const auto seven = [](const char* remarks) {
    return Listed("7", EntryText("ofac:7", "TOYLAND", absl::StrCat("remarks: '", remarks, "'")));
  };
  Load("ofac-sdn", "2020-01-01", {seven("first")});
  Load("ofac-sdn", "2021-01-01", {Gone("7")});
  Load("ofac-sdn", "2022-01-01", {seven("second")});
  const v1::SanctionEntry first = Only("actor: 'ofac:7' " + EffectiveOn("2020-01-01"));
  EXPECT_EQ(first.in_force(), v1::IN_FORCE_YES);
  EXPECT_EQ(first.sanction().remarks(), "first");
  EXPECT_EQ(Window(first.window().to()), "2020-01-01..2021-01-01");
  EXPECT_EQ(first.end_reason(), v1::END_REASON_NO_LONGER_LISTED);
  ASSERT_EQ(first.ground_size(), 2);
  EXPECT_EQ(PrintPublishStamp(first.ground(1).stamp()), "2021-01-01");
  EXPECT_THAT(first.note(), IsEmpty());
  EXPECT_EQ(Only("actor: 'ofac:7' " + EffectiveOn("2020-06-01")).in_force(), v1::IN_FORCE_POSSIBLY);
  EXPECT_EQ(Only("actor: 'ofac:7' " + EffectiveOn("2021-06-01")).sanction().remarks(), "second");
  EXPECT_EQ(Only("actor: 'ofac:7' " + EffectiveOn("2022-01-01")).in_force(), v1::IN_FORCE_YES);
  EXPECT_EQ(Only("actor: 'ofac:7'").sanction().remarks(), "second");
  EXPECT_THAT(Only("actor: 'ofac:7'").note(), IsEmpty());
  EXPECT_THAT(Only("actor: 'ofac:7' include_ended: true").note(),
              ElementsAre("also listed from 2020-01-01 to 2020-01-01"));
  EXPECT_THAT(Only("actor: 'ofac:7' include_ended: true " + EffectiveOn("2020-01-01")).note(),
              ElementsAre("also listed from 2022-01-01 on"));
}

TEST_F(SanctionsQueryTest, WithoutADateTheNewestEditionOfTheSourceIsAskedFor) {
  Load("ofac-sdn", "2022-02-01", {Listed("7", EntryText("ofac:7", "TOYLAND", "programme: 'TOY'"))});
  Load("ofac-sdn", "2022-02-03", {}, "part: SANCTION_PART_ALIASES");
  EXPECT_EQ(Only("actor: 'ofac:7'").in_force(), v1::IN_FORCE_YES);
  Load("ofac-sdn", "2022-03-01", {Listed("8", EntryText("ofac:8", "EXCERPT", "programme: 'PLAY'"))},
       "programme: 'PLAY'");
  const v1::SanctionEntry entry = Only("actor: 'ofac:7'");
  EXPECT_EQ(entry.in_force(), v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_THAT(entry.note(),
              ElementsAre("last observed 2022-02-01",
                          "the newest edition of the source is of 2022-03-01: judged on that day"));
  EXPECT_EQ(Only("actor: 'ofac:8'").in_force(), v1::IN_FORCE_YES);
  Load("ofac-sdn", "2022-04-01", {}, "additions_only: true");
  EXPECT_EQ(Only("actor: 'ofac:8'").in_force(), v1::IN_FORCE_LAST_OBSERVED);
}

TEST_F(SanctionsQueryTest, AnAnalystsOwnDatesCount) {
  Report("analyst:anna", "2022-01-01",
         {{.record = "1",
           .transfer = "",
           .present = EntryText("eu:1", "TOYLAND"),
           .effective = "from { earliest_date { year: 2019 } latest_date { year: 2019 } basis: "
                        "BASIS_STATED } to { earliest_date { year: 2021 } latest_date { year: 2021 "
                        "} basis: BASIS_STATED }"}});
  EXPECT_THAT(Sanctions("actor: 'eu:1'").party(0).entry(), IsEmpty());
  EXPECT_EQ(Only("actor: 'eu:1' include_ended: true").end_reason(), v1::END_REASON_EXPIRED);
  const v1::SanctionEntry entry = Only("actor: 'eu:1' " + EffectiveOn("2020-01-01"));
  EXPECT_EQ(entry.in_force(), v1::IN_FORCE_YES);
  EXPECT_EQ(Window(entry.window().from()), "2019..2019");
  EXPECT_EQ(Window(entry.window().to()), "2021..2021");
}

TEST_F(SanctionsQueryTest, WhatIsCutShortIsSaidToBe) {
  std::vector<Said> said = {Listed("0", EntryText("eu:0", "HUB"))};
  for (int i = 1; i <= 100; ++i) {
    said.push_back(Listed(absl::StrCat(i),
                          EntryText(absl::StrCat("eu:", i), "X",
                                    "claim { object { id: 'eu:0' } kind: CLAIM_KIND_SAME_AS }")));
  }
  for (int i = 0; i <= 1000; ++i) {
    said.push_back(
        Listed(absl::StrCat("link", i),
               absl::StrCat("link { party { id: 'eu:m' } other { id: 'eu:l' printed_name: 'L' "
                            "} kind: LINK_KIND_LINKED_TO printed_kind: '",
                            i, "' }")));
  }
  for (int i = 0; i <= 16; ++i) {
    said.push_back(Listed(absl::StrCat("0/", i), PartText("ALIASES", "eu:0", "")));
  }
  Load("eu-fsf", "2020-01-01", said);
  const std::string all = "eu-fsf: whole; 1 edition";
  const auto hub = Sanctions("actor: 'eu:0' follow_claims: true");
  EXPECT_EQ(hub.party_size(), 100);
  EXPECT_THAT(hub.coverage(),
              ElementsAre("claims lead to more than 100 parties: not all are shown", all));
  EXPECT_THAT(hub.party(0).entry(0).note(),
              ElementsAre("of more than 16 parts of the entry: not all are shown"));
  EXPECT_EQ(hub.party(0).entry(0).ground_size(), 17);
  const auto linked = Sanctions("actor: 'eu:l'");
  EXPECT_EQ(linked.party(0).linked_size(), 1000);
  EXPECT_THAT(linked.coverage(),
              ElementsAre("links to eu:l: more than 1000: not all are shown", all));
  EXPECT_THAT(Sanctions("actor: 'eu:7'").coverage(), ElementsAre(all));
}

TEST_F(SanctionsQueryTest, WhatIsImposedIsCutShortAndSaidToBe) {
  std::vector<Said> said;
  for (int i = 0; i <= 1000; ++i) {
    said.push_back(Listed(
        absl::StrCat(i),
        EntryText(absl::StrCat("eu:", i), "X", "sender { id: 'state:USA' printed_name: 'US' }")));
  }
  Load("gsdb", "2020-01-01", said);
  const auto response = Sanctions("actor: 'USA' include_imposed: true");
  EXPECT_EQ(response.party(0).imposed_size(), 1000);
  EXPECT_THAT(response.coverage(0), "imposed by state:USA: more than 1000: not all are shown");
}

TEST_F(SanctionsQueryTest, ReadingManyRecordsStopsWhenTheCallerHasGone) {
  LoadHistory();
  CallLimits limits;
  limits.is_cancelled = [] { return true; };
  auto as_of = AsOf::Open(*views_, {}, limits);
  ASSERT_TRUE(as_of.ok());
  absl::Status stopped;
  for (int i = 0; i < 256 && stopped.ok(); ++i) {
    stopped = HeldAt(*as_of, {"ofac-sdn", "5"}).status();
  }
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
}

TEST_F(SanctionsQueryTest, TheReasonOfAnEndIsLookedForWhereItIsShown) {
  LoadHistory();
  auto as_of = AsOf::Open(*views_, {}, CallLimits());
  ASSERT_TRUE(as_of.ok());
  EntryReader reader(*as_of);
  auto read = reader.Read("ofac-sdn", "7");
  ASSERT_TRUE(read.ok() && read->has_value());
  EXPECT_EQ((*read)->entry.end_reason(), v1::END_REASON_UNSPECIFIED);
  ASSERT_TRUE(reader.AddEndReason(&**read).ok());
  EXPECT_EQ((*read)->entry.end_reason(), v1::END_REASON_NO_LONGER_LISTED);
}

TEST_F(SanctionsQueryTest, AnIdThatAnotherRecordTookOverWasReidentified) {
  Load("un-consolidated", "2020-01-01", {Listed("TXi.001", EntryText("un:TXi.001", "Ali"))});
  Load("un-consolidated", "2021-01-01",
       {Gone("TXi.001"),
        Listed("TYi.009",
               EntryText("un:TYi.009", "Ali",
                         "claim { object { id: 'un:TXi.001' printed_name: 'TXi.001' } "
                         "kind: CLAIM_KIND_SUPERSEDED_ID printed: 'formerly TXi.001' }"))});
  EXPECT_EQ(Only("actor: 'un:TXi.001' include_ended: true").end_reason(),
            v1::END_REASON_REIDENTIFIED);
  EXPECT_THAT(Reached("actor: 'un:TXi.001' include_ended: true follow_claims: true"),
              ElementsAre("un:TXi.001", "un:TYi.009 by TYi.009"));
}

TEST_F(SanctionsQueryTest, APartyOfAListThatIsNotLoadedIsReachedByTheClaimsOnIt) {
  Load("uk-ofsi", "2020-02-01",
       {Listed("100", EntryText("uk:100", "ALI",
                                "claim { object { id: 'un:TXi.001' printed_name: "
                                "'TXi.001' } kind: CLAIM_KIND_TRANSPOSES }"))});
  EXPECT_THAT(Reached("actor: 'un:TXi.001' follow_claims: true"),
              ElementsAre("un:TXi.001", "uk:100 by 100"));
}

TEST_F(SanctionsQueryTest, ClaimsAreFollowedOnEitherSideAndNamed) {
  Load("un-consolidated", "2020-01-01", {Listed("TXi.001", EntryText("un:TXi.001", "Ali"))});
  Load("uk-ofsi", "2020-02-01",
       {Listed("100", EntryText("uk:100", "ALI",
                                "claim { object { id: 'un:TXi.001' printed_name: "
                                "'TXi.001' } kind: CLAIM_KIND_TRANSPOSES "
                                "printed: 'UN Ref TXi.001' }"))});
  Report("analyst:anna", "2020-03-01",
         {Listed("same",
                 "identity_claim { subject { id: 'ofac:9' printed_name: 'ALI, A.' } "
                 "object { id: 'uk:100' } kind: CLAIM_KIND_SAME_AS }")});
  Load("ofac-sdn", "2020-04-01", {Listed("9", EntryText("ofac:9", "ALI, A."))});
  EXPECT_THAT(Reached("actor: 'un:TXi.001'"), ElementsAre("un:TXi.001"));
  EXPECT_THAT(Reached("actor: 'un:TXi.001' follow_claims: true"),
              ElementsAre("un:TXi.001", "uk:100 by 100", "ofac:9 by same"));
  EXPECT_THAT(Reached("actor: 'ofac:9' follow_claims: true"),
              ElementsAre("ofac:9", "uk:100 by same", "un:TXi.001 by 100"));
  const auto response = Sanctions("actor: 'uk:100' follow_claims: true");
  const v1::ClaimStep& by = response.party(2).by();
  EXPECT_EQ(by.claim().kind(), v1::CLAIM_KIND_TRANSPOSES);
  EXPECT_EQ(by.claim().subject().id(), "uk:100");
  EXPECT_EQ(response.party(2).entry(0).source(), "un-consolidated");
  EXPECT_THAT(Reached("actor: 'un:TXi.001' follow_claims: true " + KnownBy("2020-02-15")),
              ElementsAre("un:TXi.001", "uk:100 by 100"));
}

TEST_F(SanctionsQueryTest, ClaimsAreFollowedAFewStepsOnly) {
  std::vector<Said> said;
  for (int i = 0; i < 6; ++i) {
    said.push_back(
        Listed(absl::StrCat(i), EntryText(absl::StrCat("eu:", i), "X",
                                          absl::StrCat("claim { object { id: 'eu:", i + 1,
                                                       "' } kind: CLAIM_KIND_SAME_AS }"))));
  }
  Load("eu-fsf", "2020-01-01", said);
  EXPECT_THAT(Reached("actor: 'eu:0' follow_claims: true"),
              ElementsAre("eu:0", "eu:1 by 0", "eu:2 by 1", "eu:3 by 2"));
  EXPECT_THAT(Sanctions("actor: 'eu:0' follow_claims: true").coverage(0),
              "claims lead more than 3 steps on: not all are shown");
}

TEST_F(SanctionsQueryTest, CasesBetweenStatesHaveSendersAndTargets) {
  const std::string list =
      "sanction { part: SANCTION_PART_ENTRY target { id: 'state:IRN' printed_name: 'Iran' } "
      "target { id: 'state:MYS' printed_name: 'Malaya' } sender { id: 'state:USA' printed_name: "
      "'US' } measure { kind: MEASURE_KIND_TRADE } date { kind: SANCTION_DATE_KIND_IN_FORCE date "
      "{ year: 1990 } } ";
  Load(
      "gsdb", "2024-05-01",
      {Listed("1", list + "date { kind: SANCTION_DATE_KIND_EXPIRY date { year: 2000 } } }"),
       Listed("2", list + "date { kind: SANCTION_DATE_KIND_LAST_OBSERVED date { year: 2023 } } }")},
      "", "2023-12-31");
  EXPECT_EQ(Only("actor: 'Iran'").record(), "2");
  EXPECT_EQ(Only("actor: 'Iran'").in_force(), v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_EQ(Only("actor: 'MYS'").party().printed_name(), "Malaya");
  EXPECT_EQ(Only("actor: 'Iran' " + EffectiveOn("2023")).in_force(), v1::IN_FORCE_YES);
  EXPECT_EQ(Sanctions("actor: 'Iran' " + EffectiveOn("1995")).party(0).entry_size(), 2);
  EXPECT_THAT(Sanctions("actor: 'USA'").party(0).imposed(), IsEmpty());
  EXPECT_EQ(Sanctions("actor: 'USA' include_imposed: true").party(0).imposed_size(), 1);
  const auto ended = Sanctions("actor: 'USA' include_imposed: true include_ended: true").party(0);
  ASSERT_EQ(ended.imposed_size(), 2);
  EXPECT_EQ(ended.imposed(0).end_reason(), v1::END_REASON_EXPIRED);
}

TEST_F(SanctionsQueryTest, LinksOfOthersStandBeside) {
  Load("ofac-sdn", "2022-02-01",
       {Listed("7", EntryText("ofac:7", "TOYLAND")),
        Listed("8", EntryText("ofac:8", "SUBSIDIARY",
                              "link { other { id: 'ofac:7' printed_name: 'TOYLAND' } kind: "
                              "LINK_KIND_LINKED_TO printed_kind: 'Linked To' }"))});
  const auto party = Sanctions("actor: 'ofac:7'").party(0);
  ASSERT_EQ(party.linked_size(), 1);
  EXPECT_EQ(party.linked(0).party().id(), "ofac:8");
  EXPECT_EQ(party.linked(0).kind(), v1::LINK_KIND_LINKED_TO);
  EXPECT_THAT(Sanctions("actor: 'ofac:8'").party(0).linked(), IsEmpty());
}

TEST_F(SanctionsQueryTest, AClosedSourceIsSaidToBeClosed) {
  Load("uk-ofsi", "2025-04-10", {Listed("100", EntryText("uk:100", "ALI"))}, "", "2025-04-10");
  const v1::SanctionEntry entry = Only("actor: 'uk:100' " + EffectiveOn("2026-03-01"));
  EXPECT_EQ(entry.in_force(), v1::IN_FORCE_LAST_OBSERVED);
  EXPECT_THAT(entry.note(),
              ElementsAre("last observed 2025-04-10",
                          "the source closed on 2026-01-28: the UK Sanctions List took its place"));
  EXPECT_EQ(Only("actor: 'uk:100'").in_force(), v1::IN_FORCE_YES);
  EXPECT_THAT(Only("actor: 'uk:100'").note(), Contains(HasSubstr("closed on 2026-01-28")));
  EXPECT_THAT(Only("actor: 'uk:100' " + KnownBy("2025-12-31")).note(), IsEmpty());
}

TEST_F(SanctionsQueryTest, APrintedNameOfSeveralPartiesMeansThemAll) {
  Load("ofac-sdn", "2022-02-01", {Listed("7", EntryText("ofac:7", "TOY, Ali"))});
  Load("uk-ofsi", "2022-02-01", {Listed("100", EntryText("uk:100", "Toy Ali"))});
  EXPECT_THAT(Reached("actor: 'toy ali'"), ElementsAre("ofac:7", "uk:100"));
  EXPECT_EQ(Fails(&SanctionsStub::GetSanctions, "actor: 'nobody'").error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(Fails(&SanctionsStub::GetSanctions, "").error_message(), HasSubstr("actor: empty"));
}

TEST_F(SanctionsQueryTest, TheAnswerNamesWhatWasLookedThrough) {
  LoadHistory();
  Load("sipri-deals", "2022-01-01",
       {{"1/2000", Delivered("1", "state:RUS", "state:IND", 2000, 5)}});
  const auto response = Sanctions("actor: 'ofac:5'");
  EXPECT_THAT(response.coverage(),
              ElementsAre("ofac-sdn: whole; 4 editions, covers until 2022-04-01"));
  EXPECT_THAT(response.notice(), HasSubstr("absence from a list is no clearance"));
}

TEST_F(SanctionsQueryTest, AListedPartyHasItsNameAndKind) {
  LoadHistory();
  for (const char* text : {"ofac:7", "toyland shipping"}) {
    const auto actor = Ask(&Stub::GetActor, absl::StrCat("actor: '", text, "'")).actor();
    EXPECT_EQ(actor.id(), "ofac:7");
    EXPECT_EQ(actor.name(), "TOYLAND SHIPPING");
    EXPECT_EQ(actor.kind(), v1::ACTOR_KIND_COMPANY);
  }
  EXPECT_EQ(Ask(&Stub::FindActors, "text: 'shipp'").actor(0).name(), "TOYLAND SHIPPING");
  EXPECT_EQ(Ask(&Stub::FindActors, "text: 'OFAC:7'").actor(0).name(), "TOYLAND SHIPPING");
}

TEST_F(SanctionsQueryTest, ADossierCountsSanctions) {
  LoadHistory();
  const auto counts = [&](const std::string& request) {
    const auto response = Ask(&Stub::GetDossier, request);
    const auto& part = response.dossier(0).source(0);
    return std::pair(part.sanctions_on(), part.sanctions_by());
  };
  EXPECT_EQ(counts("actor: 'ofac:7'"), std::pair(int64_t{0}, int64_t{0}));
  EXPECT_EQ(counts("actor: 'ofac:7' " + KnownBy("2022-03-01")), std::pair(int64_t{1}, int64_t{0}));
  EXPECT_EQ(counts("actor: 'ofac:7' " + EffectiveOn("2022-03-01")),
            std::pair(int64_t{1}, int64_t{0}));
  EXPECT_EQ(counts("actor: 'USA'"), std::pair(int64_t{0}, int64_t{1}));
  EXPECT_EQ(counts("actor: 'USA' " + KnownBy("2022-03-01")), std::pair(int64_t{0}, int64_t{2}));
  // How many the list held on a date is not looked up.
  EXPECT_EQ(counts("actor: 'USA' " + EffectiveOn("2010-01-01")), std::pair(int64_t{0}, int64_t{0}));
}

}  // namespace
}  // namespace dossier
