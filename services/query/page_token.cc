#include "services/query/page_token.h"

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/model/event_id.h"
#include "services/query/field_error.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr char kVersion = 1;
constexpr size_t kChecksumSize = 8;
constexpr size_t kRequestSize = 16;
constexpr size_t kTokenBytesMax = 64 << 10;

const google::protobuf::FieldDescriptor* Field(const google::protobuf::Message& request,
                                               const char* name) {
  return request.GetDescriptor()->FindFieldByName(name);
}

std::string RequestDigest(const google::protobuf::Message& request) {
  std::unique_ptr<google::protobuf::Message> bare(request.New());
  bare->CopyFrom(request);
  for (const char* name : {"page_token", "page_size"}) {
    if (const auto* field = Field(*bare, name); field != nullptr) {
      bare->GetReflection()->ClearField(bare.get(), field);
    }
  }
  return Sha256(absl::StrCat(request.GetDescriptor()->full_name(), "\n", CanonicalEncoding(*bare)))
      .substr(0, kRequestSize);
}

std::string Checksum(std::string_view body) {
  return Sha256(absl::StrCat("page token\n", std::string(body))).substr(0, kChecksumSize);
}

absl::Status Damaged() {
  return InvalidField("page_token", "damaged; expected a next_page_token of an earlier answer");
}

}  // namespace

std::string WritePageToken(const google::protobuf::Message& request, const ResolvedCut& cut,
                           std::string_view place) {
  std::string body = RequestDigest(request);
  body.push_back(static_cast<char>(cut.log_id.size()));
  body.append(cut.log_id);
  body.append(KeyBuilder(kMetaRow).Stamp(cut.stamp).Number(cut.sequence).key().substr(1));
  body.append(place);
  const std::string token = absl::StrCat(std::string(1, kVersion), Checksum(body), body);
  return absl::WebSafeBase64Escape(token);
}

absl::StatusOr<std::optional<PagePlace>> ReadPageToken(const google::protobuf::Message& request) {
  const std::string text =
      request.GetReflection()->GetString(request, Field(request, "page_token"));
  if (text.empty()) return std::nullopt;
  std::string token;
  if (text.size() > kTokenBytesMax || !absl::WebSafeBase64Unescape(text, &token)) return Damaged();
  constexpr size_t kFixed = 1 + kChecksumSize + kRequestSize + 1;
  if (token.size() < kFixed || token[0] != kVersion) return Damaged();
  const std::string_view body = std::string_view(token).substr(1 + kChecksumSize);
  if (Checksum(body) != token.substr(1, kChecksumSize)) return Damaged();
  if (body.substr(0, kRequestSize) != RequestDigest(request)) {
    return InvalidField("page_token",
                        "it belongs to another request; only page_size may change between pages");
  }
  PagePlace from;
  const size_t log_size = static_cast<uint8_t>(body[kRequestSize]);
  if (body.size() < kRequestSize + 1 + log_size) return Damaged();
  from.cut.log_id = body.substr(kRequestSize + 1, log_size);
  KeyParser parser = KeyParser::OfBytes(body.substr(kRequestSize + 1 + log_size));
  if (!parser.Stamp(&from.cut.stamp) || !parser.Number(&from.cut.sequence)) return Damaged();
  from.place = parser.rest();
  return from;
}

}  // namespace dossier
