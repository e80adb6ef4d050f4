// How the unary calls of all query services are answered: where each runs, which point it is
// answered at, and how its page token is read. One for a server, so that all services share its
// threads.
//
//   UnaryCalls calls(views);
//   return calls.AnswerPage<Request, Response>(context, request, response,
//       [=](AsOf& as_of, std::string_view after) { return ListThings(as_of, *request, after); });
//
// What is quick is answered on gRPC's own thread; whatever scans runs on the workers; and calls
// that wait for a sequence, asked for or pinned by a page token, on threads apart, so that neither
// ever holds up the others. RESOURCE_EXHAUSTED: more calls wait than there is room for.
//
// Safe for use by several threads. `views` must outlive it, and it must outlive the server that
// its services are registered with.
#pragma once

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "grpcpp/grpcpp.h"
#include "services/process.h"
#include "services/query/as_of.h"
#include "services/query/call_workers.h"
#include "services/query/page_token.h"
#include "storage/views.h"

namespace dossier {

class UnaryCalls {
 public:
  enum class Where { kHere, kOnWorker };

  explicit UnaryCalls(Views& views);

  // Answers a list in pages: `answer` gets the place that the page token names, "" for the first.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* AnswerPage(
      grpc::CallbackServerContext* context, const Request* request, Response* response,
      std::function<absl::StatusOr<Response>(AsOf&, std::string_view after)> answer);

  // Answers what is no list.
  template <typename Request, typename Response>
  grpc::ServerUnaryReactor* AnswerAsOf(Where where, grpc::CallbackServerContext* context,
                                       const Request* request, Response* response,
                                       std::function<absl::StatusOr<Response>(AsOf&)> answer);

 private:
  static CallLimits LimitsOf(grpc::CallbackServerContext* context);

  // Answers a call with what `answer` returns, now or on another thread: on one that waits where
  // the view does not hold the sequence yet that the answer `needs`.
  template <typename Response>
  grpc::ServerUnaryReactor* Answer(
      Where where, uint64_t needs, grpc::CallbackServerContext* context, Response* response,
      std::function<absl::StatusOr<Response>(const CallLimits&)> answer);

  Views& views_;
  CallWorkers workers_;
  CallWorkers waiters_;
};

template <typename Response>
grpc::ServerUnaryReactor* UnaryCalls::Answer(
    Where where, uint64_t needs, grpc::CallbackServerContext* context, Response* response,
    std::function<absl::StatusOr<Response>(const CallLimits&)> answer) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto call = [context, response, reactor, answer = std::move(answer)] {
    auto answered = answer(LimitsOf(context));
    if (answered.ok()) *response = *std::move(answered);
    reactor->Finish(ToGrpc(answered.status()));
  };
  const bool waits = needs > views_.position().sequence;
  if (where == Where::kHere && !waits) {
    call();
  } else if (!(waits ? waiters_ : workers_).Run(std::move(call))) {
    reactor->Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, "too many calls at once; try again"});
  }
  return reactor;
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* UnaryCalls::AnswerAsOf(
    Where where, grpc::CallbackServerContext* context, const Request* request, Response* response,
    std::function<absl::StatusOr<Response>(AsOf&)> answer) {
  return Answer<Response>(where, request->read_at().wait_for_sequence(), context, response,
                          [this, request, answer = std::move(answer)](
                              const CallLimits& limits) -> absl::StatusOr<Response> {
                            auto as_of = AsOf::Open(views_, request->read_at(), limits);
                            if (!as_of.ok()) return as_of.status();
                            return answer(*as_of);
                          });
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* UnaryCalls::AnswerPage(
    grpc::CallbackServerContext* context, const Request* request, Response* response,
    std::function<absl::StatusOr<Response>(AsOf&, std::string_view after)> answer) {
  auto from = ReadPageToken(*request);
  uint64_t needs = request->read_at().wait_for_sequence();
  if (from.ok() && from->has_value()) needs = std::max(needs, (*from)->cut.sequence);
  return Answer<Response>(
      Where::kOnWorker, needs, context, response,
      [this, request, from = std::move(from),
       answer = std::move(answer)](const CallLimits& limits) -> absl::StatusOr<Response> {
        if (!from.ok()) return from.status();
        auto as_of = AsOf::Open(views_, request->read_at(), limits,
                                from->has_value() ? &(*from)->cut : nullptr);
        if (!as_of.ok()) return as_of.status();
        return answer(*as_of, from->has_value() ? (*from)->place : std::string_view());
      });
}

}  // namespace dossier
