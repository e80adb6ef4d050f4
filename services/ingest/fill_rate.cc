#include "services/ingest/fill_rate.h"

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr uint64_t kRecordsMin = 20;
constexpr uint64_t kPointsMax = 20;

struct Column {
  const char* name;
  bool (*filled)(const v1::Transfer& transfer);
};

bool AnyDelivery(const v1::Transfer& transfer, bool (*filled)(const v1::Delivery& delivery)) {
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (filled(delivery)) return true;
  }
  return false;
}

const Column kColumnTable[kColumns] = {
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

}  // namespace

uint32_t FilledColumns(const v1::Present& present) {
  uint32_t filled = 0;
  if (!present.has_transfer()) return filled;
  for (size_t i = 0; i < kColumns; ++i) {
    if (kColumnTable[i].filled(present.transfer())) filled |= uint32_t{1} << i;
  }
  return filled;
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
        kColumnTable[i].name, ": filled in ", now_[i] * 100 / records_, " % of the ", records_,
        " records known before, in which it was filled in ", before_[i] * 100 / records_, " %"));
  }
  return warnings;
}

}  // namespace dossier
