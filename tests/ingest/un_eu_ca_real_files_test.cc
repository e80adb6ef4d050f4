// The published lists of the UN, the EU and Canada, read whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/ca_sema_xml.h"
#include "services/ingest/sources/eu_fsf_csv.h"
#include "services/ingest/sources/eu_fsf_xml.h"
#include "services/ingest/sources/un_consolidated_xml.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "tests/ingest/ofac_reading.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string RealFile(const std::string& name) {
  return FileBytes(absl::StrCat(DOSSIER_SOURCE_DIR, "/../shared/data/sanctions/", name));
}

#define SKIP_WITHOUT_REAL_FILES()                            \
  if (RealFile("un_sc_consolidated_2017-06-20.xml").empty()) \
  GTEST_SKIP() << "the published lists are not there: ../shared/data/sanctions"

using Contents = std::map<std::string, std::string>;  // key to digest or text

struct Step {
  size_t added = 0;
  size_t removed = 0;
  size_t changed = 0;
  bool operator==(const Step&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << step.added << " added, " << step.removed << " removed, " << step.changed
             << " changed";
}

Step StepFrom(const Contents& before, const Contents& after) {
  Step step;
  for (const auto& [key, content] : before) {
    const auto now = after.find(key);
    if (now == after.end()) {
      ++step.removed;
    } else if (now->second != content) {
      ++step.changed;
    }
  }
  step.added = after.size() + step.removed - before.size();
  return step;
}

Contents DigestsOf(const Collected& result) {
  Contents digests;
  for (const EditionRecord& record : result.records) {
    EXPECT_TRUE(IsWellFormed(record.present)) << record.key;
    v1::Event event;
    *event.mutable_present() = record.present;
    digests[record.key] = ContentDigest(event);
  }
  return digests;
}

std::string WithoutBlanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
  return text;
}

// What the entries of a UN edition say, without the adapter.
struct UnEdition {
  Contents texts;   // all text, white space left out
  Contents fields;  // each field's text, in an order of its own
};

// Appends "NAME=TEXT" of all elements that have text, those of one parent in sorted order; texts in
// the order of the document go to `text`.
std::string FieldsOf(const XmlElement& element, std::string& text) {
  std::vector<std::string> fields;
  const std::string own = WithoutBlanks(element.text);
  text += own;
  for (const XmlElement& child : element.children) {
    if (child.name == "DATAID" || child.name == "VERSIONNUM") continue;
    std::string field = FieldsOf(child, text);
    if (!field.empty()) fields.push_back(std::move(field));
  }
  if (own.empty() && fields.empty()) return "";
  std::sort(fields.begin(), fields.end());
  std::string printed = absl::StrCat(element.name, "=", own, "(");
  for (const std::string& field : fields) absl::StrAppend(&printed, field, "|");
  return printed + ")";
}

UnEdition WalkUn(const std::string& bytes) {
  UnEdition edition;
  XmlRecords xml({"INDIVIDUAL", "ENTITY"}, [&edition](const XmlElement& entry) {
    const std::string key = WithoutBlanks(std::string(entry.TextOf("REFERENCE_NUMBER")));
    edition.fields[key] = FieldsOf(entry, edition.texts[key]);
    return absl::OkStatus();
  });
  EXPECT_TRUE(xml.Feed(bytes).ok());
  EXPECT_TRUE(xml.Finish().ok());
  return edition;
}

TEST(UnRealFilesTest, EachStepsChangesAreThoseOfTheEntriesFields) {
  SKIP_WITHOUT_REAL_FILES();
  struct Edition {
    const char* day;
    const char* stamp;
    Step by_text;  // as the data's README counts: text, white space ignored
    size_t changed_in_order_alone = 0;
  };
  Contents digests;
  UnEdition walked;
  for (const Edition& edition : {
           Edition{"2017-06-20", "2017-06-20 23:04:40", {1024, 0, 0}},
           Edition{"2017-06-30", "2017-06-30 23:12:08", {0, 0, 1}},
           Edition{"2017-07-03", "2017-07-04 00:27:45", {0, 3, 0}},
           Edition{"2018-08-24", "2018-08-24 23:40:35", {92, 15, 40}},
           Edition{"2018-10-29", "2018-10-29 23:09:49", {3, 8, 8}},
           Edition{"2020-03-20", "2020-03-20 23:09:21", {23, 102, 596}},
           Edition{"2020-11-23", "2020-11-24 00:10:17", {5, 1, 25}},
           Edition{"2020-11-24", "2020-11-25 01:23:07", {0, 0, 0}},
           Edition{"2020-11-30", "2020-12-01 01:31:19", {0, 0, 0}},
           Edition{"2025-04-19", "2025-04-19 23:00:04", {45, 186, 479}, 15},
       }) {
    const std::string bytes = RealFile(absl::StrCat("un_sc_consolidated_", edition.day, ".xml"));
    const auto result = ReadAs(UnConsolidatedXmlFormat(), bytes);
    ASSERT_TRUE(result->status.ok()) << edition.day << result->status;
    EXPECT_THAT(result->rejections, IsEmpty());
    EXPECT_EQ(PrintPublishStamp(result->facts.stamp), edition.stamp);
    const Contents now = DigestsOf(*result);
    const UnEdition walked_now = WalkUn(bytes);
    const Step step = StepFrom(digests, now);
    EXPECT_EQ(StepFrom(walked.texts, walked_now.texts), edition.by_text) << edition.day;
    EXPECT_EQ(step, StepFrom(walked.fields, walked_now.fields)) << edition.day;
    EXPECT_EQ(step.changed + edition.changed_in_order_alone, edition.by_text.changed);
    EXPECT_EQ(step.added, edition.by_text.added);
    EXPECT_EQ(step.removed, edition.by_text.removed);
    digests = now;
    walked = walked_now;
  }
}

TEST(UnRealFilesTest, TheDamagedFileIsRefusedAtItsFirstFault) {
  SKIP_WITHOUT_REAL_FILES();
  const auto result =
      ReadAs(UnConsolidatedXmlFormat(), RealFile("un_sc_consolidated_2025-08-16_corrupt.xml"));
  EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(result->status.message()),
              StartsWith("line 53: column 11: PCDATA invalid Char value 25"));
}

TEST(UnRealFilesTest, EveryTruncationIsRefused) {
  SKIP_WITHOUT_REAL_FILES();
  const std::string bytes = RealFile("un_sc_consolidated_2025-04-19.xml");
  for (size_t tenth = 0; tenth < 10; ++tenth) {
    const auto result =
        ReadAs(UnConsolidatedXmlFormat(), bytes.substr(0, bytes.size() * tenth / 10));
    EXPECT_EQ(result->status.code(), absl::StatusCode::kInvalidArgument) << tenth;
  }
}

TEST(EuRealFilesTest, BothExcerptsAreReadWhole) {
  SKIP_WITHOUT_REAL_FILES();
  const auto xml = ReadAs(EuFsfXmlFormat(), RealFile("eu_fsf_v1.0_excerpt_2016-02-11.xml"));
  const auto csv =
      ReadAs(EuFsfCsvFormat(), RealFile("eu_fsf_v1.0_excerpt_2018-07-04_excel_mangled.csv"));
  for (const auto* result : {xml.get(), csv.get()}) {
    ASSERT_TRUE(result->status.ok()) << result->status;
    EXPECT_THAT(result->rejections, IsEmpty());
    for (const EditionRecord& record : result->records) {
      EXPECT_TRUE(IsWellFormed(record.present)) << record.key;
      for (const v1::ActorRef* actor : RefsOf(record.present)) {
        EXPECT_FALSE(IsUnresolved(actor->id())) << actor->id();
      }
    }
  }
  EXPECT_EQ(xml->records.size(), 595u);
  EXPECT_EQ(PrintPublishStamp(xml->facts.stamp), "2016-02-11");
  EXPECT_EQ(csv->records.size(), 93u);
  EXPECT_EQ(PrintPublishStamp(csv->facts.stamp), "2018-07-04");
  size_t rows = 0;
  size_t names = 0;
  for (const EditionRecord& record : csv->records) {
    rows += record.line_end - record.line + 1 + record.more_lines.size();
    names += record.present.sanction().name_size();
  }
  EXPECT_EQ(rows, 999u);
  EXPECT_EQ(names, 799u);
}

TEST(EuRealFilesTest, AnEntityWhoseNamesDidNotChangeHasTheSameInBothLayouts) {
  SKIP_WITHOUT_REAL_FILES();
  const auto xml = ReadAs(EuFsfXmlFormat(), RealFile("eu_fsf_v1.0_excerpt_2016-02-11.xml"));
  const auto csv =
      ReadAs(EuFsfCsvFormat(), RealFile("eu_fsf_v1.0_excerpt_2018-07-04_excel_mangled.csv"));
  std::map<std::string, const v1::Sanction*> of_key;
  for (const EditionRecord& record : xml->records) {
    of_key[record.key] = &record.present.sanction();
  }
  size_t in_both = 0;
  size_t same = 0;
  for (const EditionRecord& record : csv->records) {
    const auto before = of_key.find(record.key);
    if (before == of_key.end()) continue;
    ++in_both;
    const v1::Sanction& now = record.present.sanction();
    bool equal = before->second->name_size() == now.name_size();
    for (int i = 0; equal && i < now.name_size(); ++i) {
      equal = before->second->name(i).SerializeAsString() == now.name(i).SerializeAsString();
    }
    if (equal) ++same;
  }
  EXPECT_EQ(in_both, 93u);
  EXPECT_EQ(same, 66u);
}

TEST(CaRealFilesTest, TheKeyIsThatOfAPlaceInTheLaw) {
  SKIP_WITHOUT_REAL_FILES();
  const auto before = ReadAs(CaSemaXmlFormat(), RealFile("ca_sema_2020-04-15.xml"));
  const auto after = ReadAs(CaSemaXmlFormat(), RealFile("ca_sema_2025-05-25.xml"));
  ASSERT_TRUE(before->status.ok() && after->status.ok()) << before->status << after->status;
  EXPECT_THAT(before->rejections, IsEmpty());
  EXPECT_THAT(after->rejections, IsEmpty());
  EXPECT_EQ(before->records.size(), 1369u);
  EXPECT_EQ(after->records.size(), 4759u);
  EXPECT_EQ(StepFrom(DigestsOf(*before), DigestsOf(*after)), (Step{3501, 111, 1258}));
  Contents names;
  for (const EditionRecord& record : before->records) {
    names[record.key] = FoldName(record.present.sanction().target(0).printed_name());
  }
  size_t same = 0;
  for (const EditionRecord& record : after->records) {
    const auto named = names.find(record.key);
    if (named == names.end()) continue;
    if (named->second == FoldName(record.present.sanction().target(0).printed_name())) ++same;
  }
  EXPECT_EQ(same, 1250u);
}

}  // namespace
}  // namespace dossier
