#include "tests/bench/lists_system.h"

#include <glog/logging.h>

#include <functional>
#include <utility>

#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "storage/log_record.h"

namespace dossier {
namespace {

constexpr size_t kReadRecordsMax = 10'000;

template <typename T>
T Opened(absl::StatusOr<T> opened) {
  CHECK(opened.ok()) << opened.status();
  return *std::move(opened);
}

// Tells that an append has returned.
class NotingWriter : public LogWriter {
 public:
  NotingWriter(std::unique_ptr<LogWriter> writer, std::function<void()> on_appended)
      : writer_(std::move(writer)), on_appended_(std::move(on_appended)) {}

  absl::StatusOr<uint64_t> Append(std::span<const std::string> payloads) override {
    auto end = writer_->Append(payloads);
    on_appended_();
    return end;
  }

 private:
  std::unique_ptr<LogWriter> writer_;
  std::function<void()> on_appended_;
};

}  // namespace

class ListsSystem::NotingLog : public EventLog {
 public:
  explicit NotingLog(std::unique_ptr<EventLog> log) : log_(std::move(log)) {}

  absl::StatusOr<std::unique_ptr<LogWriter>> OpenWriter(const std::string& author,
                                                        WriterOptions options) override {
    auto writer = log_->OpenWriter(author, std::move(options));
    if (!writer.ok()) return writer.status();
    return std::make_unique<NotingWriter>(*std::move(writer), [this] { Note(); });
  }
  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(const LogPosition& from) override {
    return log_->OpenReader(from);
  }

  void Restart() {
    watch_.emplace();
    appended_.reset();
  }
  Elapsed elapsed() const { return watch_->Read(); }
  std::optional<Elapsed> appended() const { return appended_; }

 private:
  void Note() {
    if (watch_.has_value()) appended_ = watch_->Read();
  }

  std::unique_ptr<EventLog> log_;
  std::optional<Stopwatch> watch_;
  std::optional<Elapsed> appended_;
};

const ActorTable& ListActors() {
  static const ActorTable& table = *new ActorTable;
  return table;
}

ListsSystem::ListsSystem() {
  log_ = std::make_unique<NotingLog>(Opened(OpenEmbeddedLog(dir_.path() + "/log")));
  views_ = Opened(Views::Open(dir_.path() + "/view", {}));
  archive_ = std::make_unique<Archive>(Opened(Archive::Open(dir_.path() + "/archive")));
  projecting_ = std::jthread([projector = Opened(Projector::Open(*log_, *views_))](
                                 std::stop_token stop) { CHECK(projector->Run(stop).ok()); });
  ledger_ = std::make_unique<Ledger>(*log_, *views_, LedgerOptions{});
  loader_ = std::make_unique<Loader>(*ledger_, *archive_, EditionFormats(), ListActors());
  CHECK(ledger_->Write([](const Views&) { return std::vector<std::string>{}; }).ok());
}

ListsSystem::~ListsSystem() {
  loader_.reset();
  ledger_.reset();
  projecting_ = std::jthread();  // stops and joins
}

absl::StatusOr<ListsSystem::Outcome> ListsSystem::Load(std::string_view bytes,
                                                       const v1::LoadOptions& options) {
  log_->Restart();
  auto intake = loader_->Begin(options);
  if (!intake.ok()) return intake.status();
  if (absl::Status status = (*intake)->Write(bytes); !status.ok()) return status;
  Outcome outcome;
  const absl::Status loaded = loader_->Load(
      options, **intake, [](const v1::LoadProgress&) { return absl::OkStatus(); }, outcome.report);
  if (!loaded.ok()) return loaded;
  outcome.until_visible = log_->elapsed();
  outcome.until_appended = log_->appended();
  return outcome;
}

std::vector<std::string> ListsSystem::Payloads() {
  const auto reader = Opened(log_->OpenReader(LogPosition{}));
  std::vector<std::string> payloads;
  for (;;) {
    const auto records = Opened(reader->Read(kReadRecordsMax, absl::ZeroDuration()));
    if (records.empty()) return payloads;
    for (const ReadRecord& record : records) {
      auto decoded = DecodeLogRecord(record.bytes);
      CHECK(decoded.ok()) << decoded.status();
      v1::LogEntry entry;
      CHECK(entry.ParseFromString(decoded->payload));
      if (!entry.has_edition_loaded() && !entry.has_event()) continue;
      payloads.push_back(std::move(decoded->payload));
    }
  }
}

}  // namespace dossier
