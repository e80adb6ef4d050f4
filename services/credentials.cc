#include "services/credentials.h"

#include <arpa/inet.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "openssl/bio.h"
#include "openssl/pem.h"
#include "openssl/x509.h"
#include "services/small_file.h"

namespace dossier {
namespace {

using Bio = std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })>;
using Certificate = std::unique_ptr<X509, decltype([](X509* x509) { X509_free(x509); })>;
using PrivateKey = std::unique_ptr<EVP_PKEY, decltype([](EVP_PKEY* key) { EVP_PKEY_free(key); })>;

// Fails instead of asking a terminal for the passphrase of an encrypted key.
int NoPassphrase(char*, int, int, void*) { return -1; }

Certificate ParseCertificate(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

absl::StatusOr<std::string> ReadCertificates(const std::string& file) {
  auto pem = ReadSmallFile(file);
  if (pem.ok() && ParseCertificate(*pem) == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": no certificate; expected PEM, \"-----BEGIN CERTIFICATE-----\""));
  }
  return pem;
}

// gRPC would take a key that does not fit, and then fail at every handshake.
absl::StatusOr<grpc::SslServerCredentialsOptions::PemKeyCertPair> ReadKeyPair(
    const std::string& cert_file, const std::string& key_file) {
  auto cert_pem = ReadCertificates(cert_file);
  if (!cert_pem.ok()) return cert_pem.status();
  auto key_pem = ReadSmallFile(key_file);
  if (!key_pem.ok()) return key_pem.status();
  const Bio bio(BIO_new_mem_buf(key_pem->data(), static_cast<int>(key_pem->size())));
  const PrivateKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, nullptr));
  if (key == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        key_file, ": no private key; expected PEM, \"-----BEGIN PRIVATE KEY-----\", unencrypted"));
  }
  if (X509_check_private_key(ParseCertificate(*cert_pem).get(), key.get()) != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(key_file, ": not the key of the first certificate in ", cert_file));
  }
  return grpc::SslServerCredentialsOptions::PemKeyCertPair{*std::move(key_pem),
                                                           *std::move(cert_pem)};
}

bool IsPort(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ServerCredentialsOf(
    const ServerOptions& options) {
  if (options.tls_cert_file.empty() != options.tls_key_file.empty()) {
    return absl::InvalidArgumentError("TLS needs both a certificate and a key");
  }
  if (options.tls_cert_file.empty()) {
    if (options.tls_client_ca_file.empty()) return grpc::InsecureServerCredentials();
    return absl::InvalidArgumentError("mutual TLS needs a certificate and a key of the server too");
  }
  auto pair = ReadKeyPair(options.tls_cert_file, options.tls_key_file);
  if (!pair.ok()) return pair.status();
  grpc::SslServerCredentialsOptions ssl(GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
  ssl.pem_key_cert_pairs.push_back(*std::move(pair));
  if (!options.tls_client_ca_file.empty()) {
    auto ca = ReadCertificates(options.tls_client_ca_file);
    if (!ca.ok()) return ca.status();
    ssl.pem_root_certs = *std::move(ca);
    ssl.client_certificate_request = GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return grpc::SslServerCredentials(ssl);
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> ChannelCredentialsOf(
    const std::string& ca_file, const std::string& cert_file, const std::string& key_file) {
  if (cert_file.empty() != key_file.empty()) {
    return absl::InvalidArgumentError("mutual TLS needs both a certificate and a key");
  }
  if (ca_file.empty()) {
    if (cert_file.empty()) return grpc::InsecureChannelCredentials();
    return absl::InvalidArgumentError(
        "mutual TLS needs the CA of the server too; \"system\" means the system's own");
  }
  grpc::SslCredentialsOptions ssl;
  if (ca_file != "system") {
    auto ca = ReadCertificates(ca_file);
    if (!ca.ok()) return ca.status();
    ssl.pem_root_certs = *std::move(ca);
  }
  if (!cert_file.empty()) {
    auto pair = ReadKeyPair(cert_file, key_file);
    if (!pair.ok()) return pair.status();
    ssl.pem_private_key = std::move(pair->private_key);
    ssl.pem_cert_chain = std::move(pair->cert_chain);
  }
  return grpc::SslCredentials(ssl);
}

bool IsLoopback(const std::string& address) {
  if (absl::StartsWith(address, "unix:")) return true;
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || !IsPort(address.substr(colon + 1))) return false;
  const std::string host = address.substr(0, colon);
  in_addr ipv4{};
  // 127.0.0.0/8. A name may begin like an address and belong to anybody.
  if (inet_pton(AF_INET, host.c_str(), &ipv4) == 1) return ntohl(ipv4.s_addr) >> 24 == 127;
  return host == "localhost" || host == "[::1]";
}

}  // namespace dossier
