#include "services/ingest/sources/atop_row.h"

#include <glog/logging.h>

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr std::string_view kRelease = "4.01";
constexpr int kAllianceMax = 999'999;

// Whether promises of a kind hold under conditions only.
constexpr std::pair<std::string_view, std::string_view> kConditions[] = {
    {"defcon", "defense"},
    {"offcon", "offense"},
    {"neucon", "neutrality"},
    {"concon", "consultation"},
};

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string AtopTreatyId(int alliance) { return absl::StrCat("atop:", alliance); }

AtopColumns::AtopColumns(std::string_view joined) {
  while (!joined.empty()) {
    const size_t end = std::min(joined.find(','), joined.size());
    const std::string_view heading = joined.substr(0, end);
    CHECK(at_.emplace(heading, headings_.size()).second) << "heading " << heading;
    headings_.push_back(heading);
    joined.remove_prefix(std::min(end + 1, joined.size()));
  }
}

size_t AtopColumns::At(std::string_view heading) const {
  const auto found = at_.find(heading);
  CHECK(found != at_.end()) << "heading " << heading;
  return found->second;
}

AtopRow::AtopRow(const AtopColumns& columns, const CsvRecord& row) : columns_(columns) {
  for (const CsvCell& cell : row.cells) cells_.push_back(XmlTrimmed(cell.text));
  CHECK(cells_.size() == columns_.headings().size());
  taken_.resize(cells_.size());
}

std::string_view AtopRow::Look(std::string_view heading) const {
  return cells_[columns_.At(heading)];
}

std::string_view AtopRow::Take(std::string_view heading) {
  const size_t at = columns_.At(heading);
  taken_[at] = true;
  return cells_[at];
}

int AtopRow::TakeNumber(std::string_view heading, int min, int max) {
  const std::string_view text = Take(heading);
  int number = 0;
  if (absl::SimpleAtoi(ToAbsl(text), &number) && number >= min && number <= max) return number;
  if (max <= 1) {
    Fail(heading, max == 0 ? "0" : "0 or 1");
  } else {
    Fail(heading, absl::StrCat("a number from ", min, " to ", max));
  }
  return min;
}

v1::Date AtopRow::TakeDate(std::string_view year, std::string_view month, std::string_view day) {
  v1::Date date = MakeDate(TakeNumber(year, kAtopFirstYear, kAtopLastYear));
  date.set_month(TakeNumber(month, 1, 12));
  if (Take(day).empty()) return date;
  date.set_day(TakeNumber(day, 1, 31));
  if (!ValidateDate(date).ok()) Fail(day, "a day of the month");
  return date;
}

v1::Date AtopRow::TakeEnd(std::string_view year, std::string_view month, std::string_view day) {
  if (Look(year) != "0") return TakeDate(year, month, day);
  Take(year);
  TakeNumber(month, 0, 0);
  TakeNumber(day, 0, 0);
  return {};
}

int AtopRow::TakeAlliance() { return TakeNumber("atopid", 1, kAllianceMax); }

void AtopRow::CheckRelease() {
  // The alliances' table says 4.0100002: the number was stored in single precision.
  if (!Look("version").starts_with(kRelease)) Fail("version", kRelease);
}

std::string AtopRow::TakeCodes(std::initializer_list<std::string_view> headings) {
  std::string codes;
  for (const std::string_view heading : headings) {
    if (Look(heading).empty() || Look(heading) == "0") continue;
    AppendPart(absl::StrCat(ToAbsl(heading), "=", ToAbsl(Take(heading))), ", ", codes);
  }
  return codes;
}

void AtopRow::Fail(std::string_view heading, std::string_view expected) {
  if (fault_) return;
  const size_t at = columns_.At(heading);
  fault_ = {at, absl::StrCat("expected ", ToAbsl(expected), ", found ", Quoted(cells_[at]))};
}

std::string AtopRow::Conditions() const {
  std::vector<std::string_view> conditional;
  for (const auto& [heading, obligation] : kConditions) {
    if (Look(heading) == "1") conditional.push_back(obligation);
  }
  std::string text;
  for (size_t i = 0; i < conditional.size(); ++i) {
    AppendPart(conditional[i], i + 1 < conditional.size() ? ", " : " and ", text);
  }
  if (!text.empty()) text += conditional.size() > 1 ? " are conditional" : " is conditional";
  return text;
}

std::vector<std::string> AtopRow::Rest() const {
  std::vector<std::string> rest;
  for (size_t i = 0; i < cells_.size(); ++i) {
    if (taken_[i] || cells_[i].empty()) continue;
    rest.push_back(absl::StrCat(ToAbsl(columns_.headings()[i]), "=", ToAbsl(cells_[i])));
  }
  return rest;
}

}  // namespace dossier
