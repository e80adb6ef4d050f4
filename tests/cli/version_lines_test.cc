// A record's history as it is printed: classes of change, new readings, editions that are silent.
#include "services/cli/version_lines.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/feed_line.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using testing::HasSubstr;
using testing::Not;

v1::PublishStamp Published(const std::string& date) {
  return *ParsePublishStamp(date, v1::BASIS_STATED);
}

v1::Version Saying(const std::string& date, const std::string& more) {
  v1::Version version;
  version.set_record("r");
  version.set_sequence(7);
  version.mutable_event()->set_source("toy");
  version.mutable_event()->set_cause(v1::CAUSE_SOURCE);
  version.mutable_event()->set_adapter_version(1);
  *version.mutable_event()->mutable_stamp() = Published(date);
  EXPECT_TRUE(TextFormat::MergeFromString(more, &version)) << more;
  return version;
}

v1::EditionSilence Silent(const std::string& date, v1::Silence silence,
                          const std::string& scope = "whole") {
  v1::EditionSilence one;
  one.set_record("r");
  one.set_silence(silence);
  *one.mutable_stamp() = Published(date);
  one.set_file_name("f-" + date + ".csv");
  one.set_scope(scope);
  return one;
}

std::string Lines(const std::vector<v1::Version>& versions,
                  const std::vector<v1::EditionSilence>& silences = {}) {
  std::ostringstream out;
  PrintVersionLines(out, versions, silences);
  return out.str();
}

TEST(VersionLinesTest, TheClassesOfAChangeStandBesideItsVerb) {
  EXPECT_THAT(Lines({Saying("2024-03-18", R"pb(verb: VERB_REVISED
                                               change_class: CHANGE_CLASS_NEW_DELIVERIES
                                               change_class: CHANGE_CLASS_REVALUATION)pb")}),
              HasSubstr("  revised (new deliveries, revaluation), published 2024-03-18"));
  EXPECT_THAT(Lines({Saying("2024-03-18", "verb: VERB_REPORTED")}),
              HasSubstr("  reported, published 2024-03-18"));
}

TEST(VersionLinesTest, WhatIsReadAnewIsNoChangeOfTheSource) {
  const std::string reparsed = "change_class: CHANGE_CLASS_REPARSED ";
  const std::string read = Lines(
      {Saying("2024-03-18", reparsed + "verb: VERB_REVISED event { adapter_version: 2 cause: "
                                       "CAUSE_REPARSED }")});
  EXPECT_THAT(read, HasSubstr("  revised (read anew by adapter version 2: the source changed "
                              "nothing), published 2024-03-18"));
  EXPECT_THAT(read, HasSubstr("      cause: an edition was read anew; this reading is by adapter "
                              "version 2\n"));
  EXPECT_THAT(Lines({Saying("2024-03-18", reparsed + "verb: VERB_VOIDED voided_sequence: 9")}),
              HasSubstr("  voided (read anew by a newer version of the adapter: the source changed "
                        "nothing), published"));
}

TEST(VersionLinesTest, SilentEditionsStandWhereTheyWerePublished) {
  EXPECT_EQ(
      Lines({Saying("2024-03-18", "verb: VERB_REPORTED"),
             Saying("2025-06-01", "verb: VERB_REVISED")},
            {Silent("2025-03-13", v1::SILENCE_UNCHANGED),
             Silent("2025-10-23", v1::SILENCE_OUTSIDE_SCOPE, "deliveries only"),
             Silent("2025-11-01", v1::SILENCE_ADDITIONS_ONLY, "additions only")}),
      "  reported, published 2024-03-18 (stated), sequence 7, \n"
      "  2025-03-13 f-2025-03-13.csv: said again, unchanged\n"
      "  revised, published 2025-06-01 (stated), sequence 7, \n"
      "  2025-10-23 f-2025-10-23.csv: outside this edition's scope, not withdrawn (deliveries "
      "only)\n"
      "  2025-11-01 f-2025-11-01.csv: not in it; it only adds, and withdraws nothing (additions "
      "only)\n");
}

TEST(VersionLinesTest, ManyInARowAreOneLine) {
  std::vector<v1::EditionSilence> silences;
  for (int day = 10; day < 28; ++day) {
    silences.push_back(Silent(absl::StrCat("2024-05-", day), v1::SILENCE_UNCHANGED));
  }
  for (int day = 10; day < 15; ++day) {
    silences.push_back(Silent(absl::StrCat("2024-06-", day), v1::SILENCE_OUTSIDE_SCOPE));
  }
  silences.push_back(Silent("2024-07-01", v1::SILENCE_UNCHANGED));
  silences.insert(silences.end(), 4, Silent("2024-08-01", v1::SILENCE_ADDITIONS_ONLY));
  EXPECT_EQ(Lines({}, silences),
            "  2024-05-10 to 2024-05-27: said again, unchanged, by 18 editions\n"
            "  2024-06-10 to 2024-06-14: outside the scopes of 5 editions, not withdrawn\n"
            "  2024-07-01 f-2024-07-01.csv: said again, unchanged\n"
            "  2024-08-01: not in 4 editions that only add, and withdraw nothing\n");
}

TEST(VersionLinesTest, ALongScopeIsCutToHowManyItNames) {
  EXPECT_THAT(Lines({}, {Silent("2024-05-01", v1::SILENCE_OUTSIDE_SCOPE,
                                "supplier in {a, b, c, d} & recipient in {e, f, g} & deliveries "
                                "only")}),
              HasSubstr("(supplier in {4 in all} & recipient in {e, f, g} & deliveries only)\n"));
}

TEST(VersionLinesTest, ProgramsGetClassesCausesAndSilencesInColumns) {
  std::ostringstream out;
  PrintVersionsCsvHeading(out);
  PrintVersionCsv(out, Saying("2024-03-18", R"pb(
                    verb: VERB_REVISED
                    change_class: CHANGE_CLASS_FLAG
                    change { field: "number_ordered_is_estimate" before: "no" after: "yes" }
                  )pb"));
  PrintSilenceCsv(out, Silent("2025-10-23", v1::SILENCE_OUTSIDE_SCOPE, "deliveries only"));
  EXPECT_EQ(out.str(),
            "record,verb,published,basis,sequence,edition,file,line,author,voided_sequence,field,"
            "before,after,classes,cause,adapter_version,silence,scope\n"
            "r,revised,2024-03-18,stated,7,,,,,,number_ordered_is_estimate,no,yes,flag,source,1,,\n"
            "r,,2025-10-23,stated,,,f-2025-10-23.csv,,,,,,,,,,outside scope,deliveries only\n");
}

TEST(FeedLineTest, AnItemHasNoveltyVerbAndClasses) {
  v1::FeedItem item;
  ASSERT_TRUE(TextFormat::ParseFromString(R"pb(sequence: 12
                                               verb: VERB_REVISED
                                               novelty: NOVELTY_REPARSED
                                               event { source: "toy" record: "r" }
                                               change_class: CHANGE_CLASS_REPARSED)pb",
                                          &item));
  std::ostringstream out;
  PrintFeedItem(out, item);
  EXPECT_THAT(out.str(), HasSubstr("#12  reparsed  revised (reparsed)  toy r  "));
  item.clear_change_class();
  std::ostringstream plain;
  PrintFeedItem(plain, item);
  EXPECT_THAT(plain.str(), HasSubstr("#12  reparsed  revised  toy r  "));
  EXPECT_THAT(plain.str(), Not(HasSubstr("(")));
  item.add_change_class(v1::CHANGE_CLASS_NEW_DELIVERIES);
  item.add_change_class(v1::CHANGE_CLASS_FLAG);
  std::ostringstream csv;
  PrintFeedItemCsv(csv, item, "c1");
  EXPECT_THAT(csv.str(), HasSubstr(",c1,\"new deliveries, flag\"\n"));
}

}  // namespace
}  // namespace dossier
