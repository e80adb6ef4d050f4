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
  if (day_first && ScansWhole(value, "%2d/%4d%n", &second, &year)) return Iso(year, second, 0);
  for (const char* pattern : {"%2d/%2d/%4d%n", "%2d.%2d.%4d%n"}) {
    if (!ScansWhole(value, pattern, &first, &second, &year)) continue;
    return day_first ? Iso(year, second, first) : Iso(year, first, second);
  }
  return std::nullopt;
}

// "Feb", "Feb." and "February" alike; 0: none of the months.
int MonthOf(std::string name) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  if (name.ends_with('.')) name.pop_back();
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (name == kMonths[i] || name == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<std::string> ReadMonthName(const std::string& value) {
  int day = 0, year = 0;
  char month[16] = {};
  if (!ScansWhole(value, "%2d %15[A-Za-z.] %4d%n", &day, &month, &year) &&
      !ScansWhole(value, "%15[A-Za-z.] %4d%n", &month, &year)) {
    return std::nullopt;
  }
  const int number = MonthOf(month);
  return number != 0 ? std::optional(Iso(year, number, day)) : std::nullopt;
}

std::optional<std::string> ReadIso(const std::string& value) {
  int year = 0, month = 0, day = 0;
  const bool fits = value.size() >= 4 && (ScansWhole(value, "%4d-%2d-%2d%n", &year, &month, &day) ||
                                          ScansWhole(value, "%4d-%2d%n", &year, &month) ||
                                          ScansWhole(value, "%4d%n", &year));
  return fits ? std::optional(Iso(year, month, day)) : std::nullopt;
}

// What stands between any of the separators, but for what is empty.
std::vector<std::string> Split(std::string_view text,
                               const std::vector<std::string_view>& separators) {
  std::vector<std::string> pieces;
  while (true) {
    size_t end = std::string_view::npos, skip = 0;
    for (const std::string_view separator : separators) {
      const size_t at = text.find(separator);
      if (at >= end) continue;
      end = at;
      skip = separator.size();
    }
    const std::string_view piece = WithoutEnds(text.substr(0, end));
    if (!piece.empty()) pieces.emplace_back(piece);
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + skip);
  }
}

// "0.2" as "200" with 3 decimals, "024" as "24"; nullopt: no number of so many.
std::optional<std::string> ReadNumber(std::string_view text, size_t decimals) {
  const size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  std::string fraction(point < text.size() ? text.substr(point + 1) : "");
  if (digits.empty() || fraction.size() > decimals) return std::nullopt;
  fraction.resize(decimals, '0');
  digits.append(fraction);
  if (digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
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
  for (const DateStyle order : dates) {
    take(order == DateStyle::kDayMonthName ? ReadMonthName(text)
                                           : ReadNumbers(text, order == DateStyle::kDayFirst));
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

std::vector<std::string> FieldRules::NumbersOf(const PublishedField& field) const {
  std::vector<std::string> marks;
  for (const Numbers& rule : numbers) {
    if (!Matches(field.heading, rule.heading)) continue;
    std::string_view value = field.value;
    const bool is_bracketed = value.starts_with('(') && value.ends_with(')');
    if (is_bracketed) value = value.substr(1, value.size() - 2);
    if (is_bracketed || value == "?") marks.push_back(std::string(rule.flag) + "=true");
    if (value == "?") continue;
    for (const std::string& piece : Split(value, {";", "-"})) {
      const auto number = ReadNumber(piece, rule.decimals);
      if (!number.has_value()) return {};
      marks.push_back(std::string(rule.field) + "=" + *number);
    }
  }
  return marks;
}

std::string FieldRules::NamedText(const PublishedField& field) const {
  const bool is_unnamed = std::find(unnamed.begin(), unnamed.end(), field.heading) != unnamed.end();
  return is_unnamed ? field.value : absl::StrCat(field.heading, "=", field.value);
}

std::vector<std::string> FieldRules::PiecesOf(const PublishedField& field) const {
  std::string_view value = field.value;
  std::vector<std::string> found;
  for (const Wrapped& rule : wrapped) {
    const bool fits = Matches(field.heading, rule.heading) && value.starts_with(rule.before) &&
                      value.ends_with(rule.after);
    if (!fits || !found.empty()) continue;
    value.remove_prefix(rule.before.size());
    value.remove_suffix(rule.after.size());
    found.emplace_back(rule.mark);
  }
  for (const Pieces& rule : pieces) {
    if (!Matches(field.heading, rule.heading)) continue;
    for (std::string& piece : Split(value, rule.separators)) found.push_back(std::move(piece));
    return found;
  }
  if (!found.empty()) found.emplace_back(value);
  return found;
}

}  // namespace dossier
