// The event log on Kafka: one topic, one partition, kept for ever; a unit is a transaction.
//
//   KafkaLogOptions options{.brokers = "127.0.0.1:9092", .topic = "dossier.log"};
//   auto log = OpenKafkaLog(options);
//
// Sequences are dense, offsets are not: each transaction's marker takes one, each aborted record
// too. A reader counts the committed records as it reads them. A record of somebody else's in the
// topic keeps its sequence. Reads need no consumer group, and none is joined.
//
// Append returns once the unit is both acknowledged by all in-sync replicas and visible to
// readers; how safe an acknowledgement is depends on replicas and on the brokers' flush settings
// (deploy/kafka has a single node that flushes first). One unit may be open for three minutes;
// after that the brokers abort it, and to the writer that looks like being fenced.
//
// EndOffset asks the broker for the last stable offset and finds the last record below it, so that
// a reader's position does reach it: markers and aborted records at the end do not count.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/event_log.h"

namespace dossier {

struct KafkaLogOptions {
  std::string brokers;  // host:port, separated by commas
  std::string topic;
  // Of a topic that is made here, and the least that one found may have.
  int replication_factor = 1;
  int min_insync_replicas = 1;
  // Writers of one log must share it, or they do not fence each other.
  // Empty: "dossier-writer:" and the topic.
  std::string transactional_id;
  // How long brokers may be silent before a call gives up as Unavailable. At most two minutes.
  absl::Duration timeout = absl::Seconds(30);
  // librdkafka's properties for TLS and SASL: "security.protocol", "ssl.ca.location" ... Those
  // that the log's promises rest on cannot be changed here.
  std::map<std::string, std::string> properties;
};

// Opens the log, and makes its topic if there is none. The log may go before its writers and
// readers. InvalidArgument: options. FailedPrecondition: a setting of the topic would lose or
// change records; the message names it, what it is and what it must be. Unavailable: no broker.
absl::StatusOr<std::unique_ptr<EventLog>> OpenKafkaLog(const KafkaLogOptions& options);

}  // namespace dossier
