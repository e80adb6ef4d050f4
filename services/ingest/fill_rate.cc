#include "services/ingest/fill_rate.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr uint64_t kRecordsMin = 20;
constexpr uint64_t kPointsMax = 20;

template <typename Content>
struct Column {
  const char* name;
  bool (*filled)(const Content& content);
};

bool AnyDelivery(const v1::Transfer& transfer, bool (*filled)(const v1::Delivery& delivery)) {
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (filled(delivery)) return true;
  }
  return false;
}

constexpr Column<v1::Transfer> kTransferColumns[] = {
    {"order date", [](const v1::Transfer& t) { return t.has_order_date(); }},
    {"order date is estimate", [](const v1::Transfer& t) { return t.order_date_is_estimate(); }},
    {"number ordered", [](const v1::Transfer& t) { return t.has_number_ordered(); }},
    {"number ordered is estimate",
     [](const v1::Transfer& t) { return t.number_ordered_is_estimate(); }},
    {"number delivered",
     [](const v1::Transfer& t) {
       return AnyDelivery(t, [](const v1::Delivery& d) { return d.has_number(); });
     }},
    {"number delivered is estimate",
     [](const v1::Transfer& t) {
       return AnyDelivery(t, [](const v1::Delivery& d) { return d.number_is_estimate(); });
     }},
    {"delivery year is estimate",
     [](const v1::Transfer& t) {
       return AnyDelivery(t, [](const v1::Delivery& d) { return d.year_is_estimate(); });
     }},
    {"condition", [](const v1::Transfer& t) { return t.condition() != v1::CONDITION_UNSPECIFIED; }},
    {"local production", [](const v1::Transfer& t) { return t.local_production(); }},
    {"comment", [](const v1::Transfer& t) { return !t.comment().empty(); }},
    {"TIV of a new unit", [](const v1::Transfer& t) { return t.has_tiv_new_unit_thousandths(); }},
    {"TIV of the deal's unit",
     [](const v1::Transfer& t) { return t.has_tiv_deal_unit_thousandths(); }},
    {"TIV of the order", [](const v1::Transfer& t) { return t.has_tiv_order_thousandths(); }},
    {"TIV delivered", [](const v1::Transfer& t) { return t.has_tiv_delivered_thousandths(); }},
};

constexpr Column<v1::Sanction> kSanctionColumns[] = {
    {"programme", [](const v1::Sanction& s) { return s.programme_size() > 0; }},
    {"legal act", [](const v1::Sanction& s) { return s.instrument_size() > 0; }},
    {"date", [](const v1::Sanction& s) { return s.date_size() > 0; }},
    {"alias", [](const v1::Sanction& s) { return s.name_size() > 1; }},
    {"birth", [](const v1::Sanction& s) { return s.birth_size() > 0; }},
    {"nationality", [](const v1::Sanction& s) { return s.nationality_size() > 0; }},
    {"identifier", [](const v1::Sanction& s) { return s.identifier_size() > 0; }},
    {"address", [](const v1::Sanction& s) { return s.address_size() > 0; }},
    {"position", [](const v1::Sanction& s) { return s.position_size() > 0; }},
    {"gender", [](const v1::Sanction& s) { return !s.gender().empty(); }},
    {"link", [](const v1::Sanction& s) { return s.link_size() > 0; }},
    {"reason", [](const v1::Sanction& s) { return !s.reason().empty(); }},
    {"remarks", [](const v1::Sanction& s) { return !s.remarks().empty(); }},
};
static_assert(std::size(kTransferColumns) + std::size(kSanctionColumns) == kColumns);

template <typename Content, size_t kSize>
uint32_t FilledIn(const Content& content, const Column<Content> (&columns)[kSize]) {
  uint32_t filled = 0;
  for (size_t i = 0; i < kSize; ++i) {
    if (columns[i].filled(content)) filled |= uint32_t{1} << i;
  }
  return filled;
}

const char* ColumnName(size_t column) {
  constexpr size_t kOfTransfers = std::size(kTransferColumns);
  return column < kOfTransfers ? kTransferColumns[column].name
                               : kSanctionColumns[column - kOfTransfers].name;
}

}  // namespace

uint32_t FilledColumns(const v1::Present& present) {
  if (present.has_transfer()) return FilledIn(present.transfer(), kTransferColumns);
  if (present.has_sanction()) {
    return FilledIn(present.sanction(), kSanctionColumns) << std::size(kTransferColumns);
  }
  return 0;
}

void FillRates::Count(uint32_t filled_before, uint32_t filled_now) {
  ++records_;
  for (size_t i = 0; i < kColumns; ++i) {
    before_[i] += filled_before >> i & 1;
    now_[i] += filled_now >> i & 1;
  }
}

std::vector<std::string> FillRates::Warnings() const {
  std::vector<std::string> warnings;
  if (records_ < kRecordsMin) return warnings;
  for (size_t i = 0; i < kColumns; ++i) {
    const uint64_t low = std::min(before_[i], now_[i]);
    const uint64_t high = std::max(before_[i], now_[i]);
    if ((high - low) * 100 <= kPointsMax * records_) continue;
    warnings.push_back(absl::StrCat(
        ColumnName(i), ": filled in ", now_[i] * 100 / records_, " % of the ", records_,
        " records known before, in which it was filled in ", before_[i] * 100 / records_, " %"));
  }
  return warnings;
}

}  // namespace dossier
