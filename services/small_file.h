// Reads the small files that flags name: keys, certificates, tokens.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace dossier {

inline constexpr size_t kSmallFileBytesMax = 1 << 20;

// The whole file. InvalidArgument: it cannot be read, or is larger than kSmallFileBytesMax; the
// message has its name and the system's reason.
absl::StatusOr<std::string> ReadSmallFile(const std::string& file_name);

}  // namespace dossier
