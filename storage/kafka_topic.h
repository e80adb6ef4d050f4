// The topic that holds the log: made if missing, refused if its settings would lose records.
#pragma once

#include "absl/status/status.h"
#include "storage/kafka_log.h"

namespace dossier {

// OK once the topic is there, led, has one partition and keeps everything for ever.
// FailedPrecondition: it has another shape or setting; the message names it, what was found and
// what is expected. Unavailable: the brokers do not answer, or do not allow it.
absl::Status EnsureKafkaTopic(const KafkaLogOptions& options);

}  // namespace dossier
