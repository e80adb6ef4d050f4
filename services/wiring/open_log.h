// Which log a process works on, from flags. Included by mains and by what they share
// (services/wiring, services/cli/local_system.h): nothing else names a concrete log.
//
//   embedded:DIR              RocksDB in a folder of this host, for one process at a time
//   kafka:BROKERS/TOPIC       brokers as HOST:PORT, separated by commas
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/event_log.h"

namespace CLI {
class App;
}

namespace dossier {

struct LogOptions {
  std::string log;  // as above
  // Of a topic that is made here, and the least that one found may have.
  int kafka_replication_factor = 1;
  int kafka_min_insync_replicas = 1;
  std::vector<std::string> kafka_properties;  // librdkafka's, "NAME=VALUE": TLS and SASL
};

// --log (required; or DOSSIER_LOG in the environment), --kafka-replication-factor,
// --kafka-min-insync-replicas, --kafka-property.
void AddLogFlags(CLI::App& app, LogOptions& options);

// InvalidArgument: options that name no log; else as storage/embedded_log.h and
// storage/kafka_log.h have it.
absl::StatusOr<std::unique_ptr<EventLog>> OpenLog(const LogOptions& options);

}  // namespace dossier
