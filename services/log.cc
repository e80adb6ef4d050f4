#include "services/log.h"

#include <memory>

#include "grpc/support/log.h"
#include "services/process.h"
#include "services/utf8.h"
#include "spdlog/pattern_formatter.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace dossier {
namespace {

// spdlog keeps loggers by name; events go to this one only, because its pattern takes what it is
// given for the inside of a JSON object.
constexpr char kLoggerName[] = "dossier_events";

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

void LogGrpcMessage(gpr_log_func_args* args) {
  const LogLevel level = args->severity == GPR_LOG_SEVERITY_ERROR  ? LogLevel::kError
                         : args->severity == GPR_LOG_SEVERITY_INFO ? LogLevel::kInfo
                                                                   : LogLevel::kDebug;
  LogEvent(level, "grpc", {{"message", args->message}, {"line", args->line}});
}

std::string DoublePercents(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '%') out += c;
  }
  return out;
}

}  // namespace

std::string JsonString(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : ValidUtf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 0xf]};
    } else {
      out += c;
    }
  }
  out += '"';
  return out;
}

LogField::LogField(std::string_view name, std::string_view value)
    : name_(name), json_(JsonString(value)) {}

void StartLogging(const std::string& program, const std::string& level) {
  spdlog::drop(kLoggerName);
  auto logger = std::make_shared<spdlog::logger>(kLoggerName,
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
      R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","program":)" +
          DoublePercents(JsonString(program)) + ",%v}",
      spdlog::pattern_time_type::utc));
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::trace);
  spdlog::register_logger(logger);
  gpr_set_log_function(LogGrpcMessage);
}

int ExitWith(const absl::Status& status) {
  if (status.ok()) {
    LogEvent(LogLevel::kInfo, "stopped");
    return 0;
  }
  LogEvent(LogLevel::kError, "failed", {{"message", status.ToString()}});
  return 1;
}

void LogEvent(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  const auto logger = spdlog::get(kLoggerName);
  const auto spdlog_level = SpdlogLevel(level);
  if (logger == nullptr || !logger->should_log(spdlog_level)) return;
  std::string line = "\"event\":" + JsonString(event);
  for (const LogField& field : fields) {
    line += "," + JsonString(field.name()) + ":" + field.json();
  }
  logger->log(spdlog_level, spdlog::string_view_t(line));
}

}  // namespace dossier
