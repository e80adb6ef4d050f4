#include "services/cli/event_source.h"

#include <cerrno>
#include <system_error>

#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"

namespace dossier {
namespace {

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool IsBlank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

// Keeps the first error of the text format's parser.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    if (!text_.empty()) return;
    text_ = "line " + std::to_string(line + 1) + " of the document, column " +
            std::to_string(column + 1) + ": " + message;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

EventSource::EventSource(const std::string& file, std::istream& in)
    : file_(file), is_text_format_(EndsWith(file, ".txtpb")), in_(file == "-" ? in : opened_) {
  if (file != "-") opened_.open(file, std::ios::binary);
}

absl::Status EventSource::status() const {
  if (file_ == "-" || opened_.is_open()) return absl::OkStatus();
  return absl::NotFoundError("cannot be read: " + std::generic_category().message(errno));
}

bool EventSource::ReadLine(std::string* line) {
  line->clear();
  bool any = false;
  for (int byte = in_.get(); byte != std::istream::traits_type::eof(); byte = in_.get()) {
    any = true;
    if (byte == '\n') break;
    if (line->size() < kEventTextBytesMax) {
      line->push_back(static_cast<char>(byte));
    } else {
      too_long_ = true;
    }
  }
  if (any) ++lines_read_;
  return any;
}

bool EventSource::NextDocument() {
  std::string line;
  bool begun = false;
  while (ReadLine(&line)) {
    if (line == "---" || line == "---\r") {
      if (begun) return true;
      continue;
    }
    if (!begun && IsBlank(line)) continue;
    if (!begun) line_ = lines_read_;
    begun = true;
    if (text_.size() + line.size() > kEventTextBytesMax) {
      too_long_ = true;
      continue;
    }
    text_ += line + "\n";
  }
  return begun;
}

bool EventSource::Next() {
  text_.clear();
  too_long_ = false;
  if (is_text_format_) return NextDocument();
  while (ReadLine(&text_)) {
    line_ = lines_read_;
    if (!IsBlank(text_)) return true;
  }
  return false;
}

absl::StatusOr<v1::Event> EventSource::event() const {
  if (too_long_) {
    return absl::ResourceExhaustedError("the event's text is over 4 MiB, the most that is taken");
  }
  v1::Event event;
  if (!is_text_format_) {
    const auto status = google::protobuf::util::JsonStringToMessage(text_, &event);
    if (status.ok()) return event;
    // The lines after its first repeat the text.
    const std::string message(status.message().data(), status.message().size());
    return absl::InvalidArgumentError("expected an Event as JSON: " +
                                      message.substr(0, message.find('\n')));
  }
  google::protobuf::TextFormat::Parser parser;
  FirstError error;
  parser.RecordErrorsTo(&error);
  if (parser.ParseFromString(text_, &event)) return event;
  return absl::InvalidArgumentError("expected an Event in text format: " + error.text());
}

}  // namespace dossier
