#include "tests/ingest/nothing_dropped_rules_fixture.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

bool Matches(std::string_view heading, std::string_view rule) {
  if (!heading.ends_with(rule)) return false;
  return heading.size() == rule.size() || rule.starts_with('@') ||
         heading[heading.size() - rule.size() - 1] == '/';
}

// "1980", "1980-02", "1980-02-03".
std::string Iso(int year, int month, int day) {
  std::string iso = absl::StrCat(absl::Dec(year, absl::kZeroPad4));
  if (month != 0) absl::StrAppend(&iso, "-", absl::Dec(month, absl::kZeroPad2));
  if (month != 0 && day != 0) absl::StrAppend(&iso, "-", absl::Dec(day, absl::kZeroPad2));
  return iso;
}

// Scans `value` whole; the pattern ends in "%n".
template <typename... Parts>
bool ScansWhole(const std::string& value, const char* pattern, Parts*... parts) {
  int end = 0;
  const int count = std::sscanf(value.c_str(), pattern, parts..., &end);
  return count == sizeof...(parts) && end == static_cast<int>(value.size());
}

std::optional<std::string> ReadNumbers(const std::string& value, bool day_first) {
  int first = 0, second = 0, year = 0;
  for (const char* pattern : {"%2d/%2d/%4d%n", "%2d.%2d.%4d%n"}) {
    if (!ScansWhole(value, pattern, &first, &second, &year)) continue;
    return day_first ? Iso(year, second, first) : Iso(year, first, second);
  }
  return std::nullopt;
}

std::optional<std::string> ReadMonthName(const std::string& value) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int day = 0, year = 0;
  char month[4] = {};
  if (!ScansWhole(value, "%2d %3[A-Za-z] %4d%n", &day, &month, &year) &&
      !ScansWhole(value, "%3[A-Za-z] %4d%n", &month, &year)) {
    return std::nullopt;
  }
  const auto at = std::find(kMonths.begin(), kMonths.end(), std::string_view(month));
  if (at == kMonths.end()) return std::nullopt;
  return Iso(year, static_cast<int>(at - kMonths.begin()) + 1, day);
}

std::optional<std::string> ReadIso(const std::string& value) {
  int year = 0, month = 0, day = 0;
  const bool fits = value.size() >= 4 && (ScansWhole(value, "%4d-%2d-%2d%n", &year, &month, &day) ||
                                          ScansWhole(value, "%4d-%2d%n", &year, &month) ||
                                          ScansWhole(value, "%4d%n", &year));
  return fits ? std::optional(Iso(year, month, day)) : std::nullopt;
}

}  // namespace

bool FieldRules::IsNoContent(std::string_view heading, bool is_in_record) const {
  return std::any_of(no_content.begin(), no_content.end(), [&](const NoContent& rule) {
    return Matches(heading, rule.heading) && !(rule.only_outside && is_in_record);
  });
}

std::vector<std::string> FieldRules::DatesOf(std::string_view value) const {
  const std::string text(value);
  std::vector<std::string> found;
  const auto take = [&found](std::optional<std::string> date) {
    if (date.has_value()) found.push_back(*std::move(date));
  };
  take(ReadIso(text));
  for (const DateOrder order : dates) {
    take(order == DateOrder::kDayMonthName ? ReadMonthName(text)
                                           : ReadNumbers(text, order == DateOrder::kDayFirst));
  }
  return found;
}

std::vector<std::string> FieldRules::MarksOf(const PublishedField& field) const {
  std::vector<std::string> marks;
  for (const Meaning& meaning : meanings) {
    const bool fits = meaning.value.empty() || field.value == meaning.value;
    if (fits && Matches(field.heading, meaning.heading)) marks.emplace_back(meaning.mark);
  }
  return marks;
}

std::vector<std::string> FieldRules::PiecesOf(const PublishedField& field) const {
  const std::string_view value = field.value;
  for (const Wrapped& rule : wrapped) {
    if (!Matches(field.heading, rule.heading) || !value.starts_with(rule.before) ||
        !value.ends_with(rule.after)) {
      continue;
    }
    const size_t begin = rule.before.size();
    return {std::string(value.substr(begin, value.size() - begin - rule.after.size())),
            std::string(rule.mark)};
  }
  for (const Pieces& rule : pieces) {
    if (!Matches(field.heading, rule.heading)) continue;
    std::vector<std::string> found;
    std::string_view rest = field.value;
    while (true) {
      size_t end = std::string_view::npos, skip = 0;
      for (const std::string_view separator : rule.separators) {
        const size_t at = rest.find(separator);
        if (at >= end) continue;
        end = at;
        skip = separator.size();
      }
      const std::string_view piece = WithoutEnds(rest.substr(0, end));
      if (!piece.empty()) found.emplace_back(piece);
      if (end == std::string_view::npos) return found;
      rest.remove_prefix(end + skip);
    }
  }
  return {};
}

}  // namespace dossier
