// Which records need no look at the view.
#include "services/projector/known_records.h"

#include <gtest/gtest.h>

#include "storage/row_batch.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// Over a view without rows of its own.
class NoRows : public RowCursor {
 public:
  void Seek(std::string_view) override {}
  void SeekForPrev(std::string_view) override {}
  void Next() override {}
  void Prev() override {}
  bool Valid() const override { return false; }
  std::string_view key() const override { return {}; }
  std::string_view value() const override { return {}; }
  absl::Status status() const override { return absl::OkStatus(); }
};

class KnownRecordsTest : public testing::Test {
 protected:
  void PutStatement(const std::string& source, const std::string& record) {
    rows_.Put(KeyBuilder(kStatementRow).Text(source).Text(record).Version({}).key(), "");
  }

  OverlayBatch rows_{[] { return std::make_unique<NoRows>(); }};
  KnownRecords known_;
};

TEST_F(KnownRecordsTest, ARecordOfASourceThatHadNoneIsNewOnce) {
  EXPECT_TRUE(known_.AddNew("one", "1/2000", rows_));
  PutStatement("one", "1/2000");
  EXPECT_FALSE(known_.AddNew("one", "1/2000", rows_));
  EXPECT_TRUE(known_.AddNew("one", "2/2000", rows_));
  EXPECT_TRUE(known_.AddNew("two", "1/2000", rows_));
}

TEST_F(KnownRecordsTest, OfASourceThatWasThereBeforeNothingIsKnown) {
  PutStatement("one", "1/2000");
  EXPECT_FALSE(known_.AddNew("one", "1/2000", rows_));
  EXPECT_FALSE(known_.AddNew("one", "2/2000", rows_));
}

TEST_F(KnownRecordsTest, WhatWasKnownIsForgotten) {
  EXPECT_TRUE(known_.AddNew("one", "1/2000", rows_));
  PutStatement("one", "1/2000");
  known_.Clear();
  EXPECT_FALSE(known_.AddNew("one", "2/2000", rows_));
}

}  // namespace
}  // namespace dossier
