#include "services/ingest/sources/record_gate.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

constexpr uint32_t kRecordsMax = 1'000'000;

}  // namespace

absl::Status RecordGate::Pass(EditionRecord record) {
  if (passed_ + rejected_ >= kRecordsMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", record.line, ": too many records: expected at most ", kRecordsMax));
  }
  const auto [seen, is_new] = line_of_key_.emplace(record.key, record.line);
  if (!is_new) {
    std::string reason = absl::StrCat("record ", record.key, " stands in line ", seen->second,
                                      " already: expected one of each");
    return Reject(RejectionAt(record.line, "", std::move(reason)), std::move(record.key));
  }
  ++passed_;
  return sink_.OnRecord(std::move(record));
}

absl::Status RecordGate::Reject(v1::Rejection rejection, std::optional<std::string> key) {
  if (rejected_++ == 0) first_rejection_ = rejection;
  return sink_.OnRejection(std::move(rejection), std::move(key));
}

absl::Status RecordGate::CheckAny(std::string_view expected) const {
  if (passed_ != 0) return absl::OkStatus();
  if (rejected_ == 0) {
    std::string problem = "no records: expected ";
    return LineError(1, 0, problem.append(expected));
  }
  return LineError(
      first_rejection_.line(), first_rejection_.column(),
      absl::StrCat("none of the ", rejected_,
                   " records could be read; the first: ", first_rejection_.field(),
                   first_rejection_.field().empty() ? "" : ": ", first_rejection_.reason()));
}

v1::Rejection RejectionAt(uint32_t line, std::string_view field, std::string reason) {
  v1::Rejection rejection;
  rejection.set_line(line);
  rejection.set_field(std::string(field));
  rejection.set_reason(std::move(reason));
  return rejection;
}

}  // namespace dossier
