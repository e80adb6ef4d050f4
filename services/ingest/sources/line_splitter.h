// Lines out of chunks of bytes, in bounded memory.
//
//   LineSplitter lines;
//   for (chunk : chunks) lines.Feed(chunk, visit);
//   lines.Finish(visit);
//
// A line ends in LF or CRLF, which its text leaves out; the last one may end with the file. The
// lines are the same for any chunking. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace dossier {

inline constexpr size_t kLineBytesMax = 64 << 10;  // without LF, with CR

struct Line {
  std::string_view text;   // valid during the visit
  uint32_t number = 0;     // from 1
  bool terminated = true;  // false: the file ended before a line end
};

class LineSplitter {
 public:
  using Visit = std::function<absl::Status(const Line&)>;

  // Lines of at most so many bytes, as kLineBytesMax counts them.
  explicit LineSplitter(size_t line_bytes_max = kLineBytesMax) : line_bytes_max_(line_bytes_max) {}

  // Visits each line that ends in these bytes. Not ok: the visit's status, or InvalidArgument for
  // a line that is too long or holds a NUL byte; the splitter is then of no further use.
  absl::Status Feed(std::string_view bytes, const Visit& visit);
  // Visits what stands after the last line end, if anything does.
  absl::Status Finish(const Visit& visit);

  // The number of the last line visited; 0: none.
  uint32_t last_number() const { return number_; }

 private:
  absl::Status OnLine(std::string_view text, bool terminated, const Visit& visit);

  const size_t line_bytes_max_;
  std::string partial_;  // at most line_bytes_max_
  uint32_t number_ = 0;
};

}  // namespace dossier
