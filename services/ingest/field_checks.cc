#include "services/ingest/field_checks.h"

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "storage/view_keys.h"

namespace dossier {

void FieldChecks::Expect(bool holds, std::string_view field, std::string_view reason) {
  if (holds) return;
  v1::FieldViolation& violation = violations_.emplace_back();
  violation.set_field(std::string(field));
  violation.set_reason(std::string(reason));
}

void FieldChecks::Text(std::string_view field, const std::string& text, size_t bytes_max) {
  Expect(text.size() <= bytes_max, field,
         absl::StrCat("has ", text.size(), " bytes, at most ", bytes_max, " are taken"));
  Expect(FitsKey(text), field, "holds a zero byte");
}

void FieldChecks::NotNegative(std::string_view field, bool set, int64_t number) {
  Expect(!set || number >= 0, field, absl::StrCat(number, " is below 0"));
}

void FieldChecks::Date(std::string_view field, const v1::Date& date) {
  const absl::Status status = ValidateDate(date);
  Expect(status.ok(), field, std::string(status.message()));
}

}  // namespace dossier
