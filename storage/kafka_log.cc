#include "storage/kafka_log.h"

#include <utility>

#include "storage/kafka_reader.h"
#include "storage/kafka_topic.h"
#include "storage/kafka_writer.h"

namespace dossier {
namespace {

class KafkaLog : public EventLog {
 public:
  explicit KafkaLog(const KafkaLogOptions& options) : options_(options) {}

  absl::StatusOr<std::unique_ptr<LogWriter>> OpenWriter(const std::string& author,
                                                        WriterOptions options) override {
    return OpenKafkaWriter(options_, author, std::move(options));
  }

  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(const LogPosition& from) override {
    return OpenKafkaReader(options_, from);
  }

 private:
  const KafkaLogOptions options_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<EventLog>> OpenKafkaLog(const KafkaLogOptions& options) {
  if (absl::Status status = EnsureKafkaTopic(options); !status.ok()) return status;
  return std::make_unique<KafkaLog>(options);
}

}  // namespace dossier
