// Structured logs: an event and its fields as one JSON object on one line of stderr.
//
//   LogEvent(LogLevel::kInfo, "edition_loaded", {{"file", name}, {"published",
//   counts.published()}});
//
// Values may hold any bytes: what is not UTF-8 becomes U+FFFD. Never give it a token or key. Safe
// for use by several threads, once StartLogging (services/process.h) was called; before it,
// events are dropped.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace dossier {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// A field: its name (letters, digits, "_") and its value as JSON.
class LogField {
 public:
  LogField(std::string_view name, std::string_view value);
  LogField(std::string_view name, const char* value) : LogField(name, std::string_view(value)) {}
  LogField(std::string_view name, const std::string& value)
      : LogField(name, std::string_view(value)) {}
  LogField(std::string_view name, bool value) : name_(name), json_(value ? "true" : "false") {}
  template <std::integral Number>
  LogField(std::string_view name, Number value) : name_(name), json_(std::to_string(value)) {}

  const std::string& name() const { return name_; }
  const std::string& json() const { return json_; }

 private:
  std::string name_;
  std::string json_;
};

void LogEvent(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

// A text as a JSON string, quotes and all.
std::string JsonString(std::string_view text);

}  // namespace dossier
