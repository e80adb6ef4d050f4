#include "CLI/CLI.hpp"
#include "services/process.h"

namespace dossier {

void AddServerFlags(CLI::App& app, ServerOptions& options) {
  app.set_config("--config", "", "File of flags, a NAME=VALUE a line (TOML)");
  // A misspelt "tokens" must not pass for a server that asks for none.
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.add_option("--listen", options.listen, "HOST:PORT to serve at; port 0: any free one")
      ->capture_default_str();
  app.add_option("--tls-cert", options.tls_cert_file, "PEM file of the server's certificate");
  app.add_option("--tls-key", options.tls_key_file, "PEM file of the server's key");
  app.add_option("--tls-client-ca", options.tls_client_ca_file,
                 "PEM file of the CA that signs clients' certificates: asks for one (mutual TLS)");
  app.add_option("--tokens", options.tokens_file,
                 "File of \"TOKEN ROLE NAME\" lines, role reader, analyst or loader");
  app.add_option("--metrics-listen", options.metrics_listen,
                 "HOST:PORT to serve Prometheus metrics at");
  app.add_option("--log-level", options.log_level, "What to log at least")
      ->capture_default_str()
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

}  // namespace dossier
