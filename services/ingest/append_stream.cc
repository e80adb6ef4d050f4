#include "services/ingest/append_stream.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/analyst_event.h"

namespace dossier {
namespace {

constexpr size_t kShownIdBytesMax = 16;

v1::AppendEventsResponse Refused(const v1::AppendEventsRequest& request, std::string reason) {
  v1::AppendEventsResponse response;
  response.set_event_id(request.event().id().substr(0, kShownIdBytesMax));
  response.add_violation()->set_reason(std::move(reason));
  return response;
}

}  // namespace

absl::Status AppendStream::Run() {
  std::jthread appender([this] { AppendBatches(); });
  v1::AppendEventsRequest request;
  absl::Status allowed;
  while (stream_.Read(&request)) {
    if (caller_.has_value()) allowed = MayAppendFor(*caller_, request.analyst());
    if (!allowed.ok() || !Push(std::move(request))) break;
    request.Clear();
  }
  Close();
  appender.join();
  return failed_.ok() ? allowed : failed_;
}

bool AppendStream::Push(v1::AppendEventsRequest request) {
  const size_t bytes = request.ByteSizeLong();
  const bool fits = bytes <= kAnalystEventBytesMax;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    const bool room = waiting_.size() < kAnalystBatchMax && waiting_bytes_ < kWaitingBytesMax;
    return room || !failed_.ok();
  });
  if (!failed_.ok()) return false;
  if (fits) {
    waiting_.emplace_back(std::move(request));
    waiting_bytes_ += bytes;
  } else {
    waiting_.emplace_back(Refused(request, TooLarge(bytes)));
  }
  changed_.notify_all();
  return true;
}

void AppendStream::Close() {
  std::scoped_lock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::deque<AppendStream::Waiting> AppendStream::TakeBatch() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !waiting_.empty() || closed_; });
  waiting_bytes_ = 0;
  changed_.notify_all();
  return std::exchange(waiting_, {});
}

void AppendStream::AppendBatches() {
  for (auto batch = TakeBatch(); !batch.empty(); batch = TakeBatch()) {
    std::vector<v1::AppendEventsRequest> requests;
    for (Waiting& waiting : batch) {
      auto* request = std::get_if<v1::AppendEventsRequest>(&waiting);
      if (request != nullptr) requests.push_back(std::move(*request));
    }
    const std::vector<v1::AppendEventsResponse> responses = Append(requests);
    auto next = responses.begin();
    for (const Waiting& waiting : batch) {
      const auto* refused = std::get_if<v1::AppendEventsResponse>(&waiting);
      stream_.Write(refused != nullptr ? *refused : *next++);
    }
  }
}

// A stream cannot be ended while it is being read from; so a failure is told in answers, and the
// status follows when the client sends on or closes.
std::vector<v1::AppendEventsResponse> AppendStream::Append(
    const std::vector<v1::AppendEventsRequest>& requests) {
  if (requests.empty()) return {};
  if (failed_.ok()) {
    auto responses = analysts_.Append(requests);
    if (responses.ok()) return *std::move(responses);
    const std::scoped_lock lock(mutex_);
    failed_ = responses.status();
    changed_.notify_all();
  }
  std::vector<v1::AppendEventsResponse> responses;
  for (const v1::AppendEventsRequest& request : requests) {
    responses.push_back(
        Refused(request, absl::StrCat("not acknowledged, send it again with the same id: ",
                                      std::string(failed_.message()))));
  }
  return responses;
}

}  // namespace dossier
