#include "services/cli/progress_line.h"

#include <utility>

#include "services/cli/numbers.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

constexpr std::chrono::milliseconds kSilence{1'000};
constexpr std::chrono::milliseconds kBetweenOnTerminal{200};
constexpr std::chrono::milliseconds kBetweenLines{5'000};
constexpr int64_t kMillion = 1'000'000;

}  // namespace

ProgressLine::ProgressLine(Terminal& terminal, std::string what)
    : terminal_(terminal), what_(std::move(what)) {}

ProgressLine::~ProgressLine() {
  if (on_line_) terminal_.err << "\r\033[K" << std::flush;
}

void ProgressLine::Show(const v1::LoadProgress& progress) {
  const auto now = Clock::now();
  const auto on_terminal = shown_ == began_ ? kSilence : kBetweenOnTerminal;
  if (now - shown_ < (terminal_.err_is_terminal ? on_terminal : kBetweenLines)) return;
  shown_ = now;
  const std::string line =
      Printable(what_) + ": " + Printable(progress.step()) + ", " +
      Counted(static_cast<int64_t>(progress.records_read()), "record", "records") + ", " +
      Grouped(static_cast<int64_t>(progress.bytes_read()) / kMillion) + " MB";
  if (terminal_.err_is_terminal) {
    terminal_.err << '\r' << line << "\033[K" << std::flush;
    on_line_ = true;
  } else {
    terminal_.err << "dossier: " << line << std::endl;
  }
}

}  // namespace dossier
