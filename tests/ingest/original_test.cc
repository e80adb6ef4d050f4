#include "services/ingest/original.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/workbook_bytes.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class OriginalTest : public testing::Test {
 protected:
  // "3* text": the star marks a line that the locator names.
  std::vector<std::string> Show(std::string_view bytes, uint32_t line, uint32_t line_end,
                                uint32_t context = 0) {
    auto spool = archive_.NewSpool();
    EXPECT_TRUE(spool.ok() && (*spool)->Write(bytes).ok());
    const auto digest = (*spool)->Keep();
    EXPECT_TRUE(digest.ok());
    v1::Locator locator;
    locator.set_bytes_digest(digest.value_or(""));
    locator.set_line(line);
    locator.set_line_end(line_end);
    const auto original = ReadOriginal(archive_, locator, context);
    status_ = original.status();
    std::vector<std::string> lines;
    if (!original.ok()) return lines;
    for (const v1::OriginalLine& shown : original->line()) {
      lines.push_back(absl::StrCat(shown.number(), shown.located() ? "* " : " ", shown.text()));
    }
    return lines;
  }

  TempDir dir_;
  Archive archive_ = *Archive::Open(dir_.path());
  absl::Status status_;
};

TEST_F(OriginalTest, OfATextItsLines) {
  EXPECT_THAT(Show("\xef\xbb\xbf"
                   "a\r\nb\nc",
                   2, 3, 1),
              ElementsAre("1 a", "2* b", "3* c"));
  EXPECT_THAT(Show("ab", 1, 1), ElementsAre("1* ab"));
}

TEST_F(OriginalTest, ALineThatNoTableWouldHaveIsShownToo) {
  const std::string row(300'000, 'x');
  EXPECT_THAT(Show("a\n" + row + "\nb", 2, 2), ElementsAre("2* " + row));
  EXPECT_THAT(Show(std::string((size_t{3} << 20) + 1, 'x'), 1, 1), ElementsAre());
  EXPECT_EQ(status_.message(),
            "line 1: column 3145729: the line is too long: expected at most 3145728 bytes");
}

TEST_F(OriginalTest, OfAWorkbookTheRowsOfItsSheet) {
  const std::string workbook = ZipBytes(
      Workbook(InlineRow(1, {"Head"}) + InlineRow(2, {"a", "", "c"}) + InlineRow(4, {"Köln"})));
  EXPECT_THAT(Show(workbook, 2, 2), ElementsAre("2* a\t\tc"));
  EXPECT_THAT(Show(workbook, 2, 4, 1), ElementsAre("1 Head", "2* a\t\tc", "4* Köln"));
  EXPECT_THAT(Show(workbook, 9, 9), ElementsAre());
  EXPECT_EQ(status_.message(), "locator: names line 9, the edition has 4");
}

TEST_F(OriginalTest, ADamagedWorkbookSaysSo) {
  EXPECT_THAT(Show("PK\x03\x04 and no more", 1, 1), ElementsAre());
  EXPECT_THAT(std::string(status_.message()), HasSubstr("workbook: the archive: it does not open"));
}

}  // namespace
}  // namespace dossier
