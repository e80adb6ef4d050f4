// An error that names the request's field: in the message for people ("page_size: 0 ..."), and as a
// field violation for programs.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/status_details.h"

namespace dossier {

inline absl::Status FieldError(absl::StatusCode code, std::string_view field,
                               std::string_view what) {
  absl::Status status(code, absl::StrCat(std::string(field), ": ", std::string(what)));
  AddFieldViolation(status, field, what);
  return status;
}

inline absl::Status InvalidField(std::string_view field, std::string_view what) {
  return FieldError(absl::StatusCode::kInvalidArgument, field, what);
}

}  // namespace dossier
