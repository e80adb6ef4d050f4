#include "services/ingest/loader.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/status_details.h"
#include "tests/ingest/ingest_fixture.h"
#include "tests/ingest/second_formats.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Row Deal(const std::string& deal, const std::string& number, int year = 2001) {
  Row row;
  row.deal = deal;
  row.number = number;
  row.year = year;
  return row;
}

class LoaderTest : public IngestFixture {
 protected:
  // Loads, expects that it goes well, and returns the counts.
  std::string Counts(const std::string& bytes) {
    Loaded loaded = Load(bytes);
    EXPECT_TRUE(loaded.status.ok()) << loaded.status;
    last_ = loaded.report;
    return loaded.Counts();
  }

  std::vector<std::string> LastEntries() {
    return Entries(last_.first_sequence(), last_.last_sequence());
  }

  absl::StatusOr<v1::RetractEditionResponse> Retract(const v1::LoadReport& report) {
    auto retracted = loader_->Retract(report.edition().edition_id(), "loaded by mistake");
    if (retracted.ok()) {
      last_.set_first_sequence(retracted->first_sequence());
      last_.set_last_sequence(retracted->last_sequence());
    }
    return retracted;
  }

  v1::LoadReport last_;
};

TEST_F(LoaderTest, AFirstEditionIsPublishedWhole) {
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2020", {Deal("1002", "2"), Deal("1001", "9")})),
            "read 2 = published 2 + unchanged 0 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_THAT(LastEntries(), ElementsAre("loaded", "present 1001/2001 at 2020-01-01: 9",
                                         "present 1002/2001 at 2020-01-01: 2"));
  EXPECT_EQ(last_.edition().load(), 1u);
  EXPECT_EQ(last_.scope(), "delivery year 1950..2024 & deliveries only");
  EXPECT_EQ(PrintDate(last_.edition().covers_until()), "2001-12-31");
}

TEST_F(LoaderTest, AnEventSaysWhereItStands) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Deal("1002", "2"), Deal("1001", "9")});
  Counts(bytes);
  const v1::Event event = EventKnown("1001/2001", "2020");
  EXPECT_EQ(event.locator().line(), 6u);
  EXPECT_EQ(event.locator().line_end(), 6u);
  EXPECT_EQ(event.locator().file_name(), "register.csv");
  EXPECT_EQ(event.locator().bytes_digest(), Sha256(bytes));
  EXPECT_EQ(event.cause(), v1::CAUSE_SOURCE);
  EXPECT_EQ(event.adapter_version(), 1u);
  EXPECT_EQ(event.stamp().basis(), v1::BASIS_GENERATED);
  EXPECT_EQ(event.stamp().tie(), Sha256(bytes).substr(0, 8));
  EXPECT_EQ(event.edition_id(), last_.edition().edition_id());
  EXPECT_EQ(event.id().size(), 16u);
  EXPECT_EQ(event.content_digest(), ContentDigest(event));
}

TEST_F(LoaderTest, ALaterEditionAppendsTheDifference) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2"), Deal("1003", "3")}));
  EXPECT_EQ(
      Counts(SipriEdition("1 Jan 2021", {Deal("1001", "9"), Deal("1002", "5"), Deal("1004", "4")})),
      "read 3 = published 2 + unchanged 1 + rejected 0; absent 1, restated 0, voided 0");
  EXPECT_THAT(LastEntries(),
              ElementsAre("loaded", "present 1002/2001 at 2021-01-01: 5",
                          "absent 1003/2001 at 2021-01-01", "present 1004/2001 at 2021-01-01: 4"));
  EXPECT_EQ(Known("1003/2001", "2020"), "3");
  EXPECT_EQ(Known("1003/2001", "2021"), "absent");
}

TEST_F(LoaderTest, AnEditionThatChangesNothingIsStillLoaded) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2021", {Deal("1001", "9")})),
            "read 1 = published 0 + unchanged 1 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_THAT(LastEntries(), ElementsAre("loaded"));
}

TEST_F(LoaderTest, WhatLiesOutsideTheScopeIsNotWithdrawn) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9", 1999), Deal("1002", "2", 2001)}));
  Row to_ukraine = Deal("1003", "3");
  to_ukraine.recipient = "Ukraine";
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2021", {to_ukraine}, "'1950' to '2024'", "Ukraine")),
            "read 1 = published 1 + unchanged 0 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2022", {Deal("1009", "1", 2000)}, "'2000' to '2001'")),
            "read 1 = published 1 + unchanged 0 + rejected 0; absent 2, restated 0, voided 0");
  EXPECT_EQ(Known("1001/1999", "2022"), "9");
  EXPECT_EQ(Known("1002/2001", "2022"), "absent");
}

TEST_F(LoaderTest, TheSameEditionTwiceIsAlreadyLoaded) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Deal("1001", "9")});
  Counts(bytes);
  const uint64_t head = Head();
  EXPECT_EQ(Counts(bytes),
            "read 1 = published 0 + unchanged 1 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_TRUE(last_.already_loaded());
  EXPECT_EQ(last_.first_sequence(), 0u);
  EXPECT_EQ(Head(), head);
}

TEST_F(LoaderTest, TwoEditionsOfOneDayAreBothLoaded) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  v1::LoadOptions options;
  options.set_ordinal(1);
  const Loaded second = Load(SipriEdition("1 Jan 2020", {Deal("1001", "8")}), options);
  ASSERT_TRUE(second.status.ok()) << second.status;
  EXPECT_EQ(Known("1001/2001", "2020"), "8");
}

TEST_F(LoaderTest, ALateEditionMakesALaterOneSayWhatItHadLeftUnsaid) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2")}));
  const std::string later = SipriEdition("1 Jan 2022", {Deal("1002", "2"), Deal("1001", "9")});
  Counts(later);
  const v1::EditionLoaded edition = last_.edition();
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2021", {Deal("1002", "2")})),
            "read 1 = published 0 + unchanged 1 + rejected 0; absent 1, restated 1, voided 0");
  EXPECT_THAT(LastEntries(), ElementsAre("loaded", "present 1001/2001 at 2022-01-01: 9",
                                         "absent 1001/2001 at 2021-01-01"));
  EXPECT_EQ(Known("1001/2001", "2020"), "9");
  EXPECT_EQ(Known("1001/2001", "2021"), "absent");
  EXPECT_EQ(Known("1001/2001", "2022"), "9");

  const v1::Event restated = EventKnown("1001/2001", "2022");
  EXPECT_EQ(restated.edition_id(), edition.edition_id());
  EXPECT_EQ(restated.locator().bytes_digest(), Sha256(later));
  EXPECT_EQ(restated.locator().line(), 6u);  // where the later edition has it
  EXPECT_EQ(restated.cause(), v1::CAUSE_LATE_EDITION);
  EXPECT_EQ(EventKnown("1001/2001", "2021").cause(), v1::CAUSE_LATE_EDITION);
  EXPECT_THAT(last_.warning(), Not(Contains(HasSubstr("without a line"))));
}

TEST_F(LoaderTest, ALateEditionOutsideTheScopeOfLaterOnesIsNews) {
  Row to_ukraine = Deal("1003", "3");
  to_ukraine.recipient = "Ukraine";
  Counts(SipriEdition("1 Jan 2022", {to_ukraine}, "'1950' to '2024'", "Ukraine"));
  Counts(SipriEdition("1 Jan 2021", {Deal("1001", "9"), to_ukraine}));
  EXPECT_EQ(EventKnown("1001/2001", "2021").cause(), v1::CAUSE_SOURCE);
  EXPECT_EQ(EventKnown("1003/2001", "2021").cause(), v1::CAUSE_LATE_EDITION);
}

TEST_F(LoaderTest, WithoutTheArchivedBytesARestatementHasNoLine) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  Counts(SipriEdition("1 Jan 2022", {Deal("1001", "9")}));
  std::filesystem::remove_all(dir_.path() + "/archive");
  RestartIngest();
  Counts(SipriEdition("1 Jan 2021", {Deal("1002", "2")}));
  EXPECT_EQ(Known("1001/2001", "2022"), "9");
  EXPECT_EQ(EventKnown("1001/2001", "2022").locator().line(), 0u);
  EXPECT_THAT(last_.warning(), Contains(HasSubstr("without a line")));
}

TEST_F(LoaderTest, AnyOrderGivesTheSameKnowledge) {
  std::vector<std::string> editions = {
      SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2")}),
      SipriEdition("1 Jan 2021", {Deal("1002", "2"), Deal("1003", "7", 1999)}, "'1950' to '2010'"),
      SipriEdition("1 Jan 2022", {Deal("1001", "9", 2000)}, "'2000' to '2001'"),
      SipriEdition("1 Jan 2023", {Deal("1001", "9"), Deal("1002", "3"), Deal("1003", "7", 1999)}),
  };
  std::vector<size_t> order = {0, 1, 2, 3};
  std::vector<std::string> expected;
  do {
    TearDown();
    views_.reset();
    log_.reset();
    embedded_.reset();
    std::filesystem::remove_all(dir_.path());
    std::filesystem::create_directories(dir_.path());
    SetUp();
    for (size_t i : order) Counts(editions[i]);
    std::vector<std::string> known;
    for (const char* record : {"1001/2001", "1002/2001", "1003/1999", "1001/2000"}) {
      for (const char* year : {"2019", "2020", "2021", "2022", "2023"}) {
        // Never heard of and absent from the start are one knowledge.
        const std::string said = Known(record, year);
        known.push_back(said == "unknown" ? "absent" : said);
      }
    }
    if (expected.empty()) expected = known;
    EXPECT_EQ(known, expected) << testing::PrintToString(order);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(LoaderTest, ADryRunAppendsNothing) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  const uint64_t head = Head();
  v1::LoadOptions options;
  options.set_dry_run(true);
  const Loaded dry = Load(SipriEdition("1 Jan 2021", {Deal("1001", "8")}), options);
  ASSERT_TRUE(dry.status.ok()) << dry.status;
  EXPECT_EQ(dry.Counts(),
            "read 1 = published 1 + unchanged 0 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_TRUE(dry.report.dry_run());
  EXPECT_EQ(dry.report.first_sequence(), 0u);
  EXPECT_EQ(Head(), head);
}

TEST_F(LoaderTest, RejectedRecordsAreNamedAndTheLogIsUntouched) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  const uint64_t head = Head();
  const Loaded refused =
      Load(SipriEdition("1 Jan 2021", {Deal("1001", "nine"), Deal("1002", "2")}));
  EXPECT_TRUE(absl::IsInvalidArgument(refused.status)) << refused.status;
  EXPECT_THAT(std::string(refused.status.message()),
              HasSubstr("register.csv: 1 of 2 records cannot be read"));
  ASSERT_EQ(FieldViolationsOf(refused.status).field_violations_size(), 1);
  EXPECT_THAT(FieldViolationsOf(refused.status).field_violations(0).field(), HasSubstr("line 5"));
  EXPECT_EQ(refused.Counts(),
            "read 2 = published 0 + unchanged 0 + rejected 1; absent 0, restated 0, voided 0");
  ASSERT_EQ(refused.report.rejection_size(), 1);
  EXPECT_EQ(refused.report.rejection(0).field(), "Numbers delivered");
  EXPECT_EQ(Head(), head);
}

TEST_F(LoaderTest, AnEditionWithRejectedRecordsEndsNothing) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2"), Deal("1003", "3")}));
  v1::LoadOptions options;
  options.set_accept_rejected(true);
  const Loaded loaded =
      Load(SipriEdition("1 Jan 2021", {Deal("1001", "nine"), Deal("1002", "5")}), options);
  ASSERT_TRUE(loaded.status.ok()) << loaded.status;
  EXPECT_EQ(loaded.Counts(),
            "read 2 = published 1 + unchanged 0 + rejected 1; absent 0, restated 0, voided 0");
  EXPECT_THAT(loaded.report.scope(), HasSubstr("additions only"));
  EXPECT_THAT(loaded.report.warning(), Contains(HasSubstr("is not taken as ended")));
  EXPECT_EQ(Known("1001/2001", "2021"), "9");
  EXPECT_EQ(Known("1002/2001", "2021"), "5");
  EXPECT_EQ(Known("1003/2001", "2021"), "3");
}

TEST_F(LoaderTest, ARecordThatStandsTwiceIsRejectedWhole) {
  v1::LoadOptions options;
  options.set_accept_rejected(true);
  const Loaded loaded =
      Load(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2"), Deal("1001", "8")}),
           options);
  ASSERT_TRUE(loaded.status.ok()) << loaded.status;
  EXPECT_EQ(loaded.Counts(),
            "read 3 = published 1 + unchanged 0 + rejected 2; absent 0, restated 0, voided 0");
  ASSERT_EQ(loaded.report.rejection_size(), 2);
  EXPECT_EQ(loaded.report.rejection(0).line(), 5u);
  EXPECT_EQ(loaded.report.rejection(1).line(), 7u);
  EXPECT_EQ(Known("1001/2001", "2020"), "unknown");
}

TEST_F(LoaderTest, WhatARejectedRecordLeavesUnknownDoesNotDependOnTheOrder) {
  v1::LoadOptions options;
  options.set_accept_rejected(true);
  const std::string older = SipriEdition("1 Jan 2020", {Deal("1001", "9")});
  const std::string damaged = SipriEdition("1 Jan 2021", {Deal("1001", "nine"), Deal("1002", "5")});
  ASSERT_TRUE(Load(damaged, options).status.ok());
  Counts(older);
  EXPECT_EQ(Known("1001/2001", "2021"), "9");
  EXPECT_EQ(Known("1002/2001", "2021"), "5");
}

TEST_F(LoaderTest, UnresolvedNamesAreListedAndKept) {
  Row odd = Deal("1001", "9");
  odd.supplier = "Atlantis";
  Counts(SipriEdition("1 Jan 2020", {Deal("1002", "2"), odd, Deal("1003", "3")}));
  ASSERT_EQ(last_.unresolved_size(), 1);
  EXPECT_EQ(last_.unresolved(0).name(), "Atlantis");
  EXPECT_EQ(last_.unresolved(0).records(), 1u);
  EXPECT_EQ(last_.unresolved(0).first_line(), 6u);
  EXPECT_EQ(EventKnown("1001/2001", "2020").present().transfer().supplier().id(),
            last_.unresolved(0).actor_id());
}

TEST_F(LoaderTest, AColumnThatEmptiesAndManyAbsencesAreWarnedOf) {
  std::vector<Row> rows;
  for (int i = 0; i < 40; ++i) rows.push_back(Deal(std::to_string(2000 + i), "9"));
  Counts(SipriEdition("1 Jan 2020", rows));
  EXPECT_THAT(last_.warning(), Not(Contains(HasSubstr("known"))));
  rows.resize(30);
  for (Row& row : rows) row.number_is_estimate = "No";
  Counts(SipriEdition("1 Jan 2021", rows));
  EXPECT_THAT(last_.warning(), Contains(HasSubstr("number delivered is estimate: filled in 0 %")));
  EXPECT_THAT(last_.warning(), Contains(HasSubstr("10 of the 40 records known")));
}

TEST_F(LoaderTest, APublishDateThatIsGivenWins) {
  const Loaded loaded = LoadAs(SipriEdition("1 Jan 2020", {Deal("1001", "9", 2020)}), "2019-03");
  ASSERT_TRUE(loaded.status.ok()) << loaded.status;
  EXPECT_EQ(loaded.report.edition().stamp().basis(), v1::BASIS_ASSUMED);
  EXPECT_EQ(loaded.report.edition().stamp().precision(), v1::PRECISION_MONTH);
  EXPECT_EQ(PrintDate(loaded.report.edition().covers_until()), "2019-03");
  EXPECT_EQ(Known("1001/2020", "2019-03"), "9");
  const Loaded again = Load(SipriEdition("1 Jan 2020", {Deal("1001", "9", 2020)}));
  EXPECT_THAT(again.report.warning(), Contains(HasSubstr("same bytes are loaded as of 2019-03")));
}

TEST_F(LoaderTest, WhatIsNoEditionIsRefused) {
  const auto refused = [&](const Loaded& loaded, const std::string& message) {
    EXPECT_TRUE(absl::IsInvalidArgument(loaded.status)) << loaded.status;
    EXPECT_THAT(std::string(loaded.status.message()), HasSubstr(message));
  };
  refused(Load("a,b,c\n1,2,3\n"), "sipri-deals-csv");
  refused(Load(""), "the file is empty");
  refused(LoadAs(SipriEdition("1 Jan 2020", {Deal("1001", "9")}), "yesterday"), "yesterday");
  v1::LoadOptions options;
  options.set_source("ofac-sdn");
  refused(Load(SipriEdition("1 Jan 2020", {Deal("1001", "9")}), options), "ofac-sdn");
  std::string undated = SipriEdition("1 Jan 2020", {Deal("1001", "9")});
  undated.erase(undated.find("Data generated"),
                undated.find("SIPRI AT") - undated.find("Data generated"));
  refused(Load(undated), "does not state when it was published");
  EXPECT_EQ(Head(), 0u);
}

TEST_F(LoaderTest, AWatchThatGivesUpLeavesTheLogUntouched) {
  for (const char* step : {"comparing", "appending"}) {
    v1::LoadOptions options;
    auto intake = loader_->Begin(options);
    ASSERT_TRUE(intake.ok());
    ASSERT_TRUE((*intake)->Write(SipriEdition("1 Jan 2020", {Deal("1001", "9")})).ok());
    v1::LoadReport report;
    const absl::Status status = loader_->Load(
        options, **intake,
        [&](const v1::LoadProgress& progress) {
          return progress.step() == step ? absl::CancelledError("gone") : absl::OkStatus();
        },
        report);
    EXPECT_TRUE(absl::IsCancelled(status)) << status;
    EXPECT_EQ(Known("1001/2001", "2020"), "unknown");
  }
}

TEST_F(LoaderTest, AWatchIsAskedWhileAnArchivedEditionIsReadAgain) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2")}));
  Counts(SipriEdition("1 Jan 2022", {Deal("1001", "9"), Deal("1002", "2")}));
  const uint64_t head = Head();
  v1::LoadOptions options;
  auto intake = loader_->Begin(options);
  ASSERT_TRUE(intake.ok());
  ASSERT_TRUE((*intake)->Write(SipriEdition("1 Jan 2021", {Deal("1002", "2")})).ok());
  v1::LoadReport report;
  int asked = 0;
  const absl::Status status = loader_->Load(
      options, **intake,
      [&](const v1::LoadProgress& progress) {
        // The first time is before so few records are compared.
        if (progress.step() == "comparing") ++asked;
        return asked == 2 ? absl::CancelledError("gone") : absl::OkStatus();
      },
      report);
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_EQ(Head(), head);
}

TEST_F(LoaderTest, ALoadGoesInOnceThroughFailuresOfTheLog) {
  log_->Fail(FaultyLog::Fault::kBeforeCommit, 2);
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")})),
            "read 1 = published 1 + unchanged 0 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_THAT(LastEntries(), ElementsAre("loaded", "present 1001/2001 at 2020-01-01: 9"));
  log_->Fail(FaultyLog::Fault::kAfterCommit, 1);
  EXPECT_EQ(Counts(SipriEdition("1 Jan 2021", {Deal("1001", "8")})),
            "read 1 = published 1 + unchanged 0 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_FALSE(last_.already_loaded());
  EXPECT_THAT(LastEntries(), ElementsAre("loaded", "present 1001/2001 at 2021-01-01: 8"));
}

TEST_F(LoaderTest, ARetractionUndoesAnEdition) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2")}));
  Counts(SipriEdition("1 Jan 2021", {Deal("1001", "8"), Deal("1003", "3")}));
  const v1::LoadReport second = last_;
  auto retracted = Retract(second);
  ASSERT_TRUE(retracted.ok()) << retracted.status();
  EXPECT_EQ(retracted->counts().voided(), 3u);
  EXPECT_EQ(retracted->counts().restated(), 0u);
  EXPECT_THAT(LastEntries(),
              ElementsAre("retracted", "void 1001/2001 at 2021-01-01",
                          "void 1002/2001 at 2021-01-01", "void 1003/2001 at 2021-01-01"));
  EXPECT_EQ(Known("1001/2001", "2021"), "9");
  EXPECT_EQ(Known("1002/2001", "2021"), "2");
  EXPECT_EQ(Known("1003/2001", "2021"), "unknown");
  EXPECT_TRUE(absl::IsNotFound(Retract(second).status()));
}

TEST_F(LoaderTest, ARetractionMakesALaterEditionSayWhatItHadLeftUnsaid) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2")}));
  const v1::LoadReport first = last_;
  Counts(SipriEdition("1 Jan 2021", {Deal("1003", "3"), Deal("1001", "9")}));
  auto retracted = Retract(first);
  ASSERT_TRUE(retracted.ok()) << retracted.status();
  EXPECT_EQ(retracted->counts().restated(), 1u);
  EXPECT_EQ(retracted->counts().voided(), 3u);
  EXPECT_THAT(LastEntries(), ElementsAre("retracted", "present 1001/2001 at 2021-01-01: 9",
                                         "void 1001/2001 at 2020-01-01",
                                         "void 1002/2001 at 2021-01-01",  // it ended nothing
                                         "void 1002/2001 at 2020-01-01"));
  EXPECT_EQ(Known("1001/2001", "2020"), "unknown");
  EXPECT_EQ(Known("1001/2001", "2021"), "9");
  const v1::Event restated = EventKnown("1001/2001", "2021");
  EXPECT_EQ(restated.cause(), v1::CAUSE_RETRACTION);
  EXPECT_EQ(restated.locator().line(), 6u);
  EXPECT_EQ(Known("1002/2001", "2020"), "unknown");
  EXPECT_EQ(Known("1002/2001", "2021"), "unknown");
}

TEST_F(LoaderTest, ARetractedEditionCanBeLoadedAgain) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Deal("1001", "9")});
  Counts(bytes);
  const v1::Event before = EventKnown("1001/2001", "2020");
  ASSERT_TRUE(Retract(last_).ok());
  EXPECT_EQ(Counts(bytes),
            "read 1 = published 1 + unchanged 0 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_EQ(last_.edition().load(), 2u);
  EXPECT_EQ(Known("1001/2001", "2020"), "9");
  EXPECT_NE(EventKnown("1001/2001", "2020").id(), before.id());
}

TEST_F(LoaderTest, ARetractionIsDoneOnceThroughFailuresOfTheLog) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  log_->Fail(FaultyLog::Fault::kAfterCommit, 1);
  auto retracted = Retract(last_);
  ASSERT_TRUE(retracted.ok()) << retracted.status();
  EXPECT_THAT(LastEntries(), ElementsAre("retracted", "void 1001/2001 at 2020-01-01"));
}

TEST_F(LoaderTest, ARetractionNeedsAReason) {
  Counts(SipriEdition("1 Jan 2020", {Deal("1001", "9")}));
  const auto status = loader_->Retract(last_.edition().edition_id(), "").status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_EQ(FieldViolationsOf(status).field_violations(0).field(), "reason");
  EXPECT_TRUE(absl::IsNotFound(loader_->Retract(std::string(16, 'x'), "why").status()));
}

TEST_F(LoaderTest, ANewerAdapterReadsTheSameBytesAnew) {
  const std::string first =
      SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2"), Deal("1003", "1")});
  const std::string second = SipriEdition("1 Jan 2021", {Deal("1001", "9"), Deal("1002", "2")});
  Counts(first);
  Counts(second);
  EXPECT_EQ(last_.reparses_version(), 0u);
  const std::vector<EditionFormat> formats = SecondFormats();
  RestartIngest(formats);
  EXPECT_EQ(Counts(first),
            "read 2 = published 1 + unchanged 1 + rejected 0; absent 0, restated 1, voided 2");
  EXPECT_THAT(LastEntries(), ElementsAre("loaded", "present 1002/2001 at 2021-01-01: 2",
                                         "present 1002/2001 at 2020-01-01: 20",
                                         "void 1003/2001 at 2021-01-01",  // it ended nothing
                                         "void 1003/2001 at 2020-01-01"));
  EXPECT_EQ(last_.edition().load(), 2u);
  EXPECT_EQ(last_.reparses_version(), 1u);
  EXPECT_EQ(Known("1002/2001", "2020"), "20");
  EXPECT_EQ(EventKnown("1002/2001", "2020").cause(), v1::CAUSE_REPARSED);
  EXPECT_EQ(EventKnown("1002/2001", "2020").adapter_version(), 2u);
  EXPECT_EQ(Known("1002/2001", "2021"), "2");  // still by the old reading
  EXPECT_EQ(Known("1003/2001", "2020"), "unknown");

  EXPECT_EQ(Counts(second),  // what it says anew is what is known before it
            "read 2 = published 0 + unchanged 2 + rejected 0; absent 0, restated 0, voided 1");
  EXPECT_THAT(LastEntries(), ElementsAre("loaded", "void 1002/2001 at 2021-01-01"));
  EXPECT_EQ(Known("1002/2001", "2021"), "20");
  Counts(first);
  EXPECT_TRUE(last_.already_loaded());
  EXPECT_EQ(last_.reparses_version(), 0u);
}

TEST_F(LoaderTest, AnOlderAdapterDoesNotTakeANewerReadingBack) {
  const std::string bytes = SipriEdition("1 Jan 2020", {Deal("1001", "9")});
  const std::vector<EditionFormat> formats = SecondFormats();
  RestartIngest(formats);
  Counts(bytes);
  RestartIngest();
  EXPECT_TRUE(absl::IsAlreadyExists(Load(bytes).status));
}

}  // namespace
}  // namespace dossier
