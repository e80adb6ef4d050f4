// Who may call what: bearer tokens and their roles, from a file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "services/process.h"

namespace dossier {

// A holder of a token.
struct Caller {
  Role role = Role::kReader;
  std::string name;  // for logs; an analyst's is the one that it may write under
};

// The tokens that a server accepts. Only their digests are kept. Immutable, so safe for use by
// several threads.
class Tokens {
 public:
  // Reads "TOKEN ROLE NAME" lines (see ServerOptions); blank lines and those that begin with "#"
  // are skipped. InvalidArgument names the line: a token is 16 to 256 of the characters that RFC
  // 6750 allows, given once; at least one, and at most 10,000 lines.
  static absl::StatusOr<Tokens> Parse(std::string_view text, std::string_view file_name);
  static absl::StatusOr<Tokens> Read(const std::string& file_name);

  // Whose token it is; nullptr: nobody's. Takes as long for a wrong token as for a right one.
  const Caller* Find(std::string_view token) const;

  // Who makes the call, if its "authorization: Bearer TOKEN" allows what needs `role`.
  // Unauthenticated: it has none, or an unknown one; PermissionDenied: the role is too small.
  // ErrorInfo has the reason: TOKEN_MISSING, TOKEN_UNKNOWN, ROLE_TOO_SMALL.
  absl::StatusOr<Caller> Authorize(const grpc::ServerContextBase& context, Role role) const;

 private:
  struct Entry {
    std::array<uint8_t, 32> digest;
    Caller caller;
  };
  absl::Status AddLine(std::string_view line);

  std::vector<Entry> entries_;
};

std::string_view RoleName(Role role);

}  // namespace dossier
