#include "services/tokens.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "openssl/crypto.h"
#include "openssl/sha.h"
#include "services/small_file.h"
#include "services/status_details.h"

namespace dossier {
namespace {

constexpr size_t kTokenBytesMin = 16;
constexpr size_t kTokenBytesMax = 256;
constexpr size_t kLinesMax = 10'000;
constexpr std::string_view kScheme = "Bearer ";

std::array<uint8_t, 32> DigestOf(std::string_view token) {
  std::array<uint8_t, 32> digest;
  SHA256(reinterpret_cast<const uint8_t*>(token.data()), token.size(), digest.data());
  return digest;
}

bool IsToken(std::string_view text) {
  if (text.size() < kTokenBytesMin || text.size() > kTokenBytesMax) return false;
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) &&
        std::string_view("-._~+/=").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

std::optional<Role> RoleNamed(std::string_view name) {
  for (const Role role : {Role::kReader, Role::kAnalyst, Role::kLoader}) {
    if (name == RoleName(role)) return role;
  }
  return std::nullopt;
}

absl::Status Denied(absl::Status status, std::string_view reason) {
  SetErrorInfo(status, reason);
  return status;
}

}  // namespace

std::string_view RoleName(Role role) {
  switch (role) {
    case Role::kReader:
      return "reader";
    case Role::kAnalyst:
      return "analyst";
    case Role::kLoader:
      return "loader";
  }
  return "";
}

absl::Status Tokens::AddLine(std::string_view line) {
  const std::vector<std::string> words = absl::StrSplit(absl::string_view(line.data(), line.size()),
                                                        absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (words.size() != 3) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected \"TOKEN ROLE NAME\", found ", words.size(), " words"));
  }
  // The message must not repeat what may be a token.
  if (!IsToken(words[0])) {
    return absl::InvalidArgumentError(
        "expected a token of 16 to 256 letters, digits and -._~+/= as the first word");
  }
  const std::optional<Role> role = RoleNamed(words[1]);
  if (!role.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("role \"", words[1], "\": expected reader, analyst or loader"));
  }
  if (const Caller* holder = Find(words[0]); holder != nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("the token was given before, to ", holder->name));
  }
  entries_.push_back({DigestOf(words[0]), {*role, words[2]}});
  return absl::OkStatus();
}

absl::StatusOr<Tokens> Tokens::Parse(std::string_view text, std::string_view file_name) {
  const absl::string_view file(file_name.data(), file_name.size());
  Tokens tokens;
  size_t number = 0;
  for (const absl::string_view raw :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++number;
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty() || line.front() == '#') continue;
    if (number > kLinesMax) {
      return absl::InvalidArgumentError(absl::StrCat(file, ": more than ", kLinesMax, " lines"));
    }
    const absl::Status added = tokens.AddLine(std::string_view(line.data(), line.size()));
    if (!added.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(file, ":", number, ": ", added.message()));
    }
  }
  // An empty list would lock everybody out, which nobody who names a file means.
  if (tokens.entries_.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": no tokens; expected lines of \"TOKEN ROLE NAME\""));
  }
  return tokens;
}

absl::StatusOr<Tokens> Tokens::Read(const std::string& file_name) {
  const auto text = ReadSmallFile(file_name);
  if (!text.ok()) return text.status();
  return Parse(*text, file_name);
}

const Caller* Tokens::Find(std::string_view token) const {
  const std::array<uint8_t, 32> digest = DigestOf(token);
  const Caller* found = nullptr;
  for (const Entry& entry : entries_) {
    if (CRYPTO_memcmp(entry.digest.data(), digest.data(), digest.size()) == 0) {
      found = &entry.caller;
    }
  }
  return found;
}

absl::StatusOr<Caller> Tokens::Authorize(const grpc::ServerContextBase& context, Role role) const {
  const auto& metadata = context.client_metadata();
  const auto [first, last] = metadata.equal_range("authorization");
  if (first == last || std::next(first) != last) {
    return Denied(absl::UnauthenticatedError("expected one header \"authorization: Bearer TOKEN\""),
                  "TOKEN_MISSING");
  }
  const absl::string_view value(first->second.data(), first->second.size());
  const absl::string_view scheme(kScheme.data(), kScheme.size());
  if (!absl::StartsWithIgnoreCase(value, scheme)) {
    return Denied(
        absl::UnauthenticatedError("authorization: expected \"Bearer\", a blank and a token"),
        "TOKEN_MISSING");
  }
  const absl::string_view token = value.substr(kScheme.size());
  const Caller* caller = Find(std::string_view(token.data(), token.size()));
  if (caller == nullptr) {
    return Denied(absl::UnauthenticatedError("the token is not known here"), "TOKEN_UNKNOWN");
  }
  if (caller->role < role) {
    const std::string has(RoleName(caller->role));
    const std::string needs(RoleName(role));
    return Denied(absl::PermissionDeniedError(absl::StrCat(caller->name, " has the role ", has,
                                                           "; this call needs ", needs)),
                  "ROLE_TOO_SMALL");
  }
  return *caller;
}

}  // namespace dossier
