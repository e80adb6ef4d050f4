#include "storage/kafka_partition.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "librdkafka/rdkafka.h"

namespace dossier {
namespace {

// The markers of one or two transactions; most searches for the last record end here.
constexpr uint64_t kFirstWindow = 4;
constexpr uint64_t kWindowGrowth = 8;
constexpr absl::Duration kRetryPause = absl::Milliseconds(50);
// For a broker that has just come back to know again how far the log goes.
constexpr absl::Duration kRecoveryTime = absl::Seconds(3);

absl::Status StepError(const KafkaClient& client, const rd_kafka_message_t& message) {
  const char* why = rd_kafka_message_errstr(&message);
  switch (message.err) {
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
    case RD_KAFKA_RESP_ERR__UNDERFLOW:
      return client.Error(absl::StatusCode::kDataLoss,
                          absl::StrCat("reading at offset ", message.offset), why);
    default:
      return client.Unavailable("reading", why);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaPartition>> KafkaPartition::Open(
    Use use, const KafkaLogOptions& options) {
  // The legacy consumer interface: it takes offsets as given and, unlike the other, asks for no
  // group, so that no group coordinator and no permission on a group is needed to read.
  auto client = KafkaClient::New(KafkaClient::Kind::kConsumer, options,
                                 {{"isolation.level", "read_committed"},
                                  {"auto.offset.reset", "error"},
                                  {"enable.auto.commit", "false"},
                                  {"enable.partition.eof", "true"},
                                  {"allow.auto.create.topics", "false"},
                                  {"check.crcs", "true"},
                                  {"fetch.wait.max.ms", use == Use::kFollow ? "500" : "1"},
                                  {"fetch.error.backoff.ms", "100"}});
  if (!client.ok()) return client.status();
  return absl::WrapUnique(new KafkaPartition(*std::move(client)));
}

KafkaPartition::~KafkaPartition() { Stop(); }

void KafkaPartition::Stop() {
  if (started_) rd_kafka_consume_stop(client_->topic(), kKafkaPartition);
  started_ = false;
}

absl::StatusOr<uint64_t> KafkaPartition::AskOffset(int64_t which) {
  // A broker that has just come back may not lead the partition yet: ask again.
  const absl::Time deadline = absl::Now() + client_->timeout();
  for (;;) {
    auto offset = AskOffsetOnce(which, deadline - absl::Now());
    if (offset.ok() || absl::Now() >= deadline) return offset;
    absl::SleepFor(kRetryPause);
  }
}

absl::StatusOr<uint64_t> KafkaPartition::AskOffsetOnce(int64_t which, absl::Duration wait) {
  // Not rd_kafka_query_watermark_offsets: while the broker is away, it does not keep its timeout.
  const std::unique_ptr<rd_kafka_topic_partition_list_t,
                        decltype(&rd_kafka_topic_partition_list_destroy)>
      asked(rd_kafka_topic_partition_list_new(1), &rd_kafka_topic_partition_list_destroy);
  const char* topic = rd_kafka_topic_name(client_->topic());
  rd_kafka_topic_partition_t* answer =
      rd_kafka_topic_partition_list_add(asked.get(), topic, kKafkaPartition);
  answer->offset = which;
  rd_kafka_resp_err_t error =
      rd_kafka_offsets_for_times(client_->handle(), asked.get(), KafkaMillis(wait));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) error = answer->err;
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR && answer->offset >= 0) {
    return static_cast<uint64_t>(answer->offset);
  }
  return client_->Unavailable("asking for the log's bounds",
                              error != RD_KAFKA_RESP_ERR_NO_ERROR
                                  ? rd_kafka_err2str(error)
                                  : absl::StrCat("answer ", answer->offset));
}

absl::StatusOr<uint64_t> KafkaPartition::AskStable() { return AskOffset(RD_KAFKA_OFFSET_END); }

absl::StatusOr<uint64_t> KafkaPartition::AskStableOfWhole(uint64_t offset) {
  const absl::Time deadline = absl::Now() + std::min(client_->timeout(), kRecoveryTime);
  const auto low = AskOffset(RD_KAFKA_OFFSET_BEGINNING);
  if (!low.ok()) return low.status();
  if (*low > 0) {
    return client_->Error(absl::StatusCode::kFailedPrecondition, "the log was cut",
                          absl::StrCat("its first offset is ", *low, ", expected 0"));
  }
  for (;;) {
    const auto stable = AskStable();
    if (!stable.ok() || *stable >= offset) return stable;
    if (absl::Now() >= deadline) {
      return client_->Error(
          absl::StatusCode::kFailedPrecondition, "the log was cut or replaced",
          absl::StrCat("it ends at offset ", *stable, ", expected at least ", offset));
    }
    absl::SleepFor(kRetryPause);
  }
}

absl::Status KafkaPartition::StartAt(uint64_t offset) {
  Stop();
  if (rd_kafka_consume_start(client_->topic(), kKafkaPartition, static_cast<int64_t>(offset)) !=
      0) {
    return client_->Unavailable(absl::StrCat("reading from offset ", offset),
                                rd_kafka_err2str(rd_kafka_last_error()));
  }
  started_ = true;
  return absl::OkStatus();
}

absl::StatusOr<KafkaPartition::Step> KafkaPartition::Next(absl::Duration wait) {
  const std::unique_ptr<rd_kafka_message_t, decltype(&rd_kafka_message_destroy)> message(
      rd_kafka_consume(client_->topic(), kKafkaPartition, KafkaMillis(wait)),
      &rd_kafka_message_destroy);
  if (message == nullptr) return Step{};
  const auto offset = static_cast<uint64_t>(message->offset);
  if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    return Step{Step::Kind::kEnd, {offset, {}}};
  }
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return StepError(*client_, *message);
  return Step{Step::Kind::kRecord,
              {offset, std::string(static_cast<const char*>(message->payload), message->len)}};
}

absl::StatusOr<std::optional<KafkaRecord>> KafkaPartition::LastRecord(
    uint64_t floor, uint64_t end, const std::function<bool(const KafkaRecord&)>& accept) {
  for (uint64_t window = kFirstWindow; floor < end; window *= kWindowGrowth) {
    const uint64_t start = end - std::min(window, end - floor);
    auto last = LastOfRange(start, end, accept);
    if (!last.ok() || last->has_value() || start == floor) return last;
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<KafkaRecord>> KafkaPartition::LastOfRange(
    uint64_t start, uint64_t end, const std::function<bool(const KafkaRecord&)>& accept) {
  if (absl::Status status = StartAt(start); !status.ok()) return status;
  std::optional<KafkaRecord> last;
  for (;;) {
    auto step = Next(client_->timeout());
    if (!step.ok()) return step.status();
    if (step->kind == Step::Kind::kNothing) {
      return client_->Unavailable(absl::StrCat("reading offsets ", start, " to ", end),
                                  "the broker does not deliver");
    }
    if (step->record.offset >= end) break;
    if (step->kind == Step::Kind::kRecord && accept(step->record)) last = std::move(step->record);
  }
  Stop();
  return last;
}

}  // namespace dossier
