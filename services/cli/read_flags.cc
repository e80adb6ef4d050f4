#include "services/cli/read_flags.h"

#include "CLI/CLI.hpp"
#include "services/model/dates.h"

namespace dossier {
namespace {

bool ParseTime(const std::string& text, absl::Time* time) {
  std::string error;
  return absl::ParseTime(absl::RFC3339_full, text, time, &error);
}

}  // namespace

CLI::Validator IsDate() {
  return CLI::Validator(
      [](std::string& text) {
        const auto date = ParseDate(text);
        return date.ok() ? std::string() : std::string(date.status().message());
      },
      "DATE");
}

CLI::Validator IsDateOrTime() {
  return CLI::Validator(
      [](std::string& text) {
        absl::Time time;
        if (ParseTime(text, &time) || ParseDate(text).ok()) return std::string();
        return "\"" + text +
               "\" is neither a date as 2024, 2024-03 or 2024-03-18 nor a time as "
               "2024-03-18T12:00:00Z";
      },
      "DATE|TIME");
}

void AddReadFlags(CLI::App& command, ReadFlags& flags) {
  const char* group = "The point that the answer is true of";
  command.add_option("--effective", flags.effective, "What held in the world by the end of a date")
      ->check(IsDate())
      ->group(group);
  command.add_option("--known-by", flags.known_by, "What sources had published by then")
      ->check(IsDateOrTime())
      ->group(group);
  CLI::Option* by_sequence =
      command.add_option("--at-sequence", flags.at_sequence, "What the log held at a sequence")
          ->check(CLI::PositiveNumber)
          ->group(group);
  command.add_option("--accepted-by", flags.accepted_by, "What the log had accepted by then")
      ->check(IsDateOrTime())
      ->excludes(by_sequence)
      ->group(group);
  command.add_option("--wait-for", flags.wait_for, "Answer once the view holds a sequence")
      ->group(group);
}

v1::ReadAt ReadAtOf(const ReadFlags& flags) {
  v1::ReadAt read_at;
  v1::Cut& cut = *read_at.mutable_cut();
  absl::Time time;
  if (!flags.effective.empty()) *cut.mutable_effective_date() = *ParseDate(flags.effective);
  if (ParseTime(flags.known_by, &time)) {
    *cut.mutable_known_by_time() = ToTimestamp(time);
  } else if (!flags.known_by.empty()) {
    *cut.mutable_known_by_date() = *ParseDate(flags.known_by);
  }
  if (flags.at_sequence != 0) cut.set_sequence(flags.at_sequence);
  if (ParseTime(flags.accepted_by, &time)) {
    *cut.mutable_accepted_by_time() = ToTimestamp(time);
  } else if (!flags.accepted_by.empty()) {
    *cut.mutable_accepted_by_time() = ToTimestamp(EndOf(*ParseDate(flags.accepted_by)));
  }
  read_at.set_wait_for_sequence(flags.wait_for);
  return read_at;
}

}  // namespace dossier
