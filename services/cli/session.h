// What every command of the program works with: a terminal, the global flags, and the services,
// be they in a server or in this very process.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "grpcpp/grpcpp.h"
#include "services/client_channel.h"
#include "services/process.h"

namespace dossier {

class LocalSystem;

// Where a command reads and writes.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
  int width = 0;  // columns of `out`; 0: not a terminal, so nothing is cut
  bool err_is_terminal = false;
  // Called by commands that go on until they are stopped.
  std::function<std::stop_token()> stop_on_signals;
};

enum ExitStatus { kDone = 0, kFailed = 1, kUsage = 2 };

enum class OutputFormat { kTable, kJson, kCsv };

// What a command does to the data, and so whether a data folder is made where there is none.
enum class Access { kRead, kWrite };

// What a question asks for: long work reads or writes in proportion to all that is held.
enum class Work { kUsual, kLong };

inline constexpr double kQuestionTimeoutS = 60;

struct GlobalFlags {
  ChannelOptions channel;
  std::string data_dir;
  // Of each question; 0: none. Unset: kQuestionTimeoutS, and none for long work.
  std::optional<double> timeout_s;
  bool json = false;
  bool csv = false;
};

class Session {
 public:
  // With `channel`, that one is used whatever the flags say.
  explicit Session(Terminal& terminal, std::shared_ptr<grpc::Channel> channel = nullptr);
  ~Session();

  // The services that the flags, or DOSSIER_SERVER and DOSSIER_DATA, name; opened at the first
  // call. InvalidArgument: neither or both are named.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(Access access);
  // The data folder of --data or, without --server, DOSSIER_DATA; empty: none.
  std::string DataDir() const;

  OutputFormat format() const;
  std::ostream& out() const { return terminal.out; }
  int width() const { return terminal.width; }

  // One line of JSON: fields named as in the protos, those with default values included.
  int PrintJson(const google::protobuf::Message& message) const;

  // "dossier: WHAT: message" and each field violation on a line of its own. Returns the exit
  // status. `what` may be empty.
  int Fail(std::string_view what, const absl::Status& status) const;
  int FailUsage(std::string_view message) const;
  // A status of Connect: what is wrong with the flags is wrong usage.
  int FailConnect(const absl::Status& status) const;

  Terminal& terminal;
  GlobalFlags flags;

 private:
  std::unique_ptr<LocalSystem> local_;
  std::shared_ptr<grpc::Channel> channel_;  // closed before the local system that it calls
};

// One question and its answer.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Ask(const Session& session, std::type_identity_t<Stub>& stub,
                             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                          Response*),
                             const Request& request, Work work = Work::kUsual) {
  grpc::ClientContext context;
  const double timeout_s =
      session.flags.timeout_s.value_or(work == Work::kLong ? 0 : kQuestionTimeoutS);
  if (timeout_s > 0) {
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::microseconds(static_cast<int64_t>(timeout_s * 1e6)));
  }
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromGrpc(status);
  return response;
}

}  // namespace dossier
