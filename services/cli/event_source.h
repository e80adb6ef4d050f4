// An analyst's events as people write them down.
//
//   FILE.txtpb   text format, documents divided by lines of "---"
//   any other    protobuf JSON, an Event a line; empty lines are passed over
//   -            standard input, JSON
#pragma once

#include <cstdint>
#include <fstream>
#include <istream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"

namespace dossier {

// An event may take this many bytes of text.
inline constexpr size_t kEventTextBytesMax = size_t{4} << 20;

class EventSource {
 public:
  // `in` must outlive the source; it is read for "-".
  EventSource(const std::string& file, std::istream& in);

  // NotFound: the file cannot be opened.
  absl::Status status() const;

  // Moves to the next event's text. False: there is none.
  bool Next();
  // The event. InvalidArgument says what is wrong with the text, ResourceExhausted: too long.
  absl::StatusOr<v1::Event> event() const;
  // Line of the file that the text begins on, from 1.
  uint32_t line() const { return line_; }

 private:
  bool ReadLine(std::string* line);
  bool NextDocument();

  const std::string file_;
  const bool is_text_format_;
  std::ifstream opened_;
  std::istream& in_;
  std::string text_;
  bool too_long_ = false;
  uint32_t line_ = 0;
  uint32_t lines_read_ = 0;
};

}  // namespace dossier
