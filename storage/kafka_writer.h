// A LogWriter on Kafka: fences the writer before it; a unit is a transaction.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/event_log.h"
#include "storage/kafka_log.h"

namespace dossier {

// InvalidArgument: the author fits no header. FailedPrecondition: the log was cut. Unavailable.
absl::StatusOr<std::unique_ptr<LogWriter>> OpenKafkaWriter(const KafkaLogOptions& options,
                                                           const std::string& author,
                                                           WriterOptions writer_options);

}  // namespace dossier
