#include "services/ingest/append_stream.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier {

absl::Status AppendStream::Run() {
  std::jthread appender([this] { AppendBatches(); });
  v1::AppendEventsRequest request;
  while (stream_.Read(&request)) {
    if (!Push(std::move(request))) break;
    request.Clear();
  }
  Close();
  appender.join();
  return failed_;
}

bool AppendStream::Push(v1::AppendEventsRequest request) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.size() < kAnalystBatchMax || !failed_.ok(); });
  if (!failed_.ok()) return false;
  waiting_.push_back(std::move(request));
  changed_.notify_all();
  return true;
}

void AppendStream::Close() {
  std::scoped_lock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::vector<v1::AppendEventsRequest> AppendStream::TakeBatch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !waiting_.empty() || closed_; });
  std::vector<v1::AppendEventsRequest> batch(std::make_move_iterator(waiting_.begin()),
                                             std::make_move_iterator(waiting_.end()));
  waiting_.clear();
  changed_.notify_all();
  return batch;
}

// A stream cannot be ended while it is being read from; so a failure is told in answers, and the
// status follows when the client sends on or closes.
void AppendStream::AppendBatches() {
  absl::Status failed;
  for (auto batch = TakeBatch(); !batch.empty(); batch = TakeBatch()) {
    if (failed.ok()) {
      auto responses = analysts_.Append(batch);
      failed = responses.status();
      if (responses.ok()) {
        for (const v1::AppendEventsResponse& response : *responses) stream_.Write(response);
        continue;
      }
      std::scoped_lock lock(mutex_);
      failed_ = failed;
      changed_.notify_all();
    }
    for (const v1::AppendEventsRequest& request : batch) {
      v1::AppendEventsResponse response;
      response.set_event_id(request.event().id());
      response.add_violation()->set_reason(absl::StrCat(
          "not acknowledged, send it again with the same id: ", std::string(failed.message())));
      stream_.Write(response);
    }
  }
}

}  // namespace dossier
