#include "services/wiring/open_log.h"

#include <string_view>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "storage/embedded_log.h"
#include "storage/kafka_log.h"

namespace dossier {
namespace {

constexpr std::string_view kEmbedded = "embedded:";
constexpr std::string_view kKafka = "kafka:";

absl::StatusOr<KafkaLogOptions> KafkaOptionsOf(const LogOptions& options) {
  const std::string place = options.log.substr(kKafka.size());
  const size_t slash = place.rfind('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == place.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("log \"", options.log, "\": expected kafka:HOST:PORT[,HOST:PORT]/TOPIC"));
  }
  KafkaLogOptions kafka;
  kafka.brokers = place.substr(0, slash);
  kafka.topic = place.substr(slash + 1);
  kafka.replication_factor = options.kafka_replication_factor;
  kafka.min_insync_replicas = options.kafka_min_insync_replicas;
  for (const std::string& property : options.kafka_properties) {
    const size_t equals = property.find('=');
    // What is wrong may be a password: it is not repeated.
    if (equals == std::string::npos || equals == 0) {
      return absl::InvalidArgumentError("a Kafka property has no name; expected NAME=VALUE");
    }
    kafka.properties[property.substr(0, equals)] = property.substr(equals + 1);
  }
  return kafka;
}

}  // namespace

void AddLogFlags(CLI::App& app, LogOptions& options) {
  app.add_option("--log", options.log, "embedded:DIR or kafka:HOST:PORT[,HOST:PORT]/TOPIC")
      ->required()
      ->envname("DOSSIER_LOG");
  app.add_option("--kafka-replication-factor", options.kafka_replication_factor,
                 "Replicas of a new topic, and the least that one found may have")
      ->capture_default_str()
      ->check(CLI::Range(1, 32767));
  app.add_option("--kafka-min-insync-replicas", options.kafka_min_insync_replicas,
                 "Replicas that must have a record before it is acknowledged")
      ->capture_default_str()
      ->check(CLI::Range(1, 32767));
  app.add_option("--kafka-property", options.kafka_properties,
                 "NAME=VALUE of librdkafka's, for TLS and SASL; may be repeated");
}

absl::StatusOr<std::unique_ptr<EventLog>> OpenLog(const LogOptions& options) {
  if (options.log.starts_with(kEmbedded) && options.log.size() > kEmbedded.size()) {
    return OpenEmbeddedLog(options.log.substr(kEmbedded.size()));
  }
  if (options.log.starts_with(kKafka)) {
    const auto kafka = KafkaOptionsOf(options);
    if (!kafka.ok()) return kafka.status();
    return OpenKafkaLog(*kafka);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("log \"", options.log, "\": expected embedded:DIR or kafka:BROKERS/TOPIC"));
}

}  // namespace dossier
