#include "services/query/transfer_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kRegister[] = "toy-register";

std::string From(const std::string& date) {
  return absl::StrCat("from { known_by_date { ", ParseDate(date)->ShortDebugString(), " } } ");
}
std::string KnownBy(const std::string& date) {
  return absl::StrCat("read_at { cut { known_by_date { ", ParseDate(date)->ShortDebugString(),
                      " } } } ");
}

// A deal between two states, ordered in 2000; `more` says what was delivered, and how.
std::string Deal(const std::string& supplier, const std::string& recipient,
                 const std::string& designation, const std::string& more) {
  return absl::StrCat("supplier { id: 'state:", supplier, "' printed_name: '", supplier,
                      "' } recipient { id: 'state:", recipient, "' printed_name: '", recipient,
                      "' } designation: '", designation, "' order_date { year: 2000 } ", more);
}

std::string Units(int year, int number) {
  return absl::StrCat("delivery { year: ", year, " number: ", number, " } ");
}

const std::string kGrown = "delivery { year: 2001 year: 2002 number: 9 } ";

class TransferChangesTest : public QueryFixture {
 protected:
  // Two editions: one record stays, and each of the others changes in one way.
  void LoadTwo() {
    Load(kRegister, "2024-03-18",
         {{"a/stays", Deal("FRA", "IND", "Toy-1", Units(2001, 4))},
          {"b/grows", Deal("FRA", "IND", "Toy-2", Units(2001, 4))},
          {"c/flag", Deal("FRA", "EGY", "Toy-3", Units(2001, 4))},
          {"d/words", Deal("RUS", "IND", "Toy-4", Units(2001, 4) + "comment: 'for navy'")},
          {"e/goes", Deal("RUS", "IND", "Toy-5", "number_ordered: 7 " + Units(2003, 7))},
          {"f/open", Deal("RUS", "EGY", "Toy-6", "number_ordered: 24")}});
    Load(kRegister, "2025-03-13",
         {{"b/grows", Deal("FRA", "IND", "Toy-2", kGrown)},
          {"c/flag", Deal("FRA", "EGY", "Toy-3",
                          "delivery { year: 2001 number: 4 number_is_estimate: true }")},
          {"d/words", Deal("RUS", "IND", "Toy-4",
                           "comment: 'for the navy' delivery { year: 2001 "
                           "number: 4 number_is_estimate: true }")},
          {"e/goes", ""},
          {"g/comes", Deal("RUS", "IND", "Toy-5M", "number_ordered: 7 " + Units(2003, 7))}},
         "delivery_year_from: 1950 delivery_year_to: 2024 deliveries_only: true");
  }
  // Reads an edition anew by adapter version 2: these statements at its stamp, as one unit.
  uint64_t ReadAnew(const std::string& publish_date, const std::vector<Said>& said) {
    std::vector<v1::LogEntry> unit(1);
    v1::EditionLoaded& loaded = *unit[0].mutable_edition_loaded();
    loaded.set_edition_id(Sha256(kRegister + publish_date).substr(0, 16));
    loaded.set_source(kRegister);
    *loaded.mutable_stamp() = StampOf(publish_date);
    loaded.set_adapter_version(2);
    loaded.set_load(2);
    for (const Said& one : said) AddAnew(loaded, one, unit.emplace_back().mutable_event());
    return Append(unit);
  }
  v1::ListTransferChangesResponse Changes(const std::string& request) {
    return Ask(&RevisionsStub::ListTransferChanges,
               absl::StrCat("source: '", kRegister, "' ", request));
  }
  // "RECORD VERB CLASS+CLASS" of all pages.
  std::vector<std::string> All(const std::string& request) {
    std::vector<std::string> told;
    std::string token;
    for (int pages = 0; pages < 1'000; ++pages) {
      const auto page = Changes(absl::StrCat(request, " page_token: '", token, "'"));
      for (const v1::TransferChange& change : page.change()) told.push_back(Told(change));
      token = page.next_page_token();
      if (token.empty()) break;
    }
    return told;
  }
  static std::string Told(const v1::TransferChange& change) {
    std::vector<std::string> classes;
    for (int one : change.change_class()) {
      classes.push_back(v1::ChangeClass_Name(one).substr(sizeof "CHANGE_CLASS_" - 1));
    }
    return absl::StrCat(change.record(), " ", v1::Verb_Name(change.verb()).substr(5),
                        classes.empty() ? "" : " ", absl::StrJoin(classes, "+"));
  }
  // "VERB count" and "CLASS count/alone".
  static std::vector<std::string> Counts(const v1::ListTransferChangesResponse& response) {
    std::vector<std::string> counts;
    for (const v1::VerbCount& count : response.verb_count()) {
      counts.push_back(absl::StrCat(v1::Verb_Name(count.verb()).substr(5), " ", count.count()));
    }
    for (const v1::ClassCount& count : response.class_count()) {
      counts.push_back(absl::StrCat(
          v1::ChangeClass_Name(count.change_class()).substr(sizeof "CHANGE_CLASS_" - 1), " ",
          count.count(), "/", count.alone()));
    }
    return counts;
  }
  std::string Error(const std::string& request) {
    return Fails(&RevisionsStub::ListTransferChanges, request).error_message();
  }

 private:
  static v1::PublishStamp StampOf(const std::string& publish_date) {
    v1::PublishStamp stamp = *ParsePublishStamp(publish_date, v1::BASIS_STATED);
    stamp.set_tie("fixture!");
    return stamp;
  }
  void AddAnew(const v1::EditionLoaded& loaded, const Said& said, v1::Event* event) {
    event->set_id(Sha256(absl::StrCat("anew ", ++read_anew_)).substr(0, 16));
    event->set_source(kRegister);
    event->set_record(said.record);
    event->set_edition_id(loaded.edition_id());
    *event->mutable_stamp() = loaded.stamp();
    event->set_cause(v1::CAUSE_REPARSED);
    event->set_adapter_version(2);
    if (said.is_void) {
      event->mutable_void_();
      return;
    }
    v1::Present& present = *event->mutable_present();
    ASSERT_TRUE(
        google::protobuf::TextFormat::ParseFromString(said.transfer, present.mutable_transfer()));
    event->set_content_digest(Sha256(CanonicalEncoding(present)).substr(0, 16));
  }

  int read_anew_ = 0;
};

TEST_F(TransferChangesTest, EachRecordThatDiffersIsToldWithItsClasses) {
  LoadTwo();
  const std::string request = From("2024-12-31");
  EXPECT_THAT(All(request), ElementsAre("b/grows REVISED NEW_DELIVERIES", "c/flag REVISED FLAG",
                                        "d/words REVISED REWORDING+FLAG", "e/goes WITHDRAWN",
                                        "g/comes REPORTED"));
  EXPECT_EQ(All(request + "page_size: 1"), All(request));
  EXPECT_THAT(Counts(Changes(request)),
              ElementsAre("REPORTED 1", "REVISED 3", "WITHDRAWN 1", "NEW_DELIVERIES 1/1",
                          "REWORDING 1/0", "FLAG 2/1"));
}

TEST_F(TransferChangesTest, AChangeHasItsPartiesItsFieldsAndItsPlaces) {
  LoadTwo();
  const auto response = Changes(From("2024-12-31"));
  ASSERT_EQ(response.change_size(), 5);
  const v1::TransferChange& grown = response.change(0);
  EXPECT_EQ(grown.supplier().id(), "state:FRA");
  EXPECT_EQ(grown.recipient().printed_name(), "IND");
  EXPECT_EQ(grown.designation(), "Toy-2");
  EXPECT_EQ(grown.order_date().year(), 2000);
  ASSERT_EQ(grown.change_size(), 2);
  EXPECT_EQ(grown.change(1).ShortDebugString(),
            "field: \"delivery[0].number\" before: \"4\" after: \"9\"");
  EXPECT_EQ(PrintPublishStamp(grown.before().stamp()), "2024-03-18");
  EXPECT_EQ(PrintPublishStamp(grown.after().stamp()), "2025-03-13");
  const v1::TransferChange& gone = response.change(3);
  EXPECT_EQ(gone.designation(), "Toy-5");
  EXPECT_EQ(PrintPublishStamp(gone.after().stamp()), "2025-03-13");
  EXPECT_EQ(gone.change(0).after(), "");
  const v1::TransferChange& new_one = response.change(4);
  EXPECT_FALSE(new_one.has_before());
  EXPECT_EQ(new_one.change(0).before(), "");
  EXPECT_EQ(response.from().cut().ShortDebugString(),
            "known_by_date { year: 2024 month: 12 day: 31 }");
  EXPECT_EQ(response.from().sequence(), response.answered_at().sequence());
}

TEST_F(TransferChangesTest, WhatTheNewestEditionDoesNotCoverIsCountedAndNotWithdrawn) {
  LoadTwo();
  const auto response = Changes(From("2024-12-31"));
  EXPECT_EQ(response.outside_newest_scope(), 1u);
  EXPECT_EQ(response.newest_scope(), "delivery year 1950..2024 & deliveries only");
  EXPECT_EQ(Changes(From("2024-12-31") + "filter { supplier: 'FRA' }").outside_newest_scope(), 0u);
  EXPECT_EQ(Changes(From("2024-12-31") + "filter { verb: VERB_REPORTED actor: 'EGY' }")
                .outside_newest_scope(),
            1u);
  const auto before = Changes(From("2024-01-01") + KnownBy("2024-12-31"));
  EXPECT_EQ(before.outside_newest_scope(), 0u);
  EXPECT_EQ(before.newest_scope(), "whole");
}

TEST_F(TransferChangesTest, WhatCameAndWentWithTheSameNumbersIsSaidToResemble) {
  LoadTwo();
  const auto response = Changes(From("2024-12-31"));
  ASSERT_EQ(response.change_size(), 5);
  EXPECT_THAT(response.change(3).resembles(), ElementsAre("g/comes"));
  EXPECT_THAT(response.change(4).resembles(), ElementsAre("e/goes"));
  EXPECT_THAT(response.change(0).resembles(), IsEmpty());
}

TEST_F(TransferChangesTest, OtherNumbersYearsOrPartiesDoNotResemble) {
  const std::string same = "number_ordered: 7 " + Units(2003, 3) + Units(2005, 4);
  Load(kRegister, "2024-01-01", {{"gone", Deal("RUS", "IND", "Toy", same)}});
  Load(kRegister, "2025-01-01",
       {{"gone", ""},
        {"number",
         Deal("RUS", "IND", "Toy-a", "number_ordered: 8 " + Units(2003, 3) + Units(2005, 4))},
        {"split",
         Deal("RUS", "IND", "Toy-b", "number_ordered: 7 " + Units(2003, 4) + Units(2005, 3))},
        {"year",
         Deal("RUS", "IND", "Toy-c", "number_ordered: 7 " + Units(2003, 3) + Units(2006, 4))},
        {"party", Deal("RUS", "EGY", "Toy-d", same)}});
  const auto response = Changes(From("2024-12-31"));
  EXPECT_EQ(response.change_size(), 5);
  for (const v1::TransferChange& change : response.change()) {
    EXPECT_THAT(change.resembles(), IsEmpty()) << change.record();
  }
  Load(kRegister, "2025-02-01",
       {{"t1", Deal("RUS", "IND", "Toy-1", same)},
        {"t2", Deal("RUS", "IND", "Toy-2", same)},
        {"t3", Deal("RUS", "IND", "Toy-3", same)},
        {"t4", Deal("RUS", "IND", "Toy-4", same)}});
  EXPECT_THAT(Changes(From("2024-12-31") + "filter { verb: VERB_WITHDRAWN }").change(0).resembles(),
              ElementsAre("t1", "t2", "t3"));
}

TEST_F(TransferChangesTest, OfAnotherOrderYearOnlyTheSameDesignationResembles) {
  const auto ordered = [](int year, const std::string& designation) {
    return absl::StrCat("supplier { id: 'state:USA' } recipient { id: 'state:IND' } designation: '",
                        designation, "' order_date { year: ", year, " } number_ordered: 31");
  };
  Load(kRegister, "2024-01-01", {{"gone", ordered(2023, "MQ-9A Reaper")}});
  Load(kRegister, "2025-01-01",
       {{"gone", ""}, {"again", ordered(2024, "MQ-9A")}, {"other", ordered(2024, "P-8I")}});
  const auto response = Changes(From("2024-12-31"));
  ASSERT_EQ(response.change_size(), 3);
  EXPECT_THAT(response.change(0).resembles(), ElementsAre("gone"));
  EXPECT_THAT(response.change(1).resembles(), ElementsAre("again"));
  EXPECT_THAT(response.change(2).resembles(), IsEmpty());
}

TEST_F(TransferChangesTest, WithoutANumberNothingResembles) {
  Load(kRegister, "2024-01-01", {{"gone", Deal("RUS", "IND", "Toy", "")}});
  Load(kRegister, "2025-01-01", {{"gone", ""}, {"new", Deal("RUS", "IND", "Doll", "")}});
  const auto response = Changes(From("2024-12-31"));
  ASSERT_EQ(response.change_size(), 2);
  EXPECT_THAT(response.change(0).resembles(), IsEmpty());
  EXPECT_THAT(response.change(1).resembles(), IsEmpty());
}

TEST_F(TransferChangesTest, ARecordThatOnlyMovedResemblesNothing) {
  Load(kRegister, "2024-01-01", {{"moves", Deal("RUS", "IND", "Toy", Units(2003, 3))}});
  Load(kRegister, "2025-01-01",
       {{"moves", Deal("RUS", "EGY", "Toy", Units(2003, 3))},
        {"new", Deal("RUS", "IND", "Toy-2", Units(2003, 3))}});
  const auto response = Changes(From("2024-12-31"));
  ASSERT_EQ(response.change_size(), 2);
  EXPECT_EQ(Told(response.change(0)), "moves REVISED PARTY");
  EXPECT_THAT(response.change(1).resembles(), IsEmpty());
}

TEST_F(TransferChangesTest, PartiesAreThoseOfEitherCut) {
  LoadTwo();
  const auto filtered = [&](const std::string& filter) {
    const std::string request = absl::StrCat(From("2024-12-31"), "filter { ", filter, " } ");
    EXPECT_EQ(All(request + "page_size: 1"), All(request));
    return All(request);
  };
  EXPECT_THAT(filtered("supplier: 'Russia'"), ElementsAre("d/words REVISED REWORDING+FLAG",
                                                          "e/goes WITHDRAWN", "g/comes REPORTED"));
  EXPECT_THAT(filtered("supplier: 'FRA' recipient: 'EGY'"), ElementsAre("c/flag REVISED FLAG"));
  EXPECT_THAT(filtered("actor: 'EGY'"), ElementsAre("c/flag REVISED FLAG"));
  Load(kRegister, "2025-06-01", {{"c/flag", Deal("FRA", "SAU", "Toy-3", Units(2001, 4))}});
  EXPECT_THAT(filtered("recipient: 'EGY'"), ElementsAre("c/flag REVISED PARTY"));
  EXPECT_THAT(filtered("recipient: 'SAU'"), ElementsAre("c/flag REVISED PARTY"));
  EXPECT_THAT(filtered("recipient: 'SAU' supplier: 'RUS'"), IsEmpty());
}

TEST_F(TransferChangesTest, ClassesAskForRevisions) {
  LoadTwo();
  const auto filtered = [&](const std::string& filter) {
    const std::string request = absl::StrCat(From("2024-12-31"), "filter { ", filter, " } ");
    EXPECT_EQ(All(request + "page_size: 1"), All(request));
    return All(request);
  };
  const std::string flag = "change_class: CHANGE_CLASS_FLAG ";
  EXPECT_THAT(filtered(flag), ElementsAre("c/flag REVISED FLAG", "d/words REVISED REWORDING+FLAG"));
  EXPECT_THAT(filtered(flag + "no_other_class: true"), ElementsAre("c/flag REVISED FLAG"));
  EXPECT_THAT(filtered(flag + "change_class: CHANGE_CLASS_REWORDING no_other_class: true"),
              ElementsAre("c/flag REVISED FLAG", "d/words REVISED REWORDING+FLAG"));
  EXPECT_THAT(
      filtered(flag + "verb: VERB_REVISED verb: VERB_WITHDRAWN"),
      ElementsAre("c/flag REVISED FLAG", "d/words REVISED REWORDING+FLAG", "e/goes WITHDRAWN"));
  EXPECT_THAT(filtered("verb: VERB_REPORTED"), ElementsAre("g/comes REPORTED"));
  // Counts are of what passes.
  EXPECT_THAT(Counts(Changes(From("2024-12-31") + "filter { no_other_class: true " + flag + "}")),
              ElementsAre("REVISED 1", "FLAG 1/1"));
}

TEST_F(TransferChangesTest, WhatCameBackIsSaidSo) {
  LoadTwo();
  Load(kRegister, "2025-10-23",
       {{"e/goes", Deal("RUS", "IND", "Toy-5", "number_ordered: 7 " + Units(2003, 7))}});
  EXPECT_THAT(All(From("2025-06-01")), ElementsAre("e/goes CAME_BACK"));
  // Gone and back again between the cuts is no change.
  EXPECT_THAT(Counts(Changes(From("2024-12-31")))[1], "REVISED 3");
}

TEST_F(TransferChangesTest, ANewReadingIsNoChangeAtTheSource) {
  LoadTwo();
  const uint64_t before = views_->position().sequence;
  ReadAnew("2025-03-13",
           {{"b/grows", Deal("FRA", "IND", "Toy-2", kGrown + "category: 'Toys'")},
            {"e/goes", "", /*is_void=*/true},
            {"g/comes", "", /*is_void=*/true},
            {"g/key", Deal("RUS", "IND", "Toy-5M", "number_ordered: 7 " + Units(2003, 7))}});
  const std::string since = absl::StrCat("from { sequence: ", before, " } ");
  EXPECT_THAT(All(since), ElementsAre("b/grows REVISED REPARSED", "e/goes CAME_BACK REPARSED",
                                      "g/comes WITHDRAWN REPARSED", "g/key REPORTED REPARSED"));
  EXPECT_THAT(All(since + "filter { change_class: CHANGE_CLASS_REPARSED verb: VERB_REVISED }"),
              ElementsAre("b/grows REVISED REPARSED"));
  EXPECT_THAT(All(since + "filter { change_class: CHANGE_CLASS_FLAG }"), IsEmpty());
  // From the edition before, it is the source that changed: read by another adapter.
  EXPECT_THAT(
      All(From("2024-12-31")),
      ElementsAre("b/grows REVISED NEW_DELIVERIES+DESIGNATION+OTHER_ADAPTER", "c/flag REVISED FLAG",
                  "d/words REVISED REWORDING+FLAG", "g/key REPORTED"));
}

TEST_F(TransferChangesTest, AnEditionThatWasNotKnownIsNoNewReading) {
  Load(kRegister, "2024-03-18", {{"a", Deal("FRA", "IND", "Toy-1", Units(2001, 4))}});
  const uint64_t before = views_->position().sequence;
  Load(kRegister, "2025-03-13", {{"a", Deal("FRA", "IND", "Toy-1", Units(2001, 6))}});
  ReadAnew("2025-03-13", {{"a", Deal("FRA", "IND", "Toy-1", Units(2001, 7))},
                          {"b", Deal("FRA", "IND", "Toy-2", Units(2001, 7))}});
  EXPECT_THAT(All(absl::StrCat("from { sequence: ", before, " } ")),
              ElementsAre("a REVISED NEW_DELIVERIES+OTHER_ADAPTER", "b REPORTED"));
}

TEST_F(TransferChangesTest, WhatASequenceAddedIsToldByItsCause) {
  LoadTwo();
  const uint64_t before = views_->position().sequence;
  // A retraction changes what is held as well; it is no new reading.
  Retract(kRegister, "2025-03-13", {"b/grows", "c/flag", "d/words", "e/goes", "g/comes"});
  EXPECT_THAT(
      All(absl::StrCat("from { sequence: ", before, " } ")),
      ElementsAre("b/grows REVISED REVISED_COUNT+REVISED_DATE", "c/flag REVISED FLAG",
                  "d/words REVISED REWORDING+FLAG", "e/goes CAME_BACK", "g/comes WITHDRAWN"));
  EXPECT_FALSE(Changes(absl::StrCat("from { sequence: ", before, " } ")).change(4).has_after());
}

TEST_F(TransferChangesTest, LaterPagesKeepBothCuts) {
  LoadTwo();
  const std::string request = "page_size: 2 " + From("2024-12-31");
  const auto first = Changes(request);
  Load(kRegister, "2025-10-23", {{"d/words", ""}, {"e/goes", ""}, {"g/comes", ""}});
  const auto second = Changes(absl::StrCat(request, "page_token: '", first.next_page_token(), "'"));
  ASSERT_EQ(second.change_size(), 2);
  EXPECT_EQ(Told(second.change(0)), "d/words REVISED REWORDING+FLAG");
  EXPECT_EQ(Counts(second), Counts(first));
  EXPECT_EQ(second.outside_newest_scope(), first.outside_newest_scope());
  EXPECT_EQ(second.newest_scope(), first.newest_scope());
  EXPECT_EQ(second.from().sequence(), first.from().sequence());
}

TEST_F(TransferChangesTest, MoreRecordsThanAStretchAreAllCounted) {
  std::vector<Said> first, second;
  for (int i = 0; i < 3'000; ++i) {
    const std::string record = absl::StrCat("r/", 10'000 + i);
    first.push_back({record, Deal("FRA", "IND", absl::StrCat("Toy-", i), Units(2001, 1))});
    second.push_back({record, Deal("FRA", "IND", absl::StrCat("Toy-", i), Units(2001, 2))});
  }
  second.push_back({"r/10500", ""});
  second.erase(second.begin() + 500);
  Load(kRegister, "2024-01-01", first);
  Load(kRegister, "2025-01-01", second);
  const auto response = Changes(From("2024-12-31"));
  EXPECT_THAT(Counts(response),
              ElementsAre("REVISED 2999", "WITHDRAWN 1", "NEW_DELIVERIES 2999/2999"));
  EXPECT_EQ(All(From("2024-12-31") + "page_size: 700").size(), 3'000u);
  EXPECT_THAT(All(From("2024-12-31") + "page_size: 1 filter { verb: VERB_WITHDRAWN }"),
              ElementsAre("r/10500 WITHDRAWN"));
}

TEST_F(TransferChangesTest, RecordsThatAreNoTransfersAreLeftOut) {
  const std::string feed = "analyst:anna";
  Report(feed, "2024-01-01", {{"deal", Deal("FRA", "IND", "Toy-1", Units(2001, 4))}});
  Report(feed, "2025-01-01",
         {{"deal", Deal("FRA", "IND", "Toy-1", Units(2001, 5))},
          {"troops", "", false,
           "deployment { sender { id: 'state:PRK' } supported { id: 'state:RUS' } }"}});
  const auto response = Ask(&RevisionsStub::ListTransferChanges,
                            absl::StrCat("source: '", feed, "' ", From("2024-12-31")));
  ASSERT_EQ(response.change_size(), 1);
  EXPECT_EQ(Told(response.change(0)), "deal REVISED NEW_DELIVERIES");
  EXPECT_EQ(response.newest_scope(), "");
  Report("analyst:otto", "2025-01-01",
         {{"troops", "", false,
           "deployment { sender { id: 'state:PRK' } supported { id: 'state:RUS' } }"}});
  EXPECT_THAT(Error("source: 'analyst:otto' from {}"),
              HasSubstr("source: \"analyst:otto\" has no transfers"));
}

TEST_F(TransferChangesTest, WhatCannotBeAskedIsRefusedByField) {
  LoadTwo();
  const std::string source = "source: 'toy-register' ";
  EXPECT_THAT(Error(From("2022")), HasSubstr("source: empty"));
  EXPECT_THAT(Error(source), HasSubstr("from: not given"));
  EXPECT_THAT(Error("source: 'nobody' from {}"), HasSubstr("source: \"nobody\""));
  EXPECT_THAT(Error(source + "from {} page_size: 1001"), HasSubstr("page_size: 1001"));
  EXPECT_THAT(Error(source + "from { sequence: 999999 }"), HasSubstr("from.sequence"));
  EXPECT_THAT(Error(source + From("2025-03-13") + KnownBy("2024-03-18")),
              HasSubstr("from: it is the later cut: published by 2025-03-13, sequence "));
  EXPECT_THAT(Error(source + "from {} filter { supplier: 'Atlantis' }"),
              HasSubstr("filter.supplier"));
  EXPECT_THAT(Error(source + "from {} filter { verb: VERB_REVISED verb: VERB_VOIDED }"),
              HasSubstr("filter.verb[1]: 6; expected one of REPORTED"));
  EXPECT_THAT(Error(source + "from {} filter { change_class: CHANGE_CLASS_UNSPECIFIED }"),
              HasSubstr("filter.change_class[0]: 0; expected a class of 1 to 13"));
  EXPECT_THAT(Error(source + "from {} filter { no_other_class: true }"),
              HasSubstr("filter.no_other_class: set without change_class"));
}

}  // namespace
}  // namespace dossier
