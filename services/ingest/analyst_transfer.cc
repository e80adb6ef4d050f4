#include "services/ingest/analyst_transfer.h"

#include <algorithm>
#include <functional>
#include <string>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr int kDeliveryYearsMax = 100;

void CheckDelivery(const std::string& field, const v1::Delivery& delivery, BodyChecks& checks) {
  checks.fields().NotNegative(field + ".number", delivery.has_number(), delivery.number());
  checks.Expect(
      delivery.year_size() <= kDeliveryYearsMax, field + ".year",
      absl::StrCat(delivery.year_size(), " years, at most ", kDeliveryYearsMax, " are taken"));
  const auto& years = delivery.year();
  checks.Expect(std::all_of(years.begin(), years.end(), [](int y) { return y >= 1 && y <= 9999; }),
                field + ".year", "expected years from 1 to 9999");
  checks.Expect(
      std::adjacent_find(years.begin(), years.end(), std::greater_equal<>()) == years.end(),
      field + ".year", "expected the years in ascending order, each once");
  checks.Expect(!delivery.years_are_span() || years.size() == 2, field + ".year",
                absl::StrCat(years.size(), " years, expected the first and the last of a span"));
}

void CheckTexts(const std::string& at, const v1::Transfer& transfer, BodyChecks& checks) {
  checks.Short(at + ".deal_id", transfer.deal_id(), kRecordBytesMax);
  checks.Short(at + ".designation", transfer.designation(), kShortTextBytesMax);
  checks.Short(at + ".description", transfer.description(), kShortTextBytesMax);
  checks.Short(at + ".category", transfer.category(), kShortTextBytesMax);
}

void CheckNumbers(const std::string& at, const v1::Transfer& transfer, FieldChecks& fields) {
  fields.NotNegative(at + ".number_ordered", transfer.has_number_ordered(),
                     transfer.number_ordered());
  fields.NotNegative(at + ".tiv_new_unit_thousandths", true, transfer.tiv_new_unit_thousandths());
  fields.NotNegative(at + ".tiv_deal_unit_thousandths", true, transfer.tiv_deal_unit_thousandths());
  fields.NotNegative(at + ".tiv_order_thousandths", true, transfer.tiv_order_thousandths());
  fields.NotNegative(at + ".tiv_delivered_thousandths", true, transfer.tiv_delivered_thousandths());
}

}  // namespace

void CheckBody(const v1::Transfer& transfer, BodyChecks& checks) {
  const std::string at = "event.present.transfer";
  checks.Everything(at, transfer);
  checks.Actor(at + ".supplier", transfer.has_supplier());
  checks.Actor(at + ".recipient", transfer.has_recipient());
  checks.Expect(!transfer.designation().empty() || !transfer.description().empty(),
                at + ".designation",
                "is empty, as the description is; expected what was transferred");
  CheckTexts(at, transfer, checks);
  CheckNumbers(at, transfer, checks.fields());
  ForEachElement(at + ".delivery", transfer.delivery(),
                 [&](const std::string& field, const auto& delivery) {
                   CheckDelivery(field, delivery, checks);
                 });
}

}  // namespace dossier
