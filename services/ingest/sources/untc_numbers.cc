#include "services/ingest/sources/untc_numbers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace dossier {
namespace {

constexpr size_t kPartsMax = 5;
constexpr size_t kPartBytesMax = 4;
constexpr size_t kChapterDigitsMax = 2;
constexpr std::string_view kExtension = ".csv";
constexpr std::string_view kDate = "0000-00-00";
constexpr std::string_view kTime = "T0000Z";

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsPart(std::string_view part) {
  return !part.empty() && part.size() <= kPartBytesMax &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); });
}

// Parts between hyphens or dots; at most one more than a number has.
std::vector<std::string_view> PartsOf(std::string_view text) {
  std::vector<std::string_view> parts;
  while (parts.size() <= kPartsMax) {
    const size_t end = text.find_first_of("-.");
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

// Whether the text ends with the pattern, in which "0" is any digit.
bool EndsLike(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  text.remove_prefix(text.size() - pattern.size());
  return std::equal(text.begin(), text.end(), pattern.begin(),
                    [](char c, char like) { return like == '0' ? IsDigit(c) : c == like; });
}

// Without a date at the end, and what parts it from the number.
std::string_view WithoutDate(std::string_view name) {
  std::string_view rest = name;
  if (EndsLike(rest, kTime)) rest.remove_suffix(kTime.size());
  if (!EndsLike(rest, kDate)) return name;
  rest.remove_suffix(kDate.size());
  if (rest.empty() || (rest.back() != '-' && rest.back() != '_')) return name;
  return rest.substr(0, rest.size() - 1);
}

}  // namespace

std::optional<std::string> UntcNumber(std::string_view chapter, std::string_view number) {
  std::vector<std::string_view> parts = PartsOf(chapter);
  const std::string_view digits = parts.front();
  if (digits.size() > kChapterDigitsMax || !std::all_of(digits.begin(), digits.end(), IsDigit)) {
    return std::nullopt;
  }
  for (std::string_view part : PartsOf(number)) parts.push_back(part);
  if (parts.size() > kPartsMax || !std::all_of(parts.begin(), parts.end(), IsPart)) {
    return std::nullopt;
  }
  std::string joined;
  for (std::string_view part : parts) {
    if (!joined.empty()) joined.push_back('-');
    joined.append(part);
  }
  return joined;
}

std::optional<std::string> UntcNumberOfFileName(std::string_view file_name) {
  std::string_view name = file_name.substr(file_name.find_last_of("/\\") + 1);
  const std::string_view extension =
      name.substr(name.size() - std::min(name.size(), kExtension.size()));
  if (!absl::EqualsIgnoreCase(absl::string_view(extension.data(), extension.size()),
                              absl::string_view(kExtension.data(), kExtension.size()))) {
    return std::nullopt;
  }
  name.remove_suffix(kExtension.size());
  name = WithoutDate(name);
  const size_t hyphen = name.find('-');
  // Files have hyphens where the index has dots.
  if (hyphen == std::string_view::npos || name.find('.') != std::string_view::npos) {
    return std::nullopt;
  }
  return UntcNumber(name.substr(0, hyphen), name.substr(hyphen + 1));
}

std::string UntcTreatyId(std::string_view number) { return std::string("untc:").append(number); }

}  // namespace dossier
