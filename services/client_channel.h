// How a client reaches a server: address, TLS and token, from flags.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace CLI {
class App;
}

namespace dossier {

struct ChannelOptions {
  std::string server;         // host:port; empty: none given
  std::string tls_ca_file;    // PEM, or "system"; turns TLS on
  std::string tls_cert_file;  // PEM; with tls_key_file: mutual TLS
  std::string tls_key_file;
  std::string token;       // sent as "authorization: Bearer TOKEN"; empty: none
  std::string token_file;  // the token as a file's only word; not together with `token`
};

// --server, --tls-ca, --tls-cert, --tls-key, --token, --token-file. The token can also come from
// the environment, DOSSIER_TOKEN, where other users of the host do not see it.
void AddChannelFlags(CLI::App& app, ChannelOptions& options);

// A channel, which connects when it is first used. InvalidArgument: options that do not go
// together, a file that cannot be used, or a token that would travel in plaintext to another host.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const ChannelOptions& options);

}  // namespace dossier
