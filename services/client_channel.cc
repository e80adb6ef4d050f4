#include "services/client_channel.h"

#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/support/client_interceptor.h"
#include "services/credentials.h"
#include "services/limits.h"
#include "services/small_file.h"

namespace dossier {
namespace {

using grpc::experimental::ClientInterceptorFactoryInterface;
using grpc::experimental::ClientRpcInfo;
using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;

// Call credentials would do the same, but gRPC sends those over TLS only, to no host whatever in
// plaintext.
class TokenSender : public Interceptor {
 public:
  explicit TokenSender(std::string header) : header_(std::move(header)) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace("authorization", header_);
    }
    methods->Proceed();
  }

 private:
  const std::string header_;
};

class TokenSenderFactory : public ClientInterceptorFactoryInterface {
 public:
  explicit TokenSenderFactory(std::string header) : header_(std::move(header)) {}

  Interceptor* CreateClientInterceptor(ClientRpcInfo*) override { return new TokenSender(header_); }

 private:
  const std::string header_;
};

absl::StatusOr<std::string> TokenOf(const ChannelOptions& options) {
  if (options.token_file.empty()) return options.token;
  if (!options.token.empty()) {
    return absl::InvalidArgumentError("a token and a token file are given; expected one of them");
  }
  auto text = ReadSmallFile(options.token_file);
  if (!text.ok()) return text.status();
  absl::StripAsciiWhitespace(&*text);
  if (text->empty()) {
    return absl::InvalidArgumentError(absl::StrCat(options.token_file, ": no token in it"));
  }
  return *std::move(text);
}

// gRPC ends the process on a header that HTTP does not allow.
bool IsHeaderText(const std::string& text) {
  for (const char c : text) {
    if (!absl::ascii_isgraph(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

}  // namespace

void AddChannelFlags(CLI::App& app, ChannelOptions& options) {
  app.add_option("--server", options.server, "HOST:PORT of a running server");
  app.add_option("--tls-ca", options.tls_ca_file,
                 "PEM file of the CA that signs the server's certificate, or \"system\"");
  app.add_option("--tls-cert", options.tls_cert_file, "PEM file of the client's certificate");
  app.add_option("--tls-key", options.tls_key_file, "PEM file of the client's key");
  app.add_option("--token", options.token, "Bearer token")->envname("DOSSIER_TOKEN");
  app.add_option("--token-file", options.token_file, "File with the bearer token");
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const ChannelOptions& options) {
  if (options.server.empty()) {
    return absl::InvalidArgumentError("no server given; expected HOST:PORT");
  }
  const auto token = TokenOf(options);
  if (!token.ok()) return token.status();
  if (!IsHeaderText(*token)) {
    return absl::InvalidArgumentError("the token has blanks or control characters in it");
  }
  if (!token->empty() && options.tls_ca_file.empty() && !IsLoopback(options.server)) {
    return absl::InvalidArgumentError(absl::StrCat("a token would travel in plaintext to ",
                                                   options.server, "; give the CA for TLS"));
  }
  const auto credentials =
      ChannelCredentialsOf(options.tls_ca_file, options.tls_cert_file, options.tls_key_file);
  if (!credentials.ok()) return credentials.status();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kResponseBytesMax);
  arguments.SetMaxSendMessageSize(kRequestBytesMax);
  // Two channels to one address must not share a connection, and with it the other's certificate.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  std::vector<std::unique_ptr<ClientInterceptorFactoryInterface>> interceptors;
  if (!token->empty()) {
    interceptors.push_back(std::make_unique<TokenSenderFactory>("Bearer " + *token));
  }
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      options.server, *credentials, arguments, std::move(interceptors));
}

}  // namespace dossier
