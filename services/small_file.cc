#include "services/small_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"

namespace dossier {

absl::StatusOr<std::string> ReadSmallFile(const std::string& file_name) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(file_name.c_str(), "rb"),
                                                   &std::fclose);
  if (file == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ": ", std::strerror(errno)));
  }
  std::string text(kSmallFileBytesMax + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get()) != 0) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ": ", std::strerror(errno)));
  }
  if (text.size() > kSmallFileBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(file_name, ": larger than ", kSmallFileBytesMax, " bytes"));
  }
  return text;
}

}  // namespace dossier
