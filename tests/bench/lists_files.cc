#include "tests/bench/lists_files.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"

namespace dossier {

std::string ListPath(std::string_view name) {
  return std::string(DOSSIER_SOURCE_DIR "/../shared/data/sanctions/").append(name);
}

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file.is_open()) return std::nullopt;
  std::string bytes(static_cast<size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

std::optional<std::string> ReadList(std::string_view name, benchmark::State& state) {
  auto bytes = ReadFile(ListPath(name));
  if (!bytes.has_value()) {
    const std::string missing = absl::StrCat(ListPath(name), " is not there");
    state.SkipWithError(missing.c_str());
  }
  return bytes;
}

std::string ShuffleLines(std::string_view bytes, uint32_t seed) {
  std::vector<std::string_view> lines;
  for (size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
    lines.push_back(bytes.substr(0, end + 1));
    bytes.remove_prefix(end + 1);
  }
  std::mt19937 random(seed);
  std::shuffle(lines.begin(), lines.end(), random);
  std::string shuffled;
  for (std::string_view line : lines) shuffled.append(line);
  return shuffled.append(bytes);
}

v1::LoadOptions OptionsFor(std::string_view file_name, std::string_view source,
                           std::string_view publish_date) {
  v1::LoadOptions options;
  options.set_file_name(std::string(file_name));
  options.set_source(std::string(source));
  options.set_publish_date(std::string(publish_date));
  return options;
}

}  // namespace dossier
