// Loader::Reparse: archived editions read anew, without the file.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/ingest/loader.h"
#include "tests/ingest/ingest_fixture.h"
#include "tests/ingest/second_formats.h"

namespace dossier {
namespace {

using testing::HasSubstr;

Row Deal(const std::string& deal, const std::string& number) {
  Row row;
  row.deal = deal;
  row.number = number;
  return row;
}

class ReparseEditionTest : public IngestFixture {
 protected:
  Loaded Reparse(const v1::EditionLoaded& edition, bool dry_run = false) {
    v1::ReparseEditionRequest request;
    request.set_edition_id(edition.edition_id());
    request.set_dry_run(dry_run);
    Loaded loaded;
    loaded.status = loader_->Reparse(
        request, [](const v1::LoadProgress&) { return absl::OkStatus(); }, loaded.report);
    return loaded;
  }
};

TEST_F(ReparseEditionTest, TheArchivedBytesAreReadAsOfTheSameStamp) {
  const v1::EditionLoaded first =
      Load(SipriEdition("1 Jan 2020", {Deal("1001", "9"), Deal("1002", "2")})).report.edition();
  const std::vector<EditionFormat> formats = SecondFormats();
  RestartIngest(formats);

  const Loaded dry = Reparse(first, /*dry_run=*/true);
  ASSERT_TRUE(dry.status.ok()) << dry.status;
  EXPECT_EQ(Known("1002/2001", "2020"), "2");

  const Loaded done = Reparse(first);
  ASSERT_TRUE(done.status.ok()) << done.status;
  EXPECT_EQ(done.Counts(),
            "read 2 = published 1 + unchanged 1 + rejected 0; absent 0, restated 0, voided 0");
  EXPECT_EQ(Known("1002/2001", "2020"), "20");
  EXPECT_EQ(EventKnown("1002/2001", "2020").cause(), v1::CAUSE_REPARSED);
  EXPECT_EQ(done.report.edition().adapter_version(), 2u);
  EXPECT_EQ(done.report.edition().stamp().SerializeAsString(), first.stamp().SerializeAsString());
  EXPECT_EQ(done.report.edition().load(), 2u);

  const Loaded again = Reparse(done.report.edition());
  ASSERT_TRUE(again.status.ok()) << again.status;
  EXPECT_TRUE(again.report.already_loaded());
}

TEST_F(ReparseEditionTest, ADateThatTheLoaderGaveAndAnExcerptStayWhatTheyWere) {
  Load(SipriEdition("1 Jan 2019", {Deal("1001", "9"), Deal("1003", "5")}));
  v1::LoadOptions options;
  options.set_publish_date("2020-06");
  options.set_ordinal(3);
  options.set_excerpt(true);
  const v1::EditionLoaded excerpt =
      Load(SipriEdition("1 Jan 2021", {Deal("1002", "2")}), options).report.edition();
  const std::vector<EditionFormat> formats = SecondFormats();
  RestartIngest(formats);
  const Loaded done = Reparse(excerpt);
  ASSERT_TRUE(done.status.ok()) << done.status;
  EXPECT_EQ(done.report.edition().stamp().SerializeAsString(),
            excerpt.stamp().SerializeAsString());
  EXPECT_TRUE(done.report.edition().scope().additions_only());
  EXPECT_EQ(Known("1002/2001", "2020"), "20");
  EXPECT_EQ(Known("1003/2001", "2020"), "5");
}

TEST_F(ReparseEditionTest, WhatCannotBeReadAnewIsNotFound) {
  const v1::EditionLoaded first =
      Load(SipriEdition("1 Jan 2020", {Deal("1001", "9")})).report.edition();
  v1::EditionLoaded unknown;
  unknown.set_edition_id(std::string(16, 'x'));
  EXPECT_TRUE(absl::IsNotFound(Reparse(unknown).status));

  const std::vector<EditionFormat> formats = SecondFormats("another-adapter");
  RestartIngest(formats);
  const uint64_t head = Head();
  const absl::Status gone = Reparse(first).status;
  EXPECT_TRUE(absl::IsNotFound(gone)) << gone;
  EXPECT_THAT(std::string(gone.message()), HasSubstr("sipri-deals-csv"));

  ASSERT_TRUE(loader_->Retract(first.edition_id(), "loaded by mistake").ok());
  EXPECT_TRUE(absl::IsNotFound(Reparse(first).status));
  EXPECT_GT(Head(), head);  // by the retraction alone
}

}  // namespace
}  // namespace dossier
