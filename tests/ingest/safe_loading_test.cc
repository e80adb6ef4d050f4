// An edition never ends more than is usual without the loader's word, and an excerpt ends nothing.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "tests/ingest/ingest_fixture.h"

namespace dossier {
namespace {

using testing::Contains;
using testing::HasSubstr;

class SafeLoadingTest : public IngestFixture {
 protected:
  // An edition with so many deals, the first `without` of 100 left out.
  static std::string Without(int without, const std::string& generated) {
    std::vector<Row> rows;
    for (int i = without; i < 100; ++i) {
      Row row;
      row.deal = absl::StrCat(1000 + i);
      rows.push_back(row);
    }
    return SipriEdition(generated, rows);
  }
};

TEST_F(SafeLoadingTest, OneInTenWithinAMonthIsUsual) {
  ASSERT_TRUE(Load(Without(0, "1 Jan 2020")).status.ok());
  const Loaded tenth = Load(Without(10, "20 Jan 2020"));
  EXPECT_TRUE(tenth.status.ok()) << tenth.status;
  EXPECT_EQ(tenth.report.edition().counts().absent(), 10u);
}

TEST_F(SafeLoadingTest, MoreThanThatIsRefusedWithTheFigure) {
  ASSERT_TRUE(Load(Without(0, "1 Jan 2020")).status.ok());
  const uint64_t head = Head();
  const Loaded refused = Load(Without(11, "20 Jan 2020"));
  EXPECT_TRUE(absl::IsFailedPrecondition(refused.status)) << refused.status;
  EXPECT_THAT(std::string(refused.status.message()),
              HasSubstr("would end 11 of the 100 records known in its scope (11 %), expected at "
                        "most 10 % within 19 days"));
  EXPECT_EQ(Head(), head);
  EXPECT_EQ(Known("1000/2001", "2021"), "9");
}

TEST_F(SafeLoadingTest, ALoaderMayInsist) {
  ASSERT_TRUE(Load(Without(0, "1 Jan 2020")).status.ok());
  v1::LoadOptions options;
  options.set_accept_ending(true);
  const Loaded loaded = Load(Without(60, "20 Jan 2020"), options);
  EXPECT_TRUE(loaded.status.ok()) << loaded.status;
  EXPECT_EQ(Known("1000/2001", "2021"), "absent");
}

TEST_F(SafeLoadingTest, WithTimeMoreMayEndButNeverMoreThanHalf) {
  ASSERT_TRUE(Load(Without(0, "1 Jan 2020")).status.ok());
  EXPECT_TRUE(Load(Without(29, "20 Mar 2020")).status.ok());
  ASSERT_TRUE(Load(Without(29, "1 Jan 2021")).status.ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Load(Without(65, "1 Jan 2030")).status));
  EXPECT_TRUE(Load(Without(64, "1 Jan 2030")).status.ok());
}

TEST_F(SafeLoadingTest, AnExcerptEndsNothing) {
  ASSERT_TRUE(Load(Without(0, "1 Jan 2020")).status.ok());
  v1::LoadOptions options;
  options.set_excerpt(true);
  const Loaded loaded = Load(Without(90, "20 Jan 2020"), options);
  EXPECT_TRUE(loaded.status.ok()) << loaded.status;
  EXPECT_EQ(loaded.report.edition().counts().absent(), 0u);
  EXPECT_THAT(loaded.report.scope(), HasSubstr("additions only"));
  EXPECT_EQ(Known("1000/2001", "2021"), "9");
}

TEST_F(SafeLoadingTest, AnEmptyFileIsRefused) {
  const Loaded loaded = Load("");
  EXPECT_TRUE(absl::IsInvalidArgument(loaded.status)) << loaded.status;
  EXPECT_THAT(std::string(loaded.status.message()), HasSubstr("the file is empty"));
}

// A register without a preamble does not say when it was made.
std::string Undated() {
  const std::string whole = SipriEdition("1 Jan 2020", {Row()});
  return whole.substr(whole.find("SIPRI AT Database ID"));
}

TEST_F(SafeLoadingTest, TheFileNameMayGiveTheDate) {
  v1::LoadOptions options;
  options.set_file_name("register_2001-12-31T0152Z.csv");
  const Loaded loaded = Load(Undated(), options);
  ASSERT_TRUE(loaded.status.ok()) << loaded.status;
  EXPECT_EQ(PrintPublishStamp(loaded.report.edition().stamp()), "2001-12-31 01:52:00");
  EXPECT_EQ(loaded.report.edition().stamp().basis(), v1::BASIS_ASSUMED);
  EXPECT_THAT(loaded.report.warning(), Contains(HasSubstr("taken from the file's name")));
}

TEST_F(SafeLoadingTest, TwoDatesInAFileNameAreNone) {
  v1::LoadOptions options;
  for (const char* name :
       {"register_2001-12-31_2002-01-01.csv", "register_2001-13-31.csv", "r.csv"}) {
    options.set_file_name(name);
    const Loaded loaded = Load(Undated(), options);
    EXPECT_TRUE(absl::IsInvalidArgument(loaded.status)) << name << ": " << loaded.status;
    EXPECT_THAT(std::string(loaded.status.message()), HasSubstr("does not state when"));
  }
}

}  // namespace
}  // namespace dossier
