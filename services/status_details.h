// What a status says beside its message, as google.rpc details: which fields were wrong, and why,
// for a program. Carried as absl payloads, whose type URL is that of the message; ToGrpc and
// FromGrpc (services/process.h) take them over the wire.
//
//   absl::Status status = absl::InvalidArgumentError("2 fields are wrong");
//   AddFieldViolation(status, "read_at.cut", "sequence 99 is after the head, 42");
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/rpc/error_details.pb.h"

namespace dossier {

inline constexpr char kBadRequestType[] = "type.googleapis.com/google.rpc.BadRequest";
inline constexpr char kErrorInfoType[] = "type.googleapis.com/google.rpc.ErrorInfo";

// Adds a violation after those that the status has. An ok status carries none: no effect.
void AddFieldViolation(absl::Status& status, std::string_view field, std::string_view description);

// The violations in the order they were added; empty if there are none.
google::rpc::BadRequest FieldViolationsOf(const absl::Status& status);

// Sets the reason ("TOKEN_MISSING") with domain "dossier". An ok status: no effect.
void SetErrorInfo(absl::Status& status, std::string_view reason,
                  const std::map<std::string, std::string>& metadata = {});

// The reason; unset fields if there is none.
google::rpc::ErrorInfo ErrorInfoOf(const absl::Status& status);

}  // namespace dossier
