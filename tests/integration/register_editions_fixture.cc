#include "tests/integration/register_editions_fixture.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "services/query/transfers_query.h"
#include "tests/integration/all_pages.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;

v1::Cut KnownBy(const std::string& day) {
  v1::Cut cut;
  *cut.mutable_known_by_date() = *ParseDate(day);
  return cut;
}

}  // namespace

std::unique_ptr<RegisterEditionsTest::Published> RegisterEditionsTest::published_;

RegisterEditionsTest::Published& RegisterEditionsTest::InOrder() {
  if (published_ == nullptr) {
    published_ = std::make_unique<Published>();
    for (const char* name : kRegisterNames) {
      published_->reports.push_back(LoadFile(published_->path, name));
      published_->plain.push_back(PlainRegister(Bytes(name)));
    }
  }
  return *published_;
}

std::vector<v1::TransferRecord> RegisterEditionsTest::Held(IngestPath& path, const std::string& day,
                                                           const std::string& supplier,
                                                           const std::string& recipient) {
  v1::ListTransfersRequest request;
  *request.mutable_read_at()->mutable_cut() = KnownBy(day);
  request.mutable_filter()->set_source(kRegisterSource);
  if (!supplier.empty()) request.mutable_filter()->add_supplier(supplier);
  if (!recipient.empty()) request.mutable_filter()->add_recipient(recipient);
  request.set_page_size(kPageSize);
  std::vector<v1::TransferRecord> held;
  for (v1::ListTransfersResponse& page : AllPages(path, request, &ListTransfers)) {
    for (v1::TransferRecord& record : *page.mutable_transfer()) held.push_back(std::move(record));
  }
  return held;
}

v1::ListTransferChangesRequest RegisterEditionsTest::ChangesBetween(const std::string& from,
                                                                    const std::string& to) {
  v1::ListTransferChangesRequest request;
  *request.mutable_read_at()->mutable_cut() = KnownBy(to);
  *request.mutable_from() = KnownBy(from);
  request.set_source(kRegisterSource);
  request.set_page_size(kPageSize);
  return request;
}

const PlainCells& RegisterEditionsTest::RowOf(const v1::Ground& ground) {
  using Rows = std::map<std::pair<std::string, uint32_t>, PlainCells>;  // by file and line
  static const auto& rows = *new Rows([] {
    Rows by_place;
    for (size_t i = 0; i < kRegisterEditions; ++i) {
      for (const PlainDeal& deal : InOrder().plain[i]) {
        by_place[{absl::StrCat("sipri_", kRegisterNames[i], ".csv"), deal.line}] = deal.cells;
      }
    }
    return by_place;
  }());
  static const auto& none = *new PlainCells(kPlainCells);
  const auto at = rows.find({ground.locator().file_name(), ground.locator().line()});
  EXPECT_NE(at, rows.end()) << ground.ShortDebugString();
  return at != rows.end() ? at->second : none;
}

}  // namespace dossier
