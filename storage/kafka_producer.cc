#include "storage/kafka_producer.h"

#include <algorithm>
#include <string>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "librdkafka/rdkafka.h"

namespace dossier {
namespace {

constexpr absl::Duration kTransactionTimeout = absl::Minutes(3);
constexpr absl::Duration kPollPause = absl::Milliseconds(100);

using OwnedError = std::unique_ptr<rd_kafka_error_t, decltype(&rd_kafka_error_destroy)>;

OwnedError Own(rd_kafka_error_t* error) { return {error, &rd_kafka_error_destroy}; }

bool MeansFenced(int code) {
  return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
         code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

std::map<std::string, std::string> ProducerProperties(const KafkaLogOptions& options) {
  const std::string id = options.transactional_id.empty()
                             ? absl::StrCat("dossier-writer:", options.topic)
                             : options.transactional_id;
  return {{"transactional.id", id},
          {"transaction.timeout.ms", absl::StrCat(KafkaMillis(kTransactionTimeout))},
          {"message.timeout.ms", absl::StrCat(KafkaMillis(options.timeout))},
          {"enable.idempotence", "true"},
          {"acks", "all"},
          {"compression.type", "zstd"},
          {"linger.ms", "2"},
          {"queue.buffering.max.messages", "100000"},
          {"queue.buffering.max.kbytes", "65536"}};
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaProducer>> KafkaProducer::Open(const KafkaLogOptions& options) {
  auto producer = absl::WrapUnique(new KafkaProducer);
  auto client = KafkaClient::New(
      KafkaClient::Kind::kProducer, options, ProducerProperties(options),
      [it = producer.get()](const rd_kafka_message_t& message) { it->OnDelivery(message); });
  if (!client.ok()) return client.status();
  producer->client_ = *std::move(client);
  if (absl::Status status = producer->TakeOver(); !status.ok()) return status;
  return producer;
}

KafkaProducer::~KafkaProducer() = default;

absl::Status KafkaProducer::TakeOver() {
  const absl::Time deadline = absl::Now() + client_->timeout();
  for (;;) {
    const auto error =
        Own(rd_kafka_init_transactions(client_->handle(), KafkaMillis(client_->timeout())));
    if (error == nullptr) return absl::OkStatus();
    if (!rd_kafka_error_is_retriable(error.get()) || absl::Now() >= deadline) {
      return Fail("taking the log over", rd_kafka_error_code(error.get()),
                  rd_kafka_error_string(error.get()));
    }
  }
}

absl::Status KafkaProducer::Begin() {
  if (!failure_.ok()) return failure_;
  last_offset_.reset();
  offset_missing_ = false;
  const auto error = Own(rd_kafka_begin_transaction(client_->handle()));
  if (error == nullptr) return absl::OkStatus();
  return Fail("opening a unit", rd_kafka_error_code(error.get()),
              rd_kafka_error_string(error.get()));
}

void KafkaProducer::Add(std::string_view record) {
  while (failure_.ok()) {
    const rd_kafka_resp_err_t error = rd_kafka_producev(
        client_->handle(), RD_KAFKA_V_RKT(client_->topic()), RD_KAFKA_V_PARTITION(kKafkaPartition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_VALUE(const_cast<char*>(record.data()), record.size()), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      // Ends: each record in the queue is delivered or times out, and either makes room.
      rd_kafka_poll(client_->handle(), KafkaMillis(kPollPause));
      continue;
    }
    Fail("adding a record", error, rd_kafka_err2str(error)).IgnoreError();
  }
}

absl::StatusOr<std::optional<uint64_t>> KafkaProducer::Commit() {
  while (failure_.ok() && rd_kafka_outq_len(client_->handle()) > 0) {
    rd_kafka_flush(client_->handle(), KafkaMillis(kPollPause));
  }
  if (failure_.ok()) CommitTransaction().IgnoreError();
  if (failure_.ok()) return offset_missing_ ? std::nullopt : last_offset_;
  AbortTransaction();
  if (fenced_) {
    failure_ = client_->Error(
        absl::StatusCode::kAborted, "this writer was fenced",
        absl::StrCat("another writer took the log over, or a unit was open for more than ",
                     absl::FormatDuration(kTransactionTimeout), "; first: ", failure_.message()));
    fenced_ = false;
  }
  return failure_;
}

absl::Status KafkaProducer::CommitTransaction() {
  const absl::Time deadline = absl::Now() + client_->timeout();
  for (;;) {
    const auto error =
        Own(rd_kafka_commit_transaction(client_->handle(), KafkaMillis(client_->timeout())));
    if (error == nullptr) return absl::OkStatus();
    if (!rd_kafka_error_is_retriable(error.get()) || absl::Now() >= deadline) {
      return Fail("committing a unit", rd_kafka_error_code(error.get()),
                  rd_kafka_error_string(error.get()));
    }
  }
}

void KafkaProducer::AbortTransaction() {
  // So that readers do not wait until the brokers do it. It also finds out whether this producer
  // was fenced, where the first error was only its consequence.
  const auto error =
      Own(rd_kafka_abort_transaction(client_->handle(), KafkaMillis(client_->timeout())));
  if (error != nullptr && MeansFenced(rd_kafka_error_code(error.get()))) fenced_ = true;
  char why[256];
  if (MeansFenced(rd_kafka_fatal_error(client_->handle(), why, sizeof why))) fenced_ = true;
}

absl::Status KafkaProducer::Fail(std::string_view doing, int code, std::string_view why) {
  if (MeansFenced(code)) fenced_ = true;
  if (failure_.ok()) failure_ = client_->Unavailable(doing, why);
  return failure_;
}

void KafkaProducer::OnDelivery(const rd_kafka_message_s& message) {
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    Fail("delivering a record", message.err, rd_kafka_err2str(message.err)).IgnoreError();
  } else if (message.offset < 0) {
    offset_missing_ = true;
  } else {
    last_offset_ = std::max(last_offset_.value_or(0), static_cast<uint64_t>(message.offset));
  }
}

}  // namespace dossier
