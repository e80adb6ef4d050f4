#include "services/ingest/sources/sipri_preamble.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr std::string_view kTitle = "Transfers of major conventional arms";
constexpr std::string_view kGenerated = "Data generated:";
constexpr int kYearMin = 1900;
constexpr int kYearMax = 2100;

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

bool SameWords(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase(Absl(a), Absl(b));
}

// Without the opening quote that a spreadsheet puts before a text with commas.
std::string_view Unquoted(std::string_view line) {
  if (line.starts_with('"')) line.remove_prefix(1);
  return line;
}

// Walks the first line from left to right.
class ScopeLine {
 public:
  explicit ScopeLine(std::string_view line) : line_(line) {}

  // What stands between here and the next `words`; goes on behind them.
  absl::StatusOr<std::string_view> Until(std::string_view words) {
    const size_t found = line_.find(words, at_);
    if (found == std::string_view::npos) return Expected(at_, words);
    const std::string_view before = line_.substr(at_, found - at_);
    at_ = found + words.size();
    return before;
  }

  std::string_view Rest() const { return line_.substr(at_); }

  absl::Status Expected(size_t offset, std::string_view what) const {
    return LineError(1, ColumnAt(line_, offset),
                     absl::StrCat("found ", Quoted(line_.substr(offset)), ", expected ",
                                  Quoted(what), " of \"", Absl(kTitle),
                                  " from ... to .... Deals with deliveries made for the year range "
                                  "'...' to '...'\""));
  }

  absl::Status Error(std::string_view at, std::string_view problem) const {
    return LineError(1, ColumnAt(line_, static_cast<size_t>(at.data() - line_.data())), problem);
  }

 private:
  std::string_view line_;
  size_t at_ = 0;
};

// Ids of a list of parties; empty for all.
absl::StatusOr<std::vector<std::string>> ReadParties(const ScopeLine& line, std::string_view list,
                                                     std::string_view source,
                                                     const ActorTable& table) {
  std::vector<std::string> ids;
  if (SameWords(Trimmed(list), "All countries")) return ids;
  for (size_t at = 0; at <= list.size();) {
    const size_t end = std::min(list.find_first_of(",;", at), list.size());
    const std::string_view name = Trimmed(list.substr(at, end - at));
    if (name.empty()) {
      return line.Error(list.substr(at), "an empty name: expected a party or \"All countries\"");
    }
    std::string id = table.Resolve(source, name);
    if (IsUnresolved(id)) {
      return line.Error(name, absl::StrCat("party ", Quoted(name),
                                           " is not known: expected \"All countries\" or parties "
                                           "named as the register prints them"));
    }
    ids.push_back(std::move(id));
    at = end + 1;
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Blanks and quotes of any kind at both ends removed.
std::string_view Bare(std::string_view text) {
  constexpr std::string_view kQuotes[] = {" ",      "\t",     "'",      "\"",     "?",     "`",
                                          "\u2018", "\u2019", "\u201c", "\u201d", "\ufffd"};
  for (bool shorter = true; shorter;) {
    shorter = false;
    for (std::string_view quote : kQuotes) {
      if (text.starts_with(quote)) {
        text.remove_prefix(quote.size());
        shorter = true;
      }
      if (text.ends_with(quote)) {
        text.remove_suffix(quote.size());
        shorter = true;
      }
    }
  }
  return text;
}

// 0: not specified.
absl::StatusOr<int> ReadYear(const ScopeLine& line, std::string_view quoted) {
  const std::string_view text = Bare(quoted);
  if (SameWords(text, "Not specified")) return 0;
  int year = 0;
  for (char c : text.substr(0, 5)) year = c >= '0' && c <= '9' ? year * 10 + (c - '0') : -100000;
  if (text.size() != 4 || year < kYearMin || year > kYearMax) {
    return line.Error(text, absl::StrCat("year ", Quoted(text), ": expected ", kYearMin, " to ",
                                         kYearMax, " or \"Not specified\""));
  }
  return year;
}

absl::Status ReadYears(ScopeLine& line, v1::Scope& scope) {
  auto from_text = line.Until(" to ");
  if (!from_text.ok()) return from_text.status();
  auto from = ReadYear(line, *from_text);
  if (!from.ok()) return from.status();
  auto to = ReadYear(line, line.Rest());
  if (!to.ok()) return to.status();
  if (*from != 0 && *to != 0 && *from > *to) {
    return line.Error(line.Rest(), absl::StrCat("the year range ends in ", *to,
                                                ": expected a year not before ", *from));
  }
  scope.set_delivery_year_from(*from);
  scope.set_delivery_year_to(*to);
  return absl::OkStatus();
}

}  // namespace

bool IsSipriScopeLine(std::string_view line) { return Unquoted(line).starts_with(kTitle); }

absl::StatusOr<v1::Scope> ReadSipriScope(std::string_view text, std::string_view source,
                                         const ActorTable& table) {
  ScopeLine line(text);
  auto title = line.Until(" from ");
  if (!title.ok()) return title.status();
  if (Unquoted(*title) != kTitle) return line.Expected(0, kTitle);
  auto suppliers = line.Until(" to ");
  if (!suppliers.ok()) return suppliers.status();
  auto recipients = line.Until(". Deals with deliveries");
  if (!recipients.ok()) return recipients.status();
  auto deals = line.Until("year range ");
  if (!deals.ok()) return deals.status();
  const std::string_view kind = Trimmed(*deals);
  if (kind != "made for the" && kind != "made for" && kind != "or orders made for the" &&
      kind != "or orders made for") {
    return line.Error(*deals, absl::StrCat("deals with deliveries ", Quoted(kind),
                                           ": expected \"made for the\" or \"or orders made for "
                                           "the\" before \"year range\""));
  }
  v1::Scope scope;
  scope.set_deliveries_only(!kind.starts_with("or orders"));
  if (auto status = ReadYears(line, scope); !status.ok()) return status;
  auto supplier_ids = ReadParties(line, *suppliers, source, table);
  if (!supplier_ids.ok()) return supplier_ids.status();
  auto recipient_ids = ReadParties(line, *recipients, source, table);
  if (!recipient_ids.ok()) return recipient_ids.status();
  scope.mutable_supplier()->Assign(supplier_ids->begin(), supplier_ids->end());
  scope.mutable_recipient()->Assign(recipient_ids->begin(), recipient_ids->end());
  return scope;
}

absl::StatusOr<std::optional<v1::PublishStamp>> ReadSipriGenerated(std::string_view line,
                                                                   uint32_t line_number) {
  std::string_view text = Unquoted(line);
  if (!text.starts_with(kGenerated)) return std::optional<v1::PublishStamp>();
  text = Trimmed(text.substr(kGenerated.size()));
  absl::Time time;
  std::string problem;
  v1::Precision precision = v1::PRECISION_SECOND;
  bool read = absl::ParseTime("%d %b %Y %I:%M:%S %p", Absl(text), &time, &problem);
  if (!read) {
    precision = v1::PRECISION_DAY;
    read = absl::ParseTime("%d %b %Y", Absl(text), &time, &problem);
  }
  const int year = read ? DateOf(time).year() : 0;
  if (year < kYearMin || year > kYearMax) {
    const uint32_t column = ColumnAt(line, static_cast<size_t>(text.data() - line.data()));
    return LineError(line_number, column,
                     absl::StrCat("time ", Quoted(text),
                                  " does not exist: expected as \"16 Apr 2024 10:05:18 PM\""));
  }
  return std::optional(MakePublishStamp(time, precision, v1::BASIS_GENERATED));
}

}  // namespace dossier
