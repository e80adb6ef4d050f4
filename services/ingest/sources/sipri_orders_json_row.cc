#include "services/ingest/sources/sipri_orders_json_row.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/sipri_cells.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int64_t kNumberMax = 1'000'000'000;

enum Kind { kNumber, kFlag, kText };

struct KeyRule {
  std::string_view name;
  Kind kind;
  bool is_required;
};

enum : size_t {
  kId,
  kTradeId,
  kBuyer,
  kSeller,
  kOrderYear,
  kOrderYearIsEstimate,
  kUnitsAreEstimate,
  kDeliveryYear,
  kStatus,
  kDesignation,
  kDescription,
  kCategory,
  kStatusIsEstimate,
  kUnits,
  kTransferType,
  kLocalInvolvement,
  kReason,
  kNote,
};

constexpr std::array<KeyRule, SipriOrderRow::kKeys> kKeyTable = {{
    {"id", kNumber, true},
    {"tradeId", kNumber, true},
    {"buyer", kText, true},
    {"seller", kText, true},
    {"orderYr", kNumber, true},
    {"orderYrEst", kFlag, true},
    {"unitsEst", kFlag, true},
    {"deliveryYr", kNumber, true},
    {"status", kText, true},
    {"desg", kText, true},
    {"desc", kText, true},
    {"category", kText, true},
    {"statusEst", kFlag, false},
    {"units", kNumber, false},
    {"transferType", kNumber, false},
    {"locInvolvement", kNumber, false},
    {"reason1700", kNumber, false},
    {"note", kNumber, false},
}};
static_assert(kNote + 1 == SipriOrderRow::kKeys);

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

std::string Expected(Kind kind) {
  if (kind == kFlag) return "true or false";
  if (kind == kText) return "a text without a NUL";
  return absl::StrCat("a whole number of 0 to ", kNumberMax);
}

bool IsOfKind(const JsonScalar& scalar, Kind kind) {
  if (kind == kFlag) return std::holds_alternative<bool>(scalar);
  if (kind == kText) {
    const auto* const text = std::get_if<std::string>(&scalar);
    return text != nullptr && text->find('\0') == std::string::npos;
  }
  const auto* const number = std::get_if<int64_t>(&scalar);
  return number != nullptr && *number >= 0 && *number <= kNumberMax;
}

std::string Wrong(std::string_view printed, std::string_view expected) {
  return absl::StrCat("found ", Quoted(printed), ": expected ", Absl(expected));
}

v1::Condition ConditionOf(std::string_view status) {
  if (status == "N") return v1::CONDITION_NEW;
  if (status == "S") return v1::CONDITION_SECOND_HAND;
  if (status == "R") return v1::CONDITION_SECOND_HAND_MODERNIZED;
  return v1::CONDITION_UNSPECIFIED;
}

}  // namespace

void SipriOrderRow::Set(std::string_view name, JsonValue value) {
  const auto found = std::find_if(kKeyTable.begin(), kKeyTable.end(),
                                  [&](const KeyRule& rule) { return rule.name == name; });
  if (found == kKeyTable.end()) {
    raw_.push_back(absl::StrCat(Absl(name), " ", Absl(value.printed)));
    return;
  }
  const size_t key = static_cast<size_t>(found - kKeyTable.begin());
  const bool is_repeated = std::exchange(seen_[key], true);
  if (!is_repeated && std::holds_alternative<std::nullptr_t>(value.scalar)) return;
  if (!is_repeated && IsOfKind(value.scalar, found->kind)) {
    values_[key] = std::move(value);
  } else if (!fault_) {
    fault_ = Fault{value.offset, std::string(name),
                   is_repeated ? "the key stands there twice: expected once"
                               : Wrong(value.printed, Expected(found->kind))};
  }
}

void SipriOrderRow::Fail(size_t key, std::string reason) {
  if (fault_) return;
  fault_ = Fault{std::nullopt, std::string(kKeyTable[key].name), std::move(reason)};
  if (Has(key)) fault_->offset = values_[key]->offset;
}

int64_t SipriOrderRow::Number(size_t key) const { return std::get<int64_t>(values_[key]->scalar); }

bool SipriOrderRow::Flag(size_t key) const {
  return Has(key) && std::get<bool>(values_[key]->scalar);
}

std::string_view SipriOrderRow::Text(size_t key) const {
  return Trimmed(std::get<std::string>(values_[key]->scalar));
}

void SipriOrderRow::CheckYear(size_t key) {
  const int64_t year = Number(key);
  if (year == 0 || (year >= kSipriYearMin && year <= kSipriYearMax)) return;
  Fail(key, Wrong(values_[key]->printed, absl::StrCat("a year of ", kSipriYearMin, " to ",
                                                      kSipriYearMax, ", or 0 for none")));
}

void SipriOrderRow::CheckRequired() {
  for (size_t key = 0; key < kKeys; ++key) {
    if (!kKeyTable[key].is_required || Has(key)) continue;
    Fail(key, absl::StrCat(seen_[key] ? "found null" : "the key is missing", ": expected ",
                           Expected(kKeyTable[key].kind)));
  }
}

std::optional<std::string> SipriOrderRow::Key() const {
  if (!Has(kTradeId)) return std::nullopt;
  return absl::StrCat(Number(kTradeId));
}

std::optional<SipriOrderRow::Fault> SipriOrderRow::Read(const CountryNames& names,
                                                        EditionRecord& record) {
  CheckRequired();
  if (fault_) return fault_;
  CheckYear(kOrderYear);
  CheckYear(kDeliveryYear);
  for (size_t key : {kBuyer, kSeller}) {
    if (Text(key).empty()) Fail(key, Wrong(values_[key]->printed, "the name of a party"));
  }
  if (fault_) return fault_;
  record.key = *Key();
  record.element = absl::StrCat("trade ", record.key, ", id ", Number(kId));
  v1::Transfer& transfer = *record.present.mutable_transfer();
  names.Set(Text(kSeller), *transfer.mutable_supplier());
  names.Set(Text(kBuyer), *transfer.mutable_recipient());
  FillDeal(transfer);
  FillCodes(record);
  return std::nullopt;
}

void SipriOrderRow::FillDeal(v1::Transfer& transfer) const {
  transfer.set_deal_id(*Key());
  transfer.set_designation(std::string(Text(kDesignation)));
  transfer.set_description(std::string(Text(kDescription)));
  transfer.set_category(std::string(Text(kCategory)));
  if (const int64_t year = Number(kOrderYear)) {
    *transfer.mutable_order_date() = MakeDate(static_cast<int>(year));
  }
  if (Flag(kOrderYearIsEstimate)) transfer.set_order_date_is_estimate(true);
  if (Has(kUnits)) transfer.set_number_ordered(Number(kUnits));
  if (Flag(kUnitsAreEstimate)) transfer.set_number_ordered_is_estimate(true);
  if (const int64_t year = Number(kDeliveryYear)) {
    transfer.add_delivery()->add_year(static_cast<int32_t>(year));
  }
  transfer.set_condition(ConditionOf(Text(kStatus)));
}

void SipriOrderRow::FillCodes(EditionRecord& record) const {
  v1::Transfer& transfer = *record.present.mutable_transfer();
  const auto keep = [&](size_t key) {
    record.raw.push_back(absl::StrCat(Absl(kKeyTable[key].name), " ", Absl(values_[key]->printed)));
  };
  if (transfer.condition() == v1::CONDITION_UNSPECIFIED) keep(kStatus);
  if (Flag(kStatusIsEstimate)) keep(kStatusIsEstimate);
  for (size_t key : {kTransferType, kLocalInvolvement, kReason, kNote}) {
    if (!Has(key)) continue;
    const int64_t code = Number(key);
    if (key == kLocalInvolvement && (code == 126065 || code == 126074)) {
      transfer.set_local_production(true);
    }
    keep(key);
  }
  // In an order that does not hang on that of the keys.
  record.raw.insert(record.raw.end(), raw_.begin(), raw_.end());
  std::sort(record.raw.begin(), record.raw.end());
}

}  // namespace dossier
