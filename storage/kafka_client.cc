#include "storage/kafka_client.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "librdkafka/rdkafka.h"

namespace dossier {
namespace {

constexpr int kSyslogWarning = 4;

absl::string_view Abseil(std::string_view text) { return {text.data(), text.size()}; }

// For every client; brokers that come back are found again within a second.
std::map<std::string, std::string> CommonProperties(const KafkaLogOptions& options) {
  return {{"bootstrap.servers", options.brokers}, {"client.id", "dossier"},
          {"socket.timeout.ms", "10000"},         {"socket.nagle.disable", "true"},
          {"reconnect.backoff.max.ms", "1000"},   {"log.connection.close", "false"}};
}

absl::Status SetProperty(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  char error[256];
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), error, sizeof error) ==
      RD_KAFKA_CONF_OK) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("kafka property ", name, ": ", error));
}

absl::Status SetProperties(rd_kafka_conf_t* conf, const KafkaLogOptions& options,
                           const std::map<std::string, std::string>& properties) {
  for (const auto& group : {CommonProperties(options), options.properties, properties}) {
    for (const auto& [name, value] : group) {
      if (absl::Status status = SetProperty(conf, name, value); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status CheckOptions(const KafkaLogOptions& options) {
  if (options.brokers.empty()) return absl::InvalidArgumentError("kafka: no brokers given");
  if (options.topic.empty()) return absl::InvalidArgumentError("kafka: no topic given");
  if (options.timeout <= absl::ZeroDuration() || options.timeout > absl::Minutes(2)) {
    return absl::InvalidArgumentError(absl::StrCat("kafka: timeout ",
                                                   absl::FormatDuration(options.timeout),
                                                   ", expected more than 0 and at most 2m"));
  }
  return absl::OkStatus();
}

}  // namespace

// What librdkafka calls back, with the client as its opaque pointer.
struct KafkaCallbacks {
  static void Log(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
    if (level > kSyslogWarning) return;
    auto* client = static_cast<KafkaClient*>(rd_kafka_opaque(handle));
    const std::lock_guard lock(client->mutex_);
    // "ERROR" sums up ("all brokers are down") what another has said better.
    if (std::string_view(facility) == "ERROR" && !client->last_complaint_.empty()) return;
    client->last_complaint_ = absl::StrCat(facility, ": ", text);
  }

  static void Delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    static_cast<KafkaClient*>(opaque)->delivered_(*message);
  }
};

absl::StatusOr<std::unique_ptr<KafkaClient>> KafkaClient::New(
    Kind kind, const KafkaLogOptions& options, const std::map<std::string, std::string>& properties,
    DeliveryCallback delivered) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  auto client = absl::WrapUnique(new KafkaClient(options));
  client->delivered_ = std::move(delivered);

  std::unique_ptr<rd_kafka_conf_t, decltype(&rd_kafka_conf_destroy)> conf(rd_kafka_conf_new(),
                                                                          &rd_kafka_conf_destroy);
  if (absl::Status status = SetProperties(conf.get(), options, properties); !status.ok()) {
    return status;
  }
  rd_kafka_conf_set_opaque(conf.get(), client.get());
  rd_kafka_conf_set_log_cb(conf.get(), &KafkaCallbacks::Log);
  if (client->delivered_) rd_kafka_conf_set_dr_msg_cb(conf.get(), &KafkaCallbacks::Delivered);

  char error[512];
  client->handle_ = rd_kafka_new(kind == Kind::kConsumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER,
                                 conf.get(), error, sizeof error);
  if (client->handle_ == nullptr) {
    return client->Error(absl::StatusCode::kInvalidArgument, "cannot make a client", error);
  }
  conf.release();  // the handle's now
  client->topic_ = rd_kafka_topic_new(client->handle_, options.topic.c_str(), nullptr);
  if (client->topic_ == nullptr) {
    return client->Error(absl::StatusCode::kInvalidArgument, "cannot name the topic",
                         rd_kafka_err2str(rd_kafka_last_error()));
  }
  return client;
}

KafkaClient::~KafkaClient() {
  if (topic_ != nullptr) rd_kafka_topic_destroy(topic_);
  if (handle_ != nullptr) rd_kafka_destroy(handle_);
}

absl::Status KafkaClient::Error(absl::StatusCode code, std::string_view doing,
                                std::string_view why) const {
  std::string text = absl::StrCat("kafka ", options_.brokers, ": topic ", options_.topic, ": ",
                                  Abseil(doing), ": ", Abseil(why));
  const std::lock_guard lock(mutex_);
  if (!last_complaint_.empty()) absl::StrAppend(&text, " (last complaint: ", last_complaint_, ")");
  return absl::Status(code, text);
}

int KafkaMillis(absl::Duration duration) {
  const absl::Duration whole = absl::Ceil(duration, absl::Milliseconds(1));
  return static_cast<int>(
      std::clamp<int64_t>(absl::ToInt64Milliseconds(whole), 0, int64_t{1} << 30));
}

}  // namespace dossier
