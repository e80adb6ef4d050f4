#include "services/status_details.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "services/process.h"
#include "services/utf8.h"

namespace dossier {
namespace {

// Trailers over 8 KiB are refused by gRPC's C++, Python and Java clients as they come, and the
// error would be lost with them. The message travels twice, once percent-encoded.
constexpr size_t kMessageBytesMax = 1000;
constexpr size_t kDetailsBytesMax = 4500;

template <typename Detail>
Detail PayloadOf(const absl::Status& status, const char* type) {
  Detail detail;
  const auto payload = status.GetPayload(type);
  if (payload.has_value() && !detail.ParseFromString(std::string(*payload))) detail.Clear();
  return detail;
}

template <typename Detail>
void SetPayload(absl::Status& status, const char* type, const Detail& detail) {
  status.SetPayload(type, absl::Cord(detail.SerializeAsString()));
}

std::string CutMessage(std::string_view message) {
  if (message.size() <= kMessageBytesMax) return ValidUtf8(message);
  return ValidUtf8(message.substr(0, kMessageBytesMax)) + "...";
}

// The first violations that fit, and a last one that counts the others.
std::string FittingViolations(google::rpc::BadRequest bad_request, size_t bytes_max) {
  auto& violations = *bad_request.mutable_field_violations();
  const int all = violations.size();
  size_t bytes = 0;
  int kept = 0;
  while (kept < all) {
    bytes += violations[kept].ByteSizeLong() + 4;
    if (bytes > bytes_max) break;
    ++kept;
  }
  if (kept == all) return bad_request.SerializeAsString();
  violations.DeleteSubrange(kept, all - kept);
  violations.Add()->set_description("and " + std::to_string(all - kept) +
                                    " more, left out for length");
  return bad_request.SerializeAsString();
}

// Payloads of other types that do not fit are left out whole: half a message is none.
void AddDetails(const absl::Status& status, google::rpc::Status& out) {
  size_t bytes = 0;
  std::vector<std::pair<std::string, std::string>> payloads;
  status.ForEachPayload([&](absl::string_view type, const absl::Cord& payload) {
    payloads.emplace_back(std::string(type), std::string(payload));
  });
  std::sort(payloads.begin(), payloads.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first == kBadRequestType, a.first) <
           std::pair(b.first == kBadRequestType, b.first);
  });
  for (auto& [type, payload] : payloads) {
    if (type == kBadRequestType) {
      payload = FittingViolations(FieldViolationsOf(status), kDetailsBytesMax - bytes);
    } else if (bytes + type.size() + payload.size() > kDetailsBytesMax) {
      continue;
    }
    bytes += type.size() + payload.size();
    auto* any = out.add_details();
    any->set_type_url(type);
    any->set_value(payload);
  }
}

}  // namespace

void AddFieldViolation(absl::Status& status, std::string_view field, std::string_view description) {
  auto bad_request = FieldViolationsOf(status);
  auto* violation = bad_request.add_field_violations();
  violation->set_field(ValidUtf8(field));
  violation->set_description(ValidUtf8(description));
  SetPayload(status, kBadRequestType, bad_request);
}

google::rpc::BadRequest FieldViolationsOf(const absl::Status& status) {
  return PayloadOf<google::rpc::BadRequest>(status, kBadRequestType);
}

void SetErrorInfo(absl::Status& status, std::string_view reason,
                  const std::map<std::string, std::string>& metadata) {
  google::rpc::ErrorInfo error_info;
  error_info.set_reason(ValidUtf8(reason));
  error_info.set_domain("dossier");
  for (const auto& [name, value] : metadata) {
    (*error_info.mutable_metadata())[ValidUtf8(name)] = ValidUtf8(value);
  }
  SetPayload(status, kErrorInfoType, error_info);
}

google::rpc::ErrorInfo ErrorInfoOf(const absl::Status& status) {
  return PayloadOf<google::rpc::ErrorInfo>(status, kErrorInfoType);
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(CutMessage(std::string(status.message())));
  AddDetails(status, details);
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), details.message(),
                      details.details().empty() ? "" : details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status out(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return out;
  for (const auto& any : details.details()) out.SetPayload(any.type_url(), absl::Cord(any.value()));
  return out;
}

}  // namespace dossier
