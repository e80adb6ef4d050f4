// Versions of a record over real gRPC: verbs, changes, cuts, deals, pages.
#include "services/query/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Content(int64_t tiv) { return Delivered("1", "state:RUS", "state:IND", 2000, tiv); }

class HistoryTest : public QueryFixture {
 protected:
  v1::GetHistoryResponse History(const std::string& more) {
    return Ask(&Stub::GetHistory, "source: 'toy' record: '1' " + more);
  }
  // "VERB tiv" of each version, absences without tiv.
  static std::vector<std::string> Print(const v1::GetHistoryResponse& history) {
    std::vector<std::string> printed;
    for (const v1::Version& version : history.version()) {
      std::string text = v1::Verb_Name(version.verb()).substr(sizeof("VERB_") - 1);
      if (version.event().has_present()) {
        absl::StrAppend(&text, " ",
                        version.event().present().transfer().tiv_delivered_thousandths());
      }
      printed.push_back(std::move(text));
    }
    return printed;
  }
};

TEST_F(HistoryTest, VerbsFollowThePublishOrderAndNotTheArrivals) {
  Load("toy", "2024-01-01", {{"1", Content(7)}});
  Load("toy", "2023-01-01", {{"1", ""}});
  Load("toy", "2021-01-01", {{"1", Content(6)}});
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  Load("toy", "2022-01-01", {{"1", Content(6)}});
  EXPECT_THAT(Print(History("")),
              ElementsAre("REPORTED 5", "REVISED 6", "REPEATED 6", "WITHDRAWN", "CAME_BACK 7"));
}

TEST_F(HistoryTest, AVersionShowsWhatChangedAndWhere) {
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  const uint64_t revised = Load("toy", "2021-01-01", {{"1", Content(6)}});
  const auto history = History("");
  ASSERT_THAT(history.version(), SizeIs(2));
  EXPECT_THAT(history.version(0).change(), IsEmpty());
  const v1::Version& version = history.version(1);
  ASSERT_THAT(version.change(), SizeIs(1));
  EXPECT_EQ(version.change(0).field(), "tiv_delivered_thousandths");
  EXPECT_EQ(version.change(0).before(), "0.005");
  EXPECT_EQ(version.change(0).after(), "0.006");
  EXPECT_EQ(version.record(), "1");
  EXPECT_EQ(version.sequence(), revised);
  EXPECT_EQ(version.event().stamp().basis(), v1::BASIS_STATED);
  EXPECT_EQ(history.answered_at().sequence(), revised);
}

TEST_F(HistoryTest, TheFileNameIsThatOfTheEdition) {
  std::vector<v1::LogEntry> unit(2);
  v1::EditionLoaded& loaded = *unit[0].mutable_edition_loaded();
  loaded.set_edition_id("0123456789abcdef");
  loaded.set_source("toy");
  loaded.set_file_name("register.csv");
  loaded.mutable_stamp()->mutable_time()->set_seconds(1'600'000'000);
  v1::Event& event = *unit[1].mutable_event();
  event.set_id("fedcba9876543210");
  event.set_source("toy");
  event.set_record("1");
  event.set_edition_id(loaded.edition_id());
  *event.mutable_stamp() = loaded.stamp();
  event.mutable_absent();
  Append(unit);
  Report("toy", "2021-01-01", {{"1", Content(1)}});
  const auto history = History("");
  ASSERT_THAT(history.version(), SizeIs(2));
  EXPECT_EQ(history.version(0).file_name(), "register.csv");
  EXPECT_EQ(history.version(1).file_name(), "");
}

TEST_F(HistoryTest, VoidedVersionsAreMarkedAndNobodysPredecessor) {
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  Load("toy", "2021-01-01", {{"1", Content(6)}});
  const uint64_t before = Load("toy", "2022-01-01", {{"1", Content(5)}});
  const uint64_t voided = Retract("toy", "2021-01-01", {"1"});
  const auto now = History("");
  EXPECT_THAT(Print(now), ElementsAre("REPORTED 5", "VOIDED 6", "REPEATED 5"));
  EXPECT_EQ(now.version(1).voided_sequence(), voided);
  EXPECT_EQ(now.version(0).voided_sequence(), 0u);
  const auto then = History(absl::StrCat("read_at { cut { sequence: ", before, " } }"));
  EXPECT_THAT(Print(then), ElementsAre("REPORTED 5", "REVISED 6", "REVISED 5"));
  EXPECT_EQ(then.version(1).voided_sequence(), 0u);
}

TEST_F(HistoryTest, ACutLimitsWhatIsListed) {
  const uint64_t first = Load("toy", "2021-01-01", {{"1", Content(6)}});
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  EXPECT_THAT(Print(History(absl::StrCat("read_at { cut { sequence: ", first, " } }"))),
              ElementsAre("REPORTED 6"));
  EXPECT_THAT(Print(History("read_at { cut { known_by_date { year: 2020 } } }")),
              ElementsAre("REPORTED 5"));
  EXPECT_THAT(Print(History("read_at { cut { known_by_date { year: 2019 } } }")), IsEmpty());
}

TEST_F(HistoryTest, ADealIsAllItsRecordsAndNoOthers) {
  Load("toy", "2020-01-01",
       {{"1", Content(1)},
        {"1 a/2000", Content(9)},
        {"1/2000", Content(2)},
        {"1/2001", Content(3)},
        {"10/2000", Content(9)},
        {"2/2000", Content(9)}});
  Load("toy", "2021-01-01", {{"1/2000", Content(4)}, {"1/2002", Content(5)}});
  Retract("toy", "2021-01-01", {"1/2002"});
  EXPECT_THAT(Print(History("")),
              ElementsAre("REPORTED 1", "REPORTED 2", "REVISED 4", "REPORTED 3", "VOIDED 5"));
  EXPECT_THAT(Print(Ask(&Stub::GetHistory, "source: 'toy' record: '1/2001'")),
              ElementsAre("REPORTED 3"));
  EXPECT_THAT(Print(Ask(&Stub::GetHistory, "source: 'toy' record: '2/'")),
              ElementsAre("REPORTED 9"));
}

TEST_F(HistoryTest, PagesOfAnySizeMakeTheSameListWhileTheLogGrows) {
  for (int i = 0; i < 10; ++i) {
    const std::string date = absl::StrCat(2000 + i * 7 % 10, "-01-01");
    Load("toy", date, {{"1/2000", Content(i / 2)}, {"1/2001", i % 3 == 0 ? "" : Content(i)}});
  }
  Retract("toy", "2003-01-01", {"1/2000", "1/2001"});
  for (int page_size : {1, 3, 20}) {
    const auto whole = History("");
    ASSERT_GE(whole.version_size(), 20);
    v1::GetHistoryResponse joined;
    std::string token;
    int pages = 0;
    do {
      const auto page =
          History(absl::StrCat("page_size: ", page_size, " page_token: '", token, "'"));
      EXPECT_LE(page.version_size(), page_size);
      joined.mutable_version()->MergeFrom(page.version());
      token = page.next_page_token();
      // A late correction and a retraction between the pages.
      Report("toy", absl::StrCat("2000-06-", 10 + page_size), {{"1/2001", Content(100 + pages)}});
      if (pages++ == 0) Retract("toy", absl::StrCat(2005 + page_size % 4, "-01-01"), {"1/2001"});
      ASSERT_LE(pages, 100);
    } while (!token.empty());
    ASSERT_EQ(joined.version_size(), whole.version_size());
    for (int i = 0; i < whole.version_size(); ++i) {
      EXPECT_EQ(joined.version(i).DebugString(), whole.version(i).DebugString());
    }
  }
}

TEST_F(HistoryTest, AVersionHasTheClassesOfItsChange) {
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  Load("toy", "2021-01-01", {{"1", Content(6) + "comment: 'x'"}});
  Load("toy", "2022-01-01", {{"1", Content(6) + "comment: ' x'"}});
  Load("toy", "2023-01-01", {{"1", ""}});
  Load("toy", "2024-01-01", {{"1", Content(7)}});
  const auto history = History("");
  ASSERT_THAT(history.version(), SizeIs(5));
  EXPECT_THAT(history.version(0).change_class(), IsEmpty());
  EXPECT_THAT(history.version(1).change_class(),
              ElementsAre(v1::CHANGE_CLASS_REVALUATION, v1::CHANGE_CLASS_REWORDING));
  EXPECT_THAT(history.version(2).change_class(), ElementsAre(v1::CHANGE_CLASS_WHITE_SPACE));
  EXPECT_THAT(history.version(3).change_class(), IsEmpty());
  EXPECT_THAT(history.version(4).change_class(), IsEmpty()) << "against an absence";
}

TEST_F(HistoryTest, WhatIsReadAnewIsToldApart) {
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  Load("toy", "2021-01-01", {{"1", ""}});
  Load("toy", "2022-01-01", {{"1", Content(6)}});
  ReadAnew("toy", "2020-01-01", {{"1", Content(50)}});
  ReadAnew("toy", "2021-01-01", {{"1", Content(51)}});
  const uint64_t voided = ReadAnew("toy", "2022-01-01", {{"1", "", /*is_void=*/true}});
  const uint64_t last = Load("toy", "2023-01-01", {{"1", Content(7)}});
  const auto history = History("");
  EXPECT_THAT(Print(history), ElementsAre("REPORTED 5", "REVISED 50", "WITHDRAWN", "CAME_BACK 51",
                                          "VOIDED 6", "REVISED 7"));
  const auto reparsed = ElementsAre(v1::CHANGE_CLASS_REPARSED);
  EXPECT_THAT(history.version(1).change_class(), reparsed);
  EXPECT_THAT(history.version(1).change(), SizeIs(1));
  EXPECT_THAT(history.version(2).change_class(), IsEmpty());
  EXPECT_THAT(history.version(3).change_class(), reparsed);
  EXPECT_THAT(history.version(4).change_class(), reparsed);
  EXPECT_EQ(history.version(4).voided_sequence(), voided);
  EXPECT_THAT(history.version(5).change_class(),
              ElementsAre(v1::CHANGE_CLASS_REVALUATION, v1::CHANGE_CLASS_OTHER_ADAPTER));
  Retract("toy", "2023-01-01", {"1"});
  EXPECT_THAT(History("").version(5).change_class(), IsEmpty()) << "a retraction is no reading";
  EXPECT_EQ(History("").version(5).sequence(), last);
  // A record that only the newer adapter finds has nothing to stand against.
  ReadAnew("toy", "2022-01-01", {{"new", Content(1)}});
  const auto found = Ask(&Stub::GetHistory, "source: 'toy' record: 'new'");
  EXPECT_THAT(found.version(0).change_class(), IsEmpty());
  EXPECT_EQ(found.version(0).event().cause(), v1::CAUSE_REPARSED);
}

TEST_F(HistoryTest, TransfersSayByWhichReadingTheyAre) {
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  const auto listed = [&] {
    return Ask(&Stub::ListTransfers, "filter { source: 'toy' }").transfer(0);
  };
  EXPECT_EQ(listed().adapter_version(), 1u);
  EXPECT_EQ(listed().cause(), v1::CAUSE_SOURCE);
  ReadAnew("toy", "2020-01-01", {{"1", Content(50)}});
  EXPECT_EQ(listed().adapter_version(), 2u);
  EXPECT_EQ(listed().cause(), v1::CAUSE_REPARSED);
  Report("analyst:a", "2020-01-01", {{"1", Content(5)}});
  EXPECT_EQ(
      Ask(&Stub::ListTransfers, "filter { source: 'analyst:a' }").transfer(0).adapter_version(),
      0u);
}

TEST_F(HistoryTest, UnknownNamesAreRefusedByField) {
  Load("toy", "2020-01-01", {{"1", Content(5)}});
  const auto fails = [&](const std::string& request) { return Fails(&Stub::GetHistory, request); };
  EXPECT_EQ(fails("source: 'other' record: '1'").error_code(), grpc::StatusCode::NOT_FOUND);
  const grpc::Status record = fails("source: 'toy' record: '2'");
  EXPECT_EQ(record.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(record.error_message(), HasSubstr("record: \"2\""));
  for (const char* request :
       {"record: '1'", "source: 'toy'", R"(source: 'toy' record: '1\0')",
        "source: 'toy' record: '1' page_size: -1", "source: 'toy' record: '1' page_token: 'x'"}) {
    EXPECT_EQ(fails(request).error_code(), grpc::StatusCode::INVALID_ARGUMENT) << request;
  }
}

}  // namespace
}  // namespace dossier
