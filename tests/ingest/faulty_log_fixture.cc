#include "tests/ingest/faulty_log_fixture.h"

#include <span>
#include <utility>

namespace dossier {

class FaultyLog::Writer : public LogWriter {
 public:
  Writer(FaultyLog& log, std::unique_ptr<LogWriter> writer)
      : log_(log), writer_(std::move(writer)) {}

  absl::StatusOr<uint64_t> Append(std::span<const std::string> payloads) override {
    if (log_.times_ == 0 || payloads.size() < log_.records_) return writer_->Append(payloads);
    --log_.times_;
    if (log_.fault_ == Fault::kFenced) return absl::AbortedError("fenced on request");
    if (log_.fault_ == Fault::kAfterCommit) {
      if (auto end = writer_->Append(payloads); !end.ok()) return end;
    }
    return absl::UnavailableError("failed on request");
  }

 private:
  FaultyLog& log_;
  std::unique_ptr<LogWriter> writer_;
};

void FaultyLog::Fail(Fault fault, int times, size_t records) {
  fault_ = fault;
  times_ = times;
  records_ = records;
}

absl::StatusOr<std::unique_ptr<LogWriter>> FaultyLog::OpenWriter(const std::string& author,
                                                                 WriterOptions options) {
  auto writer = log_.OpenWriter(author, std::move(options));
  if (!writer.ok()) return writer.status();
  return std::make_unique<Writer>(*this, *std::move(writer));
}

}  // namespace dossier
