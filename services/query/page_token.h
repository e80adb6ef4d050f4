// Where a list goes on: opaque to the caller, bound to its request and to one resolved cut.
//
//   auto from = ReadPageToken(request);                  // nullopt: the first page
//   auto as_of = AsOf::Open(views, request.read_at(), limits, from ? &from->cut : nullptr);
//   response.set_next_page_token(WritePageToken(request, as_of->resolved(), place));
//
// The request's page_token and page_size are not part of what a token is bound to. A token is not
// secret; a checksum tells a damaged one. Format before base64:
//
//   token := version checksum request log stamp sequence place
//   version  := u8, 1            checksum := 8 bytes of SHA-256 over all that follows it
//   request  := 16 bytes of SHA-256 over the request's name and canonical encoding
//   log      := u8 length, bytes  stamp   := as in keys (view_keys.h)
//   sequence := u64 big-endian   place    := the rest: what the list makes of it
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/query/as_of.h"

namespace dossier {

struct PagePlace {
  ResolvedCut cut;
  std::string place;
};

// `request` has a string field page_token. Nullopt where that is empty. InvalidArgument: damaged,
// or of another request.
absl::StatusOr<std::optional<PagePlace>> ReadPageToken(const google::protobuf::Message& request);

std::string WritePageToken(const google::protobuf::Message& request, const ResolvedCut& cut,
                           std::string_view place);

}  // namespace dossier
