// TLS keys and certificates from PEM files, as gRPC takes them.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/security/server_credentials.h"
#include "services/process.h"

namespace dossier {

// Of a server: TLS where a certificate is named, mutual TLS where a client CA is; else plaintext.
// InvalidArgument: flags that do not go together, or a file that is not what it should be.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ServerCredentialsOf(
    const ServerOptions& options);

// Of a client: TLS where a CA is named ("system": the system's own); with certificate and key,
// mutual TLS; else plaintext. Errors as above.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsOf(
    const std::string& ca_file, const std::string& cert_file, const std::string& key_file);

// Whether an address means this host, whose traffic nobody else sees: "localhost:PORT",
// "127.0.0.1:PORT" (or another of 127.0.0.0/8), "[::1]:PORT" or "unix:PATH".
bool IsLoopback(const std::string& address);

}  // namespace dossier
