// A LogReader on Kafka: counts the committed records of the partition as it reads them.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "storage/event_log.h"
#include "storage/kafka_log.h"

namespace dossier {

// FailedPrecondition: the log was cut or replaced since the position was taken. Unavailable.
absl::StatusOr<std::unique_ptr<LogReader>> OpenKafkaReader(const KafkaLogOptions& options,
                                                           const LogPosition& from);

}  // namespace dossier
