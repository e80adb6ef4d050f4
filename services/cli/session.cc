#include "services/cli/session.h"

#include <cstdlib>
#include <utility>

#include "google/protobuf/util/json_util.h"
#include "services/cli/local_system.h"
#include "services/cli/text.h"
#include "services/status_details.h"

namespace dossier {
namespace {

std::string FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Session::Session(Terminal& terminal, std::shared_ptr<grpc::Channel> channel)
    : terminal(terminal), channel_(std::move(channel)) {}

Session::~Session() = default;

std::string Session::DataDir() const {
  if (!flags.data_dir.empty() || !flags.channel.server.empty()) return flags.data_dir;
  return FromEnvironment("DOSSIER_DATA");
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Session::Connect(Access access) {
  if (channel_ != nullptr) return channel_;
  ChannelOptions options = flags.channel;
  const std::string data_dir = DataDir();
  if (options.server.empty() && flags.data_dir.empty()) {
    options.server = FromEnvironment("DOSSIER_SERVER");
  }
  if (options.server.empty() == data_dir.empty()) {
    return absl::InvalidArgumentError(
        data_dir.empty()
            ? "where is the data? give --data DIR for a folder of this host, or --server HOST:PORT "
              "for a running server (or set DOSSIER_DATA or DOSSIER_SERVER)"
            : "a data folder and a server are both named; expected one of them");
  }
  if (!options.server.empty()) {
    auto channel = OpenChannel(options);
    if (!channel.ok()) return channel.status();
    channel_ = *std::move(channel);
    return channel_;
  }
  auto local = LocalSystem::Open(data_dir, {.create = access == Access::kWrite});
  if (!local.ok()) return local.status();
  local_ = *std::move(local);
  channel_ = local_->Channel();
  return channel_;
}

OutputFormat Session::format() const {
  if (flags.json) return OutputFormat::kJson;
  return flags.csv ? OutputFormat::kCsv : OutputFormat::kTable;
}

int Session::PrintJson(const google::protobuf::Message& message) const {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    return Fail("output", absl::DataLossError(status.ToString()));
  }
  out() << json << '\n';
  return kDone;
}

int Session::Fail(std::string_view what, const absl::Status& status) const {
  const std::string message(status.message());
  terminal.err << "dossier: ";
  if (!what.empty()) terminal.err << Printable(what) << ": ";
  terminal.err << Printable(message.empty() ? absl::StatusCodeToString(status.code()) : message)
               << '\n';
  const google::rpc::BadRequest violations = FieldViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    const std::string line = violation.field() + ": " + violation.description();
    if (message.find(line) == std::string::npos) terminal.err << "  " << Printable(line) << '\n';
  }
  return kFailed;
}

int Session::FailUsage(std::string_view message) const {
  terminal.err << "dossier: " << Printable(message) << '\n';
  return kUsage;
}

int Session::FailConnect(const absl::Status& status) const {
  if (absl::IsInvalidArgument(status)) return FailUsage(std::string(status.message()));
  return Fail("", status);
}

}  // namespace dossier
