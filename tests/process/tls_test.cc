// TLS and mutual TLS, with certificates made on the spot.
#include "openssl/evp.h"
#include "openssl/pem.h"
#include "openssl/x509v3.h"
#include "process_fixture.h"

namespace dossier {
namespace {

// A key, and a certificate of it: its own CA's, or another's.
class Identity {
 public:
  Identity(const std::string& name, const Identity* issuer)
      : key_(EVP_EC_gen("P-256")), x509_(X509_new()) {
    X509_set_version(x509_, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509_), issuer == nullptr ? 1 : 2);
    X509_gmtime_adj(X509_getm_notBefore(x509_), -60);
    X509_gmtime_adj(X509_getm_notAfter(x509_), 3600);
    X509_set_pubkey(x509_, key_);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509_), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    const Identity& signer = issuer == nullptr ? *this : *issuer;
    X509_set_issuer_name(x509_, X509_get_subject_name(signer.x509_));
    Extend(NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE");
    Extend(NID_subject_alt_name, ("DNS:" + name).c_str());
    X509_sign(x509_, signer.key_, EVP_sha256());
  }
  ~Identity() {
    X509_free(x509_);
    EVP_PKEY_free(key_);
  }
  Identity(const Identity&) = delete;

  std::string CertificatePem() const {
    return Pem([this](BIO* bio) { PEM_write_bio_X509(bio, x509_); });
  }
  std::string KeyPem() const {
    return Pem([this](BIO* bio) {
      PEM_write_bio_PrivateKey(bio, key_, nullptr, nullptr, 0, nullptr, nullptr);
    });
  }

 private:
  void Extend(int nid, const char* value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
    X509_add_ext(x509_, extension, -1);
    X509_EXTENSION_free(extension);
  }

  template <typename Write>
  static std::string Pem(const Write& write) {
    BIO* bio = BIO_new(BIO_s_mem());
    write(bio);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string pem(bytes, size);
    BIO_free(bio);
    return pem;
  }

  EVP_PKEY* key_;
  X509* x509_;
};

class TlsTest : public ProcessTest {
 protected:
  TlsTest() {
    options_.tls_cert_file = dir_.File("server.pem", server_identity_.CertificatePem());
    options_.tls_key_file = dir_.File("server.key", server_identity_.KeyPem());
    ca_file_ = dir_.File("ca.pem", ca_.CertificatePem());
  }

  const Identity ca_{"ca.example", nullptr};
  const Identity other_ca_{"other-ca.example", nullptr};
  const Identity server_identity_{"localhost", &ca_};
  const Identity client_identity_{"client.example", &ca_};
  const Identity stranger_{"stranger.example", &other_ca_};
  std::string ca_file_;
};

TEST_F(TlsTest, AClientThatKnowsTheCaGetsThrough) {
  Serve();
  client_.tls_ca_file = ca_file_;
  EXPECT_TRUE(CallAudit(Connect()).ok());
  EXPECT_EQ(audit_.handled, 1);
}

TEST_F(TlsTest, AClientOfAnotherCaOrInPlaintextDoesNot) {
  Serve();
  EXPECT_EQ(CallAudit(Connect()).code(), absl::StatusCode::kUnavailable);
  client_.tls_ca_file = dir_.File("other.pem", other_ca_.CertificatePem());
  EXPECT_EQ(CallAudit(Connect()).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(audit_.handled, 0);
}

TEST_F(TlsTest, MutualTlsAsksForACertificateOfItsCa) {
  options_.tls_client_ca_file = ca_file_;
  Serve();
  client_.tls_ca_file = ca_file_;
  EXPECT_EQ(CallAudit(Connect()).code(), absl::StatusCode::kUnavailable);
  client_.tls_cert_file = dir_.File("stranger.pem", stranger_.CertificatePem());
  client_.tls_key_file = dir_.File("stranger.key", stranger_.KeyPem());
  EXPECT_EQ(CallAudit(Connect()).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(audit_.handled, 0);
  client_.tls_cert_file = dir_.File("client.pem", client_identity_.CertificatePem());
  client_.tls_key_file = dir_.File("client.key", client_identity_.KeyPem());
  EXPECT_TRUE(CallAudit(Connect()).ok());
  EXPECT_EQ(audit_.handled, 1);
}

TEST_F(TlsTest, TokensTravelOverTls) {
  options_.tokens_file = dir_.File("tokens", "reader-0123456789abcdef reader desk\n");
  Serve();
  client_.tls_ca_file = ca_file_;
  EXPECT_EQ(CallAudit(Connect()).code(), absl::StatusCode::kUnauthenticated);
  client_.token = "reader-0123456789abcdef";
  EXPECT_TRUE(CallAudit(Connect()).ok());
}

TEST_F(TlsTest, FilesThatDoNotFitStopTheStart) {
  const auto expect_refused = [this](const std::string& words) {
    const auto server = RunningServer::Start(options_, {&audit_});
    EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument) << server.status();
    EXPECT_NE(server.status().message().find(words), std::string::npos) << server.status();
  };
  const ServerOptions good = options_;
  options_.tls_key_file = dir_.File("stranger.key", stranger_.KeyPem());
  expect_refused("not the key of");
  options_.tls_key_file = dir_.File("empty.key", "");
  expect_refused("no private key");
  options_.tls_key_file = "";
  expect_refused("needs both");
  options_ = good;
  options_.tls_cert_file = dir_.File("empty.pem", "not a certificate");
  expect_refused("no certificate");
  options_.tls_cert_file = dir_.Path("missing.pem");
  expect_refused("missing.pem: No such file");
  options_ = good;
  options_.tls_client_ca_file = dir_.File("empty-ca.pem", "");
  expect_refused("no certificate");
  options_ = ServerOptions();
  options_.tls_client_ca_file = ca_file_;
  expect_refused("mutual TLS needs");
}

}  // namespace
}  // namespace dossier
